"""The locks of an open library outlast whatever else the same process does with its file."""

from __future__ import annotations

import ast
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from quotecheck.building.build import build
from quotecheck.cli import app
from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.held_files import is_held
from quotecheck.library.file import checkpoint
from quotecheck.library.library import Library, open_library
from quotecheck.library.verification import Verification
from quotecheck.reading.documents import read_documents
from quotecheck.reading.entity_table import read_entities
from quotecheck.reading.metadata import read_sidecar
from quotecheck.reading.speaker_table import read_speaker_table
from tests.conftest import offline
from tests.support import paths
from tests.support.library_locks import held_locks, is_registered, require_lock_table
from tests.support.web_cases import write_library

PACKAGE = paths.ROOT / "quotecheck"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_library(tmp_path / "library.db")


@pytest.fixture
def held(path: Path) -> Iterator[Library]:
    """The library, open in this process."""
    require_lock_table()
    with open_library(path) as library:
        assert is_registered(path)
        yield library


# ------------------------------------------------------------------------- beside one another


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("first_ends", [False, True])
def test_closing_one_of_two_keeps_the_locks_of_the_other(
    path: Path, create: bool, first_ends: bool
) -> None:
    require_lock_table()
    first = open_library(path, create=create)
    alone = held_locks(path)
    second = open_library(path, create=create)
    assert held_locks(path) == alone
    ending, staying = (first, second) if first_ends else (second, first)
    ending.close()
    assert held_locks(path) == alone
    assert is_registered(path)
    staying.close()
    assert held_locks(path) == {"": [], "-shm": []}


def test_locks_of_transactions_are_kept(path: Path) -> None:
    require_lock_table()
    with open_library(path, create=True) as writer, open_library(path) as reader:
        reader.db.execute("BEGIN")
        reader.statistics()
        with writer.write():
            before = held_locks(path)
            assert len(before["-shm"]) == 3  # present, reading, writing
            open_library(path).close()
            assert held_locks(path) == before
            with pytest.raises(LibraryError):
                open_library(path, create=True, timeout=0.0).start_run("build", version="0")
            assert held_locks(path) == before


def _linked(path: Path) -> Path:
    """The library under another name, of a kind that folders are searched for."""
    other = path.with_name("linked.txt")
    other.hardlink_to(path)
    return other


def _sidecar_of(path: Path) -> Path:
    """A source whose metadata would be in a file that is the library under another name."""
    source = path.with_name("speech.txt")
    source.write_text("Words.", encoding="utf-8")
    path.with_name("speech.json").symlink_to(path)
    return source


def _build(path: Path, *sources: Path) -> None:
    build(sources, path, attribute=False)


def _verify(path: Path) -> None:
    with Verification(path) as verification:
        assert list(verification.findings()) == []


BESIDE: dict[str, Callable[[Path], object]] = {
    "another connection": lambda path: open_library(path).close(),
    "a writer": lambda path: open_library(path, create=True).close(),
    "an immutable one": lambda path: open_library(path, immutable=True).close(),
    "a verification": _verify,
    "a checkpoint": checkpoint,
    "itself as a source": lambda path: list(read_documents(path)),
    "itself as an archive": lambda path: list(read_documents(f"{path}/one.txt")),
    "its log as a source": lambda path: list(read_documents(f"{path}-wal")),
    "a build of all that lies there": lambda path: _build(path, *path.parent.iterdir()),
    "a build of the folder": lambda path: _build(path, _linked(path).parent),
    "a build with the library for metadata": lambda path: _build(path, _sidecar_of(path)),
    "metadata beside a source": lambda path: read_sidecar(_sidecar_of(path)),
    "a table of speakers": read_speaker_table,
    "a table of identifiers": read_entities,
}


@pytest.mark.parametrize("what", BESIDE)
def test_nothing_in_the_same_process_takes_the_locks(what: str, held: Library) -> None:
    before = held_locks(held.path)
    with suppress(QuotecheckError):
        BESIDE[what](held.path)
    assert held_locks(held.path) == before


COMMANDS = (
    ["attribute", "{}"],
    ["build", "{}", "{}-wal", "{}-shm", "--db", "{}", "--no-attribute"],
    ["build", "{}", "--db", "{}", "--no-attribute", "--speakers", "{}"],
    ["check", "{}", "--db", "{}"],
    ["check", "a hundred winters", "--db", "{}"],
    ["doctor", "--db", "{}"],
    ["export", "{}", "--format", "jsonl"],
    ["forget", "hearing", "--db", "{}", "--yes"],
    ["load", "{}", "--db", "{}"],
    ["recheck", "{}", "--db", "{}"],
    ["search", "lamps", "--db", "{}"],
    ["serve", "{}", "--metadata"],
    ["speakers", "identify", "--from", "{}", "--db", "{}"],
    ["speakers", "merge", "Ada Fenwick", "Jon Parr", "--db", "{}"],
    ["trace", "a hundred winters", "--db", "{}"],
    ["verify", "{}"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_takes_the_locks(command: list[str], held: Library) -> None:
    before = held_locks(held.path)
    ran = CliRunner().invoke(app, [word.format(held.path) for word in command])
    assert ran.exception is None or isinstance(ran.exception, SystemExit | QuotecheckError)
    assert held_locks(held.path) == before


def test_the_library_is_no_source_of_its_own(path: Path) -> None:
    speech = path.with_name("speech.txt")
    speech.write_text("The lamps were lit.", encoding="utf-8")
    report = build([path, speech], path, attribute=False)
    assert report.added == 1
    assert {failure.where for failure in report.failures} == {str(path)}
    assert all("belongs to the library" in failure.what for failure in report.failures)


def test_a_file_is_held_for_as_long_as_it_is_open(path: Path) -> None:
    assert not is_held(path)
    first, second = open_library(path), open_library(path)
    first.close()
    assert is_held(path)
    assert is_held(f"{path}-wal")
    assert not is_held(path.with_name("none.txt"))
    assert not is_held("a\0b")
    second.close()
    assert not is_held(path)
    with pytest.raises(InputError) as caught:
        list(read_documents(path))
    assert "belongs to" not in caught.value.what


# ------------------------------------------------------------------------------- who may open


def test_the_suite_notices_whoever_opens_a_locked_file(held: Library) -> None:
    with pytest.raises(offline.LockedFileOpenedError):
        held.path.read_bytes()
    with pytest.raises(offline.LockedFileOpenedError):
        os.open(f"{held.path}-shm", os.O_RDONLY)
    assert len(offline.OPENED) == 2
    offline.OPENED.clear()
    assert is_registered(held.path)


def _connects(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that open a database on the disk: any but of ``":memory:"`` and ``""``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            given = node.args[0] if node.args else None
            nowhere = isinstance(given, ast.Constant) and given.value in (":memory:", "")
            of_sqlite = "sqlite" in ast.unparse(node.func) or name == "Connection"
            if name in ("connect", "Connection") and of_sqlite and not nowhere:
                yield node


def test_one_module_opens_libraries() -> None:
    found = [
        path.relative_to(PACKAGE).as_posix()
        for path in sorted(PACKAGE.rglob("*.py"))
        for _ in _connects(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert set(found) == {"library/file.py"}


def test_what_opens_a_database_is_found() -> None:
    for line in ("sqlite3.connect(path)", "sqlite3.Connection(p)", "sqlite3.connect(f'file:{p}')"):
        assert list(_connects(ast.parse(line)))
    for line in ("sqlite3.connect(':memory:')", "sqlite3.connect('')", "socket.connect(place)"):
        assert not list(_connects(ast.parse(line)))


# ------------------------------------------------------------------- what is no library at all


@pytest.mark.parametrize("create", [False, True])
@pytest.mark.parametrize("content", [b"x", b"Dear diary,", b"Dear diary,\n" * 400, bytes(4096)])
def test_what_lies_beside_a_file_of_another_kind_stays(
    tmp_path: Path, content: bytes, create: bool
) -> None:
    diary = tmp_path / "diary"
    diary.write_bytes(content)
    for suffix in ("-wal", "-journal", "-shm"):  # which SQLite would play back, and remove
        diary.with_name(f"diary{suffix}").write_text("mine", encoding="utf-8")
    with pytest.raises(LibraryError, match="not a quotecheck library"):
        open_library(diary, create=create)
    assert diary.read_bytes() == content
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "diary", "diary-journal", "diary-shm", "diary-wal"
    ]  # fmt: skip
    assert diary.with_name("diary-wal").read_text(encoding="utf-8") == "mine"


def test_a_log_that_was_left_is_taken_up(path: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    with open_library(path, create=True) as library:
        library.add_alias("Ada Fenwick", "A. F.")
        # As after a killed program: what was committed last is in the log alone. Another process
        # copies, for a copy made here would take the locks.
        for suffix in ("", "-wal"):
            subprocess.run(["cp", f"{path}{suffix}", f"{copy}{suffix}"], check=True)
    assert copy.with_name("copy.db-wal").stat().st_size
    checkpoint(copy)
    assert [p.name for p in tmp_path.glob("copy.db*")] == ["copy.db"]
    with open_library(copy) as library:
        rows = library.db.execute("SELECT count(*) FROM aliases WHERE name = 'A. F.'")
        assert rows.fetchone() == (1,)
