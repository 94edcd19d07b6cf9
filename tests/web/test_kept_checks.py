"""The pages on kept checks: list, one check, and setting where it stands, with the token alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.support.web_cases import BAD, TOKEN, write_library

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.explorer import Limits
from quotecheck.web.server import application
from tests.support.web_pages import FORM, Get, checked, rows, text_of

QUICK = Limits(wrong_token_seconds=0.0)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return write_library(tmp_path / "kept.db")


def send(get: Get, address: str, **fields: str) -> Any:
    """Send the form of a kept check as a browser does."""
    page = get(address)
    token = re.findall(r'name="csrftoken" value="([^"]*)"', page.text)
    cookies = {name: page.cookies[name] for name in ("ds_csrftoken",) if name in page.cookies}
    body = urlencode({"csrftoken": token[0] if token else "", **fields})
    return get(address, "POST", content=body, headers=FORM, cookies=cookies)


def test_the_list_and_its_filters(get: Get) -> None:
    words = text_of(checked(get("/checks")))
    assert "all (2) open (1) confirmed (0) corrected (0) disputed (1)" in words
    assert "altered: other meaning credited to Ada Fenwick" in words
    assert "Note: <script>" in words
    assert "Bridge will stand" in words
    disputed = text_of(checked(get("/checks?status=disputed")))
    assert "not found" in disputed
    assert "altered" not in disputed
    assert "None like this" in text_of(checked(get("/checks?status=corrected")))
    assert "None like this" in text_of(checked(get("/checks?q=no+such+article")))
    assert "all (2)" in text_of(checked(get("/checks?status=" + "x" * 50)))


def test_one_check(get: Get) -> None:
    page = checked(get("/checks/1"))
    words = text_of(page)
    assert "has “thousand” for “hundred”" in words
    assert "Credited to Ada Fenwick. Said by Ada Fenwick in Hearing on the bridge" in words
    assert "Nobody has looked at it yet" in words
    assert "quotecheck checks set 1" in words
    assert 'name="token"' not in page
    assert "disputed: <script>" in text_of(checked(get("/checks/2")))
    assert "no such kept check" in text_of(checked(get("/checks/99"), 404))
    assert checked(get("/checks/" + "9" * 30), 404)


def test_as_data(get: Get) -> None:
    held = get("/checks.json?status=disputed").json()
    assert held["statuses"] == {"open": 1, "confirmed": 0, "corrected": 0, "disputed": 1}
    assert [one["id"] for one in held["checks"]] == [2]
    one = get("/checks/2.json").json()
    assert one["check"]["verdict"] == "not_found"
    assert [(change["status"], change["who"]) for change in one["changes"]] == [
        ("disputed", "desk")
    ]
    assert get("/checks/99.json").status_code == 404


def test_it_is_set_with_the_token_alone(place: Path, serving: Callable[[Any], Get]) -> None:
    ask = serving(application(place, token=TOKEN, limits=QUICK))
    before = rows(place, "SELECT * FROM kept_checks")
    given = {"status": "corrected", "note": "Mended <b>", "who": "Ann"}
    for token in ("", "wrong", TOKEN + "x", "é"):
        answer = checked(send(ask, "/checks/1", token=token, **given), 403)
        assert "The token is wrong, so nothing was changed" in text_of(answer)
        assert "Mended &lt;b&gt;" in answer, "what was typed is not lost"
    assert checked(send(ask, "/checks/1", token=TOKEN, status="right"), 400)
    assert checked(send(ask, "/checks/1", token=TOKEN, status="open", note="a" * 2001), 400)
    assert rows(place, "SELECT * FROM kept_checks") == before
    moved = send(ask, "/checks/1", token=TOKEN, **given)
    assert moved.status_code == 302
    assert moved.headers["location"] == "/checks/1?saved=1"
    page = checked(ask(moved.headers["location"]))
    assert "It is saved" in text_of(page)
    assert "corrected: Mended <b>" in text_of(page)
    assert TOKEN not in page
    told = rows(place, "SELECT status, note, who FROM kept_checks WHERE id = 1")
    assert told == [("corrected", "Mended <b>", "Ann")]
    assert rows(place, "SELECT count(*) FROM kept_check_changes WHERE check_id = 1") == [(1,)]
    assert "corrected (1)" in text_of(checked(ask("/checks")))
    missing = send(ask, "/checks/1", token=TOKEN, status="open", note=BAD)
    assert missing.status_code == 302
    assert "open: <script>" in text_of(checked(ask("/checks/1")))


def test_nothing_is_set_without_a_token_or_from_elsewhere(
    get: Get, place: Path, serving: Callable[[Any], Get]
) -> None:
    answer = send(get, "/checks/1", status="corrected")
    assert answer.status_code == 403
    ask = serving(application(place, token=TOKEN, limits=QUICK))
    body = urlencode({"status": "corrected", "token": TOKEN})
    foreign = {**FORM, "Origin": "http://evil.example"}
    assert ask("/checks/1", "POST", content=body, headers=foreign).status_code == 403
    assert ask("/checks/99", "POST", content=body, headers=FORM).status_code in (403, 404)
    assert ask("/checks", "POST", content=body, headers=FORM).status_code == 405
    assert ask("/checks/1/x", "POST", content=body, headers=FORM).status_code == 405
    as_json = {"Content-Type": "application/json"}
    assert ask("/checks/1", "POST", content="{}", headers=as_json).status_code == 415
    assert rows(place, "SELECT status FROM kept_checks WHERE id = 1") == [("open",)]
