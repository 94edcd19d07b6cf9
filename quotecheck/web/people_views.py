"""The pages about people: who speaks or is quoted, who wrote, and what somebody said when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.library import listings as queries
from quotecheck.library import speakers as store_people
from quotecheck.library.speaker_totals import speaker_totals, totals_of
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.output.links import identifier_address, safe_url
from quotecheck.text.markdown_marks import shown_markdown
from quotecheck.web.bar_chart import Bars, bars
from quotecheck.web.dot_timeline import dots
from quotecheck.web.requests import Request, Response, listing
from quotecheck.web.verdict_chips import verdict_chips

if TYPE_CHECKING:
    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["speaker", "speaker_by_name", "speakers"]

_KINDS: Final = {"turn": "turn", **{str(kind): one.page for kind, one in KIND_LABELS.items()}}


async def speakers(explorer: Explorer, request: Request) -> Response:
    """The speakers, who says most first; or the authors, who wrote most first."""
    words = request.text("q", explorer.limits.name)
    shows_authors = request.query.get("show") == "authors"

    def look(reading: Reading) -> Response:
        db = reading.library.db

        def fetch(limit: int, offset: int) -> list[Any]:
            if shows_authors:
                return list(queries.authors(db, words, limit=limit, offset=offset))
            return list(speaker_totals(db, words, by_number=True, limit=limit, offset=offset))

        page = listing(
            request,
            "/speakers",
            fetch,
            total=queries.count_authors(db, words) if shows_authors else None,
            query={"q": words, "show": "authors" if shows_authors else None},
        )
        return request.render(
            "speakers.html.j2", here="speakers", q=words, shows_authors=shows_authors, listing=page
        )

    return await explorer.read(look)


async def speaker_by_name(explorer: Explorer, request: Request) -> Response:
    """To the page of the speaker with this name, or to those whose names are like it."""
    name = request.query.get("name", "")

    def look(reading: Reading) -> Response:
        number = queries.speaker_number(reading.library.db, name)
        if number is not None:
            return request.moved(f"/speaker/{number}")
        return request.moved("/speakers", q=name[: explorer.limits.name])

    return await explorer.read(look)


async def speaker(explorer: Explorer, request: Request) -> Response:
    """A speaker: names, identifier, what they said, and how much over time."""
    number = request.id()
    path = f"/speaker/{number}"

    def look(reading: Reading) -> Response:
        db = reading.library.db
        row = totals_of(db, number)
        if row is None:
            return request.missing("speaker")
        turns, quotations = row.turns, row.quotations
        names = store_people.names_of(db, number)
        roles, identifiers = queries.speaker_roles(db, number)
        if row.identifier is not None:
            identifiers = list(dict.fromkeys([row.identifier, *identifiers]))
        wants_turns = request.query.get("show") == "turns" or not quotations

        def fetch(limit: int, offset: int) -> list[queries.Said]:
            get = queries.speaker_turns if wants_turns else queries.speaker_quotations
            remarks = get(db, number, limit=limit, offset=offset)
            marked = queries.markdown_documents(db, [remark.document for remark in remarks])
            return [
                replace(remark, words=shown_markdown(remark.words, begins=True))
                if remark.document in marked
                else remark
                for remark in remarks
            ]

        remarks = listing(
            request,
            path,
            fetch,
            total=turns if wants_turns else quotations,
            query={"show": "turns" if wants_turns else "quotations"},
        )
        counted, chart = _over_time(reading, row.name)
        contributions = queries.speaker_contributions(db, number)
        return request.render(
            "speaker.html.j2",
            here="speakers",
            name=row.name,
            number=number,
            others=[other for other in names if other != row.name],
            forms_of=store_people.forms_of(db, number)[:60],
            roles=roles,
            identifiers=[
                (identifier, safe_url(identifier_address(identifier))) for identifier in identifiers
            ],
            turns=turns,
            quotations=quotations,
            documents=queries.speaker_documents(db, names),
            wants_turns=wants_turns,
            kinds=_KINDS,
            listing=remarks,
            chips=verdict_chips(
                reading, [(remark.document, remark.start, remark.end) for remark in remarks.entries]
            ),
            periods=counted,
            chart=chart,
            contributions=contributions,
            dots=dots(
                [(each.date, each.title, each.turns + each.quotations) for each in contributions]
            ),
        )

    return await explorer.read(look)


def _over_time(reading: Reading, name: str) -> tuple[list[tuple[str, int, int]], Bars | None]:
    """How often somebody spoke, for the table and as a chart; empty where that is not known."""
    from quotecheck.searching.search import over_time

    try:
        line = over_time(reading.library, "", speaker=name)
    except InputError:
        return [], None
    rows = [(period.label, period.passages, period.quotations) for period in line.periods]
    return rows, bars([(period.label, period.total) for period in line.every_period()])
