"""The explorer without a browser: what each page says, what is refused, what can never happen."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import html
import itertools
import json
import os
import re
import sqlite3
import subprocess
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.errors import InputError, LibraryError, MissingExtraError, QuotecheckError
from quotecheck.held_files import is_held
from quotecheck.library.library import open_library
from tests.support.web_cases import BAD, LINE, TOKEN, Marks, document, write_library

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.library.document_lookup import document_row
from quotecheck.web import server
from quotecheck.web.bar_chart import bars
from quotecheck.web.explorer import BusyError, Explorer, Limits, Reading
from quotecheck.web.pagination import sheet_of, sheets
from quotecheck.web.server import application, is_local, listen
from quotecheck.web.table_metadata import datasette_metadata

Get = Callable[..., Any]
OTHER = LINE.replace("hundred", "dozen")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("web") / "valley.db")


@pytest.fixture(scope="module")
def serving() -> Iterator[Callable[[Any], Get]]:
    """Gives what asks a server: in one loop for all questions, as a real server has."""
    loop = asyncio.new_event_loop()
    started = []

    def asker(shown: Any) -> Get:
        def ask(path: str, method: str = "GET", **more: Any) -> Any:
            return loop.run_until_complete(shown.client.request(method, path, **more))

        started.append(shown)
        loop.run_until_complete(shown.invoke_startup())
        return ask

    yield asker
    for shown in started:
        if shown.quotecheck is not None:
            shown.quotecheck.close()
        shown.executor.shutdown()
        for database in shown.databases.values():
            database.close()
    loop.close()


@pytest.fixture(scope="module")
def get(path: Path, serving: Callable[[Any], Get]) -> Get:
    return serving(application(path, load=Marks))


def text_of(page: str) -> str:
    """The words of a page, without its tags."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", page))
    return re.sub(r" (?=[,;:.](?: |$))", "", " ".join(words.split()))


class Page(HTMLParser):
    """Fails on what no page may hold: scripts, handlers, styles, open tags, dangerous addresses."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input", "rect", "line"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "iframe", "object", "embed", "style", "base"}
        for name, value in attrs:
            assert not name.startswith("on"), (tag, name)
            assert name != "style"
            if name in ("href", "src", "action"):
                assert re.match(r"(https?://|/|#)", value or ""), value
                self.links.append(value or "")
            if name == "id":
                self.ids.append(value or "")
            if tag == "img":
                assert name != "src" or (value or "").startswith("/trace.svg?")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def checked(answer: Any, status: int = 200) -> str:
    """The page, after all that holds of every page."""
    assert answer.status_code == status, text_of(answer.text)[:500]
    page: str = answer.text
    parser = Page()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    assert len(parser.ids) == len(set(parser.ids))
    assert page.count("<h1") == 1
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    return page


def rows(path: Path, sql: str) -> list[Any]:
    with open_library(path) as library:
        return library.db.execute(sql).fetchall()


def number(path: Path, key: str) -> int:
    with open_library(path) as library:
        found = document_row(library.db, key)
    assert found is not None
    return found


# What the pages say


def test_the_front_page_tells_what_is_here(get: Get) -> None:
    page = checked(get("/"))
    words = text_of(page)
    assert "valley.db holds 4 documents (1860 to 1890)" in words
    assert "Hearing on the bridge" in words
    assert "Ada Fenwick" in words
    assert "Nothing of it is stored." in words
    assert 'name="csrftoken"' in page
    assert 'name="token"' not in page


def test_a_quotation_is_checked(get: Get) -> None:
    page = checked(get("/check?" + urlencode({"quote": OTHER, "speaker": "Jon Parr"})))
    assert "<ins>dozen</ins>" in page
    assert "<del>hundred</del>" in page
    assert "misattributed" in text_of(page)
    words = text_of(checked(get("/check?" + urlencode({"quote": LINE}))))
    assert "verbatim word for word" in words
    assert "not found which does not make it false" in text_of(
        checked(get("/check?quote=the+moon+was+sold+for+scrap+to+a+baker"))
    )


def test_a_check_that_cannot_be_says_why(get: Get) -> None:
    assert "no word to look for" in text_of(checked(get("/check?quote=..."), 400))
    assert "too many" in text_of(checked(get("/check?quote=" + "a" * 2001), 400))
    assert "Is it so?" in text_of(checked(get("/check")))


def test_the_way_of_a_quotation(get: Get, path: Path) -> None:
    page = checked(get("/trace?" + urlencode({"quote": LINE})))
    words = text_of(page)
    assert "3 places, 2 wordings" in words
    assert "the earliest" in words
    assert "<del>hundred</del> <ins>thousand</ins>" in page
    assert "Seems to be taken from place 1" in words
    assert "in Hearing on the bridge, page 1" in words
    address = html.unescape(re.findall(r'<img src="([^"]+)"', page)[0])
    picture = get(address)
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert "sandbox" in picture.headers["content-security-policy"]
    assert "<script" not in picture.text
    place = html.unescape(re.findall(r'href="(/document\?key=hearing[^"]+)"', page)[0])
    moved = get(place)
    assert moved.status_code == 302
    assert moved.headers["location"].startswith(f"/document/{number(path, 'hearing')}?at=")
    assert '<span class="at" id="at">' in checked(get(moved.headers["location"]))


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
    assert "called engineer" in words
    assert "Miss Fenwick" in words
    assert "2 quotations, 2 turns" in words
    assert "1887-03" in words
    assert "60% sure" in words
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
    assert "where it comes from" in words
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


# An article that is pasted in


def post(get: Get, **fields: str) -> Any:
    """Send the form as a browser does: with the cookie and the field that must agree with it."""
    page = get("/article")
    token = re.findall(r'name="csrftoken" value="([^"]+)"', page.text)[0]
    body = urlencode({"csrftoken": token, **fields})
    cookies = {"ds_csrftoken": page.cookies["ds_csrftoken"]}
    return get("/article", "POST", content=body, headers=FORM, cookies=cookies)


def test_an_article_is_read_and_checked(get: Get, path: Path) -> None:
    before = path.stat().st_mtime_ns, rows(path, "SELECT count(*) FROM documents")
    text = f"News\r\n\r\n“{OTHER}.” “{LINE}.” “The moon was sold for scrap.”"
    page = checked(post(get, text=text, title="Pasted <b>", url="javascript:alert(1)"))
    words = text_of(page)
    assert "Pasted <b>" in words
    assert "3 quotations checked against these 4 documents (1860 to 1890)" in words
    assert "<ins>dozen</ins>" in page
    assert re.search(r'href="#c1-1"[^>]*>altered: other meaning', page)
    assert 'id="c1-1"' in page
    assert "not found" in words
    assert (path.stat().st_mtime_ns, rows(path, "SELECT count(*) FROM documents")) == before


def test_what_cannot_be_read_is_said_and_not_lost(get: Get) -> None:
    assert "There is no text" in text_of(checked(post(get, text=" \r\n "), 400))
    much = checked(post(get, text="a" * 100_001, title="Kept title"), 413)
    assert "100,001 characters" in text_of(much)
    assert "Kept title" in much
    assert checked(post(get, text="x", title="t" * 501), 400)


def test_a_body_beyond_all_measure_is_refused_unread(get: Get) -> None:
    limit = Limits().body
    assert "too long" in checked(
        get("/article", "POST", content=b"x" * (limit + 1), headers=FORM), 413
    )

    async def pieces() -> Any:
        for _ in range(limit // 60_000 + 2):
            yield b"text=" + b"x" * 60_000

    checked(get("/article", "POST", content=pieces(), headers=FORM), 413)


def test_a_form_from_elsewhere_is_refused(get: Get) -> None:
    page = get("/article")
    cookies = {"ds_csrftoken": page.cookies["ds_csrftoken"]}
    wrong = get("/article", "POST", content="text=x&csrftoken=no", headers=FORM, cookies=cookies)
    assert wrong.status_code == 403
    for header in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        checked(get("/article", "POST", content="text=x", headers=FORM | header), 403)
    own = get("/article", "POST", content="text=x", headers=FORM | {"Origin": "http://localhost"})
    checked(own)
    checked(get("/article", "POST", content="text=x", headers={"Content-Type": "text/plain"}), 415)


def test_nothing_else_can_be_sent(get: Get) -> None:
    for place in ("/", "/check", "/library", "/library/documents", "/-/messages", "/-/logout"):
        assert get(place, "POST", content="a=b", headers=FORM).status_code == 405
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        assert get("/article", method).status_code == 405
    assert get("/", "HEAD").status_code == 200
    assert get("/", "HEAD").text == ""


def test_another_hosts_name_is_refused(get: Get) -> None:
    checked(get("/", headers={"Host": "evil.example:8001"}), 403)
    for name in ("localhost", "LOCALHOST:8001", "127.0.0.1:80", "[::1]:8001"):
        assert get("/", headers={"Host": name}).status_code == 200


def test_an_article_is_kept_with_the_token_alone(
    tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    place = write_library(tmp_path / "kept.db")
    ask = serving(application(place, token=TOKEN, load=Marks))
    assert 'name="token"' in checked(ask("/article"))
    text = f"“{LINE}.”"
    for token in ("", "wrong", TOKEN + "x"):
        answer = checked(post(ask, text=text, keep="1", token=token), 403)
        assert "nothing was kept" in text_of(answer)
    checked(post(ask, text=text, token=TOKEN))
    assert rows(place, "SELECT count(*) FROM runs") == [(1,)]
    page = checked(post(ask, text=text, title="Kept", date="1901", keep="1", token=TOKEN))
    assert "It is kept" in text_of(page)
    kept = re.findall(r'href="(/document/\d+)"', page)[0]
    words = text_of(checked(ask(kept)))
    assert "not searched when quotations are checked" in words
    assert "date 1901 (from: form)" in words
    told = rows(place, "SELECT command, status, added, attributed, quotations, weights FROM runs")[
        1
    ]
    assert told == ("serve", "finished", 1, 1, 1, json.dumps(Marks.signature))
    again = checked(post(ask, text=text, title="Kept", date="1901", keep="1", token=TOKEN))
    assert kept in again
    assert rows(place, "SELECT count(*) FROM documents") == [(5,)]


def test_a_token_that_can_be_guessed_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="can be guessed"):
        application(path, token=TOKEN[:4])


def test_articles_wait_for_one_another(path: Path) -> None:
    held, going = threading.Event(), threading.Event()

    class Slow(Marks):
        def __call__(self, document: Any) -> Any:
            going.set()
            held.wait(20)
            return super().__call__(document)

    shown = application(path, load=Slow)

    async def many() -> list[int]:
        await shown.invoke_startup()
        sent = [
            asyncio.create_task(shown.client.post("/article", content="text=%E2%80%9Ca%E2%80%9D",
                                                  headers=FORM))
            for _ in range(7)
        ]  # fmt: skip
        while not going.is_set():
            await asyncio.sleep(0.01)
        assert (await shown.client.get("/")).status_code == 200, "others are answered meanwhile"
        held.set()
        return sorted([(await one).status_code for one in sent])

    assert asyncio.run(many()) == [200, 200, 200, 200, 503, 503, 503]
    shown.quotecheck.close()
    shown.executor.shutdown()


# What can never happen


def all_addresses(path: Path) -> list[str]:
    """Every page of ours about everything in a library."""
    bad = quote(BAD)
    found = [
        "/", "/documents", "/speakers", "/article", "/check", "/search", "/trace",
        f"/documents?q={bad}", f"/speakers?q={bad[:150]}", f"/check?quote={bad}",
        f"/trace?quote={bad}", "/trace?quote=and+the+velvet+comet+was+weighed",
        "/check?quote=and+the+velvet+comet+was+weighted", f"/search?q=velvet&order={bad[:150]}",
        "/search?q=velvet+comet", "/documents?order=date", f"/nothing/{bad}",
    ]  # fmt: skip
    with open_library(path) as library:
        for table, place in (("documents", "document"), ("speakers", "speaker"),
                             ("quotations", "quotation")):  # fmt: skip
            for row in [one["id"] for one in library.db.table(table).rows]:
                found.append(f"/{place}/{row}")
                found += [f"/speaker/{row}?show=turns"] if place == "speaker" else []
    return found


def test_hostile_documents_break_no_page(get: Get, path: Path) -> None:
    seen = 0
    for address in all_addresses(path):
        answer = get(address)
        status = 404 if address.startswith("/nothing") else answer.status_code
        assert answer.status_code in (200, 400, 404), address
        page = checked(answer, status)
        assert "49" not in re.findall(r"hacked = 2'>\s*(\S+)", html.unescape(page))
        assert not re.search(r"<(script|img src=x)", page)
        assert not re.search(r'(href|src|action)="\s*javascript:', page, re.IGNORECASE)
        seen += BAD in html.unescape(page)
    assert seen > 10, "the words themselves are shown"
    words = f"“{BAD} was said,” {BAD}"
    page = checked(post(get, text=words, title=BAD, date=BAD, url="javascript:alert(1)"))
    assert BAD in html.unescape(page)
    picture = get("/trace.svg?quote=and+the+velvet+comet+was+weighed").text
    assert "<script" not in picture
    assert "<img" not in picture


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


def test_a_visitor_reads_and_no_more(get: Get, path: Path) -> None:
    asked = quote("select count(*) as n from quotations")
    assert get(f"/library.json?sql={asked}").json()["rows"] == [[6]]
    before = path.stat()
    for bad in ("delete from documents", "attach database '/tmp/x.db' as x", "pragma query_only=0"):
        assert get("/library.json?sql=" + quote(bad)).status_code == 400
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    answer = get("/library.json?sql=" + quote(slow))
    assert answer.status_code == 400
    assert "time limit" in answer.json()["error"] or "interrupted" in answer.json()["error"]


def test_sql_can_be_turned_off(path: Path, serving: Callable[[Any], Get]) -> None:
    ask = serving(application(path, sql=False))
    assert ask("/library.json?sql=" + quote("select 1")).status_code == 403
    assert ask("/library/documents.json").status_code == 200


def test_the_tables_run_no_script_and_lead_to_the_pages(get: Get) -> None:
    page = get("/library/who_said_what")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert 'href="/quotation/1"' in page.text
    assert 'href="/document?key=article"' in page.text
    assert "one quotation a row" in page.text
    described = get("/library.json").json()
    names = {one["name"] for one in described["tables"]} | set(described["views"] and [
        one["name"] for one in described["views"]])  # fmt: skip
    assert {"documents", "quotations", "who_said_what", "what_is_here", "who_spoke"} <= names


def test_a_question_that_takes_too_long_is_given_up(path: Path) -> None:
    reading = Reading(path)
    from quotecheck.web.explorer import BusyError

    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(BusyError, match="given up"):
        reading.ask(lambda held: held.library.db.execute(slow).fetchone(), 0.2)
    assert reading.ask(lambda held: held.statistics.documents, 60) == 4
    reading.library.close()


def test_a_library_that_is_written_to_meanwhile(
    tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    place = write_library(tmp_path / "busy.db")
    ask = serving(application(place))
    assert "4 documents" in text_of(checked(ask("/")))
    question = "/check?" + urlencode({"quote": "The grey heron owns the weir in the winter months"})
    assert "not found" in text_of(checked(ask(question)))
    with open_library(place, create=True) as library:
        run = library.start_run("build", version="0")
        with library.write():
            text = "The grey heron owns the weir in the winter months."
            library.add_document(document("heron", text), passages=split(text), run=run)
            assert "4 documents" in text_of(checked(ask("/"))), "not yet committed"
    assert "5 documents" in text_of(checked(ask("/")))
    assert "verbatim" in text_of(checked(ask(question)))


def split(text: str) -> Any:
    from quotecheck.text.passages import split_passages

    return list(split_passages(text, ()))


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        application(tmp_path / "none.db")
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"SQLite format 3\0" + b"\0" * 2000)
    with pytest.raises(LibraryError):
        Explorer(foreign)
    foreign.write_text("hello")
    ran = subprocess.run(
        [sys.executable, "-m", "quotecheck", "serve", str(foreign)],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "this is not a quotecheck library" in ran.stderr


def test_a_read_only_library_is_shown(tmp_path: Path, serving: Callable[[Any], Get]) -> None:
    place = write_library(tmp_path / "still.db")
    place.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        ask = serving(application(place))
        assert "4 documents" in text_of(checked(ask("/")))
        assert ask("/library/documents.json?_shape=array").status_code == 200
    finally:
        tmp_path.chmod(0o755)


def test_nothing_heavy_is_loaded_before_an_article_comes(path: Path) -> None:
    code = (
        "import asyncio, sys\n"
        "from quotecheck.web.server import application\n"
        f"shown = application({str(path)!r})\n"
        "async def look():\n"
        "    await shown.invoke_startup()\n"
        "    for place in ('/', '/check?quote=the+lamps+are+paid+for', '/document/1'):\n"
        "        assert (await shown.client.get(place)).status_code == 200\n"
        "asyncio.run(look())\n"
        "shown.quotecheck.close()\n"
        "print([name for name in ('torch', 'stanza', 'transformers') if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.stdout == "[]\n", ran.stderr


PLAIN = """
import asyncio, json, sys
from datasette.app import Datasette
shown = Datasette([sys.argv[1]], metadata=json.load(open(sys.argv[2], encoding="utf-8")))
async def look():
    await shown.invoke_startup()
    told = [(await shown.client.get(place)).text for place in sys.argv[3:]]
    print(json.dumps(told))
asyncio.run(look())
"""


def test_the_library_opens_in_plain_datasette(path: Path, tmp_path: Path) -> None:
    """The tables make sense without us: names, descriptions, readable views, full-text search."""
    told = tmp_path / "tables.json"
    told.write_text(json.dumps(datasette_metadata("valley", name="valley.db")), encoding="utf-8")
    described = json.loads(told.read_text())["databases"]["valley"]["tables"]
    names = (
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        " AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
    )
    held = {name for (name,) in rows(path, names)}
    assert held - {"_sqlite_migrations", "passages_vocab"} <= set(described), "all are described"
    for table, about in described.items():
        columns = {row[1] for row in rows(path, f"PRAGMA table_info('{table}')")}
        assert set(about.get("columns", ())) <= columns, table
    addresses = [
        "/valley",
        "/valley/who_said_what.json?_shape=array&speaker=Ada+Fenwick",
        "/valley/passages.json?_shape=array&_search=oil",
    ]
    ran = subprocess.run(
        [sys.executable, "-c", PLAIN, str(path), str(told), *addresses],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "DATASETTE_LOAD_PLUGINS": ""},
    )
    assert ran.returncode == 0, ran.stderr
    page, said, searched = json.loads(ran.stdout)
    assert "Begin with the views who_said_what" in page
    assert [row["document_title"] for row in json.loads(said)] == ["Bridge will stand"] * 2
    assert "oil is not" in json.loads(searched)[0]["text"]


def test_as_a_plugin_it_adds_pages_to_libraries_alone(
    path: Path, tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    from datasette.app import Datasette

    ask = serving(Datasette([str(path)]))
    assert "valley.db holds 4 documents" in text_of(checked(ask("/")))
    assert 'href="/valley"' in ask("/").text
    assert ask("/valley/documents.json").status_code == 200
    assert "content-security-policy" not in ask("/valley").headers, "the tables are its own"
    foreign = tmp_path / "foreign.db"
    with contextlib.closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE eggs (id INTEGER PRIMARY KEY)")
    ask = serving(Datasette([str(foreign)]))
    assert "eggs" in ask("/").text
    assert ask("/check").status_code == 404


def test_the_command_prints_what_describes_the_tables(path: Path) -> None:
    ran = CliRunner().invoke(app, ["serve", str(path), "--metadata"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == datasette_metadata("valley", name="valley.db")


def test_other_computers_are_let_in_with_a_warning(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Listening:
        def getsockname(self) -> tuple[str, int]:
            return "", 8123

    served = []
    monkeypatch.setattr(server, "listen", lambda *_: Listening())
    monkeypatch.setattr(server, "serve", lambda shown, _: served.append(shown))
    for host, warns in (("127.0.0.1", False), ("::1", False), ("192.0.2.1", True)):
        ran = CliRunner().invoke(app, ["serve", str(path), "--host", host, "--no-sql"])
        assert ran.exit_code == 0, ran.output
        assert ("http://[::1]:8123/" if ":" in host else f"http://{host}:8123/") in ran.stdout
        assert ("other computers can reach this server" in ran.stderr) is warns
        assert (served[-1].quotecheck.hosts is None) is warns
        assert not served[-1].setting("default_allow_sql")
        served[-1].quotecheck.close()
        served[-1].executor.shutdown()


def test_without_datasette_one_is_told_how_to_get_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasette", None)
    with pytest.raises(MissingExtraError, match=r"quotecheck-toolkit\[web\]"):
        application(path)


def test_closing_breaks_off_what_is_being_asked(tmp_path: Path) -> None:
    path = write_library(tmp_path / "valley.db")
    explorer = Explorer(path)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    begun = threading.Event()

    def ask(reading: Reading) -> Any:
        begun.set()
        return reading.library.db.execute(endless).fetchone()

    async def stop() -> None:
        asked = asyncio.create_task(explorer.read(ask))
        await asyncio.to_thread(begun.wait, 10)
        await asyncio.to_thread(explorer.close)
        with pytest.raises(BusyError):
            await asked

    started = time.monotonic()
    asyncio.run(stop())
    assert time.monotonic() - started < 8
    assert not is_held(path)


def test_a_datasette_with_another_sqlite_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, serving: Callable[[Any], Get]
) -> None:
    from datasette.app import Datasette

    other = types.ModuleType("pysqlite3")
    other.__dict__.update({k: v for k, v in vars(sqlite3).items() if not k.startswith("__")})
    monkeypatch.setattr("datasette.utils.sqlite.sqlite3", other)
    with pytest.raises(QuotecheckError, match="another SQLite here") as caught:
        application(path)
    assert "pysqlite3" in (caught.value.remedy or "")
    ask = serving(Datasette([str(path)]))  # as a plugin it leaves the other's pages alone
    assert ask("/valley/documents.json").status_code == 200
    assert ask("/check").status_code == 404


def test_what_datasette_takes_for_unchangeable_is_read_without_locks(
    tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    from datasette.app import Datasette

    path = write_library(tmp_path / "valley.db")
    ask = serving(Datasette(immutables=[str(path)]))
    assert "valley.db holds 4 documents" in text_of(checked(ask("/")))
    # To hash the file, Datasette opens it beside SQLite. The suite's guard lets that pass only
    # where no locks are held.
    (held,) = ask("/-/databases.json").json()
    assert held["hash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert ask("/documents").status_code == 200


# Parts


def test_pages_of_a_text_hold_all_of_it_once() -> None:
    text = "One.\n\n" + "word " * 9000 + "\n\nLast."
    cut = sheets(text)
    spans = [span for sheet in cut for span in sheet]
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(text.split())
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))
    assert max(span.end - span.start for span in spans) <= 12_000
    assert sheet_of(cut, 0) == 1
    assert sheet_of(cut, len(text)) == len(cut)
    assert sheets("") == [[]]


def test_bars_show_every_number_and_no_more() -> None:
    chart = bars([(str(year), year % 7) for year in range(1700, 2000)])
    assert chart is not None
    assert len(chart.bars) <= 80
    assert sum(bar.count for bar in chart.bars) == sum(year % 7 for year in range(1700, 2000))
    assert all(
        0 <= bar.y <= chart.height and bar.x + bar.width <= chart.width for bar in chart.bars
    )
    assert bars([("1900", 3)]) is None


def test_where_one_listens(path: Path) -> None:
    assert is_local("::1")
    assert is_local("localhost")
    assert not is_local("192.0.2.1")
    assert not is_local("example.org")
    held = listen("127.0.0.1", 0)
    with pytest.raises(InputError, match="cannot listen"):
        listen("127.0.0.1", held.getsockname()[1])
    held.close()
