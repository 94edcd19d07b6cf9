"""An end to work that would hang: it fails instead of running for hours. A plugin of the suite.

Nothing is measured here. How work grows is told by tests/robustness/test_growth.py, how long it
takes by ``quotecheck evaluate``.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

__all__ = ["cpu_limit", "no_hang"]

_HANGS_SECONDS = 120.0
"""Of the processor: many times what the slowest of these tests spends."""


@contextmanager
def cpu_limit(seconds: float = _HANGS_SECONDS) -> Iterator[None]:
    """Fail once this process has spent so many seconds of the processor within the block."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"still at work after {seconds:.0f} seconds of the processor")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@pytest.fixture
def no_hang() -> Iterator[None]:
    """The whole test under `cpu_limit`."""
    with cpu_limit():
        yield
