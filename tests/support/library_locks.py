"""The locks that a process holds on a library, as the system counts them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

__all__ = [
    "assert_no_deleted_log",
    "held_locks",
    "is_registered",
    "open_files",
    "require_lock_table",
]

_TABLE = Path("/proc/locks")
_SHARED_BYTE = 0x40000002  # the range by which SQLite tells others that the database is open
_PRESENCE_BYTE = 128  # of the -shm file: somebody has the write-ahead log open


def require_lock_table() -> None:
    """Skip the test where the system does not list its locks (anything but Linux)."""
    if not _TABLE.exists() or not Path("/proc/self/fd").exists():
        pytest.skip("the system does not list locks and open files in /proc")


def held_locks(path: Path, process: int | None = None) -> dict[str, list[int]]:
    """The first bytes of the ranges that a process has locked, by file.

    Args:
        path: the library.
        process: the number of the process; None for this one.

    Returns:
        For the library and its -shm file the first byte of each locked range, in order.
    """
    process = process or os.getpid()
    inodes = {}
    for suffix in ("", "-shm"):
        try:
            inodes[os.stat(f"{path}{suffix}").st_ino] = suffix  # noqa: PTH116 - never opened
        except FileNotFoundError:
            continue
    held: dict[str, list[int]] = {"": [], "-shm": []}
    for line in _TABLE.read_text("ascii").splitlines():
        fields = [field for field in line.split() if field != "->"]
        owner, inode = int(fields[4]), int(fields[5].rsplit(":", 1)[1])
        if owner == process and inode in inodes:
            held[inodes[inode]].append(int(fields[6]))
    # The table is read in pieces while others lock and unlock: a line may come twice.
    return {suffix: sorted(set(starts)) for suffix, starts in held.items()}


def is_registered(path: Path, process: int | None = None) -> bool:
    """Whether other processes can tell by the locks that this one has the library open.

    Without these locks the next process that closes the library believes to be the last one, and
    deletes the write-ahead log under the other.
    """
    held = held_locks(path, process)
    return _SHARED_BYTE in held[""] and _PRESENCE_BYTE in held["-shm"]


def open_files(path: Path, process: int | None = None) -> list[str]:
    """The names, as the system tells them, of the library's files that a process has open.

    A file that was deleted while it was open is told with " (deleted)" at its end.
    """
    folder = Path("/proc", str(process or os.getpid()), "fd")
    found = []
    for link in list(folder.iterdir()):
        try:
            target = os.readlink(link)  # noqa: PTH115
        except OSError:
            continue  # closed meanwhile
        if target.startswith(str(path)):
            found.append(target)
    return found


def assert_no_deleted_log(path: Path, process: int) -> None:
    """Fail where a process has a file of the library open that is no longer in its folder."""
    gone = [name for name in open_files(path, process) if name.endswith(" (deleted)")]
    assert gone == [], "deleted under an open connection"
