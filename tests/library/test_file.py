"""Opening and writing: one writer at a time, whole transactions, and no foreign file is touched."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from quotecheck.errors import LibraryError
from quotecheck.library.file_errors import library_error
from quotecheck.library.library import Library, open_library
from tests.support.library_samples import assert_consistent, make, whole


def test_an_error_inside_undoes_the_whole_transaction(library: Library) -> None:
    def interrupted() -> None:
        with library.write():
            library.add_document(make("a"), passages=whole(make()), run=1)
            with library.write():  # joins the outer one
                library.add_document(make("b"), passages=whole(make()), run=1)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(library.documents()) == []
    assert library.statistics().passages == 0
    assert_consistent(library)
    library.add_document(make("a"), passages=whole(make()), run=1)
    assert library.statistics().documents == 1


def test_writers_wait_for_one_another(library: Library) -> None:
    done: list[str] = []

    def other() -> None:
        with open_library(library.path, create=True) as second:
            second.add_document(make("b"), passages=[], run=1)
            done.append("b")

    thread = threading.Thread(target=other)
    with library.write():
        library.add_document(make("a"), passages=[], run=1)
        thread.start()
        thread.join(0.3)
        assert done == []
    thread.join()
    assert [d.id for d in library.documents()] == ["a", "b"]


def test_a_library_that_stays_locked_is_an_error_in_words(library: Library) -> None:
    with library.write(), open_library(library.path, create=True, timeout=0.1) as second:
        assert second.statistics().documents == 0  # reading goes on
        with pytest.raises(LibraryError, match="another program is writing") as caught:
            second.add_document(make(), passages=[], run=1)
        assert caught.value.where == str(library.path)
        assert caught.value.remedy


def test_a_library_opened_for_reading_is_not_written_to(library: Library) -> None:
    library.add_document(make(), passages=[], run=1)
    with open_library(library.path) as reader:
        assert reader.document("log") == make()
        with pytest.raises(LibraryError, match="reading only"):
            reader.add_document(make("b"), passages=[], run=1)


def test_references_are_enforced(library: Library) -> None:
    with pytest.raises((LibraryError, sqlite3.IntegrityError)), library.write() as db:
        db.execute("INSERT INTO segments (document_id, start, end) VALUES (99, 0, 1)")


# Files that are no library


def damaged(path: Path) -> None:
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="1")
        document = make(text="words and words\n" * 20000)
        library.add_document(document, passages=whole(document), run=run)
    os.truncate(path, path.stat().st_size // 2)


def gutted(path: Path) -> None:
    open_library(path, create=True).close()
    conn = sqlite3.connect(path)
    conn.execute("DROP TABLE quotation_candidates")
    conn.close()


def foreign(path: Path) -> None:
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE documents (id INTEGER PRIMARY KEY)")
    conn.commit()
    conn.close()


NO_LIBRARY = {
    "text": (lambda path: path.write_text("Dear diary,\n" * 9), "not a quotecheck library"),
    "empty": (lambda path: path.write_bytes(b""), "empty"),
    "header": (lambda path: path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000), "damaged"),
    "foreign": (foreign, "another program"),
    "damaged": (damaged, "damaged"),
    "gutted": (gutted, "quotation_candidates"),
    "folder": (lambda path: path.mkdir(), "not a file"),
    "pipe": (lambda path: os.mkfifo(path), "not a file"),
    "missing": (lambda path: path.unlink(missing_ok=True), "no library here"),
}


@pytest.mark.parametrize("case", NO_LIBRARY)
@pytest.mark.parametrize("create", [False, True])
def test_what_is_no_library_is_refused_and_left_alone(
    tmp_path: Path, case: str, create: bool
) -> None:
    path = tmp_path / "it"
    prepare, message = NO_LIBRARY[case]
    prepare(path)
    if create and case in ("empty", "missing"):  # these may become one
        with open_library(path, create=True) as library:
            assert library.statistics().documents == 0
        return
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LibraryError, match=re.escape(message)) as caught:
        open_library(path, create=create)
    assert caught.value.where == str(path)
    assert caught.value.remedy
    assert (path.read_bytes() if path.is_file() else None) == before
    assert [p.name for p in tmp_path.iterdir()] == ([] if case == "missing" else ["it"])


def test_a_library_in_a_missing_folder_or_under_an_impossible_name(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="folder") as caught:
        open_library(tmp_path / "no" / "library.db", create=True)
    assert "mkdir" in (caught.value.remedy or "")
    for name in ("a\0b", "x" * 300):
        with pytest.raises(LibraryError):
            open_library(tmp_path / name, create=True)


def test_any_file_name_will_do(tmp_path: Path) -> None:
    path = tmp_path / "100% sure? #1 'é' 🎉.db"
    open_library(path, create=True).close()
    assert path.is_file()
    open_library(path).close()
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


READ_ONLY = """
import os, sys
from quotecheck.errors import LibraryError
from quotecheck.library.library import open_library
if os.getuid() == 0:
    os.setuid(65534)  # the superuser may write anywhere
with open_library(sys.argv[1]) as library:
    print(library.statistics().describe())
try:
    with open_library(sys.argv[1], create=True) as library:
        library.start_run("build", version="1")
except LibraryError as error:
    print(error.what)
"""


def test_a_read_only_library_can_be_searched_and_says_why_it_cannot_be_filled() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        with open_library(path, create=True) as library:
            run = library.start_run("build", version="1")
            library.add_document(make(date="1861"), passages=[], run=run)
        path.chmod(0o444)
        Path(folder).chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        Path(folder).chmod(0o755)
        assert done.stderr == ""
        assert done.stdout.splitlines() == [
            "1 document (1861)",
            "the library cannot be written to",
        ]


UNREADABLE = """
import os, sys
from quotecheck.errors import LibraryError
from quotecheck.library.library import open_library
if os.getuid() == 0:
    os.setuid(65534)  # the superuser may read anything
for create in (False, True):
    try:
        open_library(sys.argv[1], create=create)
    except LibraryError as error:
        print(error.what, error.remedy)
"""


def test_a_full_disk_is_named_also_where_nothing_can_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No room for the index of the log is an I/O error to SQLite; nobody is to restore a copy."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = "SQLITE_IOERR_SHMSIZE"
    assert "the disk fails" in str(library_error(error, tmp_path / "library.db"))
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=0))
    told = library_error(error, tmp_path / "library.db")
    assert "the disk is full" in str(told)
    assert "Make room" in str(told.remedy)


def test_a_library_that_may_not_be_read_says_so() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "library.db")
        open_library(path, create=True).close()
        path.chmod(0o000)
        Path(folder).chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", UNREADABLE, str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stderr == ""
        assert (
            done.stdout.splitlines()
            == [
                "the library cannot be read (Permission denied) Check the path and its permissions."
            ]
            * 2
        )
