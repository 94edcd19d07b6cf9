"""Examples of antecedents from GUM, whose annotators said which entity each mention is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from quotecheck.attribution.attribute import attribute, needs_parse
from quotecheck.coreference.antecedent_ranker import candidates
from quotecheck.coreference.discourse import Query, Scene
from quotecheck.coreference.mention_heads import head_of, is_person_noun
from quotecheck.coreference.person_clusters import Cast, Person
from quotecheck.coreference.pronouns import GENDERS
from quotecheck.coreference.role_index import Roles
from quotecheck.errors import InputError
from quotecheck.language.person_nouns import noun_gender
from quotecheck.parsing.parser import load_parser
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["Example", "GumDocument", "Walk", "gum_examples", "read_gum"]

_DEFINITE = frozenset("the this that his her their its our my your".split())
_OPENING = re.compile(r"\((\d+)-([a-z]+)-")
_PIECES = re.compile(r"\(\d+-[^()]*\)?|\d+\)")


@dataclass(frozen=True, slots=True)
class GumDocument:
    """A text of GUM with its mentions: (span, number of the entity, type of the entity)."""

    id: str
    text: str
    mentions: tuple[tuple[Span, int, str], ...]


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


def read_gum(path: Path) -> list[GumDocument]:
    """The documents of a CoNLL-U file of GUM, their texts put together from the words.

    Raises:
        InputError: the file is missing or has no entities.
    """
    try:
        raw = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", where=str(path), remedy="Give the folder of ud/."
        ) from error
    found: list[GumDocument] = []
    for chunk in re.split(r"(?m)^# newdoc id = ", raw)[1:]:
        name, _, body = chunk.partition("\n")
        found.append(_document(name.strip(), body))
    if not any(document.mentions for document in found):
        raise InputError(
            "has no entities in its last column", where=str(path), remedy="Take GUM's own release."
        )
    return found


def _document(name: str, body: str) -> GumDocument:
    text = ""
    mentions: list[tuple[Span, int, str]] = []
    open_: list[tuple[int, int, str]] = []
    for block in body.split("\n\n"):
        lines = block.split("\n")
        rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
        if not rows:
            continue
        if text:
            new = any(re.match(r"# newpar(?!_)", line) for line in lines)
            text = text.rstrip() + ("\n\n" if new else " ")
        whole = (0, 0, 0, 0)
        for row in rows:
            gap = "" if "SpaceAfter=No" in row[9] else " "
            if "-" in row[0]:
                first, last = map(int, row[0].split("-"))
                whole = (first, last, len(text), len(text) + len(row[1]))
                text += row[1] + gap
                continue
            if "." in row[0]:
                continue
            if whole[0] <= int(row[0]) <= whole[1]:
                start, end = whole[2:]
            else:
                start, end = len(text), len(text) + len(row[1])
                text += row[1] + gap
            entity = re.search(r"(?:^|\|)Entity=([^|]*)", row[9])
            for piece in _PIECES.findall(entity.group(1)) if entity else ():
                opened = _OPENING.match(piece)
                if opened:
                    open_.append((start, int(opened.group(1)), opened.group(2)))
                if piece.endswith(")"):
                    number = int(opened.group(1)) if opened else int(piece[:-1])
                    place = max(i for i, item in enumerate(open_) if item[1] == number)
                    begun, _, kind = open_.pop(place)
                    mentions.append((Span(begun, end), number, kind))
    return GumDocument(name, text.rstrip(), tuple(sorted(mentions, key=lambda m: (m[0], m[1]))))


def gum_examples(documents: Sequence[GumDocument]) -> Iterator[Example]:
    """Every pronoun and nominal for a person in these documents, with its candidates."""
    parser = load_parser()
    limits = [paragraphs(document.text) for document in documents]
    texts = zip((document.text for document in documents), limits, strict=True)
    parses = parser.parse_many(texts, wanted=needs_parse)
    for document, limit, parse in zip(documents, limits, parses, strict=True):
        yield from Walk(document, parse, limit).examples()


class Walk:
    """Goes through a document as `resolve` does, but told who each pronoun means."""

    def __init__(self, document: GumDocument, parse: ParsedDocument, limit: Sequence[Span]) -> None:
        self.document = document
        self.parse = parse
        passages = quoted_passages(document.text, limit)
        outer = [p.outer for p in passages if p.depth == 0]
        cast = Cast(parse, outer)
        self.scene = Scene(parse, cast, Roles(parse, cast), limit, outer)
        self.found = attribute(parse, passages, limit)
        self.persons = self._align(cast)

    def _align(self, cast: Cast) -> dict[int, list[Person]]:
        """The persons of the cast by the number of the entity that their names mostly are of."""
        people = [m for m in self.document.mentions if m[2] == "person"]
        aligned: dict[int, list[Person]] = {}
        for person in cast.people:
            votes: Counter[int] = Counter()
            for appearance in person.appearances:
                holding = [m for m in people if m[0].contains(appearance.span)]
                if holding:
                    tight = min(holding, key=lambda m: m[0].end - m[0].start)
                    votes[tight[1]] += 1
            if votes:
                aligned.setdefault(votes.most_common(1)[0][0], []).append(person)
        return aligned

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
            if low in GENDERS:
                yield from self._example(span, persons, "pronoun")
                if persons:
                    subject, possessive = self._function(span)
                    self.scene.mean(span, persons[0], subject=subject, possessive=possessive)
            elif low.split()[0] in _DEFINITE and not self._names_itself(span, number):
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
        held = [m for m in self.document.mentions if source.contains(m[0]) and m[2] == "person"]
        widest = max(held, key=lambda m: m[0].end - m[0].start, default=None)
        persons = self.persons.get(widest[1], []) if widest else []
        self.scene.spoke(attribution.content[-1].end, persons[0] if persons else None)

    def _function(self, span: Span) -> tuple[bool, bool]:
        sentence = self.parse.sentences[self.scene.sentence(span.start)]
        for token in sentence.tokens:
            if token.start == span.start:
                possessive = token.deprel == "nmod:poss" or token.xpos == "PRP$"
                return token.deprel.startswith("nsubj"), possessive
        return False, False

    def _example(self, span: Span, persons: Sequence[Person], form: str) -> Iterator[Example]:
        number = self.scene.sentence(span.start)
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
            paragraph=self.scene.paragraph(span.start),
            form=form,
            gender=gender,
            subject=subject,
            possessive=possessive,
            noun=noun,
            others=others,
            content=content,
        )
        rows = candidates(self.scene, query)
        right = tuple(any(person is other for other in persons) for person, _ in rows)
        if rows and (form == "nominal" or any(right) or not persons):
            numbers = tuple(tuple(row) for _, row in rows)
            weight = 2.0 if subject or form == "nominal" else 1.0  # sources are subjects
            yield Example(self.document.id, form, numbers, right, weight)
