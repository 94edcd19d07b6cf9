"""How weights are loaded: without the garbage collector, and frozen where the process is ours.

A loaded pipeline is some hundred thousand objects that live as long as the process. The collector
walks over all of them again and again while they come, and over all that are there in each of its
full rounds afterwards: half a second of a start, and two to six percent of what follows.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["claim_process", "loading", "process_is_ours"]


_NEW_OBJECTS: Final = 50_000
"""After how many the collector looks at them; with Python's 700 it takes a twelfth of a start."""


class _Process:
    """Whether this process runs quotecheck's commands and nothing of anybody else's."""

    ours = False


def claim_process() -> None:
    """Say that this process is quotecheck's own: its command line, or a worker of it.

    The garbage collector then works less often and does not see what is loaded, and what Stanza
    imports without need is left out. All of it would be rude in a process that somebody else's
    program runs in.
    """
    _Process.ours = True
    gc.set_threshold(_NEW_OBJECTS, 10, 10)


def process_is_ours() -> bool:
    """Whether `claim_process` was called."""
    return _Process.ours


@contextmanager
def loading() -> Iterator[None]:
    """Keep the garbage collector away while weights are loaded; may be nested."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
        if _Process.ours:
            gc.freeze()
    finally:
        gc.enable()
