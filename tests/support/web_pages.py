"""Pages of the explorer: asked for, and looked at for what no page may hold."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from quotecheck.library.document_lookup import document_row
from quotecheck.library.library import open_library
from tests.support.web_cases import BAD

Get = Callable[..., Any]
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def text_of(page: str) -> str:
    """The words of a page, without its tags."""
    words = html.unescape(re.sub(r"<[^>]+>", " ", page))
    return re.sub(r" (?=[,;:.](?: |$))", "", " ".join(words.split()))


class Page(HTMLParser):
    """Fails on what no page may hold: scripts, handlers, styles, open tags, dangerous addresses."""

    VOID = frozenset({"meta", "br", "hr", "img", "link", "input", "rect", "line", "circle"})

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


def post(get: Get, **fields: str) -> Any:
    """Send the form as a browser does: with the cookie and the field that must agree with it.

    Datasette 1.0 has neither: it looks at where a request says that it comes from.
    """
    page = get("/article")
    token = re.findall(r'name="csrftoken" value="([^"]*)"', page.text)[0]
    body = urlencode({"csrftoken": token, **fields})
    cookies = {name: page.cookies[name] for name in ("ds_csrftoken",) if name in page.cookies}
    return get("/article", "POST", content=body, headers=FORM, cookies=cookies)


def follow(get: Get, address: str) -> Any:
    """What is at an address, or at that to which it leads.

    Datasette 1.0 has questions in SQL at another address than 0.65, and leads there.
    """
    answer = get(address)
    for _ in range(3):
        if answer.status_code != 302:
            break
        answer = get(answer.headers["location"])
    return answer


def all_addresses(path: Path) -> list[str]:
    """Every page of ours about everything in a library."""
    bad = quote(BAD)
    found = [
        "/", "/documents", "/speakers", "/article", "/check", "/search", "/trace",
        f"/documents?q={bad}", f"/speakers?q={bad[:150]}", f"/check?quote={bad}",
        f"/trace?quote={bad}", "/trace?quote=and+the+velvet+comet+was+weighed",
        "/check?quote=and+the+velvet+comet+was+weighted", f"/search?q=velvet&order={bad[:150]}",
        "/search?q=velvet+comet", "/documents?order=date", f"/nothing/{bad}",
        "/speakers?show=authors", f"/speakers?show=authors&q={bad[:150]}", "/tables", "/checks",
        f"/checks?status=disputed&q={bad[:150]}", "/checks/1", "/checks/2",
        f"/checks/2?saved={bad}",
        f"/search?quote={bad}", f"/check?q={bad}",
    ]  # fmt: skip
    with open_library(path) as library:
        for table, place in (("documents", "document"), ("speakers", "speaker"),
                             ("quotations", "quotation")):  # fmt: skip
            for row in [one["id"] for one in library.db.table(table).rows]:
                found.append(f"/{place}/{row}")
                found += [f"/speaker/{row}?show=turns"] if place == "speaker" else []
    return found
