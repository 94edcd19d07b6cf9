"""A library that is served while others write into it: nothing is lost, and no log is deleted.

Three short runs of the mixed load; with QUOTECHECK_HARDENING in the environment twenty of a minute.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from quotecheck.building import forgetting
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from tests.support.library_locks import (
    assert_no_deleted_log,
    is_registered,
    open_files,
    require_lock_table,
)
from tests.support.served import ended, served, start, stopped
from tests.support.web_cases import TOKEN, write_library

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

HARDENING = bool(os.environ.get("QUOTECHECK_HARDENING"))
RUNS, SECONDS = (20, 60.0) if HARDENING else (3, 4.0)
UNREGISTERED_SECONDS = 5.0
"""How long the server may have the library open without the locks that tell others so: between
opening a file and locking it there is a moment, seldom a long one, even on a busy machine."""

Promises = dict[str, list[list[Any]]]


def parts(path: Path, address: str, folder: Path, seed: int) -> list[list[str]]:
    """The arguments of all that run beside the server, in an order of its own."""
    library, seconds = str(path), str(SECONDS)
    held = [
        ["keep", address, seconds, "one", TOKEN],
        ["keep", address, seconds, "two", TOKEN],
        ["read", address, seconds, f"reader {seed}"],
        ["read", address, seconds, f"other reader {seed}"],
        ["build", library, seconds, "first", str(folder)],
        ["build", library, seconds, "second", str(folder)],
        ["merge", library, seconds],
        ["recheck", library, seconds],
        ["look", library, seconds],
        ["twice", library, seconds],
        ["forget", library, seconds, "hidden"],
    ]
    random.Random(seed).shuffle(held)
    return held


def watch(path: Path, server: int, running: list[subprocess.Popen[str]]) -> int:
    """Look at the locks and open files of a server while others run; how often it was registered.

    No log may be deleted under it, nor under any of the others.
    """
    registered = time.monotonic()
    seen = 0
    while any(process.poll() is None for process in running):
        for process in (server, *(one.pid for one in running if one.poll() is None)):
            try:
                assert_no_deleted_log(path, process)
            except (FileNotFoundError, ProcessLookupError):
                continue  # it has just ended
        if is_registered(path, server):
            seen += 1
            registered = time.monotonic()
        elif not open_files(path, server):
            registered = time.monotonic()
        assert time.monotonic() - registered < UNREGISTERED_SECONDS
        time.sleep(0.05)
    return seen


@pytest.mark.parametrize("seed", range(RUNS))
def test_a_mixed_load_loses_nothing(seed: int, tmp_path: Path) -> None:
    require_lock_table()
    path = write_library(tmp_path / "library.db")
    with served(path) as (server, address), ExitStack() as stack:
        running = []
        for arguments in parts(path, address, tmp_path, seed):
            running.append(start(*arguments))
            stack.callback(running[-1].communicate)
            stack.callback(running[-1].kill)
        assert watch(path, server.pid, running) > 3
        promises: Promises = defaultdict(list)
        for process in running:
            for kind, *told in ended(process):
                promises[kind].append(told)
        assert_no_deleted_log(path, server.pid)
        code, _, told = stopped(server)
        assert (code, told) == (0, "")
    assert list(tmp_path.glob("library.db*")) == [path], "checkpointed and closed"
    with open_library(path, create=True) as library:
        if forgetting.is_unfinished(library):  # somebody was reading the file as it was
            assert forgetting.finish(library)
    assert b"umbratile" not in path.read_bytes()
    with Verification(path) as verification:
        assert list(verification.findings()) == []
    assert_kept(path, promises)


def assert_kept(path: Path, promises: Promises) -> None:
    """Whatever was promised is there."""
    with open_library(path) as library:
        titles = dict(library.db.execute("SELECT id, title FROM documents").fetchall())
        keys = {key for (key,) in library.db.execute("SELECT key FROM documents")}
        runs = library.db.execute("SELECT command, status, count(*) FROM runs GROUP BY 1, 2")
        ran = {(command, status): number for command, status, number in runs}
        names = {name for (name,) in library.db.execute("SELECT name FROM speakers")}
        aliases = {name for (name,) in library.db.execute("SELECT name FROM aliases")}
        (changes,) = library.db.execute("SELECT count(*) FROM speaker_changes").fetchone()
        (quoted,) = library.db.execute(
            "SELECT count(*) FROM who_said_what WHERE document_title LIKE 'Kept %'"
        ).fetchone()
    assert len(promises["kept"]) == quoted >= 4
    for place, title in promises["kept"]:
        assert titles[int(place.rpartition("/")[2])] == title
    assert ran["serve", "finished"] == quoted
    assert len(promises["built"]) >= 4
    assert {key for built in promises["built"] for key in built} <= keys
    assert not {key for (key,) in promises["forgotten"]} & keys
    assert ran["recheck", "finished"] == promises["rechecks"][0][0]
    assert changes == promises["changes"][0][0]
    assert "Jon Parr" not in names
    assert {name for (name,) in promises["alias"]} <= aliases
    assert {status for _, status in ran} == {"finished"}
    assert sum(number for (number,) in promises["pages"]) > 0


def test_the_library_is_closed_when_a_service_is_stopped(tmp_path: Path) -> None:
    path = write_library(tmp_path / "library.db")
    with served(path) as (server, address):
        kept = ended(start("keep", address, 0, "last", TOKEN))
        assert ended(start("read", address, 0.5, "3"))
        assert path.with_name("library.db-wal").exists()
        started = time.monotonic()
        code, _, told = stopped(server, signal.SIGTERM)
        assert (code, told) == (0, "")
        assert time.monotonic() - started < 60
    assert [other.name for other in tmp_path.iterdir()] == ["library.db"]
    with open_library(path) as library:
        assert len(kept) == 2
        assert library.statistics().articles == 2
