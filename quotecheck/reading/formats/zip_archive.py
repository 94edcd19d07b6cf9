"""ZIP archives of sources: each member of a known kind is a file like any other."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from quotecheck.errors import InputError
from quotecheck.reading.formats.safe_zip import Unpacker, safe_name

__all__ = ["Member", "read_members", "zip_kind"]

_ARCHIVES = (".zip", ".gz", ".tgz", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst")
_SIDECAR = ".meta.json"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive: its path in there, its bytes, and those of its ``.meta.json``."""

    name: str
    data: bytes
    sidecar: bytes | None = None


def read_members(
    file: BinaryIO, suffixes: tuple[str, ...], *, name: str, only: str | None = None
) -> Iterator[Member | InputError]:
    """Yield the files of an archive in order of their names.

    As in folders, only files of a known kind are read, and hidden ones are left out. An archive
    within is not opened; WARC files, whose suffix is one of ``suffixes``, are.

    Args:
        file: the archive, open for reading in binary and seekable.
        suffixes: the endings of files to read, in lower case.
        name: what to call the archive in messages.
        only: the path of the one member that is wanted; it is read whatever its kind.

    Yields:
        Members, and an InputError in the place of each that cannot be read.

    Raises:
        InputError: the archive cannot be read, holds nothing that could be a source, or not the
            member that is wanted.
    """
    with Unpacker(file) as unpacker:
        any_member = False
        names: Counter[str] = Counter()
        for info in sorted(unpacker.archive.infolist(), key=lambda info: info.filename):
            if info.is_dir():
                continue
            try:
                path = _path_to_read(info, suffixes, only)
                if path is None:
                    continue
                names[path] += 1
                if names[path] > 1:
                    raise InputError(
                        "the archive holds two files of this name; this one is left out",
                        remedy="Rename one of them.",
                    )
                data, sidecar = unpacker.read(info), _sidecar(unpacker, path)
            except InputError as error:
                where = error.where or f"{name}/{info.filename}"
                yield InputError(error.what, where=where, remedy=error.remedy)
            else:
                yield Member(path, data, sidecar)
            any_member = True
        if not any_member:
            raise InputError(
                f"there is no {only} in the archive" if only else "there is no source in it",
                where=name,
                remedy=f"Files in an archive are read when they end in {', '.join(suffixes)}.",
            )


def _path_to_read(info: zipfile.ZipInfo, suffixes: tuple[str, ...], only: str | None) -> str | None:
    """The path of a member that is to be read, None for others."""
    path = safe_name(info.filename)
    if path is None:
        if only is not None:
            return None
        raise InputError(
            "its name points outside the archive, so it is not read",
            remedy="Rename it in the archive.",
        )
    if only is not None:
        return path if path == only else None
    parts = PurePosixPath(path).parts
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return None
    lower = path.lower()
    if lower.endswith(".zip") or (lower.endswith(_ARCHIVES) and not lower.endswith(suffixes)):
        raise InputError(
            "this is an archive within an archive, which is not opened",
            remedy="Unpack the outer one and give what is in it.",
        )
    return path if lower.endswith(suffixes) else None


def _sidecar(unpacker: Unpacker, path: str) -> bytes | None:
    place = PurePosixPath(path)
    for name in (place.name + _SIDECAR, place.stem + _SIDECAR):
        beside = str(place.with_name(name))
        if unpacker.holds(beside):
            return unpacker.read(beside)
    return None


def zip_kind(file: BinaryIO) -> str:
    """What a ZIP file without a telling name is: "docx", "epub", or "zip"."""
    try:
        with zipfile.ZipFile(file) as archive:
            if "word/document.xml" in archive.NameToInfo:
                return "docx"
            if "META-INF/container.xml" in archive.NameToInfo:
                return "epub"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        pass  # the reader says it better
    finally:
        file.seek(0)
    return "zip"
