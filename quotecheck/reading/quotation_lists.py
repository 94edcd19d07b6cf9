"""Lists of quotations to check: CSV, TSV, Excel, JSON and JSON Lines, or one quotation a line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from quotecheck.errors import InputError, needing
from quotecheck.reading.inputs import Source
from quotecheck.text.paragraphs import decode

__all__ = ["ListedQuotation", "lines_of", "read_list"]

_QUOTATION: Final = ("quotation", "quote", "text", "words")
_SPEAKER: Final = ("speaker", "credited to", "credited_to", "name", "who")
"""What the two columns may be called; the first that is there is taken."""
_REMEDY: Final = 'Name the columns in the first row: "quotation", and "speaker" if it is known.'
_JSON_REMEDY: Final = 'Give each quotation as {"quotation": "…", "speaker": "…"}.'
_SEPARATORS: Final = ",;\t|"
_BULLETS: Final = frozenset("-*•–—")


@dataclass(frozen=True, slots=True)
class ListedQuotation:
    """A quotation of a list, who is said to have said it, and what else its row holds.

    ``place`` is the row for messages ("quotes.csv:3").
    """

    quotation: str
    speaker: str | None
    place: str
    carried: dict[str, str] = field(default_factory=dict)


def read_list(path: Path) -> Iterator[ListedQuotation]:
    """Yield the quotations of a list; rows without one are passed over.

    A file is a table where its name ends in .csv, .tsv, .xlsx, .jsonl or .json; any other has one
    quotation a line. Columns are named in the first row, in JSON by the fields of the objects;
    their case does not matter.

    Args:
        path: the file, or ``-`` for standard input, which has one quotation a line.

    Raises:
        InputError: the file cannot be read, or has no column of quotations.
        MissingExtraError: an Excel workbook needs openpyxl.
    """
    suffix = path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        yield from _of_table(_workbook_rows(path), path.name)
        return
    if suffix in (".xls", ".ods", ".numbers"):
        raise InputError(
            f"a list of the kind {suffix} cannot be read",
            where=str(path),
            remedy="Save it as .xlsx or .csv.",
        )
    text = _text(path)
    if suffix in (".csv", ".tsv"):
        yield from _of_table(_csv_rows(text, path.name), path.name)
        return
    if suffix in (".jsonl", ".ndjson", ".json"):
        yield from _of_table(_json_rows(text, path.name, in_lines=suffix != ".json"), path.name, 1)
        return
    for number, line in enumerate(lines_of(text), start=1):
        yield ListedQuotation(line, None, f"{path.name}:{number}")


def lines_of(text: str) -> Iterator[str]:
    r"""Yield the lines that hold a letter or a digit, without bullets and numbers in front.

    >>> list(lines_of("- We paid it.\n\n2. “Twice.”\n---"))
    ['We paid it.', '“Twice.”']
    """
    for line in text.splitlines():
        bare = line.strip()
        head, _, rest = bare.partition(" ")
        if rest and (head in _BULLETS or (head[-1] in ".)" and head[:-1].isdigit())):
            bare = rest.strip()
        if any(char.isalnum() for char in bare):
            yield bare


def _text(path: Path) -> str:
    with Source.of(path).open() as file:
        return decode(file.read())[0]


def _csv_rows(text: str, name: str) -> Iterator[Sequence[str]]:
    head = text.split("\n", 1)[0]
    delimiter = max(_SEPARATORS, key=head.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise InputError(
            f"this list cannot be read ({error})", where=name, remedy=_REMEDY
        ) from error


def _json_rows(text: str, name: str, *, in_lines: bool) -> Iterator[Sequence[str]]:
    """The fields of all objects, then what each object has in them; empty lines are empty rows."""
    objects: list[Any] = []
    pieces = text.splitlines() if in_lines else [text]
    for number, piece in enumerate(pieces, start=1):
        try:
            value = json.loads(piece) if piece.strip() else {}
        except (ValueError, RecursionError) as error:
            raise InputError(
                f"this is not JSON ({error})", where=f"{name}:{number}", remedy=_JSON_REMEDY
            ) from error
        objects += value if isinstance(value, list) and not in_lines else [value]
    for number, value in enumerate(objects, start=1):
        if not isinstance(value, dict):
            raise InputError(
                "a quotation is not an object with fields",
                where=f"{name}:{number}",
                remedy=_JSON_REMEDY,
            )
    columns = list(dict.fromkeys(column for value in objects for column in value))
    yield columns
    for value in objects:
        yield [_cell(value.get(column)) for column in columns]


def _workbook_rows(path: Path) -> Iterator[Sequence[str]]:
    with needing("Excel workbooks need openpyxl", "office", instead="or save the list as .csv"):
        from openpyxl import load_workbook
    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    except Exception as error:  # openpyxl lets through what zipfile and XML readers raise
        raise _unreadable(path, str(error) or type(error).__name__) from error
    try:
        for row in book.worksheets[0].iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _unreadable(path: Path, why: str) -> InputError:
    return InputError(
        f"this workbook cannot be read ({why})",
        where=str(path),
        remedy="Open it in a spreadsheet and save it as .xlsx or .csv.",
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)


def _of_table(
    rows: Iterator[Sequence[str]], name: str, first: int = 2
) -> Iterator[ListedQuotation]:
    """The quotations of a table whose first row has the names; ``first`` numbers the second."""
    header = [cell.strip() for cell in next(rows, [])]
    lower = [column.casefold().lstrip("\ufeff") for column in header]
    quotation = _column(lower, _QUOTATION)
    if quotation is None:
        shown = ", ".join(filter(None, header))[:200]
        raise InputError(f'no column is named "quotation" ({shown})', where=name, remedy=_REMEDY)
    speaker = _column(lower, _SPEAKER)
    for number, row in enumerate(rows, start=first):
        words = row[quotation].strip() if quotation < len(row) else ""
        if not words:
            continue
        named = row[speaker].strip() if speaker is not None and speaker < len(row) else ""
        carried = {
            header[place]: cell
            for place, cell in enumerate(row[: len(header)])
            if place not in (quotation, speaker) and header[place]
        }
        yield ListedQuotation(words, named or None, f"{name}:{number}", carried)


def _column(header: Sequence[str], names: Sequence[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)
