"""A library that is served by a process of its own, and other processes beside it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support import paths
from tests.support.web_cases import TOKEN

__all__ = ["ENDING_SECONDS", "ended", "served", "start", "stopped"]

HERE = paths.TESTS / "support"
_PATHS = [str(HERE), str(paths.ROOT), os.environ.get("PYTHONPATH", "")]
_ONLINE = os.environ | {
    # As it is before the suite cuts the network: the visitors of a server need the machine's own.
    "PYTHONPATH": os.pathsep.join(filter(None, _PATHS)),
    "PYTHONFAULTHANDLER": "1",
    "OMP_NUM_THREADS": "1",
    "QUOTECHECK_TOKEN": TOKEN,
}
ENDING_SECONDS = 240.0
"""How long an end may take on a machine that has much else to do."""


def start(*arguments: str | Path | float, **environment: str) -> subprocess.Popen[str]:
    """A part of `serving_load` in a process of its own."""
    return subprocess.Popen(
        [sys.executable, str(HERE / "serving_load.py"), *map(str, arguments)],
        env=_ONLINE | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        # Where the suite runs in the background, the signal is ignored by inheritance.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )


@contextmanager
def served(path: Path, **environment: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process of a server that shows a library, and its address."""
    server = start("serve", path, **environment)
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        assert "http://" in line, server.communicate(timeout=30)
        yield server, line.split()[4]
    finally:
        server.kill()
        server.communicate()


def stopped(
    server: subprocess.Popen[str], number: int | None = signal.SIGINT
) -> tuple[int, str, str]:
    """Send a signal to a server, and wait for its end: exit code, output, errors.

    The output ends with the last process that the server has started.
    """
    if number is not None:
        server.send_signal(number)
    try:
        out, told = server.communicate(timeout=ENDING_SECONDS)
    except subprocess.TimeoutExpired:
        server.send_signal(signal.SIGABRT)  # it says where it is
        raise AssertionError(f"the server does not end\n{server.communicate()[1]}") from None
    return server.returncode, out, told


def ended(process: subprocess.Popen[str]) -> list[list[Any]]:
    """What a process was promised, when it has ended well."""
    out, told = process.communicate(timeout=ENDING_SECONDS)
    assert process.returncode == 0, f"exit code {process.returncode}\n{told}"
    return [json.loads(line) for line in out.splitlines()]
