"""Templates to pages, and the one style sheet that all of them share."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from quotecheck._version import __version__
from quotecheck.output.html.environment import page_file, template_environment
from quotecheck.output.plain_text import shorten
from quotecheck.output.unprintable import printable
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["MENU", "STYLE", "address_of", "error_page", "render", "style"]

STYLE = "/style.css"
"""Where the style sheet lies."""


MENU: Final = (
    ("check", "/check", "Check a quotation"),
    ("article", "/article", "Read an article"),
    ("search", "/search", "Search"),
    ("speakers", "/speakers", "Speakers"),
    ("documents", "/documents", "Documents"),
    ("checks", "/checks", "Kept checks"),
    ("tables", "/tables", "Tables"),
)
"""The menu of every page: the part of the site, its path, and its name."""


def _web_file(name: str) -> str | None:
    file = files("quotecheck.web") / "templates" / name
    return file.read_text(encoding="utf-8") if file.is_file() else None


@cache
def style() -> str:
    """The style sheet: that of an article's page, that of checks, and what the site adds."""
    return page_file("page.css") + page_file("checks.css") + (_web_file("site.css") or "")


@cache
def _digest() -> str:
    return hashlib.sha256(style().encode()).hexdigest()[:12]


@cache
def _environment() -> Environment:
    environment = template_environment(_web_file)
    environment.filters["short"] = lambda text, most=160: shorten(printable(str(text)), most)
    environment.filters["shown"] = lambda text: printable(str(text))
    environment.filters["number"] = lambda number: f"{number:,}"
    environment.filters["percent"] = percent
    return environment


def address_of(base: str, path: str, **query: object) -> str:
    """An address of this site; what is None or empty is left out of the query.

    >>> address_of("", "/search", q="a & b", page=None)
    '/search?q=a+%26+b'
    """
    parameters = {name: value for name, value in query.items() if value not in (None, "")}
    encoded = urlencode(parameters, errors="replace")
    return base + path + (f"?{encoded}" if encoded else "")


def render(template: str, *, base: str = "", home: str = "/", **context: Any) -> str:
    """A page.

    Args:
        template: its file in ``templates/``.
        base: the path under which the site lies, without a slash at its end.
        home: the path of the front page, below the base.
        context: what the template shows.
    """

    def url(path: str, **query: object) -> str:
        return address_of(base, path, **query)

    def place(key: str, places: str) -> str:
        return url("/document", key=key, at=places.partition(",")[0])

    return (
        _environment()
        .get_template(template)
        .render(
            url=url,
            place=place,
            people=lambda name: url("/speaker", name=name),
            home=base + home,
            menu=MENU,
            style=address_of(base, STYLE, v=_digest()),
            version=__version__,
            **context,
        )
    )


def error_page(
    status: int, title: str, message: str, *, remedy: str = "", base: str = "", home: str = "/"
) -> str:
    """A page that says what is wrong and what can be done about it."""
    return render(
        "error.html.j2",
        base=base,
        home=home,
        status=status,
        title=title,
        detail=message,
        remedy=remedy,
        here="",
    )
