"""The people of a document: their mentions clustered by name, with titles, gender and roles."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from quotecheck.annotations import ParsedDocument, Span

__all__ = ["Appearance", "Cast", "Person", "clean_name", "person_nouns", "titles"]

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LOWER_PARTS = frozenset("de la le van von der den di da del al el bin ibn ben dos du y e".split())
_LONGEST_NAME = 200
"""Characters that a name can have at most; longer mentions are mistakes of the tagger."""
_TRIM = " \t\r\n,;:.()[]\"“”‘’'"


@cache
def _table(name: str) -> dict[str, str]:
    raw = resources.files("quotecheck.lexicon").joinpath(name).read_text("utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]
    return {row[0]: row[1] if len(row) > 1 else "" for row in rows}


def titles() -> dict[str, str]:
    """Titles before names with the gender they tell: "m", "f" or "-"."""
    return _table("titles.tsv")


@cache
def person_nouns() -> frozenset[str]:
    """Nouns for a person, singular ("spokesman")."""
    return frozenset(_table("persons.txt"))


@dataclass(slots=True)
class Appearance:
    """One place where a person is named: the span of the name, and the sentence's number."""

    span: Span
    sentence: int
    name: str
    subject: bool = False
    quoted: bool = False


@dataclass(slots=True)
class Person:
    """A cluster of names. ``name`` is the fullest of them; ``gender`` "m", "f" or "".

    ``starts`` are the offsets of ``appearances``, in order.
    """

    name: str
    appearances: list[Appearance] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    gender: str = ""
    role: str | None = None

    @property
    def surname(self) -> str:
        """The last word of the name that is not "Jr."."""
        return _surname(self.name)


def clean_name(text: str) -> tuple[str, str, list[str]]:
    """A name without titles, possessive and brackets.

    Returns:
        The name, the gender that the titles tell ("" if none), the titles taken off.

    >>> clean_name("Mrs. Clinton’s")
    ('Clinton', 'f', ['Mrs.'])
    """
    text = re.sub(r"\s*\([^)]*\)?", "", text)
    text = re.sub(r"['’]s?$", "", text.strip(_TRIM.replace(".", "")))
    words = text.split()
    taken: list[str] = []
    gender = ""
    known = titles()
    while len(words) > 1 and words[0].lower().strip(".,") in known:
        told = known[words[0].lower().strip(".,")]
        gender = told if told in {"m", "f"} else gender
        taken.append(words.pop(0))
    name = " ".join(words).strip(_TRIM.replace(".", ""))
    if name.endswith(".") and not re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", name):
        name = name[:-1]
    return name, gender, taken


def _surname(name: str) -> str:
    words = [w.strip(".,").lower() for w in name.split()]
    words = [w for w in words if w not in _SUFFIXES] or words
    return words[-1] if words else ""


def _parts(name: str) -> list[str]:
    return [w.strip(".,").lower() for w in name.split() if w.strip(".,")]


class Cast:
    """All persons of a document, found from entity mentions and from later bare surnames."""

    def __init__(self, parsed: ParsedDocument, quoted: list[Span]) -> None:
        self.people: list[Person] = []
        self._bearers: dict[str, list[Person]] = {}
        self._parsed = parsed
        self._quoted = quoted
        self._collect()

    def _collect(self) -> None:
        found: list[tuple[Appearance, str]] = []
        for number, sentence in enumerate(self._parsed.sentences):
            for mention in sentence.mentions:
                if mention.label.lower() not in {"person", "per"}:
                    continue
                name, gender, _ = clean_name(mention.span.of(self._parsed.text))
                if not name or not any(c.isupper() for c in name) or len(name.split()) > 6:
                    continue
                gender = gender or self._title_before(number, mention.span)
                found.append((self._appearance(mention.span, number, name), gender))
        found += self._by_given_name([a.span for a, _ in found])
        found.sort(key=lambda item: (-len(item[0].name.split()), item[0].span))
        for appearance, gender in found:
            if len(appearance.name.split()) > 1:
                self._add(appearance, gender)
        bare = [item for item in found if len(item[0].name.split()) == 1]
        for appearance, gender in sorted(bare, key=lambda item: item[0].span):
            self._add(appearance, gender)
        self._bare_surnames({a.span.start for a, _ in found})
        for person in self.people:
            person.appearances.sort(key=lambda a: a.span)
            if not person.gender:
                person.gender = _table("given_names.tsv").get(_parts(person.name)[0], "")
        self._timeline = sorted(
            ((a, p) for p in self.people for a in p.appearances), key=lambda item: item[0].span
        )
        self._starts = [a.span.start for a, _ in self._timeline]

    def before(self, place: int, limit: int) -> list[tuple[Appearance, Person]]:
        """The last ``limit`` appearances that begin before ``place``, in text order."""
        end = bisect_left(self._starts, place)
        return self._timeline[max(0, end - limit) : end]

    def _by_given_name(self, covered: list[Span]) -> list[tuple[Appearance, str]]:
        """Runs of names that the tagger missed: a known given name or a title in front."""
        given = _table("given_names.tsv")
        starts = {s.start for s in covered}
        found = []
        for number, sentence in enumerate(self._parsed.sentences):
            tokens = sentence.tokens
            index = 0
            while index < len(tokens):
                end = index
                while end < len(tokens) and tokens[end].upos == "PROPN" and end - index < 5:
                    end += 1
                run = tokens[index:end]
                index = max(end, index + 1)
                while len(run) > 1 and run[0].text.lower().strip(".") in titles():
                    run = run[1:]
                if len(run) < 2 or run[0].text.lower() not in given:
                    continue
                span = Span(run[0].start, run[-1].end)
                if run[0].start in starts or any(span.overlaps(m.span) for m in sentence.mentions):
                    continue
                if span.of(self._parsed.text).isupper():
                    continue
                name, gender, _ = clean_name(span.of(self._parsed.text))
                found.append((self._appearance(span, number, name), gender))
        return found

    def _appearance(self, span: Span, number: int, name: str) -> Appearance:
        sentence = self._parsed.sentences[number]
        subject = any(
            span.start <= t.start < span.end and t.deprel.startswith("nsubj")
            for t in sentence.tokens
        )
        quoted = any(q.start <= span.start < q.end for q in self._quoted)
        return Appearance(span, number, name, subject, quoted)

    def _title_before(self, number: int, span: Span) -> str:
        before = ""
        for token in self._parsed.sentences[number].tokens:
            if token.end <= span.start:
                before = token.text
        return titles().get(before.lower().strip("."), "").strip("-")

    def _add(self, appearance: Appearance, gender: str) -> None:
        person = self.find(appearance.name, gender=gender, before=appearance.span.start)
        if person is None:
            person = Person(appearance.name)
            self.people.append(person)
        elif len(_parts(appearance.name)) > len(_parts(person.name)):
            person.name = appearance.name
        for word in _parts(person.name):
            bearers = self._bearers.setdefault(word, [])
            if not any(person is other for other in bearers):
                bearers.append(person)
        insort(person.starts, appearance.span.start)
        person.gender = person.gender or gender
        person.appearances.append(appearance)

    def find(self, name: str, *, gender: str = "", before: int | None = None) -> Person | None:
        """The person who bears ``name``, whole or in part; None when there is none.

        Several who share a surname are told apart by gender, then by who was named last before
        ``before``, then by who is named most.
        """
        parts = _parts(name)
        if not parts:
            return None
        nearby: dict[int, Person] = {}
        for word in parts:
            nearby.update((id(p), p) for p in self._bearers.get(word, ()))
        fitting = [p for p in nearby.values() if _compatible(parts, _parts(p.name))]
        if gender:
            fitting = [p for p in fitting if self._gender(p) in {gender, ""}] or fitting
        if len(fitting) > 1 and before is not None and len(parts) == 1:
            counts = Counter({id(p): len(p.appearances) for p in fitting})
            fitting.sort(key=lambda p: -counts[id(p)])
            recent = [
                (p.starts[bisect_left(p.starts, before) - 1], p.name, p)
                for p in fitting
                if p.starts and p.starts[0] < before
            ]
            if recent:
                return max(recent, key=lambda item: item[:2])[2]
        return fitting[0] if fitting else None

    @staticmethod
    def _gender(person: Person) -> str:
        return person.gender or _table("given_names.tsv").get(_parts(person.name)[0], "")

    def _bare_surnames(self, seen: set[int]) -> None:
        """Names that the tagger missed but that bear the surname of somebody known."""
        by_surname: dict[str, list[Person]] = {}
        for person in self.people:
            by_surname.setdefault(person.surname, []).append(person)
        covered = [a.span for p in self.people for a in p.appearances]
        starts = seen | {s.start for s in covered}
        for number, sentence in enumerate(self._parsed.sentences):
            words = [t for t in sentence.tokens if t.text[:1].isalpha()]
            # In a headline every word has a capital and the tagger's limits cannot be relied on.
            headline = sum(t.text[:1].isupper() for t in words) > 0.7 * len(words)
            for token in sentence.tokens:
                if token.start in starts or not token.text[:1].isupper():
                    continue
                if token.upos not in {"PROPN", "NOUN", "ADJ", "X", "VERB"}:
                    continue
                low = token.text.lower().strip(".")
                if low in by_surname and not any(s.start <= token.start < s.end for s in covered):
                    inside = any(m.span.contains(token.span) for m in sentence.mentions)
                    if inside and not headline:
                        continue
                    person = self.find(token.text, before=token.start) or by_surname[low][0]
                    person.appearances.append(self._appearance(token.span, number, token.text))

    def within(self, span: Span) -> list[tuple[Appearance, Person]]:
        """The appearances that share a character with ``span``, in text order."""
        low = bisect_left(self._starts, max(0, span.start - _LONGEST_NAME))
        high = bisect_left(self._starts, span.end)
        return [item for item in self._timeline[low:high] if span.overlaps(item[0].span)]


def _compatible(a: list[str], b: list[str]) -> bool:
    """Whether two names may be the same person's, from their words alone."""
    a = [w for w in a if w not in _SUFFIXES]
    b = [w for w in b if w not in _SUFFIXES]
    if not a or not b:
        return False
    if len(a) == 1 or len(b) == 1:
        short, long = (a, b) if len(a) <= len(b) else (b, a)
        return (
            short[0] == long[-1]
            or (short[0] == long[0] and len(long) > 1)
            or (short[0] in long and short[0] not in _LOWER_PARTS)
        )
    if a[-1] != b[-1]:
        return False
    first, other = a[0], b[0]
    if first == other:
        return True
    initial = len(first) == 1 or len(other) == 1
    alike = first.startswith(other[:3]) or other.startswith(first[:3])
    return first[:1] == other[:1] and (initial or alike)
