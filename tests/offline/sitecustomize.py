"""Cuts the network, and guards open libraries: imported by every Python process that tests start.

Conftest imports it too. An audit hook sees the calls of every library, those written in C too.
Sockets of the machine itself (AF_UNIX), which multiprocessing uses, stay.

A library that SQLite has open may not be opened beside it: closing the second descriptor would drop
all locks of the process (see `quotecheck.held_files`). What is locked is told by /proc, so the
guard stands on Linux alone.
"""

from __future__ import annotations

import os
import sys
from typing import Any

ATTEMPTS: list[str] = []

_NAMED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENT = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_AF_UNIX = 1


class NetworkTouchedError(RuntimeError):
    """A test, or what it tests, reached for the network."""


OPENED: list[str] = []

_LINUX = os.path.exists("/proc/locks") and os.path.isdir("/proc/self/fd")  # noqa: PTH110, PTH112
_connected = False


class LockedFileOpenedError(RuntimeError):
    """A file was opened on which this process holds locks, which its closing would drop."""


def _is_open_here(inode: int, device: int) -> bool:
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208
        try:
            held = os.fstat(int(number))
        except OSError:
            continue
        if (held.st_ino, held.st_dev) == (inode, device):
            return True
    return False


def _is_locked_here(inode: int) -> bool:
    with open("/proc/locks", encoding="ascii") as table:  # noqa: PTH123
        rows = [line.replace("-> ", "").split() for line in table]
    mine = str(os.getpid())
    return any(r[1] == "POSIX" and r[4] == mine and r[5].endswith(f":{inode}") for r in rows)


def _guard_locks(name: Any) -> None:
    if not isinstance(name, (str, bytes, os.PathLike)):
        return
    try:
        asked = os.stat(name)  # noqa: PTH116
    except (OSError, ValueError):
        return
    if _is_open_here(asked.st_ino, asked.st_dev) and _is_locked_here(asked.st_ino):
        OPENED.append(repr(os.fsdecode(name)))
        raise LockedFileOpenedError(f"closing it would drop the locks on it: {OPENED[-1]}")


def _hook(event: str, args: tuple[Any, ...]) -> None:
    global _connected
    if event == "sqlite3.connect":
        _connected = True
    elif event == "open" and _connected and _LINUX:
        _guard_locks(args[0])
    if event in _NAMED or (event in _SENT and int(args[0].family) != _AF_UNIX):
        ATTEMPTS.append(f"{event} {args[-1] if event in _SENT else args[0]!r}")
        raise NetworkTouchedError(f"quotecheck never touches the network: {ATTEMPTS[-1]}")


if not getattr(sys, "quotecheck_offline", False):
    sys.quotecheck_offline = True  # type: ignore[attr-defined]
    sys.addaudithook(_hook)
