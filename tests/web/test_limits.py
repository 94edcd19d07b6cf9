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
from tests.support.web_pages import FORM, Get, follow

ENDLESS = (
    "with recursive frobnicate(i) as (select 1 union all select i + 1 from frobnicate)"
    " select max(i) from frobnicate"
)

uvicorn = pytest.importorskip("uvicorn", reason="the extra [web] (Datasette) is not installed")


@pytest.mark.parametrize(
    "address",
    [
        "/library.json?sql=delete+from+documents",
        "/library.json?sql=selec+frobnicate",
        "/library.json?sql=select+frobnicate+from+documents",
        "/library.json?sql=select+frobnicate+from+documents&_shape=array",
        "/library.json?sql=select+1;+select+2+as+frobnicate",
        "/library.json?sql=select+'frobnicate'+where+" + "(" * 3000,
        f"/library.json?sql={quote(ENDLESS)}",
        "/library/nope.json",
        "/library/documents.json?_where=nope(",
        "/library/documents.json?_sort=" + "n" * 5000,
    ],
)
def test_a_wrong_question_to_a_json_address_gets_a_short_answer(
    get: Get, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    answer = follow(get, address)
    assert 400 <= answer.status_code <= 500
    told = answer.json()
    assert told["ok"] is False
    assert told["error"]
    assert len(answer.text) < 600
    assert "frobnicate" not in answer.text.replace("no such column: frobnicate", "")
    assert "<" not in answer.text
    said = capsys.readouterr()
    assert "Traceback" not in said.err + said.out
    assert "locals" not in said.err + said.out
    assert "frobnicate" not in said.err + said.out, "what a visitor asks is not for the terminal"


def test_a_question_that_takes_too_long_is_told_so_in_words(get: Get) -> None:
    answer = follow(get, f"/library?sql={quote(ENDLESS)}")
    assert answer.status_code == 400
    assert "took too long" in answer.text
    assert "&lt;p&gt;" not in answer.text
    assert "frobnicate" not in answer.text


def test_an_answer_to_sql_is_bounded_in_bytes(get: Get) -> None:
    wide = "select hex(zeroblob(500000)) as a from (select value from json_each('[%s]'))"
    few = follow(get, "/library.json?sql=" + quote(wide % ",".join("1" * 3)))
    assert few.status_code == 200
    many = follow(get, "/library.json?sql=" + quote(wide % ",".join("1" * 90)))
    assert many.status_code == 400
    assert "megabytes" in many.json()["error"]
    one = follow(get, "/library.json?sql=" + quote(f"select zeroblob({ANSWER_BYTES + 1})"))
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


LARGE = "_shape=array&sql=" + quote("select hex(zeroblob(4000000)) as a")


@pytest.mark.parametrize("reads", [False, True], ids=["stalled", "slow but moving"])
def test_who_takes_nothing_of_an_answer_is_dropped(path: Path, tmp_path: Path, reads: bool) -> None:
    async def talk() -> tuple[int, bytes]:
        shown = application(path, load=Marks)
        await shown.invoke_startup()
        asked = await shown.client.get(f"/library.json?{LARGE}")
        large = asked.headers.get("location", f"/library.json?{LARGE}")  # Datasette 1.0 leads on
        server = uvicorn.Server(configuration(shown, request_seconds=1.5, stalled_seconds=1.5))
        with socket.socket(socket.AF_UNIX) as held, socket.socket(socket.AF_UNIX) as client:
            held.bind(str(tmp_path / "s"))
            held.listen()
            client.setblocking(False)
            serving = asyncio.create_task(server.serve(sockets=[held]))
            loop = asyncio.get_running_loop()
            try:
                await loop.sock_connect(client, str(tmp_path / "s"))
                request = f"GET {large} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                await loop.sock_sendall(client, request.encode())
                taken = await _taken(client, pieces=20 if reads else 1)
                if not reads:
                    await asyncio.sleep(5)
                taken += await _taken(client, pieces=None)
                reader, writer = await asyncio.open_unix_connection(str(tmp_path / "s"))
                writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                return taken, await _rest(reader, writer)
            finally:
                server.should_exit = True
                await serving
                close(shown)

    taken, other = asyncio.run(talk())
    assert other.startswith(b"HTTP/1.1 200 OK")
    assert (taken > 8_000_000) is reads


async def _taken(client: socket.socket, *, pieces: int | None) -> int:
    """Bytes that a client reads in so many pieces, slowly; None: all that is left, at once."""
    loop = asyncio.get_running_loop()
    size = 0
    while pieces is None or pieces > 0:
        try:
            piece = await asyncio.wait_for(loop.sock_recv(client, 65_536), 30)
        except ConnectionError:
            break
        if not piece:
            break
        size += len(piece)
        if pieces is not None:
            pieces -= 1
            await asyncio.sleep(0.2)
    return size


async def _rest(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bytes:
    """All that comes until the server closes the connection."""
    try:
        return await asyncio.wait_for(reader.read(), 30)
    except ConnectionError:
        return b""
    finally:
        writer.close()
