"""Published fact-checks in feeds and pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.claim_reviews import read_claim_reviews
from quotecheck.reading.documents import read_documents
from quotecheck.records.fact_check import FactCheck

REVIEW: dict[str, Any] = {
    "@type": "ClaimReview",
    "url": "https://desk.example/ferry",
    "datePublished": "2031-05-02T08:00:00Z",
    "author": {"@type": "Organization", "name": "Harbour Facts"},
    "claimReviewed": "The ferry lost half its passengers in a year.",
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "Maud Ellis"}},
    "reviewRating": {"@type": "Rating", "ratingValue": 2, "alternateName": "Mostly false"},
}
READ = FactCheck(
    "The ferry lost half its passengers in a year.",
    said_by="Maud Ellis",
    rating="Mostly false",
    publisher="Harbour Facts",
    url="https://desk.example/ferry",
    date="2031-05-02",
)


def _read(path: Path) -> list[FactCheck | InputError]:
    return list(read_claim_reviews(path))


def _told(found: FactCheck | InputError) -> tuple[Any, ...]:
    assert isinstance(found, FactCheck)
    names = ("claim", "words", "said_by", "rating", "publisher", "url", "date")
    return tuple(getattr(found, name) for name in names)


@pytest.mark.parametrize(
    "feed",
    [
        REVIEW,
        [REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}]},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": REVIEW}]},
        REVIEW | {"@type": ["Review", "https://schema.org/ClaimReview"]},
    ],
    ids=["one", "list", "graph", "feed", "item list", "several types"],
)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_feed_of_any_shape_is_read(tmp_path: Path, feed: Any, mark: str) -> None:
    path = tmp_path / "claims.json"
    path.write_text(mark + json.dumps(feed), encoding="utf-8")
    (found,) = _read(path)
    assert _told(found) == _told(READ)
    assert isinstance(found, FactCheck)
    assert (found.path, found.position, len(found.bytes_sha256)) == (str(path), 1, 64)


def test_what_is_referred_to_is_followed(tmp_path: Path) -> None:
    graph = [
        REVIEW | {"@id": "#r", "author": {"@id": "#desk"}, "itemReviewed": {"@id": "#claim"}},
        {"@id": "#desk", "@type": "Organization", "name": "Harbour Facts"},
        {"@id": "#claim", "@type": "Claim", "author": [{"name": "Maud Ellis"}]},
        {"@type": "WebPage", "mainEntity": {"@id": "#r", "@type": "ClaimReview"}},
    ]
    path = tmp_path / "claims.json"
    path.write_text(json.dumps({"@graph": graph}), encoding="utf-8")
    (found,) = _read(path)
    assert _told(found) == _told(READ)


def test_the_words_that_were_checked_stand_apart(tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    item = {"@type": "Claim", "author": "Maud Ellis", "text": "We paid &amp; <b>left</b>."}
    path.write_text(json.dumps(REVIEW | {"itemReviewed": item}), encoding="utf-8")
    (found,) = _read(path)
    assert isinstance(found, FactCheck)
    assert (found.words, found.said_by) == ("We paid & left .", "Maud Ellis")


@pytest.mark.parametrize(
    ("rating", "told"),
    [
        ({"ratingValue": 1, "bestRating": 5}, "1 of 5"),
        ({"ratingValue": "2.5"}, "2.5"),
        ({"name": "False", "ratingValue": 1}, "False"),
        ([{"alternateName": "Unproven"}], "Unproven"),
        ("Wrong", "Wrong"),
        (None, None),
        ({"ratingValue": True}, None),
    ],
)
def test_ratings(tmp_path: Path, rating: object, told: str | None) -> None:
    path = tmp_path / "claims.json"
    path.write_text(json.dumps(REVIEW | {"reviewRating": rating}), encoding="utf-8")
    (found,) = _read(path)
    assert isinstance(found, FactCheck)
    assert found.rating == told


def test_a_page_tells_its_reviews_and_keeps_its_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><title>Ferry</title>"
        f'<script type="application/ld+json">{json.dumps(REVIEW)}</script>'
        '<script type="application/ld+json">{"@type": "ClaimReview", broken</script></head>'
        "<body><article><h1>Ferry</h1><p>We looked at the counts of the harbour, and they show"
        " another thing than was said at the meeting.</p></article></body></html>",
        encoding="utf-8",
    )
    (found,) = _read(path)
    assert _told(found) == _told(READ)
    (document,) = read_documents(path)
    assert not isinstance(document, InputError)
    assert "counts of the harbour" in document.text


def test_a_review_without_a_claim_costs_itself_alone(tmp_path: Path) -> None:
    path = tmp_path / "claims.json"
    bare = {"@type": "ClaimReview", "url": "https://desk.example/2"}
    long = REVIEW | {"claimReviewed": "word " * 5_000}
    path.write_text(json.dumps([bare, REVIEW, long]), encoding="utf-8")
    first, second, third = _read(path)
    assert isinstance(first, InputError)
    assert first.where == f"{path}, review 1"
    assert _told(second) == _told(READ)
    assert isinstance(third, InputError)


@pytest.mark.parametrize(
    ("name", "words", "told"),
    [
        ("claims.json", '{"@type": "ClaimReview", "claimReviewed": "x', "not JSON"),
        ("claims.json", "[" * 100_000 + '"ClaimReview"', "not JSON"),
        ("claims.json", '["the ClaimReview of the year"]', "holds no ClaimReview"),
    ],
)
def test_a_feed_that_is_none_is_an_error(tmp_path: Path, name: str, words: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match=told) as caught:
        _read(path)
    assert caught.value.remedy


@pytest.mark.parametrize("words", ['{"a": 1}', "[1, 2]", json.dumps(REVIEW)])
def test_json_is_no_text(tmp_path: Path, words: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match="ClaimReview"):
        list(read_documents(path))


def test_scripts_that_never_end_tell_of_none(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("<html><script type='application/ld+json'>ClaimReview" * 20_000, "utf-8")
    assert _read(path) == []


def test_other_files_tell_of_none(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text('{"@type": "ClaimReview"} is how it looks.', encoding="utf-8")
    assert _read(path) == []
    lines = tmp_path / "a.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": "Words."}), encoding="utf-8")
    assert _read(lines) == []
