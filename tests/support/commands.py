"""Commands run in this process, from their arguments to their exit code; a plugin of the suite."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from quotecheck import cli

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command in this process, from its arguments to its exit code."""

    def run(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setenv("QUOTECHECK_DEBUG", "1")  # an error that is no answer raises
        monkeypatch.setattr(sys, "argv", ["quotecheck", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsysbinary.readouterr()
        try:
            cli.main()
        except SystemExit as done:
            code = done.code if isinstance(done.code, int) else int(bool(done.code))
        else:
            code = 0
        sys.stdout.flush()
        out, err = capsysbinary.readouterr()
        ran = Ran(code, out.decode(), err.decode())
        assert "Traceback" not in ran.said
        assert code in {0, 1, 2}
        return ran

    return run


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch, attributor: Attributor) -> None:
    """Lets the commands use weights that are loaded once for all tests."""
    monkeypatch.setattr(
        "quotecheck.pipeline.attributor.load_attributor", lambda **_options: attributor
    )


def command_paths() -> list[tuple[str, ...]]:
    """Every command by the words that call it, groups left out."""
    found: list[tuple[str, ...]] = []

    def walk(command: Any, path: tuple[str, ...]) -> None:
        below = getattr(command, "commands", None)
        if not below:
            found.append(path)
            return
        for name, one in below.items():
            walk(one, (*path, name))

    walk(typer.main.get_command(cli.app), ())
    return found
