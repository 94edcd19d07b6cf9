"""The user's table of speakers: what it may hold, and what it does to a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.building.build import build
from quotecheck.errors import InputError
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from quotecheck.reading.speaker_table import read_speaker_table
from quotecheck.speakers.changes import identify, undo
from quotecheck.speakers.table_import import import_speaker_table
from tests.support.building_cases import make_attributor
from tests.support.commands import Run

if TYPE_CHECKING:
    from pathlib import Path

TABLE = """name,alias,identifier
Hillary Clinton,CLINTON; Secretary Clinton,Q6294
Hillary Clinton,H. Clinton,
"Rudi Koss, the elder",KOSS,
Nobody Else,,Q1
"""
TALK = (
    "CLINTON: Will the bridge open in May?\n\nKOSS: It will not open.\n\n"
    "CLINTON: Why will it not?\n\nKOSS: It is not there."
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def spoke(path: Path) -> dict[str, int]:
    with open_library(path) as library:
        return dict(
            library.db.execute("SELECT speaker, count(*) FROM who_spoke GROUP BY 1").fetchall()
        )


def test_a_table_is_read_line_by_line(table: Path) -> None:
    clinton, koss, nobody = read_speaker_table(table)
    assert (clinton.name, clinton.identifier, clinton.line) == ("Hillary Clinton", "Q6294", 2)
    assert clinton.aliases == (("CLINTON", 2), ("Secretary Clinton", 2), ("H. Clinton", 3))
    assert (koss.name, koss.aliases, koss.identifier) == (
        "Rudi Koss, the elder", (("KOSS", 4),), None,
    )  # fmt: skip
    assert (nobody.aliases, nobody.identifier) == ((), "Q1")


@pytest.mark.parametrize("before", [True, False], ids=["table first", "table later"])
def test_turns_of_an_alias_are_stored_under_the_name(
    tmp_path: Path, table: Path, talk: Path, before: bool
) -> None:
    path = tmp_path / "library.db"
    if not before:
        build([talk], path, attribute=False)
        assert spoke(path) == {"Clinton": 2, "Koss": 2}
    with open_library(path, create=True) as library:
        done = import_speaker_table(library, table)
    assert (done.speakers, done.moved) == (3, 0 if before else 4)
    report = build([talk], path, attribute=False)
    assert report.failed == 0
    assert spoke(path) == {"Hillary Clinton": 2, "Rudi Koss, the elder": 2}
    with open_library(path, create=True) as library:
        known = dict(library.db.execute("SELECT name, identifier FROM speakers").fetchall())
        assert known["Hillary Clinton"] == "Q6294"
        again = import_speaker_table(library, table)
        assert (again.names, again.moved) == (0, 0)
    report = build([talk], path, attribute=False)
    assert (report.skipped, report.updated) == (1, 0)
    with Verification(path) as verification:
        assert list(verification.findings()) == []


def test_quotations_follow_and_a_change_can_be_taken_back(tmp_path: Path, table: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("“It is late,” said H. Clinton.\n", encoding="utf-8")
    path = tmp_path / "library.db"
    build([article], path, attributor_factory=make_attributor)
    with open_library(path, create=True) as library:
        (before,) = library.db.execute("SELECT speaker FROM who_said_what").fetchone()
        (tmp_path / "one.csv").write_text(
            f"name,alias\nHillary Clinton,{before}\n", encoding="utf-8"
        )
        done = import_speaker_table(library, tmp_path / "one.csv", by="me")
        assert done.moved == 1
        sql = "SELECT speaker FROM who_said_what"
        assert library.db.execute(sql).fetchone() == ("Hillary Clinton",)
        undo(library)
        assert library.db.execute(sql).fetchone() == (before,)


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        ("", None, "empty"),
        ("a,b\nx,y", 1, "does not name the columns"),
        ("name,alias\n,LEE\n", 2, "no name"),
        ("name,alias\nAnn Lee,LEE\nBo Lee,LEE\n", 3, "on line 2"),
        ("name,alias\nAnn Lee,Bo Lee\nBo Lee,B.\n", 2, "a name of its own on line 3"),
        ("name,alias,identifier\nAnn,A,Q1\nAnn,B,Q2\n", 3, "Q2 here, and Q1"),
        ("name,alias\nAnn,A,Q1\n", 2, "3 fields"),
        ('name,alias\nAnn,"A\n', 2, "cannot be read"),
        (f"name,alias\nAnn,{'x' * 300}\n", 2, "more than 200"),
        ("name;alias\nAnn;A;B\n", 2, "3 fields"),
    ],
)
def test_tables_that_are_wrong_say_where(
    tmp_path: Path, rows: str, line: int | None, what: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=what) as caught:
        read_speaker_table(path)
    assert caught.value.where == (f"{path}:{line}" if line else str(path))
    assert caught.value.remedy


def test_a_table_that_the_library_contradicts_changes_nothing(tmp_path: Path) -> None:
    first, second = tmp_path / "1.csv", tmp_path / "2.tsv"
    first.write_text("name,alias,identifier\nAnn Lee,LEE,Q1\n", encoding="utf-8")
    with open_library(tmp_path / "library.db", create=True) as library:
        import_speaker_table(library, first)
        for rows, line in (
            ("name\talias\nNew\tN.\nBo Lee\tLEE\n", 3),
            ("name\talias\tidentifier\nNew\tN.\t\nAnn Lee\t\tQ2\n", 3),
            ("name\talias\nNew\tN.\nLEE\tX\n", 3),
        ):
            second.write_text(rows, encoding="utf-8")
            with pytest.raises(InputError) as caught:
                import_speaker_table(library, second)
            assert caught.value.where == f"{second}:{line}"
            names = {row["name"] for row in library.db.query("SELECT name FROM speakers")}
            assert names == {"Ann Lee"}
        second.write_text("name\talias\nAnn Lee\tA. Lee;Ann\n", encoding="utf-8")
        assert import_speaker_table(library, second).names == 2
        identify(library, "Ann Lee", None)


def test_the_command(
    tmp_path: Path,
    table: Path,
    talk: Path,
    run: Run,
) -> None:
    db = tmp_path / "library.db"
    command = ("build", talk, "--db", db, "--no-attribute", "--speakers", table)
    ran = run(*map(str, command))
    assert ran.code == 0, ran.err  # type: ignore[attr-defined]
    assert spoke(db) == {"Hillary Clinton": 2, "Rudi Koss, the elder": 2}
    table.write_text("name,alias\n,x\n", encoding="utf-8")
    ran = run(*map(str, command))
    assert (ran.code, f"{table}:2" in ran.err) == (2, True)  # type: ignore[attr-defined]


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(alphabet='ab";,\n\t é', max_size=60))
def test_any_table_is_read_or_refused_in_words(tmp_path: Path, rows: str) -> None:
    path = tmp_path / "any.csv"
    path.write_text("name,alias,identifier\n" + rows, encoding="utf-8", newline="")
    try:
        found = read_speaker_table(path)
    except InputError:
        return
    names = [speaker.name for speaker in found]
    assert len(set(names)) == len(names)
    aliases = [alias for speaker in found for alias, _ in speaker.aliases]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & set(names)
