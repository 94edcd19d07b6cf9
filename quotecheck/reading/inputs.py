"""Files to read: which there are, what kind each is of, and how to get at their bytes.

A file within a ZIP archive has the archive's path with its own after it ("talks.zip/may/1.txt"),
and can be named, and read again, by that.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from quotecheck.errors import InputError
from quotecheck.held_files import require_free
from quotecheck.reading.formats.zip_archive import zip_kind
from quotecheck.text.digest import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


__all__ = ["SUFFIXES", "Source", "absolute", "container", "find_inputs", "names_file"]

_KINDS: Final = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml"), "html"),
    **dict.fromkeys((".jsonl", ".ndjson"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".warc", ".warc.gz"), "warc"),
    ".pdf": "pdf",
    ".docx": "docx",
    ".epub": "epub",
    ".eml": "eml",
    ".vtt": "webvtt",
    ".srt": "srt",
    ".zip": "zip",
}
SUFFIXES: Final = tuple(sorted(_KINDS))
"""The kinds of files that folders are searched for. Other files are read when they are named."""


_MAX_PATH_CHARS: Final = 1000
"""Code points of a file's name; longer words are a text."""
_ADDRESS: Final = re.compile(r"https?:/+\S+", re.IGNORECASE)  # a Path has one slash
_HEAD_BYTES = 8192
"""Bytes at the beginning of a file that tell its kind."""
_SRT = re.compile(rb"\d{1,6}\s{0,4}\r?\n\s{0,4}\d+:\d\d:\d\d[,.]\d+ *-->")


def names_file(
    words: str, *, remedy: str = "Check the name and the folder that it is looked for in."
) -> bool:
    """Decide whether a string is the name of a file, or words of a text.

    It is a name where there is such a file or folder. One word that ends like a file that can be
    read ("article.txt"), and is not one, is an error rather than a text.

    Args:
        words: a path, or a text of any length.
        remedy: what the error advises.

    Raises:
        InputError: it looks like the name of a file, and there is none.
    """
    _refuse_address(words)
    try:
        exists = len(words) < _MAX_PATH_CHARS and os.path.exists(words)  # noqa: PTH110 - no error on odd names
    except ValueError:
        return False
    one_word = " " not in words.strip() and "\n" not in words
    if one_word and not exists and Path(words).suffix.lower() in SUFFIXES:
        raise InputError("there is no such file", where=words, remedy=remedy)
    return exists


def _refuse_address(words: str) -> None:
    """Say of a web address that nothing is fetched."""
    if _ADDRESS.fullmatch(words.strip()[:_MAX_PATH_CHARS]):
        raise InputError(
            "this is a web address, and nothing is fetched from the web",
            where=words.strip()[:200],
            remedy="Save the page and give the file.",
        )


def find_inputs(paths: Sequence[Path | str]) -> list[Path]:
    """The files to read: those named, and those of a known kind in the folders named.

    Folders are walked to the bottom in order of their names. Hidden files and folders are left
    out, and links to folders are not followed: they may lead round in a circle.

    Args:
        paths: files, folders, and files within ZIP archives ("talks.zip/1.txt").

    Returns:
        The files, in the order of ``paths``. A file named is there whatever its kind.

    Raises:
        InputError: a path does not exist, or a folder cannot be listed.
    """
    files: list[Path] = []
    for name in paths:
        path = Path(name)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            if not isinstance(error, ValueError) and container(str(path)):
                files.append(path)
                continue
            _refuse_address(str(name))
            raise unreadable(path, error) from error
        try:
            files.extend(_walk(path) if stat.S_ISDIR(mode) else [path])
        except RecursionError as error:
            raise InputError(
                "its folders are nested too deeply",
                where=str(path),
                remedy="Name the folders at the bottom, or the files.",
            ) from error
    return files


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise unreadable(Path(error.filename or folder), error)

    for here, folders, files in os.walk(folder, onerror=fail, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here) / name
            if not name.startswith(".") and name.lower().endswith(SUFFIXES) and not _waits(path):
                yield path


def _waits(path: Path) -> bool:
    """Whether it is a pipe or a socket, which would let a reader wait for ever."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False  # reading it will say why
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def container(path: str) -> tuple[str, str] | None:
    """The file that a path leads into, and the path within; None where it leads into none.

    >>> container("no such/talks.zip/one.txt") is None
    True
    """
    place = Path(path)
    for parent in place.parents:
        try:
            if parent.is_file():
                return str(parent), place.relative_to(parent).as_posix()
            if parent.is_dir():
                return None
        except (OSError, ValueError):
            return None
    return None


def unreadable(path: Path | str, error: Exception) -> InputError:
    """Why a path cannot be opened, in plain words."""
    where = str(path).replace("\0", "\\0").encode("utf-8", "replace").decode()
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(
            "there is no such file or folder", where=where, remedy="Check the name and the folder."
        )
    if isinstance(error, PermissionError):
        return InputError(
            "it may not be read",
            where=where,
            remedy="Grant read permission (for example chmod u+r).",
        )
    why = getattr(error, "strerror", None) or str(error)
    return InputError(f"it cannot be read ({why})", where=where, remedy="Check the name.")


@dataclass(slots=True)
class Source:
    """A file, or what stands for one: standard input, a member of an archive.

    ``name`` is for messages. ``path`` is kept with the documents, None for standard input. ``file``
    is opened for what ``data`` does not hold already. ``sidecar`` are the bytes of the metadata
    beside a member. ``member`` is the only file wanted of an archive.
    """

    name: str
    path: str | None
    file: Path | None = None
    data: bytes | None = None
    sidecar: bytes | None = None
    member: str | None = None

    @staticmethod
    def of(path: Path | str) -> Source:
        """The source at a path, ``-`` for standard input.

        Raises:
            InputError: there is nothing there, or nothing that could be read.
        """
        if str(path) == "-":
            try:
                return Source("standard input", None, data=sys.stdin.buffer.read())
            except (OSError, ValueError) as error:
                raise unreadable("standard input", error) from error
        name = str(path) or "."
        if not _is_utf_8(name):  # no library and no line of JSON could tell which file it is
            raise InputError(
                "the file's name is not in UTF-8", where=name, remedy="Rename the file."
            )
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:
            within = None if isinstance(error, ValueError) else container(name)
            if within is None:
                raise unreadable(name, error) from error
            return Source(within[0], within[0], file=Path(within[0]), member=within[1])
        if stat.S_ISDIR(mode):
            raise InputError("this is a folder", where=name, remedy="Name the files in it.")
        if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not name.startswith("/dev/std")):
            raise InputError("this is a device", where=name, remedy="Name a file.")
        source = Source(name, name, file=Path(path))
        if not stat.S_ISREG(mode):  # a pipe can be read once only
            source.data = source.read()
        return source

    @property
    def stem(self) -> str:
        """The file's name without its ending, for the ids of documents."""
        if self.path is None:
            return "stdin"
        name = Path(self.path).name
        suffix = _suffix(name)
        return name[: -len(suffix)] if suffix and suffix != name.lower() else Path(name).stem

    def kind(self) -> str:
        """The kind of file: by its name's ending, else by what it holds; "" for plain text."""
        if self.member is not None:
            return "zip"
        if self.path is not None and (suffix := _suffix(self.path)):
            return _KINDS[suffix]
        return self._sniffed()

    def _holds(self, words: bytes) -> bool:
        before = b""
        with self.open() as file:
            while block := file.read(1 << 20):
                if words in before + block:
                    return True
                before = block[-len(words) :]
        return False

    def _sniffed(self) -> str:
        head = self._head()
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
        if head.startswith(b"%PDF-"):
            return "pdf"
        if head.startswith(b"PK\x03\x04"):
            with self.open() as file:
                return zip_kind(file)
        if head.startswith(b"WARC/"):
            return "warc"
        if start.startswith(b"WEBVTT"):
            return "webvtt"
        if _SRT.match(start):
            return "srt"
        if start[:1] in (b"{", b"[") and b'"ClaimReview"' in head:
            return "claims"
        if start.startswith(b"{") and b'"text"' in head:
            return "jsonl"
        if start[:1] in (b"{", b"[") and self.name.lower().endswith((".json", ".jsonld")):
            return "claims" if self._holds(b"ClaimReview") else "json"
        if start[:15].lower().startswith((b"<!doctype html", b"<html")) or (
            start.startswith(b"<?xml") and b"<html" in start[:1024].lower()
        ):
            return "html"
        return ""

    def _head(self) -> bytes:
        if self.data is not None:
            return self.data[:_HEAD_BYTES]
        with self.open() as file:
            return file.read(_HEAD_BYTES)

    def open(self) -> BinaryIO:
        """The bytes as a file to read piece by piece.

        Raises:
            InputError: it cannot be opened, is empty, or belongs to an open library.
        """
        if self.data is not None:
            _require_something(self.data, self.name)
            return io.BytesIO(self.data)
        path = self.file or Path(self.name)
        require_free(path)
        try:
            file = path.open("rb")
        except (OSError, ValueError) as error:
            raise unreadable(self.name, error) from error
        if not os.fstat(file.fileno()).st_size:
            file.close()
            _require_something(b"", self.name)
        return file

    def read(self) -> bytes:
        """All bytes.

        Raises:
            InputError: it cannot be read, there is nothing in it, or it belongs to an open library.
        """
        data = self.data
        if data is None:
            path = self.file or Path(self.name)
            require_free(path)
            try:
                data = path.read_bytes()
            except (OSError, ValueError) as error:
                raise unreadable(self.name, error) from error
            except MemoryError as error:
                raise InputError(
                    "it does not fit into memory",
                    where=self.name,
                    remedy="Divide it into smaller files.",
                ) from error
        _require_something(data, self.name)
        return data

    def sha256(self) -> str:
        """The hash of all bytes, without holding them."""
        if self.data is not None:
            return sha256_hex(self.data)
        digest = hashlib.sha256()
        with self.open() as file:
            while block := file.read(1 << 20):
                digest.update(block)
        return digest.hexdigest()


def _is_utf_8(name: str) -> bool:
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def _suffix(name: str) -> str:
    """The known ending of a name, in lower case; "" where there is none."""
    lower = name.lower()
    return max((s for s in SUFFIXES if lower.endswith(s)), key=len, default="")


def _require_something(data: bytes, name: str) -> None:
    if not data.strip():
        what = "the file is empty" if not data else "there is nothing but white space in it"
        raise InputError(what, where=name, remedy="Give a file with text in it.")


def absolute(path: str) -> str:
    """The path from the root; a link is not followed."""
    return os.path.abspath(path)  # noqa: PTH100 (Path.absolute leaves ".." standing)
