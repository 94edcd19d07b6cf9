"""The one box that takes words or a quotation, and the pictures that go with what is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from quotecheck.library.library import open_library
from quotecheck.text.passages import split_passages
from tests.support.web_cases import BAD, LINE, document

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.dot_timeline import dots
from quotecheck.web.readings import is_quotation
from tests.support.web_pages import Get, checked, number, rows, text_of


@pytest.mark.parametrize(
    "given",
    [
        "The lamps are paid for, and the oil is not.",
        "the lamps are paid for",
        "“Lamps are paid”",
        "«Nous paierons demain»",
        "We paid it.",
        "Who paid it?",
        "  the   lamps\nare paid for  ",
        "橋は百年の冬に耐えるだろう。",
    ],
)
def test_quotations(given: str) -> None:
    assert is_quotation(given)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "lamps",
        "Ada Fenwick",
        "lamps oil bridge",
        "lamps oil bridge council",
        '"paid for" lamps',
        'lamps and oil "paid for" in the valley bridge',
        "paid?",
        "“”",
        "橋",
        "- , ;",
    ],
)
def test_words(given: str) -> None:
    assert not is_quotation(given)


def test_the_box_leads_to_the_check_or_to_the_search(get: Get) -> None:
    for given, leads_to in ((LINE, "/check?quote="), ("lamps oil", "/search?q=")):
        moved = get("/find?" + urlencode({"q": given}))
        assert moved.status_code == 302
        assert moved.headers["location"].startswith(leads_to)
    assert get("/find?quote=lamps").headers["location"] == "/check?quote=lamps"
    assert get("/find?q=lamps&speaker=Jon+Parr").headers["location"] == (
        "/search?q=lamps&speaker=Jon+Parr"
    )
    assert get("/find").headers["location"] == "/"
    assert get("/find?q=+").headers["location"] == "/"
    assert "too many" in text_of(checked(get("/find?q=" + "a" * 2001), 400))
    assert get("/find?" + urlencode({"q": BAD})).status_code == 302


def test_each_reading_leads_to_the_other(get: Get) -> None:
    searched = checked(get("/search?q=lamps"))
    assert "Taken as words" in text_of(searched)
    assert 'href="/check?quote=lamps"' in searched
    asked = checked(get("/check?quote=the+lamps+are+paid+for&speaker=Jon+Parr"))
    assert "Taken as a quotation" in text_of(asked)
    assert 'href="/search?q=the+lamps+are+paid+for"' in asked


def test_both_names_of_the_question_are_understood(get: Get) -> None:
    words = "the lamps are paid for"
    for page in ("/check", "/trace", "/search"):
        by_q, by_quote = (checked(get(f"{page}?" + urlencode({n: words}))) for n in ("q", "quote"))
        assert by_q == by_quote, page
        data = [get(f"{page}.json?" + urlencode({n: words})).json() for n in ("q", "quote")]
        assert data[0] == data[1], page
        assert data[0].get("ok") is not False
    assert get("/trace.svg?q=lamps").text == get("/trace.svg?quote=lamps").text


def test_a_name_leads_to_its_bearer(get: Get) -> None:
    page = checked(get("/search?q=Ada+Fenwick"))
    assert "A speaker of this name is in the library" in text_of(page)
    assert "A speaker of this name" not in text_of(checked(get("/search?q=lamps")))


def test_the_front_page_has_figures_and_something_to_try(get: Get) -> None:
    page = checked(get("/"))
    words = text_of(page)
    for told in ("4 documents 1860 to 1890", "2 kept checks 1 open", "quotations", "speakers"):
        assert told in words
    assert "For example the quotation" in words
    assert "What is" not in words
    assert page.count('name="q"') == 1


def test_authors_are_listed_beside_speakers(get: Get) -> None:
    page = checked(get("/speakers?show=authors"))
    assert "The council" in text_of(page)
    assert 'href="/documents?q=The+council"' in page
    assert "Nobody with this name" in text_of(checked(get("/speakers?show=authors&q=zz")))


def test_the_speaker_has_a_chart_and_a_timeline(get: Get) -> None:
    page = checked(get(get("/speaker?name=Ada+Fenwick").headers["location"]))
    assert page.count("<circle") == 2
    for name in ("dots-title", "dots-desc"):
        assert f'id="{name}"' in page
    assert "<title>Hearing on the bridge, 1887-03-02</title>" in page


def test_the_numbers_of_a_document_are_those_of_its_outputs(get: Get, path: Path) -> None:
    page = get(f"/document/{number(path, 'article')}")
    data = get(f"/document/{number(path, 'article')}.json").json()
    told = [one["n"] for one in data["documents"][0]["quotations"]]
    assert told == [1, 2, 3, 4, 5]
    for one in told:
        assert f'id="n{one}"' in checked(page)
    assert "Quotation 2, number 2 of its document" in text_of(checked(get("/quotation/2")))


def test_tables_are_grouped_views_first(get: Get) -> None:
    page = checked(get("/tables"))
    at = [page.index(f"/library/{name}") for name in ("who_said_what", "documents", "passages")]
    assert at == sorted(at)
    assert "The words that report it" in text_of(page)
    assert checked(get("/documents"))
    held = get("/library.json").json()
    shown = {one["name"] for one in held["tables"] if not one["hidden"]}
    assert "documents" in shown
    assert not {"passages", "quotation_spans", "document_signatures"} & shown


def test_markdown_is_shown_without_its_marks(tmp_path: Path, serving: Callable[[Any], Get]) -> None:
    from quotecheck.web.server import application

    place = tmp_path / "note.db"
    text = "# The *note*\n\nThe gate is **old** and tired.\n\n## Costs\n\n> Lamps are _dear_ here."
    with open_library(place, create=True) as library:
        run = library.start_run("build", version="0")
        note = replace(document("note", text), reader="markdown", date="1890", author="Ann Lee")
        library.add_document(note, passages=list(split_passages(text, ())), run=run)
    ask = serving(application(place))
    for address in ("/document/1", "/search?q=gate+costs+lamps", "/search?q=lamps",
                    "/check?quote=The+gate+is+old+and+tired", "/trace?quote=Lamps+are+dear+here",
                    "/trace?quote=gate+is+old"):  # fmt: skip
        page = checked(ask(address))
        words = text_of(page)
        for marks in ("**", "*note*", "_dear_", "##", "# The", "&gt; Lamps"):
            assert marks not in words, (address, marks)
    assert "The gate is old and tired" in text_of(ask("/document/1").text)
    assert rows(place, "SELECT text FROM documents") == [(text,)], "the text itself stays"


def test_dots_stand_where_their_dates_are() -> None:
    line = dots([("2020", "a", 1), ("2021", "b", 4), ("2022", "c", 1), ("soon", "d", 9)])
    assert line is not None
    assert [dot.label for dot in line.dots] == ["a, 2020", "b, 2021", "c, 2022"]
    left, middle, right = (dot.x for dot in line.dots)
    assert left < middle < right <= line.width
    assert middle == pytest.approx((left + right) / 2, abs=2)
    assert line.dots[1].radius > line.dots[0].radius
    assert all(dot.radius <= dot.y <= line.height - dot.radius for dot in line.dots)
    assert dots([(None, "a", 1), ("", "b", 1), ("2020-99", "c", 1)]) is None
    many = dots([("2020-01-01", str(n), 1) for n in range(500)])
    assert many is not None
    assert len(many.dots) == 5
    assert many.height < 120
