"""The tour runs as it is printed: every command of docs/tour.md, in a copy, in order."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import paths
from tests.support.commands import Run
from tests.support.printed_steps import Step, assert_printed, pattern, steps

ROOT = paths.ROOT
PAGE = ROOT / "docs" / "tour.md"
PORT = "8001"
"""What the page prints; the test takes one that is free."""


STEPS = steps(PAGE.read_text(encoding="utf-8"))


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the tour needs of the project, in a folder of its own."""
    copy = tmp_path_factory.mktemp("tour")
    shutil.copytree(ROOT / "corpora" / "sample", copy / "corpora" / "sample")
    return copy


@pytest.fixture(scope="module")
def environment(copy: Path) -> dict[str, str]:
    # The commands are those of the Python that runs the tests.
    folder = copy / "bin"
    folder.mkdir()
    command = folder / "quotecheck"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m quotecheck "$@"\n')
    command.chmod(0o755)
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", "COLUMNS": "100"}


@pytest.fixture(scope="module")
def served() -> Iterator[list[subprocess.Popen[bytes]]]:
    """What the tour starts in the background; stopped as one stops it, by Ctrl-C."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=15)
        finally:
            process.kill()


@pytest.mark.weights
@pytest.mark.usefixtures("loaded")
def test_the_tour_runs_as_printed(
    copy: Path,
    environment: dict[str, str],
    served: list[subprocess.Popen[bytes]],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first step as a reader starts it; later ones in this process, with weights loaded once;
    what needs a shell or serves, in one again."""
    port = free_port()
    monkeypatch.chdir(copy)
    monkeypatch.setenv("COLUMNS", environment["COLUMNS"])
    for number, step in enumerate(STEPS):
        command = re.sub(rf"\b{PORT}\b", port, step.command)
        program = shlex.split(command)[0]
        if program == "curl":
            if shutil.which("curl") is None:
                pytest.skip("the last step needs curl")
            await_port(int(port), served[-1])
        if command.endswith(" &"):
            pytest.importorskip("datasette", reason="the last steps need the extra web")
            served.append(
                subprocess.Popen(["sh", "-c", f"exec {command[:-2]}"], cwd=copy, env=environment)
            )
            continue
        if number and program == "quotecheck" and not re.search(r"[|&;<>]", command):
            told = run(*shlex.split(command)[1:])
            assert told.code == step.code, f"tour.md:{step.line}: {told.said}"
            assert_printed(step, told.out)
            continue
        ran = subprocess.run(
            ["sh", "-c", command],
            cwd=copy,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=600,
            check=False,
        )
        assert ran.returncode == step.code, f"tour.md:{step.line}: {ran.stdout}{ran.stderr}"
        assert_printed(step, ran.stdout)


def await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server listens: it is bound by then, which needs no connection to tell."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server has ended"
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return
        time.sleep(0.2)
    pytest.fail("the server does not listen")


def test_the_tour_shows_each_step() -> None:
    commands = [step.command.split()[1] for step in STEPS if step.command.startswith("quotecheck")]
    shown = ["attribute", "build", "check", "trace", "search", "serve"]
    assert [command for command in dict.fromkeys(commands) if command in shown] == shown
    assert sum(bool(step.output) for step in STEPS) >= 8
    assert {step.code for step in STEPS} == {0, 1}


def test_a_line_is_looked_for_as_it_is_printed() -> None:
    assert pattern("  a   b").match("a b")
    assert not pattern("a b").match("a c")
    assert pattern("direct, …% sure; to").match("direct, 94% sure; to")
    assert pattern("Library: t.db …").match("Library: t.db (0.0 MB)")
    assert pattern("years […] I").match("years […] I")
    assert not pattern("years […] I").match("years and I")
    step = Step(1, "x", ("one", "…", "two"), 0)
    assert_printed(step, "one\nand\ntwo\n")
    with pytest.raises(AssertionError):
        assert_printed(step, "two\none\n")
