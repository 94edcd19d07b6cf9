"""Adds up what the stages of a program cost, by the methods that they are."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import ExitStack

__all__ = ["StageWatch"]


class StageWatch:
    """Adds up the CPU time of methods, each without that of those it calls."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}
        self._running: list[str] = []
        self._since = 0.0

    def watch(self, stack: ExitStack, owner: Any, stages: Mapping[str, str]) -> None:
        """Time methods of an object, by name in words, until the stack is left."""
        for method, stage in stages.items():
            self.spent.setdefault(stage, 0.0)
            setattr(owner, method, self._timed(getattr(owner, method), stage))
            stack.callback(delattr, owner, method)

    def _timed(self, inner: Callable[..., Any], stage: str) -> Callable[..., Any]:
        def timed(*arguments: Any, **named: Any) -> Any:
            self._turn()
            self._running.append(stage)
            try:
                return inner(*arguments, **named)
            finally:
                self._turn()
                self._running.pop()

        return timed

    def _turn(self) -> None:
        """Charge the time since the last turn to what was running."""
        now = time.process_time()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now
