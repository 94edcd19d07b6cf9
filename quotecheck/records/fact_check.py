"""A fact-check that somebody has published, and how near its claim is to a quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

__all__ = ["ClaimMatch", "FactCheck", "FoundFactCheck"]

ClaimMatch = Literal["verbatim", "near"]
"""Whether the words of a quotation stand in a claim as they are, or with a few changed."""


@dataclass(frozen=True, slots=True)
class FactCheck:
    """A published fact-check, as its ClaimReview tells it; what it does not tell is None.

    ``claim`` is the claim as the publisher puts it, ``words`` the words that were checked, where
    they are given apart, else "". ``said_by`` is who is said to have claimed it, ``rating`` the
    publisher's own word for it. ``date`` is that of the fact-check, in ISO 8601. ``path``,
    ``position`` (from 1) and ``bytes_sha256`` say in which file it came.
    """

    claim: str
    words: str = ""
    said_by: str | None = None
    rating: str | None = None
    publisher: str | None = None
    url: str | None = None
    date: str | None = None
    path: str | None = None
    position: int = 1
    bytes_sha256: str = ""


@dataclass(frozen=True, slots=True)
class FoundFactCheck:
    """A fact-check whose claim holds the words of a quotation, or nearly these words."""

    fact_check: FactCheck
    match: ClaimMatch

    def to_dict(self) -> dict[str, Any]:
        """The record that ``quotecheck check --format json`` writes for it."""
        review = self.fact_check
        return {
            "match": self.match,
            "claim": review.claim,
            "said_by": review.said_by,
            "rating": review.rating,
            "publisher": review.publisher,
            "url": review.url,
            "date": review.date,
        }

    def __str__(self) -> str:
        review = self.fact_check
        nearly = "" if self.match == "verbatim" else "nearly "
        rated = f"rated it “{review.rating}”" if review.rating else "checked it, without a rating"
        place = ", ".join(part for part in (review.date, review.url) if part)
        message = f"a fact-check of {nearly}these words exists: {review.publisher or 'somebody'}"
        message += f" {rated}" + (f" ({place})" if place else "")
        return (
            message if self.match == "verbatim" else f"{message}; its claim reads: {review.claim}"
        )
