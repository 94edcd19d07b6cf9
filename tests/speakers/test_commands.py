"""The commands on the people of a library."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from quotecheck.library.library import Library
from tests.support.commands import Run


def test_the_commands(library: Library, tmp_path: Path, run: Run) -> None:
    path = library.path
    told = run("speakers", "list", "--db", path).out
    assert "Ilse Norran" in told
    assert "5 speakers." in told
    assert "3 more" in run("speakers", "list", "--db", path, "--limit", "2").out
    ran = run("speakers", "merge", "Ilse Norran", "NORRAN", "--db", path, "--by", "Ann Lee")
    assert (ran.code, "Change 1: merge “NORRAN” into “Ilse Norran”." in ran.out) == (0, True)
    ran = run("speakers", "split", "Ilse Norran", "--alias", "NORRAN", "--db", path)
    assert "Change 2: split" in ran.out
    assert "Change 3" in run("speakers", "rename", "VELD", "J. Veld", "--db", path).out
    assert "Change 4" in run("speakers", "identify", "J. Veld", "Q9", "--db", path).out
    table = tmp_path / "people.tsv"
    table.write_text("name\tidentifier\nIlse Norran\tQ1\nJ. Veld\tQ2\n", encoding="utf-8")
    ran = run("speakers", "identify", "--from", table, "--db", path)
    assert "Ilse Norran is Q1" in ran.out
    assert "J. Veld stays Q9: the table has Q2" in ran.out
    assert "Change 6" in run("speakers", "identify", "J. Veld", "--none", "--db", path).out
    assert "undo 6" in run("speakers", "undo", "--db", path).out
    ran = run("speakers", "undo", "3", "--db", path)
    assert (ran.code, "Undo 4 first" in ran.err) == (2, True)
    lines = run("speakers", "history", "--db", path, "-f", "jsonl").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(range(len(lines), 0, -1))
    assert json.loads(lines[-1])["by"] == "Ann Lee"
    assert "Ann Lee" in run("speakers", "history", "--db", path).out
    rows_ = list(
        csv.DictReader(io.StringIO(run("speakers", "list", "--db", path, "-f", "csv").out))
    )
    assert {row["name"]: row["identifier"] for row in rows_}["Ilse Norran"] == "Q1"
    listed = json.loads(run("speakers", "list", "norran", "--db", path, "-f", "json").out)
    assert {one["name"] for one in listed} == {"Ilse Norran", "NORRAN"}
    ran = run("speakers", "suggest", "--db", path)
    assert "Nothing is merged automatically" in ran.out
    assert json.loads(run("speakers", "suggest", "--db", path, "-f", "json").out)[0]["reasons"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["merge", "Ilse Norran", "Nobody"], "nobody here is called"),
        (["identify"], "not clear what to do"),
        (["identify", "Ilse Norran"], "not clear what to do"),
        (["identify", "Ilse Norran", "Q1", "--none"], "not clear what to do"),
        (["identify", "--from", "no-such.csv"], "there is no such file"),
        (["undo"], "no change to undo"),
        (["undo", "7"], "no change 7"),
    ],
)
def test_the_commands_say_what_is_wrong(
    library: Library,
    run: Run,
    arguments: list[str],
    told: str,
) -> None:
    ran = run("speakers", *arguments, "--db", library.path)
    assert ran.code == 2
    assert told in ran.err


def test_a_library_that_is_missing_is_not_made(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "none.db"
    ran = run("speakers", "merge", "A", "B", "--db", path)
    assert (ran.code, "no library here" in ran.err) == (2, True)
    assert not path.exists()
