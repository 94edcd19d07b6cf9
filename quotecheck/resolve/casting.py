"""Who holds which role in the article, and what that tells of a source."""

from __future__ import annotations

from quotecheck.annotations import ParsedDocument, Span
from quotecheck.resolve.people import Appearance, Cast, Person, titles
from quotecheck.resolve.roles import role_at, role_words

__all__ = ["Roles"]

_LOOK_BACK = 2000
"""Names before a description that are asked for their role."""


class Roles:
    """The roles that a document gives its persons, each looked up once.

    Args:
        parsed: the document.
        cast: its persons.
    """

    def __init__(self, parsed: ParsedDocument, cast: Cast) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self.cast = cast
        self.known: dict[int, str | None] = {}
        self.first: dict[int, str | None] = {}

    def of(self, person: Person, source: Span) -> str | None:
        """What a person is: told in the source, or else where they are named."""
        for appearance, other in self.cast.within(source):
            role = self.at(appearance) if other is person else None
            if role:
                return role
        key = id(person)
        if key not in self.first:
            roles = (self.at(appearance) for appearance in person.appearances)
            self.first[key] = next((role for role in roles if role), None)
        return self.first[key]

    def at(self, appearance: Appearance) -> str | None:
        """The role that the words around one appearance give; None when they give none."""
        key = appearance.span.start
        if key not in self.known:
            raw = appearance.span.of(self.text)
            first = appearance.name.split()[0]
            shift = raw.find(first)
            start = appearance.span.start + max(0, shift)
            name = Span(start, max(start + 1, appearance.span.end))
            self.known[key] = role_at(self.text, self.sentences[appearance.sentence], name)
        return self.known[key]

    def holder(self, noun: str, source: Span) -> Person | None:
        """The one person whom the text so far calls by this noun; the nearest of several."""
        for appearance, person in reversed(self.cast.before(source.start, _LOOK_BACK)):
            if noun in role_words(self.at(appearance)):
                return person
        return None

    def named_later(self, noun: str, words: str, source: Span) -> Person | None:
        """Who is described in the opening and named further down, when only one person fits."""
        wanted = {w.strip(".,").lower() for w in words.split()} - {noun}
        fitting = []
        for person in self.cast.people:
            if person.appearances[0].span.start < source.start:
                continue
            told = role_words(self.at(person.appearances[0]))
            if noun in told and (not wanted or wanted & told):
                fitting.append(person)
        return fitting[0] if len(fitting) == 1 else None

    def told_apart(self, people: list[Person], source: Span) -> list[Person]:
        """Of persons who share a surname, the one with the title that the source gives."""
        words = source.of(self.text).split()
        title = words[0].lower().strip(".") if len(words) == 2 else ""
        if len(people) != 1 or title not in titles():
            return people
        surname = people[0].surname
        others = [p for p in self.cast.people if p.surname == surname]
        for person in others if len(others) > 1 else ():
            roles = [self.at(a) for a in person.appearances if len(a.name.split()) > 1]
            if any(role_words(title) & role_words(role) for role in roles):
                return [person]
        return people
