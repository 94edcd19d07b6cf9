"""Serialise records as JSON and CSV that are safe to open anywhere."""

from __future__ import annotations

import csv
import io
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from quotecheck.output.unprintable import escaped, for_cell
from quotecheck.records.plain import Record
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "ATTRIBUTIONS",
    "CHECKS",
    "csv_row",
    "dumps",
    "dumps_within",
    "offsets_cell",
    "schema",
]


ATTRIBUTIONS = "quotecheck/attributions/2"
"""The schema of what `quotecheck attribute` writes. The number grows when a reader could break."""


CHECKS = "quotecheck/checks/2"
"""The schema of what `quotecheck check` writes."""


# A spreadsheet takes a cell that begins so for a formula, also in full-width form.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def schema(name: Literal["attributions", "checks"]) -> Record:
    """The JSON Schema of ``name``, of the version that this package writes.

    >>> schema("checks")["$id"]
    'urn:quotecheck:schema:checks:2'
    """
    folder = files("quotecheck") / "schemas"
    version = {"attributions": ATTRIBUTIONS, "checks": CHECKS}[name].rpartition("/")[2]
    record: Record = json.loads((folder / f"{name}-{version}.json").read_text(encoding="utf-8"))
    return record


def offsets_cell(spans: Sequence[Span]) -> str:
    """Places for a cell of CSV: ``start-end`` joined by ``;``."""
    return ";".join(f"{span.start}-{span.end}" for span in spans)


def dumps_within(value: object, by: int) -> str:
    """JSON of ``value`` on several lines, each moved in by ``by`` spaces."""
    margin = " " * by
    return "\n".join(margin + line for line in dumps(value, indent=2).split("\n"))


def csv_row(cells: Iterable[object]) -> str:
    r"""One line of CSV that is safe to open: no control characters, and no formulas.

    >>> csv_row(["a, b", None, 0.5, "=1+1"])
    '"a, b",,0.5,\'=1+1\n'
    """
    buffer = io.StringIO()
    # with "\n" alone as the line end, csv would not quote a cell that holds a "\r"
    csv.writer(buffer, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return buffer.getvalue().removesuffix("\r\n") + "\n"


def _cell(value: object) -> str:
    text = for_cell("" if value is None else str(value))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def dumps(value: object, *, indent: int | None = None) -> str:
    r"""JSON text that any terminal, pipe and reader by lines can take; `json.loads` gives it back.

    >>> print(dumps({"a": "«ja»\x9b31m"}))
    {"a": "«ja»\u009b31m"}
    """
    return escaped(json.dumps(value, ensure_ascii=False, indent=indent))
