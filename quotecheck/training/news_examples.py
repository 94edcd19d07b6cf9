"""Examples of antecedents from news whose quotations are annotated (PolNeAR train)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from quotecheck.attribution.attribute import needs_parse
from quotecheck.coreference.antecedent_ranker import FEATURES, candidates
from quotecheck.coreference.discourse import Query
from quotecheck.coreference.person_clusters import Person
from quotecheck.coreference.resolver import Resolver
from quotecheck.coreference.role_index import words_at
from quotecheck.evaluation.gold import GoldDocument, read_gold
from quotecheck.language.person_nouns import noun_gender, person_nouns
from quotecheck.parsing.parser import load_parser
from quotecheck.records.quotation import Attribution, Kind
from quotecheck.records.text import ParsedDocument, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from quotecheck.training.coreference_walk import Example

__all__ = ["Told", "decided", "gold_attributions", "news_examples"]

_SALIENCE = FEATURES.index("salience")
_SURE = 0.99  # Probability that the gold name gets, as certain as a reading ever is.
_NOBODY = "-"


@cache
def decided() -> dict[str, dict[int, str]]:
    """Whom pronouns and descriptions that are sources stand for: names by document and offset."""
    raw = resources.files("quotecheck.training").joinpath("antecedents.tsv").read_text("utf-8")
    decisions: dict[str, dict[int, str]] = {}
    for line in raw.splitlines():
        if not line.startswith("#"):
            document, offset, name = line.split("\t")
            decisions.setdefault(document, {})[int(offset)] = name
    return decisions


def news_examples(folder: Path, *, most: int | None = None) -> Iterator[Example]:
    """The examples of the documents of ``folder`` that are decided, or of the first ``most``."""
    gold = [document for document in read_gold(folder) if document.id in decided()][:most]
    paragraph_lists = [paragraphs(document.text) for document in gold]
    parser = load_parser()
    texts = zip((document.text for document in gold), paragraph_lists, strict=True)
    parses = parser.parse_many(texts, parse_filter=needs_parse)
    for document, limit, parse in zip(gold, paragraph_lists, parses, strict=True):
        yield from Told(document, parse, limit).examples()


def gold_attributions(document: GoldDocument) -> list[Attribution]:
    """The attributions that people marked, in text order, as `attribute` would give them."""
    attributions = []
    for attribution in document.attributions:
        if not attribution.content:
            continue
        words = " ".join(span.of(document.text) for span in attribution.content).strip()
        marked = any(mark in words for mark in '“”"')
        kind: Kind = "direct" if words[:1] in '“"' else "mixed" if marked else "indirect"
        attributions.append(
            Attribution(
                tuple(attribution.content),
                tuple(attribution.cue),
                tuple(attribution.source),
                kind,
                "gold",
                1.0,
            )
        )
    return sorted(attributions, key=lambda a: (a.content, a.cue))


class Told(Resolver):
    """Resolves a document while it is told the answers, and notes what it was asked."""

    def __init__(
        self, document: GoldDocument, parse: ParsedDocument, limit: Sequence[Span]
    ) -> None:
        passages = quoted_passages(document.text, limit)
        outer = [p.outer for p in passages if p.depth == 0]
        super().__init__(parse, gold_attributions(document), limit, outer, None, ranker=None)
        self.document = document.id
        self.answers = decided().get(document.id, {})
        self.noted: dict[tuple[str, int], Example] = {}

    def examples(self) -> Iterator[Example]:
        """What was asked, each mention once."""
        self.run()
        yield from self.noted.values()

    def rank(self, query: Query) -> list[tuple[Person, float]]:
        """The person decided on, where one is; else the most salient."""
        rows = candidates(self.discourse, query)
        if not rows:
            return []
        name = self.answers.get(query.place)
        person = next((p for p, _ in rows if p.name == name), None)
        if name is not None and (person is not None or name == _NOBODY):
            self._note(query, person, 1.0 if query.form == "pronoun" else 3.0)
        if name == _NOBODY:
            return []
        return [(person or max(rows, key=lambda row: row[1][_SALIENCE])[0], _SURE)]

    def on_named_source(self, attribution: Attribution, person: Person, place: int) -> None:
        """Ask for somebody named here by a noun that he was called before."""
        if attribution.kind == "direct":
            query = self.discourse.orphan(attribution.content)
            known = any(person is other for other, _ in candidates(self.discourse, query))
            self._note(query, person if known else None, 1.0)
        roles = [
            words_at(self.text, role).lower().split()
            for a in person.appearances
            if a.span.start < place and (role := self.roles.at(a)) and role.end < place
        ]
        nouns = [w for w in roles[0] if w in person_nouns()] if roles else []
        if not nouns:
            return
        # Half of the writers would give the noun alone.
        others = frozenset(roles[0]) - {nouns[-1]} if place % 2 else frozenset[str]()
        query = Query(
            place=place,
            sentence=self.discourse.sentence(place),
            paragraph=self.discourse.paragraph(place),
            form="nominal",
            gender=noun_gender(nouns[-1]),
            subject=True,
            noun=nouns[-1],
            others=others,
            content=attribution.content,
        )
        self._note(query, person, 0.8)

    def _note(self, query: Query, person: Person | None, weight: float) -> None:
        rows = candidates(self.discourse, query)
        right = tuple(person is other for other, _ in rows)
        if rows and (any(right) or person is None):
            numbers = tuple(tuple(row) for _, row in rows)
            key = (query.form, query.place)
            self.noted[key] = Example(self.document, query.form, numbers, right, weight)
