"""Quantities that a free rendering states with other words: as one end of a range, without a unit.

Between a quotation and its own words such a difference is an edit; between two wordings of one
statement it changes nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from quotecheck.language.units import is_currency

if TYPE_CHECKING:
    from collections.abc import Iterable

    from quotecheck.comparison.quantities import Quantity, Reading

__all__ = ["is_restated", "is_small_count"]

_NAMED: Final = ("covid",)
"""Names that end in a number."""
_COUNTED: Final = frozenset(("", "times"))
"""Units of what is merely counted: five years, five premier league years."""

_SMALL: Final = (1, 2, Fraction(1, 2))
_PLAIN: Final = frozenset(("", "times", "day", "week", "month", "year"))


def is_restated(quantity: Quantity, others: Iterable[Quantity], text: str) -> bool:
    """Whether a quantity stands there in some form, or need not.

    Args:
        quantity: of the quotation; the sentence has it not as it is.
        others: the sentence's.
        text: the quotation.
    """
    if text[: quantity.start].rstrip(" -‐‑–").casefold().endswith(_NAMED):
        return True
    other_readings = [reading for other in others for reading in other.readings]
    readings = quantity.readings
    if all(reading.kind == "ordinal" and reading.values == (1,) for reading in readings):
        # "At first", "for the first time": it contradicts other places in an order alone.
        return not any(reading.kind == "ordinal" for reading in other_readings)
    return any(_is_part(a, b) for a in readings for b in other_readings) or any(
        reading.kind == "pair"
        and all(_is_number_in(value, reading, other_readings) for value in reading.values)
        for reading in readings
    )


def is_small_count(quantity: Quantity) -> bool:
    """Whether it is one, two or a half, which a plural, "both" or "middle" may say.

    >>> from quotecheck.comparison.quantity_parsing import find_quantities
    >>> [is_small_count(find_quantities(text)[0]) for text in ("two sides", "40 sides", "$2")]
    [True, False, False]
    """
    return all(
        reading.kind == "number" and reading.values[0] in _SMALL and reading.unit in _PLAIN
        for reading in quantity.readings
    )


def _is_number_in(value: Fraction | int | None, pair: Reading, others: Iterable[Reading]) -> bool:
    """Whether an end of a range is a number there, with its unit or none."""
    return any(
        other.kind == "number" and other.values[0] == value and other.unit in ("", pair.unit)
        for other in others
    )


def _is_part(a: Reading, b: Reading) -> bool:
    """Whether a number is one that is part of another reading."""
    if a.kind not in ("number", "ordinal"):
        return False
    value = a.values[0]
    if b.kind == "date":
        return not a.unit and value == b.values[-1]
    if b.kind not in ("number", "pair") or value not in b.values:
        return False
    units = {a.unit, b.unit}
    if any(map(is_currency, units)):
        return "" in units and len(units) == 2
    return a.unit == b.unit or bool(units & _COUNTED)
