"""The model of dialogue: its trees, its probabilities, and damaged files of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecheck import weights
from quotecheck.coreference.antecedent_ranker import load_ranker
from quotecheck.coreference.conversation import Conversation
from quotecheck.coreference.dialogue import conversation_of
from quotecheck.coreference.dialogue_features import FEATURES
from quotecheck.coreference.dialogue_model import load_dialogue_model
from quotecheck.coreference.resolver import Resolver
from quotecheck.errors import WeightsError
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from quotecheck.weights.boosted_trees import BoostedTrees


def record() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(
        (weights.FOLDER / "dialogue.json").read_text(encoding="utf-8")
    )
    return held


@pytest.mark.parametrize("made", ["first", "later"])
def test_scores_are_those_that_were_fitted(made: str) -> None:
    held = record()[made]
    trees = BoostedTrees(held)
    assert trees.features == FEATURES
    assert len(held["samples"]) >= 10
    assert trees.log_odds([row for row, _ in held["samples"]]) == pytest.approx(
        [score for _, score in held["samples"]], abs=2e-3
    )


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    held = record()
    held["later"]["features"].pop()
    (tmp_path / "dialogue.json").write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(WeightsError, match="features"):
        load_dialogue_model(tmp_path)
    with pytest.raises(WeightsError):
        load_dialogue_model(tmp_path / "none")


def conversation(text: str) -> Conversation:
    """The passages of a text as lines without any source; nobody is named in it."""
    parsed = ParsedDocument(text, ())
    limits = paragraphs(text)
    outer = [p.outer for p in quoted_passages(text, limits)]
    found = [Attribution((span,), (), (), "direct", "quoted:orphan", 0.3) for span in outer]
    resolver = Resolver(parsed, found, limits, outer, None, ranker=load_ranker())
    return conversation_of(resolver.discourse, found, resolver.sources())


def test_lines_of_a_paragraph_are_one_turn_unless_they_stand_mark_to_mark() -> None:
    held = conversation("“One.” He sat. “Two.”\n\n“Three.” “Four.”\n")
    spans = [
        [Span.cover(o.content).of(held.discourse.text) for o in held.of_turn(t)] for t in range(3)
    ]
    assert spans == [["“One.”", "“Two.”"], ["“Three.”"], ["“Four.”"]]


def test_where_nobody_is_named_somebody_else_speaks() -> None:
    held = conversation("“One.”\n\n“Two?”\n\n“Three.”\n")
    shares = load_dialogue_model().speakers(held)
    assert [list(one.values()) for one in shares.values()] == [[1.0]] * 3


@pytest.mark.parametrize(
    ("words", "told"),
    [("“Yes, sir!”", "m"), ("“No, ma’am.”", "f"), ("“The sirens went.”", ""), ("“Sir Tom!”", "")],
)
def test_how_somebody_is_addressed_tells_a_gender(words: str, told: str) -> None:
    assert conversation(words).lines[0].address_gender == told
