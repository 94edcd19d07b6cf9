"""What the rules find on a stored parse, without weights of the parser."""

from __future__ import annotations

import re
from typing import Any

from quotecheck.attribution.attribute import attribute
from quotecheck.coreference.resolve import resolve
from quotecheck.records.quotation import Attribution, Quotation
from quotecheck.records.text import ParsedDocument
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages


def found_in(parse: ParsedDocument, **options: Any) -> tuple[Attribution, ...]:
    limits = paragraphs(parse.text)
    return attribute(parse, quoted_passages(parse.text, limits), limits, **options)


def bare(words: str) -> str:
    """Words without "that", "as" and the punctuation around them, on which annotators differ."""
    return re.sub(r"^(?:that|as)\s+", "", words.strip(" ,.;:"))


def quotations_of(parse: ParsedDocument, author: str | None = None) -> tuple[Quotation, ...]:
    limits = paragraphs(parse.text)
    passages = quoted_passages(parse.text, limits)
    found = attribute(parse, passages, limits)
    return resolve(parse, found, limits, [p.outer for p in passages if p.depth == 0], author)
