"""Models that never saw some documents answer for those alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from quotecheck.coreference.antecedent_ranker import Ranker, load_ranker
from quotecheck.coreference.dialogue_model import load_dialogue_model
from quotecheck.training import models_in_turn
from quotecheck.training.models_in_turn import PARTS, models_without, part_of

if TYPE_CHECKING:
    import pytest


def test_documents_are_spread_over_all_parts() -> None:
    parts = [part_of(f"text {number}") for number in range(400)]
    assert set(parts) == set(range(PARTS))
    assert max(parts.count(part) for part in range(PARTS)) < 400 / PARTS * 1.5


def test_a_part_is_never_fitted_to_its_own_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[set[str], set[str]]] = []
    shipped = load_ranker()

    def pronoun_ranker(examples: Any) -> Ranker:
        seen.append(({example.document for example in examples}, set()))
        return Ranker({"pronoun": shipped.trees["nominal"]}, {}, {})

    def refitted(dialogues: Any, dialogue: Any) -> Any:
        seen[-1][1].update(each.id for each in dialogues)
        return dialogue

    monkeypatch.setattr(models_in_turn, "pronoun_ranker", pronoun_ranker)
    monkeypatch.setattr(models_in_turn, "refitted", refitted)
    names = [f"text {number}" for number in range(40)]
    examples: Any = [SimpleNamespace(document=name) for name in names]
    dialogues: Any = [SimpleNamespace(id=name) for name in names]
    for part, ranker, dialogue in models_without(examples, dialogues):
        others = {name for name in names if part_of(name) != part}
        assert seen[part] == (others, others)
        assert ranker.trees["pronoun"] is shipped.trees["nominal"]
        assert ranker.trees["orphan"] is shipped.trees["orphan"]
        assert ranker.sharpness == shipped.sharpness
        assert dialogue is load_dialogue_model()
    assert len(seen) == PARTS
