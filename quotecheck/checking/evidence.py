"""What a verdict rests on: frozen records, gathered by the steps of a check.

`quotecheck.checking.verdict` decides on them and on nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from quotecheck.comparison.wording import WordingVerdict
from quotecheck.records.check import Reason

if TYPE_CHECKING:
    from quotecheck.paraphrase.contradictions import Contradiction

__all__ = [
    "CheckEvidence",
    "ClaimEvidence",
    "NearPlace",
    "ParaphraseEvidence",
    "SpokenEvidence",
    "TranslationEvidence",
]


@dataclass(frozen=True, slots=True)
class SpokenEvidence:
    """Who spoke at a place, and how that is known.

    ``turn`` is the speaker of the turn, or the author where the document has no turns; None where
    the document does not say, and where its author passes on somebody else's words in quotation
    marks. ``in_marks`` says whether the place stands in quotation marks within a turn or text.
    ``quoted`` are the names whom the document gives as those it quotes there: read by machine,
    with ``confidence`` where the document was attributed, from the words beside the marks (then
    without) where it was not. ``is_work`` marks a novel, a play or Scripture, all of whose words
    are the work's own; ``relays_others`` a genre whose author reports what others say.
    ``is_derived`` marks a document that repeats others, such as a collection of quotations.
    """

    turn: str | None = None
    author: str | None = None
    has_turns: bool = False
    in_marks: bool = False
    quoted: tuple[str, ...] = ()
    confidence: float | None = None
    is_work: bool = False
    relays_others: bool = False
    is_derived: bool = False

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
    """A claimed speaker against those who spoke.

    ``speaks`` says whether the claimed one speaks or is the author at any place of the quotation
    (None: unsure), ``is_quoted`` the same of each of `SpokenEvidence.quoted`. ``people`` are those
    of the library whom the name may mean. ``is_reported`` says whether the words around say that
    the claimed one spoke or lead to quotation marks with their name, ``is_named`` whether the
    document names them anywhere. ``speaker_is_person`` and ``is_distinctive`` are what an
    accusation needs: a speaker known by name, and words that few people say. ``is_office`` tells
    that the claim names an office, a body or people, who may be the one who spoke.
    """

    claimed: str
    speaks: bool | None
    is_quoted: tuple[bool | None, ...] = ()
    people: tuple[str, ...] = ()
    is_reported: bool = False
    is_named: bool = False
    speaker_is_person: bool = True
    is_distinctive: bool = True
    is_office: bool = False


class TranslationEvidence(NamedTuple):
    """Two languages, that of the sentence and that of the quotation, and what speaks against it.

    ``denial_differs`` says whether one of the two denies and the other does not, None where the
    words that deny are not known in the language.
    """

    language: str
    quoted_in: str
    numbers_differ: bool = False
    denial_differs: bool | None = False


class NearPlace(NamedTuple):
    """A sentence near in meaning: its document's id, its place in it, its words."""

    document: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ParaphraseEvidence:
    """The sentence of a library that comes nearest in meaning, and what speaks against it.

    ``chance`` is the probability that it is the same statement, ``is_likely`` whether that is
    enough for the label. ``differences`` are what contradicts it; ``unmatched`` are words of the
    quotation that no word of the sentence stands for. ``spoken_by_claimed`` is None when unsure or
    not asked. ``next_nearest`` are the candidates after it, the likeliest first.
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
    differences: tuple[Contradiction, ...] = ()
    unmatched: tuple[str, ...] = ()
    spoken_by_claimed: bool | None = None
    next_nearest: tuple[NearPlace, ...] = ()
    translation: TranslationEvidence | None = None
    """Where the sentence is in another language."""
    translated: str | None = None
    """That its document is a translation: "yes", or the language of the original."""


@dataclass(frozen=True, slots=True)
class CheckEvidence:
    """All that is known of one quotation when its verdict is decided.

    ``is_common`` tells that there is nothing to look for but words that stand everywhere,
    ``is_found`` whether its words were found, ``wording`` how they compare then.
    ``claimed`` is the claimed speaker's name, ``claim`` the evidence for and against it where the
    words were found. ``denied`` tells that the article says that it was
    not said. ``coverage`` are the reasons that go with "not found": what was searched.
    ``only_in`` names a document that repeats others, where the words stand in no other kind.
    """

    is_common: bool = False
    is_found: bool = False
    wording: WordingVerdict | None = None
    spoken: SpokenEvidence = SpokenEvidence()
    claimed: str | None = None
    claim: ClaimEvidence | None = None
    paraphrase: ParaphraseEvidence | None = None
    denied: bool = False
    coverage: tuple[Reason, ...] = ()
    only_in: str | None = None
