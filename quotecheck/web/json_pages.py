"""The pages as data: each page's address with ``.json`` after it.

Lists come a page at a time like those of the pages (``?page=2``), with the address of the next.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.library import listings as queries
from quotecheck.library import speakers as names
from quotecheck.library.kept_checks import (
    KeptCheck,
    changes_of,
    count_by_status,
    kept_checks,
)
from quotecheck.library.provenance import document_provenance
from quotecheck.library.quotations import read_quotation, read_quotations
from quotecheck.library.speaker_totals import speaker_totals, totals_of
from quotecheck.output.attributions import attributions_json
from quotecheck.output.serialising import dumps
from quotecheck.records.plain import quotation_record
from quotecheck.web import json_api
from quotecheck.web.kept_check_views import wanted_status
from quotecheck.web.requests import Listing, Request, Response, listing

if TYPE_CHECKING:
    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["PAGES"]

_JSON: Final = "application/json; charset=utf-8"

_QUESTIONS: Final = {
    "check": ("check", {"q": "quotation", "quote": "quotation", "speaker": "speaker"}),
    "trace": ("trace", {"q": "quotation", "quote": "quotation"}),
    "search": (
        "search",
        {"quote": "words", "q": "words"}
        | {name: name for name in ("speaker", "from", "to", "publication", "kind", "order")},
    ),
}
"""Pages that ask a question: the endpoint that answers it, and what it calls the page's fields."""


def _question(page: str) -> Callable[[Explorer, Request], Awaitable[Response]]:
    endpoint, fields = _QUESTIONS[page]

    async def ask(explorer: Explorer, request: Request) -> Response:
        raw: dict[str, object] = {
            field: request.query[name] for name, field in fields.items() if request.query.get(name)
        }
        if page == "search":
            raw |= {"limit": 25, "offset": (request.number() - 1) * 25}
        return await json_api.answer(explorer, json_api.ENDPOINTS[endpoint], raw, None)

    return ask


async def _documents(explorer: Explorer, request: Request) -> Response:
    words = request.text("q", explorer.limits.name)
    by_date = request.query.get("order") == "date"

    def look(reading: Reading) -> Response:
        db = reading.library.db
        page = listing(
            request,
            "/documents.json",
            lambda limit, offset: queries.document_rows(
                db, words, by_date=by_date, limit=limit, offset=offset
            ),
            total=queries.count_documents(db, words),
            query={"q": words, "order": "date" if by_date else None},
        )
        return _list("documents", page, [asdict(row) for row in page.entries])

    return await explorer.read(look)


async def _speakers(explorer: Explorer, request: Request) -> Response:
    words = request.text("q", explorer.limits.name)

    def look(reading: Reading) -> Response:
        db = reading.library.db
        page = listing(
            request,
            "/speakers.json",
            lambda limit, offset: list(
                speaker_totals(db, words, by_number=True, limit=limit, offset=offset)
            ),
            query={"q": words},
        )
        return _list("speakers", page, [asdict(row) for row in page.entries])

    return await explorer.read(look)


async def _document(explorer: Explorer, request: Request) -> Response:
    number = request.id()

    def look(reading: Reading) -> Response:
        library = reading.library
        about = document_provenance(library.db, number)
        document = library.document(about.key) if about is not None else None
        if about is None or document is None:
            return _missing("document")
        stored = [row.quotation for row in read_quotations(library.db, about.key)]
        body = "".join(attributions_json([(document, stored)], weights={}))
        return Response(body, content_type=_JSON)

    return await explorer.read(look)


async def _speaker(explorer: Explorer, request: Request) -> Response:
    number = request.id()

    def look(reading: Reading) -> Response:
        db = reading.library.db
        row = totals_of(db, number)
        if row is None:
            return _missing("speaker")
        roles, identifiers = queries.speaker_roles(db, number)
        wants_turns = request.query.get("show") == "turns" or not row.quotations
        get = queries.speaker_turns if wants_turns else queries.speaker_quotations
        page = listing(
            request,
            f"/speaker/{number}.json",
            lambda limit, offset: get(db, number, limit=limit, offset=offset),
            total=row.turns if wants_turns else row.quotations,
            query={"show": "turns" if wants_turns else "quotations"},
        )
        about = asdict(row) | {
            "names": names.names_of(db, number),
            "roles": roles,
            "identifiers": identifiers,
        }
        return _list("said", page, [asdict(remark) for remark in page.entries], about)

    return await explorer.read(look)


async def _quotation(explorer: Explorer, request: Request) -> Response:
    number = request.id()

    def look(reading: Reading) -> Response:
        library = reading.library
        stored = read_quotation(library.db, number)
        document = library.document(stored.document) if stored is not None else None
        if stored is None or document is None:
            return _missing("quotation")
        record = {
            "id": number,
            "document": document.id,
            "title": document.title,
            "date": document.date,
        }
        record["quotation"] = quotation_record(document.text, stored.quotation, 1)
        return Response(dumps(record, indent=2) + "\n", content_type=_JSON)

    return await explorer.read(look)


async def _checks(explorer: Explorer, request: Request) -> Response:
    words = request.text("q", explorer.limits.name)
    status = wanted_status(request)

    def look(reading: Reading) -> Response:
        db = reading.library.db
        page = listing(
            request,
            "/checks.json",
            lambda limit, offset: kept_checks(
                db, status=status, article=words or None, limit=limit, offset=offset
            ),
            query={"status": status, "q": words},
        )
        counts = {"statuses": count_by_status(db)}
        return _list("checks", page, [_check_record(check) for check in page.entries], counts)

    return await explorer.read(look)


async def _check(explorer: Explorer, request: Request) -> Response:
    number = request.id()

    def look(reading: Reading) -> Response:
        checks = kept_checks(reading.library.db, [number])
        if not checks:
            return _missing("kept check")
        changes = [asdict(change) for change in changes_of(reading.library.db, number)]
        record = _check_record(checks[0]) | {"changes": changes}
        return Response(dumps(record, indent=2) + "\n", content_type=_JSON)

    return await explorer.read(look)


def _check_record(check: KeptCheck) -> dict[str, Any]:
    """A kept check as ``checks list --format jsonl`` has it."""
    record = asdict(check)
    record["check"] = record.pop("record")
    return record


def _list(
    name: str, page: Listing, rows: list[Any], about: dict[str, Any] | None = None
) -> Response:
    record = (about or {}) | {
        name: rows,
        "page": page.page,
        "total": page.total,
        "next": page.after,
        "previous": page.before,
    }
    return Response(dumps(record, indent=2) + "\n", content_type=_JSON)


def _missing(what: str) -> Response:
    return json_api.error_answer(
        404, InputError(f"the library holds no {what} under this address", remedy="Search for it.")
    )


PAGES: Final[tuple[tuple[str, Callable[[Explorer, Request], Awaitable[Response]]], ...]] = (
    (r"/documents\.json", _documents),
    (r"/document/(?P<id>[0-9]+)\.json", _document),
    (r"/speakers\.json", _speakers),
    (r"/speaker/(?P<id>[0-9]+)\.json", _speaker),
    (r"/quotation/(?P<id>[0-9]+)\.json", _quotation),
    (r"/checks\.json", _checks),
    (r"/checks/(?P<id>[0-9]+)\.json", _check),
    *((rf"/{page}\.json", _question(page)) for page in _QUESTIONS),
)
"""The addresses, as regular expressions, and what answers them."""
