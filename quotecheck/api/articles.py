"""Whole articles, checked quotation by quotation."""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.annotations import Check, Document, Quotation
from quotecheck.api.article_checks import check_quotations
from quotecheck.store import Library

__all__ = ["checked_quotations"]


def checked_quotations(
    library: Library, document: Document, quotations: Sequence[Quotation]
) -> list[tuple[Check, Quotation]]:
    """The direct and mixed quotations of an article, each with its check."""
    worded = [q for q in quotations if q.kind in {"direct", "mixed"}]
    return list(zip(check_quotations(library, document, worded), worded, strict=True))
