"""Families of quantities: all of a family say the same, and nothing beside it does."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest

from quotecheck.comparison.quantities import pair_quantities
from quotecheck.comparison.quantity_parsing import find_quantities
from tests.support.cases import cases

FAMILIES = cases("quantity_families")


def differences(a: str, b: str) -> list[str]:
    """What the quantities of two texts differ in."""
    pairs = pair_quantities(find_quantities(a), find_quantities(b))
    return [pair.difference for pair in pairs if pair.difference]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family["label"])
def test_all_of_a_family_say_the_same(family: dict[str, Any]) -> None:
    found = {(a, b): differences(a, b) for a, b in combinations(family["texts"], 2)}
    assert not {texts: what for texts, what in found.items() if what}


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family["label"])
def test_nothing_beside_a_family_says_the_same(family: dict[str, Any]) -> None:
    both = [(a, b) for a in family["texts"] for b in family["expect"]["different"]]
    assert not [(a, b) for a, b in both if not (differences(a, b) and differences(b, a))]
