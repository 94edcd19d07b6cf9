"""Reading what is in ZIP files without being led astray by it.

A member is read into memory and never written to disk, and never more of it than its directory
entry says. What would unpack to many times its size is refused before it is unpacked.
"""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import BinaryIO, Final

from quotecheck.errors import InputError

__all__ = ["Unpacker", "safe_name"]

_FREE: Final = 16 << 20
"""Bytes that anything may unpack to."""
_RATIO: Final = 200
"""More than that many times its size nothing unpacks to that people have written."""
_MAX_MEMBER_BYTES: Final = 1 << 30
"""Bytes of one member, unpacked."""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, struct.error, OverflowError, KeyError,
)  # fmt: skip


class Unpacker:
    """A ZIP file that is open for reading.

    Args:
        file: the file, open for reading in binary and seekable.
        kind: what the file is said to be, for messages ("ZIP archive", "EPUB").

    Raises:
        InputError: it is not a ZIP file, or its directory is damaged.
    """

    def __init__(self, file: BinaryIO, kind: str = "ZIP archive") -> None:
        self.kind = kind
        try:
            self.archive = zipfile.ZipFile(file)
            file.seek(0, 2)
            self._budget = _FREE + _RATIO * file.tell()
        except _DAMAGE as error:
            raise InputError(
                f"it is not a readable {kind}, or is cut off or damaged ({error})",
                remedy="Get the file again.",
            ) from error

    def __enter__(self) -> Unpacker:
        return self

    def __exit__(self, *_: object) -> None:
        self.archive.close()

    def holds(self, name: str) -> bool:
        """Whether there is a member of just this name."""
        return name in self.archive.NameToInfo

    def read(self, member: zipfile.ZipInfo | str) -> bytes:
        """The bytes of a member.

        Raises:
            InputError: there is none of that name, it is encrypted, is damaged, is a link, or
                unpacks to far more than it is.
        """
        try:
            info = self.archive.getinfo(member) if isinstance(member, str) else member
        except KeyError as error:
            raise InputError(
                f"the {self.kind} lacks its part {member}", remedy="Get the file again."
            ) from error
        self._check(info)
        try:
            with self.archive.open(info) as file:
                data = file.read(info.file_size)
        except _DAMAGE as error:
            raise InputError(
                f"it is damaged ({error})", remedy=f"Get the {self.kind} again."
            ) from error
        except MemoryError as error:
            raise InputError(
                "it does not fit into memory", remedy="Unpack and divide it."
            ) from error
        self._budget -= len(data)
        return data

    def check_all(self) -> None:
        """Refuse the whole file where a program that unpacks it could be led astray.

        Raises:
            InputError: a member is encrypted, or unpacks to far more than it is.
        """
        infos = self.archive.infolist()
        for info in infos:
            self._check(info)
        if sum(info.file_size for info in infos) > self._budget:
            raise _bomb()

    def _check(self, info: zipfile.ZipInfo) -> None:
        if info.flag_bits & 1:
            raise InputError(
                "it is encrypted", remedy="Unpack it with its password, and give what is in it."
            )
        if stat.S_ISLNK(info.external_attr >> 16):
            raise InputError(
                "it is a symbolic link, which is not followed",
                remedy="Put the file itself into the archive.",
            )
        size = info.file_size
        if size > _FREE and size > _RATIO * max(1, info.compress_size):
            raise _bomb()
        if size > min(_MAX_MEMBER_BYTES, max(0, self._budget)):
            raise (
                _bomb()
                if size <= _MAX_MEMBER_BYTES
                else InputError(f"it is {size >> 20:,} MB large", remedy="Unpack it and divide it.")
            )


def _bomb() -> InputError:
    return InputError(
        "it unpacks to hundreds of times its size, as archives do that are made to do harm",
        remedy="If it is what it should be, unpack it yourself and give what is in it.",
    )


def safe_name(name: str) -> str | None:
    r"""A member's name as a path within the archive; None where it leads out of it.

    >>> safe_name("speeches/./one.txt"), safe_name("../../etc/passwd"), safe_name("C:\\x.txt")
    ('speeches/one.txt', None, None)
    """
    path = PurePosixPath(name)
    if not name or path.is_absolute() or "\\" in name or name[1:2] == ":" or ".." in path.parts:
        return None
    if any(ord(sign) < 32 for sign in name):
        return None
    return str(path)
