"""Bound the answers to visitors' SQL in bytes, and the messages about what is wrong with it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any, Final
from weakref import WeakKeyDictionary

__all__ = ["ANSWER_BYTES", "error_record", "limit_answers", "short_errors", "wrong_question"]

ANSWER_BYTES: Final = 64 << 20
"""Of all cells of an answer; a page of fifty long books is less."""
_MESSAGE_CHARS: Final = 400  # Code points of an error's message: a browser shows no more.


def limit_answers(connection: Any, most: int = ANSWER_BYTES) -> None:
    """Let a connection make no value, and answer no question, of more than so many bytes.

    Asking it for more raises `sqlite3.OperationalError`.
    """
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, most)
    sizes: WeakKeyDictionary[sqlite3.Cursor, int] = WeakKeyDictionary()

    def row(cursor: sqlite3.Cursor, values: tuple[Any, ...]) -> sqlite3.Row:
        size = sum(len(value) for value in values if isinstance(value, (str, bytes)))
        sizes[cursor] = total = sizes.get(cursor, 0) + size
        if total > most:
            raise sqlite3.OperationalError(
                f"the answer has more than {most >> 20} megabytes; ask for fewer rows or columns"
            )
        return sqlite3.Row(cursor, values)

    connection.row_factory = row


def wrong_question(exception: BaseException, status: int) -> str:
    """What is wrong with a question, in words, without the question."""
    if getattr(exception, "title", None) == "SQL Interrupted":  # a page with the question in it
        return "This question took too long and was stopped. Ask for fewer rows."
    message = getattr(exception, "message", None) or next(iter(exception.args), "") or status
    return _shortened(str(message))


def error_record(error: str, status: int) -> dict[str, object]:
    """An error as the JSON addresses tell it."""
    return {"ok": False, "error": _shortened(error), "status": status, "title": None}


def _shortened(message: str) -> str:
    return message if len(message) <= _MESSAGE_CHARS else f"{message[:_MESSAGE_CHARS]} …"


def short_errors(app: Any) -> Any:
    """Wrap an ASGI application: its errors in JSON do not repeat the question.

    Datasette puts everything that it knows of a question beside the error.
    """

    async def wrapped(scope: Any, receive: Any, send: Any) -> None:
        started: list[Any] = []
        body = b""

        async def shortening(message: Any) -> None:
            nonlocal body
            kind = message["type"]
            if kind == "http.response.start" and _is_json_error(message):
                started.append(message)
            elif started and kind == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    start = started.pop()
                    short = _short(body, start["status"])
                    name, length = b"content-length", str(len(short)).encode()
                    headers = [header for header in start["headers"] if header[0].lower() != name]
                    await send({**start, "headers": [*headers, (name, length)]})
                    await send({"type": kind, "body": short})
            else:
                await send(message)

        await app(scope, receive, shortening if scope["type"] == "http" else send)

    return wrapped


def _is_json_error(start: Any) -> bool:
    kinds = [value for name, value in start.get("headers", ()) if name.lower() == b"content-type"]
    return start["status"] >= 400 and any(b"json" in kind for kind in kinds)


def _short(body: bytes, status: int) -> bytes:
    try:
        record = json.loads(body)
    except ValueError:
        return body
    if not isinstance(record, dict) or "query" not in record:
        return body
    return json.dumps(error_record(str(record.get("error") or ""), status)).encode()
