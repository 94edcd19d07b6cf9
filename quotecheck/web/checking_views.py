"""The pages that check: a quotation, an article that is pasted in, the provenance of words."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.library import listings as queries
from quotecheck.library.document_lookup import source_facts
from quotecheck.library.quotations import read_quotation
from quotecheck.output.confidence import sure_words
from quotecheck.output.html.article import article_parts, title_of
from quotecheck.output.html.checks import CheckItem, check_item, checked_article
from quotecheck.output.html.notes import note_of, without_marks
from quotecheck.output.readable_places import readable_trace
from quotecheck.output.timeline_svg import trace_svg
from quotecheck.output.unprintable import printable
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.text.markdown_marks import shown_markdown, shown_pieces
from quotecheck.web.pagination import locators_at, whole_words
from quotecheck.web.requests import PAGE, Listing, Request, Response, listing
from quotecheck.web.verdict_chips import VerdictChip, verdict_chips

if TYPE_CHECKING:
    from quotecheck.checking.trace import Occurrence, Trace
    from quotecheck.records.check import Check
    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["article", "article_form", "check", "picture", "quotation", "trace"]

_log = logging.getLogger(__name__)

_TRACED: Final = 100
"""Occurrences that are shown at most, the earliest."""

_SVG: Final = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cache-Control": "private, no-cache",
}


# One quotation


async def check(explorer: Explorer, request: Request) -> Response:
    """The form for a quotation, and below it the verdict."""
    quote = _words(explorer, request)
    speaker = request.text("speaker", explorer.limits.name)

    def look(reading: Reading) -> Response:
        item = wrong = None
        if quote:
            try:
                check = reading.checker().check(quote, speaker=speaker or None)
                item = _shown(reading, check)
            except InputError as error:
                wrong = error
        return request.render(
            "check.page.html.j2",
            status=400 if wrong else 200,
            here="check",
            quote=quote,
            speaker=speaker,
            item=item,
            wrong=wrong,
            searched=reading.statistics.describe(),
            limits=explorer.limits,
        )

    return await explorer.check(look)


def _words(explorer: Explorer, request: Request) -> str:
    """The quotation that is asked about, under either of its names."""
    limit = explorer.limits.quote
    return request.text("quote", limit) or request.text("q", limit)


async def trace(explorer: Explorer, request: Request) -> Response:
    """Every occurrence of words, the variants, and who took them from whom."""
    quote = _words(explorer, request)

    def look(reading: Reading) -> Response:
        trace = wrong = None
        if quote:
            try:
                trace = _shown_trace(reading, request, quote, "/trace", quote=quote)
            except InputError as error:
                wrong = error
        return request.render(
            "trace.page.html.j2",
            status=400 if wrong else 200,
            here="check",
            quote=quote,
            trace=trace,
            wrong=wrong,
            limits=explorer.limits,
        )

    return await explorer.check(look)


async def picture(explorer: Explorer, request: Request) -> Response:
    """The timeline of a quotation as SVG: its first occurrences."""
    quote = _words(explorer, request)

    def look(reading: Reading) -> Response:
        trace = reading.trace(quote, _TRACED)
        rest = len(trace.occurrences) - PAGE
        if rest > 0:
            first = trace.occurrences[:PAGE]
            trace = replace(trace, occurrences=first, left_out=trace.left_out + rest)
        db, keys = reading.library.db, [item.document for item in trace.occurrences]
        names, markdown = queries.document_names(db, keys), queries.markdown_documents(db, keys)
        trace = readable_trace(trace, names, markdown)
        return Response("".join(trace_svg(trace)), 200, "image/svg+xml; charset=utf-8", _SVG)

    return await explorer.check(look)


def _shown(reading: Reading, check: Check, *, markdown: bool = False) -> CheckItem:
    """A check whose source is called by its headline where it has no title.

    ``markdown`` is whether the quotation stands in Markdown.
    """
    db = reading.library.db
    source = source_facts(db, [check.document]).get(check.document) if check.document else None
    item = check_item("c1", 1, check, source=source, markdown=markdown)
    if item.found and item.title == item.document:
        names = queries.document_names(db, [item.document])
        item = replace(item, title=printable(names.get(item.document, item.title)))
    return item


def _around(reading: Reading, key: str, span: Span) -> tuple[str, str, str]:
    """The text before, at and after a place, as it is shown."""
    db = reading.library.db
    before, words, after = whole_words(queries.surroundings(db, key, span.start, span.end))
    if not queries.markdown_documents(db, [key]):
        return before, words, after
    before, words, after = shown_pieces((before, words, after))
    return before, words, after


@dataclass(frozen=True, slots=True)
class _ShownOccurrence:
    """An occurrence with the text around it, and what kept checks say of it."""

    occurrence: Occurrence
    before: str
    words: str
    after: str
    chips: Sequence[VerdictChip]


@dataclass(frozen=True, slots=True)
class _ShownTrace:
    """A trace, ready to be shown."""

    trace: Trace
    listing: Listing
    wordings: dict[int, str]
    diffs: dict[int, Sequence[tuple[str, str, str]]]
    first: Occurrence | None
    picture: str | None
    names: dict[str, str]


def _shown_trace(
    reading: Reading, request: Request, words: str, path: str, **query: object
) -> _ShownTrace:
    trace = reading.trace(words, _TRACED)
    db = reading.library.db

    def fetch(limit: int, offset: int) -> list[Any]:
        occurrences = trace.occurrences[offset : offset + limit]
        places = [(item.document, item.span.start, item.span.end) for item in occurrences]
        return [
            _ShownOccurrence(item, *_around(reading, item.document, item.span), chips)
            for item, chips in zip(occurrences, verdict_chips(reading, places), strict=True)
        ]

    by_number = {item.number: item for item in trace.occurrences}
    keys = [item.document for item in trace.occurrences]
    clean = shown_markdown if queries.markdown_documents(db, keys) else str
    return _ShownTrace(
        trace,
        listing(request, path, fetch, total=len(trace.occurrences), query=query),
        {item.number: clean(item.words) for item in trace.variants},
        {
            item.number: [
                (operation, clean(before), clean(after))
                for operation, before, after in by_number[item.occurrences[0]].diff
            ]
            for item in trace.variants
        },
        trace.occurrences[0] if trace.occurrences else None,
        request.url("/trace.svg", quote=words) if trace.occurrences else None,
        queries.document_names(db, [item.document for item in trace.occurrences if not item.title]),
    )


async def quotation(explorer: Explorer, request: Request) -> Response:
    """A stored quotation: who said it, where it comes from, and where else it stands."""
    number = request.id()

    def look(reading: Reading) -> Response:
        from quotecheck.checking.articles import check_quotations

        library = reading.library
        stored = read_quotation(library.db, number)
        document = library.document(stored.document) if stored is not None else None
        if stored is None or document is None:
            return request.missing("quotation")
        quotation = stored.quotation
        item = trace = None
        checks = check_quotations(library, document, [quotation], semantic=reading.semantic())
        if checks:
            item = _shown(reading, checks[0], markdown=document.reader == "markdown")
            words = checks[0].quote[: explorer.limits.quote]
            try:
                trace = _shown_trace(reading, request, words, f"/quotation/{number}")
            except InputError:
                trace = None  # no word in it: a row of dots in marks
        note = note_of(document.text, quotation, 1, "v1")
        if document.reader == "markdown":
            note = without_marks(note)
        return request.render(
            "quotation.html.j2",
            here="",
            stored=stored,
            words=shown_markdown(stored.exact, begins=True)
            if document.reader == "markdown"
            else stored.exact,
            number=queries.quotation_numbers(library.db, [number])[0],
            title=title_of(document),
            quotation=quotation,
            note=note,
            sure=sure_words(quotation),
            parent=stored.parent,
            around=_around(reading, stored.document, Span(stored.start, stored.end)),
            document=document,
            locators=locators_at(document, stored.start),
            item=item,
            trace=trace,
        )

    return await explorer.check(look)


# An article


async def article_form(explorer: Explorer, request: Request) -> Response:
    """The form that takes an article."""
    return _form(explorer, request)


def _form(explorer: Explorer, request: Request, wrong: str = "", status: int = 200) -> Response:
    return request.render(
        "article.page.html.j2",
        status=status,
        here="article",
        limits=explorer.limits,
        fields={name: request.form.get(name, "") for name in ("text", "title", "date", "url")},
        wrong=wrong,
    )


async def article(explorer: Explorer, request: Request) -> Response:
    """Who said what in the article that was sent, each quotation checked against the library."""
    from quotecheck.reading.documents import document_of
    from quotecheck.reading.headlines import headline_of

    form = {name: value.strip() for name, value in request.form.items()}
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    limits = explorer.limits
    if not text:
        return _form(explorer, request, "There is no text in the form.", 400)
    if len(text) > limits.article:
        reason = (
            f"The article has {len(text):,} characters; this page takes {limits.article:,}. "
            "Read a longer one with: quotecheck check FILE --db LIBRARY"
        )
        return _form(explorer, request, reason, 413)
    for name in ("title", "date", "url"):
        if len(form.get(name, "")) > 500:
            return _form(explorer, request, f"The {name} is too long.", 400)
    keep = explorer.allows_saving and bool(form.get("keep"))
    if keep and not explorer.is_token(form.get("token", "")):
        _log.warning("an article was sent with a wrong token; nothing was kept")
        await asyncio.sleep(limits.wrong_token_seconds)
        reason = "The token is wrong, so nothing was kept. Correct it, or leave “keep it” empty."
        return _form(explorer, request, reason, 403)
    document = document_of(text, title=form.get("title") or None)
    document = replace(
        document,
        date=form.get("date") or None,
        url=form.get("url") or None,
        headline=headline_of(text, form.get("title") or None),
        metadata_origin={n: "form" for n in ("title", "date", "url") if form.get(n)},
    )
    quotations, weights = await explorer.attribute(document)
    kept_as = await explorer.keep(document, quotations, weights) if keep else None
    return await explorer.check_article(
        lambda reading: _read(reading, request, document, quotations, weights, kept_as)
    )


def _read(
    reading: Reading,
    request: Request,
    document: Document,
    quotations: Sequence[Quotation],
    weights: Any,
    kept_as: int | None,
) -> Response:
    from quotecheck.checking.articles import checked_quotations

    pairs = checked_quotations(reading.library, document, quotations, semantic=reading.semantic())
    keys = {check.document for check, _ in pairs if check.document}
    sources = source_facts(reading.library.db, sorted(keys))
    checked = checked_article(document, pairs, quotations=quotations, sources=sources, prefix="n")
    return request.render(
        "read.html.j2",
        here="article",
        article=article_parts(document, quotations),
        checked=checked,
        links={},
        verdicts={item.number: item for item in checked.items},
        weights=sorted(weights.items()),
        kept=kept_as,
    )
