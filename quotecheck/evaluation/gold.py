"""Reads gold attributions: texts in a folder, brat's standoff annotations in the one beside it.

A folder of gold has ``text/NAME.txt`` and ``attributions/NAME_ANNOTATOR.ann``. Where several people
annotated one text, the first by file name is the gold. Corpora in the wild hold notes with line
ends in them and roles with a number ("Content2"); both are read, and what is not an attribution is
passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = ["GoldDocument", "MarkedSpans", "read_gold", "read_text", "spans_in", "text_files"]

_ROLES: Final = ("content", "cue", "source")
_LAYOUT: Final = "Gold is laid out as text/NAME.txt and attributions/NAME_ANNOTATOR.ann."


@dataclass(frozen=True, slots=True)
class MarkedSpans:
    """An attribution as bare spans in a text; cue and source may be empty."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...] = ()
    source: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A text and its gold attributions; ``sha256`` is of both files' bytes, one after the other."""

    id: str
    text: str
    attributions: tuple[MarkedSpans, ...]
    sha256: str


def text_files(folder: Path) -> list[Path]:
    """The files ``*.txt`` of a folder by name, hidden ones left out.

    Raises:
        InputError: it is not a folder, or has no such file.
    """
    if not folder.is_dir():
        raise InputError("there is no such folder", where=str(folder), remedy=_LAYOUT)
    paths = sorted(path for path in folder.glob("*.txt") if not path.name.startswith("."))
    if not paths:
        raise InputError("the folder holds no .txt file", where=str(folder), remedy=_LAYOUT)
    return paths


def read_text(path: Path) -> str:
    """A text in UTF-8 to the last code point, line ends and all, so that offsets hold.

    Raises:
        InputError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot be read as UTF-8 text ({error})",
            where=str(path),
            remedy="Gold offsets count the code points of a UTF-8 file; give that file.",
        ) from error


def read_gold(folder: Path) -> list[GoldDocument]:
    """The documents of a folder that somebody annotated, by name.

    Raises:
        InputError: a folder is missing or has no gold, or a file cannot be read.
    """
    texts = text_files(folder / "text")
    annotations = folder / "attributions"
    if not annotations.is_dir():
        raise InputError("there is no such folder", where=str(annotations), remedy=_LAYOUT)
    files = sorted(path for path in annotations.glob("*.ann") if not path.name.startswith("."))
    gold = []
    for path in texts:
        annotation_file = next((ann for ann in files if ann.name.startswith(f"{path.stem}_")), None)
        if annotation_file is None:
            continue
        text, annotation = read_text(path), read_text(annotation_file)
        events = tuple(_events(annotation, annotation_file))
        digest = sha256_hex(text.encode() + annotation.encode())
        gold.append(GoldDocument(path.stem, text, events, digest))
    if not gold:
        raise InputError("no text there has an annotation", where=str(annotations), remedy=_LAYOUT)
    return gold


def spans_in(
    record: Mapping[str, Any], field: str, *, where: str | None = None
) -> tuple[Span, ...]:
    """A field of a JSON line that holds ``[[start, end], ...]``; absent and null mean none.

    >>> spans_in({"cue": [[4, 8]]}, "cue")
    (Span(start=4, end=8),)

    Raises:
        InputError: the field holds something else.
    """
    value = record.get(field) or ()
    try:
        pairs = [(start, end) for start, end in value]
        if not all(type(place) is int for pair in pairs for place in pair):
            raise TypeError("an offset is not a whole number")
        return tuple(Span(start, end) for start, end in pairs)
    except (TypeError, ValueError) as error:
        raise InputError(
            f"{field} is not a list of spans: {str(value)[:80]}",
            where=where,
            remedy="Write spans as [[start, end], ...], in code points, start not after end.",
        ) from error


def _events(annotation: str, path: Path) -> Iterator[MarkedSpans]:
    """The attributions of a file in its order; those without content are left out."""
    rows = [
        (number, cells)
        for number, line in enumerate(annotation.split("\n"), 1)
        if len(cells := line.split("\t")) > 1
    ]
    entities = {
        cells[0]: _entity(cells[1], path, number)
        for number, cells in rows
        if re.fullmatch(r"T\d+", cells[0])
    }
    for _, cells in rows:
        if not re.fullmatch(r"E\d+", cells[0]):
            continue
        by_role: dict[str, list[Span]] = {role: [] for role in _ROLES}
        for argument in cells[1].split():
            role, _, reference = argument.partition(":")
            role = role.rstrip("0123456789").lower()
            if role in by_role and reference in entities:
                by_role[role] += entities[reference]
        if by_role["content"]:
            yield MarkedSpans(**{role: tuple(sorted(spans)) for role, spans in by_role.items()})


def _entity(cell: str, path: Path, number: int) -> list[Span]:
    """The spans of ``Content 12 34;36 50``."""
    _, _, places = cell.partition(" ")
    try:
        return [Span(*map(int, place.split())) for place in places.split(";")]
    except (TypeError, ValueError) as error:
        raise InputError(
            f"not an annotation with offsets: {cell[:60]!r}",
            where=f"{path}, line {number}",
            remedy="A text-bound line is an id, a tab, a type and offsets: T1 TAB Content 12 34.",
        ) from error
