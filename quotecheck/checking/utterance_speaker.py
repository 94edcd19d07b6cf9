"""Whose mouth words came from: the turn's speaker, the one whom that speaker quotes, the author.

A name may be given in many forms. What the names alone leave open (a surname, "Mrs. Clinton",
"HRC") is settled by the library where only one person in it can be meant, and else left open.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quotecheck.language.person_names import initials_of, same_person, surname_of
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["Mouths", "Quoted"]

_AROUND: Final = 900
"""Code points of text read on either side of a place, to see whether it stands in marks."""
_NEAR: Final = 140
_TURN: Final = 300
_RELAYING: Final = frozenset("news article report column editorial blog press-release".split())
"""Genres whose author passes on what others say: "relayed by" is not "said by"."""
_NAME: Final = (
    r"(?:(?:President|Senator|Sen\.|Governor|Gov\.|Secretary|Mr\.|Mrs\.|Ms\.|Dr\.|Pope|King|Queen|"
    r"General|Gen\.|Prime Minister|Judge|Justice) )?"
    r"[A-Z][\w’'.-]*[\w.](?: (?:[A-Z][\w’'.-]*|de|van|von|bin|al|la))*"
)
_SAID: Final = (
    r"(?:said|says|wrote|writes|put it|declared|asked|answered|replied|told (?:us|me|you|them|\w+)|"
    r"warned|promised|tweeted|argued|remarked|observed|called it|cried|exclaimed|added)"
)
_BEFORE = re.compile(
    rf"(?:(?P<a>{_NAME})(?:,? (?:once|also|famously|then|himself|herself|recently|just))* {_SAID}"
    rf"|(?:[Qq]uot\w+|(?:in the )?words of|as|[Aa]ccording to|from)(?: now| from)? (?P<b>{_NAME}))"
    r"[^.!?\"“”]{0,60}\Z"
)
_AFTER = re.compile(
    rf"[\s,]*(?:as )?(?:(?P<a>{_NAME}) {_SAID}|{_SAID} (?P<b>{_NAME})"
    rf"|—\s*(?P<c>{_NAME})\s*(?:\n|\Z))"
)
_NO_NAMES: Final = frozenset(
    "he she they it we i you and but so then who that this the a an as when if what there here now "
    "well one another people somebody everyone mr mrs".split()
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """A place in quotation marks: ``by`` are the names whose words they are, empty if not told.

    ``before`` is the text that leads to the opening mark.
    """

    by: tuple[str, ...]
    before: str


class Mouths:
    """Answers who speaks at a place of one library, and whether that is the one claimed.

    Args:
        connection: an open connection to a library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._same: dict[tuple[str, str], bool | None] = {}
        self._by_surname: dict[str, set[str]] | None = None
        self._by_initials: dict[str, set[str]] = {}
        self._names = lru_cache(maxsize=4096)(self._find_names)

    def speaker(self, document: int, start: int, end: int, author: str | None) -> str | None:
        """Who speaks in the middle of a stretch: the turn's speaker, else the author."""
        middle = (start + end) // 2
        row = self._db.execute(
            'SELECT g."end", s.name FROM segments AS g LEFT JOIN speakers AS s ON'
            " s.id = g.speaker_id WHERE g.document_id = ? AND g.start <= ?"
            " ORDER BY g.start DESC LIMIT 1",
            (document, middle),
        ).fetchone()
        if row is not None and (row[0] > middle or row[0] >= start):
            return str(row[1]) if row[1] is not None else None
        return author if row is None else None

    def said_by(self, claimed: str | None, speaker: str | None, author: str | None) -> bool | None:
        """Whether the claimed speaker is the one of a place or its author; None when unsure."""
        if claimed is None:
            return None
        answers = [self.agree(claimed, name) for name in (speaker, author) if name]
        if True in answers:
            return True
        return False if answers and None not in answers else None

    def agree(self, claimed: str, name: str) -> bool | None:
        """Whether the claimed name means the person whom the library calls ``name``.

        Unsure where two persons of the library may be meant.
        """
        key = (claimed, name)
        if key not in self._same:
            same = same_person(claimed, name, aliases=self._aliases(name))
            if same is None:
                bearers = self.bearers(claimed)
                if len(bearers) == 1:
                    same = True if bearers[0] == name else same_person(bearers[0], name)
                    if same is False and claimed not in self._aliases(bearers[0]):
                        same = None  # that another may be meant does not exclude this one
            self._same[key] = same
        return self._same[key]

    def bearers(self, claimed: str) -> tuple[str, ...]:
        """The persons of the library whom a name may mean, by name."""
        return tuple(_persons(self._names(claimed)))

    def names(self, claimed: str) -> tuple[str, ...]:
        """All the names of the library that may mean the same person, however they are written."""
        return self._names(claimed)

    def _aliases(self, name: str) -> list[str]:
        rows = self._db.execute(
            "SELECT a.name FROM aliases AS a JOIN speakers AS s ON s.id = a.speaker_id"
            " WHERE s.name = ?",
            (name,),
        )
        return [row[0] for row in rows]

    def _find_names(self, claimed: str) -> tuple[str, ...]:
        if self._by_surname is None:
            self._by_surname = {}
            rows = self._db.execute(
                "SELECT name FROM speakers UNION"
                " SELECT DISTINCT author FROM documents WHERE author IS NOT NULL"
                " AND replaced_by IS NULL"
            )
            for (name,) in rows:
                self._by_surname.setdefault(surname_of(name), set()).add(name)
                if initials := initials_of(name):
                    self._by_initials.setdefault(initials[0] + initials[-1], set()).add(name)
        surname = surname_of(claimed)
        near = set(self._by_surname.get(surname, ())) if surname else set()
        if claimed.isupper() and 2 <= len(claimed) <= 4:
            near |= self._by_initials.get(claimed[0] + claimed[-1], set())
        rows = self._db.execute(
            "SELECT s.name FROM aliases AS a JOIN speakers AS s ON s.id = a.speaker_id"
            " WHERE a.name = ?",
            (claimed,),
        )
        if exact := {row[0] for row in rows}:
            return tuple(sorted(exact))
        return tuple(sorted(n for n in near if same_person(claimed, n) is not False))

    def quoted(self, document: int, start: int, end: int) -> Quoted | None:
        """Whether a place stands in quotation marks, and whose words the document says they are."""
        names = self._attributed(document, start, end)
        low = max(0, start - _AROUND)
        row = self._db.execute(
            "SELECT substr(text, ?, ?), genre FROM documents WHERE id = ?",
            (low + 1, end - low + _AROUND, document),
        ).fetchone()
        text = str(row[0])
        place = Span(start - low, end - low)
        inside = None
        for passage in quoted_passages(text, paragraphs(text)):
            inner = passage.inner
            held = inner.start <= place.start + 1 and place.end <= inner.end + 2
            if (
                held
                and _opens(text, passage.outer.start)
                and passage.closed
                and '"' not in inner.of(text)  # straight marks paired amiss
                and (inside is None or passage.depth > inside.depth)
            ):
                inside = passage
        if inside is None:
            return Quoted(names, "") if names else None
        before = text[max(0, inside.outer.start - _TURN) : inside.outer.start]
        if not names:
            names = _names_around(before[-_NEAR:], text[inside.outer.end :][:_NEAR])
        return Quoted(names, before)

    def _attributed(self, document: int, start: int, end: int) -> tuple[str, ...]:
        """The speakers of the stored quotation that holds a place, by the newest attribution."""
        middle = (start + end) // 2
        rows = self._db.execute(
            "SELECT DISTINCT s.name FROM quotations AS q"
            " JOIN quotation_spans AS p ON p.quotation_id = q.id AND p.part = 'content'"
            " JOIN quotation_speakers AS qs ON qs.quotation_id = q.id"
            " JOIN speakers AS s ON s.id = qs.speaker_id"
            " WHERE q.document_id = ? AND q.kind IN ('direct', 'mixed')"
            ' AND p.start <= ? AND p."end" > ? AND q.run_id ='
            " (SELECT max(run_id) FROM attributed WHERE document_id = q.document_id)"
            " ORDER BY qs.position",
            (document, middle, middle),
        )
        return tuple(row[0] for row in rows)

    def relays(self, document: int) -> bool:
        """Whether a document's author passes on what others say, as a reporter does."""
        row = self._db.execute(
            "SELECT genre, publication FROM documents WHERE id = ?", (document,)
        ).fetchone()
        genre, publication = row
        return genre in _RELAYING or (genre is None and publication is not None)


def _opens(text: str, mark: int) -> bool:
    """Whether a quotation mark stands where one opens: a lone closing one may look like it."""
    return (mark == 0 or (not text[mark - 1].isalnum() and text[mark - 1] not in ".!?,")) and not (
        text[mark + 1 : mark + 2].isspace()
    )


def _names_around(before: str, after: str) -> tuple[str, ...]:
    """The name that the words beside quotation marks give as the one who is quoted."""
    before = before.rstrip().rstrip(":,").rstrip()
    found = None
    for match in _BEFORE.finditer(before):
        found = match
    found = found or _AFTER.match(after)
    if found is None:
        return ()
    name = next(group for group in found.groups() if group)
    name = re.sub(r"^(?:As|And|But|So|When|Then|Even|Like) ", "", name).strip(" ,.’'")
    if not name or name.split()[0].lower().strip(".") in _NO_NAMES:
        return ()
    return (name,)


def _persons(names: Sequence[str]) -> list[str]:
    """Names of different persons; of "Barack H. Obama" and "Barack Obama" the longer stays."""
    kept: list[str] = []
    for name in sorted(names, key=lambda n: (-len(n), n)):
        if not any(same_person(name, other) is True for other in kept):
            kept.append(name)
    return kept
