"""What Datasette loads: our pages beside its tables.

`quotecheck.web.server` registers it by itself. Installed as a plugin (the entry point "datasette")
it adds the pages wherever Datasette opens a library, and leaves everything else alone.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Generator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import parse_qsl, unquote

from datasette import Response as DatasetteResponse
from datasette import hookimpl

from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.web import checking_views as checking_pages
from quotecheck.web import finding_views as finding
from quotecheck.web import json_api, json_pages
from quotecheck.web import kept_check_views as kept_checks
from quotecheck.web import library_views as pages
from quotecheck.web import people_views as people
from quotecheck.web.answer_limits import error_record, limit_answers, short_errors, wrong_question
from quotecheck.web.article_worker import ArticleStoppedError
from quotecheck.web.explorer import BusyError, Explorer
from quotecheck.web.guard import FORM, KEPT_CHECK, POLICY, Guard
from quotecheck.web.rendering import MENU, STYLE, error_page, style
from quotecheck.web.requests import Request, Response

if TYPE_CHECKING:
    from datasette.app import Datasette

__all__ = ["FIRST_PARTS"]

F = TypeVar("F", bound=Callable[..., Any])
Handler = Callable[[Explorer, Request], Awaitable[Response]]

_log = logging.getLogger(__name__)

HOME: Final = "/quotecheck"
"""Our front page where Datasette's own is at the root: we are only installed there."""

_PAGES: Final[tuple[tuple[str, Handler], ...]] = (
    (HOME, pages.home),
    (r"/documents", pages.documents),
    (r"/document", pages.document_by_key),
    (r"/document/(?P<id>[0-9]+)", pages.document),
    (r"/speakers", people.speakers),
    (r"/speaker", people.speaker_by_name),
    (r"/speaker/(?P<id>[0-9]+)", people.speaker),
    (r"/find", finding.find),
    (r"/search", finding.search),
    (r"/checks", kept_checks.kept),
    (KEPT_CHECK, kept_checks.kept_one),
    (r"/tables", pages.tables),
    (r"/check", checking_pages.check),
    (r"/trace", checking_pages.trace),
    (r"/trace\.svg", checking_pages.picture),
    (r"/quotation/(?P<id>[0-9]+)", checking_pages.quotation),
    (FORM, checking_pages.article_form),
)

_FORMS: Final[Mapping[str, Handler]] = {
    FORM: checking_pages.article,
    KEPT_CHECK: kept_checks.set_kept,
}
"""What takes what is sent to an address."""

FIRST_PARTS: Final = frozenset(
    (HOME[1:], "documents", "document", "speakers", "speaker", "find", "search", "check", "checks",
     "tables", "trace", "trace.svg", "quotation", FORM[1:], STYLE[1:], "documents.json",
     "speakers.json", "search.json", "check.json", "checks.json", "trace.json")
)  # fmt: skip
"""What the paths of our pages begin with."""

_STATUS: Final = (
    (BusyError, 503, "Not now"),
    (ArticleStoppedError, 503, "The article was not read"),
    (InputError, 400, "That cannot be answered"),
)


def _hook(function: F) -> F:
    """Marks what Datasette calls."""
    marked: F = hookimpl(function)
    return marked


def _around(function: F) -> F:
    """Marks what is put around the answers of all others."""
    marked: F = hookimpl(hookwrapper=True)(function)
    return marked


def explorer_of(datasette: Datasette) -> Explorer | None:
    """The library that a Datasette shows; None where it shows none."""
    if not hasattr(datasette, "quotecheck"):
        datasette.quotecheck = _explorer_of(datasette)
    explorer: Explorer | None = datasette.quotecheck
    return explorer


def _explorer_of(datasette: Datasette) -> Explorer | None:
    for database in datasette.databases.values():
        if database.path is not None:
            try:
                return Explorer(Path(database.path), immutable=not database.is_mutable)
            except LibraryError:
                continue
            except QuotecheckError as error:
                _log.warning("no pages of quotecheck: %s", error)
                return None
    return None


def _is_alone(datasette: Datasette) -> bool:
    """Whether this Datasette shows nothing but our library, because we started it."""
    return bool(getattr(datasette, "quotecheck_alone", False))


def _base(datasette: Datasette) -> str:
    return str(datasette.setting("base_url")).rstrip("/")


def _tables(datasette: Datasette, explorer: Explorer) -> str:
    for database in datasette.databases.values():
        if database.path is not None and Path(database.path) == explorer.path:
            return str(datasette.urls.database(database.name))
    return ""


@_hook
def register_routes(datasette: Datasette) -> list[tuple[str, Any]]:
    """Our pages, where there is a library."""
    explorer = explorer_of(datasette)
    if explorer is None:
        return []
    home = [(r"/", pages.home)] if _is_alone(datasette) else []
    routes = [(f"^{path}$", _view(explorer, handler, path)) for path, handler in (*home, *_PAGES)]
    routes += [
        (f"^{path}$", _view(explorer, handler, path, as_json=True))
        for path, handler in json_pages.PAGES
    ]
    routes += [
        (f"^{json_api.API}/{name}$", _endpoint_view(explorer, endpoint))
        for name, endpoint in json_api.ENDPOINTS.items()
    ]
    routes.append((rf"^{json_api.API}/openapi\.json$", _view(explorer, _openapi, "", as_json=True)))
    return [*routes, (f"^{STYLE.replace('.', '[.]')}$", _style)]


@_hook
def skip_csrf(datasette: Datasette, scope: Any) -> bool:
    """The JSON interface needs no field that a form brings back.

    The guard lets no other site's page send to it: its requests are of a type that browsers let no
    foreign page send.
    """
    path = str(scope.get("path", "")).removeprefix(_base(datasette))
    return path.removeprefix(f"{json_api.API}/") in json_api.ENDPOINTS


@_hook
def asgi_wrapper(datasette: Datasette) -> Callable[[Any], Any]:
    """The guard before every request to our server; elsewhere only headers and limits of ours."""
    explorer = explorer_of(datasette)
    if explorer is None:
        return lambda app: app
    if not _is_alone(datasette):
        base = _base(datasette)
        return lambda app: _OurPaths(app, Guard(app, explorer, base=base, home=HOME), datasette)
    base, knows = _base(datasette), partial(_knows, datasette)
    return lambda app: Guard(short_errors(app), explorer, base=base, knows=knows)


class _OurPaths:
    """Lets the guard see to our own pages alone."""

    def __init__(self, app: Any, guard: Guard, datasette: Datasette) -> None:
        self._app = app
        self._guard = guard
        self._datasette = datasette

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        ours = scope["type"] == "http" and (
            _first(self._datasette, scope["path"]) in FIRST_PARTS
            or scope["path"].startswith(f"{_base(self._datasette)}{json_api.API}/")
        )
        await (self._guard if ours else self._app)(scope, receive, send)


def _first(datasette: Datasette, path: str) -> str:
    """The first part of a path below the site's own, "" for the front page."""
    return path.removeprefix(_base(datasette)).removeprefix("/").partition("/")[0]


def _knows(datasette: Datasette, path: str) -> bool:
    """Whether there may be something at a path: a page of ours, a database, what is Datasette's."""
    first = _first(datasette, path)
    if first in FIRST_PARTS or first in ("", "-", "favicon.ico", ".json"):
        return True
    routes = {database.route for database in datasette.databases.values()}
    return first in routes or first.rpartition(".")[0] in routes


@_around
def handle_exception(
    datasette: Datasette, request: Any, exception: BaseException
) -> Generator[None, Any, None]:
    """Errors of Datasette's pages that say what to do, without a report on the terminal."""
    outcome = yield
    status = getattr(exception, "status", None)
    if not _is_alone(datasette) or status is None:
        return
    message = wrong_question(exception, status)
    if request.path.partition("?")[0].endswith(".json"):
        record = error_record(message, status)
        outcome.force_result([DatasetteResponse.json(record, status=status, headers=_headers({}))])
        return
    titles = {404: "There is no such page", 403: "That is not for everybody"}
    page = error_page(
        status, titles.get(status, "That cannot be answered"), message, base=_base(datasette)
    )
    outcome.force_result([DatasetteResponse.html(page, status=status, headers=_headers({}))])


@_hook
def prepare_connection(conn: Any, database: str, datasette: Datasette) -> None:
    """Bound what an answer to SQL takes, in all; Datasette bounds its rows alone."""
    if _is_alone(datasette) and database != "_internal":
        limit_answers(conn)


@_hook
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """Our menu, for Datasette's pages in our own server."""
    return {"quotecheck_menu": MENU} if _is_alone(datasette) else {}


@_hook
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """In a Datasette where we are only installed, the way from its menu to our front page."""
    if explorer_of(datasette) is None or _is_alone(datasette):
        return []
    return [{"href": _base(datasette) + HOME, "label": "Quotations"}]


@_hook
def render_cell(
    value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Any:
    """Links from the tables to our pages."""
    from markupsafe import Markup

    explorer = explorer_of(datasette)
    if explorer is None or value in (None, "") or not _is_ours(datasette, explorer, database):
        return None
    urls = Request(base=_base(datasette))
    address = None
    if (table, column) in (("who_said_what", "document"), ("who_spoke", "document"),
                           ("what_is_here", "document"), ("documents", "key")):  # fmt: skip
        address = urls.url("/document", key=value)
    elif (table, column) == ("who_said_what", "quotation"):
        address = urls.url(f"/quotation/{int(value)}")
    elif (table, column) in (("who_spoke", "speaker"), ("speakers", "name")):
        address = urls.url("/speaker", name=value)
    if address is None:
        return None
    return Markup('<a href="{}">{}</a>').format(address, value)


def _is_ours(datasette: Datasette, explorer: Explorer, database: str) -> bool:
    served = datasette.databases.get(database)
    return served is not None and served.path is not None and Path(served.path) == explorer.path


# Requests


async def _style() -> DatasetteResponse:
    headers = {"Cache-Control": "public, max-age=86400"} | _headers({})
    return DatasetteResponse(style(), headers=headers, content_type="text/css; charset=utf-8")


def _view(
    explorer: Explorer, handler: Handler, path: str, *, as_json: bool = False
) -> Callable[[Any, Any], Awaitable[DatasetteResponse]]:
    """What answers at the address of a page; ``as_json`` says how errors are said.

    ``path`` is the address as a regular expression, by which what takes its form is known.
    """
    taker = _FORMS.get(path)

    async def view(request: Any, datasette: Datasette) -> DatasetteResponse:
        page_request = Request(
            path={name: unquote(part) for name, part in request.url_vars.items()},
            query=_query(request),
            base=_base(datasette),
            tables=_tables(datasette, explorer),
            csrf=request.scope.get("csrftoken") or str,
            allows_saving=explorer.allows_saving,
            sql=bool(datasette.setting("default_allow_sql")),
            home="/" if _is_alone(datasette) else HOME,
        )

        async def ask() -> Response:
            if request.method != "POST" or taker is None:
                return await handler(explorer, page_request)
            return await taker(explorer, _with_form(page_request, await request.post_body()))

        return await _answered(request, ask, base=page_request.base, as_json=as_json)

    return view


def _endpoint_view(
    explorer: Explorer, endpoint: json_api.Endpoint
) -> Callable[[Any, Any], Awaitable[DatasetteResponse]]:
    """What answers at the address of an endpoint of the JSON interface."""

    async def view(request: Any, datasette: Datasette) -> DatasetteResponse:
        async def ask() -> Response:
            raw: Any
            if request.method == "POST":
                raw = json_api.body_fields(await request.post_body())
            elif endpoint.by_query:
                raw = _query(request)
            else:
                raise InputError(
                    "a text is sent in the body",
                    remedy="Use POST with a JSON object; openapi.json describes it.",
                )
            kind, _, token = request.headers.get("authorization", "").partition(" ")
            token_text = token.strip() if kind.lower() == "bearer" else None
            return await json_api.answer(explorer, endpoint, raw, token_text)

        return await _answered(request, ask, base=_base(datasette), as_json=True)

    return view


async def _openapi(explorer: Explorer, request: Request) -> Response:
    from quotecheck.output.serialising import dumps
    from quotecheck.web.openapi import description

    described = description(request.base, explorer.limits)
    return Response(dumps(described, indent=2) + "\n", 200, "application/json; charset=utf-8")


async def _answered(
    request: Any, ask: Callable[[], Awaitable[Response]], *, base: str, as_json: bool
) -> DatasetteResponse:
    """The answer to a request, or the page or the JSON that says why there is none."""
    try:
        answer = await ask()
    except QuotecheckError as error:
        kind = (entry[1:] for entry in _STATUS if isinstance(error, entry[0]))
        status, title = next(kind, (500, "The library does not answer"))
        if status == 500:
            _log.error("%s: %s", request.path, error)
        answer = _failed(status, title, error, base, as_json)
    except Exception:
        _log.exception("an error of its own at %s", request.path)
        failure = QuotecheckError(
            "This page failed.", remedy="The terminal in which it is served says where."
        )
        answer = _failed(500, "That went wrong", failure, base, as_json)
    return DatasetteResponse(
        answer.body.encode("utf-8", "replace"),
        status=answer.status,
        headers=_headers(answer.headers),
        content_type=answer.content_type,
    )


def _failed(status: int, title: str, error: QuotecheckError, base: str, as_json: bool) -> Response:
    if as_json:
        return json_api.error_answer(status, error)
    return Response(
        error_page(status, title, error.what, remedy=error.remedy or "", base=base), status
    )


def _query(request: Any) -> dict[str, str]:
    text = request.query_string
    return dict(reversed(parse_qsl(text, keep_blank_values=True, errors="replace")))


def _with_form(request: Request, body: bytes) -> Request:
    from dataclasses import replace

    text = body.decode("utf-8", "replace")
    return replace(request, form=dict(parse_qsl(text, keep_blank_values=True, errors="replace")))


def _headers(headers: Any) -> dict[str, str]:
    return {"Content-Security-Policy": POLICY, "Cache-Control": "private, no-cache"} | dict(headers)
