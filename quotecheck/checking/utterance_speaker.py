"""Determine who uttered the text at a location: the turn's speaker, one they quote, the author."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quotecheck.checking.evidence import ClaimEvidence, SpokenEvidence
from quotecheck.comparison.words import fold
from quotecheck.language.person_names import surname_of
from quotecheck.library.listings import relays_others
from quotecheck.library.places import text_between
from quotecheck.library.utterances import attributed_speakers, turn_at
from quotecheck.records.text import Span
from quotecheck.speakers.name_matching import LibraryNames
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["Quoted", "UtteranceSpeakers"]

_AROUND: Final = 900
"""Code points of text read on either side of a place, to see whether it stands in marks."""
_NEAR: Final = 140
_TURN: Final = 300
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
_WORD = re.compile(r"[^\W\d_]+")
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


class UtteranceSpeakers:
    """Determine who uttered the text at a location of one library.

    Args:
        connection: an open connection to a library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.names = LibraryNames(connection)

    def speaker(self, document: int, start: int, end: int, author: str | None) -> str | None:
        """Who speaks in the middle of a stretch: the turn's speaker, else the author."""
        middle = (start + end) // 2
        turn = turn_at(self._db, document, middle)
        if turn is None:
            return author
        end_of_turn, speaker = turn
        return speaker if end_of_turn > middle or end_of_turn >= start else None

    def spoken(
        self, document: int, start: int, end: int, speaker: str | None, author: str | None
    ) -> tuple[SpokenEvidence, Quoted | None]:
        """Who spoke at a place, and whom the document quotes there.

        Args:
            document: the row number of the document.
            start: the first code point of the place.
            end: the code point after its last.
            speaker: as `speaker` gives it.
            author: the document's author.
        """
        quoted = self.quoted(document, start, end)
        if quoted is None:
            return SpokenEvidence(speaker, author), None
        if speaker == author and relays_others(self._db, document):
            speaker = None  # a reporter's marks hold what somebody else says
        return SpokenEvidence(speaker, author, in_marks=True, quoted=quoted.by), quoted

    def claim(
        self,
        claimed: str,
        said: Sequence[bool | None],
        spoken: SpokenEvidence,
        quoted: Quoted | None,
    ) -> ClaimEvidence:
        """What speaks for and against a claimed speaker.

        Args:
            claimed: the name.
            said: of each place of the quotation, whether they speak there.
            spoken: who spoke at the first of these places.
            quoted: its quotation marks.
        """
        return ClaimEvidence(
            claimed,
            True if True in said else False if all(each is False for each in said) else None,
            tuple(self.names.same_person(claimed, name) for name in spoken.quoted),
            self.names.same_person(claimed, spoken.relayer or ""),
            self.names.people_named(claimed),
            quoted is not None and _names(quoted.before, claimed),
        )

    def quoted(self, document: int, start: int, end: int) -> Quoted | None:
        """Whether a place stands in quotation marks, and whose words the document says they are."""
        attributed = attributed_speakers(self._db, document, (start + end) // 2)
        names = tuple(one.name for one in attributed)
        low = max(0, start - _AROUND)
        text = text_between(self._db, document, low, end + _AROUND)
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


def _names(text: str, claimed: str) -> bool:
    """Whether a text names somebody, by surname."""
    surname = surname_of(claimed)
    return bool(surname) and surname in {fold(word) for word in _WORD.findall(text)}


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
