"""Text in, quotations out: marks, parse, attribute and resolve, called in order."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from quotecheck.attribution.attribute import attribute, worth_parsing
from quotecheck.coreference.antecedent_ranker import Ranker
from quotecheck.coreference.dialogue_model import DialogueModel
from quotecheck.coreference.resolve import resolve
from quotecheck.errors import InputError
from quotecheck.facts.extract import with_facts
from quotecheck.parsing.parser import SentenceFilter, Text
from quotecheck.pipeline.answer_confidence import with_confidence
from quotecheck.pipeline.turn_speakers import turns_of, with_turn_speakers
from quotecheck.reading.entity_table import Entities
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, with_document
from quotecheck.records.span_tags import TaggedDocument
from quotecheck.records.text import ParsedDocument, QuotedPassage, Span
from quotecheck.text.layout import Layout, layout_of
from quotecheck.weights.loading import loading

__all__ = ["Attributor", "Parser", "attributor_factory", "load_attributor", "with_identifiers"]


_TOGETHER = 60_000
"""Code points of documents that are parsed together: a third quicker than each by itself."""
_LONGEST_PARAGRAPH = 2_000_000
"""Code points; a sentence splitter would spend minutes on more, and find no sentence."""


class Parser(Protocol):
    """What attribution needs of a parser; `quotecheck.parsing.parser.StanzaParser` is one."""

    @property
    def weights_sha256(self) -> dict[str, str]:
        """The sha256 of each file of weights, by name."""

    def parse_many(
        self,
        texts: Iterable[Text],
        *,
        parse_filter: SentenceFilter | None = None,
    ) -> Iterator[ParsedDocument]:
        """Texts with their paragraphs, parsed, in order."""


class Tagger(Protocol):
    """What attribution needs of a tagger; `quotecheck.tagging.tagger.SpanTagger` is one."""

    @property
    def weights_sha256(self) -> dict[str, str]:
        """The sha256 of each file of weights, by name."""

    def tag(
        self, text: str, paragraphs: Sequence[Span], quoted: Sequence[QuotedPassage]
    ) -> TaggedDocument:
        """The sources, cues and contents of a text."""


class Attributor:
    """Finds who is quoted in documents. `Attributor.load` makes one of the shipped weights.

    Call it with a document for its quotations, or `each` with many documents, which is quicker.
    Several threads may use one attributor, and those that share weights: one at a time computes.

    Args:
        parser: gives sentences.
        tagger: finds spans; without it the rules on the parse stand alone.
        full_parse: parse every sentence, not only those that may hold a quotation.
        entities: a table of the user's; its identifiers are given to the speakers it names.
        lock: held while parser and tagger compute; give attributors that share them the same one.
        rated: give each quotation its confidence (`quotecheck.pipeline.answer_confidence`). Without
            it has that of its reading alone, and every name stays: what those models are fitted to.
        ranker, dialogue: who pronouns stand for, and who speaks in a conversation, by models other
            than those that are shipped; what is fitted to their answers needs some that never saw
            the text.
    """

    def __init__(
        self,
        parser: Parser,
        tagger: Tagger | None = None,
        *,
        full_parse: bool = False,
        entities: Entities | None = None,
        lock: threading.RLock | None = None,
        rated: bool = True,
        ranker: Ranker | None = None,
        dialogue: DialogueModel | None = None,
    ) -> None:
        self._lock = lock or threading.RLock()
        self._rated = rated
        self._parser = parser
        self._entities = entities
        self._tagger = tagger
        self._full_parse = full_parse
        self._ranker = ranker
        self._dialogue = dialogue

    @classmethod
    def load(
        cls,
        *,
        full_parse: bool = False,
        entities: Entities | Path | str | None = None,
        rules_only: bool = False,
        stanza_dir: Path | str | None = None,
        package: str | None = None,
        shared: bool = True,
    ) -> Attributor:
        """An attributor of the shipped weights; the first of a process takes some seconds to load.

        Args:
            full_parse: parse every sentence, not only those that may hold a quotation.
            entities: a table of names and identifiers (``.csv``, ``.tsv``, ``.jsonl``), as its path
                or as it was read.
            rules_only: do without the span tagger; less is found, and less surely.
            stanza_dir: a folder of Stanza's own models instead of the weights that are shipped.
            package: which of Stanza's packages to take from there.
            shared: use the weights that this process has loaded already, and keep them for the
                next. False loads a set that goes when the attributor does.

        Raises:
            InputError: the table cannot be read.
            WeightsError: weights are missing, damaged, or not those that were shipped.
        """
        if isinstance(entities, (str, Path)):
            from quotecheck.reading.entity_table import read_entities

            entities = read_entities(Path(entities))
        return load_attributor(
            stanza_dir=stanza_dir,
            package=package,
            full_parse=full_parse,
            entities=entities,
            rules_only=rules_only,
            shared=shared,
        )

    @property
    def weights_sha256(self) -> Mapping[str, str]:
        """The sha256 of each file of weights, by name."""
        return self._parser.weights_sha256 | (self._tagger.weights_sha256 if self._tagger else {})

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        """The quotations of a document, in text order.

        Raises:
            InputError: a paragraph is so long that it can be no prose.
        """
        return self._together([self._page(document)])[0]

    def each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...] | InputError]]:
        """The quotations of each document, in order, or why there are none.

        As one by one, and quicker: some are read ahead and parsed together.
        """
        waiting: list[tuple[Document, _UnparsedDocument | InputError]] = []
        size = 0
        for document in documents:
            try:
                waiting.append((document, self._page(document)))
            except InputError as error:
                waiting.append((document, error))
            size += len(document.text)
            if size >= _TOGETHER:
                yield from self._answers(waiting)
                waiting, size = [], 0
        yield from self._answers(waiting)

    def _answers(
        self, waiting: Sequence[tuple[Document, _UnparsedDocument | InputError]]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...] | InputError]]:
        answers = iter(
            self._together([page for _, page in waiting if isinstance(page, _UnparsedDocument)])
        )
        for document, page in waiting:
            yield document, page if isinstance(page, InputError) else next(answers)

    def _page(self, document: Document) -> _UnparsedDocument:
        text = document.text
        layout = layout_of(document)
        longest = max((span.end - span.start for span in layout.paragraphs), default=0)
        if longest > _LONGEST_PARAGRAPH:
            raise InputError(
                f"paragraph too long to parse ({longest:,} characters)",
                where=document.path or document.id,
                remedy="Put line breaks between its paragraphs, or leave the file out.",
            )
        tagged = None
        if self._tagger is not None:
            with self._lock:
                tagged = self._tagger.tag(text, layout.paragraphs, layout.passages)
        return _UnparsedDocument(document, layout, tagged)

    def _together(self, pages: Sequence[_UnparsedDocument]) -> list[tuple[Quotation, ...]]:
        texts: list[Text] = [
            (page.document.text, page.layout.paragraphs)
            if self._full_parse
            else (page.document.text, page.layout.paragraphs, worth_parsing(page.tagged))
            for page in pages
        ]
        with self._lock:
            parsed = self._parser.parse_many(texts)
            return [
                self._quotations(page, document)
                for page, document in zip(pages, parsed, strict=True)
            ]

    def _quotations(self, page: _UnparsedDocument, parsed: ParsedDocument) -> tuple[Quotation, ...]:
        document, layout = page.document, page.layout
        turns = turns_of(document)
        attributions = attribute(
            parsed,
            layout.passages,
            layout.paragraphs,
            headline=document.headline,
            turns=turns,
            tagged=page.tagged,
        )
        quoted = [passage.outer for passage in layout.outermost]
        quotations = resolve(
            parsed,
            attributions,
            layout.paragraphs,
            quoted,
            document.author,
            ranker=self._ranker,
            dialogue=self._dialogue,
        )
        quotations = with_turn_speakers(quotations, turns, document.text)
        if self._rated:
            quotations = with_confidence(quotations)
        if self._entities is not None:
            quotations = with_identifiers(quotations, self._entities)
        return with_document(with_facts(parsed, quotations), document.text)


def with_identifiers(quotations: Sequence[Quotation], entities: Entities) -> tuple[Quotation, ...]:
    """Give each speaker whose name the user's table has the identifier that stands there."""
    return tuple(
        replace(
            quotation,
            speakers=tuple(
                replace(s, identifier=entities.identifier(s.name)) if s.name else s
                for s in quotation.speakers
            ),
        )
        for quotation in quotations
    )


@dataclass(frozen=True, slots=True)
class _UnparsedDocument:
    """What is known of a document before it is parsed."""

    document: Document
    layout: Layout
    tagged: TaggedDocument | None


def load_attributor(
    *,
    stanza_dir: Path | str | None = None,
    package: str | None = None,
    full_parse: bool = False,
    entities: Entities | None = None,
    rules_only: bool = False,
    shared: bool = True,
) -> Attributor:
    """An attributor with its weights in memory; the first of a process takes some seconds.

    Args:
        stanza_dir: a folder of Stanza's own models instead of the weights that are shipped.
        package: which of Stanza's packages to take.
        full_parse: parse every sentence.
        entities: a table of the user's (`quotecheck.reading.entity_table.read_entities`).
        rules_only: do without the span tagger; in languages other than English it is of no use.
        shared: use the weights that this process has loaded already, and keep them for the next.

    Raises:
        WeightsError: weights are missing, damaged, or not those that were shipped.
    """
    weights = _SHARED if shared else _Weights()
    with weights.lock, loading():
        parser = weights.parser(stanza_dir, package)
        tagger = None if rules_only else weights.tagger()
    return Attributor(parser, tagger, full_parse=full_parse, entities=entities, lock=weights.lock)


@dataclass(slots=True)
class _Weights:
    """Parsers and the tagger in memory, each loaded when it is first asked for.

    ``lock`` is held while one is loaded and while one computes.
    """

    lock: threading.RLock = field(default_factory=threading.RLock)
    _loaded: dict[tuple[str, ...], Any] = field(default_factory=dict)

    def parser(self, stanza_dir: Path | str | None, package: str | None) -> Parser:
        """The parser of these models."""
        folder = "" if stanza_dir is None else str(Path(stanza_dir).absolute())
        key = ("parser", folder, package or "")
        if key not in self._loaded:
            from quotecheck.parsing.parser import load_parser

            self._loaded[key] = load_parser(stanza_dir=stanza_dir, package=package)
        loaded: Parser = self._loaded[key]
        return loaded

    def tagger(self) -> Tagger:
        """The span tagger."""
        if ("tagger",) not in self._loaded:
            from quotecheck.tagging import load_tagger

            self._loaded["tagger",] = load_tagger()
        loaded: Tagger = self._loaded["tagger",]
        return loaded


_SHARED = _Weights()


def attributor_factory(
    *, stanza_dir: Path | str | None = None, package: str | None = None
) -> partial[Attributor]:
    """What makes an attributor in another process."""
    return partial(load_attributor, stanza_dir=stanza_dir, package=package)
