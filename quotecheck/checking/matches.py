"""The records of a search: a document, a place in it, and all that was found for a quotation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from quotecheck.comparison.alignment import Alignment
from quotecheck.comparison.words import Words

__all__ = ["Match", "MatchResult", "SourceDocument", "preference", "ranked"]

_EACH: Final = 3.0
"""Weight added to each word, in e-folds of rarity (function words weigh 1). By eye; see
``share``."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A document as an answer names it, with its row number.

    ``derived`` marks one that repeats what others said or wrote, ``machine_transcript`` one that a
    machine wrote down from speech.
    """

    row: int
    key: str
    title: str | None
    author: str | None
    date: str | None
    derived: bool = False
    machine_transcript: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """One stretch of quotation at one place. ``first`` is the stretch's first quotation word.

    ``claimed_speaker_matches`` says whether the claimed speaker speaks there: True, False, None
    when unsure or when nobody is claimed.
    """

    origin: SourceDocument
    source: Words
    alignment: Alignment
    first: int
    speaker: str | None
    claimed_speaker_matches: bool | None

    @property
    def start(self) -> int:
        """Its first code point in the document."""
        return self.source.starts[self.alignment.first]

    @property
    def end(self) -> int:
        """The code point after its last."""
        return self.source.ends[self.alignment.last - 1]

    @property
    def middle(self) -> int:
        """The first code point of the middle one of the words that the quotation has.

        Between the words of one speaker may stand a whole turn of another, left out.
        """
        alignment = self.alignment
        shared = [k for b in alignment.blocks if b.op == "equal" for k in range(b.a0, b.a1)]
        at = shared[len(shared) // 2] if shared else (alignment.first + alignment.last) // 2
        return self.source.starts[at]


@dataclass(frozen=True, slots=True)
class MatchResult:
    """Matches of the parts of a quotation, in its order; ``alternatives`` hold the same words."""

    matches: tuple[Match, ...] = ()
    alternatives: tuple[Match, ...] = ()
    matched: float = 0.0
    total: float = 1.0
    words: int = 1

    @property
    def share(self) -> float:
        """How much of the quotation was found, 0..1.

        Each word counts with its weight and a constant: by weight alone, one rare word put in
        would outweigh ten plain ones in their order.
        """
        if not self.matches:
            return 0.0
        agreed = sum(place.alignment.agreed for place in self.matches)
        return (self.matched + _EACH * agreed) / (self.total + _EACH * self.words)

    def rivals(self, match: Match) -> int:
        """Count the alternatives where the claimed speaker matches as at ``match``."""
        matches_claim = match.claimed_speaker_matches
        return sum(other.claimed_speaker_matches == matches_claim for other in self.alternatives)

    def preferring(self, place: Match) -> MatchResult:
        """The same, with another of several equal places in front."""
        others = tuple(other for other in (*self.matches, *self.alternatives) if other is not place)
        return replace(self, matches=(place,), alternatives=others)

    @property
    def longest(self) -> int:
        """Words in the longest equal stretch."""
        return max((place.alignment.longest for place in self.matches), default=0)


def ranked(places: Iterable[Match]) -> list[Match]:
    """Best first; the claimed speaker's own place wins over a slightly closer one.

    Of equal ones those that repeat others come last, and of the rest the earliest is first.
    """

    def key(place: Match) -> tuple[float, bool, str, int, int]:
        bonus = 0.12 * place.alignment.total if place.claimed_speaker_matches else 0.0
        score = -round(place.alignment.score + bonus, 3)
        origin = place.origin
        return score, origin.derived, origin.date or "9999", origin.row, place.start

    return sorted(places, key=key)


def preference(place: Match) -> tuple[int, bool, str, int, int]:
    """The claimed speaker's own place first, then those that repeat nobody, then the earliest."""
    speaker_rank = {True: 0, None: 1, False: 2}[place.claimed_speaker_matches]
    origin = place.origin
    return speaker_rank, origin.derived, origin.date or "9999", origin.row, place.start
