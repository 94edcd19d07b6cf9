"""Choose real quotations of a library: whole sentences whose speaker and surroundings are known."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from quotecheck.library.documents import read_document
from quotecheck.library.passage_index import search_terms
from quotecheck.library.samples import documents_with_words, searched_keys, turn_speakers

if TYPE_CHECKING:
    from quotecheck.library.library import Library
    from quotecheck.records.document import Document

__all__ = ["Pool", "RealQuotation", "gather", "sentence_spans", "squeeze"]

_MAX_DOCUMENTS: Final = 240
"""Documents that are read for a benchmark; of a larger library, so many by lot."""
_MAX_CHARS: Final = 400_000
"""Code points of a document that are read."""
_PER_DOCUMENT: Final = 240
"""Sentences of one document, so that a long one is not all of the benchmark."""
_WORDS: Final = (7, 42)
"""Words of a sentence that is quoted."""
_SPOKEN: Final = frozenset({"speech", "address", "lecture", "sermon"})
"""Genres of texts that their author speaks from the first word to the last."""
_STOCK_WORDS: Final = (3, 6)
_STOCK_DOCUMENTS: Final = 3
"""Documents that a short sentence stands in to be a stock phrase."""
_GENERATION = re.compile(r",? (?:Jr\.?|Sr\.?|I{2,3})$")
_BREAK = re.compile(r"\n[ \t]*\n")
_END = re.compile(r"[.!?][’'”\"»)\]]*(?=\s|$)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Hon|Rev|Jr|Sr|vs|etc|"
    r"Inc|Ltd|Co|Corp|approx|cf|viz|Jan|Feb|Aug|Sept|Sep|Oct|Nov|Dec|Art|Ch|Vol|p|pp)|\b[A-Za-z])"
    r"\.$"
)
_NEXT = re.compile(r"\s+[“\"‘'(\[]*[A-Z0-9]|\s*$")
_UNFIT = re.compile(r"[“”„«»\"‹›‘()\[\]{}<>*_|…]|--.*--|\.\.|^\W*[A-Z][A-Z.’' -]+:|\b[A-Z]{4,}\b")
_LETTER = re.compile(r"[A-Z]")


@dataclass(frozen=True, slots=True)
class RealQuotation:
    """A sentence of a document, with the sentences beside it in the same turn or paragraph.

    ``text`` is the sentence with single spaces; ``document.text[start:end]`` is as it stands there.
    ``speaker`` is whoever holds the turn, or the author of a speech; None where the library does
    not say.
    """

    document: str
    start: int
    end: int
    text: str
    speaker: str | None
    before: str = ""
    after: str = ""
    after_end: int = 0


@dataclass
class Pool:
    """What a benchmark is made of: quotations by lot, speakers, and the texts they come from."""

    library: Library
    quotations: tuple[RealQuotation, ...]
    short: tuple[RealQuotation, ...]
    speakers: tuple[str, ...]
    texts: dict[str, str]
    authors: dict[str, str]
    _terms: dict[str, str] = field(default_factory=dict)

    def stands_elsewhere(self, quote: str, source: RealQuotation) -> bool:
        """Whether the words of a quotation stand anywhere but in its source."""
        terms = " ".join(search_terms(quote))
        if self.occurrences(source.document, terms) > self._within(source, terms):
            return True
        documents = documents_with_words(self.library.db, quote)
        return any(key != source.document for key in documents)

    def occurrences(self, document: str, terms: str) -> int:
        """How often a document holds some terms (as `search_terms` gives them) in a row."""
        document_terms = self._terms.get(document)
        if document_terms is None:
            document_terms = f" {' '.join(search_terms(self.texts[document]))} "
            self._terms[document] = document_terms
        return document_terms.count(f" {terms} ")

    def _within(self, source: RealQuotation, terms: str) -> int:
        around = " ".join(part for part in (source.before, source.text, source.after) if part)
        return f" {' '.join(search_terms(around))} ".count(f" {terms} ")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Capitalised words inside sentences, seen twice or more and never in small letters."""
        counts: Counter[str] = Counter()
        small: set[str] = set()
        for quotation in self.quotations:
            words = re.findall(r"[^\W\d_]+", quotation.text)
            small.update(word for word in words if word.islower())
            counts.update(word for word in words[1:] if word[0].isupper() and word[1:].islower())
        return tuple(
            sorted(
                word
                for word, count in counts.items()
                if count > 1 and len(word) > 3 and word.lower() not in small
            )
        )

    @cached_property
    def stock_phrases(self) -> tuple[str, ...]:
        """Short sentences that stand in several documents, such as thanks and greetings."""
        documents: dict[str, set[str]] = defaultdict(set)
        texts: dict[str, str] = {}
        for short in self.short:
            terms = " ".join(search_terms(short.text))
            if _STOCK_WORDS[0] <= len(terms.split()) <= _STOCK_WORDS[1]:
                documents[terms].add(short.document)
                texts.setdefault(terms, short.text)
        return tuple(
            texts[terms] for terms in sorted(texts) if len(documents[terms]) >= _STOCK_DOCUMENTS
        )

    def namesakes(self, surname: str) -> list[str]:
        """The speakers of the library whose names end in a surname."""
        return self._by_surname.get(surname.lower(), [])

    @cached_property
    def _by_surname(self) -> dict[str, list[str]]:
        by_surname: dict[str, list[str]] = defaultdict(list)
        for name in self.speakers:
            by_surname[_GENERATION.sub("", name).split()[-1].lower()].append(name)
        return dict(by_surname)

    @cached_property
    def by_document(self) -> dict[str, list[RealQuotation]]:
        """The quotations of each document."""
        quotations: dict[str, list[RealQuotation]] = defaultdict(list)
        for quotation in self.quotations:
            quotations[quotation.document].append(quotation)
        return dict(quotations)


def squeeze(text: str) -> str:
    """The text with single spaces."""
    return " ".join(text.split())


def sentence_spans(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Places of sentences between two places of a text, paragraph by paragraph.

    >>> list(sentence_spans("Mr. Ek left. Who came?", 0, 22))
    [(0, 12), (13, 22)]
    """
    start = low
    while start < high:
        match = _BREAK.search(text, start, high)
        end = match.start() if match else high
        yield from _in_paragraph(text, start, end)
        start = match.end() if match else high


def _in_paragraph(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    begin = low
    for match in _END.finditer(text, low, high):
        end = match.end()
        if _ABBREVIATED.search(text, max(low, end - 10), end) or not _NEXT.match(text, end, high):
            continue
        while begin < end and text[begin].isspace():
            begin += 1
        if begin < end:
            yield begin, end
        begin = end


def gather(library: Library, seed: int) -> Pool:
    """Choose documents and quotations of a library by lot; the same seed chooses the same."""
    rng = random.Random(f"pool {seed}")  # noqa: S311 - no secret
    keys = searched_keys(library.db)
    if len(keys) > _MAX_DOCUMENTS:
        keys = sorted(rng.sample(keys, _MAX_DOCUMENTS))
    chosen: list[list[RealQuotation]] = []
    short: list[RealQuotation] = []
    texts: dict[str, str] = {}
    authors: dict[str, str] = {}
    spoken_by: set[str] = set()
    for key in keys:
        document = read_document(library.db, key)
        if document is None:
            continue
        texts[key] = document.text[:_MAX_CHARS]
        if document.author and not document.segments:
            authors[key] = document.author
            if document.genre in _SPOKEN:
                spoken_by.add(document.author)
        quotations = list(_of_document(document))
        short += [q for q in quotations if len(q.text.split()) < _WORDS[0]]
        fit = [q for q in quotations if _WORDS[0] <= len(q.text.split()) <= _WORDS[1]]
        rng.shuffle(fit)
        chosen.append(fit[:_PER_DOCUMENT])
    return Pool(
        library,
        tuple(_in_turn(chosen, rng)),
        tuple(short),
        tuple(sorted({*turn_speakers(library.db), *spoken_by})),
        texts,
        authors,
    )


def _in_turn(chosen: Sequence[list[RealQuotation]], rng: random.Random) -> Iterator[RealQuotation]:
    """One quotation of each document, then another of each, and so on."""
    order = list(chosen)
    rng.shuffle(order)
    for depth in range(max(map(len, order), default=0)):
        for quotations in order:
            if depth < len(quotations):
                yield quotations[depth]


def _of_document(document: Document) -> Iterator[RealQuotation]:
    high = min(len(document.text), _MAX_CHARS)
    stretches: list[tuple[int, int, str | None]] = [
        (s.start, min(s.end, high), s.speaker) for s in document.segments if s.start < high
    ] or [(0, high, document.author if document.genre in _SPOKEN else None)]
    for start, end, speaker in stretches:
        yield from _of_stretch(document, start, end, speaker)


def _of_stretch(
    document: Document, start: int, end: int, speaker: str | None
) -> Iterator[RealQuotation]:
    text = document.text
    spans = list(sentence_spans(text, start, end))
    fit = [_is_fit(text, a, b, start) for a, b in spans]
    for at, (a, b) in enumerate(spans):
        if not fit[at]:
            continue
        before = squeeze(text[slice(*spans[at - 1])]) if at and fit[at - 1] else ""
        follows = at + 1 < len(spans) and fit[at + 1]
        after = squeeze(text[slice(*spans[at + 1])]) if follows else ""
        yield RealQuotation(
            document.id, a, b, squeeze(text[a:b]), speaker, before, after,
            spans[at + 1][1] if follows else b,
        )  # fmt: skip


def _is_fit(text: str, start: int, end: int, low: int) -> bool:
    """Whether a sentence is plain prose of the one who speaks: no marks, brackets or labels."""
    sentence = text[start:end]
    if not _LETTER.match(sentence) or _UNFIT.search(sentence) or "\t" in sentence:
        return False
    paragraph = text[max(low, text.rfind("\n\n", low, start)) : start]
    open_marks = paragraph.count("“") - paragraph.count("”")
    return open_marks <= 0 and paragraph.count('"') % 2 == 0
