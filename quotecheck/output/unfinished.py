"""A file that takes its name when it is whole: what goes wrong before leaves no trace."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

__all__ = ["unfinished_file"]

_NAME_CHARS: Final = 60
"""Of the file's own name, so that no file system finds the longer one too long."""


@contextmanager
def unfinished_file(path: Path) -> Iterator[Path]:
    """Give a new file beside ``path``, empty, which takes its place at the end, or goes.

    Its name is nobody else's: a file of the user's that is called so is never written to.

    Raises:
        OSError: it cannot be made, or cannot take the place.
    """
    unfinished = path.with_name(f"{path.name[:_NAME_CHARS]}.{os.urandom(6).hex()}.tmp")
    unfinished.open("xb").close()
    try:
        yield unfinished
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise
