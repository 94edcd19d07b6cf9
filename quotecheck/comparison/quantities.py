"""Quantities as records, and whether two of them are the same in another dress.

A quantity may be read in several ways ("30 m": metres or million; "6.30": a decimal or a time of
day). Two quantities are the same where any two readings are; what differs is reported of the two
readings that are closest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from quotecheck.language.units import is_currency, is_same_country, is_same_unit

__all__ = [
    "Difference",
    "Kind",
    "Pairing",
    "Quantity",
    "Reading",
    "difference",
    "is_fair_cut",
    "pair_quantities",
]

Kind = Literal["number", "ordinal", "vague", "pair", "date", "time", "decade", "text"]
Difference = Literal[
    "", "rendering", "unit", "currency", "sign", "kind", "date", "time", "value", "missing"
]
"""What two quantities differ in: empty for nothing; "rendering" where the value is the same, said
in another way (half, 50 percent); "missing" for one that stands on one side alone."""

_ORDER: Final[tuple[Difference, ...]] = (
    "", "rendering", "sign", "currency", "unit", "kind", "time", "date", "value",
)  # fmt: skip
_COSTS: Final[dict[Difference, float]] = {"": 0.0, "rendering": 0.2, "unit": 0.9, "currency": 0.8}
_MISSING_COST: Final = 0.7
"""Cost of a quantity that the other text lacks, where two that differ cost 1."""
_WEAK_COST: Final = 0.35
"""The same for a weak quantity, such as the "one" of "one of them"."""
_FACTORS: Final[dict[str, tuple[str, Fraction]]] = {
    "minute": ("second", Fraction(60)), "hour": ("second", Fraction(3600)),
    "day": ("second", Fraction(86400)), "week": ("second", Fraction(604800)),
    "fortnight": ("second", Fraction(1209600)), "second": ("second", Fraction(1)),
    "month": ("month", Fraction(1)), "year": ("month", Fraction(12)),
    "decade": ("month", Fraction(120)), "century": ("month", Fraction(1200)),
    "metre": ("metre", Fraction(1)), "kilometre": ("metre", Fraction(1000)),
    "centimetre": ("metre", Fraction(1, 100)), "millimetre": ("metre", Fraction(1, 1000)),
    "gram": ("gram", Fraction(1)), "kilogram": ("gram", Fraction(1000)),
    "milligram": ("gram", Fraction(1, 1000)), "tonne": ("gram", Fraction(10**6)),
    "foot": ("inch", Fraction(12)), "inch": ("inch", Fraction(1)), "yard": ("inch", Fraction(36)),
    "mile": ("inch", Fraction(63360)), "percent": ("", Fraction(1, 100)), "": ("", Fraction(1)),
    "basis point": ("percentage point", Fraction(1, 100)),
    "percentage point": ("percentage point", Fraction(1)),
}  # fmt: skip
"""Units in which the same value may be said, each with its size."""


class Reading(NamedTuple):
    """One way of reading a quantity.

    ``values`` are: one number; two of a pair; year, month, day of a date (None where not said);
    the minutes since midnight that a time of day may mean. ``form`` says how it is written: digits,
    words, fraction, roman, ordinal; of a pair its sign; of a text the text.
    """

    kind: Kind
    values: tuple[Fraction | int | None, ...]
    unit: str = ""
    form: str = ""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity in a text.

    ``start`` and ``end`` are code points of the text; ``figure`` is the end of the number proper,
    before its unit. A ``weak`` one may be no quantity at all ("one", "a mile"): it counts only
    against another quantity.
    """

    start: int
    end: int
    readings: tuple[Reading, ...]
    weak: bool = False
    figure: int = 0


class Pairing(NamedTuple):
    """Two quantities that stand for one another; None for one that stands alone."""

    first: int | None
    second: int | None
    difference: Difference


def difference(a: Quantity, b: Quantity) -> Difference:
    """What two quantities differ in, by the two readings that are closest.

    >>> from quotecheck.comparison.quantity_parsing import find_quantities
    >>> def told(x, y):
    ...     return difference(find_quantities(x)[0], find_quantities(y)[0])
    >>> told("$1.2 million", "$1,200,000"), told("$4.3 billion", "$43 billion")
    ('', 'value')
    >>> told("$500", "€500"), told("-3", "3"), told("60 mph", "60 miles per hour")
    ('currency', 'sign', '')
    """
    rank = min((_ORDER.index(_compare(x, y)) for x in a.readings for y in b.readings), default=-1)
    return _ORDER[rank]


def _compare(a: Reading, b: Reading) -> Difference:
    if a.kind == b.kind:
        return _SAME_KIND[a.kind](a, b)
    kinds = {a.kind, b.kind}
    if kinds == {"number", "ordinal"}:
        return _ordinal(a, b)
    if kinds == {"number", "pair"}:
        number, pair = (a, b) if a.kind == "number" else (b, a)
        if pair.form == "in" and pair.values[1] and not pair.unit:
            share = _number(number, Reading("number", (_ratio(pair),), form="fraction"))
            return "rendering" if share in ("", "rendering") else "value"
        return "value"
    if kinds == {"number", "time"}:
        number, time = (a, b) if a.kind == "number" else (b, a)
        hours = {int(m) // 60 % 12 for m in time.values if m is not None and not int(m) % 60}
        same = not number.unit and number.values[0] in {h or 12 for h in hours}
        return "rendering" if same else "time"
    if kinds == {"number", "date"}:
        number, date = (a, b) if a.kind == "number" else (b, a)
        same = not number.unit and date.values[1] is None and _is_year(number, date)
        return "" if same else "date"
    if kinds == {"pair", "date"}:
        pair, date = (a, b) if a.kind == "pair" else (b, a)
        same = pair.form == "/" and date.values in (
            (None, *pair.values),
            (None, *pair.values[::-1]),
        )
        return "rendering" if same else "value"  # 9/11
    if kinds == {"number", "decade"} or kinds == {"number", "vague"}:
        return "kind" if a.values == b.values else "value"
    return "value"


def _ratio(pair: Reading) -> Fraction:
    first, second = pair.values
    return Fraction(first or 0) / Fraction(second or 1)


def _is_year(number: Reading, date: Reading) -> bool:
    value, year = number.values[0], date.values[0]
    return value == year or (isinstance(year, int) and year < 100 and value is not None
                             and 1000 <= value < 2100 and value % 100 == year)  # fmt: skip


def _number(a: Reading, b: Reading) -> Difference:
    x, y = a.values[0], b.values[0]
    assert x is not None and y is not None  # noqa: S101, PT018 -- a number has a value
    same_unit = is_same_unit(a.unit, b.unit)
    if x == y:
        if same_unit:
            return "" if is_same_country(a.unit, b.unit) else "rendering"
        if is_currency(a.unit) or is_currency(b.unit):
            return "currency"
        return "unit"
    if not same_unit:
        (base, size), (other, its) = (_FACTORS.get(r.unit, (r.unit, Fraction(1))) for r in (a, b))
        decimal = "percent" in (a.unit, b.unit) and "fraction" not in (a.form, b.form)
        if base == other and x * size == y * its and not decimal:
            return "rendering"
    return "sign" if x == -y and same_unit else "value"


def _ordinal(a: Reading, b: Reading) -> Difference:
    if a.values != b.values:
        return "value"
    if a.unit != b.unit:
        return "unit"
    forms = {a.form, b.form}
    if a.kind == b.kind or "roman" in forms or forms == {"digits", "digits ordinal"}:
        return ""
    return "kind"


def _vague(a: Reading, b: Reading) -> Difference:
    return "" if a.values == b.values else "value"


def _pair(a: Reading, b: Reading) -> Difference:
    if a.values != b.values:
        shares = a.form == b.form == "in" and a.values[1] and b.values[1]
        return "rendering" if shares and _ratio(a) == _ratio(b) else "value"
    if not is_same_unit(a.unit, b.unit):
        return "currency" if is_currency(a.unit) or is_currency(b.unit) else "unit"
    if not is_same_country(a.unit, b.unit):
        return "rendering"
    return "kind" if (a.form == "in") != (b.form == "in") else ""


def _date(a: Reading, b: Reading) -> Difference:
    if a.form and b.form and a.form != b.form:  # 3/4/2011 for 4/3/2011
        return "date"
    (year, *rest), (other, *its) = a.values, b.values
    if rest != its or (year is None) != (other is None):
        return "date"
    if year is None or other is None or year == other:
        return ""
    short = min(year, other) < 100
    return "" if short and year % 100 == other % 100 else "date"


def _time(a: Reading, b: Reading) -> Difference:
    if set(a.values) == set(b.values):
        return ""
    return "rendering" if set(a.values) & set(b.values) else "time"


def _decade(a: Reading, b: Reading) -> Difference:
    x, y = a.values[0] or 0, b.values[0] or 0
    return "" if x == y or (min(x, y) < 100 and x % 100 == y % 100) else "date"


def _text(a: Reading, b: Reading) -> Difference:
    return "" if a.form == b.form else "value"


_SAME_KIND: Final = {
    "number": _number, "ordinal": _ordinal, "vague": _vague, "pair": _pair, "date": _date,
    "time": _time, "decade": _decade, "text": _text,
}  # fmt: skip


def is_fair_cut(whole: Quantity, part: Quantity) -> bool:
    """Return whether a quotation that ends within a quantity of its source still says the same.

    A date without its year, a time without its "p.m.", a number without a unit does. A number
    without its "million", its sign or its "percent" does not.

    >>> from quotecheck.comparison.quantity_parsing import find_quantities
    >>> is_fair_cut(*find_quantities("July 4, 1776"), *find_quantities("July 4"))
    True
    >>> is_fair_cut(*find_quantities("4 million"), *find_quantities("4"))
    False
    """
    return any(_is_part(x, y) for x in whole.readings for y in part.readings)


def _is_part(whole: Reading, part: Reading) -> bool:
    if whole.kind == "date":
        if part.kind == "date":  # 9 May of 9–11 May is another time
            return len(whole.values) == len(part.values) and all(
                y in (None, x) for x, y in zip(whole.values, part.values, strict=True)
            )
        return part.kind in ("number", "ordinal") and not part.unit and (
            part.values[0] == whole.values[0] or part.values == whole.values[2:]
        )  # fmt: skip
    if whole.kind == part.kind == "time":
        return bool(set(whole.values) & set(part.values))
    if whole.kind == "pair" and whole.form == "to":
        first, second = whole.values
        if first is not None and second is not None and first > second:
            return True  # sold 300 to 5 firms
    if whole.kind == "number" == part.kind and whole.values == part.values and not part.unit:
        return not whole.unit.startswith("perc") and whole.unit != "bc"
    if whole.kind == part.kind and whole.values == part.values:
        return is_same_unit(whole.unit, part.unit)
    return False


def pair_quantities(first: Sequence[Quantity], second: Sequence[Quantity]) -> list[Pairing]:
    """Pair the quantities of two texts in their order, the same with the same where possible.

    Weak ones that have no partner are left out.
    """
    n, m = len(first), len(second)
    table: list[list[Difference]] = [[difference(a, b) for b in second] for a in first]

    def alone(quantity: Quantity) -> float:
        return _WEAK_COST if quantity.weak else _MISSING_COST

    def both(i: int, j: int) -> float:
        if table[i][j] and first[i].weak and second[j].weak:
            return 1.0  # "a second", "one": words, not numbers
        return _COSTS.get(table[i][j], 1.0)

    costs = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            ways = []
            if i < n:
                ways.append(costs[i + 1][j] + alone(first[i]))
            if j < m:
                ways.append(costs[i][j + 1] + alone(second[j]))
            if i < n and j < m:
                ways.append(costs[i + 1][j + 1] + both(i, j))
            costs[i][j] = min(ways, default=0.0)
    pairs: list[Pairing] = []
    i = j = 0
    while i < n or j < m:
        here = costs[i][j]
        if i < n and j < m and here == costs[i + 1][j + 1] + both(i, j):
            pairs.append(Pairing(i, j, table[i][j]))
            i, j = i + 1, j + 1
        elif i < n and here == costs[i + 1][j] + alone(first[i]):
            if not first[i].weak:
                pairs.append(Pairing(i, None, "missing"))
            i += 1
        else:
            if not second[j].weak:
                pairs.append(Pairing(None, j, "missing"))
            j += 1
    return pairs
