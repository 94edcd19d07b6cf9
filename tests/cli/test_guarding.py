"""Nothing that a command reads is replaced by what it writes; a missing path stops it at once."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from quotecheck.reading.documents import read_documents
from quotecheck.reading.formats.front_matter import front_matter
from tests.support.commands import Run

WORDS = "Ann Lee said: “The ferry leaves at six, and nobody waved.”\n"


@pytest.fixture
def library(tmp_path: Path, run: Run) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(WORDS, encoding="utf-8")
    library = tmp_path / "sources.db"
    assert run("build", tmp_path / "news", "--db", library, "--no-attribute").code == 0
    return library


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm", "-journal"])
def test_an_output_never_replaces_the_library(library: Path, run: Run, suffix: str) -> None:
    before = library.read_bytes()
    output = library.with_name(library.name + suffix)
    for command in (
        ["search", "ferry", "--db", library, "--format", "json"],
        ["check", "the ferry leaves at six", "--db", library, "--format", "json"],
        ["trace", "the ferry leaves at six", "--db", library, "--format", "json"],
    ):
        ran = run(*command, "--output", output)
        assert ran.code == 2, command
        assert output.name in ran.err
    assert library.read_bytes() == before
    assert suffix == "" or not output.exists()


def test_an_output_never_replaces_another_database(library: Path, run: Run, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE a (b)")
    db.close()
    before = other.read_bytes()
    assert run("search", "ferry", "--db", library, "--format", "json", "-o", other).code == 2
    assert other.read_bytes() == before


@pytest.mark.parametrize("link", [False, True])
def test_an_output_never_replaces_an_input(tmp_path: Path, run: Run, link: bool) -> None:
    article = tmp_path / "a.txt"
    article.write_text(WORDS, encoding="utf-8")
    output = tmp_path / "b.txt" if link else article
    if link:
        output.symlink_to(article)
    ran = run("attribute", article, "--format", "json", "--output", output)
    assert ran.code == 2
    assert article.read_text(encoding="utf-8") == WORDS


def test_an_output_within_a_folder_that_is_read(library: Path, run: Run, tmp_path: Path) -> None:
    article = tmp_path / "news" / "a.txt"
    assert run("attribute", tmp_path / "news", "--format", "json", "-o", article).code == 2
    assert article.read_text(encoding="utf-8") == WORDS


def test_other_outputs_are_written_and_replaced(library: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "found.json"
    for _ in range(2):
        ran = run("search", "ferry", "--db", library, "--format", "json", "--output", output)
        assert ran.code == 0
        assert "ferry" in output.read_text(encoding="utf-8")


def test_a_missing_path_stops_before_any_work(tmp_path: Path, run: Run) -> None:
    there = tmp_path / "a.txt"
    there.write_text(WORDS, encoding="utf-8")
    library = tmp_path / "new.db"
    ran = run("build", there, tmp_path / "nowhere.txt", "--db", library, "--no-attribute")
    assert ran.code == 2
    assert "nowhere.txt" in ran.err
    ran = run("attribute", there, tmp_path / "nowhere.txt", "--db", library)
    assert ran.code == 2
    ran = run("build", there, "--db", library, "--speakers", tmp_path / "none.csv")
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == [there]


def test_control_characters_of_a_name_are_shown(tmp_path: Path, run: Run) -> None:
    ran = run("attribute", tmp_path / "a\x1b]0;owned\x07.txt")
    assert ran.code == 2
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err
    assert "a␛]0;owned␇.txt" in ran.err


@pytest.mark.parametrize("opening", ["[", "- ", "{", "'[", "[ "])
def test_front_matter_that_is_nested_a_thousand_deep(tmp_path: Path, opening: str) -> None:
    deep = opening * 1000 + "a" + "]" * 1000
    path = tmp_path / "a.md"
    path.write_text(f"---\ntitle: {deep}\n---\n{WORDS}", encoding="utf-8")
    (document,) = read_documents(path)
    assert "ferry" in getattr(document, "text", "")


def test_lists_within_lists_of_front_matter_are_one() -> None:
    found = front_matter("---\nauthor: [[Ann Lee, 'Jon Orr'], \"Bo Hay\"] # all\n---\nText.")
    assert found is not None
    assert found[0] == {"author": "Ann Lee, Jon Orr, Bo Hay"}


def test_lists_of_speakers_never_replace_the_library_or_another(
    library: Path, run: Run, tmp_path: Path
) -> None:
    before = library.read_bytes()
    for command in ("list", "suggest", "history"):
        for form in ("table", "json", "csv"):
            ran = run("speakers", command, "--db", library, "--format", form, "-o", library)
            assert ran.code == 2, (command, form)
            output = tmp_path / f"{command}.{form}"
            ran = run("speakers", command, "--db", library, "--format", form, "-o", output)
            assert ran.code == 0, (command, form)
            assert output.exists()
            assert ran.out == ""
    assert library.read_bytes() == before


def test_a_table_of_identifiers_that_is_missing_stops_at_once(library: Path, run: Run) -> None:
    ran = run("speakers", "identify", "--from", "nowhere.csv", "--db", library)
    assert ran.code == 2
    assert "nowhere.csv" in ran.err


_TEMPORARY = tuple(f"{one}.tmp" for one in ("", ".json", ".parquet", ".xlsx", ".docx", ".sheet"))


@pytest.mark.parametrize("name", ["out.json.tmp", "out.tmp", "out.json"])
def test_unfinished_files_never_take_a_name_of_the_users(
    library: Path, run: Run, tmp_path: Path, name: str
) -> None:
    mine = {tmp_path / f"out{ending}": ending for ending in _TEMPORARY}
    for path, text in mine.items():
        path.write_text(text, encoding="utf-8")
    output = tmp_path / name
    ran = run("search", "ferry", "--db", library, "--format", "json", "--output", output)
    assert ran.code == 0
    assert "ferry" in output.read_text(encoding="utf-8")
    ran = run("export", library, "--format", "parquet", "--output", tmp_path / "out.parquet")
    assert ran.code in (0, 2)  # 2: pyarrow is not installed
    draft = tmp_path / "draft.txt"
    draft.write_text(WORDS, encoding="utf-8")
    for form in ("xlsx", "docx", "sheet", "html"):
        target = tmp_path / f"out.{form}"
        ran = run("check", draft, "--lines", "--db", library, "--format", form, "--output", target)
        assert target.exists() or "quotecheck-toolkit[office]" in ran.err, (form, ran.err)
    for path, text in mine.items():
        if path != output:
            assert path.read_text(encoding="utf-8") == text
    assert {path.name for path in tmp_path.glob("*.tmp")} == {path.name for path in mine}


def test_an_input_named_as_an_unfinished_file_is_kept(tmp_path: Path, run: Run) -> None:
    article = tmp_path / "a.txt"
    article.write_text(WORDS, encoding="utf-8")
    there = tmp_path / "found.json.tmp"
    there.write_text(WORDS, encoding="utf-8")
    ran = run("attribute", article, "--format", "json", "--output", tmp_path / "found.json")
    assert ran.code == 0
    assert there.read_text(encoding="utf-8") == WORDS


def test_a_name_of_250_bytes_can_be_written(library: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / ("é" * 120 + ".json")
    assert run("search", "ferry", "--db", library, "--format", "json", "-o", output).code == 0
    assert "ferry" in output.read_text(encoding="utf-8")
