"""Texts of other kinds as lessons for the span tagger: what of them is gold, what is unknown."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from quotecheck import weights
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans
from quotecheck.records.text import Span
from quotecheck.tagging.network import TAGS
from quotecheck.tagging.wordpieces import tokenizer_at
from quotecheck.training.span_dialogues import dialogues, sentences_in_marks
from quotecheck.training.span_examples import UNKNOWN, Example
from quotecheck.training.span_mixture import (
    MixedText,
    followed,
    mixed_examples,
    mixed_texts,
)

PASSAGES = [
    "The bridge will open in May, and not before.",
    "Who counted the votes?",
    "We have no more rooms.",
    "Somebody has moved the ladder.",
    "Did you see the letter?",
]
NOVEL = (
    "The lamp went out.\n\n“Who is there?” asked Orla\nat the stair. “Is it you?”\n\n"
    "“Nobody,” came the answer from under the sign “Rooms”.\n"
)


def _span(text: str, words: str) -> list[list[int]]:
    start = text.index(words)
    return [[start, start + len(words)]]


def _novel(tmp_path: Path) -> MixedText:
    text = NOVEL
    clause = {"source": _span(text, "Orla"), "cue": _span(text, "asked")}
    rows = [
        {"doc": "a", "content": _span(text, "“Who is there?”"), "in_marks": True} | clause,
        {"doc": "a", "content": _span(text, "“Is it you?”"), "in_marks": True} | clause,
        {"doc": "a", "content": _span(text, "“Nobody,”"), "in_marks": True},
    ]
    for corpus, lines in (("litbank", rows), ("gum", [rows[0] | {"optional": True}])):
        folder = tmp_path / "beyond" / corpus
        (folder / "text").mkdir(parents=True)
        (folder / "text" / "a.txt").write_bytes(text.encode())
        (folder / "docs.jsonl").write_text(json.dumps({"doc": "a", "part": "train"}) + "\n")
        (folder / "train.jsonl").write_text("".join(json.dumps(row) + "\n" for row in lines))
    news = tmp_path / "polnear" / "train"
    (news / "text").mkdir(parents=True)
    (news / "attributions").mkdir()
    (news / "text" / "n.txt").write_text("“The hall is full,” Ode said.\n", encoding="utf-8")
    (news / "attributions" / "n_1.ann").write_text("")
    found, _ = mixed_texts(tmp_path)
    (novel,) = [one for one in found if one.kind == "novel"]
    return novel


def test_halves_of_one_clause_are_one_attribution(tmp_path: Path) -> None:
    novel = _novel(tmp_path)
    first, second = novel.document.attributions
    assert [span.of(NOVEL) for span in first.content] == ["“Who is there?”", "“Is it you?”"]
    assert not second.cue
    assert len(novel.document.text) == len(NOVEL)


@pytest.fixture
def window() -> Example:
    tokenizer = tokenizer_at(weights.FOLDER / "spans_tokenizer.json")
    text = NOVEL

    def spans(*words: str) -> tuple[Span, ...]:
        return tuple(Span(*_span(text, one)[0]) for one in words)

    gold = (
        MarkedSpans(spans("“Who is there?”", "“Is it you?”"), spans("asked"), spans("Orla")),
        MarkedSpans(spans("“Nobody,”")),
    )
    one = MixedText("novel", GoldDocument("plain", text, gold, ""))
    ((_, example),) = mixed_examples([one], tokenizer)
    return example


def _scores(example: Example, tags: np.ndarray) -> np.ndarray:
    scores = np.zeros((example.aspects.shape[1], len(TAGS)), dtype=np.float32)
    scores[np.arange(len(tags)), tags] = 5
    return scores


def test_of_a_novel_speech_is_gold_and_the_words_around_it_are_unknown(window: Example) -> None:
    student = np.zeros_like(window.tags)  # which sees nothing at all
    lesson = followed("novel", window, _scores(window, student))
    marked = window.aspects[3] != 0
    assert lesson.soft is not None
    content = np.isin(window.tags, (5, 6))
    assert (lesson.tags[content] == window.tags[content]).all()
    assert np.isnan(lesson.soft[content]).all()
    sign = marked & ~content
    assert sign.any()
    assert (lesson.tags[sign] == 0).all()
    around = ~marked & (window.tags == 0)
    assert (lesson.tags[around] == UNKNOWN).all()
    assert not np.isnan(lesson.soft[around]).any()
    missed = np.isin(window.tags, (1, 3))
    assert (lesson.tags[missed] == window.tags[missed]).all()


def test_what_the_student_sees_beside_the_gold_is_left_open(window: Example) -> None:
    student = np.where(window.tags == 0, 6, window.tags)
    lesson = followed("novel", window, _scores(window, student))
    assert lesson.soft is not None
    around = (window.aspects[3] == 0) & (window.tags == 0)
    assert np.isnan(lesson.soft[around]).all()
    clause = np.isin(window.tags, (1, 3))
    assert (lesson.tags[clause] == UNKNOWN).all()
    assert not np.isnan(lesson.soft[clause]).any()


def test_of_news_both_are_followed_and_of_dialogue_the_gold(window: Example) -> None:
    scores = _scores(window, np.zeros_like(window.tags))
    assert followed("dialogue", window, scores) is window
    news = followed("news", window, scores)
    assert (news.tags == window.tags).all()
    assert news == replace(window, soft=scores)


def test_dialogue_is_the_same_for_the_same_seed_and_its_gold_lies_in_it() -> None:
    made = list(dialogues(PASSAGES, 12, seed=4))
    assert [one.text for one in made] == [one.text for one in dialogues(PASSAGES, 12, seed=4)]
    two_speakers = untagged = long = 0
    for document in made:
        places: set[int] = set()
        for attribution in document.attributions:
            for span in (*attribution.content, *attribution.cue, *attribution.source):
                letters = set(range(span.start, span.end))
                assert span.of(document.text).strip()
                assert not letters & places
                places |= letters
            assert all(s.of(document.text)[0] == "“" for s in attribution.content)
            assert len(attribution.cue) == len(attribution.source) <= 1
            untagged += not attribution.cue
            long += len(attribution.content) > 2
        for paragraph in document.text.split("\n"):
            two_speakers += paragraph.count("“") > 1
    assert two_speakers > 10
    assert untagged > 10
    assert long > 3


def test_passages_are_whole_sentences_in_marks() -> None:
    text = "“The well is dry.” He called it “odd”. “Nobody asked,"
    spans = [Span(0, 18), Span(text.index("“odd"), text.index("“odd") + 5)]
    document = GoldDocument("a", text, tuple(MarkedSpans((span,)) for span in spans), "")
    assert sentences_in_marks([document]) == ["The well is dry."]
