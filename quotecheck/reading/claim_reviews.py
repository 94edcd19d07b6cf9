"""Published fact-checks (schema.org ClaimReview) in a feed, or in a page that carries them.

A feed is JSON-LD: one review, a list, a ``@graph``, or a DataFeed or ItemList around them, to any
depth. A page is HTML with JSON-LD in its ``<script>`` elements.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from quotecheck.errors import InputError
from quotecheck.reading.inputs import Source
from quotecheck.reading.metadata import iso_date
from quotecheck.records.fact_check import FactCheck
from quotecheck.text.digest import sha256_hex
from quotecheck.text.paragraphs import decode

__all__ = ["is_page", "not_a_text", "read_claim_reviews"]

_TYPE: Final = "claimreview"
_MARK: Final = b"ClaimReview"
_PAGES: Final = (".html", ".htm", ".xhtml")
_MAX_CLAIM_CHARS: Final = 20_000
"""Code points of a claim that is read; longer ones are articles."""
_MAX_FIELD_CHARS: Final = 2_000
"""Code points of any other field that are kept."""
_OPENING = re.compile(r"<script\b([^<>]{0,1000})>", re.IGNORECASE)
_CLOSING = re.compile(r"</script\b", re.IGNORECASE)
_TAG = re.compile(r"<[A-Za-z/][^<>]{0,400}>")
_REMEDY: Final = (
    "Give a ClaimReview feed: JSON-LD with objects whose @type is ClaimReview, each with"
    " claimReviewed."
)


def read_claim_reviews(path: Path | str) -> Iterator[FactCheck | InputError]:
    """Yield the fact-checks of a feed or a page, in their order.

    Args:
        path: the file; a file that is not a feed and carries no ClaimReview gives nothing.

    Yields:
        Fact-checks; an InputError in the place of each review that tells no claim.

    Raises:
        InputError: a feed cannot be read, is not JSON, or holds no ClaimReview.
    """
    source = Source.of(path)
    kind = source.kind()
    if kind not in ("claims", "html"):
        return
    data = source.read()
    if kind == "html" and _MARK not in data:
        return
    digest = sha256_hex(data)
    words, _ = decode(data)
    reviews = [*_of_page(words)] if kind == "html" else [*_of_feed(words, source.name)]
    for position, (review, nodes) in enumerate(reviews, start=1):
        try:
            fields = _fact_check(review, nodes)
        except InputError as error:
            where = f"{source.name}, review {position}"
            yield InputError(error.what, where=where, remedy=error.remedy)
            continue
        yield FactCheck(**fields, path=source.path, position=position, bytes_sha256=digest)


def is_page(path: Path | str) -> bool:
    """Whether a file with fact-checks is a page, which is a text besides."""
    return str(path).lower().endswith(_PAGES)


def not_a_text(kind: str, name: str) -> InputError:
    """What to say where JSON of such a kind (`Source.kind`) is read for texts."""
    if kind == "claims":
        return InputError(
            "this is a feed of published fact-checks (ClaimReview), and no text",
            where=name,
            remedy=f"Make them findable: quotecheck build {name} --db LIBRARY",
        )
    return InputError(
        "this JSON holds neither texts nor published fact-checks (ClaimReview)",
        where=name,
        remedy='Give JSON Lines with a field "text", one document a line, or a feed.',
    )


_ReviewWithNodes = tuple[Mapping[str, Any], Mapping[str, Mapping[str, Any]]]
"""A review, and the nodes of its file by their ``@id``."""


def _of_feed(words: str, name: str) -> Iterator[_ReviewWithNodes]:
    try:
        data = json.loads(words, strict=False)
    except (ValueError, RecursionError) as error:
        place = f"line {error.lineno}" if isinstance(error, json.JSONDecodeError) else "too deep"
        raise InputError(f"this feed is not JSON ({place})", where=name, remedy=_REMEDY) from error
    reviews = [*_reviews(data)]
    if not reviews:
        raise InputError("this JSON holds no ClaimReview", where=name, remedy=_REMEDY)
    yield from reviews


def _of_page(words: str) -> Iterator[_ReviewWithNodes]:
    at = 0
    while (opening := _OPENING.search(words, at)) is not None:
        closing = _CLOSING.search(words, opening.end())
        if closing is None:
            return
        at = closing.end()
        body = words[opening.end() : closing.start()]
        if "ld+json" not in opening[1].lower() or "ClaimReview" not in body:
            continue
        try:
            data = json.loads(body, strict=False)
        except (ValueError, RecursionError):
            continue  # the page is read for its text all the same
        yield from _reviews(data)


def _reviews(data: Any) -> Iterator[_ReviewWithNodes]:
    nodes: dict[str, Mapping[str, Any]] = {}
    reviews: list[Mapping[str, Any]] = []
    waiting = [data]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            name = node.get("@id")
            if isinstance(name, str) and len(node) > len(nodes.get(name, ())):
                nodes[name] = node
            if _is_review(node) and (len(node) > 2 or "@id" not in node):
                reviews.append(node)
            waiting += reversed([part for part in node.values() if isinstance(part, dict | list)])
        elif isinstance(node, list):
            waiting += reversed(node)
    for review in reviews:
        yield review, nodes


def _is_review(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type", node.get("type"))
    return any(
        isinstance(kind, str) and re.split(r"[/:#]", kind)[-1].lower() == _TYPE
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _fact_check(
    review: Mapping[str, Any], nodes: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    item = _node(review.get("itemReviewed"), nodes)
    words = _text(item.get("text")) or _text(item.get("name"))
    claim = _text(review.get("claimReviewed")) or words
    if not claim:
        raise InputError("this ClaimReview has no claim", remedy="Add its claimReviewed.")
    if max(len(claim), len(words)) > _MAX_CLAIM_CHARS:
        raise InputError(
            f"this claim is longer than {_MAX_CLAIM_CHARS:,} characters",
            remedy="Give the claim itself, not the article about it.",
        )
    day = _field(review.get("datePublished")) or _field(review.get("dateModified"))
    return {
        "claim": claim,
        "words": "" if words == claim else words,
        "said_by": _name(item.get("author") or item.get("creator"), nodes),
        "rating": _rating(_node(review.get("reviewRating"), nodes)),
        "publisher": _name(review.get("author") or review.get("publisher"), nodes),
        "url": _field(review.get("url")),
        "date": iso_date(day) if day else None,
    }


def _rating(rating: Mapping[str, Any]) -> str | None:
    """The publisher's word for it, or its number of how many."""
    label = _field(rating.get("alternateName")) or _field(rating.get("name"))
    value, best = _field(rating.get("ratingValue")), _field(rating.get("bestRating"))
    return label or (f"{value} of {best}" if value and best else value)


def _node(value: Any, nodes: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The object that a value is, or refers to by ``@id``; the first of a list."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, str):
        return nodes.get(value) or {"name": value}
    if not isinstance(value, dict):
        return {}
    name = value.get("@id")
    return nodes.get(name, value) if isinstance(name, str) else value


def _name(value: Any, nodes: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The name of a person or an organisation; several are joined."""
    several = value if isinstance(value, list) else [value]
    names = [_field(_node(item, nodes).get("name")) for item in several[:10]]
    return " and ".join(dict.fromkeys(name for name in names if name)) or None


def _field(value: Any) -> str | None:
    return _text(value)[:_MAX_FIELD_CHARS] or None


def _text(value: Any) -> str:
    """A value as one line of words, without markup."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value", "")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    words = html.unescape(str(value)) if "&" in str(value) else str(value)
    return " ".join(_TAG.sub(" ", words).split())
