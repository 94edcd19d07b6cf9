"""Goes through a text with annotated coreference and notes what each pronoun may mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from quotecheck.attribution.attribute import attribute
from quotecheck.coreference.antecedent_features import candidates
from quotecheck.coreference.discourse import Discourse, Query
from quotecheck.coreference.mention_heads import head_of, is_person_noun
from quotecheck.coreference.person_clusters import Person, PersonClusters
from quotecheck.coreference.pronouns import GENDERS
from quotecheck.coreference.role_index import RoleIndex
from quotecheck.language.person_nouns import noun_gender
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.dialogue_layout import is_dialogue
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["AnnotatedDocument", "Example", "Walk", "aligned_persons"]

_DEFINITE = frozenset("the this that his her its their our my your".split())


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A text with its mentions: (span, number of the entity, type of the entity).

    ``chains`` are the numbers of the entities by the names that the corpus gives them.
    """

    id: str
    text: str
    mentions: tuple[tuple[Span, int, str], ...]
    chains: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Example:
    """A mention with its candidates' numbers; ``right`` says which of them it means.

    ``weight`` is how much it counts when the trees are fitted.
    """

    document: str
    form: str
    rows: tuple[tuple[float, ...], ...]
    right: tuple[bool, ...]
    weight: float = 1.0


def aligned_persons(document: AnnotatedDocument, discourse: Discourse) -> dict[int, list[Person]]:
    """The persons that were found, by the number of the entity that most of their mentions are of.

    Named and described ones; those whose mentions no entity holds are left out.
    """
    people = sorted((m for m in document.mentions if m[2] == "person"), key=lambda m: m[0])
    votes: dict[int, Counter[int]] = {}
    by_id: dict[int, Person] = {}
    for reference in discourse.before(len(discourse.text) + 1, everything=True):
        by_id[id(reference.person)] = reference.person
        place = Span(reference.start, reference.end)
        holding = [m for m in people if m[0].contains(place)]
        if holding:
            tight = min(holding, key=lambda m: m[0].end - m[0].start)
            votes.setdefault(id(reference.person), Counter())[tight[1]] += 1
    aligned: dict[int, list[Person]] = {}
    for key, counted in votes.items():
        aligned.setdefault(counted.most_common(1)[0][0], []).append(by_id[key])
    return aligned


class Walk:
    """Goes through a document as `resolve` does, but told who each pronoun means.

    Args:
        document: the text with its mentions.
        parse: its sentences.
        limit: its paragraphs.
        nominals: whether "the senator" gives an example too.
    """

    def __init__(
        self,
        document: AnnotatedDocument,
        parse: ParsedDocument,
        limit: Sequence[Span],
        *,
        nominals: bool = True,
    ) -> None:
        self.document = document
        self.nominals = nominals
        self.parse = parse
        passages = quoted_passages(document.text, limit)
        outer = [p.outer for p in passages if p.depth == 0]
        clusters = PersonClusters(parse, outer, dialogue=is_dialogue(document.text, limit, outer))
        self.discourse = Discourse(parse, clusters, RoleIndex(parse, clusters), limit, outer)
        self.found = attribute(parse, passages, limit)
        self.persons = aligned_persons(document, self.discourse)

    def examples(self) -> Iterator[Example]:
        """The mentions in text order; turns and pronouns are taken in as they pass."""
        ends = sorted(self.found, key=lambda a: a.content[-1].end)
        for span, number, kind in self.document.mentions:
            while ends and ends[0].content[-1].end <= span.start:
                self._take_turn(ends.pop(0))
            if kind != "person":
                continue
            low = span.of(self.document.text).lower()
            persons = self.persons.get(number, [])
            if low in GENDERS and self.discourse.is_quoted(span.start):
                continue  # words said are not read for whom they mean
            if low in GENDERS:
                yield from self._example(span, persons, "pronoun")
                if persons:
                    subject, possessive = self._function(span)
                    self.discourse.add_reference(
                        span, persons[0], subject=subject, possessive=possessive
                    )
            elif (
                self.nominals
                and low.split()[0] in _DEFINITE
                and not self._names_itself(span, number)
            ):
                yield from self._example(span, persons, "nominal")

    def _names_itself(self, span: Span, number: int) -> bool:
        """Whether the nominal holds or touches a mention of the same person (an apposition)."""
        return any(
            other != span and n == number and other.start <= span.end + 3
            and other.end + 3 >= span.start
            for other, n, _ in self.document.mentions
        )  # fmt: skip

    def _take_turn(self, attribution: Attribution) -> None:
        if not attribution.source:
            return
        source = Span.cover(attribution.source)
        mentions = [m for m in self.document.mentions if source.contains(m[0]) and m[2] == "person"]
        widest = max(mentions, key=lambda m: m[0].end - m[0].start, default=None)
        persons = self.persons.get(widest[1], []) if widest else []
        self.discourse.add_speaker_turn(
            attribution.content[-1].end, persons[0] if persons else None
        )

    def _function(self, span: Span) -> tuple[bool, bool]:
        sentence = self.parse.sentences[self.discourse.sentence(span.start)]
        for token in sentence.tokens:
            if token.start == span.start:
                possessive = token.deprel == "nmod:poss" or token.xpos == "PRP$"
                return token.deprel.startswith("nsubj"), possessive
        return False, False

    def _example(self, span: Span, persons: Sequence[Person], form: str) -> Iterator[Example]:
        number = self.discourse.sentence(span.start)
        sentence = self.parse.sentences[number]
        noun, others = "", frozenset[str]()
        gender = GENDERS.get(span.of(self.document.text).lower(), "")
        if form == "nominal":
            head = head_of(sentence, span)
            if head < 0:
                return
            token = sentence.tokens[head]
            if token.upos != "NOUN" or token.xpos == "NNS" or not is_person_noun(token):
                return
            noun = token.lemma.lower()
            gender = noun_gender(noun)
            words = span.of(self.document.text).lower().split()
            others = frozenset(w.strip(".,") for w in words) - {noun} - _DEFINITE
        subject, possessive = self._function(span)
        content = next(
            (a.content for a in self.found if any(s.contains(span) for s in a.source)), ()
        )
        query = Query(
            place=span.start,
            sentence=number,
            paragraph=self.discourse.paragraph(span.start),
            form=form,
            gender=gender,
            subject=subject,
            possessive=possessive,
            noun=noun,
            others=others,
            content=content,
            syntax=self.discourse.syntax(span),
        )
        rows = candidates(self.discourse, query)
        right = tuple(any(person is other for other in persons) for person, _ in rows)
        if rows and (form == "nominal" or any(right) or not persons):
            numbers = tuple(tuple(row) for _, row in rows)
            weight = 2.0 if subject or form == "nominal" else 1.0  # sources are subjects
            yield Example(self.document.id, form, numbers, right, weight)
