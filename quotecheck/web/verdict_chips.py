"""Verdict chips beside the rows of a list: what kept checks say about the words of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.library.checked_places import DocumentSpan, checked_places
from quotecheck.output.html.checks import grade_of
from quotecheck.output.verdict_labels import SEVERITIES, VERDICT_SIGNS, VERDICTS
from quotecheck.web.kept_check_views import SIGNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quotecheck.library.checked_places import CheckedPlace
    from quotecheck.web.explorer import Reading

__all__ = ["VerdictChip", "verdict_chips"]


@dataclass(frozen=True, slots=True)
class VerdictChip:
    """A chip: sign, label and severity of a verdict, and what it is the verdict on.

    ``number`` is that of the kept check. ``quoted_in`` is the article that quotes the row's words,
    "" where the row itself was checked. ``status`` is where the check stands, with its sign.
    """

    number: int
    sign: str
    label: str
    severity: str
    grade: str
    quoted_in: str
    status: str


def verdict_chips(
    reading: Reading, rows: Iterable[tuple[str, int, int]]
) -> Sequence[Sequence[VerdictChip]]:
    """The chips of each row, which is a document's key and a place in its text."""
    places = [DocumentSpan(*row) for row in rows]
    return [
        [_chip(check) for check in checks] for checks in checked_places(reading.library.db, places)
    ]


def _chip(check: CheckedPlace) -> VerdictChip:
    severity = "" if check.verdict == "misattributed" else SEVERITIES[check.severity]
    return VerdictChip(
        number=check.id,
        sign=VERDICT_SIGNS[check.verdict],
        label=VERDICTS[check.verdict][0],
        severity=severity,
        grade=grade_of(check.verdict, check.severity),
        quoted_in="" if check.own else check.article or "a quotation that was checked by itself",
        status=f"{SIGNS[check.status]} {check.status}",
    )
