"""Which speakers belong into the register, and which are descriptions within one document.

A library of before may have both in it: `misregistered` finds what should be taken out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from quotecheck.language.register_names import is_plural_person_noun, names_party, names_turn
from quotecheck.library.documents import add_alias
from quotecheck.library.speakers import speaker_by_name, speaker_id
from quotecheck.library.sql import Connection, fetch_all
from quotecheck.library.storable import storable
from quotecheck.records.quotation import Speaker
from quotecheck.records.text import Span
from quotecheck.text.letter_case import LetterCase

if TYPE_CHECKING:
    import sqlite_utils

__all__ = ["Register", "misregistered"]


class Register:
    """Decides who is named in one document well enough for the register.

    Args:
        text: the document's raw text.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._case = LetterCase(text)

    def names(self, speaker: Speaker, form: str, source: Sequence[Span]) -> bool:
        """Return whether the name of a quotation's speaker names a person or an organisation.

        Args:
            speaker: as attribution gives it.
            form: of the quotation's source: "name", "nominal", "pronoun" …
            source: the places of the source.
        """
        words = (speaker.name or "").split()
        if speaker.name is None or not words:
            return False
        written = self._is_written_as_name(speaker)
        noun = len(words) == 1 or is_plural_person_noun(words[0])
        if written is None and form == "nominal" and noun:
            mention = speaker.mention
            if mention is not None and any(span.contains(mention) for span in source):
                written = False  # the parser takes it for a noun
        return names_party(speaker.name, label=speaker.label, as_name=written)

    def enter(
        self,
        db: sqlite_utils.Database,
        quotation: int,
        position: int,
        speaker: Speaker,
        form: str,
        source: Sequence[Span],
    ) -> None:
        """Store a speaker of the quotation with this row number, described or named.

        A name that the register has already, by a merge or a table of the user's, leads there.
        Call it inside `Library.write`; ``form`` and ``source`` are as for `names`.
        """
        name, described = storable(speaker.name) or None, storable(speaker.description)
        mention, role = speaker.mention, speaker.role_span
        if name is None:
            number = None
        elif self.names(speaker, form, source):
            number = speaker_id(db, name)
        else:
            registered = speaker_by_name(db, name)
            number = None if registered is None else registered.id
            described = name if registered is None and described is None else described
        # The form in the article, where white space or an added part makes it another string.
        written = "" if mention is None else " ".join(mention.of(self._text).split())
        if number is not None and name is not None and written:
            add_alias(db, name, written)
        db.execute(
            "INSERT INTO quotation_speakers"
            " (quotation_id, position, speaker_id, role, label, mention_start, mention_end,"
            " role_start, role_end, description, identifier, speaker_name)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                quotation,
                position,
                number,
                storable(speaker.role),
                storable(speaker.label),
                mention.start if mention else None,
                mention.end if mention else None,
                role.start if role else None,
                role.end if role else None,
                described,
                storable(speaker.identifier),
                name,
            ],
        )

    def _is_written_as_name(self, speaker: Speaker) -> bool | None:
        mention = speaker.mention
        first = next(iter((speaker.name or "").split()), "")
        if mention is None or not first:
            return None
        start = self._text.find(first, mention.start, mention.end)
        return None if start < 0 else self._case.writes_as_name(Span(start, mention.end))


def misregistered(db: Connection) -> list[tuple[int, str]]:
    """Return the entries (row number, name) that name no person or organisation, by name.

    An entry stays that a turn or a quotation of any document names, and one about which somebody
    has decided something: a merge, a name, an identifier.
    """
    decided = {
        row[0]
        for row in db.execute(
            "SELECT speaker FROM speaker_change_rows"
            " UNION SELECT id FROM speakers WHERE identifier IS NOT NULL"
            " UNION SELECT speaker_id FROM aliases WHERE kind = 'name'"
        )
    }
    turns = {
        row[0]
        for row in db.execute("SELECT DISTINCT speaker_id FROM segments WHERE speaker_id NOTNULL")
    }
    labels: dict[int, set[str]] = defaultdict(set)
    for number, label in db.execute(
        "SELECT DISTINCT speaker_id, label FROM quotation_speakers WHERE speaker_id NOTNULL"
    ):
        labels[number].add(label)
    doubtful: dict[int, str] = {}
    for number, name in db.execute("SELECT id, name FROM speakers"):
        if number in decided or (number in turns and names_turn(name)):
            continue
        if number not in labels:
            if number in turns or not names_party(name):
                doubtful[number] = name
        elif not any(names_party(name, label=label, as_name=False) for label in labels[number]):
            doubtful[number] = name
    for number in set(_named(db, [number for number in doubtful if number in labels])):
        del doubtful[number]
    return sorted(doubtful.items(), key=lambda entry: entry[1])


def _named(db: Connection, numbers: Sequence[int]) -> Iterator[int]:
    """The speakers whom some quotation names, of those with these row numbers."""
    sql = (
        "SELECT qs.speaker_id, qs.speaker_name, qs.label, qs.mention_start, qs.mention_end,"
        ' q.source_form, p.start, p."end", q.document_id FROM quotation_speakers AS qs'
        " JOIN quotations AS q ON q.id = qs.quotation_id LEFT JOIN quotation_spans AS p"
        " ON p.quotation_id = q.id AND p.part = 'source' AND p.position = 0"
        " WHERE qs.speaker_id IN ({}) ORDER BY q.document_id"
    )
    document, register = None, Register("")
    for number, name, label, start, end, form, low, high, of in fetch_all(db, sql, numbers):
        if of != document:
            (text,) = db.execute("SELECT text FROM documents WHERE id = ?", (of,)).fetchone()
            document, register = of, Register(text)
        mention = None if start is None or end is None else Span(start, end)
        source = [] if low is None or high is None else [Span(low, high)]
        if register.names(Speaker(name, mention, None, label), form, source):
            yield number
