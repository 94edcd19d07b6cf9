"""Sources of every kind in a library: stored with their places, and read again."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfgen.canvas import Canvas

from quotecheck.building.build import build
from quotecheck.checking.checker import Checker
from quotecheck.checking.trace import trace_quote
from quotecheck.library.library import open_library
from quotecheck.library.verification import Verification
from quotecheck.output.checks import check_record
from quotecheck.rechecking.recheck import DocumentState, Recheck
from tests.support.archives import PAGE, Writer, table, warc, zipped
from tests.support.building_cases import make_attributor

if TYPE_CHECKING:
    from pathlib import Path

TALK = "WEBVTT\n\n01:02.000 --> 01:04.000\n<v Ann Lee>“The tide is late,” said Ada.\n"


def pdf() -> bytes:
    file = io.BytesIO()
    page = Canvas(file, invariant=1)
    for words in ("The council met in the old hall.", "“The bridge is safe,” said Ada Fenwick."):
        page.drawString(60, 700, words)
        page.showPage()
    page.save()
    return file.getvalue()


MEMBERS: dict[str, bytes | str] = {
    "may/one.txt": "“It rained,” said Bo.",
    "may/minutes.pdf": pdf(),
    "talk.vtt": TALK,
    "lines.jsonl": json.dumps({"id": "l1", "text": "“Fog,” said Ann."}) + "\n",
}


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    zipped(folder / "talks.zip", MEMBERS)
    zipped(folder / "talks.zip-2.zip", {"x.txt": "Sorted between."})
    warc(folder / "x.warc.gz")
    table(folder / "x.csv", [["id", "text"], ["a1", "“Rain,” said Bo."], ["a2", "Fog."]])
    (folder / "plain.pdf").write_bytes(pdf() + b"\n%")
    return folder


@pytest.fixture
def library(tmp_path: Path, sources: Path) -> Path:
    path = tmp_path / "library.db"
    report = build([sources], path, attributor_factory=make_attributor)
    assert (report.added, report.failed) == (11, 1)  # a page of the web archive is empty
    return path


def states(path: Path, *paths: Path) -> dict[str, str]:
    with open_library(path) as library:
        found = list(Recheck(library, paths).sources())
    return {
        f"{r.document.rpartition('-')[0] or r.document}": r.state
        for r in found
        if isinstance(r, DocumentState) and r.state != "unchanged"
    }


def test_the_places_of_quotations_are_in_the_readable_table(library: Path) -> None:
    with open_library(library) as opened:
        rows = opened.db.query(
            "SELECT content, locator FROM who_said_what WHERE locator IS NOT NULL"
        )
        said = {row["content"]: row["locator"] for row in rows}
        (spoke,) = opened.db.query(
            "SELECT speaker, locator FROM who_spoke WHERE speaker = 'Ann Lee'"
        )
        paths = {row["path"] for row in opened.db.query("SELECT path FROM documents")}
        readers = dict(opened.db.execute("SELECT reader, reader_version FROM documents").fetchall())
    assert said["The bridge is safe,"] == "page 2"
    assert said["The tide is late,"] == "00:01:02"
    assert spoke["locator"] == "00:01:02"
    assert str(library.parent / "sources" / "talks.zip" / "may" / "one.txt") in paths
    assert "pypdfium2" in readers["pdf"]
    assert "warcio" in readers["warc"]
    with Verification(library) as verification:
        assert list(verification.findings()) == []


def test_all_of_it_is_found_again(library: Path, sources: Path) -> None:
    assert states(library) == {}
    assert states(library, sources) == {}
    assert states(library, sources / "talks.zip") == {}
    assert states(library, sources / "talks.zip" / "may" / "one.txt") == {}
    report = build([sources], library, attributor_factory=make_attributor)
    assert (report.added, report.replaced, report.skipped) == (0, 0, 11)


def test_what_has_changed_in_an_archive_is_told(library: Path, sources: Path) -> None:
    changed = dict(MEMBERS)
    changed["may/one.txt"] = "“It snowed,” said Bo."
    changed["moved.vtt"] = changed.pop("talk.vtt")
    del changed["lines.jsonl"]
    changed["may/minutes.pdf"] = b"%PDF-1.4 and nothing more"
    zipped(sources / "talks.zip", changed)
    assert states(library) == {
        "one": "changed", "talk": "moved", "l1": "gone", "minutes": "unreadable",
    }  # fmt: skip
    report = build([sources], library, attributor_factory=make_attributor)
    assert report.replaced == 1
    with open_library(library) as opened:
        (row,) = opened.db.query(
            "SELECT version, text FROM documents WHERE path LIKE '%one.txt' AND replaced_by IS NULL"
        )
    assert (row["version"], row["text"]) == (2, "“It snowed,” said Bo.")


def test_what_has_changed_in_tables_and_web_archives_is_told(library: Path, sources: Path) -> None:
    table(sources / "x.csv", [["id", "text"], ["a1", "“Sun,” said Bo."]])
    with (sources / "x.warc.gz").open("wb") as file:
        writer = Writer(file, gzip=True)
        writer.write_record(
            writer.create_warc_record(
                "https://example.org/quay",
                "resource",
                payload=io.BytesIO(PAGE.format("Quay").encode()),
                warc_content_type="text/html",
            )
        )
    assert states(library) == {"a1": "changed", "a2": "gone", "x": "gone"}


def test_an_archive_that_is_gone(library: Path, sources: Path) -> None:
    (sources / "talks.zip").rename(sources / "other.zip")
    assert set(states(library, sources).values()) == {"moved"}
    (sources / "other.zip").unlink()
    assert states(library) == {"one": "gone", "talk": "gone", "l1": "gone", "minutes": "gone"}


def test_check_and_trace_say_on_which_page_it_stands(library: Path) -> None:
    with open_library(library) as opened:
        checker = Checker(opened)
        check = checker.check("The bridge is safe")
        assert check.locator == check_record(check)["locator"] == "page 2"
        assert checker.check("The tide is late").locator == "00:01:02"
        trace = trace_quote(checker, "The bridge is safe, said Ada Fenwick")
        assert {one.locator for one in trace.occurrences} == {"page 2"}
