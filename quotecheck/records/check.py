"""What a check of a quotation gives: verdict, severity, edits, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from quotecheck.records.text import Span

if TYPE_CHECKING:
    from quotecheck.records.fact_check import FoundFactCheck
    from quotecheck.records.quotation import Quotation

__all__ = [
    "Check",
    "CheckedQuotation",
    "Edit",
    "Reason",
    "Severity",
    "SpeakerBasis",
    "Standing",
    "Verdict",
    "max_severity",
]


class Reason(str):
    """A ground in words, with its ``kind``, the ``words`` it is about, and its ``severity``.

    Two that read the same are the same.

    >>> reason = Reason("condition", "leaves out “unless they ask”", "unless they ask", "meaning")
    >>> reason, reason.kind, reason.severity
    ('leaves out “unless they ask”', 'condition', 'meaning')
    """

    __slots__ = ("kind", "severity", "words")

    kind: str
    words: str
    severity: Severity

    def __new__(cls, kind: str, text: str, words: str = "", severity: Severity = "none") -> Reason:
        """A reason that reads ``text``."""
        reason = super().__new__(cls, text)
        reason.kind, reason.words, reason.severity = kind, words, severity
        return reason

    def __getnewargs__(self) -> tuple[str, str, str, Severity]:  # type: ignore[override]
        return self.kind, str(self), self.words, self.severity


Verdict = Literal[
    "verbatim",
    "typographic",
    "truncated",
    "spliced",
    "altered",
    "paraphrase",
    "misattributed",
    "not_found",
]
"""How a quotation stands to its origin. The first rule that fits, from the last of these to the
first: not_found, misattributed, paraphrase, altered, spliced, truncated, typographic, verbatim."""


Severity = Literal["none", "wording", "meaning"]
_SEVERITIES: Final[tuple[Severity, ...]] = ("none", "wording", "meaning")
"""From the least to the gravest."""

Standing = Literal["not asked", "confirmed", "undecided", "refuted"]
"""Whether the claimed speaker spoke."""

SpeakerBasis = Literal["turn", "author", "attributed", "beside marks"]
"""How a speaker is known: the turn of a transcript, the author of the text, an attribution that a
machine read from it, or a name that stands beside quotation marks."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One difference between quotation and origin.

    ``before`` are the origin's words (empty for an insertion), ``after`` the quotation's (empty
    for an omission). ``kind`` names the class of the edit ("number", "negation", "name",
    "typography", …) and ``severity`` what it does to the sense.
    """

    kind: str
    before: str
    after: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Check:
    """The answer about one quotation: verdict, place, person, differences, and what was searched.

    ``spans`` are the places in the origin (several for a splice); ``score`` in 0..1 says how sure
    it is that the passage is the origin. ``diff`` is a list of (operation, origin words,
    quotation words) with operation one of equal, replace, delete, insert. ``wording`` is the
    verdict on the words alone. ``others`` are further places with the same words as
    (document id, start, end, speaker). ``locator`` is the origin's in its source ("page 12").
    ``nearest`` are the sentences nearest in meaning, the likeliest first, where they were asked
    for, as (document id, start, end, words). ``claim`` says whether the claimed speaker spoke,
    ``speaker_basis`` how ``speaker`` is known, ``speaker_confidence`` how surely (0..1) where a
    machine read it. ``fact_checks`` are those that others have published of these words; no verdict
    heeds them.
    """

    quote: str
    verdict: Verdict
    wording: Verdict
    severity: Severity
    score: float
    claimed_speaker: str | None = None
    document: str | None = None
    spans: tuple[Span, ...] = ()
    speaker: str | None = None
    date: str | None = None
    title: str | None = None
    origin_text: str | None = None
    surroundings: str | None = None
    edits: tuple[Edit, ...] = ()
    diff: tuple[tuple[str, str, str], ...] = ()
    reasons: tuple[str, ...] = ()
    others: tuple[tuple[str, int, int, str | None], ...] = ()
    nearest: tuple[tuple[str, int, int, str], ...] = ()
    searched: str = ""
    locator: str | None = None
    claim: Standing = "not asked"
    speaker_basis: SpeakerBasis | None = None
    speaker_confidence: float | None = None
    fact_checks: tuple[FoundFactCheck, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The record that ``quotecheck check --format json`` writes for this check.

        The fields are described in ``docs/json-schema.md``.
        """
        from quotecheck.records.plain import check_record

        return check_record(self)


class CheckedQuotation(NamedTuple):
    """A quotation of a draft with its check."""

    check: Check
    quotation: Quotation


def max_severity(severities: Sequence[Severity]) -> Severity:
    """Return the gravest of some severities; "none" where there are none."""
    return max(severities, key=_SEVERITIES.index, default="none")
