from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecheck import __version__
from quotecheck.errors import InputError
from quotecheck.evaluation.runs.attribution import evaluate_polnear, evaluate_speakers
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from tests.support import paths

SHARED = paths.SHARED / "polnear"

TEXT = (
    "\ufeff“We sail at dawn,” said Captain Edda Moore.\r\nHer “crew” read “Winter on the Quay”.\r\n"
)


def at(phrase: str, text: str = TEXT) -> Span:
    start = text.index(phrase)
    return Span(start, start + len(phrase))


class Fake:
    """Finds one quotation, one scare quote and one title wherever they stand."""

    def __init__(self) -> None:
        self.weights_sha256 = {"en/fake.pt": "00ff"}
        self.seen: list[Document] = []

    def each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
        return ((document, self(document)) for document in documents)

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        self.seen.append(document)
        if "sail" not in document.text:
            return ()
        return (
            Quotation(
                (at("“We sail at dawn,”"),),
                (at("said"),),
                (at("Captain Edda Moore"),),
                "direct",
                "fake",
                1.0,
                speakers=(Speaker("Edda Moore"), Speaker("Tam Weld")),
                role="Captain",
                via=("Quay Gazette", "Wire"),
                source_form="name",
            ),
            Quotation((at("crew"),), (), (), "scare", "fake", 1.0),
            Quotation((at("Winter on the Quay"),), (), (), "title", "fake", 1.0),
        )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "text").mkdir()
    (tmp_path / "attributions").mkdir()
    (tmp_path / "text" / "quay.txt").write_bytes(TEXT.encode())
    (tmp_path / "text" / "other.txt").write_text("Nothing here.", encoding="utf-8")
    content, cue, source = at("“We sail at dawn,”"), at("said"), at("Captain Edda Moore")
    (tmp_path / "attributions" / "quay_a.ann").write_text(
        f"T1\tContent {content.start} {content.end}\tx\n"
        f"T2\tCue {cue.start} {cue.end}\tsaid\n"
        f"T3\tSource {source.start} {source.end}\tx\n"
        "E1\tAttribution:T2 Content:T1 Cue:T2 Source:T3\n",
        encoding="utf-8",
    )
    return tmp_path


def gold_file(folder: Path, **fields: Any) -> Path:
    content, source = at("“We sail at dawn,”"), at("Captain Edda Moore")
    line = {
        "doc": "quay",
        "content": [[content.start, content.end]],
        "source": [[source.start, source.end]],
        "speaker": "Edda Moore",
        "role": "Captain",
        "via": None,
        "source_form": "name",
        "kind": "direct",
    }
    path = folder / "gold.jsonl"
    path.write_text(json.dumps(line | fields) + "\n", encoding="utf-8")
    return path


def test_spans_are_scored_and_given_in_the_scorers_form(folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    fake: Any = Fake()
    figures, lines = evaluate_polnear(folder, fake, progress=lambda *step: steps.append(step))
    content, cue, source = at("“We sail at dawn,”"), at("said"), at("Captain Edda Moore")
    assert lines == [
        {"doc": "other", "attributions": []},
        {
            "doc": "quay",
            "attributions": [
                {
                    "confidence": 1.0,
                    "content": [[content.start, content.end]],
                    "cue": [[cue.start, cue.end]],
                    "source": [[source.start, source.end]],
                }
            ],
        },
    ]
    assert steps == [(1, 2), (2, 2)]
    assert [x.text for x in fake.seen] == ["Nothing here.", TEXT]
    assert (figures["documents"], figures["unknown_documents"]) == (1, ["other"])
    assert figures["quoted"]["f1"] == figures["full"]["f1"] == 1.0
    assert {name: x["f1"] for name, x in figures["exact"].items()} == dict.fromkeys(
        ("source", "cue", "content", "all"), 1.0
    )
    assert figures["version"] == __version__
    assert figures["weights"] == {"en/fake.pt": "00ff"}
    assert "words_per_cpu_second" in figures
    assert len(figures["gold_sha256"]) == 64
    json.dumps([figures, lines])


def test_speakers_are_scored_and_given_in_the_scorers_form(folder: Path) -> None:
    fake: Any = Fake()
    figures, lines = evaluate_speakers(folder / "text", gold_file(folder), fake)
    assert [x.id for x in fake.seen] == ["quay"]
    (attribution,) = lines[0]["attributions"]
    assert attribution.keys() == {
        "confidence", "content", "cue", "source", "speaker", "role", "via", "kind", "source_form",
    }  # fmt: skip
    assert attribution["speaker"] == ["Edda Moore", "Tam Weld"]
    assert (attribution["role"], attribution["via"]) == ("Captain", "Quay Gazette")
    assert (attribution["kind"], attribution["source_form"]) == ("direct", "name")
    every = figures["slices"]["all"]
    assert (every["gold"], every["claims"], every["strict"], every["lenient"]) == (1, 1, 0, 1)
    assert (figures["role"]["accuracy"], figures["via"]["accuracy"]) == (1.0, 0.0)
    assert figures["version"] == __version__
    json.dumps([figures, lines])


@pytest.mark.parametrize(("speaker", "number"), [("Bo Reed", 1), ("Edda Moore", 0), (None, 0)])
def test_a_name_for_somebody_who_has_another_one_is_counted(
    folder: Path, speaker: str | None, number: int
) -> None:
    fake: Any = Fake()
    figures, _ = evaluate_speakers(folder / "text", gold_file(folder, speaker=speaker), fake)
    assert figures["wrong_names"] == number
    assert figures["errors"] == []


def test_the_gold_has_a_signature_that_changes_with_it(folder: Path) -> None:
    fake: Any = Fake()
    first = evaluate_polnear(folder, fake)[0]["gold_sha256"]
    assert evaluate_polnear(folder, fake)[0]["gold_sha256"] == first
    with (folder / "attributions" / "quay_a.ann").open("a", encoding="utf-8") as file:
        file.write("#1\tAnnotatorNotes E1\tsure\n")
    assert evaluate_polnear(folder, fake)[0]["gold_sha256"] != first


def test_what_is_missing_is_said_before_any_work(folder: Path) -> None:
    fake: Any = Fake()
    with pytest.raises(InputError, match="no such folder"):
        evaluate_polnear(folder / "nowhere", fake)
    with pytest.raises(InputError, match="1 of 1 documents of the gold are not there: gone"):
        evaluate_speakers(folder / "text", gold_file(folder, doc="gone"), fake)
    with pytest.raises(InputError, match="gold line 1"):
        evaluate_speakers(folder / "text", gold_file(folder, content=3), fake)
    with pytest.raises(InputError, match="no such folder"):
        evaluate_speakers(folder / "nowhere", gold_file(folder), fake)
    (folder / "empty.jsonl").write_text("\n")
    with pytest.raises(InputError, match="holds no attribution"):
        evaluate_speakers(folder / "text", folder / "empty.jsonl", fake)
    with pytest.raises(InputError, match="cannot be read"):
        evaluate_speakers(folder / "text", folder / "gone.jsonl", fake)
    assert fake.seen == []


def test_a_gold_text_that_is_not_utf8_is_named(folder: Path) -> None:
    (folder / "text" / "other.txt").write_bytes(b"caf\xe9")
    fake: Any = Fake()
    with pytest.raises(InputError, match=r"other\.txt"):
        evaluate_polnear(folder, fake)


def test_importing_it_loads_no_weights() -> None:
    code = (
        "import sys, quotecheck.evaluation.runs.attribution;"
        "sys.exit(any(name in sys.modules for name in ('torch', 'stanza')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.shared("polnear")
def test_the_lines_give_the_same_figures_to_the_benchmark_scorer(
    folder: Path, tmp_path: Path
) -> None:
    for script, gold, result in (
        ("score.py", folder, evaluate_polnear(folder, Fake())),  # type: ignore[arg-type]
        (
            "score_speakers.py",
            gold_file(folder),
            evaluate_speakers(folder / "text", gold_file(folder), Fake()),  # type: ignore[arg-type]
        ),
    ):
        figures, lines = result
        output = tmp_path / "system.jsonl"
        output.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(SHARED / script), str(gold), str(output), "--json"],
            capture_output=True,
            text=True,
            check=True,
        )
        theirs = json.loads(done.stdout)
        if "quoted" in theirs:
            theirs["quoted"].setdefault("unowned", 0)
        assert {name: figures[name] for name in theirs} == theirs
