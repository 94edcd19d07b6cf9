"""How weights are loaded: without the garbage collector, and frozen where the process is ours.

A loaded pipeline is some hundred thousand objects that live as long as the process. The collector
walks over all of them again and again while they come, and over all that are there in each of its
full rounds afterwards: half a second of a start, and two to six percent of what follows.
"""

from __future__ import annotations

import gc
import sys
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Later", "claim_process", "loading", "process_is_ours", "spared_imports"]


_NEW_OBJECTS: Final = 100_000
"""After how many the collector looks at them; with Python's 700 it takes a twelfth of a start. A
check of one quotation makes some 60,000, and has ended before anything is looked at."""


class _Process:
    """Whether this process runs quotecheck's commands and nothing of anybody else's."""

    ours = False


def claim_process() -> None:
    """Say that this process is quotecheck's own: its command line, or a worker of it.

    The garbage collector then works less often and does not see what is loaded, and what Stanza and
    sqlite_utils import without need is left out. All of it would be rude in a process that somebody
    else's program runs in.
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


class Later(ModuleType):
    """Stands for a module until something of it is used, and then hands on to it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # what importing asks for
            raise AttributeError(name)
        return getattr(import_module(self.__name__), name)


@contextmanager
def spared_imports(*modules: ModuleType | str) -> Iterator[None]:
    """Import a package without what it imports and nobody here needs, in a process of our own.

    Args:
        modules: what stands for modules (`Later`), and names of those that seem not to be installed
            meanwhile. A module that is loaded already stays as it is.
    """
    stand_ins = {m if isinstance(m, str) else m.__name__: m for m in modules}
    spared: dict[str, Any] = {
        name: None if module == name else module  # None is Python's word for: not here
        for name, module in stand_ins.items()
        if _Process.ours and name not in sys.modules
    }
    sys.modules.update(spared)
    try:
        yield
    finally:
        for name in spared:
            sys.modules.pop(name, None)
