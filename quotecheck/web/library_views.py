"""The pages about what a library holds: the front page, documents, tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from quotecheck.comparison.wording import strip_marks
from quotecheck.library import listings as queries
from quotecheck.library.document_lookup import document_row
from quotecheck.library.kept_checks import count_by_status
from quotecheck.library.provenance import document_provenance
from quotecheck.library.quotations import read_quotations
from quotecheck.output.html.article import article_parts
from quotecheck.output.links import safe_url
from quotecheck.output.plain_text import plural
from quotecheck.records.document import Document
from quotecheck.records.text import Span
from quotecheck.web.pagination import margins, paginate, sheet_of, speakers_on
from quotecheck.web.requests import Request, Response, listing
from quotecheck.web.table_metadata import groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotecheck.library.kept_checks import CheckStatus
    from quotecheck.library.library import Statistics
    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["document", "document_by_key", "documents", "home", "tables"]

_NEWEST: Final = 6  # Documents and speakers on the first page. By eye.


async def home(explorer: Explorer, request: Request) -> Response:
    """What is in the library, and the forms that all begins with."""

    def look(reading: Reading) -> Response:
        db = reading.library.db
        return request.render(
            "home.html.j2",
            here="home",
            name=reading.library.path.name,
            statistics=reading.statistics,
            newest=queries.document_rows(db, limit=_NEWEST),
            speakers=reading.leading_speakers(_NEWEST),
            example=_example(reading.example),
            tiles=_tiles(request, reading.statistics, count_by_status(db)),
            limits=explorer.limits,
        )

    return await explorer.read(look)


def _example(example: queries.Example | None) -> queries.Example | None:
    """The example without the marks and the comma that an article puts around it."""
    if example is None:
        return None
    return replace(example, quotation=strip_marks(example.quotation).rstrip(","))


def _tiles(
    request: Request, statistics: Statistics, check_counts: Mapping[CheckStatus, int]
) -> list[tuple[int, str, str, str]]:
    """The figures of the front page: number, what it counts, where that is, a word more."""
    quotations_url = f"{request.tables}/who_said_what" if request.tables else request.url("/search")
    check_total = sum(check_counts.values())
    articles = (
        f"and {statistics.articles:,} {plural(statistics.articles, 'article')}"
        if statistics.articles
        else ""
    )
    years = " to ".join(
        dict.fromkeys(date[:4] for date in (statistics.first_date, statistics.last_date) if date)
    )
    return [
        (statistics.documents, plural(statistics.documents, "document"), request.url("/documents"),
         ", ".join(filter(None, (articles, years)))),
        (statistics.speakers, plural(statistics.speakers, "speaker"), request.url("/speakers"), ""),
        (statistics.quotations, plural(statistics.quotations, "quotation"), quotations_url, ""),
        (check_total, f"kept {plural(check_total, 'check')}", request.url("/checks"),
         f"{check_counts['open']:,} open" if check_total else ""),
        (statistics.characters, plural(statistics.characters, "character"),
         request.url("/tables"), ""),
    ]  # fmt: skip


async def tables(_: Explorer, request: Request) -> Response:
    """The views and tables of the library, in groups, with what each of them holds."""
    return request.render("tables.html.j2", here="tables", groups=groups())


# Documents


async def documents(explorer: Explorer, request: Request) -> Response:
    """The documents, newest arrivals or latest dates first."""
    words = request.text("q", explorer.limits.name)
    by_date = request.query.get("order") == "date"
    order = "date" if by_date else None

    def look(reading: Reading) -> Response:
        db = reading.library.db

        def fetch(limit: int, offset: int) -> list[Any]:
            return queries.document_rows(db, words, by_date=by_date, limit=limit, offset=offset)

        total = queries.count_documents(db, words)
        query = {"q": words, "order": order}
        page = listing(request, "/documents", fetch, total=total, query=query)
        return request.render(
            "documents.html.j2", here="documents", q=words, by_date=by_date, listing=page
        )

    return await explorer.read(look)


async def document_by_key(explorer: Explorer, request: Request) -> Response:
    """To the page of the document with this key."""
    key = request.query.get("key", "")
    at = request.span()

    def look(reading: Reading) -> Response:
        number = document_row(reading.library.db, key)
        if number is None:
            return request.missing("document")
        if at is None:
            return request.moved(f"/document/{number}")
        return request.moved(f"/document/{number}", "at", at=f"{at.start}-{at.end}")

    return await explorer.read(look)


async def document(explorer: Explorer, request: Request) -> Response:
    """A document's text with what is quoted in it, page by page, and where it comes from."""
    number = request.id()

    def look(reading: Reading) -> Response:
        library = reading.library
        about = document_provenance(library.db, number)
        document = library.document(about.key) if about is not None else None
        if about is None or document is None:
            return request.missing("document")
        cut = paginate(document.text)
        at = request.span()
        if at is not None and at.end > len(document.text):
            at = None
        page = request.number()
        if at is not None and "page" not in request.query:
            page = sheet_of(cut, at.start)
        page = min(page, len(cut))
        regions = cut[page - 1]
        whole = Span(regions[0].start, regions[-1].end) if regions else Span(0, 0)
        stored = list(read_quotations(library.db, about.key, within=whole))
        numbers = queries.quotation_numbers(library.db, [row.id for row in stored])
        parts = article_parts(
            document,
            [row.quotation for row in stored],
            regions=regions,
            places=margins(document, regions),
            at=at,
            numbers=numbers,
        )
        return request.render(
            "document.html.j2",
            here="documents",
            article=parts,
            at=at,
            links={
                n: request.url(f"/quotation/{row.id}")
                for n, row in zip(numbers, stored, strict=True)
                if row.quotation.is_speech
            },
            verdicts={},
            about=about,
            known=_known(document),
            copies=queries.near_copies(library.db, number),
            page=page,
            pages=len(cut),
            turns=speakers_on(document, regions),
            characters=len(document.text),
        )

    return await explorer.read(look)


def _known(document: Document) -> list[tuple[str, str, str | None]]:
    """What is known of a document: name, value, and the address that it is, if any."""
    fields = (
        "title",
        "publication",
        "author",
        "date",
        "genre",
        "language",
        "licence",
        "origin",
        "url",
    )
    known = [
        (name, value, safe_url(value) if name == "url" else None)
        for name in fields
        if (value := getattr(document, name))
    ]
    document_kinds = {"derived": "repeats what others said or wrote",
            "machine_transcript": "a machine wrote down what was spoken"}  # fmt: skip
    known += [
        ("kind", words, None) for name, words in document_kinds.items() if getattr(document, name)
    ]
    return known
