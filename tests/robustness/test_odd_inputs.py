"""Odd names, ids, dates and headers cost their own file or record, and are shown, not obeyed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.library.library import open_library
from quotecheck.reading.documents import read_documents
from tests.support.commands import Run

WORDS = "Ann Lee said: “The ferry leaves at {}, and nobody waved.”\n"
LONG_ID = "x" * 5000
MOST_LINES = 40
"""Lines that a table of a few documents takes."""


@pytest.fixture
def odd_names(tmp_path: Path) -> Path:
    """A folder with three files: a name that is not UTF-8, one with controls, and a plain one."""
    folder = tmp_path / "in"
    folder.mkdir()
    try:
        with open(os.fsencode(folder) + b"/caf\xe9.txt", "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(WORDS.format("six"))
        (folder / "a\x1b]0;owned\x07.txt").write_text(WORDS.format("seven"), encoding="utf-8")
    except (OSError, UnicodeError) as error:
        pytest.skip(f"the file system takes no such names: {error}")
    (folder / "plain.txt").write_text(WORDS.format("eight"), encoding="utf-8")
    return folder


@pytest.fixture
def records(tmp_path: Path) -> Path:
    rows = [
        {"id": LONG_ID, "text": WORDS.format("six"), "date": "03/04/2024"},
        {"id": "plain", "text": WORDS.format("seven"), "date": "last spring", "author": LONG_ID},
        {"id": "\x1b[31m", "text": WORDS.format("eight"), "title": "\x1b]0;owned\x07"},
        {"id": "dated", "text": WORDS.format("nine"), "date": "2024-03-04"},
    ]
    path = tmp_path / "records.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="other systems make such names impossible")
@pytest.mark.weights
def test_names_that_are_not_utf_8_cost_their_own_file_in_both_commands(
    odd_names: Path, tmp_path: Path, run: Run
) -> None:
    built = run("build", odd_names, "--db", tmp_path / "l.db", "--no-attribute")
    attributed = run("attribute", odd_names)
    for ran in (built, attributed):
        assert ran.code == 1
        assert "caf\\xe9.txt" in ran.said
        assert "not in UTF-8" in ran.said
        assert "\x1b" not in ran.said
    assert "eight" in attributed.out
    assert "seven" in attributed.out
    with open_library(tmp_path / "l.db") as library:
        assert library.statistics().documents == 2


@pytest.mark.skipif(sys.platform != "linux", reason="other systems make such names impossible")
def test_a_name_that_is_not_utf_8_is_an_error_of_reading(odd_names: Path) -> None:
    (path,) = (p for p in odd_names.iterdir() if "\udce9" in p.name)
    with pytest.raises(InputError, match="not in UTF-8") as caught:
        list(read_documents(path))
    assert caught.value.remedy == "Rename the file."


def test_ids_of_5000_characters_are_taken_and_shown_short(
    records: Path, tmp_path: Path, run: Run
) -> None:
    db = tmp_path / "l.db"
    assert run("build", records, "--db", db, "--no-attribute").code == 0
    quote = "The ferry leaves at six, and nobody waved"
    for command in (
        ["search", "ferry", "--db", db],
        ["check", quote, "--db", db],
        ["check", quote, "--speaker", LONG_ID, "--db", db],
        ["trace", quote, "--db", db],
        ["recheck", "--db", db],
        ["verify", db],
        ["speakers", "list", "--db", db],
        ["forget", LONG_ID, "--db", db, "--dry-run"],
        ["search", "ferry", "--speaker", LONG_ID + "y", "--db", db],
        ["check", quote, "--db", tmp_path / LONG_ID],
    ):
        ran = run(*command)
        assert len(ran.said.splitlines()) <= MOST_LINES, command
        assert "x" * 200 not in ran.out, command
        assert "\x1b" not in ran.said, command
        assert "Traceback" not in ran.said, command
    found = json.loads(run("search", "ferry six", "--db", db, "--format", "json").out)
    assert [hit["document"] for hit in found["hits"]] == [LONG_ID]  # whole for programs


def test_dates_that_are_not_iso_break_no_search_and_no_chart(
    records: Path, tmp_path: Path, run: Run
) -> None:
    db = tmp_path / "l.db"
    run("build", records, "--db", db, "--no-attribute")
    assert "03/04/2024" in run("search", "six", "--db", db).out
    assert run("search", "six", "--from", "2024", "--db", db).code == 0
    chart = run("search", "ferry", "--chart", "--db", db)
    assert chart.code == 0
    assert "2024" in chart.out
    assert run("search", "ferry", "--chart", "--by", "month", "--db", db).code == 0
    counted = json.loads(run("search", "ferry", "--chart", "--db", db, "--format", "json").out)
    assert [(one["period"], one["total"]) for one in counted["periods"]] == [("2024-03", 1)]
    assert counted["undated"] == 3


NESTED = {
    "blocks": "a:\n" + "".join("  " * depth + "b:\n" for depth in range(1, 1001)),
    "lists": f"a: {'[' * 1000}{']' * 1000}\n",
    "maps": f"title: {'{b: ' * 1000}{'}' * 1000}\n",
    "items": "a:\n" + "- " * 1000 + "b\n",
    "quotes": "title: " + "'\"" * 1000 + "\n",
}


@pytest.mark.parametrize("kind", NESTED)
def test_front_matter_that_is_nested_1000_deep(tmp_path: Path, run: Run, kind: str) -> None:
    (tmp_path / "deep.md").write_text(
        f"---\n{NESTED[kind]}---\n{WORDS.format('six')}", encoding="utf-8"
    )
    (tmp_path / "plain.md").write_text(WORDS.format("seven"), encoding="utf-8")
    db = tmp_path / "l.db"
    assert run("build", tmp_path, "--db", db, "--no-attribute").code == 0
    for hour in ("six", "seven"):
        assert hour in run("search", f"leaves at {hour}", "--db", db).out


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "a", "--db", "no\x1b]0;owned\x07.db"],
        ["attribute", "no\x1b[31m\x9b.txt"],
        ["check", "a", "--db", "no\x1b.db"],
        ["speakers", "list", "--db", "no\x1b.db"],
        ["verify", "no\x1b.db"],
        ["build", "no\x1b.txt", "--db", "l.db"],
        ["export", "no\x1b.db"],
    ],
)
def test_control_characters_in_an_error_are_shown(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run(*arguments)
    assert ran.code == 2
    assert "␛" in ran.err
    assert not {"\x1b", "\x07", "\x9b"} & set(ran.said)
