"""Who has been named, meant and heard so far: what an antecedent is chosen by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.coreference.person_clusters import Cast, Person
from quotecheck.coreference.role_index import Roles
from quotecheck.records.text import ParsedDocument, Span

__all__ = ["Query", "Reference", "Scene", "Turn"]

_LOOK_BACK = 80
"""References before a mention that are weighed; what stands further back is out of mind."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a person is named, or meant by a pronoun that was resolved."""

    start: int
    end: int
    sentence: int
    paragraph: int
    person: Person
    named: bool
    subject: bool
    quoted: bool
    possessive: bool
    leading: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody who has spoken before: where; None for one who has no name."""

    end: int
    paragraph: int
    person: Person | None


@dataclass(frozen=True, slots=True)
class Query:
    """A mention whose antecedent is sought.

    ``form`` is "pronoun", "nominal" or "orphan". ``noun`` and ``others`` are the head and the
    further words of a nominal, in lower case; ``particular`` says that an age or a name is among
    them. ``content`` are spans whose names do not count.
    """

    place: int
    sentence: int
    paragraph: int
    form: str
    gender: str = ""
    subject: bool = False
    possessive: bool = False
    noun: str = ""
    others: frozenset[str] = frozenset()
    particular: bool = False
    content: tuple[Span, ...] = ()


class Scene:
    """The references of a document up to any place, and who spoke.

    Args:
        parsed: the document.
        cast: its persons.
        roles: what it says they are.
        paragraphs: its paragraphs.
        quoted: its passages in quotation marks.
    """

    def __init__(
        self,
        parsed: ParsedDocument,
        cast: Cast,
        roles: Roles,
        paragraphs: Sequence[Span],
        quoted: Sequence[Span] = (),
    ) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self.cast = cast
        self.roles = roles
        self.paragraphs = paragraphs
        self.turns: list[Turn] = []
        self._sentence_starts = [s.span.start for s in parsed.sentences]
        self._paragraph_starts = [p.start for p in paragraphs]
        self._quoted = sorted(quoted)
        self._quote_starts = [q.start for q in self._quoted]
        self._references: list[Reference] = []
        previous = -1
        for appearance, person in cast.before(len(self.text) + 1, len(self.text) + 1):
            span = appearance.span
            reference = Reference(
                start=span.start,
                end=span.end,
                sentence=appearance.sentence,
                paragraph=self.paragraph(span.start),
                person=person,
                named=True,
                subject=appearance.subject,
                quoted=appearance.quoted,
                possessive=self.text[span.end : span.end + 2] in {"'s", "’s"},
                leading=appearance.sentence != previous,
            )
            previous = appearance.sentence
            self._references.append(reference)
        self._starts = [r.start for r in self._references]

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def orphan(self, content: tuple[Span, ...]) -> Query:
        """The question whose words these are, when nothing beside them tells."""
        place = content[0].start
        return Query(
            place=place,
            sentence=self.sentence(place),
            paragraph=self.paragraph(place),
            form="orphan",
            subject=True,
            content=content,
        )

    def is_quoted(self, offset: int) -> bool:
        """Whether an offset lies in quotation marks."""
        place = bisect_right(self._quote_starts, offset) - 1
        return place >= 0 and offset < self._quoted[place].end

    def before(self, place: int) -> list[Reference]:
        """The last references that begin before ``place``, in text order."""
        end = bisect_left(self._starts, place)
        return self._references[max(0, end - _LOOK_BACK) : end]

    def mean(self, span: Span, person: Person, *, subject: bool, possessive: bool) -> None:
        """Take in that a pronoun at ``span`` means ``person``."""
        place = bisect_left(self._starts, span.start)
        if place < len(self._starts) and self._starts[place] == span.start:
            return
        reference = Reference(
            start=span.start,
            end=span.end,
            sentence=self.sentence(span.start),
            paragraph=self.paragraph(span.start),
            person=person,
            named=False,
            subject=subject,
            quoted=self.is_quoted(span.start),
            possessive=possessive,
            leading=False,
        )
        self._references.insert(place, reference)
        insort(self._starts, span.start)

    def spoke(self, end: int, person: Person | None) -> None:
        """Take in that somebody's words end at ``end``."""
        self.turns.append(Turn(end, self.paragraph(max(0, end - 1)), person))
