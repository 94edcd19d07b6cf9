"""Names of the kinds of quotations, for each place where people read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quotecheck.records.quotation import Kind

__all__ = ["KIND_LABELS", "KindLabel"]


@dataclass(frozen=True, slots=True)
class KindLabel:
    """How a kind is called: in a table, in a note on a page, in full in a format of exchange.

    People read "direct", "partial" and "indirect" everywhere; "mixed" is the stored value of the
    second and stands in machine formats and options.
    """

    table: str
    page: str
    full: str


KIND_LABELS: Final[dict[Kind, KindLabel]] = {
    "direct": KindLabel("direct", "direct", "direct quotation"),
    "mixed": KindLabel("partial", "partial", "partly direct quotation"),
    "indirect": KindLabel("indirect", "indirect", "indirect quotation"),
    "scare": KindLabel("scare quote", "words in marks, not speech", "scare quote"),
    "title": KindLabel("title", "title of a work", "title of a work"),
}
"""The kinds in the order in which they are counted and offered."""
