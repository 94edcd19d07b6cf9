"""Programs that kill themselves at a moment that is the same in every run.

The moment is a number of steps of SQLite's machine: amid a statement, between two, amid a commit,
however busy the computer is.
"""

from __future__ import annotations

import os
import signal
from types import ModuleType
from typing import Any

__all__ = ["STEPS", "Counter", "count_steps"]

STEPS = 5
"""Of SQLite's machine between two looks: a short statement has but a few."""


class Counter:
    """Counts, and kills the process when there are so many; never for 0."""

    def __init__(self, last: int) -> None:
        self.done = 0
        self.last = last

    def __call__(self) -> int:
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def count_steps(module: ModuleType, last: str | None, *, only_writing: bool = False) -> Any:
    """Let what a module opens as a library count its steps, and kill the process at one of them.

    Args:
        module: the one whose ``open_library`` is used.
        last: at which number, as the environment tells; None leaves everything as it is.
        only_writing: whether libraries that are opened for reading do not count.

    Returns:
        What counts; None without a number.
    """
    if last is None:
        return None
    counter = Counter(int(last))
    opener = module.open_library

    def opened(*arguments: Any, **options: Any) -> Any:
        library = opener(*arguments, **options)
        if options.get("create") or not only_writing:
            library.db.conn.set_progress_handler(counter, STEPS)
        return library

    module.open_library = opened  # type: ignore[attr-defined]
    return counter
