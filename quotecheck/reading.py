"""Files to documents: plain text, Markdown, HTML, JSON Lines, standard input, folders."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotecheck.annotations import Document, Segment, Span
from quotecheck.errors import InputError
from quotecheck.reading_html import read_html
from quotecheck.text import decode, paragraphs, sha256_hex
from quotecheck.transcripts import segments as transcript_segments

__all__ = ["SUFFIXES", "find_inputs", "read_documents"]

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl")
"""The kinds of files that folders are searched for."""

METADATA = ("title", "publication", "author", "date", "url", "genre", "licence", "origin")
_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?\r?\n)---[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^([A-Za-z_][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$")
_BLOCK = re.compile(r"(?m)^[ ]{0,3}>[ \t]?[^\n]*(?:\n[ ]{0,3}>[^\n]*)*")
_HEADING = re.compile(r"(?m)\A\s*#[ \t]+([^\n]+?)[ \t]*#*[ \t]*$")
_LONGEST_FRONT = 20_000


def find_inputs(paths: Sequence[Path | str]) -> list[Path]:
    """The files to read: those named, and those in folders (known suffixes, sorted, not hidden).

    Raises:
        InputError: a path does not exist, or a folder cannot be listed.
    """
    found: list[Path] = []
    for name in paths:
        path = Path(name)
        try:
            is_folder = path.is_dir()
            exists = is_folder or path.exists()
        except (OSError, ValueError) as error:
            raise _unreadable(path, error) from error
        if not exists:
            raise InputError(
                "there is no such file or folder", where=str(path), remedy="Check the name."
            )
        if not is_folder:
            found.append(path)
            continue
        found.extend(_walk(path))
    return found


def _walk(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> None:
        raise _unreadable(Path(error.filename or folder), error)

    # Links to folders are not followed: they may lead round in a circle.
    for here, folders, files in os.walk(folder, onerror=fail, followlinks=False):
        folders[:] = sorted(f for f in folders if not f.startswith("."))
        for name in sorted(files):
            sidecar = name.endswith(".meta.json")
            if not name.startswith(".") and name.lower().endswith(SUFFIXES) and not sidecar:
                yield Path(here) / name


def read_documents(
    path: Path | str, *, defaults: Mapping[str, str] | None = None
) -> Iterator[Document | InputError]:
    """The documents of one file.

    Args:
        path: the file; ``-`` for standard input.
        defaults: metadata from options; it wins over what the file says.

    Yields:
        Documents; for a JSON Lines file an InputError in the place of each line that is not one.

    Raises:
        InputError: the file cannot be read, is empty, or is no text.
    """
    given = dict(defaults or {})
    where = "standard input" if str(path) == "-" else str(path)
    data = _bytes(path, where)
    suffix = "" if str(path) == "-" else Path(path).suffix.lower()
    if suffix in {".html", ".htm", ".xhtml"} or (not suffix and _looks_like_html(data)):
        document = read_html(data, where)
    else:
        try:
            text, encoding = decode(data)
        except InputError as error:
            raise InputError(error.what, where=where, remedy=error.remedy) from error
        if suffix == ".jsonl":
            yield from _json_lines(text, data, where, encoding, given)
            return
        document = _plain(text, data, encoding, markdown=suffix in {".md", ".markdown"})
    if not document.text.strip():
        raise InputError("there is no text in it", where=where, remedy="Give a file with text.")
    stem = "stdin" if str(path) == "-" else Path(path).stem
    document = replace(
        document,
        id=f"{stem}-{document.text_sha256[:8]}",
        path=None if str(path) == "-" else str(path),
    )
    document = _with(document, _sidecar(path), "sidecar")
    document = _with(document, given, "option")
    if not document.segments:
        document = replace(document, segments=transcript_segments(document.text))
    yield document


def _bytes(path: Path | str, where: str) -> bytes:
    if str(path) == "-":
        data = sys.stdin.buffer.read()
    else:
        try:
            if Path(path).is_dir():
                raise InputError("this is a folder", where=where, remedy="Name the files in it.")
            data = Path(path).read_bytes()
        except (OSError, ValueError) as error:
            raise _unreadable(Path(path), error) from error
    if not data:
        raise InputError("the file is empty", where=where, remedy="Give a file with text.")
    return data


def _unreadable(path: Path, error: Exception) -> InputError:
    why = getattr(error, "strerror", None) or str(error)
    return InputError(
        f"it cannot be read ({why})",
        where=str(path).replace("\0", "\\0"),
        remedy="Check the name and whether you may read it.",
    )


def _looks_like_html(data: bytes) -> bool:
    return data[:500].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _plain(text: str, data: bytes, encoding: str, *, markdown: bool) -> Document:
    """Plain text or Markdown; the text stays as it is, front matter is cut off in front."""
    fields: dict[str, str] = {}
    front = _FRONT.match(text[:_LONGEST_FRONT])
    if front:
        fields = _front_matter(front.group(1))
    # Offsets are into the text behind the front matter, which is the document's raw text.
    body = text[front.end() :] if front and fields else text
    blocks: tuple[Span, ...] = ()
    headline = None
    title = None
    if markdown:
        blocks = tuple(Span(m.start(), m.end()) for m in _BLOCK.finditer(body))
        heading = _HEADING.match(body)
        if heading:
            headline, title = Span(heading.start(1), heading.end(1)), heading.group(1)
    document = Document(
        id="",
        text=body,
        bytes_sha256=sha256_hex(data),
        text_sha256=sha256_hex(body.encode("utf-8", "surrogatepass")),
        encoding=encoding,
        reader="markdown" if markdown else "text",
        blocks=blocks,
        headline=headline or _headline(body),
        title=title,
        metadata_origin={"title": "heading"} if title else {},
    )
    return _with(document, fields, "front matter")


def _front_matter(block: str) -> dict[str, str]:
    fields = {}
    for line in block.splitlines():
        match = _FIELD.match(line)
        if match and match.group(2):
            fields[match.group(1).lower()] = match.group(2).strip("\"'")
    return fields


def _headline(text: str) -> Span | None:
    """The first paragraph when it is a short line without a final stop, before others."""
    limits = paragraphs(text[:4000])
    if len(limits) < 2:
        return None
    first = limits[0].of(text)
    short = len(first) <= 160 and "\n" not in first
    return limits[0] if short and first.rstrip("”\"'’»")[-1:] not in ".!,;" else None


def _sidecar(path: Path | str) -> dict[str, str]:
    """Metadata in ``NAME.meta.json`` beside the file."""
    if str(path) == "-":
        return {}
    beside = Path(path).with_suffix(".meta.json")
    if not beside.is_file():
        return {}
    try:
        fields = json.loads(beside.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            f"the metadata beside the file is no JSON ({error})",
            where=str(beside),
            remedy="Mend it or take it away.",
        ) from error
    if not isinstance(fields, dict):
        raise InputError("the metadata is no JSON object", where=str(beside), remedy="Mend it.")
    return {str(k): str(v) for k, v in fields.items() if isinstance(v, str | int)}


def _with(document: Document, fields: Mapping[str, str], origin: str) -> Document:
    """The document with these metadata, each with a note of where it came from."""
    known = {name: str(value) for name, value in fields.items() if name in METADATA and value}
    if not known:
        return document
    origins = {**document.metadata_origin, **dict.fromkeys(known, origin)}
    return replace(document, metadata_origin=origins, **known)


def _json_lines(
    text: str, data: bytes, where: str, encoding: str, given: Mapping[str, str]
) -> Iterator[Document | InputError]:
    digest = sha256_hex(data)
    number = 0
    empty = True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        empty = False
        try:
            yield _record(line, digest, f"{where}, line {number}", encoding, given, where)
        except InputError as error:
            yield error
    if empty:
        raise InputError("there is no document in it", where=where, remedy="Give one a line.")


def _record(
    line: str, digest: str, where: str, encoding: str, given: Mapping[str, str], path: str
) -> Document:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"this line is no JSON ({error})", where=where, remedy="Mend it.") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise InputError(
            "this line is no document", where=where, remedy='It needs at least {"text": "…"}.'
        )
    body: str = record["text"]
    if not body.strip():
        raise InputError("the document has no text", where=where, remedy="Give it one.")
    text_digest = sha256_hex(body.encode("utf-8", "surrogatepass"))
    document = Document(
        id=str(record.get("id") or f"{Path(path).stem}-{text_digest[:8]}"),
        text=body,
        bytes_sha256=digest,
        text_sha256=text_digest,
        path=None if path == "standard input" else path,
        encoding=encoding,
        reader="jsonl",
        segments=_segments(record.get("segments"), len(body), where),
    )
    fields = {k: record[k] for k in METADATA if isinstance(record.get(k), str | int)}
    return _with(_with(document, fields, "json"), given, "option")


def _segments(raw: Any, length: int, where: str) -> tuple[Segment, ...]:
    """Segments as ``[start, end, speaker]`` or objects with these keys."""
    found = []
    for entry in raw or ():
        try:
            if isinstance(entry, dict):
                start, end, speaker = entry["start"], entry["end"], entry.get("speaker")
            else:
                start, end, speaker = entry
            start, end = int(start), int(end)
        except (KeyError, TypeError, ValueError) as error:
            raise InputError(
                f"a segment is not [start, end, speaker]: {str(entry)[:60]}",
                where=where,
                remedy="Mend the segments or leave them out.",
            ) from error
        if not 0 <= start <= end <= length:
            raise InputError(
                f"a segment {start}..{end} lies outside the text (0..{length})",
                where=where,
                remedy="Offsets count code points of the text.",
            )
        found.append(Segment(start, end, str(speaker) if speaker else None))
    return tuple(found)
