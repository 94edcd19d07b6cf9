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
from quotecheck.output.links import address
from quotecheck.output.plain_text import plural
from quotecheck.records.document import Document
from quotecheck.records.text import Span
from quotecheck.web.pagination import margins, sheet_of, sheets, speakers_on
from quotecheck.web.requests import Answer, Asked, listing
from quotecheck.web.table_metadata import groups

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotecheck.library.kept_checks import CheckStatus
    from quotecheck.library.library import Statistics
    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["document", "document_by_key", "documents", "home", "tables"]

_NEWEST: Final = 6


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
            example=_example(reading.example),
            tiles=_tiles(asked, reading.statistics, count_by_status(db)),
            limits=explorer.limits,
        )

    return await explorer.read(look)


def _example(found: queries.Example | None) -> queries.Example | None:
    """The example without the marks and the comma that an article puts around it."""
    if found is None:
        return None
    return replace(found, quotation=strip_marks(found.quotation).rstrip(","))


def _tiles(
    asked: Asked, held: Statistics, kept: Mapping[CheckStatus, int]
) -> list[tuple[int, str, str, str]]:
    """The figures of the front page: number, what it counts, where that is, a word more."""
    said = f"{asked.tables}/who_said_what" if asked.tables else asked.url("/search")
    kept_in_all = sum(kept.values())
    articles = f"and {held.articles:,} {plural(held.articles, 'article')}" if held.articles else ""
    years = " to ".join(dict.fromkeys(one[:4] for one in (held.first_date, held.last_date) if one))
    return [
        (held.documents, plural(held.documents, "document"), asked.url("/documents"),
         ", ".join(filter(None, (articles, years)))),
        (held.speakers, plural(held.speakers, "speaker"), asked.url("/speakers"), ""),
        (held.quotations, plural(held.quotations, "quotation"), said, ""),
        (kept_in_all, f"kept {plural(kept_in_all, 'check')}", asked.url("/checks"),
         f"{kept['open']:,} open" if kept_in_all else ""),
        (held.characters, plural(held.characters, "character"), asked.url("/tables"), ""),
    ]  # fmt: skip


async def tables(_: Explorer, asked: Asked) -> Answer:
    """The views and tables of the library, in groups, with what each of them holds."""
    return asked.shown("tables.html.j2", here="tables", groups=groups())


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
        numbers = queries.quotation_numbers(library.db, [one.id for one in stored])
        parts = article_parts(
            held,
            [one.quotation for one in stored],
            regions=regions,
            places=margins(held, regions),
            at=at,
            numbers=numbers,
        )
        return asked.shown(
            "document.html.j2",
            here="documents",
            article=parts,
            at=at,
            links={
                n: asked.url(f"/quotation/{one.id}")
                for n, one in zip(numbers, stored, strict=True)
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
        (name, value, address(value) if name == "url" else None)
        for name in fields
        if (value := getattr(held, name))
    ]
    told = {"derived": "repeats what others said or wrote",
            "machine_transcript": "a machine wrote down what was spoken"}  # fmt: skip
    known += [("kind", words, None) for name, words in told.items() if getattr(held, name)]
    return known
