"""What no visitor can do: ask for more than memory holds, hold a connection, guess a token."""

from __future__ import annotations

import asyncio
import logging
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

from quotecheck.web.answer_limits import ANSWER_BYTES
from quotecheck.web.explorer import Limits
from quotecheck.web.server import application, close, configuration
from tests.support.web_cases import TOKEN, Marks
from tests.support.web_pages import FORM, Get

uvicorn = pytest.importorskip("uvicorn", reason="the extra [web] (Datasette) is not installed")


@pytest.mark.parametrize(
    "address",
    [
        "/library.json?sql=delete+from+documents",
        "/library/nope.json",
        "/library/documents.json?_where=nope(",
        "/library/documents.json?_sort=" + "n" * 5000,
    ],
)
def test_a_wrong_question_to_a_json_address_gets_a_short_answer(
    get: Get, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    answer = get(address)
    assert 400 <= answer.status_code <= 500
    told = answer.json()
    assert told["ok"] is False
    assert told["error"]
    assert len(answer.text) < 600
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    assert "locals" not in said.err + said.out


def test_an_answer_to_sql_is_bounded_in_bytes(get: Get) -> None:
    wide = "select hex(zeroblob(500000)) as a from (select value from json_each('[%s]'))"
    few = get("/library.json?sql=" + quote(wide % ",".join("1" * 3)))
    assert few.status_code == 200
    many = get("/library.json?sql=" + quote(wide % ",".join("1" * 90)))
    assert many.status_code == 400
    assert "megabytes" in many.json()["error"]
    one = get("/library.json?sql=" + quote(f"select zeroblob({ANSWER_BYTES + 1})"))
    assert one.status_code == 400
    assert "too big" in one.json()["error"]


def test_a_wrong_token_waits_and_is_noted_without_it(
    path: Path, serving: Callable[[Any], Get], caplog: pytest.LogCaptureFixture
) -> None:
    limits = Limits(wrong_token_seconds=0.4)
    ask = serving(application(path, token=TOKEN, load=Marks, limits=limits))
    form = {"text": "“The lamps are paid for,” she said.", "keep": "1", "token": "my wrong guess"}
    began = time.monotonic()
    with caplog.at_level(logging.WARNING):
        answer = ask("/article", "POST", content=urlencode(form), headers=FORM)
    assert answer.status_code == 403
    assert time.monotonic() - began >= 0.4
    assert "wrong token" in caplog.text
    assert "my wrong guess" not in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HT",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /article HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=a",
    ],
    ids=["nothing", "half a line", "half a header", "half a form"],
)
def test_a_slow_client_is_dropped(path: Path, tmp_path: Path, sent: bytes) -> None:
    async def talk() -> tuple[bytes, bytes]:
        shown = application(path, load=Marks)
        await shown.invoke_startup()
        server = uvicorn.Server(configuration(shown, request_seconds=1.0, stalled_seconds=1.0))
        with socket.socket(socket.AF_UNIX) as held:
            held.bind(str(tmp_path / "s"))
            held.listen()
            serving = asyncio.create_task(server.serve(sockets=[held]))
            try:
                reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
                writer.write(sent)
                slow = await _rest(reader, writer)
                reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
                writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return slow, await _rest(reader, writer)
            finally:
                server.should_exit = True
                await serving
                close(shown)

    slow, other = asyncio.run(talk())
    assert b"200 OK" not in slow
    assert other.startswith(b"HTTP/1.1 200 OK")


async def _rest(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """All that comes until the server closes the connection."""
    try:
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return b""
    finally:
        writer.close()
