"""The pages on a desk's kept checks: the list, one of them, and setting where it stands."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from quotecheck.library.document_lookup import source_facts
from quotecheck.library.kept_checks import (
    STATUSES,
    CheckStatus,
    KeptCheck,
    changes_of,
    count_by_status,
    kept_checks,
)
from quotecheck.output.html.checks import CheckItem, check_item
from quotecheck.output.links import safe_url
from quotecheck.output.readable_checks import is_markdown_file, readable_kept
from quotecheck.records.plain import check_of
from quotecheck.web.requests import Request, Response, listing

if TYPE_CHECKING:
    from collections.abc import Mapping

    import sqlite_utils

    from quotecheck.web.explorer import Explorer, Reading

__all__ = ["SIGNS", "kept", "kept_one", "set_kept", "wanted_status"]

_log = logging.getLogger(__name__)

SIGNS: Final[Mapping[CheckStatus, str]] = {
    "open": "○",
    "confirmed": "✓",
    "corrected": "✎",
    "disputed": "⚑",
}
"""Signs beside the statuses, so that they are told apart without colour."""

_NOTE_CHARS: Final = 2_000  # Code points of a note. By eye: a page of text.
_NAME_CHARS: Final = 100  # Code points of the name of whoever checked.


async def kept(explorer: Explorer, request: Request) -> Response:
    """The kept checks, the newest first; by status and article where one asks for it."""
    words = request.text("q", explorer.limits.name)
    status = wanted_status(request)

    def look(reading: Reading) -> Response:
        db = reading.library.db

        def fetch(limit: int, offset: int) -> list[tuple[KeptCheck, CheckItem]]:
            checks = kept_checks(
                db, status=status, article=words or None, limit=limit, offset=offset
            )
            return [(readable_kept(check), item_of(db, check)) for check in checks]

        page = listing(request, "/checks", fetch, query={"status": status, "q": words})
        return request.render(
            "kept_checks.html.j2",
            here="checks",
            q=words,
            wanted=status,
            counts=count_by_status(db),
            signs=SIGNS,
            listing=page,
        )

    return await explorer.read(look)


def wanted_status(request: Request) -> CheckStatus | None:
    """The status that is asked for; None for all."""
    return next((known for known in STATUSES if known == request.query.get("status")), None)


def item_of(db: sqlite_utils.Database, check: KeptCheck) -> CheckItem:
    """A kept check, ready to be shown."""
    answer = check_of(check.record)
    source = source_facts(db, [answer.document]).get(answer.document) if answer.document else None
    markdown = is_markdown_file(check.article)
    return check_item(f"k{check.id}", check.number, answer, source=source, markdown=markdown)


async def kept_one(explorer: Explorer, request: Request) -> Response:
    """A kept check with its answer, its history, and the form that sets where it stands."""
    saved = request.query.get("saved") == "1"
    return await explorer.read(
        lambda reading: _page_of_check(reading, request, explorer, saved=saved)
    )


def _page_of_check(
    reading: Reading,
    request: Request,
    explorer: Explorer,
    *,
    wrong: str = "",
    saved: bool = False,
    status: int = 200,
) -> Response:
    db = reading.library.db
    number = request.id()
    checks = kept_checks(db, [number])
    if not checks:
        return request.missing("kept check")
    check = checks[0]
    fields: dict[str, Any] = {
        "status": check.status,
        "note": check.note or "",
        "who": check.who or "",
    }
    fields |= {name: value for name, value in request.form.items() if name in fields}
    return request.render(
        "kept_check.html.j2",
        status=status,
        here="checks",
        kept=readable_kept(check),
        item=item_of(db, check),
        article_url=safe_url(check.article_url),
        changes=changes_of(db, number),
        statuses=STATUSES,
        signs=SIGNS,
        limits=explorer.limits,
        fields=fields,
        wrong=wrong,
        saved=saved,
    )


async def set_kept(explorer: Explorer, request: Request) -> Response:
    """Set where a kept check stands, for somebody with the token; back to its page."""
    form = {name: value.strip() for name, value in request.form.items()}
    status = next((known for known in STATUSES if known == form.get("status")), None)

    async def refused(reason: str, code: int) -> Response:
        return await explorer.read(
            lambda reading: _page_of_check(reading, request, explorer, wrong=reason, status=code)
        )

    if not explorer.allows_saving:
        return await refused("Nothing is written here: start the server with a token.", 403)
    if not explorer.is_token(form.get("token", "")):
        _log.warning("a kept check was to be set with a wrong token; nothing was changed")
        await asyncio.sleep(explorer.limits.wrong_token_seconds)
        return await refused("The token is wrong, so nothing was changed.", 403)
    if status is None:
        return await refused(f"A check is {', '.join(STATUSES)}, and nothing else.", 400)
    if len(form.get("note", "")) > _NOTE_CHARS or len(form.get("who", "")) > _NAME_CHARS:
        return await refused("The note or the name is too long.", 400)
    number = request.id()
    if not await explorer.read(lambda reading: bool(kept_checks(reading.library.db, [number]))):
        return request.missing("kept check")
    await explorer.set_check(number, status, form.get("note", ""), form.get("who") or None)
    return request.moved(f"/checks/{number}", saved=1)
