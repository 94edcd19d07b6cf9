"""Classes of edits between quantities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from quotecheck.comparison.quantities import Difference, Quantity, Reading, pair_quantities
from quotecheck.comparison.quantity_alignment import QuantityWords, same_quantities
from quotecheck.comparison.spelling import stem
from quotecheck.comparison.stretches import WordRun
from quotecheck.language.word_classes import TIMES
from quotecheck.records.check import Severity

__all__ = ["class_of_quantities", "quantity_class", "unpaired_class"]

_DATED: Final = frozenset({"date", "time", "decade"})


def quantity_class(a: Quantity, b: Quantity, change: Difference) -> tuple[str, Severity]:
    """Return class and severity of one quantity for another, by what they differ in."""
    if not change:
        return "numeral", "none"
    if change == "rendering":
        return "number", "wording"
    if change in ("unit", "currency"):
        return change, "meaning"
    if change in _DATED or all(
        any(r.kind in _DATED or _is_year(r) for r in quantity.readings) for quantity in (a, b)
    ):
        return "date", "meaning"
    return "number", "meaning"


def _is_year(reading: Reading) -> bool:
    value = reading.values[0] if reading.kind == "number" else None
    return (
        value is not None and 1500 <= value < 2100 and not reading.unit and reading.form == "digits"
    )


def class_of_quantities(before: WordRun, after: WordRun) -> tuple[str, Severity] | None:
    """Return the class of quantities put for quantities; None where other words matter more."""
    pairs = same_quantities(before.found_quantities, after.found_quantities)
    if not pairs:
        return None
    for x, y, change in pairs:
        if change and change != "rendering":
            return quantity_class(x.quantity, y.quantity, change)
    if _without(before.forms, [x for x, _, _ in pairs]) == _without(
        after.forms, [y for _, y, _ in pairs]
    ):
        x, y, change = max(pairs, key=lambda pair: pair[2])
        return quantity_class(x.quantity, y.quantity, change)
    return None


def _without(forms: Sequence[str], quantities: Sequence[QuantityWords]) -> list[str]:
    return [f for k, f in enumerate(forms) if not any(q.first <= k < q.last for q in quantities)]


def unpaired_class(before: WordRun, after: WordRun) -> str | None:
    """Return the class of quantities that stand on one side alone or differ; None without any."""
    first, second = before.found_quantities, after.found_quantities
    for pair in pair_quantities([x.quantity for x in first], [y.quantity for y in second]):
        if not pair.difference or pair.difference == "rendering":
            continue
        sides = [
            side[k] for side, k in ((first, pair.first), (second, pair.second)) if k is not None
        ]
        dated = any(r.kind in _DATED or _is_year(r) for q in sides for r in q.quantity.readings)
        return (
            "date"
            if dated or {stem(w) for w in (*before.forms, *after.forms)} & TIMES
            else "number"
        )
    return None
