"""Files of many documents, written for a test: ZIP, WARC, tables."""

from __future__ import annotations

import csv
import io
import zipfile
from typing import TYPE_CHECKING

import docx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


PAGE = (
    "<html><head><title>{0}</title></head><body><article><h1>{0}</h1><p>The board met on Monday"
    " and said that “the quay shall stay open”, come rain or wind.</p></article></body></html>"
)


def zipped(path: Path, members: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return path


def word_file() -> bytes:
    made = docx.Document()
    made.add_paragraph("Words of a Word document.")
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


class Writer(WARCWriter):  # type: ignore[misc]
    """warcio's writer, which leaves its temporary files open."""

    _create_temp_file = staticmethod(io.BytesIO)


def warc(path: Path, *, packed: bool = True) -> Path:
    with path.open("wb") as file:
        writer = Writer(file, gzip=packed)
        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "none"}))
        for url, kind, status, body in (
            ("https://example.org/quay", "text/html; charset=utf-8", "200 OK", PAGE.format("Quay")),
            ("https://example.org/old", "text/html; charset=windows-1252", "200 OK",
             PAGE.format("Süd").encode("cp1252")),
            ("https://example.org/a.png", "image/png", "200 OK", "x"),
            ("https://example.org/gone", "text/html", "404 Not Found", PAGE.format("Gone")),
            ("https://example.org/nothing", "text/html", "200 OK", "<html></html>"),
        ):  # fmt: skip
            data = body.encode() if isinstance(body, str) else body
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            writer.write_record(
                writer.create_warc_record(
                    url,
                    "response",
                    payload=io.BytesIO(data),
                    http_headers=headers,
                    warc_headers_dict={"WARC-Date": "2031-05-06T07:08:09Z"},
                )
            )
        writer.write_record(
            writer.create_warc_record(
                "https://example.org/text",
                "conversion",
                payload=io.BytesIO(b"Plain words of a page."),
                warc_content_type="text/plain",
            )
        )
    return path


def table(path: Path, rows: list[list[str]], delimiter: str = ",") -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path
