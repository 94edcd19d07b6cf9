"""Determine who uttered the text at a location, and gather the evidence for a claimed speaker."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from quotecheck.checking.evidence import ClaimEvidence, SpokenEvidence
from quotecheck.language.bylines import names_office_or_group, names_person
from quotecheck.language.name_parts import read_name
from quotecheck.language.outlets import is_outlet
from quotecheck.language.person_names import surname_of
from quotecheck.language.second_names import has_name_of_title, may_be_married_name
from quotecheck.library.listings import relays_others, speaks_in_marks
from quotecheck.library.places import document_genre, document_mentions, text_between
from quotecheck.library.speaker_lookup import share_a_transcript
from quotecheck.library.utterances import attributed_speakers, turn_at
from quotecheck.records.text import QuotedPassage, Span
from quotecheck.speakers.name_matching import LibraryNames
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from quotecheck.text.speech_tags import names_beside, reports_person

__all__ = ["ReportedSpeaker", "UtteranceSpeakers"]

_AROUND_CHARS: Final = 900
"""Text read on either side of a place, to see whether it stands in quotation marks."""
_LEAD_CHARS: Final = 300
"""Text before the opening mark that may name the one who is quoted."""
_BESIDE_CHARS: Final = 140
"""Code points beside a place without marks, and after one with marks, that may name a speaker."""
_WORKS: Final = frozenset("novel fiction play drama poem poetry story scripture".split())
"""Genres whose words are all the work's own, those in quotation marks too."""
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class ReportedSpeaker:
    """A place in quotation marks: ``by`` are the names whose words they are, empty if not told.

    ``before`` is the text that leads to the opening mark. ``confidence`` is that of the stored
    attribution that gives the names, None where they were read beside the marks.
    """

    by: tuple[str, ...]
    before: str
    confidence: float | None = None


class UtteranceSpeakers:
    """Determine who uttered the text at a location of one library.

    Args:
        connection: an open connection to a library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.names = LibraryNames(connection)

    def speaker(self, document: int, at: int, author: str | None) -> str | None:
        """Who speaks at a code point: the turn's speaker, else the author."""
        turn = turn_at(self._db, document, at)
        if turn is None:
            return author
        end_of_turn, speaker = turn
        return speaker if end_of_turn > at else None

    def spoken(
        self,
        document: int,
        start: int,
        end: int,
        speaker: str | None,
        author: str | None,
        *,
        middle: int | None = None,
    ) -> SpokenEvidence:
        """Who spoke at a place, and whom the document quotes there.

        Args:
            document: the row number of the document.
            start: the first code point of the place.
            end: the code point after its last.
            speaker: as `speaker` gives it.
            author: the document's author.
            middle: a code point of words that are quoted; the middle of the place by default.
        """
        middle = (start + end) // 2 if middle is None else middle
        quoted = self.quoted(document, start, end, middle=middle)
        by = quoted.by if quoted is not None else ()
        if speaker and by and all(self.names.same_person(name, speaker) for name in by):
            quoted, by = None, ()  # the turn itself, attributed to its speaker
        relays = relays_others(self._db, document)
        has_turns = turn_at(self._db, document, middle) is not None
        if quoted is not None and speaker == author and not has_turns:
            # A reporter's marks hold what somebody else says.
            speaker = author if speaks_in_marks(self._db, document) else None
        return SpokenEvidence(
            speaker,
            author,
            has_turns=has_turns,
            in_marks=quoted is not None,
            quoted=by,
            confidence=quoted.confidence if quoted is not None else None,
            is_work=document_genre(self._db, document) in _WORKS,
            relays_others=relays,
        )

    def claim(
        self,
        claimed: str,
        speaker_matches: Sequence[bool | None],
        spoken: SpokenEvidence,
        document: int,
        place: Span,
        *,
        is_distinctive: bool,
    ) -> ClaimEvidence:
        """The evidence for and against a claimed speaker.

        Args:
            claimed: the name.
            speaker_matches: of each place of the quotation, whether they speak there.
            spoken: who spoke at the first of these places.
            document: the row number of its document.
            place: that place.
            is_distinctive: whether few people say these words.
        """
        surname = surname_of(claimed)
        last = _WORD.findall(claimed.lower())[-1:]
        names = frozenset(name for name in (surname, *last) if len(name) > 1)
        speaker = spoken.turn or spoken.author or ""
        person = names_person(speaker) or spoken.is_work
        speaks = (
            True
            if True in speaker_matches
            else False
            if all(each is False for each in speaker_matches)
            else None
        )
        people = self.names.people_named(claimed)
        if speaks is False and not spoken.is_work and self._may_bear_both(claimed, speaker, people):
            speaks = None
        if spoken.has_turns:
            person = any(word[:1].isupper() for word in speaker.split()) and not is_outlet(speaker)
        return ClaimEvidence(
            claimed,
            speaks,
            tuple(self.names.same_person(claimed, name) for name in spoken.quoted),
            people,
            is_reported=self._is_reported(document, place, names, in_marks=spoken.in_marks),
            is_named=any(document_mentions(self._db, document, name) for name in names),
            speaker_is_person=person,
            is_distinctive=is_distinctive,
            is_office=names_office_or_group(claimed) and not _are_seats(claimed, speaker),
        )

    def _may_bear_both(self, claimed: str, speaker: str, people: Sequence[str]) -> bool:
        """Whether the claimed name may be another one of the speaker's.

        A married name is not where both speak in one transcript. (The figures of a play or a story
        have one name each.)
        """
        if has_name_of_title(claimed, speaker):
            return True
        return may_be_married_name(claimed, speaker) and not any(
            share_a_transcript(self._db, name, speaker) for name in people
        )

    def _is_reported(
        self, document: int, place: Span, names: frozenset[str], *, in_marks: bool
    ) -> bool:
        """Whether the text around a place says that somebody with one of these names spoke."""
        lead = _LEAD_CHARS if in_marks else _BESIDE_CHARS
        before = text_between(self._db, document, max(0, place.start - lead), place.start)
        turn = turn_at(self._db, document, place.start)
        end = place.end + _BESIDE_CHARS
        if turn is not None and turn[0] >= place.end:
            end = min(end, turn[0])  # the label of the next turn reports nobody
        after = text_between(self._db, document, place.end, end)
        if in_marks and names & {word.lower() for word in _WORD.findall(before)}:
            return True
        return reports_person(before, names) or reports_person(after, names)

    def quoted(
        self, document: int, start: int, end: int, *, middle: int | None = None
    ) -> ReportedSpeaker | None:
        """Whether a place stands in quotation marks, and whose words the document says they are."""
        middle = (start + end) // 2 if middle is None else middle
        attributed = attributed_speakers(self._db, document, middle)
        low = max(0, start - _AROUND_CHARS)
        text = text_between(self._db, document, low, end + _AROUND_CHARS)
        marks = _marks_around(text, Span(start - low, end - low))
        before = text[max(0, marks.start - _LEAD_CHARS) : marks.start] if marks else ""
        if attributed:
            confidence = min(quotation.confidence for quotation in attributed)
            return ReportedSpeaker(
                tuple(quotation.name for quotation in attributed), before, confidence
            )
        if marks is None:
            return None
        turn = turn_at(self._db, document, start)
        limit = turn[0] - low if turn is not None and turn[0] >= end else None
        between, after = text[marks.first_end : marks.last_start], text[marks.end : limit]
        return ReportedSpeaker(
            names_beside(before, between or after) or names_beside("", after), before
        )


def _are_seats(claimed: str, speaker: str) -> bool:
    """Whether both are offices of a place, which one person holds at a time.

    >>> _are_seats("Archbishop of Velm", "Bishop of Harrow"), _are_seats("officials", "Ada Venn")
    (True, False)
    """
    return all(read_name(name).role and " of " in name for name in (claimed, speaker))


@dataclass(frozen=True, slots=True)
class _Marks:
    """Quotation marks around a place; what stands between two marked pieces is the article's."""

    start: int
    first_end: int
    last_start: int
    end: int


def _marks_around(text: str, place: Span) -> _Marks | None:
    """The innermost marks that hold a place, or the marked pieces that it begins and ends in."""
    closed = [
        passage
        for passage in quoted_passages(text, paragraphs(text))
        if passage.closed
        and _opens(text, passage.outer.start)
        and '"' not in passage.inner.of(text)  # straight marks paired incorrectly
    ]
    holding = [p for p in closed if _begins_in(p, place) and _ends_in(p, place)]
    if holding:
        inner = max(holding, key=lambda passage: passage.depth)
        return _Marks(inner.outer.start, inner.outer.end, inner.outer.end, inner.outer.end)
    first = next((p for p in closed if _begins_in(p, place)), None)
    last = next((p for p in closed if _ends_in(p, place)), None)
    if first is None or last is None or last.outer.start < first.outer.end:
        return None
    return _Marks(first.outer.start, first.outer.end, last.outer.start, last.outer.end)


def _begins_in(passage: QuotedPassage, place: Span) -> bool:
    return passage.inner.start <= place.start + 1 and place.start < passage.inner.end


def _ends_in(passage: QuotedPassage, place: Span) -> bool:
    return passage.inner.start < place.end <= passage.inner.end + 2


def _opens(text: str, mark: int) -> bool:
    """Whether a quotation mark stands where one opens: a lone closing one may look like it."""
    return (mark == 0 or (not text[mark - 1].isalnum() and text[mark - 1] not in ".!?,")) and not (
        text[mark + 1 : mark + 2].isspace()
    )
