"""CSV of documents: one a row, the header's names as in JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from quotecheck.errors import InputError

__all__ = ["read_rows"]

_PLACES = frozenset({"segments", "blocks", "headline", "locators"})
_LONGEST = 1 << 28  # characters of a field
_REMEDY = 'Name the columns in the first row: "text" must be there, "title", "date", "url" may.'


def read_rows(source: str, *, name: str) -> Iterator[tuple[dict[str, Any], str] | InputError]:
    """Yield each row as the fields of a document, with the place to name in messages.

    Columns are separated by commas, semicolons, tabs or bars, whichever the header uses. Fields
    that hold places (``segments`` and the like) are JSON.

    Args:
        source: the file, decoded.
        name: what to call it in messages.

    Yields:
        (fields, place); an InputError in the place of a row that cannot be read.

    Raises:
        InputError: the file has no header with a column of texts.
    """
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST))  # texts are long
    head = source.split("\n", 1)[0]
    delimiter = max(",;\t|", key=head.count)
    rows = csv.reader(io.StringIO(source, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [column.strip().lower() for column in next(rows, [])]
    except csv.Error as error:
        raise InputError(f"its header cannot be read ({error})", where=name, remedy=_REMEDY) from (
            error
        )
    if "text" not in header:
        shown = ", ".join(filter(None, header))[:200]
        raise InputError(f'no column is named "text" ({shown})', where=name, remedy=_REMEDY)
    counts = Counter(filter(None, header))
    twice = {column for column, count in counts.items() if count > 1}
    if twice:
        raise InputError(
            f"two columns are named {min(twice)!r}", where=name, remedy="Rename one of them."
        )
    line = rows.line_num
    while True:
        where = f"{name}:{line + 1}"
        try:
            row = next(rows, None)
        except csv.Error as error:
            yield InputError(
                f"this row cannot be read ({error})",
                where=where,
                remedy='A field with line breaks or quotation marks stands in ", marks doubled.',
            )
            line = rows.line_num
            continue
        if row is None:
            return
        line = rows.line_num
        if any(field.strip() for field in row):
            yield _fields(header, row, where)


def _fields(
    header: list[str], row: list[str], where: str
) -> tuple[dict[str, Any], str] | InputError:
    if len(row) > len(header) and any(field.strip() for field in row[len(header) :]):
        return InputError(
            f"this row has {len(row)} fields, and the header names {len(header)}",
            where=where,
            remedy='A field with the separator in it stands in "quotation marks".',
        )
    fields: dict[str, Any] = {}
    for column, words in zip(header, row, strict=False):
        if column in _PLACES and words.strip():
            try:
                fields[column] = json.loads(words)
            except (ValueError, RecursionError) as error:
                return InputError(
                    f"its {column} are not JSON ({error})",
                    where=where,
                    remedy='Write places as [[0, 120], …], segments as [[0, 120, "Speaker"], …].',
                )
        elif column and words.strip():
            fields[column] = words
    return fields, where
