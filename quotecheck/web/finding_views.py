"""The pages that find: the one box that takes words or a quotation, and the search for words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.library import listings as queries
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.text.markdown_marks import shown_pieces
from quotecheck.web.bar_chart import bars
from quotecheck.web.readings import is_quotation
from quotecheck.web.requests import PAGE, Request, Response, listing
from quotecheck.web.verdict_chips import verdict_chips

if TYPE_CHECKING:
    from quotecheck.searching.search import Hit
    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["find", "search"]

_LONGEST: Final = 600
"""Characters of a place that are shown after the last word sought."""
_KINDS: Final = {
    "text": "turns and texts",
    **{str(kind): label.page for kind, label in KIND_LABELS.items()},
}
_ORDERS: Final = {"best": "best first", "newest": "newest first", "oldest": "oldest first"}
_NARROWING: Final = ("speaker", "from", "to", "publication", "kind", "order")


async def find(explorer: Explorer, request: Request) -> Response:
    """To the check of what was typed where it reads as a quotation, else to the search for it."""
    quote = request.text("quote", explorer.limits.quote)
    words = request.text("q", explorer.limits.quote)
    speaker = request.text("speaker", explorer.limits.name) or None
    if not quote and not words:
        return request.to_home()
    if quote or is_quotation(words):
        return request.moved("/check", quote=quote or words, speaker=speaker)
    return request.moved("/search", q=words, speaker=speaker)


async def search(explorer: Explorer, request: Request) -> Response:
    """Places with these words, by whom and when one asks for, and how many over time."""
    limits = explorer.limits
    fields = {
        "q": request.text("q", limits.quote) or request.text("quote", limits.quote),
        **{name: request.text(name, limits.name) for name in _NARROWING},
    }

    def look(reading: Reading) -> Response:
        db = reading.library.db
        context: dict[str, Any] = {
            "fields": fields,
            "narrowed": any(fields[name] for name in _NARROWING),
            "kinds": _KINDS,
            "orders": _ORDERS,
            "publications": queries.publications(db),
            "person": queries.speaker_number(db, fields["q"]) if fields["q"] else None,
            "results": None,
            "listing": None,
            "chips": [],
            "names": {},
            "periods": [],
            "undated": 0,
            "chart": None,
            "wrong": None,
        }
        status = 200
        if fields["q"]:
            try:
                context |= _finding_context(reading, request, fields)
            except InputError as error:
                context["wrong"] = error
                status = 400
        return request.render("search.html.j2", status=status, here="search", **context)

    return await explorer.read(look)


def _finding_context(
    reading: Reading, request: Request, fields: Mapping[str, str]
) -> dict[str, Any]:
    from quotecheck.searching.search import over_time, search_library

    filters: dict[str, Any] = {
        "speaker": fields["speaker"] or None,
        "date_from": fields["from"] or None,
        "date_to": fields["to"] or None,
        "publication": fields["publication"] or None,
        "kinds": [fields["kind"]] if fields["kind"] else None,
    }
    order: Any = fields["order"] if fields["order"] in _ORDERS else "best"
    results = search_library(
        reading.library,
        fields["q"],
        **filters,
        order=order,
        limit=PAGE,
        offset=(request.number() - 1) * PAGE,
    )
    marked = queries.markdown_documents(reading.library.db, [hit.document for hit in results.hits])
    shown = [(hit, _pieces(hit, markdown=hit.document in marked)) for hit in results.hits]
    # The search has counted already: the page after this one need not be asked for.
    after = results.total > request.number() * PAGE
    entries = [*shown, *([None] * after)]
    page = listing(request, "/search", lambda limit, _: entries[:limit], query=fields)
    line = over_time(reading.library, fields["q"], **filters)
    untitled = [hit.document for hit in results.hits if not hit.title]
    return {
        "results": results,
        "listing": page,
        "chips": verdict_chips(
            reading, [(hit.document, hit.start, hit.end) for hit in results.hits]
        ),
        "names": queries.document_names(reading.library.db, untitled),
        "periods": [(p.label, p.quotations, p.passages, p.documents) for p in line.periods],
        "undated": line.undated,
        "chart": bars([(period.label, period.total) for period in line.every_period()]),
    }


def _pieces(hit: Hit, *, markdown: bool) -> list[tuple[bool, str]]:
    """A hit's text in pieces, each with whether it is a word that was sought."""
    pieces, at = [], 0
    for span in sorted(hit.matches):
        if span.start < at or span.end > len(hit.text):
            continue
        pieces += [(False, hit.text[at : span.start]), (True, span.of(hit.text))]
        at = span.end
    pieces.append((False, hit.text[at : at + _LONGEST]))
    if not markdown:
        return pieces
    shown = shown_pieces([words for _, words in pieces], begins=True)
    return [(is_match, words) for (is_match, _), words in zip(pieces, shown, strict=True)]
