"""A library that is served while others write into it: nothing is lost, and no log is deleted."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from tests.support import paths
from tests.support.building_cases import write_sources
from tests.support.library_locks import (
    assert_no_deleted_log,
    is_registered,
    open_files,
    require_lock_table,
)
from tests.support.web_cases import TOKEN, write_library

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

HERE = paths.TESTS / "support"
# Without the suite's cut of the network: the visitors of a server need that of the machine.
PATHS = [str(HERE), str(paths.ROOT), os.environ.get("PYTHONPATH", "")]
ONLINE = {
    **os.environ,
    "PYTHONPATH": os.pathsep.join(filter(None, PATHS)),
    "OMP_NUM_THREADS": "1",
    "QUOTECHECK_TOKEN": TOKEN,
}
ARTICLES = 12
"""Kept by each of two visitors."""
UNREGISTERED_SECONDS = 1.0
"""How long the server may have the library open without the locks that tell others so."""


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(HERE / "serving_load.py"), *map(str, arguments)],
        env=ONLINE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # Where the suite runs in the background, the signal is ignored by inheritance.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@contextmanager
def served(path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of a server that shows a library, and its address."""
    server = start("serve", path, "--port", "0")
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        assert "http://" in line, server.communicate(timeout=30)
        yield server, line.split()[4]
    finally:
        server.kill()
        server.communicate()


def ended(process: subprocess.Popen[str]) -> list[object]:
    """What a process has printed, when it has ended well."""
    out, told = process.communicate(timeout=60)
    assert process.returncode == 0, told
    return [json.loads(line) for line in out.splitlines() if line.startswith(("[", '"'))]


def test_articles_are_kept_while_others_build_and_merge(tmp_path: Path) -> None:
    require_lock_table()
    path = write_library(tmp_path / "library.db")
    folders = [tmp_path / f"sources-{n}" for n in range(4)]
    for n, folder in enumerate(folders):
        write_sources(folder, files=2 + n, per_file=4)
    build = [
        ["build", str(folder), "--db", str(path), "--no-attribute", "--no-copies"]
        for folder in folders
    ]
    merge = [
        ["speakers", "merge", "Ada Fenwick", "Jon Parr", "--db", str(path)],
        ["speakers", "undo", "--db", str(path)],
    ] * 4
    merge += [["speakers", "merge", "Ada Fenwick", "Jon Parr", "--db", str(path)]]
    with served(path) as (server, address):
        keepers = [start("keep", address, TOKEN, name, ARTICLES) for name in ("one", "two")]
        others = [start("commands", *map(json.dumps, lines)) for lines in (build, merge)]
        reader = start("read", address, 3, 11)
        registered = time.monotonic()
        while any(process.poll() is None for process in (*keepers, *others, reader)):
            assert_no_deleted_log(path, server.pid)
            if is_registered(path, server.pid) or not open_files(path, server.pid):
                registered = time.monotonic()
            # Between opening a file and locking it there is a moment, seldom a long one.
            assert time.monotonic() - registered < UNREGISTERED_SECONDS
            time.sleep(0.02)
        kept = [row for keeper in keepers for row in ended(keeper)]
        assert all(ended(other) for other in others)
        assert ended(reader)
        assert_no_deleted_log(path, server.pid)
        server.send_signal(signal.SIGINT)
        _, told = server.communicate(timeout=30)
        assert server.returncode == 0
        assert told == ""
    assert [other.name for other in tmp_path.glob("library.db*")] == ["library.db"]
    with Verification(path) as verification:
        assert list(verification.findings()) == []
    with open_library(path) as library:
        titles = dict(library.db.execute("SELECT id, title FROM documents").fetchall())
        assert len(kept) == 2 * ARTICLES
        for place, title in kept:
            assert titles[int(place.rpartition("/")[2])] == title
        (runs,) = library.db.execute(
            "SELECT count(*) FROM runs WHERE command = 'serve' AND status = 'finished'"
        ).fetchone()
        assert runs == 2 * ARTICLES
        (quoted,) = library.db.execute(
            "SELECT count(*) FROM who_said_what WHERE document_title LIKE 'Kept %'"
        ).fetchone()
        assert quoted == 2 * ARTICLES
        keys = {key for (key,) in library.db.execute("SELECT key FROM documents")}
        assert {f"m{n}-{k}" for n in range(5) for k in range(4)} <= keys
        (changes,) = library.db.execute("SELECT count(*) FROM speaker_changes").fetchone()
        assert changes == len(merge)
        names = [name for (name,) in library.db.execute("SELECT name FROM speakers")]
        assert "Jon Parr" not in names


def test_the_library_is_closed_when_a_service_is_stopped(tmp_path: Path) -> None:
    path = write_library(tmp_path / "library.db")
    with served(path) as (server, address):
        kept = ended(start("keep", address, TOKEN, "last", 1))
        assert ended(start("read", address, 0.5, 3))
        assert path.with_name("library.db-wal").exists()
        started = time.monotonic()
        server.send_signal(signal.SIGTERM)
        _, told = server.communicate(timeout=30)
        assert (server.returncode, told) == (0, "")
        assert time.monotonic() - started < 15
    assert [other.name for other in tmp_path.iterdir()] == ["library.db"]
    with open_library(path) as library:
        assert len(kept) == 1
        assert library.statistics().articles == 1
