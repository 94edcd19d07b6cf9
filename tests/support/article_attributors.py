"""Attributors without weights that do what an article says, for the process that reads articles."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from quotecheck.errors import WeightsError
from tests.support.web_cases import Marks

__all__ = ["Obedient", "hold", "no_memory", "no_weights", "wait_until"]

_held: list[bytearray] = []


class Obedient(Marks):
    """Reads as `Marks` does, after it has done what the article asks for in square brackets."""

    def __call__(self, document: Any) -> Any:
        for order, argument in re.findall(r"\[(\w+)(?: ([^\]]+))?\]", document.text):
            _ORDERS[order](argument)
        return super().__call__(document)


def hold(_: str = "") -> None:
    """Compute for hours, in one call into C that lets no other thread of the process run."""
    re.match(r"(a+)+$", "a" * 60 + "b")


def _die(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _fail(words: str) -> None:
    raise ValueError(words)


def _grow(megabytes: str) -> None:
    _held.append(bytearray(b"x" * (int(megabytes) << 20)))


def _wait(path: str) -> None:
    Path(path).with_suffix(".begun").touch()
    wait_until(Path(path).exists)


_ORDERS: dict[str, Callable[[str], None]] = {
    "hold": hold, "die": _die, "fail": _fail, "grow": _grow, "wait": _wait,
}  # fmt: skip


def no_weights() -> Any:
    """Make no attributor."""
    raise WeightsError("the weights are gone", remedy="Install them again.")


def no_memory() -> Any:
    """Make none, and die of it."""
    _die("")


def wait_until(what: Callable[[], bool], seconds: float = 60.0) -> bool:
    """Wait until something holds; whether it did within some seconds."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if what():
            return True
        time.sleep(0.02)
    return False
