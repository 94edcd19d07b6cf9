"""What a browser asks for, within limits, and what it is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from quotecheck.errors import InputError
from quotecheck.records.text import Span
from quotecheck.web.rendering import address_of, render

__all__ = ["PAGE", "Listing", "Request", "Response", "listing"]

PAGE: Final = 25
"""Entries of a list that a page shows."""

_LAST: Final = 10_000  # The highest page number; whoever asks for more gets that.
_PLACE = re.compile(r"(\d{1,10})-(\d{1,10})")


@dataclass(frozen=True, slots=True)
class Response:
    """A page, a picture, or where to look instead (``headers`` with a Location)."""

    body: str
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """A request: parts of its path, its query, the fields of its form.

    ``base`` is the path under which the site lies, ``tables`` the address of the library's tables,
    ``csrf`` gives the token that a form must bring back, ``allows_saving`` says whether articles
    can be kept. ``home`` is the path of the front page, below the base, ``sql`` whether the tables
    may be queried in SQL.
    """

    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    base: str = ""
    tables: str = ""
    csrf: Callable[[], str] = str
    allows_saving: bool = False
    home: str = "/"
    sql: bool = True

    def text(self, name: str, limit: int) -> str:
        """A field of the query, without white space around it.

        Raises:
            InputError: it is longer than ``limit`` characters.
        """
        value = self.query.get(name, "").strip()
        if len(value) > limit:
            raise InputError(
                f"{len(value):,} characters are too many for “{name}” (at most {limit:,})",
                remedy="Give less of it; a sentence is enough to find a quotation by.",
            )
        return value

    def number(self, name: str = "page") -> int:
        """The number of a page, from 1; 1 where none that makes sense is asked for."""
        value = self.query.get(name, "")
        if re.fullmatch(r"[0-9]{1,5}", value) is None:
            return 1
        return min(max(1, int(value)), _LAST)

    def id(self) -> int:
        """The number in the path; -1, which nothing has, for one that is too long."""
        value = self.path["id"]
        return int(value) if len(value) < 16 else -1

    def span(self) -> Span | None:
        """The place asked for ("at=12-40"), None where there is none that makes sense."""
        match = _PLACE.fullmatch(self.query.get("at", ""))
        if match is None or int(match[1]) >= int(match[2]):
            return None
        return Span(int(match[1]), int(match[2]))

    def url(self, path: str, **query: object) -> str:
        """An address of this site."""
        return address_of(self.base, path, **query)

    def render(
        self, template: str, *, status: int = 200, here: str = "", **context: Any
    ) -> Response:
        """A page; ``here`` is the part of the site that it belongs to."""
        body = render(
            template,
            base=self.base,
            home=self.home,
            tables=self.tables,
            allows_saving=self.allows_saving,
            sql=self.sql,
            csrf=self.csrf,
            here=here,
            status=status,
            **context,
        )
        return Response(body, status)

    def moved(self, path: str, fragment: str = "", **query: object) -> Response:
        """Where to look instead."""
        place = self.url(path, **query) + (f"#{fragment}" if fragment else "")
        return Response("", 302, headers={"Location": place})

    def to_home(self) -> Response:
        """To the front page."""
        return self.moved(self.home)

    def missing(self, what: str) -> Response:
        """A page that says that something is not there."""
        return self.render(
            "error.html.j2",
            status=404,
            title=f"There is no such {what}",
            detail=f"The library holds no {what} under this address.",
            remedy="It may have been in an older library. Search, or begin at the front page.",
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list: its entries, its number, and the addresses of its neighbours."""

    entries: list[Any]
    page: int
    before: str | None
    after: str | None
    first: int
    total: int | None


def listing(
    request: Request,
    path: str,
    fetch: Callable[[int, int], list[Any]],
    *,
    total: int | None = None,
    name: str = "page",
    size: int = PAGE,
    query: Mapping[str, object] | None = None,
) -> Listing:
    """The page of a list that is asked for.

    Args:
        request: the request.
        path: of the page with the list.
        fetch: gives at most so many entries (the first argument) from an offset on (the second).
        total: how many entries there are, where that is known.
        name: the field of the query that holds the page's number.
        size: entries of a page.
        query: what else the addresses of the neighbours must hold.
    """
    page = request.number(name)
    entries = fetch(size + 1, (page - 1) * size)
    fixed = dict(query or {})
    before = request.url(path, **{**fixed, name: page - 1}) if page > 1 else None
    after = request.url(path, **{**fixed, name: page + 1}) if len(entries) > size else None
    return Listing(entries[:size], page, before, after, (page - 1) * size + 1, total)
