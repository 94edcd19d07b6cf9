"""Quotations in a Stanza pipeline: importing this module registers the processor ``quote``.

    import stanza
    import quotecheck.stanza

    nlp = stanza.Pipeline("en", processors="tokenize,mwt,pos,lemma,depparse,ner,quote")
    for quotation in nlp("“The ferry is late,” Anna Lind said.").quotations:
        print(quotation.speaker, quotation.text)

The pipeline's own tokens, tags, trees and entities are used, whatever models made them; `pipeline`
makes one of the weights that travel with quotecheck, without a network. Settings of the processor,
given to `stanza.Pipeline`: ``quote_rules_only=True`` leaves the span tagger out.

Stanza parts paragraphs at blank lines alone. Where a line is a paragraph (as in much news), put
blank lines between them, or else a sentence without a stop, a headline say, runs into the next
line; such a sentence is cut here at the line's end, but its tree was not made for that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from stanza.pipeline.processor import Processor, register_processor

from quotecheck import weights
from quotecheck.errors import InputError
from quotecheck.parsing.parser import SentenceFilter, Text
from quotecheck.parsing.stanza_pipelines import entity_label, shipped_pipeline
from quotecheck.parsing.token_offsets import divide
from quotecheck.pipeline.attributor import Attributor
from quotecheck.records.document import Document
from quotecheck.records.plain import Record, quotation_record
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token
from quotecheck.text.digest import sha256_hex
from quotecheck.text.layout import layout_of
from quotecheck.text.paragraphs import paragraphs

__all__ = ["FoundQuotation", "QuoteProcessor", "parsed_document", "pipeline"]


def pipeline(**settings: Any) -> Any:
    """A `stanza.Pipeline` of the weights that are shipped, with ``quote`` at its end; offline.

    Args:
        settings: for `stanza.Pipeline`, for example ``quote_rules_only=True``.

    Raises:
        WeightsError: weights are missing, or are not those that were shipped.
    """
    weights.verified()
    return shipped_pipeline(weights.FOLDER, "quote", **settings)


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """A quotation of a Stanza document, as ``doc.quotations`` and ``sentence.quotations`` have it.

    ``record`` has every field (`quotecheck.records.quotation.Quotation`), with places as offsets
    in ``doc.text``. ``sentences`` are the Stanza sentences that its content, cue or source touch.
    ``number`` counts the document's quotations from 1.
    """

    record: Quotation
    doc: Any
    sentences: tuple[Any, ...]
    number: int

    @property
    def text(self) -> str:
        """What was said: the parts of the content, with … between them."""
        return " … ".join(self.content)

    @property
    def content(self) -> tuple[str, ...]:
        """The parts of what was said, with their marks if they have any."""
        return self._words(self.record.content)

    @property
    def cue(self) -> tuple[str, ...]:
        """The words that report it; none where the article has none."""
        return self._words(self.record.cue)

    @property
    def source(self) -> tuple[str, ...]:
        """The words that say who."""
        return self._words(self.record.source)

    @property
    def speaker(self) -> str | tuple[str, ...] | None:
        """Who said it: the fullest name in the document, several names, or None when unsure."""
        return self.record.speaker

    @property
    def kind(self) -> str:
        """The kind of a quotation in a Stanza document: direct, mixed, indirect, scare or title."""
        return self.record.kind

    @property
    def confidence(self) -> float:
        """How sure it is that this is a quotation so attributed, in 0..1."""
        return self.record.confidence

    @property
    def start_char(self) -> int:
        """Where the content begins in ``doc.text``."""
        return self.record.content[0].start

    @property
    def end_char(self) -> int:
        """Where the content ends in ``doc.text``."""
        return self.record.content[-1].end

    def to_dict(self) -> Record:
        """The record as JSON has it (see ``docs/json-schema.md``), with the words at each place."""
        return quotation_record(self.doc.text, self.record, self.number)

    def __str__(self) -> str:
        speaker = self.speaker if isinstance(self.speaker, str) else ", ".join(self.speaker or ())
        return f"{speaker or '?'}: {self.text}"

    def _words(self, spans: Iterable[Span]) -> tuple[str, ...]:
        return tuple(span.of(self.doc.text) for span in spans)


@register_processor("quote")
class QuoteProcessor(Processor):  # type: ignore[misc, unused-ignore] # Stanza is not followed
    """Sets ``quotations`` on the document and on its sentences, in the order of the text."""

    # The names and forms of these are Stanza's.
    PROVIDES_DEFAULT = {"quote"}  # noqa: RUF012
    REQUIRES_DEFAULT = {"tokenize", "pos", "lemma", "depparse", "ner"}  # noqa: RUF012

    def __init__(self, config: dict[str, Any], pipeline: Any, device: Any) -> None:
        super().__init__(config, pipeline, device)
        tagger = None
        if not config.get("rules_only"):
            from quotecheck.tagging import load_tagger

            tagger = load_tagger()
        self._parsed = _Given()
        self._attributor = Attributor(self._parsed, tagger)

    def process(self, document: Any) -> Any:
        """The document with its quotations.

        Raises:
            InputError: it has no text, or its words have no places in it.
        """
        text = _text_of(document)
        sha256 = sha256_hex(text.encode("utf-8", "surrogatepass"))
        record = Document("", text, sha256, sha256)
        self._parsed.document = _parsed(document, layout_of(record).paragraphs)
        quotations = self._attributor(record)
        of_sentence: dict[int, list[FoundQuotation]] = defaultdict(list)
        results = []
        starts = [sentence.tokens[0].start_char for sentence in document.sentences]
        for number, quotation in enumerate(quotations, start=1):
            touched = sorted(
                {
                    place
                    for span in (*quotation.content, *quotation.cue, *quotation.source)
                    for place in range(
                        max(0, bisect_right(starts, span.start) - 1), bisect_left(starts, span.end)
                    )
                }
            )
            sentences = tuple(document.sentences[place] for place in touched)
            found_quotation = FoundQuotation(quotation, document, sentences, number)
            results.append(found_quotation)
            for place in touched:
                of_sentence[place].append(found_quotation)
        document.quotations = tuple(results)
        for number, sentence in enumerate(document.sentences):
            sentence.quotations = tuple(of_sentence[number])
        return document

    def mark_inactive(self) -> None:
        """Lets go of what it holds: Stanza asks for it when a part before this one is missing."""
        self._attributor = None  # type: ignore[assignment] # never used again


class _Given:
    """In the parser's place: the pipeline has parsed already."""

    document = ParsedDocument("", ())
    weights_sha256: dict[str, str] = {}  # noqa: RUF012

    def parse_many(
        self,
        texts: Iterable[Text],
        *,
        parse_filter: SentenceFilter | None = None,  # noqa: ARG002 (the place is the parser's)
    ) -> Iterator[ParsedDocument]:
        for _ in texts:
            yield self.document


def parsed_document(document: Any) -> ParsedDocument:
    """A Stanza document as the stages of quotecheck read it; sentences end with their paragraph.

    Raises:
        InputError: it has no text, or its words have no places in it.
    """
    return _parsed(document, paragraphs(_text_of(document)))


def _text_of(document: Any) -> str:
    text = document.text
    if not isinstance(text, str):
        raise InputError(
            "the Stanza document has no text, so quotations cannot be located in it",
            remedy="Give the pipeline the raw text, not words or CoNLL-U.",
        )
    return text


def _parsed(document: Any, paragraph_spans: Iterable[Span]) -> ParsedDocument:
    text = document.text
    ends = iter(paragraph_spans)
    limit = next(ends, None)
    sentences: list[Sentence] = []
    for sentence in document.sentences:
        tokens = _tokens(text, sentence)
        mentions = [
            Mention(Span(entity.start_char, entity.end_char), entity_label(entity.type))
            for entity in sentence.ents
        ]
        begin = 0
        for end in range(1, len(tokens) + 1):
            while limit is not None and tokens[end - 1].start >= limit.end:
                limit = next(ends, None)
            if end == len(tokens) or (limit is not None and tokens[end].start >= limit.end):
                sentences.append(_sentence(tokens, begin, end, mentions))
                begin = end
    return ParsedDocument(text, tuple(sentences))


def _tokens(text: str, sentence: Any) -> list[Token]:
    tokens = []
    for token in sentence.tokens:
        if token.start_char is None or token.end_char is None:
            raise InputError(
                f"the word {token.text!r} of the Stanza document is not in its text",
                remedy="Give the pipeline the raw text, not words or CoNLL-U.",
            )
        whole = Span(token.start_char, token.end_char)
        places = divide(token.text, whole, [word.text for word in token.words])
        for word, place in zip(token.words, places, strict=True):
            tokens.append(
                Token(
                    place.start,
                    place.end,
                    place.of(text),
                    word.lemma or word.text,
                    word.upos or "X",
                    word.xpos or "",
                    word.feats or "",
                    int(word.head) - 1 if word.head is not None else -1,
                    word.deprel or "",
                )
            )
    return tokens


def _sentence(
    tokens: Sequence[Token], begin: int, end: int, mentions: Sequence[Mention]
) -> Sentence:
    """The words from ``begin`` to ``end`` as a sentence of their own.

    Words whose heads are elsewhere hang on the first such word, as asides of it.
    """
    root = -1
    words = []
    for place in range(begin, end):
        token = tokens[place]
        head, relation = token.head - begin, token.deprel
        if not 0 <= head < end - begin:
            head, relation = (root, "parataxis") if root >= 0 else (-1, "root")
            root = root if root >= 0 else place - begin
        words.append(
            Token(
                token.start,
                token.end,
                token.text,
                token.lemma,
                token.upos,
                token.xpos,
                token.feats,
                head,
                relation,
            )
        )
    span = Span(words[0].start, max(token.end for token in words))
    inside = tuple(mention for mention in mentions if span.contains(mention.span))
    return Sentence(span, tuple(words), inside, parsed=True)
