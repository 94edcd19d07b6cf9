"""Files to documents: plain text, Markdown, HTML, JSON Lines, standard input, folders.

>>> [str(path) for path in find_inputs([])]
[]
"""

from __future__ import annotations

import io
import os
import re
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotecheck.annotations import Document, Segment, Span
from quotecheck.errors import InputError
from quotecheck.frontmatter import front_matter
from quotecheck.markdown import blockquotes, heading
from quotecheck.metadata import Metadata, read_sidecar
from quotecheck.reading_html import declared_charset, read_page
from quotecheck.reading_jsonl import read_json_lines
from quotecheck.text import decode, paragraphs, sha256_hex, trimmed
from quotecheck.transcripts import segments as transcript_segments

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["SUFFIXES", "find_inputs", "read_documents"]

_HTML = frozenset({".html", ".htm", ".xhtml"})
_MARKDOWN = frozenset({".md", ".markdown"})
_JSON_LINES = frozenset({".jsonl", ".ndjson"})
SUFFIXES: Final = tuple(sorted({".txt", ".text"} | _MARKDOWN | _HTML | _JSON_LINES))
"""The kinds of files that folders are searched for. Other files are read when they are named."""

_LONGEST_HEADLINE = 200
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")


# ------------------------------------------------------------------------------------------ finding


def find_inputs(paths: Sequence[Path | str]) -> list[Path]:
    """The files to read: those named, and those of a known kind in the folders named.

    Folders are walked to the bottom in order of their names. Hidden files and folders are left
    out, and links to folders are not followed: they may lead round in a circle.

    Args:
        paths: files and folders.

    Returns:
        The files, in the order of ``paths``. A file named is there whatever its kind.

    Raises:
        InputError: a path does not exist, or a folder cannot be listed.
    """
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        try:
            mode = path.stat().st_mode
        except (OSError, ValueError) as error:
            raise _unreadable(path, error) from error
        found.extend(_walk(path) if stat.S_ISDIR(mode) else [path])
    return found


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise _unreadable(Path(error.filename or folder), error)

    for here, folders, files in os.walk(folder, onerror=fail, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith(".") and name.lower().endswith(SUFFIXES):
                yield Path(here) / name


def _unreadable(path: Path | str, error: Exception) -> InputError:
    where = str(path).replace("\0", "\\0").encode("utf-8", "replace").decode()
    if isinstance(error, FileNotFoundError):
        return InputError(
            "there is no such file or folder", where=where, remedy="Check the name and the folder."
        )
    if isinstance(error, PermissionError):
        return InputError(
            "it may not be read", where=where, remedy="Get leave to read it (chmod u+r, say)."
        )
    why = getattr(error, "strerror", None) or str(error)
    return InputError(f"it cannot be read ({why})", where=where, remedy="Check the name.")


# ------------------------------------------------------------------------------------------ reading


def read_documents(
    path: Path | str, *, defaults: Mapping[str, str] | None = None
) -> Iterator[Document | InputError]:
    """Yield the documents of one file: one, or as many as a JSON Lines file has.

    The reader goes by the name's ending; standard input and files without a known ending go by
    what they hold. Metadata come from the file (HTML metadata, front matter, JSON fields), from a
    sidecar (``NAME.meta.json``) and from ``defaults``, the later winning over the earlier;
    ``Document.metadata_origin`` keeps which. Front matter is no part of the document's text.

    Args:
        path: the file; ``-`` for standard input.
        defaults: metadata from options (`metadata.FIELDS`).

    Yields:
        Documents; for JSON Lines an InputError in the place of each line that holds none.

    Raises:
        InputError: the file cannot be read, is empty, is no text, or shows no text.
    """
    given = dict(defaults or {})
    standard = str(path) == "-"
    name = "standard input" if standard else str(path) or "."
    data = _bytes(path, name)
    suffix = "" if standard else Path(path).suffix.lower()
    try:
        if suffix in _JSON_LINES or (suffix not in SUFFIXES and _looks_like_json(data)):
            lines: Iterable[bytes] = io.BytesIO(data)
            if data.startswith(_UTF16_BOMS):
                lines = decode(data)[0].encode().splitlines(keepends=True)
            yield from read_json_lines(
                lines,
                bytes_sha256=sha256_hex(data),
                name=name,
                path=None if standard else name,
                defaults=given,
            )
            return
        document, metadata = _read_one(data, suffix)
        if not standard:
            metadata.add(read_sidecar(Path(path)), "sidecar")
    except InputError as error:
        raise InputError(error.what, where=error.where or name, remedy=error.remedy) from error
    metadata.add(given, "option")
    stem = "stdin" if standard else Path(path).stem
    document = replace(
        document,
        id=f"{stem}-{document.text_sha256[:8]}",
        path=None if standard else name,
        segments=transcript_segments(document.text, answers=metadata.get("speaker")),
    )
    yield _with_speaker(metadata.placed_on(document), metadata.get("speaker"))


def _bytes(path: Path | str, name: str) -> bytes:
    try:
        if name == "standard input":
            data = sys.stdin.buffer.read()
        else:
            mode = Path(path).stat().st_mode
            if stat.S_ISDIR(mode):
                raise InputError("this is a folder", where=name, remedy="Name the files in it.")
            if stat.S_ISBLK(mode) or (stat.S_ISCHR(mode) and not name.startswith("/dev/std")):
                raise InputError("this is a device", where=name, remedy="Name a file.")
            data = Path(path).read_bytes()
    except (OSError, ValueError) as error:
        raise _unreadable(name, error) from error
    except MemoryError as error:
        raise InputError(
            "it is larger than the memory", where=name, remedy="Divide it into smaller files."
        ) from error
    if not data.strip():
        what = "the file is empty" if not data else "there is nothing but white space in it"
        raise InputError(what, where=name, remedy="Give a file with text in it.")
    return data


def _looks_like_json(data: bytes) -> bool:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"{") and b'"text"' in data.split(b"\n", 1)[0] + head


def _looks_like_html(data: bytes) -> bool:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<!doctype html", b"<html")) or (
        head.startswith(b"<?xml") and b"<html" in head
    )


def _read_one(data: bytes, suffix: str) -> tuple[Document, Metadata]:
    """The one document that a file holds, and what it says of itself."""
    metadata = Metadata()
    if suffix in _HTML or (suffix not in SUFFIXES and _looks_like_html(data)):
        source, encoding = decode(data, declared_charset(data))
        page = read_page(source)
        if not page.text:
            raise InputError(
                "the page shows no text",
                remedy="Save the page as your browser shows it (its text may come by script).",
            )
        metadata.add(page.metadata, "html")
        document = _document(page.text, data, encoding, "html")
        top = page.headline or _headline(page.text, metadata.get("title"))
        return replace(document, blocks=page.blocks, headline=top), metadata

    text, encoding = decode(data)
    front = front_matter(text)
    if front:
        metadata.add(front[0], "front matter")
        text = text[front[1].end :]
    if not text.strip():
        raise InputError("there is no text in it", remedy="Give a file with text in it.")
    if suffix in _MARKDOWN:
        top = heading(text)
        document = _document(text, data, encoding, "markdown")
        document = replace(document, blocks=blockquotes(text))
    else:
        top = None
        document = _document(text, data, encoding, "text")
    if top is None:
        top = _headline(text, metadata.get("title"))
    elif not metadata.get("title"):
        metadata.add({"title": top.of(text)}, "heading")
    return replace(document, headline=top), metadata


def _document(text: str, data: bytes, encoding: str, reader: str) -> Document:
    return Document(
        id="",
        text=text,
        bytes_sha256=sha256_hex(data),
        text_sha256=sha256_hex(text.encode()),
        encoding=encoding,
        reader=reader,
    )


_ENDS_SENTENCE = re.compile(r"[.!,;…][\"'”’»)\]]*\Z")
_BYLINE = re.compile(r"by [A-Z]|posted |published |updated ", re.IGNORECASE)


def _headline(text: str, title: str | None) -> Span | None:
    """The first paragraph where it is a title: as the metadata has it, or short and without a stop.

    A headline stands above something: a text of one paragraph has none.
    """
    limits = paragraphs(text[:20_000])
    if len(limits) < 2:
        return None
    line = limits[0].of(text)
    if title and _key(line) == _key(title):
        return limits[0]
    if (
        len(line) > _LONGEST_HEADLINE
        or "\n" in line
        or not line[:1].isupper() | line[:1].isdigit() | (line[:1] in "\"“'‘«")
        or _ENDS_SENTENCE.search(line)
        or _BYLINE.match(line)
        or line.endswith(":")
    ):
        return None
    return limits[0]


def _key(words: str) -> str:
    return "".join(filter(str.isalnum, words.casefold()))


def _with_speaker(document: Document, speaker: str | None) -> Document:
    """All but the headline as one speaker's turn, where the metadata name one and turns do not."""
    if not speaker or document.segments:
        return document
    start = document.headline.end if document.headline else 0
    place = trimmed(document.text, start, len(document.text))
    if place is None:
        return document
    return replace(document, segments=(Segment(place.start, place.end, speaker),))
