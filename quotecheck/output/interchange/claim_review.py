"""Checks as schema.org ClaimReview, in JSON-LD that a page can carry in its head.

What is published so is taken as a judgement by search engines. So a quotation that was not found
gets no rating: that the words are not in a library does not make them false. The claim reviewed is
always "so-and-so said these words", never what the words say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.output.links import safe_url
from quotecheck.output.serialising import dumps
from quotecheck.records.plain import Record

if TYPE_CHECKING:
    from quotecheck.library.kept_checks import KeptCheck
    from quotecheck.output.registry import ArticleChecks
    from quotecheck.records.check import Check
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["as_json", "claim_reviews", "kept_review", "rating"]

Results = Iterable[tuple["Document | None", Sequence[tuple["Check", "Quotation | None"]]]]

_LABELS = {
    "verbatim": "Verbatim",
    "typographic": "Verbatim but for typography",
    "truncated": "Cut",
    "spliced": "Joined from several places",
    "altered": "Altered",
    "paraphrase": "Perhaps the same statement in other words",
    "misattributed": "Misattributed",
    "not_found": "Not found in the sources searched",
}
_BY_SEVERITY = {"none": 5, "wording": 4, "meaning": 2}


def rating(check: Check) -> int | None:
    """From 1 (somebody else's words) to 5 (faithful); None where nothing can be said.

    Faithful words whose sense a cut turns are rated by the cut.
    """
    return _stars(check.verdict, check.severity)


def _stars(verdict: str, severity: str) -> int | None:
    if verdict in ("not_found", "paraphrase"):
        return None
    return 1 if verdict == "misattributed" else _BY_SEVERITY[severity]


def claim_reviews(results: Results, result: ArticleChecks | None = None) -> Record:
    """One JSON-LD graph with a ClaimReview for each check.

    Args:
        results: articles with their checks; None for a quotation given by itself.
        result: what these are of, which knows the numbers of quotations in their articles.
    """
    graph: list[Record] = []
    for article, pairs in results:
        numbers = result.numbers(article, pairs) if result else range(1, len(pairs) + 1)
        for number, (check, quotation) in zip(numbers, pairs, strict=True):
            graph.append(_review(article, check, quotation, number))
    return {"@context": "https://schema.org", "@graph": graph}


def as_json(result: ArticleChecks) -> str:
    """The graph of a result as the text of a file."""
    return dumps(claim_reviews(result.articles, result), indent=2) + "\n"


def _review(
    article: Document | None, check: Check, quotation: Quotation | None, number: int
) -> Record:
    url = safe_url(article.url) if article else None
    base = f"urn:quotecheck:text:{article.text_sha256}" if article else None
    lead = f"{check.claimed_speaker} said" if check.claimed_speaker else "Somebody said"
    stars = rating(check)
    scale: Record = {"ratingValue": stars, "bestRating": 5, "worstRating": 1} if stars else {}
    return _filled(
        {
            "@type": "ClaimReview",
            "@id": f"{base}:review:{number}" if base else None,
            "url": url,
            "claimReviewed": f"{lead}: “{check.quote.strip()}”",
            "author": {
                "@type": "Organization",
                "name": "quotecheck",
                "description": f"An automatic comparison by quotecheck {__version__}",
            },
            "reviewRating": {"@type": "Rating", **scale, "alternateName": _label(check)},
            "reviewBody": "; ".join(check.reasons) or None,
            "inLanguage": "en",
            "itemReviewed": _filled(
                {
                    "@type": "Claim",
                    "author": _person(check.claimed_speaker),
                    "text": check.quote.strip(),
                    "appearance": _article(article, base, quotation),
                    "firstAppearance": _origin(check),
                }
            ),
        }
    )


def kept_review(check: KeptCheck, publisher: str | None) -> Record:
    """A ClaimReview of a kept check: with its address, its day, and who publishes it.

    A check that the desk disputes or has not looked at says so in its body.
    """
    record = check.record
    stars = _stars(check.verdict, check.severity)
    scale: Record = {"ratingValue": stars, "bestRating": 5, "worstRating": 1} if stars else {}
    lead = f"{check.credited_to} said" if check.credited_to else "Somebody said"
    body = [*record["reasons"], check.note, f"Status: {check.status}."]
    origin = {
        "@type": "CreativeWork",
        "identifier": record["document"],
        "name": record["title"],
        "datePublished": record["date"],
        "creator": _person(record["speaker"]),
        "text": record["origin_text"],
    }
    has_origin = record["document"] is not None and check.verdict != "not_found"
    appearance = {
        "@type": "CreativeWork",
        "headline": check.article_title,
        "url": safe_url(check.article_url),
        "datePublished": check.article_date,
    }
    return _filled(
        {
            "@type": "ClaimReview",
            "url": safe_url(check.article_url),
            "datePublished": (check.changed or check.made)[:10],
            "claimReviewed": f"{lead}: “{check.quotation.strip()}”",
            "author": {"@type": "Organization", "name": publisher or "quotecheck"},
            "reviewRating": {
                "@type": "Rating",
                **scale,
                "alternateName": _label_of(check.verdict, check.severity),
            },
            "reviewBody": "; ".join(part for part in body if part),
            "inLanguage": "en",
            "itemReviewed": _filled(
                {
                    "@type": "Claim",
                    "author": _person(check.credited_to),
                    "text": check.quotation.strip(),
                    "appearance": _filled(appearance) if check.article else None,
                    "firstAppearance": _filled(origin) if has_origin else None,
                }
            ),
        }
    )


def _label(check: Check) -> str:
    return _label_of(check.verdict, check.severity)


def _label_of(verdict: str, severity: str) -> str:
    label = _LABELS[verdict]
    if severity == "meaning" and verdict != "misattributed":
        return f"{label}, with another meaning"
    return label


def _article(
    article: Document | None, base: str | None, quotation: Quotation | None
) -> Record | None:
    if article is None:
        return None
    place = quotation.content[0] if quotation is not None and quotation.content else None
    return _filled(
        {
            "@type": "CreativeWork",
            "@id": f"{base}#char={place.start},{place.end}" if place else base,
            "headline": article.title,
            "url": safe_url(article.url),
            "datePublished": article.date,
            "author": _person(article.author),
            "publisher": {"@type": "Organization", "name": article.publication}
            if article.publication
            else None,
        }
    )


def _origin(check: Check) -> Record | None:
    """Where the words stand in the library; the earliest place that fits."""
    if check.document is None or check.verdict == "not_found":
        return None
    return _filled(
        {
            "@type": "CreativeWork",
            "identifier": check.document,
            "name": check.title,
            "datePublished": check.date,
            "creator": _person(check.speaker),
            "text": check.origin_text,
        }
    )


def _person(name: str | None) -> Record | None:
    return {"@type": "Person", "name": name} if name else None


def _filled(record: Record) -> Record:
    return {key: value for key, value in record.items() if value is not None}
