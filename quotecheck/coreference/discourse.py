"""Who has been named, meant and heard so far: what an antecedent is chosen by."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.coreference.described_persons import described_persons
from quotecheck.coreference.grammatical_roles import (
    NOWHERE,
    POSSESSOR,
    SUBJECT,
    ClauseRole,
    place_of,
)
from quotecheck.coreference.identities import same_persons
from quotecheck.coreference.person_clusters import Person, PersonClusters, PersonMention
from quotecheck.coreference.pronouns import GENDERS
from quotecheck.coreference.role_index import RoleIndex
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.dialogue_layout import is_dialogue

__all__ = ["Discourse", "Query", "Reference", "Turn"]

_LOOK_BACK = 80
"""References before a mention that are weighed; what stands further back is out of mind."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One place where a person is named, or meant by a pronoun that was resolved.

    ``share``, in 0..1, is how likely that person is meant; 1.0 where they are named.
    """

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
    place: ClauseRole = NOWHERE
    pronoun: bool = False
    share: float = 1.0


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
    syntax: ClauseRole = NOWHERE


class Discourse:
    """The references of a document up to any place, and who spoke.

    Args:
        parsed: the document.
        clusters: its persons.
        roles: what it says they are.
        paragraphs: its paragraphs.
        quoted: its passages in quotation marks.
    """

    def __init__(
        self,
        parsed: ParsedDocument,
        clusters: PersonClusters,
        roles: RoleIndex,
        paragraphs: Sequence[Span],
        quoted: Sequence[Span] = (),
    ) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self.clusters = clusters
        self.roles = roles
        self.paragraphs = paragraphs
        self.is_dialogue = is_dialogue(parsed.text, paragraphs, quoted)
        self.turns: list[Turn] = []
        self._sentence_starts = [s.span.start for s in parsed.sentences]
        self._paragraph_starts = [p.start for p in paragraphs]
        self._quoted = sorted(quoted)
        self._quote_starts = [q.start for q in self._quoted]
        self._references: list[Reference] = []
        self.standings: dict[tuple[int, int], tuple[int, bool, bool, bool]] = {}
        """Of references, how they stand in their sentences (`quotecheck.coreference.binding`)."""
        named = clusters.before(len(self.text) + 1, len(self.text) + 1)
        nameless = described_persons(parsed, quoted)
        same = same_persons(
            (p for _, p in nameless), clusters.people, roles.descriptions, self.text
        )
        previous = -1
        for appearance, person in sorted(
            (*named, *nameless), key=lambda item: (item[0].span, item[1].described)
        ):
            self._references.append(
                self._reference(
                    appearance,
                    same.get(id(person), person),
                    leading=appearance.sentence != previous,
                    named=not person.described,
                )
            )
            if not person.described:
                previous = appearance.sentence
        self._starts = [r.start for r in self._references]
        self.narrator = next((p for _, p in nameless if p.name == "I"), None)

    def _reference(
        self, appearance: PersonMention, person: Person, *, leading: bool, named: bool
    ) -> Reference:
        span = appearance.span
        sentence = self.sentences[appearance.sentence]
        return Reference(
            start=span.start,
            end=span.end,
            sentence=appearance.sentence,
            paragraph=self.paragraph(span.start),
            person=person,
            named=named,
            subject=appearance.subject,
            quoted=appearance.quoted,
            possessive=self.text[span.end : span.end + 2] in {"'s", "’s"},
            leading=leading and named,
            place=place_of(sentence, span.start, span.end),
        )

    def syntax(self, mention: Span) -> ClauseRole:
        """What a mention is in its sentence."""
        return place_of(self.sentences[self.sentence(mention.start)], mention.start, mention.end)

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def paragraph(self, offset: int) -> int:
        """The number of the paragraph at an offset."""
        return max(0, bisect_right(self._paragraph_starts, offset) - 1)

    def question(self, pronoun: Span) -> Query:
        """The question whom a pronoun for one person means."""
        place = self.syntax(pronoun)
        return Query(
            place=pronoun.start,
            sentence=self.sentence(pronoun.start),
            paragraph=self.paragraph(pronoun.start),
            form="pronoun",
            gender=GENDERS[pronoun.of(self.text).lower()],
            subject=place.role == SUBJECT,
            possessive=place.role == POSSESSOR,
            syntax=place,
        )

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

    def before(self, place: int, *, everything: bool = False) -> list[Reference]:
        """The last references that begin before ``place``, or all of them, in text order."""
        end = bisect_left(self._starts, place)
        return self._references[0 if everything else max(0, end - _LOOK_BACK) : end]

    def after(self, place: int, limit: int) -> list[Reference]:
        """The references that begin after ``place`` and before ``limit``, in text order."""
        return self._references[
            bisect_right(self._starts, place) : bisect_left(self._starts, limit)
        ]

    def add_reference(
        self, span: Span, person: Person, *, subject: bool, possessive: bool, share: float = 1.0
    ) -> None:
        """Take in that a pronoun at ``span`` means ``person``, as likely as ``share``."""
        place = bisect_left(self._starts, span.start)
        is_known = place < len(self._starts) and self._starts[place] == span.start
        if is_known and self._references[place].named:
            return
        number = self.sentence(span.start)
        reference = Reference(
            start=span.start,
            end=span.end,
            sentence=number,
            paragraph=self.paragraph(span.start),
            person=person,
            named=False,
            subject=subject,
            quoted=self.is_quoted(span.start),
            possessive=possessive,
            leading=False,
            place=place_of(self.sentences[number], span.start, span.end),
            pronoun=span.of(self.text).lower() in GENDERS,
            share=share,
        )
        if is_known:  # "the senator", who is known by now
            self._references[place] = reference
            return
        self._references.insert(place, reference)
        insort(self._starts, span.start)

    def add_speaker_turn(self, end: int, person: Person | None) -> None:
        """Take in that somebody's words end at ``end``."""
        self.turns.append(Turn(end, self.paragraph(max(0, end - 1)), person))
