"""Killed at any moment, what changes a library leaves it whole, and goes on to the same end.

Twenty seeded moments: merges of speakers, recheck --store, forgetting, and a server that keeps
articles. (Builds that are killed are in `tests.building.test_resume`.) A moment is a number of
steps of SQLite's machine, so the same in every run.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quotecheck.building import forgetting
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from tests.support import paths
from tests.support.library_locks import require_lock_table
from tests.support.served import ENDING_SECONDS, served, start, stopped
from tests.support.web_cases import TOKEN, write_library

SEED = 13
MOMENTS = {"merge": 5, "recheck": 5, "forget": 4}
SERVED = 6

COMMANDS = {
    "merge": ["speakers", "merge", "Ada Fenwick", "Jon Parr", "--db", "{}"],
    "recheck": ["recheck", "--db", "{}", "--attribute", "--store"],
    "forget": ["forget", "hearing", "--db", "{}", "--yes"],
}
SCRIPT = """
import json, os, sys
from quotecheck import cli
from quotecheck.library import library
from quotecheck.pipeline import attributor
from tests.support.kill_moments import count_steps
from tests.support.serving_load import Renaming

witness = Renaming()
witness.name = "Witness"
attributor.load_attributor = lambda **_: witness
for line in sys.stdin:  # a child for each moment, so Python starts but once
    arguments, moment = json.loads(line)
    child = os.fork()
    if child == 0:
        answers = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        counter = count_steps(library, str(moment))
        cli.app(arguments, standalone_mode=False)
        os.write(answers, f"{counter.done}\\n".encode())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status):
        print(os.waitstatus_to_exitcode(status), flush=True)
"""


@pytest.fixture(scope="module")
def killer() -> Iterator[Any]:
    """Kills a command after so many steps and gives -9; lets it end (0) and gives their number."""
    if not hasattr(os, "fork"):
        pytest.skip("this system has no fork")
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join(
            filter(None, [str(paths.ROOT), os.environ.get("PYTHONPATH", "")])
        )
    }
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def killed(command: str, path: Path, moment: int) -> int:
        arguments = [word.format(path) for word in COMMANDS[command]]
        process.stdin.write(json.dumps([arguments, moment]) + "\n")  # type: ignore[union-attr]
        process.stdin.flush()  # type: ignore[union-attr]
        return int(process.stdout.readline())  # type: ignore[union-attr]

    yield killed
    process.stdin.close()
    process.wait(timeout=60)
    process.stdout.close()


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("kills") / "library.db")


def whole(path: Path) -> dict[str, list[Any]]:
    """What a library holds, but for when and by what run; it holds together."""
    with Verification(path) as verification:
        assert list(verification.findings()) == []
    with open_library(path) as library:
        held = {
            "documents": "SELECT key, replaced_by, text FROM documents",
            "turns": 'SELECT d.key, g.start, s.name FROM segments AS g JOIN documents AS d ON'
            " d.id = g.document_id LEFT JOIN speakers AS s ON s.id = g.speaker_id",
            "passages": "SELECT document_id, start, text FROM passages",
            "quotations": "SELECT document, start, content, speaker FROM who_said_what",
            "speakers": "SELECT name FROM speakers",
            "aliases": "SELECT s.name, a.name, a.kind FROM aliases AS a"
            " JOIN speakers AS s ON s.id = a.speaker_id",
            "changes": "SELECT change, summary FROM speaker_changes",
        }  # fmt: skip
        return {
            name: sorted(map(repr, library.db.execute(sql).fetchall()))
            for name, sql in held.items()
        }


@pytest.mark.parametrize("command", MOMENTS)
def test_a_command_killed_at_random_moments_goes_on_to_the_same_end(
    command: str, killer: Any, template: Path, tmp_path: Path
) -> None:
    undisturbed = tmp_path / "undisturbed.db"
    shutil.copy(template, undisturbed)
    before = whole(undisturbed)
    steps = killer(command, undisturbed, 0)
    after = whole(undisturbed)
    assert steps > 10
    assert after != before
    chance = random.Random(f"{SEED} {command}")
    states = set()
    for n in range(MOMENTS[command]):
        path = tmp_path / f"killed-{n}.db"
        shutil.copy(template, path)
        assert killer(command, path, chance.randrange(1, steps)) == -signal.SIGKILL
        held = whole(path)
        states.add(repr(held))
        if command != "recheck":  # which stores one document at a time
            assert held in (before, after)
        if held != after:
            assert killer(command, path, 0) > 0
        if command == "forget":
            with open_library(path, create=True) as library:
                assert not forgetting.is_unfinished(library) or forgetting.finish(library)
            assert b"oil is not" not in path.read_bytes()
        assert whole(path) == after
        assert [other.name for other in tmp_path.glob(f"{path.name}*")] == [path.name]
    if command == "recheck":  # the moments lie in several documents
        assert len(states) > 1


# ------------------------------------------------------------------------------------ the server


def kept_by(path: Path, moment: int) -> tuple[list[list[Any]], int, str]:
    """What a visitor was promised by a server that kills itself; its exit code, what it printed."""
    with served(path, KILL_AT_STEP=str(moment)) as (server, address):
        visitor = start("keep", address, 0, f"at {moment}", TOKEN)
        out, told = visitor.communicate(timeout=ENDING_SECONDS)
        assert visitor.returncode == 0 or moment, told
        code, printed, _ = stopped(server, None if visitor.returncode else signal.SIGINT)
    return [json.loads(row) for row in out.splitlines()], code, printed


def test_a_server_killed_while_it_keeps_articles_loses_none(template: Path, tmp_path: Path) -> None:
    pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")
    require_lock_table()
    counted = tmp_path / "counted.db"
    shutil.copy(template, counted)
    promised, code, printed = kept_by(counted, 0)
    assert (len(promised), code) == (2, 0)
    steps = int(printed)
    assert steps > 10
    chance = random.Random(SEED)
    path = tmp_path / "killed.db"  # one library, killed again and again
    shutil.copy(template, path)
    rows: list[list[Any]] = []
    for _ in range(SERVED):
        promised, code, _ = kept_by(path, chance.randrange(1, steps))
        assert code == -signal.SIGKILL
        rows += promised
        whole(path)
        with open_library(path) as library:
            titles = dict(library.db.execute("SELECT id, title FROM documents").fetchall())
            for _, place, title in rows:
                assert titles[int(place.rpartition("/")[2])] == title
            (halves,) = library.db.execute(
                "SELECT count(*) FROM documents AS d WHERE title LIKE 'Kept %' AND"
                " (NOT EXISTS (SELECT 1 FROM attributed WHERE document_id = d.id) OR"
                " NOT EXISTS (SELECT 1 FROM quotations WHERE document_id = d.id))"
            ).fetchone()
            assert halves == 0, "an article is kept with its quotations or not at all"
    promised, code, _ = kept_by(path, 0)
    assert (len(promised), code) == (2, 0)
    assert [other.name for other in tmp_path.glob("killed.db*")] == ["killed.db"]
