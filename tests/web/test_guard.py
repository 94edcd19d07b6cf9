"""What can never happen: foreign forms and hosts, scripts, writing visitors, endless questions."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.errors import InputError
from tests.support.web_cases import BAD, TOKEN
from tests.support.web_pages import (
    FORM,
    Get,
    all_addresses,
    checked,
    follow,
    post,
)

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web import server
from quotecheck.web.explorer import BusyError, Limits, Reading
from quotecheck.web.server import application, is_local, listen


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
    if "ds_csrftoken" in page.cookies:  # Datasette 1.0 has no such token
        cookies = {"ds_csrftoken": page.cookies["ds_csrftoken"]}
        wrong = get(
            "/article", "POST", content="text=x&csrftoken=no", headers=FORM, cookies=cookies
        )
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


def test_a_token_that_can_be_guessed_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="can be guessed"):
        application(path, token=TOKEN[:4])


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


def test_a_visitor_reads_and_no_more(get: Get, path: Path) -> None:
    asked = quote("select count(*) as n from quotations")
    assert follow(get, f"/library.json?_shape=array&sql={asked}").json() == [{"n": 6}]
    before = path.stat()
    for bad in ("delete from documents", "attach database '/tmp/x.db' as x", "pragma query_only=0"):
        assert follow(get, "/library.json?sql=" + quote(bad)).status_code in (400, 403)
    after = path.stat()
    assert (after.st_mtime_ns, after.st_size) == (before.st_mtime_ns, before.st_size)
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    answer = follow(get, "/library.json?sql=" + quote(slow))
    assert answer.status_code == 400
    assert "took too long" in answer.json()["error"]


def test_sql_can_be_turned_off(path: Path, serving: Callable[[Any], Get]) -> None:
    ask = serving(application(path, sql=False))
    assert follow(ask, "/library.json?sql=" + quote("select 1")).status_code == 403
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

    slow = "with recursive n(i) as (select 1 union all select i + 1 from n) select max(i) from n"
    with pytest.raises(BusyError, match="was stopped"):
        reading.ask(lambda held: held.library.db.execute(slow).fetchone(), 0.2)
    assert reading.ask(lambda held: held.statistics.documents, 60) == 4
    reading.library.close()


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


def test_where_one_listens(path: Path) -> None:
    assert is_local("::1")
    assert is_local("localhost")
    assert not is_local("192.0.2.1")
    assert not is_local("example.org")
    held = listen("127.0.0.1", 0)
    with pytest.raises(InputError, match="cannot listen"):
        listen("127.0.0.1", held.getsockname()[1])
    held.close()
