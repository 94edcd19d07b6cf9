"""The JSON interface: the same questions as the pages, for programs.

Each endpoint takes a JSON object by POST, those without a long text also a query by GET, and
answers in the schema that the command line writes. An error is an object with ``ok`` (false),
``status``, ``error`` and ``remedy``. Nothing is written but by ``keep`` with the token.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.output.attributions import attributions_json
from quotecheck.output.checks import checks_json
from quotecheck.output.search import search_json
from quotecheck.output.serialising import dumps
from quotecheck.output.traces import trace_json
from quotecheck.records.document import Document
from quotecheck.web.requests import Response

if TYPE_CHECKING:
    from quotecheck.web.explorer import Explorer, Limits, Reading

__all__ = [
    "API",
    "ENDPOINTS",
    "Endpoint",
    "Field",
    "ForbiddenError",
    "answer",
    "body_fields",
    "error_answer",
]

API: Final = "/-/quotecheck"
"""What the addresses of the JSON interface begin with."""

_log = logging.getLogger(__name__)

_JSON: Final = "application/json; charset=utf-8"
_TRACED: Final = 100
"""Occurrences of a trace at most, the earliest; as many as its page has."""
_HITS: Final = 100
"""Places of a search at most in one answer."""

Fields = dict[str, Any]
Kind = Literal["string", "integer", "boolean"]


class ForbiddenError(QuotecheckError):
    """Something that only whoever knows the token may do."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question. ``limit`` gives its most characters; numbers are at most ``most``."""

    name: str
    about: str
    kind: Kind = "string"
    required: bool = False
    limit: Callable[[Limits], int] = lambda limits: limits.name
    most: int = 0

    def value(self, value: object, limits: Limits) -> Any:
        """The value that was given, checked; a query gives words for numbers.

        Raises:
            InputError: the value has another type than the field, or is too long.
        """
        if self.kind == "boolean":
            known = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}
            if isinstance(value, (bool, str)) and value in known:
                return known[value]
            raise self._wrong("must be true or false")
        if self.kind == "integer":
            if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 10:
                value = int(value)
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise self._wrong("must be a whole number from 0 on")
            return min(value, self.most)
        if not isinstance(value, str):
            raise self._wrong("must be a string")
        longest = self.limit(limits)
        if len(value) > longest:
            raise InputError(
                f"{len(value):,} characters are too many for “{self.name}” (at most {longest:,})",
                remedy="Give less of it.",
            )
        if self.required and not value.strip():
            raise self._wrong("is empty")
        return value

    def _wrong(self, reason: str) -> InputError:
        return InputError(f"“{self.name}” {reason}" if reason == "is empty" else
                          f"“{self.name}” {reason}, but something else was sent",
                          remedy="The fields are described at openapi.json.")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A question that may be asked. ``schema`` names that of its answer."""

    name: str
    summary: str
    fields: tuple[Field, ...]
    schema: str
    ask: Callable[[Explorer, Fields, str | None], Awaitable[Response]]
    by_query: bool = True

    def read_fields(self, raw: Mapping[str, object], limits: Limits) -> Fields:
        """What was given, each field checked; fields that were left out or null are not in it.

        Raises:
            InputError: a field is missing, unknown or wrong.
        """
        known = {field.name: field for field in self.fields}
        if unknown := sorted(set(raw) - set(known)):
            raise InputError(
                f"there is no field “{unknown[0][:40]}”", remedy=f"Use {', '.join(known)}."
            )
        values = {
            name: known[name].value(value, limits)
            for name, value in raw.items()
            if value is not None
        }
        for field in self.fields:
            if field.required and field.name not in values:
                raise InputError(f"“{field.name}” is missing", remedy=field.about)
        return values


async def answer(
    explorer: Explorer, endpoint: Endpoint, raw: Mapping[str, object], token: str | None
) -> Response:
    """Answer a question, or say why not.

    Args:
        explorer: the library.
        endpoint: what is asked.
        raw: the fields of the JSON object or of the query.
        token: what the request has for a token.
    """
    try:
        return await endpoint.ask(explorer, endpoint.read_fields(raw, explorer.limits), token)
    except ForbiddenError as error:
        return error_answer(403, error)
    except InputError as error:
        return error_answer(400, error)


def error_answer(status: int, error: QuotecheckError) -> Response:
    """An error as JSON."""
    record = {"ok": False, "status": status, "error": error.what, "remedy": error.remedy}
    return Response(dumps(record) + "\n", status, _JSON)


def body_fields(body: bytes) -> Mapping[str, object]:
    """The fields of a JSON object.

    Raises:
        InputError: it is not a JSON object.
    """
    remedy = 'Send an object like {"quotation": "…"} in UTF-8.'
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("the body is not JSON", remedy=remedy) from error
    if not isinstance(fields, dict):
        raise InputError("the body is JSON, but not an object", remedy=remedy)
    return fields


# What may be asked


async def _attribute(explorer: Explorer, fields: Fields, token: str | None) -> Response:
    document, quotations, weights, kept_as = await _read(explorer, fields, token)
    body = "".join(attributions_json([(document, quotations)], weights=weights))
    return _with_location(body, kept_as)


async def _check_text(explorer: Explorer, fields: Fields, token: str | None) -> Response:
    from quotecheck.checking.articles import checked_quotations

    document, quotations, weights, kept_as = await _read(explorer, fields, token)

    def look(reading: Reading) -> str:
        pairs = checked_quotations(
            reading.library, document, quotations, semantic=reading.semantic()
        )
        return "".join(checks_json(pairs, article=document, weights=weights, quotations=quotations))

    return _with_location(await explorer.check_article(look), kept_as)


async def _check(explorer: Explorer, fields: Fields, _: str | None) -> Response:
    def look(reading: Reading) -> str:
        check = reading.checker().check(fields["quotation"], speaker=fields.get("speaker") or None)
        return "".join(checks_json([(check, None)]))

    return Response(await explorer.check(look), content_type=_JSON)


async def _trace(explorer: Explorer, fields: Fields, _: str | None) -> Response:
    body = await explorer.check(
        lambda reading: trace_json(reading.trace(fields["quotation"], _TRACED))
    )
    return Response(body, content_type=_JSON)


async def _search(explorer: Explorer, fields: Fields, _: str | None) -> Response:
    from quotecheck.searching.search import search_library

    def look(reading: Reading) -> str:
        results = search_library(
            reading.library,
            fields["words"],
            speaker=fields.get("speaker") or None,
            date_from=fields.get("from") or None,
            date_to=fields.get("to") or None,
            publication=fields.get("publication") or None,
            kinds=[fields["kind"]] if fields.get("kind") else None,
            order=_order(fields.get("order") or "best"),
            limit=max(1, fields.get("limit", 20)),
            offset=fields.get("offset", 0),
        )
        return search_json(results)

    return Response(await explorer.read(look), content_type=_JSON)


def _order(name: str) -> Any:
    if name not in ("best", "oldest", "newest"):
        raise InputError("there is no such order", remedy="Use best, oldest or newest.")
    return name


async def _read(
    explorer: Explorer, fields: Fields, token: str | None
) -> tuple[Document, Any, Mapping[str, str], int | None]:
    """A text with its quotations; stored, where that is asked for by somebody with the token."""
    from quotecheck.reading.documents import document_of
    from quotecheck.reading.headlines import headline_of

    if fields.get("keep"):
        await _require_token(explorer, token)
    document = document_of(fields["text"], title=fields.get("title") or None)
    document = replace(
        document,
        date=fields.get("date") or None,
        url=fields.get("url") or None,
        headline=headline_of(fields["text"], fields.get("title") or None),
        metadata_origin={name: "request" for name in ("title", "date", "url") if fields.get(name)},
    )
    quotations, weights = await explorer.attribute(document)
    kept_as = await explorer.keep(document, quotations, weights) if fields.get("keep") else None
    return document, quotations, weights, kept_as


async def _require_token(explorer: Explorer, token: str | None) -> None:
    if not explorer.allows_saving:
        raise ForbiddenError("this server saves nothing", remedy="Start the server with --token.")
    if token is None or not explorer.is_token(token):
        _log.warning("a request to keep an article had a wrong token; nothing was kept")
        await asyncio.sleep(explorer.limits.wrong_token_seconds)
        raise ForbiddenError(
            "the token is wrong or missing, so nothing was kept",
            remedy="Send it as Authorization: Bearer TOKEN, or leave out “keep”.",
        )


def _with_location(body: str, row: int | None) -> Response:
    """The answer; where the article is kept now, with its address."""
    if row is None:
        return Response(body, content_type=_JSON)
    return Response(body, 201, _JSON, {"Location": f"../../document/{row}"})


_ARTICLE: Final = (
    Field("text", "The text, as plain text.", required=True, limit=lambda limits: limits.article),
    Field("title", "Its title."),
    Field("date", "Its date (2016-11-08)."),
    Field("url", "Its web address.", limit=lambda limits: limits.quote),
    Field("keep", "Store it with its quotations; needs the token.", "boolean"),
)
_QUOTATION: Final = Field(
    "quotation", "The words, with or without marks.", required=True,
    limit=lambda limits: limits.quote,
)  # fmt: skip

ENDPOINTS: Final[Mapping[str, Endpoint]] = {
    one.name: one
    for one in (
        Endpoint("attribute", "Who said what in a text", _ARTICLE, "attributions", _attribute,
                 by_query=False),
        Endpoint("check", "Whether a quotation is in the library, verbatim or changed",
                 (_QUOTATION, Field("speaker", "Who is said to have said it.")), "checks", _check),
        Endpoint("check-text", "Every quotation of a text, each with the speaker it credits",
                 _ARTICLE, "checks", _check_text, by_query=False),
        Endpoint("trace", "Every place where words stand, in order of time", (_QUOTATION,),
                 "trace", _trace),
        Endpoint(
            "search", "What was said, by words, speaker, date, publication and kind",
            (
                Field("words", "Words that must all be there; “phrases” in double quotes.",
                      required=True, limit=lambda limits: limits.quote),
                Field("speaker", "Only what this speaker said, by any of their names."),
                Field("from", "Only of this year, month or day, or later."),
                Field("to", "Only of this date or earlier."),
                Field("publication", "Only publications with these words in their name."),
                Field("kind", "text, direct, mixed, indirect, scare or title."),
                Field("order", "best, oldest or newest first."),
                Field("limit", f"How many places, 20 without it, {_HITS} at most.", "integer",
                      most=_HITS),
                Field("offset", "How many to leave out in front.", "integer", most=100_000),
            ),
            "search", _search,
        ),
    )
}  # fmt: skip
"""The questions by name; their addresses are ``/-/quotecheck/NAME``."""
