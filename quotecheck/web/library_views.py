"""The pages about what a library holds: the front page, documents, speakers, the search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.library import listings as queries
from quotecheck.library import speakers as store_people
from quotecheck.library.document_lookup import document_row
from quotecheck.library.provenance import document_provenance
from quotecheck.library.quotations import read_quotations
from quotecheck.library.speaker_totals import speaker_totals, totals_of
from quotecheck.output.html.article import article_parts
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.output.links import address, identifier_address
from quotecheck.records.document import Document
from quotecheck.records.text import Span
from quotecheck.web.bar_chart import Bars, bars
from quotecheck.web.pagination import margins, sheet_of, sheets, speakers_on
from quotecheck.web.requests import PAGE, Answer, Asked, listing

if TYPE_CHECKING:
    from quotecheck.searching.search import Hit
    from quotecheck.web.explorer import Explorer, Reading

__all__ = [
    "document",
    "document_by_key",
    "documents",
    "home",
    "search",
    "speaker",
    "speaker_by_name",
    "speakers",
]

_NEWEST: Final = 8
_LONGEST: Final = 600
"""Characters of a place that are shown after the last word sought."""
_KINDS: Final = {
    "text": "turns and texts",
    **{str(kind): label.page for kind, label in KIND_LABELS.items()},
}
_ORDERS: Final = {"best": "best first", "newest": "newest first", "oldest": "oldest first"}


async def home(explorer: Explorer, asked: Asked) -> Answer:
    """What is in the library, and the forms that all begins with."""

    def look(reading: Reading) -> Answer:
        db = reading.library.db
        return asked.shown(
            "home.html.j2",
            here="home",
            name=reading.library.path.name,
            statistics=reading.statistics,
            newest=queries.document_rows(db, limit=_NEWEST),
            speakers=reading.leading_speakers(_NEWEST),
            limits=explorer.limits,
        )

    return await explorer.read(look)


# Documents


async def documents(explorer: Explorer, asked: Asked) -> Answer:
    """The documents, newest arrivals or latest dates first."""
    words = asked.text("q", explorer.limits.name)
    by_date = asked.query.get("order") == "date"
    order = "date" if by_date else None

    def look(reading: Reading) -> Answer:
        db = reading.library.db

        def fetch(limit: int, offset: int) -> list[Any]:
            return queries.document_rows(db, words, by_date=by_date, limit=limit, offset=offset)

        total = queries.count_documents(db, words)
        query = {"q": words, "order": order}
        held = listing(asked, "/documents", fetch, total=total, query=query)
        return asked.shown(
            "documents.html.j2", here="documents", q=words, by_date=by_date, listing=held
        )

    return await explorer.read(look)


async def document_by_key(explorer: Explorer, asked: Asked) -> Answer:
    """To the page of the document with this key."""
    key = asked.query.get("key", "")
    at = asked.span()

    def look(reading: Reading) -> Answer:
        number = document_row(reading.library.db, key)
        if number is None:
            return asked.missing("document")
        if at is None:
            return asked.moved(f"/document/{number}")
        return asked.moved(f"/document/{number}", "at", at=f"{at.start}-{at.end}")

    return await explorer.read(look)


async def document(explorer: Explorer, asked: Asked) -> Answer:
    """A document's text with what is quoted in it, page by page, and where it comes from."""
    number = asked.id()

    def look(reading: Reading) -> Answer:
        library = reading.library
        about = document_provenance(library.db, number)
        held = library.document(about.key) if about is not None else None
        if about is None or held is None:
            return asked.missing("document")
        cut = sheets(held.text)
        at = asked.span()
        if at is not None and at.end > len(held.text):
            at = None
        page = asked.number()
        if at is not None and "page" not in asked.query:
            page = sheet_of(cut, at.start)
        page = min(page, len(cut))
        regions = cut[page - 1]
        whole = Span(regions[0].start, regions[-1].end) if regions else Span(0, 0)
        stored = list(read_quotations(library.db, about.key, within=whole))
        parts = article_parts(
            held,
            [one.quotation for one in stored],
            regions=regions,
            places=margins(held, regions),
            at=at,
        )
        return asked.shown(
            "document.html.j2",
            here="documents",
            article=parts,
            at=at,
            links={
                n: asked.url(f"/quotation/{one.id}")
                for n, one in enumerate(stored, start=1)
                if one.quotation.is_speech
            },
            verdicts={},
            about=about,
            known=_known(held),
            copies=queries.near_copies(library.db, number),
            page=page,
            pages=len(cut),
            turns=speakers_on(held, regions),
            characters=len(held.text),
        )

    return await explorer.read(look)


def _known(held: Document) -> list[tuple[str, str, str | None]]:
    """What is known of a document: name, value, and the address that it is, if any."""
    fields = ("title", "publication", "author", "date", "genre", "licence", "origin", "url")
    return [
        (name, value, address(value) if name == "url" else None)
        for name in fields
        if (value := getattr(held, name))
    ]


# Speakers


async def speakers(explorer: Explorer, asked: Asked) -> Answer:
    """The speakers, who says most first."""
    words = asked.text("q", explorer.limits.name)

    def look(reading: Reading) -> Answer:
        db = reading.library.db

        def fetch(limit: int, offset: int) -> list[Any]:
            return list(speaker_totals(db, words, by_number=True, limit=limit, offset=offset))

        held = listing(asked, "/speakers", fetch, query={"q": words})
        return asked.shown("speakers.html.j2", here="speakers", q=words, listing=held)

    return await explorer.read(look)


async def speaker_by_name(explorer: Explorer, asked: Asked) -> Answer:
    """To the page of the speaker with this name, or to those whose names are like it."""
    name = asked.query.get("name", "")

    def look(reading: Reading) -> Answer:
        number = queries.speaker_number(reading.library.db, name)
        if number is not None:
            return asked.moved(f"/speaker/{number}")
        return asked.moved("/speakers", q=name[: explorer.limits.name])

    return await explorer.read(look)


async def speaker(explorer: Explorer, asked: Asked) -> Answer:
    """A speaker: names, identifier, what they said, and how much over time."""
    number = asked.id()
    path = f"/speaker/{number}"

    def look(reading: Reading) -> Answer:
        db = reading.library.db
        row = totals_of(db, number)
        if row is None:
            return asked.missing("speaker")
        turns, quotations = row.turns, row.quotations
        names = store_people.names_of(db, number)
        roles, identifiers = queries.speaker_roles(db, number)
        if row.identifier is not None:
            identifiers = list(dict.fromkeys([row.identifier, *identifiers]))
        wants_turns = asked.query.get("show") == "turns" or not quotations

        def fetch(limit: int, offset: int) -> list[queries.Said]:
            get = queries.speaker_turns if wants_turns else queries.speaker_quotations
            return get(db, number, limit=limit, offset=offset)

        counted, chart = _over_time(reading, row.name)
        return asked.shown(
            "speaker.html.j2",
            here="speakers",
            name=row.name,
            number=number,
            others=[one for one in names if one != row.name],
            forms_of=store_people.forms_of(db, number)[:60],
            roles=roles,
            identifiers=[(one, _web_address(one)) for one in identifiers],
            turns=turns,
            quotations=quotations,
            documents=queries.speaker_documents(db, names),
            wants_turns=wants_turns,
            listing=listing(
                asked,
                path,
                fetch,
                total=turns if wants_turns else quotations,
                query={"show": "turns" if wants_turns else "quotations"},
            ),
            periods=counted,
            chart=chart,
        )

    return await explorer.read(look)


def _over_time(reading: Reading, name: str) -> tuple[list[tuple[str, int, int]], Bars | None]:
    """How often somebody spoke, for the table and as a chart; empty where that is not told."""
    from quotecheck.searching.search import over_time

    try:
        line = over_time(reading.library, "", speaker=name)
    except InputError:
        return [], None
    rows = [(period.label, period.passages, period.quotations) for period in line.periods]
    return rows, bars([(period.label, period.total) for period in line.every_period()])


def _web_address(identifier: str) -> str | None:
    return address(identifier_address(identifier))


# Search


async def search(explorer: Explorer, asked: Asked) -> Answer:
    """Places with these words, by whom and when one asks for, and how many over time."""
    limits = explorer.limits
    given = {
        "q": asked.text("q", limits.quote),
        **{
            name: asked.text(name, limits.name)
            for name in ("speaker", "from", "to", "publication", "kind", "order")
        },
    }

    def look(reading: Reading) -> Answer:
        context: dict[str, Any] = {
            "given": given,
            "kinds": _KINDS,
            "orders": _ORDERS,
            "publications": queries.publications(reading.library.db),
            "results": None,
            "listing": None,
            "periods": [],
            "undated": 0,
            "chart": None,
            "wrong": None,
        }
        status = 200
        if given["q"]:
            try:
                context |= _found(reading, asked, given)
            except InputError as error:
                context["wrong"] = error
                status = 400
        return asked.shown("search.html.j2", status=status, here="search", **context)

    return await explorer.read(look)


def _found(reading: Reading, asked: Asked, given: Mapping[str, str]) -> dict[str, Any]:
    from quotecheck.searching.search import over_time, search_library

    filters: dict[str, Any] = {
        "speaker": given["speaker"] or None,
        "date_from": given["from"] or None,
        "date_to": given["to"] or None,
        "publication": given["publication"] or None,
        "kinds": [given["kind"]] if given["kind"] else None,
    }
    order: Any = given["order"] if given["order"] in _ORDERS else "best"
    results = search_library(
        reading.library,
        given["q"],
        **filters,
        order=order,
        limit=PAGE,
        offset=(asked.number() - 1) * PAGE,
    )
    shown = [(hit, _pieces(hit)) for hit in results.hits]
    # The search has counted already: the page after this one need not be asked for.
    after = results.total > asked.number() * PAGE
    entries = [*shown, *([None] * after)]
    held = listing(asked, "/search", lambda limit, _: entries[:limit], query=given)
    line = over_time(reading.library, given["q"], **filters)
    return {
        "results": results,
        "listing": held,
        "periods": [(p.label, p.quotations, p.passages, p.documents) for p in line.periods],
        "undated": line.undated,
        "chart": bars([(period.label, period.total) for period in line.every_period()]),
    }


def _pieces(hit: Hit) -> list[tuple[bool, str]]:
    """A hit's text in pieces, each with whether it is a word that was sought."""
    pieces, at = [], 0
    for span in sorted(hit.matches):
        if span.start < at or span.end > len(hit.text):
            continue
        pieces += [(False, hit.text[at : span.start]), (True, span.of(hit.text))]
        at = span.end
    pieces.append((False, hit.text[at : at + _LONGEST]))
    return pieces
