"""Published fact-checks beside a verdict: found by their words, kept, forgotten, never heeded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

import quotecheck
from quotecheck.checking.checker import check_quote
from quotecheck.checking.fact_checks import fact_checks_of
from quotecheck.errors import InputError
from quotecheck.library.fact_checks import add_fact_check, count_fact_checks
from quotecheck.library.library import Library, library_in_memory, open_library
from quotecheck.records.fact_check import FactCheck
from tests.support.commands import Run

SHA = "0" * 64
FERRY = FactCheck(
    "Maud Ellis said: “The ferry lost half its passengers in a year.”",
    words="The ferry lost half its passengers in a year.",
    said_by="Maud Ellis",
    rating="Mostly false",
    publisher="Harbour Facts",
    url="https://desk.example/ferry",
    date="2031-05-02",
    bytes_sha256=SHA,
)


def _library(*reviews: FactCheck) -> Library:
    library = library_in_memory()
    run = library.start_run("build", version="0")
    for review in reviews:
        add_fact_check(library, review, run)
    return library


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ("The ferry lost half its passengers in a year.", "verbatim"),
        ("“THE FERRY LOST HALF ITS PASSENGERS IN A YEAR”", "verbatim"),
        ("lost half its passengers", "verbatim"),
        ("I tell you, the ferry lost half its passengers in a year, and worse will come.",
         "verbatim"),
        ("The ferry lost a third of its passengers in a year.", "near"),
        ("The ferry lost half of its passengers within a year.", "near"),
        ("The ferry did not lose a passenger.", None),
        ("in a year", None),
        ("half", None),
        ("The harbour gained half its income from the ferry in a year.", None),
        ("…", None),
    ],
)  # fmt: skip
def test_which_words_a_fact_check_is_about(words: str, match: str | None) -> None:
    with _library(FERRY) as library:
        found = fact_checks_of(library.db.conn, words)
        assert [one.match for one in found] == ([match] if match else [])


def test_marks_of_the_search_are_no_commands() -> None:
    with _library(FERRY) as library:
        for words in ('ferry" OR "half', "claim:ferry", "NEAR(ferry half)", "*", "\0 ferry"):
            fact_checks_of(library.db.conn, words)


def test_no_verdict_heeds_a_fact_check() -> None:
    words = "The ferry lost half its passengers in a year."
    with _library() as bare, _library(FERRY) as told:
        before, after = check_quote(bare, words), check_quote(told, words)
        assert after.fact_checks
        assert replace(after, fact_checks=()) == before


def test_the_very_words_come_first_and_then_the_newest() -> None:
    near = replace(FERRY, claim="The ferry lost half its crew in a year.", words="", url="u1")
    old = replace(FERRY, date="2029-01-01", url="u2")
    with _library(near, old, FERRY) as library:
        found = fact_checks_of(library.db.conn, FERRY.words)
        assert [one.fact_check.url for one in found] == [FERRY.url, "u2", "u1"]


def test_what_is_told_again_is_kept_once_and_what_is_told_anew_takes_its_place() -> None:
    with _library(FERRY, FERRY) as library:
        assert count_fact_checks(library.db) == 1
        add_fact_check(library, replace(FERRY, rating="False"), 1)
        assert count_fact_checks(library.db) == 1
        (found,) = fact_checks_of(library.db.conn, FERRY.words)
        assert found.fact_check.rating == "False"
        held = library.db.execute("SELECT rating FROM fact_checks ORDER BY id").fetchall()
        assert held == [("Mostly false",), ("False",)]


def test_in_words() -> None:
    with _library(FERRY) as library:
        (same,) = fact_checks_of(library.db.conn, FERRY.words)
        (near,) = fact_checks_of(library.db.conn, "The ferry lost half its crew in a year.")
    assert str(same) == (
        "a fact-check of these words exists: Harbour Facts rated it “Mostly false” (2031-05-02,"
        " https://desk.example/ferry)"
    )
    assert str(near).startswith("a fact-check of nearly these words exists: Harbour Facts")
    assert str(near).endswith(f"; its claim reads: {FERRY.claim}")
    bare = replace(same, fact_check=FactCheck("x"))
    assert str(bare) == (
        "a fact-check of these words exists: somebody checked it, without a rating"
    )


# On the command line

FEED = [
    {
        "@type": "ClaimReview",
        "url": "https://desk.example/ferry",
        "datePublished": "2031-05-02",
        "author": {"name": "Harbour Facts"},
        "claimReviewed": "The ferry lost half its passengers in a year.",
        "reviewRating": {"alternateName": "Mostly false"},
    },
    {"@type": "ClaimReview"},
]
SPEECH = "The ferry lost a tenth of its passengers in a year. We paid for a second boat.\n"


@pytest.fixture
def told(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "speech.txt").write_text(SPEECH, encoding="utf-8")
    feed = tmp_path / "claims.json"
    feed.write_text(json.dumps(FEED), encoding="utf-8")
    library = tmp_path / "library.db"
    ran = run("build", feed, tmp_path / "speech.txt", "--db", library, "--no-attribute")
    assert ran.code == 1
    assert "1 published fact-check" in ran.out
    assert "review 2: this ClaimReview has no claim" in " ".join(ran.out.split())
    return library


WORDS = "The ferry lost half its passengers in a year."


@pytest.mark.parametrize(
    ("form", "told_as"),
    [
        ("table", "A fact-check of these words exists: Harbour Facts rated it “Mostly false”"),
        ("text", "Published: a fact-check of these words exists: Harbour Facts"),
        ("markdown", "Published: a fact-check of these words exists: Harbour Facts"),
        ("html", "A fact-check of these words exists: Harbour Facts rated it “Mostly false”"),
        ("sheet", "a fact-check of these words exists: Harbour Facts rated it “Mostly false”"),
        ("csv", "a fact-check of these words exists: Harbour Facts rated it “Mostly false”"),
    ],
)
def test_every_output_for_people_tells_of_it(told: Path, run: Run, form: str, told_as: str) -> None:
    ran = run("check", WORDS, "--db", told, "--format", form)
    assert told_as in " ".join(ran.out.split())


def test_json_tells_of_it(told: Path, run: Run) -> None:
    record = json.loads(run("check", WORDS, "--db", told, "--format", "json").out)["checks"][0]
    assert record["verdict"] == "altered"
    assert record["fact_checks"] == [
        {
            "match": "verbatim",
            "claim": WORDS,
            "said_by": None,
            "rating": "Mostly false",
            "publisher": "Harbour Facts",
            "url": "https://desk.example/ferry",
            "date": "2031-05-02",
        }
    ]


def test_what_we_publish_can_be_taken_in(told: Path, run: Run, tmp_path: Path) -> None:
    ours = tmp_path / "reviews.json"
    run("check", WORDS, "--db", told, "--speaker", "Maud Ellis", "--keep")
    ran = run(
        "checks", "list", "--db", told, "--format", "claim-review",
        "--publisher", "The Desk", "--output", ours,
    )  # fmt: skip
    assert ran.code == 0
    other = tmp_path / "other.db"
    assert run("build", ours, "--db", other, "--no-attribute").code == 0
    record = json.loads(run("check", WORDS, "--db", other, "--format", "json").out)["checks"][0]
    (found,) = record["fact_checks"]
    assert (found["match"], found["said_by"]) == ("verbatim", "Maud Ellis")
    assert (found["publisher"], found["rating"][:7]) == ("The Desk", "Altered")
    plain = tmp_path / "plain.json"
    run("check", WORDS, "--db", told, "--format", "claim-review", "--output", plain)
    assert run("build", plain, "--db", tmp_path / "third.db", "--no-attribute").code == 0


def test_a_file_of_fact_checks_can_be_forgotten(told: Path, run: Run, tmp_path: Path) -> None:
    ran = run("forget", tmp_path / "claims.json", "--db", told, "--yes")
    assert ran.code == 0
    assert "1 published fact-check" in ran.out
    assert b"Harbour Facts" not in told.read_bytes()
    assert run("verify", told).code == 0
    with open_library(told) as library:
        assert count_fact_checks(library.db) == 0
    assert run("forget", tmp_path / "claims.json", "--db", told, "--yes").code == 2


def test_the_same_feed_adds_nothing_and_verify_is_content(told: Path, run: Run) -> None:
    ran = run("build", told.parent / "claims.json", "--db", told, "--no-attribute")
    assert "Took in no new document" in ran.out
    assert run("verify", told).code == 0


def test_a_page_is_a_source_and_a_fact_check(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        f'<html><head><script type="application/ld+json">{json.dumps(FEED[0])}</script></head>'
        "<body><article><h1>Ferry</h1><p>We looked at the counts of the harbour, and they show"
        " another thing than was said.</p></article></body></html>",
        encoding="utf-8",
    )
    library = tmp_path / "l.db"
    ran = run("build", page, "--db", library, "--no-attribute")
    assert ran.code == 0
    assert "1 document" in ran.out
    assert "1 published fact-check" in ran.out


@pytest.mark.weights
def test_a_draft_is_checked_against_texts_and_a_feed(
    tmp_path: Path, attributor: quotecheck.Attributor
) -> None:
    feed = tmp_path / "claims.json"
    feed.write_text(json.dumps(FEED[0]), encoding="utf-8")
    draft = f"“{WORDS}” Maud Ellis said on Monday."
    pairs = quotecheck.check_text(draft, sources=[SPEECH, feed], attributor=attributor)
    ((check, _),) = pairs
    assert [one.match for one in check.fact_checks] == ["verbatim"]
    feed.write_text(json.dumps(FEED), encoding="utf-8")
    with pytest.raises(InputError, match="no claim"):
        quotecheck.check_text(draft, sources=[SPEECH, feed], attributor=attributor)


def test_attribute_and_parts_say_where_a_feed_belongs(told: Path, run: Run, tmp_path: Path) -> None:
    feed = tmp_path / "claims.json"
    ran = run("attribute", feed)
    assert ran.code != 0
    assert "quotecheck build" in ran.err
