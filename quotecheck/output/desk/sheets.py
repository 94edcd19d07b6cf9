"""Checks as a sheet: CSV, and an Excel workbook with the columns for machines apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import needing
from quotecheck.output.checks import CHECK_COLUMNS, check_row
from quotecheck.output.desk.summaries import COLUMNS, CheckSummary, summaries
from quotecheck.output.serialising import csv_row
from quotecheck.output.terminal.console import name_of
from quotecheck.output.unfinished import written_whole
from quotecheck.output.unprintable import for_cell

if TYPE_CHECKING:
    from quotecheck.output.registry import ArticleChecks

__all__ = ["require_openpyxl", "sheet_rows", "write_workbook"]

_WIDTHS: Final = {
    "number": 6, "quotation": 60, "credited_to": 22, "verdict": 14, "severity": 14,
    "difference": 44, "said_by": 22, "source": 34, "date": 12, "publication": 22, "place": 18,
    "link": 34, "fact_checks": 44, "in_words": 70,
}  # fmt: skip
"""Widths of the columns, in characters of Excel's own font."""

_FILLS: Final = {"other meaning": "F8D7DA", "other wording": "FFF3CD"}
"""Backgrounds by severity, pale enough for black letters; the words stand beside them."""

_CELL_CHARS: Final = 32_000
"""What a cell of Excel takes, less a little (32,767)."""


def sheet_rows(result: ArticleChecks) -> Iterator[str]:
    """CSV for people: one check a row, what was carried along from a list after."""
    carried = _carried_names(result)
    several = len(result.articles) > 1
    yield csv_row([*(["article"] if several else []), *COLUMNS.values(), *carried])
    for position, (document, row, _, _) in enumerate(summaries(result)):
        extra = result.carried[position] if position < len(result.carried) else {}
        name = [name_of(document) if document else ""]
        yield csv_row(
            [*(name if several else []), *astuple(row), *(extra.get(n, "") for n in carried)]
        )


def require_openpyxl() -> None:
    """Raise an error with the remedy where openpyxl is missing.

    Raises:
        MissingExtraError: it is not installed.
    """
    with needing("Excel workbooks need openpyxl", "office"):
        import openpyxl  # noqa: F401


def write_workbook(result: ArticleChecks, path: Path) -> None:
    """Write an Excel workbook: a sheet for people, and one with the columns of ``csv``.

    Raises:
        InputError: the file cannot be written.
        MissingExtraError: openpyxl is not installed.
    """
    require_openpyxl()
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Checks"
    _fill_readable(sheet, result)
    _fill_machine(book.create_sheet("Data"), result)
    with written_whole(path) as unfinished:
        book.save(unfinished)


def _fill_readable(sheet: Any, result: ArticleChecks) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    carried = _carried_names(result)
    several = len(result.articles) > 1
    head = [*(["article"] if several else []), *COLUMNS.values(), *carried]
    _append(sheet, head)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    fields = list(COLUMNS)
    shift = int(several)
    for number, field in enumerate(fields, start=1 + shift):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS[field]
    if several:
        sheet.column_dimensions["A"].width = 30
    for position, (document, row, _, _) in enumerate(summaries(result)):
        extra = result.carried[position] if position < len(result.carried) else {}
        name = [name_of(document) if document else ""]
        _append(
            sheet, [*(name if several else []), *astuple(row), *(extra.get(n, "") for n in carried)]
        )
        line = sheet.max_row
        for cell in sheet[line]:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        _mark(sheet, line, fields, shift, row, PatternFill, Font)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _mark(
    sheet: Any, line: int, fields: list[str], shift: int, row: CheckSummary, fill: Any, font: Any
) -> None:
    """The colour of the severity, and a link that can be clicked."""
    if row.severity in _FILLS:
        for field in ("verdict", "severity"):
            cell = sheet.cell(line, fields.index(field) + 1 + shift)
            cell.fill = fill("solid", start_color=_FILLS[row.severity])
    if row.link:
        cell = sheet.cell(line, fields.index("link") + 1 + shift)
        cell.hyperlink = row.link
        cell.font = font(color="0563C1", underline="single")


def _fill_machine(sheet: Any, result: ArticleChecks) -> None:
    _append(sheet, CHECK_COLUMNS)
    for document, row, check, _ in summaries(result):
        _append(sheet, check_row(document, row.number, check))
    sheet.freeze_panes = "A2"


def _append(sheet: Any, values: Any) -> None:
    """A row of texts and numbers; a text is never a formula."""
    line = sheet.max_row + (1 if sheet.max_row > 1 or sheet["A1"].value is not None else 0)
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(line, column)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            cell.value = value
        elif value not in (None, ""):
            cell.value = for_cell(str(value))[:_CELL_CHARS]
            cell.data_type = "s"


def _carried_names(result: ArticleChecks) -> list[str]:
    """The other columns of a list, each once, in their order."""
    return list(dict.fromkeys(name for row in result.carried for name in row))
