"""The people of a document: their mentions clustered by name, with the gender that names tell."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.coreference.bare_names import NarratedNames, is_author
from quotecheck.coreference.families import fitting_title, title_before, title_families
from quotecheck.coreference.grammatical_roles import is_subject, speaks_in_apposition
from quotecheck.coreference.mention_names import (
    bare_name,
    divided_at_verbs,
    ends_in_title,
    is_called,
    is_common_noun,
    names_company,
    names_organisation,
    names_seat,
    nicknamed,
    opens_with_title,
    titled_relative,
)
from quotecheck.coreference.name_evidence import initials_before, trim_to_evidence, trim_to_known
from quotecheck.coreference.name_runs import MOST_WORDS, NAME_TAGS, is_headline, name_runs
from quotecheck.coreference.persons import (
    Person,
    PersonMention,
    compatible,
    given_gender,
    is_fuller,
    most_likely_people,
    most_likely_person,
)
from quotecheck.coreference.pronouns import GENDERS
from quotecheck.language.name_parts import clean_name, parts
from quotecheck.language.person_nouns import is_given_name, noun_gender, titles
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import Mention, ParsedDocument, Span

__all__ = ["Person", "PersonClusters", "PersonMention"]
_LONGEST_NAME = 200
"""Characters that a name can have at most; longer mentions are mistakes of the tagger."""
_PARTY = re.compile(r"[DRI]-[A-Z]")
_SIGHT = 14
"""Tokens after a name in which a pronoun may tell who is meant."""
_PERSON = frozenset({"person", "per"})
_NO_NAMES = frozenset("i you he him his she her they them we us it my your our their who".split())


@dataclass(slots=True)
class _NamedMention:
    span: Span
    sentence: int
    name: str
    gender: str


class PersonClusters:
    """All persons of a document, found from entity mentions and from later bare surnames.

    Args:
        parsed: the document.
        quoted: its passages in quotation marks.
        dialogue: whether people talk to one another in it, as in novels, which name the heads of
            families by title and surname; else as papers do.
    """

    def __init__(
        self, parsed: ParsedDocument, quoted: Sequence[Span], *, dialogue: bool = False
    ) -> None:
        self._dialogue = dialogue
        self.people: list[Person] = []
        self._bearers: dict[str, list[Person]] = {}
        self._borne: set[tuple[str, int]] = set()
        self._subjects: set[int] = set()
        self._narrated = NarratedNames()
        self._text = parsed.text
        self._sentences = parsed.sentences
        self._quoted = sorted(quoted)
        self._quote_starts = [q.start for q in self._quoted]
        self._collect()

    def _collect(self) -> None:
        names = self._tagged()
        names += self._untagged([f.span for f in names])
        names = self._with_nicknames(names)
        trim_to_known(self._text, names)
        names = [f for f in names if not self._is_author(f)]
        names = trim_to_evidence(self._text, names, self._is_spoken, self._is_heading, self._opens)
        title_families(self._text, names, self._is_quoted if self._dialogue else None)
        for mention in names if self._dialogue else ():
            words = parts(mention.name)
            if len(words) == 1 and not self._is_quoted(mention.span.start):
                self._narrated.add(words[0], mention.span.start)
        names.sort(key=lambda f: (-len(parts(f.name)), f.name.isupper(), f.span))
        for mention in names:
            if len(parts(mention.name)) > 1:
                self._add(mention)
        self._narrated.know(self.people)
        for mention in sorted(names, key=lambda f: f.span):
            if len(parts(mention.name)) == 1:
                self._add(mention)
        self._bare_surnames({f.span.start for f in names})
        for person in self.people:
            person.appearances.sort(key=lambda a: a.span)
        self._timeline = sorted(
            ((a, p) for p in self.people for a in p.appearances), key=lambda item: item[0].span
        )
        self._starts = [a.span.start for a, _ in self._timeline]
        for person in self.people:
            person.gender = person.gender or given_gender(person.name)
        self._vote_on_gender()

    def before(self, place: int, limit: int) -> list[tuple[PersonMention, Person]]:
        """The last ``limit`` appearances that begin before ``place``, in text order."""
        end = bisect_left(self._starts, place)
        return self._timeline[max(0, end - limit) : end]

    def within(self, span: Span) -> list[tuple[PersonMention, Person]]:
        """The appearances that share a character with ``span``, in text order."""
        low = bisect_left(self._starts, max(0, span.start - _LONGEST_NAME))
        high = bisect_left(self._starts, span.end)
        return [item for item in self._timeline[low:high] if span.overlaps(item[0].span)]

    def _tagged(self) -> list[_NamedMention]:
        """The mentions of persons; words that are mostly tagged as something else left out."""
        labels: Counter[tuple[str, bool]] = Counter()
        spans: list[tuple[int, Mention, bool]] = []
        for number, sentence in enumerate(self._sentences):
            for mention in sentence.mentions:
                person = mention.label.lower() in _PERSON or bool(
                    opens_with_title(self._text, mention.span)
                )
                person = person or is_called(sentence, mention.span)
                if mention.span.end - mention.span.start <= _LONGEST_NAME:
                    labels[mention.span.of(self._text).lower(), person] += 1
                    spans.append((number, mention, person))
        people = {mention.span.of(self._text) for _, mention, person in spans if person}
        others = {mention.span.of(self._text) for _, mention, person in spans if not person}
        bodies = {words for words in others - people if " " in words}
        names: list[_NamedMention | None] = []
        for number, mention, person in spans:
            raw = mention.span.of(self._text)
            low, sentence, place = raw.lower(), self._sentences[number], mention.span
            if not person or ("." in low[1:-1] and " " not in low and len(low) > 5):
                continue
            if names_company(sentence, mention.span, bodies) or names_seat(self._text, place):
                continue
            if " " not in low and labels[low, False] > labels[low, True]:
                continue
            names += [self._mention_at(number, s) for s in divided_at_verbs(sentence, mention.span)]
        return [name for name in names if name is not None]

    def _mention_at(self, number: int, span: Span) -> _NamedMention | None:
        span = bare_name(self._text, span)
        if not re.search(r"\s", span.of(self._text)):
            span = initials_before(self._text, span, self._sentences[number].span.start)
        raw = re.split(r",|\s(?:of|for|from)\s", span.of(self._text))[0]
        name, gender, _ = clean_name(raw)
        words = name.split()
        if not name or not any(c.isupper() for c in name) or len(words) > MOST_WORDS:
            return None
        low = name.lower().strip(".")
        if names_organisation(words) or is_common_noun(self._sentences[number], span):
            return None
        if ends_in_title(self._text, span, words) or not name[0].isalpha() or _PARTY.match(name):
            return None
        if low in titles() or low in _NO_NAMES:
            return None
        place = re.search(r"\s+".join(map(re.escape, words)), raw)
        bare = Span(span.start + place.start(), span.start + place.end()) if place else span
        return _NamedMention(bare, number, name, gender or self._told_before(number, bare))

    def _told_before(self, number: int, span: Span) -> str:
        """The gender that the word in front of a name tells ("Mrs.", "spokeswoman")."""
        tokens = self._sentences[number].tokens
        place = bisect_left(tokens, span.start, key=lambda t: t.start) - 1
        if place < 0 or tokens[place].end < span.start - 2:
            return ""
        if tokens[place].text == "." and place:
            place -= 1  # a stop that was cut off "Mrs"
        apposed = tokens[place].text == "," and place + 1 < len(tokens)
        if apposed and tokens[place + 1].deprel == "appos" and tokens[place + 1].head == place - 1:
            place -= 1  # "her father, Paul Lind"
        before = tokens[place].text
        gender = titles().get(before.lower().strip("."), "").strip("-")
        return gender or (noun_gender(before) if tokens[place].upos in {"NOUN", "PROPN"} else "")

    def _with_nicknames(self, mentions: list[_NamedMention]) -> list[_NamedMention]:
        """The mentions, those that a nickname in marks divides made one."""
        names = {span.start: (span, name) for span, name in nicknamed(self._text)}
        covered = SpanSet(span for span, _ in names.values())
        named: list[_NamedMention] = []
        for mention in mentions:
            whole = covered.overlapping(mention.span)
            if not whole:
                named.append(mention)
            elif whole[0].start in names:
                span, name = names.pop(whole[0].start)
                named.append(_NamedMention(span, mention.sentence, name, mention.gender))
        return named

    def _untagged(self, covered: list[Span]) -> list[_NamedMention]:
        """Runs of names that the tagger missed: a known given name or a title in front."""
        starts = {s.start for s in covered}
        mentions = []
        for number, sentence in enumerate(self._sentences):
            headline = is_headline(sentence)
            for run, titled in name_runs(sentence.tokens, loose=not headline):
                span = Span(run[0].start, run[-1].end)
                if run[0].start in starts or any(span.overlaps(m.span) for m in sentence.mentions):
                    continue
                known = len(run) > 1 and is_given_name(run[0].text)
                if not (known or titled) or span.of(self._text).isupper():
                    continue
                name = self._mention_at(number, span)
                if name is not None:
                    mentions.append(name)
        return mentions

    def _appearance(self, span: Span, number: int, name: str) -> PersonMention:
        sentence = self._sentences[number]
        first = bisect_left(sentence.tokens, span.start, key=lambda t: t.start)
        last = first
        while last + 1 < len(sentence.tokens) and sentence.tokens[last + 1].start < span.end:
            last += 1
        subject = is_subject(sentence, first, last)
        return PersonMention(span, number, name, subject, self._is_quoted(span.start))

    def _opens(self, mention: _NamedMention) -> bool:
        return mention.span.start == self._sentences[mention.sentence].span.start

    def _is_author(self, mention: _NamedMention) -> bool:
        sentence = self._sentences[mention.sentence]
        return self._dialogue and is_author(self._text, sentence, mention.span)

    def _is_spoken(self, mention: _NamedMention) -> bool:
        return self._dialogue and self._is_quoted(mention.span.start)

    def _is_heading(self, mention: _NamedMention) -> bool:
        sentence = self._sentences[mention.sentence]
        return is_headline(sentence) and sentence.tokens[-1].upos != "PUNCT"

    def _is_quoted(self, place: int) -> bool:
        before = bisect_left(self._quote_starts, place + 1) - 1
        return before >= 0 and place < self._quoted[before].end

    def _add(self, mention: _NamedMention) -> None:
        person = self.find(mention.name, gender=mention.gender, before=mention.span.start)
        is_bare = len(parts(mention.name)) == 1
        relative = titled_relative(self._text, mention.span) if is_bare else ""
        if relative and person is not None and person.full and not self._is_titled(person):
            mention.name = relative
            person = next((p for p in self.people if p.name == relative), None)
        if person is None:
            person = Person(mention.name)
            self.people.append(person)
        elif is_fuller(mention.name, person.name):
            person.name = mention.name
        for word in parts(mention.name):
            if (word, id(person)) not in self._borne:
                self._borne.add((word, id(person)))
                self._bearers.setdefault(word, []).append(person)
        insort(person.starts, mention.span.start)
        appearance = self._appearance(mention.span, mention.sentence, mention.name)
        apposed = speaks_in_apposition(self._sentences[mention.sentence], mention.span.start)
        if appearance.subject or apposed:
            self._subjects.add(mention.span.start)
        person.full += not is_bare
        if is_bare and not appearance.quoted:
            person.called.update(parts(mention.name))
        person.gender = person.gender or mention.gender
        person.appearances.append(appearance)

    def _is_titled(self, person: Person) -> bool:
        """Whether somebody was called Mr or Mrs where they were named in full."""
        full = [a.span.start for a in person.appearances if len(parts(a.name)) > 1]
        before = (self._text[max(0, start - 6) : start] for start in full)
        return any(re.search(r"\bM(?:rs?|s|iss)\.?\s\Z", words) for words in before)

    def people_named(self, word: str) -> list[Person]:
        """The persons with this word, in lower case, in their name."""
        return self._bearers.get(word, [])

    def find(self, name: str, *, gender: str = "", before: int | None = None) -> Person | None:
        """The person who bears ``name``, whole or in part; None when there is none.

        Several who share a surname are told apart by gender, then by what papers do (`_weight`).
        """
        words = parts(name)
        if not words:
            return None
        bearer = self._bearer(words, gender, before)
        return self._narrated.known_as(words, bearer, self.people_named(words[0]))

    def _bearer(self, words: list[str], gender: str, before: int | None) -> Person | None:
        nearby = {id(p): p for p in most_likely_people([self.people_named(word) for word in words])}
        fitting = [p for p in nearby.values() if compatible(words, parts(p.name))]
        if len(words) == 1:
            by_surname = [p for p in fitting if p.surname == words[0]]
            fitting = self._narrated.without_relatives(by_surname or fitting, words[0])
            title = title_before(self._text, before)[1] if before is not None else ""
            fitting = fitting_title(fitting, title)
        if gender:
            fitting = [p for p in fitting if self._gender(p) in {gender, ""}]
        if len(fitting) > 1 and before is not None:
            pronoun_gender = self._pronoun_after(before)
            return most_likely_person(fitting, words[0], before, pronoun_gender, self._subjects)
        return fitting[0] if fitting else None

    def _pronoun_after(self, place: int) -> str:
        """The gender of the first pronoun after a name in its sentence, outside quotations."""
        number = bisect_left(self._sentences, place + 1, key=lambda s: s.span.start) - 1
        if number < 0:
            return ""
        tokens = self._sentences[number].tokens
        for token in tokens[bisect_left(tokens, place + 1, key=lambda t: t.start) :][:_SIGHT]:
            if token.text in {"“", '"', "''", "”"} or token.upos == "PROPN":
                return ""
            if token.text.lower() in GENDERS:
                return GENDERS[token.text.lower()]
        return ""

    @staticmethod
    def _gender(person: Person) -> str:
        return person.gender or given_gender(person.name)

    def _bare_surnames(self, known_starts: set[int]) -> None:
        """Names that the tagger missed but that bear the surname of somebody known."""
        by_surname: dict[str, list[Person]] = {}
        for person in self.people:
            given_name = parts(person.name)[0]
            by_surname.setdefault(person.surname, []).append(person)
            if given_name != person.surname and given_name in person.called:
                by_surname.setdefault(given_name, []).append(person)
        covered = sorted(a.span for p in self.people for a in p.appearances)
        starts = [s.start for s in covered]
        for number, sentence in enumerate(self._sentences):
            headline = is_headline(sentence)
            for index, token in enumerate(sentence.tokens):
                if token.start in known_starts or not token.text[:1].isupper():
                    continue
                low = token.text.lower().strip(".")
                if token.upos not in NAME_TAGS or low not in by_surname:
                    continue
                place = bisect_left(starts, token.start + 1) - 1
                if place >= 0 and token.start < covered[place].end:
                    continue
                inside = [m for m in sentence.mentions if m.span.contains(token.span)]
                whole = any(m.span == token.span for m in inside)
                often = max(len(p.appearances) for p in by_surname[low]) > 1
                behind = any(self._is_apart(token.span, m.span) for m in inside)
                if inside and not headline and not (whole and often) and not behind:
                    continue
                gender = self._told_before(number, token.span)
                given_name = sentence.tokens[index - 1].text if index else ""
                whose = [
                    p for p in by_surname[low] if given_name.lower().strip(".") in parts(p.name)
                ]
                person = (
                    whose[0] if whose else self.find(token.text, gender=gender, before=token.start)
                ) or by_surname[low][0]
                person.appearances.append(self._appearance(token.span, number, token.text))

    def _is_apart(self, name: Span, mention: Span) -> bool:
        """Whether a name ends a mention after a comma or a colon ("Signature Issue: Mr. Lee")."""
        before = self._text[mention.start : name.start].rsplit(maxsplit=1)
        titled = len(before) > 1 and before[-1].lower().strip(".") in titles()
        words = before[0] if titled else self._text[mention.start : name.start]
        return name.end == mention.end and words.rstrip()[-1:] in {",", ":"}

    def _vote_on_gender(self) -> None:
        """Lets "Reid says he will" tell what no given name told."""
        votes: Counter[tuple[int, str]] = Counter()
        for place, (appearance, person) in enumerate(self._timeline):
            if person.gender or appearance.quoted or not appearance.subject:
                continue
            sentence = self._sentences[appearance.sentence]
            end = sentence.span.end
            if place + 1 < len(self._timeline):
                end = min(end, self._timeline[place + 1][0].span.start)
            first = bisect_left(sentence.tokens, appearance.span.end, key=lambda t: t.start)
            for token in sentence.tokens[first:]:
                if token.start >= end:
                    break
                gender = GENDERS.get(token.text.lower())
                if gender:
                    votes[id(person), gender] += 1
                    break
        for person in self.people:
            male, female = votes[id(person), "m"], votes[id(person), "f"]
            if not person.gender and male != female:
                person.gender = "m" if male > female else "f"
