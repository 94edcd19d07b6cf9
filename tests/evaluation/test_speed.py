"""Stages are added up, contestants take turns, and one that dies is named."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.evaluation.runs import speed
from quotecheck.evaluation.runs.speed import Contestant, contestants, evaluate_speed, stages
from quotecheck.records.document import Document

QUICK = "def answer(texts):\n    return sum(len(text) for text in texts)"
SLOW = "def answer(texts):\n    return sum(i % 7 for i in range(3_000_000))"


class StanzaRunner:
    def heads(self, count: int) -> int:
        return sum(i * i for i in range(count))


class Parser:
    def __init__(self) -> None:
        self._networks = StanzaRunner()


class Tagger:
    def tag(self, text: str) -> int:
        return len(text)


class Attributor:
    """Spends its time in its parser."""

    def __init__(self) -> None:
        self.weights_sha256 = {"none.safetensors": "0" * 64}
        self._parser, self._tagger = Parser(), Tagger()

    def each(self, documents: Iterable[Document]) -> Iterator[tuple[Document, tuple[()]]]:
        for document in documents:
            self._tagger.tag(document.text)
            self._parser._networks.heads(2_000_000)
            yield document, ()


@pytest.fixture
def attributor(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(speed, "_NETWORKS", {"heads": "trees"})
    return Attributor()


def test_stages_are_parts_of_the_whole(attributor: Any) -> None:
    begun = time.process_time()
    spent = stages(["Two words.", "Three more words."], attributor)
    whole = time.process_time() - begun
    assert list(spent) == ["tagger", "parser: trees", "rules, coreference, the rest in Python"]
    assert spent["parser: trees"] == max(spent.values())
    assert 0 < sum(spent.values()) <= whole
    assert "heads" not in vars(attributor._parser._networks)  # it is left as it was


def test_contestants_are_compared_with_the_first(attributor: Any) -> None:
    steps: list[tuple[int, int]] = []
    figures = evaluate_speed(
        ["Two words."],
        attributor,
        [Contestant("slow", SLOW), Contestant("quick", QUICK)],
        rounds=3,
        progress=lambda *step: steps.append(step),
    )
    assert steps == [(1, 3), (2, 3), (3, 3)]
    assert (figures["words"], figures["documents"]) == (2, 1)
    assert figures["contestants"]["slow"]["ratio"] == 1.0
    assert figures["contestants"]["quick"]["ratio"] > 1.0
    assert figures["contestants"]["quick"]["quotations"] == len("Two words.")
    assert sum(stage["share"] for stage in figures["stages"].values()) == pytest.approx(1, abs=0.01)


def test_a_contestant_that_dies_is_named(attributor: Any) -> None:
    with pytest.raises(QuotecheckError, match="broken came to an end"):
        evaluate_speed(["A word."], attributor, [Contestant("broken", "raise SystemExit(3)")])


def test_no_words(attributor: Any) -> None:
    with pytest.raises(InputError, match="no words"):
        evaluate_speed(["", " "], attributor, [])


def test_who_takes_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed, "find_spec", lambda _: None)
    assert [one.name for one in contestants()] == ["this version"]
    with pytest.raises(InputError, match="no quotecheck in this folder"):
        contestants(tmp_path)
    (tmp_path / "quotecheck").mkdir()
    (tmp_path / "quotecheck" / "__init__.py").touch()
    monkeypatch.setattr(speed, "find_spec", lambda _: sys)
    names = [one.name for one in contestants(tmp_path)]
    assert names == ["this version", "the other version", "textacy with spaCy small"]
