"""Count what each speaker says in a library: turns in transcripts, quotations in articles.

Only current documents count, and of their quotations those of the newest run. Every list of
speakers and every page about one takes its numbers, and its order, from the statement here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quotecheck.library.sql import CURRENT_QUOTATION, Connection, name_conditions

__all__ = ["SpeakerTotals", "speaker_totals", "totals_of"]


@dataclass(frozen=True, slots=True)
class SpeakerTotals:
    """A speaker with the number of their turns and quotations.

    ``identifier`` is that of the speaker, else the one that all their quotations with one agree on.
    """

    id: int
    name: str
    turns: int
    quotations: int
    identifier: str | None


_TOTALS: Final = f"""
    WITH turns AS (
        SELECT g.speaker_id, count(*) AS number
        FROM segments AS g JOIN documents AS d ON d.id = g.document_id
        WHERE d.replaced_by IS NULL AND g.speaker_id {{speaker}} GROUP BY g.speaker_id
    ), said AS (
        SELECT qs.speaker_id, count(DISTINCT q.id) AS number,
            CASE WHEN min(qs.identifier) = max(qs.identifier) THEN min(qs.identifier) END
                AS identifier
        FROM quotation_speakers AS qs
        JOIN quotations AS q ON q.id = qs.quotation_id
        JOIN documents AS d ON d.id = q.document_id
        WHERE {CURRENT_QUOTATION} AND qs.speaker_id {{speaker}} GROUP BY qs.speaker_id
    )
    SELECT s.id, s.name, coalesce(t.number, 0) AS turns, coalesce(q.number, 0) AS quotations,
        coalesce(s.identifier, q.identifier)
    FROM speakers AS s
    LEFT JOIN turns AS t ON t.speaker_id = s.id LEFT JOIN said AS q ON q.speaker_id = s.id
    WHERE s.id {{speaker}}
"""
_NAMED: Final = (
    "s.name LIKE ? ESCAPE '\\' OR EXISTS (SELECT 1 FROM aliases AS a"
    " WHERE a.speaker_id = s.id AND a.name LIKE ? ESCAPE '\\')"
)


def speaker_totals(
    db: Connection,
    words: str = "",
    *,
    by_number: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> Iterator[SpeakerTotals]:
    """Yield speakers with their numbers.

    Args:
        db: an open connection.
        words: only those whose name, or one of whose aliases, holds each of these.
        by_number: those with the most turns and quotations first, rather than by name.
        limit: how many at most; None for all.
        offset: how many to pass over.
    """
    clause, values = name_conditions(words, _NAMED)
    order = "turns + quotations DESC, s.name" if by_number else "s.name"
    rows = db.execute(
        f"{_TOTALS.format(speaker='IS NOT NULL')}{clause} ORDER BY {order} LIMIT ? OFFSET ?",
        (*values, -1 if limit is None else limit, offset),
    )
    for row in rows:
        yield SpeakerTotals(*row)


def totals_of(db: Connection, speaker: int) -> SpeakerTotals | None:
    """Return the numbers of the speaker with this row number; None when there is none."""
    row = db.execute(_TOTALS.format(speaker="= :speaker"), {"speaker": speaker}).fetchone()
    return None if row is None else SpeakerTotals(*row)
