from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import stanza
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stanza.models.common.doc import Document
from stanza.pipeline.core import PipelineRequirementsException

import quotecheck.stanza
from quotecheck import weights
from quotecheck.errors import InputError
from quotecheck.records.text import Span
from quotecheck.stanza import FoundQuotation, QuoteProcessor, parsed_document
from tests.support.stanza_checkpoints import stanza_checkpoint

pytestmark = pytest.mark.weights

ARTICLE = (
    "“The ferry won’t sail tonight,” harbour master Nils Brandt told reporters in Kirkwall.\n"
    "\n"
    "Passengers slept in the town hall. Anna Lind, who runs the council, said that blankets had "
    "been found for everybody.\n"
    "\n"
    "“We could not have asked for more,” she added, “but the boat has to come.”"
)


@pytest.fixture(scope="module")
def nlp() -> Any:
    return quotecheck.stanza.pipeline(quote_rules_only=True)


@pytest.fixture(scope="module")
def doc(nlp: Any) -> Any:
    return nlp(ARTICLE)


def test_the_module_leaves_the_package_of_its_name_alone() -> None:
    assert Path(stanza.__file__).parent != Path(quotecheck.stanza.__file__).parent
    assert stanza.pipeline.registry.NAME_TO_PROCESSOR_CLASS["quote"] is QuoteProcessor


def test_a_document_gets_quotations(doc: Any) -> None:
    first, *_, last = doc.quotations
    assert str(first.speaker).endswith("Nils Brandt")
    assert (first.cue, first.kind) == (("told",), "direct")
    assert first.text.strip("“”,") == "The ferry won’t sail tonight"
    assert last.speaker == "Anna Lind"
    assert len(last.content) == 2
    assert " … " in last.text
    assert 0 < last.confidence <= 1
    assert str(first) == f"{first.speaker}: {first.text}"


def test_offsets_are_into_the_text(doc: Any) -> None:
    for quotation in doc.quotations:
        record = quotation.record
        for spans, words in (
            (record.content, quotation.content),
            (record.cue, quotation.cue),
            (record.source, quotation.source),
        ):
            assert [span.of(ARTICLE) for span in spans] == list(words)
        assert ARTICLE[quotation.start_char :].startswith(quotation.content[0])
        assert ARTICLE[: quotation.end_char].endswith(quotation.content[-1])


def test_sentences_and_quotations_know_one_another(doc: Any) -> None:
    assert doc.quotations[0].sentences == (doc.sentences[0],)
    assert doc.sentences[0].quotations == doc.quotations[:1]
    assert all(one in s.quotations for one in doc.quotations for s in one.sentences)
    silent = next(s for s in doc.sentences if s.text.startswith("Passengers"))
    assert silent.quotations == ()


def test_records_are_those_of_json(doc: Any) -> None:
    record = doc.quotations[0].to_dict()
    assert (record["n"], record["speaker"]) == (1, doc.quotations[0].speaker)
    assert json.loads(json.dumps(record)) == record


def test_many_documents_at_once(nlp: Any, doc: Any) -> None:
    together = nlp.bulk_process(["", ARTICLE, "Nobody spoke."])
    assert [len(d.quotations) for d in together] == [0, len(doc.quotations), 0]
    assert [q.record for q in together[1].quotations] == [q.record for q in doc.quotations]
    assert all(q.doc is together[1] for q in together[1].quotations)


def test_the_tagger_is_used_unless_left_out(monkeypatch: pytest.MonkeyPatch, nlp: Any) -> None:
    import quotecheck.tagging

    loaded: list[bool] = []

    def load() -> None:
        loaded.append(True)

    monkeypatch.setattr(quotecheck.tagging, "load_tagger", load)
    QuoteProcessor({"rules_only": True}, nlp, "cpu")
    assert not loaded
    QuoteProcessor({}, nlp, "cpu")
    assert loaded


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    folder = weights.FOLDER
    with pytest.raises(PipelineRequirementsException) as caught:
        stanza.Pipeline(
            "en",
            processors="tokenize,quote",
            dir=str(folder),
            resources_filepath=str(folder / "manifest.json"),
            tokenize_model_path=str(stanza_checkpoint("tokenize", tmp_path / "tokenize.pt")),
            allow_unknown_language=True,
            download_method=None,
            logging_level="ERROR",
            use_gpu=False,
            quote_rules_only=True,
        )
    assert "QuoteProcessor" in str(caught.value)
    missing = str(caught.value).partition("missing:")[2].partition("\n")[0]
    assert all(name in missing for name in ("pos", "lemma", "depparse", "ner"))


def test_documents_without_text_or_places_are_refused(nlp: Any) -> None:
    words = [[{"id": (1,), "text": "Go"}]]
    with pytest.raises(InputError, match="no text"):
        nlp.processors["quote"].process(Document(words))
    with pytest.raises(InputError, match="'Go'"):
        nlp.processors["quote"].process(Document(words, text="Go"))


def test_sentences_end_with_their_paragraph(nlp: Any) -> None:
    text = "Council finds blankets for all\nAnna Lind said they were warm.\nA third line"
    doc = nlp(text)
    parsed = parsed_document(doc)
    lines = text.split("\n")
    assert [s.span.of(text) for s in parsed.sentences] == lines
    for sentence in parsed.sentences:
        assert sum(t.head == -1 for t in sentence.tokens) == 1
        assert all(-1 <= t.head < len(sentence.tokens) for t in sentence.tokens)


def test_tokens_are_those_of_the_parser(nlp: Any, doc: Any) -> None:
    parsed = parsed_document(doc)
    words = [t.text for s in parsed.sentences for t in s.tokens]
    assert words[:6] == ["“", "The", "ferry", "wo", "n’t", "sail"]
    names = {m.span.of(ARTICLE): m.label for s in parsed.sentences for m in s.mentions}
    assert names["Nils Brandt"] == "Person"


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(alphabet=st.sampled_from("ab Z.,!?\"“”’'-—\n\tsaid é😀:;"), max_size=100))
def test_places_hold_for_any_text(nlp: Any, text: str) -> None:
    doc = nlp(text)
    for sentence in parsed_document(doc).sentences:
        for token in sentence.tokens:
            assert Span(token.start, token.end).of(text) == token.text
    assert all(isinstance(q, FoundQuotation) for q in doc.quotations)


def lay_out(folder: Path) -> None:
    """The shipped weights as Stanza keeps its own: a catalogue, and a folder a processor."""
    parts = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    catalogue: dict[str, Any] = {
        "lang_name": "English",
        "packages": {"default": dict.fromkeys(parts, "qc")},
        "pretrain": {"glove": {}},
    }
    for part in parts:
        needs = [{"model": "pretrain", "package": "glove"}]
        catalogue[part] = {"qc": {"dependencies": needs} if part in parts[2::2] else {}}
        (folder / "en" / part).mkdir(parents=True)
        stanza_checkpoint(part, folder / "en" / part / "qc.pt")
    catalogue["ner"] = catalogue["depparse"] = catalogue["pos"]
    (folder / "en" / "pretrain").mkdir()
    stanza_checkpoint("vectors", folder / "en" / "pretrain" / "glove.pt")
    (folder / "resources.json").write_text(json.dumps({"en": catalogue}))


def test_a_pipeline_as_the_manual_has_it(tmp_path: Path, doc: Any) -> None:
    lay_out(tmp_path)
    nlp = stanza.Pipeline(
        "en",
        processors="tokenize,mwt,pos,lemma,depparse,ner,quote",
        dir=str(tmp_path),
        download_method=None,
        logging_level="ERROR",
        use_gpu=False,
        quote_rules_only=True,
    )
    assert [q.record for q in nlp(ARTICLE).quotations] == [q.record for q in doc.quotations]


def test_importing_stanza_alone_does_not_register() -> None:
    code = (
        "from stanza.pipeline.core import Pipeline;"
        "from stanza.pipeline.registry import PIPELINE_NAMES;"
        "import sys; sys.exit('quote' in PIPELINE_NAMES)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
