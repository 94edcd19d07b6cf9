"""Texts tagged and parsed as attribution does it, for the recipes that learn from its output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from quotecheck.attribution.attribute import worth_parsing
from quotecheck.parsing.parser import Text, load_parser
from quotecheck.records.span_tags import TaggedDocument
from quotecheck.records.text import ParsedDocument, QuotedPassage, Span
from quotecheck.tagging import load_tagger
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

__all__ = ["ParsedText", "parsed_as_usual"]


class _HasText(Protocol):
    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class ParsedText:
    """What is known of a text before its quotations are attributed."""

    parsed: ParsedDocument
    paragraphs: tuple[Span, ...]
    passages: tuple[QuotedPassage, ...]
    tagged: TaggedDocument


def parsed_as_usual(documents: Iterable[_HasText]) -> Iterator[ParsedText]:
    """The documents, tagged, and parsed where the tagger sees a cue, in order."""
    tagger = load_tagger()
    pages = []
    texts: list[Text] = []
    for document in documents:
        paragraph_spans = paragraphs(document.text)
        passages = quoted_passages(document.text, paragraph_spans)
        tagged = tagger.tag(document.text, paragraph_spans, passages)
        pages.append((paragraph_spans, passages, tagged))
        texts.append((document.text, paragraph_spans, worth_parsing(tagged)))
    for (paragraph_spans, passages, tagged), parsed in zip(
        pages, load_parser().parse_many(texts), strict=True
    ):
        yield ParsedText(parsed, paragraph_spans, passages, tagged)
