"""What a verdict rests on: frozen records, gathered by the steps of a check.

`quotecheck.checking.verdict` decides on them and on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

from quotecheck.comparison.wording import Judgement
from quotecheck.records.check import Reason

__all__ = ["CheckEvidence", "ClaimEvidence", "ParaphraseEvidence", "SpokenEvidence"]


@dataclass(frozen=True, slots=True)
class SpokenEvidence:
    """Who spoke at a place, and how that is known.

    ``turn`` is the speaker of the turn, or the author where the document has no turns; None where
    the document does not say, and where its author passes on somebody else's words in quotation
    marks. ``quoted`` are the names whom the document gives as those it quotes there,
    ``in_marks`` whether the place stands in quotation marks (or is attributed as a quotation).
    """

    turn: str | None = None
    author: str | None = None
    in_marks: bool = False
    quoted: tuple[str, ...] = ()

    @property
    def speaker(self) -> str | None:
        """The one to name as the speaker: of the turn, else whom the document quotes."""
        return self.turn or (self.quoted[0] if self.quoted else None)

    @property
    def relayer(self) -> str | None:
        """Who brings the words: the turn's speaker or the author."""
        return self.turn or self.author


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """A claimed speaker against those who spoke. None stands for "unsure" throughout.

    ``speaks`` tells whether the claimed one speaks or is the author at any place of the
    quotation, ``is_quoted`` the same of each of `SpokenEvidence.quoted`, ``relays`` of
    `SpokenEvidence.relayer`. ``people`` are those of the library whom the name may mean.
    ``leads`` tells whether the words before the quotation marks name them.
    """

    claimed: str
    speaks: bool | None
    is_quoted: tuple[bool | None, ...] = ()
    relays: bool | None = None
    people: tuple[str, ...] = ()
    leads: bool = False


@dataclass(frozen=True, slots=True)
class ParaphraseEvidence:
    """The sentence of a library that comes nearest in meaning, and what speaks against it.

    ``chance`` is the probability that it is the same statement, ``is_likely`` whether that is
    enough for the label. ``differences`` are kinds of contradiction (`DIFFERENCES` in
    `quotecheck.checking.verdict`). ``spoken_by_claimed`` is None when unsure or not asked.
    ``next_nearest`` are the candidates after it, as (document id, words).
    """

    document: str
    title: str | None
    date: str | None
    start: int
    end: int
    text: str
    passage: str
    speaker: str | None
    likeness: float
    chance: float
    is_likely: bool
    differences: tuple[str, ...] = ()
    spoken_by_claimed: bool | None = None
    next_nearest: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CheckEvidence:
    """All that is known of one quotation when its verdict is decided.

    ``is_found`` tells whether its words were found, ``wording`` how they compare then.
    ``claimed`` is the claimed speaker's name, ``claim`` what speaks for and against it where the
    words were found. ``denied`` tells that the article says that it was
    not said. ``coverage`` are the reasons that go with "not found": what was searched.
    """

    is_found: bool = False
    wording: Judgement | None = None
    spoken: SpokenEvidence = SpokenEvidence()
    claimed: str | None = None
    claim: ClaimEvidence | None = None
    paraphrase: ParaphraseEvidence | None = None
    denied: bool = False
    coverage: tuple[Reason, ...] = ()
