"""A real scheduler, with workers that are processes of their own.

The suite cuts the network, even that of the machine with itself, so whoever talks to the scheduler
is a process of its own too.
"""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from quotecheck.building.build import build
from tests.support import paths
from tests.support.cluster_parts import FACTORY
from tests.support.library_rows import all_rows

pytestmark = pytest.mark.slow  # journeys of several processes, half a minute of waiting

ONLINE = os.environ | {"PYTHONPATH": str(paths.ROOT)}


def test_an_address_where_nobody_answers_is_told_soon(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.", encoding="utf-8")
    command = [sys.executable, "-m", "quotecheck", "build", "a.txt", "--no-attribute", "--db", "x"]
    done = subprocess.run(
        [*command, "--cluster", f"tcp://127.0.0.1:{_free_port()}"],
        env=ONLINE,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "no Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr


DRIVER = """
import os, signal, sys
from pathlib import Path
from tests.support import building_cases as cases
from quotecheck.cluster.dask_runner import build_on_cluster
from quotecheck.errors import QuotecheckError

sources, folder, address, factory, kill = sys.argv[1:]
log = Path(folder, "log")
killed = []

def progress(stage, done, total, name):
    if kill.isdecimal() and name.startswith("shard 2 "):
        os.kill(int(kill), signal.SIGKILL)
    if kill == "worker" and name.startswith("shard") and done >= 2 and not killed and log.exists():
        # Whoever is at work on the newest document.
        killed.append(int(log.read_text().rsplit("by ", 1)[1].split()[0]))
        os.kill(killed[0], signal.SIGKILL)

factories = {"signing": cases.signing(str(log), 0.05), "none": cases.make_none,
             "corpse": cases.make_corpse}
try:
    report = build_on_cluster(
        [sources], Path(folder, "many.db"), Path(folder, "parts"), address=address,
        shards=6, attributor_factory=factories[factory], progress=progress, timeout=30,
        wait=10 if factory == "corpse" else 60,
    )
except QuotecheckError as error:
    print(f"{type(error).__name__}: {error}")
else:
    print(killed, report.added, report.attributed, report.failed)
    print(*report.failures, sep="\\n")
"""


def _free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


class Cluster(NamedTuple):
    """A scheduler, where it listens, and its workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A scheduler with two workers."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("Dask is not installed")
    port = str(_free_port())
    address = f"tcp://127.0.0.1:{port}"
    log = (tmp_path / "dask.log").open("wb")

    def start(name: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{name}", *options]
        return subprocess.Popen(
            command, env=ONLINE, stdout=log, stderr=log, cwd=tmp_path, start_new_session=True
        )

    started = [start("dask_scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")]
    # Without a nanny: who is killed stays dead.
    options = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--local-directory")
    started += [
        start("dask_worker", address, *options, str(tmp_path / f"dask-{n}")) for n in range(2)
    ]
    try:
        yield Cluster(address, started[0], started[1:])
    finally:
        for process in started:
            process.kill()
            process.wait()
        log.close()


def drive(sources: Path, tmp_path: Path, address: str, factory: str, kill: str = "") -> list[str]:
    """Build on the cluster in another process; what it printed, by lines."""
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(sources), str(tmp_path), address, factory, kill],
        env=ONLINE,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_cluster_with_a_worker_killed_gives_the_rows_of_one_process(
    sources: Path, tmp_path: Path, cluster: Cluster
) -> None:
    told = drive(sources, tmp_path, cluster.address, "signing", "worker")
    killed = [worker.pid for worker in cluster.workers if worker.poll() is not None]
    assert len(killed) == 1
    assert told[0].startswith(f"{killed} ")
    build([sources], tmp_path / "one.db", attributor_factory=FACTORY)
    assert all_rows(tmp_path / "many.db") == all_rows(tmp_path / "one.db")
    assert len(list((tmp_path / "parts").iterdir())) == 6  # and no half ones
    # Once more: nothing is made, nothing is added.
    seen = (tmp_path / "log").read_text()
    assert drive(sources, tmp_path, cluster.address, "signing")[0].startswith("[] 0 0 ")
    assert (tmp_path / "log").read_text() == seen


def test_a_cluster_says_what_its_workers_lack(
    sources: Path, tmp_path: Path, cluster: Cluster
) -> None:
    told = drive(sources, tmp_path, cluster.address, "none")
    assert told == ["WeightsError: ner.pt is missing", "  Install it."]
    # Workers that die of a shard, one after another, are no riddle either.
    told = drive(sources, tmp_path, cluster.address, "corpse")
    assert any("no workers" in line or "died, one after another" in line for line in told)


def test_a_scheduler_that_dies_is_told_and_whole_parts_stay(
    sources: Path, tmp_path: Path, cluster: Cluster
) -> None:
    told = drive(sources, tmp_path, cluster.address, "signing", str(cluster.scheduler.pid))
    assert "the scheduler went away while the shards were made" in told[0]
    assert len(list((tmp_path / "parts").glob("part-*.parquet"))) >= 2
    assert not (tmp_path / "many.db").exists()
