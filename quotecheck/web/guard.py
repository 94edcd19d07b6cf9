"""What stands before every request: who may ask, how much may be sent, and the headers of answers.

A server on this computer is reachable for every page that its browser shows. So requests under
another host's name (DNS rebinding) and what other sites send is refused, nothing but two forms and
the JSON interface takes a body, and no page runs a script, Datasette's own included: they work
without.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from quotecheck.errors import QuotecheckError
from quotecheck.web.json_api import API, ENDPOINTS, error_answer
from quotecheck.web.rendering import error_page

if TYPE_CHECKING:
    from quotecheck.web.explorer import Explorer

__all__ = ["FORM", "KEPT_CHECK", "LOOPBACK", "POLICY", "Guard"]

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

FORM: Final = "/article"
"""The address that takes an article from its form."""

KEPT_CHECK: Final = r"/checks/(?P<id>[0-9]+)"
"""The addresses that take where a kept check stands, as a regular expression."""

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})

POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_TABLES: Final = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""For Datasette's pages, whose style stands in them; their scripts do not run either."""

_HEADERS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)


class Guard:
    """Wraps an ASGI application.

    Args:
        app: what is guarded.
        explorer: whose hosts and limits hold.
        base: the path under which all pages lie, without a slash at its end.
        home: the path of the front page, below the base.
        knows: whether there may be something at a path; None lets every path through.
    """

    def __init__(
        self,
        app: App,
        explorer: Explorer,
        *,
        base: str = "",
        home: str = "/",
        knows: Callable[[str], bool] | None = None,
    ) -> None:
        self._home = home
        self._app = app
        self._explorer = explorer
        self._base = base
        self._knows = knows

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = scope["method"] == "HEAD"

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message.get("headers") or [])
                names = {bytes(name).lower() for name, _ in headers}
                headers += [header for header in _HEADERS if header[0] not in names]
                if b"content-security-policy" not in names:
                    headers.append((b"content-security-policy", _TABLES.encode()))
                message = {**message, "headers": headers}
            elif head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None and scope["method"] == "POST":
            body = await _body(receive, self._explorer.limits.body)
            if body is None:
                refusal = (413, "That is too long", self._too_long())
            else:
                receive = _replay(body)
        if refusal is not None:
            await self._refuse(guarded, scope["path"], *refusal)
            return
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Message) -> tuple[int, str, str] | None:
        """Why a request is not answered: status, title, explanation."""
        headers = {bytes(k).lower(): bytes(v).decode("latin-1") for k, v in scope["headers"]}
        host = headers.get(b"host", "")
        hosts = self._explorer.hosts
        if hosts is not None and _name(host) not in hosts:
            return 403, "Not under this name", "This server answers to its own name alone."
        method, path = scope["method"], scope["path"]
        if method not in ("GET", "HEAD", "POST"):
            return 405, "Nothing to do here", "These pages are for reading."
        if method == "POST":
            asks_json = path.removeprefix(f"{self._base}{API}/") in ENDPOINTS
            place = path.removeprefix(self._base)
            if place != FORM and not re.fullmatch(KEPT_CHECK, place) and not asks_json:
                return 405, "Nothing to send here", "Only the forms of these pages can be sent."
            origin = headers.get(b"origin")
            site = headers.get(b"sec-fetch-site", "same-origin")
            foreign = origin is not None and urlsplit(origin).netloc.lower() != host.lower()
            if foreign or site not in ("same-origin", "none"):
                return 403, "Sent from elsewhere", "Nothing is taken from the pages of other sites."
            length = headers.get(b"content-length", "0")
            if not length.isdigit() or int(length) > self._explorer.limits.body:
                return 413, "That is too long", self._too_long()
            kind = headers.get(b"content-type", "").partition(";")[0].strip().lower()
            # Another site's page may send this type only after asking, and is refused then.
            if asks_json and kind != "application/json":
                return 415, "Not JSON", "Send a JSON object with Content-Type: application/json."
            if not asks_json and kind != "application/x-www-form-urlencoded":
                return 415, "Not a form", "What is sent is taken from these pages’ forms alone."
        # Two slashes would be taken for another host's name where a page sends one on.
        if path.startswith("//") or (self._knows is not None and not self._knows(path)):
            return 404, "There is no such page", "Begin at the front page, or search."
        return None

    def _too_long(self) -> str:
        return (
            f"An article may have {self._explorer.limits.article:,} characters here. Read a longer "
            "one with: quotecheck check FILE --db LIBRARY"
        )

    async def _refuse(self, send: Send, path: str, status: int, title: str, reason: str) -> None:
        if path.startswith(f"{self._base}{API}/"):
            answer = error_answer(status, QuotecheckError(title, remedy=reason))
            body, kind = answer.body, answer.content_type
        else:
            body = error_page(status, title, reason, base=self._base, home=self._home)
            kind = "text/html; charset=utf-8"
        page = body.encode("utf-8", "replace")
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(page)).encode()),
            (b"content-security-policy", POLICY.encode()),
            (b"connection", b"close"),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": page})


def _name(host: str) -> str:
    """The name in a Host header, without the port.

    >>> _name("localhost:8001"), _name("[::1]:8001"), _name("::1")
    ('localhost', '::1', '::1')
    """
    if host.startswith("["):
        return host[1:].partition("]")[0].lower()
    if host.count(":") > 1:
        return host.lower()
    return host.partition(":")[0].lower().rstrip(".")


async def _body(receive: Receive, limit: int) -> bytes | None:
    """All that is sent; None when it is more than the limit."""
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return b"".join(parts)
        parts.append(message.get("body", b""))
        length += len(parts[-1])
        if length > limit:
            return None
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes) -> Receive:
    """Gives a body that was read already."""
    left = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return left.pop() if left else {"type": "http.disconnect"}

    return receive
