"""Lists of quotations: every form that a desk keeps them in."""

from __future__ import annotations

from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.quotation_lists import ListedQuotation, lines_of, read_list


def rows(path: Path) -> list[tuple[str, str | None]]:
    return [(row.quotation, row.speaker) for row in read_list(path)]


EXPECTED = [("We paid it.", "Maud Ellis"), ("Twice, and “gladly”.", None)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", 'quotation,speaker\nWe paid it.,Maud Ellis\n"Twice, and “gladly”.",\n'),
        ("a.csv", "Speaker;Quote\nMaud Ellis;We paid it.\n;Twice, and “gladly”.\n;\n"),
        ("a.tsv", "text\tcredited to\nWe paid it.\tMaud Ellis\n\nTwice, and “gladly”.\t\n"),
        (
            "a.jsonl",
            '{"quote": "We paid it.", "speaker": "Maud Ellis"}\n\n'
            '{"speaker": null, "quote": "Twice, and “gladly”."}\n',
        ),
        (
            "a.json",
            '[{"Text": "We paid it.", "Who": "Maud Ellis"}, {"Text": "Twice, and “gladly”."}]',
        ),
        ("a.CSV", "\ufeffWORDS|NAME\r\nWe paid it.|Maud Ellis\r\nTwice, and “gladly”.|\r\n"),
    ],
)
def test_tables(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    assert rows(path) == EXPECTED


def test_other_columns_are_carried(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("page,quotation,speaker,Desk\n3,We paid it.,Maud Ellis,News\n4,Short.\n")
    assert list(read_list(path)) == [
        ListedQuotation("We paid it.", "Maud Ellis", "a.csv:2", {"page": "3", "Desk": "News"}),
        ListedQuotation("Short.", None, "a.csv:3", {"page": "4"}),
    ]


def test_fields_of_json_are_carried_and_lines_are_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text('{"quote": "We paid it.", "page": 3}\n{"quote": "Short.", "tags": ["a"]}\n')
    assert list(read_list(path)) == [
        ListedQuotation("We paid it.", None, "a.ndjson:1", {"page": "3", "tags": ""}),
        ListedQuotation("Short.", None, "a.ndjson:2", {"page": "", "tags": '["a"]'}),
    ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.jsonl", '{"quote": "We paid it."}\nWe paid it twice.\n', "not JSON"),
        ("a.jsonl", '"We paid it."\n', "not an object"),
        ("a.json", '{"claims": 3}', "no column"),
        ("a.json", "[]", "no column"),
        ("a.json", "[" * 100_000, "not JSON"),
    ],
)
def test_json_that_is_no_list_of_quotations(
    tmp_path: Path, name: str, text: str, message: str
) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        rows(path)


def test_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="the extra [office] is not installed")
    book = openpyxl.Workbook()
    for row in (["Quotation", "Speaker", "Page"], ["We paid it.", "Maud Ellis", 3.0],
                [None, None, 4], ["Twice, and “gladly”.", None, None]):  # fmt: skip
        book.active.append(row)
    path = tmp_path / "a.xlsx"
    book.save(path)
    assert rows(path) == EXPECTED
    assert [row.carried for row in read_list(path)] == [{"Page": "3"}, {"Page": ""}]
    path.write_bytes(b"PK\x03\x04 no workbook")
    with pytest.raises(InputError, match="cannot be read"):
        rows(path)


def test_a_quotation_a_line(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("- We paid it.\n\n  • Twice.\n3. In 1901 we sold it.\n1901 was dry.\n***\n")
    assert rows(path) == [
        ("We paid it.", None), ("Twice.", None), ("In 1901 we sold it.", None),
        ("1901 was dry.", None),
    ]  # fmt: skip
    assert list(lines_of("—\n \n")) == []


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.csv", "page,who\n3,Ann\n", "no column is named"),
        ("a.csv", "\n", "no column is named"),
        ("a.xls", "x", "kind .xls"),
    ],
)
def test_what_is_no_list_is_said(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        rows(path)
    with pytest.raises(InputError):
        rows(tmp_path / "none.csv")
