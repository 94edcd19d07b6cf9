"""Who holds which role in the article, and what that says about a source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotecheck.coreference.mention_heads import role_words
from quotecheck.coreference.person_clusters import Person, PersonClusters, PersonMention
from quotecheck.coreference.role_nouns import is_party
from quotecheck.coreference.role_phrases import role_at, role_in_list
from quotecheck.language.person_nouns import noun_gender, titles
from quotecheck.records.quotation import Speaker
from quotecheck.records.text import ParsedDocument, Sentence, Span

__all__ = ["RoleIndex", "joined_roles", "role_of_one", "words_at"]

_WHO = re.compile(r",\s+who\s[^.;!?”\"\n]{1,160}")
_OPENING = re.compile(r"\A(?:(?:A|An|The|One|Former|Ex|Then|Top|Senior)[ -])+")
_NAME = re.compile(r"(?<![\w’'])[A-Z][\w&’'-]+(?: [A-Z][\w&’'-]+){0,5}")
_WORD_BEFORE = re.compile(r"(?<![\w’'.-])([^\W\d_]+\.?)\s\Z")
_OPENING_CHARS = 800
"""Code points after a description in the opening within which its bearer is named."""
_LONGEST_TITLE = 24
"""Code points in front of a name in which its title stands."""
_ANYBODY = frozenset({"man", "woman", "guy", "person", "boy", "girl"})


class RoleIndex:
    """The roles that a document gives its persons, each looked up once.

    Args:
        parsed: the document.
        clusters: its persons.
    """

    def __init__(self, parsed: ParsedDocument, clusters: PersonClusters) -> None:
        self.text = parsed.text
        self.sentences = parsed.sentences
        self.clusters = clusters
        self.known: dict[int, Span | None] = {}
        self.usual: dict[int, Span | None] = {}
        self.words: dict[int, frozenset[str]] = {}
        for person in clusters.people:
            self._infer_gender(person)

    def _infer_gender(self, person: Person) -> None:
        """Let "a spokeswoman" outdo the given name; "spokesman" may be said of a woman, too."""
        genders = {noun_gender(word) for word in self.descriptions(person)}
        if "f" in genders:
            person.gender = "f"
        elif "m" in genders:
            person.gender = person.gender or "m"

    def speaker(self, person: Person, source: Span | None, *, alone: bool) -> Speaker:
        """A person as the speaker of words that come from ``source``, alone or with others."""
        role = self.of(person, source)
        words = words_at(self.text, role) if role else None
        words = role_of_one(words) if words and alone else words
        return Speaker(person.name, person.mention, words, "person", role)

    def of(self, person: Person, source: Span | None = None) -> Span | None:
        """Where it says what a person is: in the source, or else where they are named.

        Of several places the first counts that says more than a title does.
        """
        if source is not None:
            for appearance, other in self.clusters.within(source):
                role = self.at(appearance) if other is person else None
                if role:
                    return role
        key = id(person)
        if key not in self.usual:
            self.usual[key] = self._usual(person)
        return self.usual[key]

    def _usual(self, person: Person) -> Span | None:
        """The role where they are named alone, else the one that they are given with others."""
        first, party = None, None
        for appearance in person.appearances:
            role = self.at(appearance)
            if role is None:
                continue
            if is_party(role, self.sentences[appearance.sentence].tokens):
                party = party or role
            elif role.of(self.text).lower().strip(".") not in titles():
                return role
            else:
                first = first or role
        if first is not None:
            return first
        listed = (role_in_list(self.sentences[a.sentence], a.span) for a in person.appearances)
        return next((role for role in listed if role), party)

    def at(self, appearance: PersonMention) -> Span | None:
        """The role that the words around one appearance give; None when they give none."""
        key = appearance.span.start
        if key not in self.known:
            sentence = self._whole(appearance)
            self.known[key] = role_at(sentence, appearance.span)
        return self.known[key]

    def _whole(self, appearance: PersonMention) -> Sentence:
        """The sentence of a name, with the one before where that was cut off after "Sen."."""
        sentence = self.sentences[appearance.sentence]
        if appearance.sentence == 0 or sentence.tokens[0].start != appearance.span.start:
            return sentence
        before = self.sentences[appearance.sentence - 1]
        words = [t for t in before.tokens[-2:] if t.text != "."]
        last = words[-1].text.lower().strip(".") if words else ""
        near = sentence.span.start - before.span.end <= 1
        if not near or last not in titles() or not before.tokens[-1].text.endswith("."):
            return sentence
        tokens = tuple(replace(t, head=-1) for t in (*before.tokens, *sentence.tokens))
        return Sentence(Span(before.span.start, sentence.span.end), tokens, parsed=False)

    def descriptions(self, person: Person) -> frozenset[str]:
        """All words, in lower case, that the text uses for what a person is."""
        key = id(person)
        if key not in self.words:
            spans = [span for span in map(self.at, person.appearances) if span is not None]
            words = [role_words(words_at(self.text, span)) for span in spans]
            words += [role_words(self._title_before(a)) for a in person.appearances]
            self.words[key] = frozenset(set().union(*words))
        return self.words[key]

    def _title_before(self, appearance: PersonMention) -> str:
        """The title right in front of a name, which a role after it does not repeat."""
        start = appearance.span.start
        word = _WORD_BEFORE.search(self.text, max(0, start - _LONGEST_TITLE), start)
        low = word[1].lower().strip(".") if word else ""
        return low if word and word[1][:1].isupper() and low in titles() else ""

    def named_later(
        self, noun: str, others: frozenset[str], gender: str, source: Span
    ) -> Person | None:
        """Who is described in the opening and named further down, when one person fits best.

        Without an article ("Aldry governor", as headlines have it) the noun alone will do.

        Fits who is called by the same noun when named, or by another with the same words beside it
        ("the Aldry Board chief" who is later "president of the Aldry Board").
        """
        nouns = role_words(noun) - _ANYBODY
        bare = not re.match(r"(?:an?|one|another)\s", source.of(self.text), re.IGNORECASE)
        fitting: list[tuple[int, int, Person]] = []
        for person in self.clusters.people:
            first = person.appearances[0]
            if first.span.start < source.end or (gender and person.gender not in {gender, ""}):
                continue
            known = self.descriptions(person)
            shared = len(others & known)
            if (nouns & known and (shared or bare)) or shared > 1:
                fitting.append((2 * bool(nouns & known) + shared, -first.span.start, person))
        if near := self._of_same_body(gender, source):
            return near
        if not fitting:
            return None
        best = max(fitting, key=lambda item: item[:2])
        rivals = [item for item in fitting if item[0] == best[0]]
        return best[2] if len(rivals) == 1 or (bare and self._is_next(best[2], source)) else None

    def _of_same_body(self, gender: str, source: Span) -> Person | None:
        """Who is named below with a clause that names the body of a description's office.

        "A former Harbour Board chairman" is "Ina Vesk, who led the board of HB for nine years".
        """
        bodies = _names_in(source.of(self.text))
        persons = []
        for person in self.clusters.people if bodies else ():
            first = person.appearances[0]
            away = first.span.start - source.end
            if not 0 <= away < _OPENING_CHARS or (gender and person.gender not in {gender, ""}):
                continue
            clause = _WHO.match(self.text, first.span.end)
            if clause is not None and bodies & _names_in(clause[0]):
                persons.append(person)
        return persons[0] if len(persons) == 1 else None

    def _is_next(self, person: Person, source: Span) -> bool:
        """Whether nobody else is named between a description and a person."""
        start = person.appearances[0].span.start
        between = Span(source.end, start) if start > source.end else source
        return not any(other is not person for _, other in self.clusters.within(between))

    def told_apart(self, people: list[Person], source: Span) -> list[Person]:
        """Of persons who share a surname, the one with the title that the source gives."""
        words = source.of(self.text).split()
        title = words[0].lower().strip(".") if len(words) == 2 else ""
        if len(people) != 1 or title not in titles():
            return people
        surname = people[0].surname
        others = [p for p in self.clusters.people_named(surname) if p.surname == surname]
        for person in others if len(others) > 1 else ():
            full = [a for a in person.appearances if len(a.name.split()) > 1]
            roles = [words_at(self.text, span) for span in map(self.at, full) if span]
            if any(role_words(title) & role_words(role) for role in roles):
                return [person]
        return people


def _names_in(words: str) -> frozenset[str]:
    """The names of bodies in some words, each as it stands and, of several words, by its letters.

    >>> sorted(_names_in("a former Tarn Harbour Board chairman")), sorted(_names_in("DNC chair"))
    (['THB', 'Tarn Harbour Board'], ['DNC'])
    """
    plain = _OPENING.sub("", words)
    names = [m[0] for m in _NAME.finditer(plain) if len(m[0].split()) > 1 or m[0].isupper()]
    letters = ["".join(w[0] for w in n.split()) for n in names if len(n.split()) > 2]
    return frozenset((*names, *letters))


def joined_roles(speakers: Sequence[Speaker]) -> str | None:
    """The roles of joint speakers side by side; None when there are none."""
    roles = list(dict.fromkeys(s.role for s in speakers if s.role))
    return "; ".join(roles) or None


def role_of_one(words: str) -> str:
    """A role that several have together, as that of one of them.

    >>> role_of_one("Mayors"), role_of_one("Democratic Sens."), role_of_one("boss")
    ('Mayor', 'Democratic Sen.', 'boss')
    """
    plain = words.rstrip(".")
    last = plain.rpartition(" ")[2].lower()
    if last == "mrs" or not last.endswith("s") or last[:-1] not in titles():
        return words  # "Mrs." is not the plural of "Mr."
    return plain[:-1] + words[len(plain) :]


def words_at(text: str, span: Span) -> str:
    """The words at a place with their white space made one."""
    return re.sub(r"\s+", " ", span.of(text)).strip()
