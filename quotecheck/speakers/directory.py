"""Everybody who speaks in a library, with what it holds of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.library.library import explained
from quotecheck.speakers.lookup import folded

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["Person", "people"]


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker with what the library holds of them.

    ``names`` are the further names whose turns and quotations are theirs, ``forms`` how else
    articles write them. ``identifier`` is that of the speaker, else the one that all their
    quotations with one agree on.
    """

    name: str
    turns: int
    quotations: int
    names: tuple[str, ...]
    forms: tuple[str, ...]
    identifier: str | None


_COUNTS = """
    WITH turns AS (
        SELECT g.speaker_id, count(*) AS number FROM segments AS g
        JOIN documents AS d ON d.id = g.document_id
        WHERE d.replaced_by IS NULL AND g.speaker_id IS NOT NULL GROUP BY g.speaker_id
    ), newest AS (
        SELECT a.document_id, max(a.run_id) AS run_id FROM attributed AS a
        JOIN documents AS d ON d.id = a.document_id
        WHERE d.replaced_by IS NULL GROUP BY a.document_id
    ), said AS (
        SELECT qs.speaker_id, count(DISTINCT q.id) AS number,
            CASE WHEN min(qs.identifier) = max(qs.identifier) THEN min(qs.identifier) END
                AS identifier
        FROM newest AS n
        JOIN quotations AS q ON q.document_id = n.document_id AND q.run_id = n.run_id
        JOIN quotation_speakers AS qs ON qs.quotation_id = q.id
        WHERE qs.speaker_id IS NOT NULL GROUP BY qs.speaker_id
    )
    SELECT s.id, s.name, coalesce(t.number, 0), coalesce(q.number, 0),
        coalesce(s.identifier, q.identifier)
    FROM speakers AS s
    LEFT JOIN turns AS t ON t.speaker_id = s.id LEFT JOIN said AS q ON q.speaker_id = s.id
    ORDER BY {}
"""


def people(library: Library, words: str = "", *, by_number: bool = False) -> Iterator[Person]:
    """Everybody who speaks in the library.

    Args:
        library: open for reading or writing.
        words: only those whose names, aliases or identifier hold all of these, in any case.
        by_number: those with the most turns and quotations first, rather than by name.
    """
    wanted = folded(words).split()
    order = "3 + 4 DESC, s.name" if by_number else "s.name"
    with explained(library.path):
        aliases: dict[int, tuple[list[str], list[str]]] = {}
        for number, name, kind in library.db.execute(
            "SELECT speaker_id, name, kind FROM aliases ORDER BY name"
        ):
            aliases.setdefault(number, ([], []))[kind == "form"].append(name)
        for number, name, turns, quotations, identifier in library.db.execute(
            _COUNTS.format(order.replace("3 + 4", "coalesce(t.number, 0) + coalesce(q.number, 0)"))
        ):
            names, forms = aliases.get(number, ([], []))
            told = folded(" ".join([name, *names, *forms, identifier or ""]))
            if all(word in told for word in wanted):
                yield Person(name, turns, quotations, tuple(names), tuple(forms), identifier)
