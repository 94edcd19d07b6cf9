"""How far a command is: a line that moves on a terminal, some in a pipe, none when quiet."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from quotecheck.building.build import build
from quotecheck.building.writer import SourceName
from quotecheck.cli import progress as telling
from quotecheck.cli.console import SETTINGS
from quotecheck.cli.inputs import BytesRead, read_all
from quotecheck.cli.progress import stage_bars


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets time pass."""
    now = [100.0]
    monkeypatch.setattr(telling, "_now", lambda: now[0])

    def wait(seconds: float) -> None:
        now[0] += seconds

    return wait


def test_a_pipe_gets_a_line_every_so_often(
    clock: Callable[[float], None], capsys: pytest.CaptureFixture[str]
) -> None:
    with stage_bars("building") as update:
        update("building", 0, 4_000_000, "")
        clock(4)
        update("building", 1_000_000, 4_000_000, SourceName("a.jsonl", 12))
        assert capsys.readouterr().err == ""
        clock(6)
        update("building", 2_000_000, 4_000_000, SourceName("b\x1b.jsonl", 1_200))
        told = "building: 1,200 documents, 2.0 of 4.0 MB (50%), 0:10 left, b?.jsonl\n"
        assert capsys.readouterr().err == told
        clock(1)
        update("comparing", 1, 8, "")
        clock(10)
        update("comparing", 2, 8, "")
        assert capsys.readouterr().err == "comparing: 2 of 8 (25%), 0:30 left\n"
        clock(3_700)
        update("comparing", 3, 0, "a name")
        assert capsys.readouterr().err == "comparing: 3, 1:01:50 so far, a name\n"


def test_quiet_is_quiet(
    clock: Callable[[float], None],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SETTINGS, "quiet", True)
    with stage_bars("building") as update:
        for _ in range(5):
            clock(20)
            update("building", 1, 2, "a")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("width", [40, 60, 120])
def test_a_terminal_has_one_line_however_narrow(
    width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=True, width=width, color_system=None)
    monkeypatch.setattr("rich.console.Console", lambda **_: console)
    with stage_bars("building") as update:
        update("building", 1_000_000, 4_000_000, SourceName("a-long-name-of-a-file.jsonl", 12))
        time.sleep(0.5)  # a terminal is drawn ten times a second
        update("embedding", 1, 4, "")
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", screen.getvalue())
    lines = [line for line in re.split(r"[\r\n]", shown) if line.strip()]
    assert any("25%" in line and "building" in line for line in lines)
    if width >= 60:
        assert any("12 documents, 1.0 of 4.0 MB" in line for line in lines)
    assert all(len(line) <= width for line in lines)


def test_a_build_tells_documents_bytes_and_the_file_from_the_beginning(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(f"The quay of {name} is mended.\n", encoding="utf-8")
    told: list[tuple[str, int, int, str]] = []
    build([tmp_path], tmp_path / "l.db", attribute=False, progress=lambda *step: told.append(step))
    stage, done, total, _ = told[0]
    assert (stage, done, total) == ("building", 0, 3 * 25)
    assert next(name for *_, name in told if name) == "a.txt"
    assert told[-1][1] == total
    assert getattr(told[-1][3], "documents", None) == 3


def test_bytes_of_files_are_counted_document_by_document(tmp_path: Path) -> None:
    lines = '{"id": "x", "text": "One."}\n{"id": "y", "text": "Two and three."}\n'
    (tmp_path / "a.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "b.txt").write_text("The quay is mended.\n", encoding="utf-8")
    track = BytesRead()
    documents = list(read_all([str(tmp_path)], [], track))
    assert track.total == len(lines) + 20
    done = [track.next() for _ in documents]
    assert done == sorted(done)
    assert done[-1] == track.total
    assert track.next() == track.total


def test_short_commands_in_a_pipe_say_nothing(tmp_path: Path, run: Callable[..., object]) -> None:
    (tmp_path / "a.txt").write_text("The quay is mended.\n", encoding="utf-8")
    ran = run("build", tmp_path / "a.txt", "--db", tmp_path / "l.db", "--no-attribute")
    assert ran.err == ""  # type: ignore[attr-defined]
    assert sys.stderr is not None
