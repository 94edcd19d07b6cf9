"""A file that takes its name when it is whole: what goes wrong before leaves no trace."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from quotecheck.errors import InputError

__all__ = ["written_whole"]

_NAME_CHARS: Final = 60
"""Of the file's own name, so that no file system finds the longer one too long."""


@contextmanager
def written_whole(target: Path) -> Iterator[Path]:
    """Give a new, empty file beside ``target``, which takes its place at the end, or goes.

    Its name is nobody else's: a file of the user's that is called so is never written to. What is
    written reaches the disk before it takes the name, and keeps the permissions of the file that
    it replaces. A link stays a link; a pipe or a device is given as it is and never replaced.

    Raises:
        InputError: the file cannot be made, written, or put in its place.
    """
    path = Path(os.path.realpath(target))
    try:
        # No error on odd names, as Path.exists would raise.
        if os.path.exists(path) and not path.is_file():  # noqa: PTH110
            yield path
            return
        unfinished = path.with_name(f"{path.name[:_NAME_CHARS]}.{os.urandom(6).hex()}.tmp")
        unfinished.open("xb").close()
        try:
            yield unfinished
            _put_in_place(unfinished, path)
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        raise InputError(
            f"the output cannot be written ({error.strerror or error})",
            where=str(target),
            remedy="Make room and run the command again."
            if full
            else "Name a file in a folder that exists and that you may write to.",
        ) from error


def _put_in_place(unfinished: Path, path: Path) -> None:
    with unfinished.open("rb+") as file:
        os.fsync(file.fileno())
    with suppress(OSError):
        unfinished.chmod(stat.S_IMODE(path.stat().st_mode))
    unfinished.replace(path)
