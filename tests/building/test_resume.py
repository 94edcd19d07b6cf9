"""Killed at any moment, a build goes on to the library that an undisturbed one makes."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecheck.building.build import build
from quotecheck.building.near_copies import link_copies
from quotecheck.evaluation.synthetic.news import write_articles
from quotecheck.library.library import open_library
from tests.support import building_cases as cases
from tests.support import paths
from tests.support.library_rows import all_rows

HERE = paths.ROOT
SEED = 20
MOMENTS = 20

# A build that kills itself after so many steps of SQLite's machine: amid a statement, between two,
# amid a commit. The same number is the same moment in every run, however busy the machine is.
SCRIPT = """
import os, signal, sqlite3, sys
from tests.support import building_cases as cases
from quotecheck.building import build as building
from quotecheck.building import writer as storing
from quotecheck.building.build import build
from quotecheck.building.near_copies import link_copies
from quotecheck.library import library as libraries

sources, db, attributing = sys.argv[1:4]
STEPS = 200

class Counted:
    done, last = 0, 0
    def __call__(self):
        Counted.done += 1
        if Counted.done == Counted.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0

def opening(opener):
    def opened(*arguments, **options):
        library = opener(*arguments, **options)
        library.db.conn.set_progress_handler(Counted(), STEPS)
        return library
    return opened

building.open_library = opening(building.open_library)
libraries.open_library = opening(libraries.open_library)  # which link_copies uses
storing._BATCH_SECONDS = 1e9  # by numbers alone, not by the clock
storing._BATCH_DOCUMENTS = 40

def work():
    factory = cases.make_attributor if attributing == "yes" else None
    build([sources], db, attribute=factory is not None, attributor_factory=factory)
    link_copies(db)

for line in sys.stdin:  # a child for each moment, so Python starts but once
    target, moment = line.rsplit(" ", 1)
    child = os.fork()
    if child == 0:
        db, Counted.last = target, int(moment)
        work()
        print(Counted.done, flush=True)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status):
        print(os.waitstatus_to_exitcode(status), flush=True)
"""


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("resume") / "sources"
    cases.write_sources(folder)
    write_articles(folder, 150, words=90, copies=0.2, seed=2)
    return folder


@pytest.fixture
def builder(sources: Path, tmp_path: Path, request: Any) -> Iterator[Any]:
    """Kills a build after so many steps and gives -9; lets it end (0) and gives their number."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    env = os.environ | {"PYTHONPATH": f"{HERE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(sources), "", request.param],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def killed(db: Path, steps: int) -> int:
        process.stdin.write(f"{db} {steps}\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
        return int(process.stdout.readline())  # type: ignore[union-attr]

    yield killed
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


def finish(sources: Path, db: Path, attributing: bool) -> None:
    factory: Any = cases.make_attributor if attributing else None
    report = build([sources], db, attribute=attributing, attributor_factory=factory)
    assert report.failed == 0
    link_copies(db)


def numbers(db: Path) -> list[Any]:
    """The numbers of rows: what comes later comes later in every library."""
    opened = sqlite3.connect(db)
    held = [
        opened.execute(f"SELECT {columns} FROM {table} ORDER BY 1").fetchall()  # noqa: S608
        for columns, table in (
            ("id, key", "documents"),
            ("id, name", "speakers"),
            ("id, document_id, start", "passages"),
            ("id, document_id, position", "quotations"),
            ("document_id, copy_of", "document_copies"),
        )
    ]
    opened.close()
    return held


@pytest.mark.parametrize(
    ("builder", "moments"), [("no", MOMENTS), ("yes", 6)], indirect=["builder"]
)
def test_a_build_killed_at_random_moments_gives_the_same_library(
    builder: Any, moments: int, sources: Path, tmp_path: Path
) -> None:
    attributing = moments != MOMENTS
    finish(sources, tmp_path / "undisturbed.db", attributing)
    expected = all_rows(tmp_path / "undisturbed.db")
    order = numbers(tmp_path / "undisturbed.db")
    assert len(expected["documents"]) == 54 + 150
    assert expected["copies"]
    whole = builder(tmp_path / "counted.db", 0)
    chance = random.Random(SEED)
    states = set()
    for n in range(moments):
        db = tmp_path / f"killed-{n}.db"
        assert builder(db, chance.randrange(1, whole)) == -signal.SIGKILL
        if db.exists():
            states.add(state(db))
        finish(sources, db, attributing)
        assert all_rows(db) == expected
        assert numbers(db) == order
        db.unlink()
    if not attributing:  # the moments lie in every part of the work
        assert len(states) > 4


def test_one_build_killed_again_and_again_gets_to_its_end(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed by the clock this time, from outside, by a program that starts it over."""
    script = (
        "import sys; from quotecheck.building import writer; "
        "from quotecheck.building.build import build;"
        "writer._BATCH_DOCUMENTS = 10; build([sys.argv[1]], sys.argv[2], attribute=False)"
    )
    db = tmp_path / "a.db"
    command = [sys.executable, "-c", script, str(sources), str(db)]
    started = time.monotonic()
    subprocess.run([*command[:-1], str(tmp_path / "timed.db")], check=True)
    spent = time.monotonic() - started
    chance = random.Random(SEED)
    for _ in range(4):
        process = subprocess.Popen(command)
        time.sleep(chance.uniform(0.5, 1.0) * spent)
        process.kill()
        process.wait()
    build([sources], db, attribute=False)
    expected = tmp_path / "undisturbed.db"
    build([sources], expected, attribute=False)
    assert all_rows(db) == all_rows(expected)


def state(db: Path) -> tuple[int, ...]:
    """How far a killed build got."""
    try:
        with open_library(db) as library:
            return tuple(
                library.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("documents", "inputs", "document_signatures", "document_copies")
            )
    except Exception:
        return (0,)
