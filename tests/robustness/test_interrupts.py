"""Ctrl-C at any moment: a clear message, exit code 130, nothing lost, no half-written file."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import quotecheck
from quotecheck import cli
from quotecheck.building.build import build
from quotecheck.errors import LibraryError
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from quotecheck.output.files import write_pieces
from tests.support import paths
from tests.support.building_cases import write_sources

PACKAGE = Path(quotecheck.__file__).parent
SAMPLE = paths.SAMPLE
QUICK = {**os.environ, "OMP_NUM_THREADS": "1"}
STOPPED = 130
KILLED = -signal.SIGINT
"""A shell calls it 130 too. Before Python's start and after its end the system answers the signal,
and Python itself dies of it where some package's C code was interrupted."""


def interrupted(arguments: list[str | Path], after: float, folder: Path) -> tuple[int, str]:
    """Run a command and press Ctrl-C after some seconds; its exit code and standard error."""
    process = subprocess.Popen(
        [sys.executable, "-m", "quotecheck", *arguments],
        cwd=folder,
        env=QUICK,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        # Where the suite runs in the background, the signal is ignored by inheritance.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    try:
        _, told = process.communicate(timeout=60)
    except subprocess.TimeoutExpired:
        process.kill()
        pytest.fail("it does not stop")
    return process.returncode, told


def assert_stopped(code: int, told: str, finished: tuple[int, ...] = (0, 1)) -> None:
    if "Traceback" in told:  # Python was interrupted before it came to us
        ours = re.findall(rf"{re.escape(str(PACKAGE))}/(\S+)\"", told)
        assert set(ours) <= {"__init__.py", "__main__.py"}, told
        return
    assert code in (STOPPED, KILLED, *finished), (code, told)
    assert "a bug in quotecheck" not in told
    if code == STOPPED:
        assert "stopped" in told
    if code == KILLED:
        assert told == "" or "stopped" in told


def moments(seconds: float, number: int, seed: int) -> list[float]:
    """Moments spread over some seconds, each somewhere in its share of them."""
    rng = random.Random(seed)
    return [seconds * (n + rng.random()) / number for n in range(number)]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("interrupt") / "library.db"
    build([str(SAMPLE / "sources")], path, attribute=False)
    return path


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    write_sources(folder, files=30, per_file=40)
    return folder


def test_check(library: Path, tmp_path: Path) -> None:
    output = tmp_path / "check.json"
    quote = "No village will be asked to move twice."
    command: list[str | Path] = ["check", quote, "--db", library, "-f", "json", "-o", output]
    before = library.read_bytes()
    for after in moments(1.2, 6, seed=1):
        output.unlink(missing_ok=True)
        assert_stopped(*interrupted(command, after, tmp_path))
        assert not list(tmp_path.glob("*.tmp"))
        if output.exists():
            assert json.loads(output.read_text(encoding="utf-8"))
    assert library.read_bytes() == before


def test_build_goes_on_where_it_stopped(sources: Path, tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    command: list[str | Path] = ["build", sources, "--db", library, "--no-attribute"]
    for after in moments(1.6, 5, seed=2):
        assert_stopped(*interrupted(command, after, tmp_path))
        if library.exists() and library.stat().st_size:
            try:
                with Verification(library) as verification:
                    assert [f for f in verification.findings() if f.check != "schema"] == []
            except LibraryError as error:  # stopped before its tables were there
                assert "not a library yet" in str(error)  # noqa: PT017
    whole = tmp_path / "whole.db"
    build([str(sources)], whole, attribute=False)
    build([str(sources)], library, attribute=False)
    held = []
    for path in (whole, library):
        with open_library(path) as opened:
            rows = opened.db.execute("SELECT key, text_sha256 FROM documents ORDER BY key")
            held.append(rows.fetchall())
    assert held[0] == held[1]
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.weights
@pytest.mark.parametrize("after", [2.5, 6.0])
@pytest.mark.parametrize("command", ["attribute", "check"])
def test_with_the_weights(command: str, after: float, library: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    article = SAMPLE / "article-second-round.txt"
    more: list[str | Path] = ["--db", library] if command == "check" else []
    code, told = interrupted(
        [command, article, *more, "-f", "jsonl", "-o", output], after, tmp_path
    )
    assert_stopped(code, told)
    assert [path.name for path in tmp_path.iterdir()] in ([], ["out.jsonl"])
    if output.exists():
        assert len(output.read_text(encoding="utf-8").splitlines()) >= 13


# ------------------------------------------------------------------- at every step of the writing


def interrupt_at(step: int, act: Callable[[], Any]) -> bool:
    """Whether ``act`` was interrupted, at the ``step``-th call or return within it."""
    steps = count()

    def hook(frame: FrameType, event: str, argument: object) -> None:
        # Not within Python's own closing of the file, which would leave it to the collector.
        ours = frame.f_code.co_filename == write_pieces.__code__.co_filename
        if ours and event in ("call", "return", "c_call") and next(steps) == step:
            raise KeyboardInterrupt

    sys.setprofile(hook)
    try:
        act()
    except KeyboardInterrupt:
        return True
    finally:
        sys.setprofile(None)
    return False


@pytest.mark.filterwarnings(
    "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"
)  # of a file that was interrupted between being opened and being held
def test_an_output_is_whole_or_as_it_was(tmp_path: Path) -> None:
    output = tmp_path / "out.txt"
    for step in range(400):
        output.write_text("before", encoding="utf-8")
        stopped = interrupt_at(step, lambda: write_pieces(output, (f"{n}\n" for n in range(20))))
        held = output.read_text(encoding="utf-8")
        assert held in ("before", "".join(f"{n}\n" for n in range(20)))
        if not stopped:
            assert step > 20
            assert [path.name for path in tmp_path.iterdir()] == ["out.txt"]
            return
    pytest.fail("it never ends")


def test_a_class_whose_making_was_stopped_is_no_error_of_ours(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped() -> None:
        raise RuntimeError("Error calling __set_name__") from KeyboardInterrupt()

    monkeypatch.setattr(cli, "application", lambda _names: stopped)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 130
    assert "stopped" in capsys.readouterr().err
