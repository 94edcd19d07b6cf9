"""The explorer without a browser: what each page on a library says."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotecheck.library.library import open_library
from tests.support.web_cases import document

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.bar_chart import bars
from quotecheck.web.pagination import paginate, sheet_of
from quotecheck.web.server import application
from tests.support.web_pages import (
    Get,
    Page,
    all_addresses,
    checked,
    number,
    rows,
    text_of,
)


def test_the_front_page_tells_what_is_here(get: Get) -> None:
    page = checked(get("/"))
    words = text_of(page)
    assert "valley.db holds 4 documents (1860 to 1890)" in words
    assert "Hearing on the bridge" in words
    assert "Ada Fenwick" in words
    assert "Nothing of it is stored." in words
    assert 'name="csrftoken"' in page
    assert 'name="token"' not in page


def test_a_stored_quotation(get: Get, path: Path) -> None:
    numbers = [row[0] for row in rows(path, "SELECT id FROM quotations ORDER BY id")]
    first = text_of(checked(get(f"/quotation/{numbers[0]}")))
    assert "Ada Fenwick, engineer; in Bridge will stand, Daily Wend, 1887-03-09" in first
    assert "verbatim" in first
    assert "Every place, in order of time" in first
    assert "told” (say)" in first
    assert "rule said-subject" in first
    second = text_of(checked(get(f"/quotation/{numbers[1]}")))
    assert "altered: other meaning" in second
    denied = text_of(checked(get(f"/quotation/{numbers[2]}")))
    assert "The article says this was not said: “never”" in denied
    assert "these are the article’s own" in denied
    orphan = text_of(checked(get(f"/quotation/{numbers[3]}")))
    assert "Speaker not known" in orphan
    assert "Jon Parr (40%)" in orphan
    assert "Nobody’s speech" in text_of(checked(get(f"/quotation/{numbers[4]}")))


def test_a_speaker(get: Get) -> None:
    moved = get("/speaker?name=Ada+Fenwick")
    assert moved.status_code == 302
    page = checked(get(moved.headers["location"]))
    words = text_of(page)
    assert "Ada Fenwick engineer 2 quotations 2 turns 0 documents as author" in words
    assert "Miss Fenwick" in words
    assert "1887-03" in words
    assert "confidence 60%" in words
    turns = text_of(checked(get(moved.headers["location"] + "?show=turns")))
    assert "The lamps are paid for" in turns
    assert get("/speaker?name=Miss+Fenwick").headers["location"] == moved.headers["location"]
    assert get("/speaker?name=Ada").headers["location"] == "/speakers?q=Ada"
    assert "Ada Fenwick" in text_of(checked(get("/speakers?q=Ada")))
    assert "Nobody with this name" in text_of(checked(get("/speakers?q=100%25_")))


def test_a_document(get: Get, path: Path) -> None:
    page = checked(get(f"/document/{number(path, 'article')}"))
    words = text_of(page)
    assert 'class="said v1"' in page
    assert "Verdict and provenance" in words
    for digest in rows(path, "SELECT bytes_sha256, text_sha256 FROM documents WHERE key='article'")[
        0
    ]:
        assert digest in words
    assert "run 1 (quotecheck 0 build" in words
    turned = text_of(checked(get(f"/document/{number(path, 'hearing')}")))
    assert "Turn: Ada Fenwick" in turned
    assert "page 2" in turned
    assert "title Hearing on the bridge (from: html)" in turned


def test_a_long_document_comes_in_pages(get: Get, path: Path) -> None:
    book = number(path, "book")
    first = text_of(checked(get(f"/document/{book}")))
    assert "Page 1 of 3" in first
    assert "Paragraph 149 " in first
    assert "Paragraph 150 " not in first
    assert "Paragraph 399 " in text_of(checked(get(f"/document/{book}?page=3")))
    assert "Page 3 of 3" in text_of(checked(get(f"/document/{book}?page=99999")))
    assert "Page 1 of 3" in text_of(checked(get(f"/document/{book}?page=-4&at=9-2")))
    text = rows(path, "SELECT text FROM documents WHERE key = 'book'")[0][0]
    at = text.index("Paragraph 200 ")
    marked = checked(get(f"/document/{book}?at={at}-{at + 13}"))
    assert '<span class="at" id="at">Paragraph 200</span>' in marked


def test_an_older_version_leads_to_the_newer(tmp_path: Path, serving: Callable[[Any], Get]) -> None:
    place = tmp_path / "versions.db"
    with open_library(place, create=True) as library:
        run = library.start_run("build", version="0")
        for text in ("The old words stand.", "The new words stand."):
            library.add_document(document("d", text, path="/d.txt"), passages=[], run=run)
    ask = serving(application(place))
    assert "To the newer one" in text_of(checked(ask("/document/1")))
    assert "The new words stand" in text_of(checked(ask("/document/2")))
    assert "1 document." in text_of(checked(ask("/documents")))


def test_search_with_filters(get: Get) -> None:
    words = text_of(checked(get("/search?q=lamps")))
    assert "3 places" in words
    assert "not said, says the article" in words
    assert "1887-03" in words
    one = text_of(checked(get("/search?q=lamps&speaker=Jon+Parr&kind=text")))
    assert "1 place" in one
    assert "who will pay for the lamps" in one
    assert "0 places" in text_of(checked(get("/search?q=lamps&from=1900")))
    assert "2 places" in text_of(checked(get("/search?q=lamps&publication=Valley")))
    assert 'role="alert"' in checked(get("/search?q=lamps&from=yesterday"), 400)
    assert 'role="alert"' in checked(get("/search?q=lamps&speaker=Nobody+Known"), 400)
    assert 'role="alert"' in checked(get("/search?q=lamps&kind=poem"), 400)
    assert "Search" in text_of(checked(get("/search")))
    assert get('/search?q="lamps" OR *').status_code in (200, 400)


def test_long_lists_come_in_pages(tmp_path: Path, serving: Callable[[Any], Get]) -> None:
    place = tmp_path / "many.db"
    with open_library(place, create=True) as library:
        run = library.start_run("build", version="0")
        for n in range(30):
            said = document(
                f"d{n:02}", f"The rope of day {n} held.", date=f"19{n:02}", author=f"A{n:02}"
            )
            library.add_document(said, passages=[], run=run)
    ask = serving(application(place))
    first = checked(ask("/documents?order=date"))
    assert "30 documents" in text_of(first)
    assert "entries 1 to 25 of 30" in text_of(first)
    after = html.unescape(re.findall(r'rel="next" href="([^"]+)"', first)[0])
    assert after == "/documents?order=date&page=2"
    assert "entries 26 to 30 of 30" in text_of(checked(ask(after)))
    assert "2 documents" not in text_of(first)
    assert "1 document." in text_of(checked(ask("/documents?q=d07")))


def test_every_link_leads_somewhere(get: Get, path: Path) -> None:
    asked: set[str] = set()
    for address in all_addresses(path):
        page = get(address)
        if "html" not in page.headers["content-type"] or page.status_code != 200:
            continue
        parser = Page()
        parser.feed(page.text)
        for link in parser.links:
            if link.startswith("#"):
                assert link[1:] in parser.ids, (address, link)
            elif link.startswith("/") and (place := link.partition("#")[0]) not in asked:
                asked.add(place)
                assert get(place).status_code in (200, 302, 400), (address, place)
    assert len(asked) > 40


def test_what_is_not_there_is_a_page(get: Get, path: Path) -> None:
    for place in (
        "/document/999", "/speaker/999", "/quotation/999", "/quotation/" + "9" * 30, "/nothing",
        "/document?key=none", "/documents/1", "/quotation/x", "/library/none", "/../../etc/passwd",
        "/document", "/check/", "/%00", "//example.org/",
    ):  # fmt: skip
        answer = get(place)
        if answer.status_code == 302:
            answer = get(answer.headers["location"])
        assert answer.status_code in (200, 403, 404), place
        assert "Traceback" not in answer.text
        checked(answer, answer.status_code)


def test_pages_of_a_text_hold_all_of_it_once() -> None:
    text = "One.\n\n" + "word " * 9000 + "\n\nLast."
    cut = paginate(text)
    spans = [span for sheet in cut for span in sheet]
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert max(span.end - span.start for span in spans) <= 12_000
    assert sheet_of(cut, 0) == 1
    assert sheet_of(cut, len(text)) == len(cut)
    assert paginate("") == [[]]


def test_bars_show_every_number_and_no_more() -> None:
    chart = bars([(str(year), year % 7) for year in range(1700, 2000)])
    assert chart is not None
    assert len(chart.bars) <= 80
    assert sum(bar.count for bar in chart.bars) == sum(year % 7 for year in range(1700, 2000))
    assert all(
        0 <= bar.y <= chart.height and bar.x + bar.width <= chart.width for bar in chart.bars
    )
    assert bars([("1900", 3)]) is None
