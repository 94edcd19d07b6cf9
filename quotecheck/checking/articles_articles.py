"""Whole articles, checked quotation by quotation."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.checking.articles import check_quotations
from quotecheck.checking.checker import SemanticFinder
from quotecheck.library.library import Library
from quotecheck.records.text import Check, Document, Quotation

__all__ = ["checked_quotations"]


def checked_quotations(
    library: Library,
    document: Document,
    quotations: Sequence[Quotation],
    *,
    semantic: SemanticFinder | None = None,
) -> list[tuple[Check, Quotation]]:
    """The direct and mixed quotations of an article, each with its check.

    ``semantic`` is asked where the words fail; see `quotecheck.checking.checker.Checker`.
    """
    worded = [q for q in quotations if q.kind in {"direct", "mixed"}]
    checks = check_quotations(library, document, worded, semantic=semantic)
    return list(zip(checks, worded, strict=True))
