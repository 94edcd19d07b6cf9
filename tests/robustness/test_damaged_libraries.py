"""Files that are no library, and libraries that are damaged: told in words, left as they are."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotecheck.building.build import build
from quotecheck.checking.checker import Checker, check_quote
from quotecheck.checking.trace import trace_quote
from quotecheck.errors import LibraryError
from quotecheck.library.file_errors import raise_if_damaged
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from tests.support import paths

if TYPE_CHECKING:
    from tests.support.commands import Run

SAMPLE = paths.SAMPLE
QUOTE = "No village will be asked to move twice."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "library.db"
    build([str(SAMPLE / "sources")], path, attribute=False)
    return path


def use(path: Path) -> list[str]:
    """Look through a library, ask it, and write into it; what was said, without any traceback."""
    said: list[str] = []
    refusals: list[LibraryError] = []

    def verify() -> None:
        with Verification(path) as verification:
            said.extend(f"finding: {finding.what}" for finding in verification.findings())

    def check() -> None:
        with open_library(path) as opened:
            check_quote(opened, QUOTE, speaker="Osric Vane")
            trace_quote(Checker(opened), "They sent us a bill, and we paid it.")

    def fill() -> None:
        build([str(SAMPLE / "sources" / "saal-voices.jsonl")], path, attribute=False)

    for act in (verify, check, fill):
        try:
            act()
        except LibraryError as error:
            refusals.append(error)
    assert all(error.where == str(path) and error.remedy for error in refusals)
    return [*said, *map(str, refusals)]


# --------------------------------------------------------------------------------------- damaged


@pytest.mark.parametrize("seed", range(12))
def test_a_library_that_is_cut_off_anywhere(seed: int, library: Path, tmp_path: Path) -> None:
    whole = library.read_bytes()
    path = tmp_path / "library.db"
    path.write_bytes(whole[: random.Random(seed).randrange(1, len(whole))])
    assert use(path)


@pytest.mark.parametrize("seed", range(12))
def test_a_library_with_a_page_overwritten(seed: int, library: Path, tmp_path: Path) -> None:
    rng = random.Random(1000 + seed)
    content = bytearray(library.read_bytes())
    at = rng.randrange(100, len(content) - 600)
    content[at : at + 512] = rng.choice([bytes(512), b"\xff" * 512, rng.randbytes(512)])
    path = tmp_path / "library.db"
    path.write_bytes(content)
    use(path)


@pytest.mark.parametrize("seed", range(8))
def test_a_library_with_single_bytes_changed(seed: int, library: Path, tmp_path: Path) -> None:
    rng = random.Random(2000 + seed)
    content = bytearray(library.read_bytes())
    for _ in range(30):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path = tmp_path / "library.db"
    path.write_bytes(content)
    use(path)


def test_names_in_the_file_that_are_no_text(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    content = library.read_bytes()
    path.write_bytes(content.replace(b"CREATE TABLE", b"CREATE \xc9ABLE"))
    assert len(use(path)) == 3


def test_values_of_another_kind_are_blamed_on_the_file(library: Path, tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    shutil.copy(library, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE documents SET blocks = 'no JSON' WHERE key LIKE 'norran%'")
    connection.close()
    with pytest.raises(LibraryError, match="damaged") as caught, open_library(path) as opened:
        list(opened.documents())
    assert "blocks" in str(caught.value)


def test_a_mistake_elsewhere_is_not_blamed_on_a_sound_file(library: Path) -> None:
    with pytest.raises(ZeroDivisionError), open_library(library):
        1 / 0  # noqa: B018 - raises
    with open_library(library) as opened:
        raise_if_damaged(opened.db, library, ValueError("something of ours"))


# ------------------------------------------------------------------------------------ not ours


def _of_another_program(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO documents (text) VALUES ('mine')")
    connection.close()


def _with_our_number(path: Path) -> None:
    from quotecheck.library.schema.migrations import APPLICATION_ID, SCHEMA_VERSION

    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.close()


NOT_OURS: dict[str, Callable[[Path], object]] = {
    "another program's": _of_another_program,
    "tables of our names and number": _with_our_number,
    "text": lambda path: path.write_text("not a database", encoding="utf-8"),
    "a head and no more": lambda path: path.write_bytes(b"SQLite format 3\0"),
    "a head and noise": lambda path: path.write_bytes(
        b"SQLite format 3\0" + bytes(range(256)) * 64
    ),
}
COMMANDS = {
    "check": ("check", QUOTE, "--db", "{}"),
    "trace": ("trace", QUOTE, "--db", "{}"),
    "search": ("search", "village", "--db", "{}"),
    "speakers": ("speakers", "list", "--db", "{}"),
    "recheck": ("recheck", "--db", "{}"),
    "export": ("export", "{}"),
    "forget": ("forget", "everything", "--yes", "--db", "{}"),
    "verify": ("verify", "{}"),
    "serve": ("serve", "{}", "--port", "0"),
    "build": ("build", str(SAMPLE / "sources" / "norran-tarn-speech.txt"), "--no-attribute",
              "--db", "{}"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NOT_OURS)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_touches_what_is_not_ours(
    command: str,
    kind: str,
    tmp_path: Path,
    run: Run,
) -> None:
    path = tmp_path / "other.db"
    NOT_OURS[kind](path)
    before = path.read_bytes()
    ran = run(*(word.format(path) for word in COMMANDS[command]))
    if command == "verify" and kind == "tables of our names and number":
        assert ran.code == 1  # it is looked through, and everything else is missing
    else:
        assert ran.code == 2, ran.said
    assert path.read_bytes() == before
    assert sorted(other.name for other in tmp_path.iterdir()) == ["other.db"]
