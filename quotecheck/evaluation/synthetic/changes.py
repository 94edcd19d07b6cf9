"""What a kind of case is: a change of a real quotation, and the answers that are right for it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from quotecheck.records.check import Severity, Verdict

if TYPE_CHECKING:
    from quotecheck.evaluation.synthetic.real_quotations import Pool, RealQuotation

__all__ = [
    "ANOTHER_MEANING",
    "CUT_FAIRLY",
    "FORM_ALONE",
    "MEANING_OR_WORDING",
    "NOTHING_OR_WORDING",
    "OTHER_WORDS",
    "Changed",
    "Group",
    "Kind",
    "Mutator",
    "capitalised",
    "substituted",
    "swapped",
]

Group = Literal["changed", "faithful", "mouth", "invented"]
Sub = Literal["right", "open", "other"]

OTHER_WORDS: Final[tuple[Verdict, ...]] = (
    "altered", "truncated", "spliced", "paraphrase", "misattributed",
)  # fmt: skip
"""The verdicts that are right for a quotation whose meaning was changed."""
FORM_ALONE: Final[tuple[Verdict, ...]] = ("verbatim", "typographic")
CUT_FAIRLY: Final[tuple[Verdict, ...]] = ("verbatim", "typographic", "truncated")
ANOTHER_MEANING: Final[tuple[Severity, ...]] = ("meaning",)
MEANING_OR_WORDING: Final[tuple[Severity, ...]] = ("meaning", "wording")
NOTHING_OR_WORDING: Final[tuple[Severity, ...]] = ("none", "wording")


@dataclass(frozen=True, slots=True)
class Changed:
    """A quotation after a change; ``note`` says what was done.

    ``claimed`` is whom it is credited to where the kind is about the speaker. ``source`` and
    ``end`` are what it stands on where that is more than the sentence chosen.
    """

    quote: str
    note: str = ""
    claimed: str | None = None
    source: str | None = None
    end: int | None = None


Mutator = Callable[["RealQuotation", random.Random, "Pool"], "Changed | None"]
"""Change a quotation in one way; None where it has nothing to be changed so."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of case: its change, and the verdicts and severities that are right for it."""

    name: str
    group: Group
    change: Mutator
    accept: tuple[Verdict, ...]
    severity: tuple[Severity, ...]
    sub: Sub | None = None


def substituted(
    pattern: str,
    replacement: Callable[[re.Match[str], random.Random], str | None],
    *,
    unless: str | None = None,
    flags: int = 0,
) -> Mutator:
    """A change of one match of a pattern, chosen by lot.

    Args:
        pattern: what is replaced.
        replacement: gives what stands there then; None where this match cannot be changed.
        unless: sentences that match this are left alone.
        flags: of the pattern.
    """
    expression = re.compile(pattern, flags)
    barred = re.compile(unless) if unless else None

    def change(quotation: RealQuotation, rng: random.Random, _pool: Pool) -> Changed | None:
        text = quotation.text
        if barred is not None and barred.search(text):
            return None
        matches = list(expression.finditer(text))
        rng.shuffle(matches)
        for match in matches:
            new = replacement(match, rng)
            if new is None or new == match.group():
                continue
            quote = " ".join(f"{text[: match.start()]}{new}{text[match.end() :]}".split())
            quote = re.sub(r" ([,.;:?!])", r"\1", quote).replace("..", ".")
            return Changed(capitalised(quote), f"‘{match.group()}’ > ‘{new}’")
        return None

    return change


def swapped(table: dict[str, str], *, unless: str | None = None, after: str = "") -> Mutator:
    """A change of one word or phrase of a table, keeping a capital.

    Args:
        table: what becomes what, in small letters.
        unless: sentences that match this are left alone.
        after: what must not follow the word (a pattern).
    """
    known = {old.lower(): new for old, new in table.items()}
    words = "|".join(sorted(map(re.escape, table), key=len, reverse=True)).replace("’", "[’']")
    barred = f"(?!{after})" if after else ""

    def replacement(match: re.Match[str], _rng: random.Random) -> str | None:
        old = match.group()
        if old.isupper() and len(old) > 1:
            return None
        new = known[old.lower().replace("'", "’")]
        return new[:1].upper() + new[1:] if old[:1].isupper() else new

    return substituted(
        rf"(?<![\w’'-])(?:{words})(?![\w’'-]){barred}",
        replacement,
        unless=unless,
        flags=re.IGNORECASE,
    )


def capitalised(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]
