"""The table of reporting expressions: well formed, wide enough, and an answer for any cue."""

from __future__ import annotations

from collections import Counter
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.language.cue_classes import (
    CLASSES,
    PARTS,
    SHAPES,
    class_of,
    group_of,
    word_entry,
)
from quotecheck.language.reporting_expressions import expressions
from quotecheck.language.reporting_verbs import (
    STATING,
    content_nouns,
    is_plain_verb,
    lexicon,
    reporting_lemma,
    speech_lemma,
)

FRAMES = ("say", "write", "claim", "deny", "ask", "promise", "think")
RAW = (
    resources.files("quotecheck.language")
    .joinpath("data", "reporting_expressions.tsv")
    .read_text("utf-8")
)
LINES = [line for line in RAW.splitlines() if not line.startswith("#")]
ROWS = [line.split("\t") for line in LINES]


def test_sorted_and_without_doubles() -> None:
    keys = [(row[0], row[1]) for row in ROWS]
    assert keys == sorted(keys)
    assert [key for key, count in Counter(keys).items() if count > 1] == []
    assert len(expressions()) == len(ROWS)


def test_every_field_is_known() -> None:
    for row in ROWS:
        assert len(row) == 7, row
        words, part, kind, frame, marks, forms, shapes = row
        assert words == words.lower().strip(), row
        assert "  " not in words
        assert part in PARTS, row
        assert kind in CLASSES, row
        assert frame in {"v": {*FRAMES, "-"}, "n": {"noun", "-"}}.get(part, {"-"}), row
        assert marks in {"plain", "yes", "beside", "-"}, row
        assert marks == "-" or frame in FRAMES, row
        assert forms == "-" or (marks != "-" and forms == forms.lower()), row
        for reading in [] if shapes == "-" else shapes.split(","):
            shape, _, other = reading.partition("=")
            assert shape in SHAPES, row
            assert other in CLASSES, row
            assert other != kind, row


def test_the_frame_model_knows_the_verbs_that_it_was_fitted_to() -> None:
    verbs = lexicon()
    assert len(verbs) == 366
    assert {cue.kind for cue in verbs.values()} == set(FRAMES)
    assert sum(cue.speech for cue in verbs.values()) == 300
    assert {lemma for lemma in verbs if is_plain_verb(lemma)} == {"say", "tell", "add", "write"}
    assert len(content_nouns()) == 82
    assert {"claim", "statement", "guess"} < content_nouns()
    assert set(FRAMES) > STATING


@pytest.mark.parametrize(
    ("word", "lemma"),
    [
        ("says", "say"), ("Said", "say"), ("wrote", "write"), ("told", "tell"), ("cried", "cry"),
        ("replied", "reply"), ("Swore", "swear"), ("began", "begin"), ("joked", "joke"),
        ("quipping", "quip"), ("river", ""), ("walked", ""), ("", ""), ("thoughts", ""),
    ],
)  # fmt: skip
def test_forms_of_verbs_of_speech(word: str, lemma: str) -> None:
    assert speech_lemma(word) == lemma


@pytest.mark.parametrize(
    ("participle", "lemma"),
    [
        ("saying", "say"), ("telling", "tell"), ("Adding", "add"), ("warning", "warn"),
        ("insisting", "insist"), ("writing", "write"), ("describing", "describe"),
        # no words are passed on: "cited the strike as starting a war", "as threatening jobs"
        ("starting", ""), ("smiling", ""), ("threatening", ""), ("being", ""), ("causing", ""),
        ("said", ""), ("allowing", ""), ("", ""),
    ],
)  # fmt: skip
def test_participles_that_pass_words_on(participle: str, lemma: str) -> None:
    assert reporting_lemma(participle) == lemma


def test_every_class_has_words_and_a_meaning() -> None:
    held = {row[2] for row in ROWS}
    assert held == set(CLASSES)
    assert {group for group, _ in CLASSES.values()} == {"statement", "attitude", "act"}
    assert all(meaning for _, meaning in CLASSES.values())
    assert 20 <= len(CLASSES) <= 28
    header = [line for line in RAW.splitlines() if line.startswith("#")]
    assert all(kind in " ".join(header) for kind in CLASSES)


@pytest.mark.parametrize(
    ("cue", "upos", "kind"),
    [
        ("say", "VERB", "say"), ("insist", "VERB", "claim"), ("concede", "VERB", "admit"),
        ("refute", "VERB", "deny"), ("wonder", "VERB", "ask"), ("retort", "VERB", "answer"),
        ("vow", "VERB", "promise"), ("caution", "VERB", "warn"), ("urge", "VERB", "order"),
        ("recommend", "VERB", "propose"), ("forecast", "VERB", "predict"),
        ("describe", "VERB", "explain"), ("unveil", "VERB", "announce"), ("tweet", "VERB", "write"),
        ("cite", "VERB", "quote"), ("find", "VERB", "show"), ("believe", "VERB", "think"),
        ("aspire", "VERB", "hope"), ("plan", "VERB", "want"), ("fear", "VERB", "feel"),
        ("realize", "VERB", "know"), ("hail", "VERB", "praise"), ("slam", "VERB", "criticise"),
        ("thank", "VERB", "greet"), ("endorse", "VERB", "support"), ("veto", "VERB", "oppose"),
        ("point out", "VERB", "say"), ("sign", "VERB", "decide"),
        ("push back on", "VERB", "answer"),
        ("call for", "VERB", "order"), ("according to", "VERB", "say"), ("claim", "NOUN", "claim"),
        ("denial", "NOUN", "deny"), ("worried", "ADJ", "feel"), (":", "PUNCT", "say"),
        # not in the lexicon: told by their ends or beginnings
        ("reemphasize", "VERB", "say"), ("live-tweet", "VERB", "write"),
        ("restating", "VERB", "say"),
        ("hinter", "NOUN", "say"), ("frob", "VERB", ""), ("", "VERB", ""),
    ],
)  # fmt: skip
def test_classes_of_cues(cue: str, upos: str, kind: str) -> None:
    assert class_of(cue, upos) == kind


@pytest.mark.parametrize(
    ("lemma", "shape", "kind"),
    [("ask", "", "ask"), ("ask", "infinitive", "order"), ("tell", "clause", "say"),
     ("tell", "infinitive", "order"), ("suggest", "gerund", "propose")],
)  # fmt: skip
def test_the_shape_of_the_content_decides(lemma: str, shape: str, kind: str) -> None:
    entry = word_entry(lemma, "VERB")
    assert entry is not None
    assert entry.reading(shape) == kind


@given(st.text(max_size=30), st.sampled_from(["VERB", "NOUN", "ADJ", "ADV", "PUNCT", "X", ""]))
def test_any_cue_gets_an_answer(cue: str, upos: str) -> None:
    assert class_of(cue, upos) in {"", *CLASSES}
    assert group_of(class_of(cue, upos)) in {"", "statement", "attitude", "act"}


IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "thought": "think", "spoke": "speak",
    "saw": "see", "knew": "know", "found": "find", "felt": "feel", "sought": "seek",
}  # fmt: skip


@pytest.mark.shared("polnear")
def test_nine_in_ten_cues_of_news_have_a_class(shared: Path) -> None:
    """By the cue's words alone; the parse finds more (98 %)."""
    folder = shared / "polnear" / "train" / "attributions"
    counts: Counter[bool] = Counter()
    for path in sorted(folder.glob("*.ann"))[::8]:
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 3 and cells[1].startswith("Cue "):
                words = cells[2].casefold().split()
                counts[bool(class_of(" ".join(IRREGULAR.get(w, w) for w in words)))] += 1
    assert counts[True] / counts.total() > 0.9
