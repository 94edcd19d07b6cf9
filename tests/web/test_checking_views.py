"""Quotations and articles that are checked in the explorer."""

from __future__ import annotations

import asyncio
import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.article_attributors import Obedient
from tests.support.web_cases import LINE, TOKEN, Marks, write_library
from tests.support.web_pages import (
    FORM,
    Get,
    checked,
    number,
    post,
    rows,
    text_of,
)

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.explorer import Limits
from quotecheck.web.server import application

OTHER = LINE.replace("hundred", "dozen")


def test_a_quotation_is_checked(get: Get) -> None:
    page = checked(get("/check?" + urlencode({"quote": OTHER, "speaker": "Jon Parr"})))
    assert "<ins>a dozen</ins>" in page
    assert "<del>a hundred</del>" in page
    assert "misattributed" in text_of(page)
    words = text_of(checked(get("/check?" + urlencode({"quote": LINE}))))
    assert "verbatim word for word" in words
    assert "not found which does not make it false" in text_of(
        checked(get("/check?quote=the+moon+was+sold+for+scrap+to+a+baker"))
    )


def test_a_check_that_cannot_be_says_why(get: Get) -> None:
    assert "no word to look for" in text_of(checked(get("/check?quote=..."), 400))
    assert "too many" in text_of(checked(get("/check?quote=" + "a" * 2001), 400))
    assert "Check a quotation" in text_of(checked(get("/check")))


def test_the_way_of_a_quotation(get: Get, path: Path) -> None:
    page = checked(get("/trace?" + urlencode({"quote": LINE})))
    words = text_of(page)
    assert "3 places, 2 wordings" in words
    assert "the earliest" in words
    assert "<del>hundred</del> <ins>thousand</ins>" in page
    assert "Seems to be taken from place 1" in words
    assert "Hearing on the bridge, page 1" in words
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


def test_an_article_is_read_and_checked(get: Get, path: Path) -> None:
    before = path.stat().st_mtime_ns, rows(path, "SELECT count(*) FROM documents")
    text = f"News\r\n\r\n“{OTHER}.” “{LINE}.” “The moon was sold for scrap.”"
    page = checked(post(get, text=text, title="Pasted <b>", url="javascript:alert(1)"))
    words = text_of(page)
    assert "Pasted <b>" in words
    assert "3 quotations, all checked against these 4 documents (1860 to 1890)" in words
    assert "<ins>a dozen</ins>" in page
    assert re.search(r'<a href="#n1" aria-label="Quotation 1, altered">1</a>', page)
    assert re.search(r'id="n1".*?</span>altered: other meaning</span>', page, re.DOTALL)
    assert page.count(OTHER) == 1, "each quotation stands there once"
    assert "not found" in words
    assert (path.stat().st_mtime_ns, rows(path, "SELECT count(*) FROM documents")) == before


def test_what_cannot_be_read_is_said_and_not_lost(get: Get) -> None:
    assert "There is no text" in text_of(checked(post(get, text=" \r\n "), 400))
    much = checked(post(get, text="a" * 100_001, title="Kept title"), 413)
    assert "100,001 characters" in text_of(much)
    assert "Kept title" in much
    assert checked(post(get, text="x", title="t" * 501), 400)


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
    assert told == ("serve", "finished", 1, 1, 1, json.dumps(Marks.weights_sha256))
    again = checked(post(ask, text=text, title="Kept", date="1901", keep="1", token=TOKEN))
    assert kept in again
    assert rows(place, "SELECT count(*) FROM documents") == [(5,)]


def test_articles_wait_for_one_another(path: Path, tmp_path: Path) -> None:
    shown = application(path, load=Obedient)
    text = f"“a” [wait {tmp_path / 'go'}]"

    async def many() -> list[int]:
        await shown.invoke_startup()
        sent = [
            asyncio.create_task(shown.client.post("/article", content=urlencode({"text": text}),
                                                  headers=FORM))
            for _ in range(7)
        ]  # fmt: skip
        while not (tmp_path / "go.begun").exists():
            await asyncio.sleep(0.01)
        assert (await shown.client.get("/")).status_code == 200, "others are answered meanwhile"
        (tmp_path / "go").touch()
        return sorted([(await one).status_code for one in sent])

    assert asyncio.run(many()) == [200, 200, 200, 200, 503, 503, 503]
    shown.quotecheck.close()
    shown.executor.shutdown()


def test_an_article_that_hangs_stops_nobody_else(path: Path, tmp_path: Path) -> None:
    limits = Limits(attribution_seconds=3.0)
    shown = application(path, load=Obedient, limits=limits)

    async def post(text: str) -> Any:
        content = urlencode({"text": text})
        return await shown.client.post("/article", content=content, headers=FORM)

    async def hang() -> list[Any]:
        await shown.invoke_startup()
        assert (await post("“a”")).status_code == 200
        hanging = asyncio.create_task(post(f"“a” [wait {tmp_path / 'go'}] [hold]"))
        while not (tmp_path / "go.begun").exists():
            await asyncio.sleep(0.01)
        (tmp_path / "go").touch()
        for page in ("/", "/check?quote=the+lamps+are+paid+for", "/search?q=lamps", "/document/1"):
            assert (await shown.client.get(page)).status_code == 200
        assert not hanging.done()
        return [await hanging, await post("“a” [die]"), await post("“a”")]

    hung, died, well = asyncio.run(hang())
    words = text_of(checked(hung, 503))
    assert "The article was not read" in words
    assert "took more than 3 seconds and was stopped" in words
    assert "Send it in parts" in words
    assert "for lack of memory" in text_of(checked(died, 503))
    assert well.status_code == 200
    shown.quotecheck.close()
    shown.executor.shutdown()


def test_a_mistake_in_an_article_is_no_mistake_of_the_server(
    path: Path, serving: Callable[[Any], Get], caplog: pytest.LogCaptureFixture
) -> None:
    ask = serving(application(path, load=Obedient))
    words = text_of(checked(post(ask, text="“a” [fail a lamp]"), 500))
    assert "This page failed" in words
    assert "ValueError: a lamp" in caplog.text
    assert checked(post(ask, text="“a”"))
