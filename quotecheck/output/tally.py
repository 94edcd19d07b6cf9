"""How many quotations an article has and how many were checked: the figures of every output.

A quotation is counted by its number in the article, as `attribute` counts all of them; what stands
in no quotation marks is nobody's exact words and is not checked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotecheck.output.plain_text import plural
from quotecheck.output.verdict_labels import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quotecheck.records.check import Check, Verdict
    from quotecheck.records.quotation import Quotation

__all__ = ["Tally", "counted_words", "numbers_in", "tally_of"]


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of an article's checks.

    ``found`` is how many quotations the article has, None for quotations given by themselves.
    ``verdicts`` has those that occur, in the order in which they are always shown.
    ``other_meaning`` is how many have another meaning, without those that somebody else said.
    """

    found: int | None
    checked: int
    verdicts: Mapping[Verdict, int]
    other_meaning: int

    @property
    def counted(self) -> str:
        """How many there are and how many were checked, in words."""
        return counted_words(self.found, self.checked)

    @property
    def counts(self) -> str:
        """The same with how many there are of each verdict, as a sentence."""
        verdicts = ", ".join(f"{n} {VERDICTS[verdict][0]}" for verdict, n in self.verdicts.items())
        return f"{self.counted}: {verdicts}." if verdicts else f"{self.counted}."

    @property
    def warning(self) -> str:
        """How many have another meaning, as a sentence; "" for none."""
        return f"{self.other_meaning} with another meaning." if self.other_meaning else ""

    @property
    def sentence(self) -> str:
        """All of it in one or two sentences."""
        return " ".join(filter(None, (self.counts, self.warning)))

    def to_dict(self) -> dict[str, Any]:
        """The two numbers as JSON has them."""
        return {"found": self.found, "checked": self.checked}


def tally_of(checks: Sequence[Check], quotations: int | None = None) -> Tally:
    """Count the checks of an article, or of a list (``quotations`` is None)."""
    counts = Counter(check.verdict for check in checks)
    return Tally(
        quotations,
        len(checks),
        {verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]},
        sum(check.severity == "meaning" and check.verdict != "misattributed" for check in checks),
    )


def counted_words(quotations: int | None, checked: int) -> str:
    """How many quotations there are and how many of them were checked.

    >>> counted_words(13, 11), counted_words(2, 2), counted_words(2, 0)
    ('13 quotations, 11 of them checked', '2 quotations, all checked', '2 quotations, none checked')
    >>> counted_words(1, 1), counted_words(0, 0), counted_words(None, 3)
    ('1 quotation, checked', 'No quotations', '3 quotations checked')
    """
    if quotations is None or quotations < checked:
        return f"{checked:,} {plural(checked, 'quotation')} checked"
    if not quotations:
        return "No quotations"
    total = f"{quotations:,} {plural(quotations, 'quotation')}"
    if not checked:
        return f"{total}, {'not' if quotations == 1 else 'none'} checked"
    if checked == quotations:
        return f"{total}, {'' if quotations == 1 else 'all '}checked"
    return f"{total}, {checked:,} of them checked"


def numbers_in(
    quotations: Sequence[Quotation] | None, checked: Sequence[Quotation | None]
) -> list[int]:
    """The number of each checked quotation in its article, from 1.

    Args:
        quotations: all of the article, in order; None where there is no article.
        checked: those that were checked, the same objects; None for words given by themselves.
    """
    places = {id(quotation): n for n, quotation in enumerate(quotations or (), start=1)}
    return [places.get(id(quotation), n) for n, quotation in enumerate(checked, start=1)]
