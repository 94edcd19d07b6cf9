"""`quotecheck checks`: what a desk keeps, sets, publishes and removes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import quotecheck
from quotecheck.cli import app
from quotecheck.errors import InputError
from quotecheck.library.kept_checks import changes_of, kept_checks
from quotecheck.library.library import open_library
from tests.support import paths

TRUE = "No village will be asked to move twice."
FALSE = "I will sign a paper that leaves the mills dry."


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "library.db"
    quotecheck.build(paths.ROOT / "corpora" / "sample" / "sources", path, attribute=False)
    return path


def ran(*words: object) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


def rows(db: Path, *options: str) -> list[dict[str, object]]:
    done = ran("checks", "list", "--db", db, "--format", "jsonl", *options)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_nothing_is_kept_unless_asked(db: Path) -> None:
    before = db.read_bytes()
    ran("check", FALSE, "--db", db)
    assert db.read_bytes() == before
    assert rows(db) == []
    assert "No checks are kept" in ran("checks", "list", "--db", db).stdout


def test_a_check_is_kept_once_and_set_with_a_history(db: Path) -> None:
    for _ in range(2):
        done = ran("check", FALSE, "--speaker", "Ilse Norran", "--db", db, "--keep")
        assert done.exit_code == 1
        assert f"1 check is kept in {db}" in done.stderr
    ran("check", TRUE, "--db", db, "--keep")
    newest, first = rows(db)
    assert (newest["quotation"], newest["status"]) == (TRUE, "open")
    assert first["check"]["reasons"] == ["drops “not” (negation)"]  # type: ignore[index]
    done = ran("checks", "set", first["id"], "--status", "disputed", "--note", "She denies it",
               "--by", "Jo", "--db", db)  # fmt: skip
    assert done.exit_code == 0, done.output
    ran("checks", "set", first["id"], "--status", "corrected", "--by", "Ann", "--db", db)
    with open_library(db) as library:
        assert [
            (c.status, c.note, c.who) for c in changes_of(library.db, int(str(first["id"])))
        ] == [
            ("disputed", "She denies it", "Jo"),
            ("corrected", "She denies it", "Ann"),
        ]
    assert [row["id"] for row in rows(db, "--status", "corrected")] == [first["id"]]
    assert [row["id"] for row in rows(db, "--verdict", "verbatim")] == [newest["id"]]
    assert rows(db, "--since", "2999-01-01") == []
    assert [row["id"] for row in rows(db, "--by", "ann")] == [first["id"]]
    assert rows(db, "--by", "Jo") == [], "who set it last"
    shown = ran("checks", "show", first["id"], "--db", db).stdout
    assert "by Jo: disputed" in shown
    assert "because: drops “not” (negation)" in shown
    table = ran("checks", "list", "--db", db).stdout
    assert "2 kept checks, 1 of them open." in table


def test_a_report_says_who_checked(db: Path) -> None:
    done = ran("check", FALSE, "--db", db, "--format", "html", "--by", "Nell <b>")
    assert done.exit_code == 1
    assert "Checked by Nell &lt;b&gt; on " in done.stdout


def test_what_is_published_names_the_publisher_and_the_day(db: Path) -> None:
    ran("check", FALSE, "--speaker", "Ilse Norran", "--db", db, "--keep")
    done = ran("checks", "list", "--db", db, "--format", "claim-review", "--publisher", "The Desk")
    (review,) = json.loads(done.stdout)["@graph"]
    assert review["author"] == {"@type": "Organization", "name": "The Desk"}
    assert review["reviewRating"]["ratingValue"] == 2  # what --fail-on meaning stops
    assert len(review["datePublished"]) == 10
    assert review["itemReviewed"]["author"]["name"] == "Ilse Norran"
    assert "Status: open." in review["reviewBody"]


def test_checks_are_removed_alone_and_with_their_source(db: Path) -> None:
    ran("check", FALSE, "--db", db, "--keep")
    ran("check", TRUE, "--db", db, "--keep")
    second, first = rows(db)
    assert ran("checks", "forget", first["id"], "--db", db).exit_code == 0
    assert [row["id"] for row in rows(db)] == [second["id"]]
    source = second["check"]["document"]  # type: ignore[index]
    assert ran("forget", source, "--yes", "--db", db).exit_code == 0
    assert rows(db) == []
    assert ran("verify", db).exit_code == 0
    assert b'"quote": "' not in db.read_bytes()  # the words stand in other sources too


def test_an_article_is_kept_with_its_name(db: Path, tmp_path: Path) -> None:
    listed = tmp_path / "lines.txt"
    listed.write_text(f"{TRUE}\n{FALSE}\n")
    ran("check", listed, "--lines", "--db", db, "--keep")
    with open_library(db) as library:
        found = kept_checks(library.db, article="LINES")
    assert [one.number for one in found] == [2, 1]
    assert {one.article for one in found} == {str(listed)}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["set", "9", "--status", "open"], "no kept check 9"),
        (["set", "9"], "nothing to set"),
        (["show", "9"], "no kept check 9"),
        (["forget", "9"], "no kept check 9"),
    ],
)
def test_what_is_not_there_is_said(db: Path, words: list[str], told: str) -> None:
    error = ran("checks", *words, "--db", db).exception
    assert isinstance(error, InputError)
    assert told in str(error)
