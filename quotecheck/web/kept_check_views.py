"""The pages on a desk's kept checks: the list, one of them, and setting where it stands."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any, Final

from quotecheck.library.kept_checks import (
    STATUSES,
    CheckStatus,
    KeptCheck,
    changes_of,
    count_by_status,
    kept_checks,
)
from quotecheck.output.html.checks import CheckItem, check_item
from quotecheck.output.links import address
from quotecheck.records.plain import check_of
from quotecheck.web.requests import Answer, Asked, listing

if TYPE_CHECKING:
    from collections.abc import Mapping

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

_NOTE_CHARS: Final = 2_000
_NAME_CHARS: Final = 100


async def kept(explorer: Explorer, asked: Asked) -> Answer:
    """The kept checks, the newest first; by status and article where one asks for it."""
    words = asked.text("q", explorer.limits.name)
    status = wanted_status(asked)

    def look(reading: Reading) -> Answer:
        db = reading.library.db

        def fetch(limit: int, offset: int) -> list[tuple[KeptCheck, CheckItem]]:
            found = kept_checks(
                db, status=status, article=words or None, limit=limit, offset=offset
            )
            return [(one, item_of(one)) for one in found]

        held = listing(asked, "/checks", fetch, query={"status": status, "q": words})
        return asked.shown(
            "kept_checks.html.j2",
            here="checks",
            q=words,
            wanted=status,
            counts=count_by_status(db),
            signs=SIGNS,
            listing=held,
        )

    return await explorer.read(look)


def wanted_status(asked: Asked) -> CheckStatus | None:
    """The status that is asked for; None for all."""
    return next((one for one in STATUSES if one == asked.query.get("status")), None)


def item_of(one: KeptCheck) -> CheckItem:
    """A kept check, ready to be shown."""
    return check_item(f"k{one.id}", one.number, check_of(one.record))


async def kept_one(explorer: Explorer, asked: Asked) -> Answer:
    """A kept check with its answer, its history, and the form that sets where it stands."""
    saved = asked.query.get("saved") == "1"
    return await explorer.read(lambda reading: _one(reading, asked, explorer, saved=saved))


def _one(
    reading: Reading,
    asked: Asked,
    explorer: Explorer,
    *,
    wrong: str = "",
    saved: bool = False,
    status: int = 200,
) -> Answer:
    db = reading.library.db
    number = asked.id()
    found = kept_checks(db, [number])
    if not found:
        return asked.missing("kept check")
    held = found[0]
    given: dict[str, Any] = {"status": held.status, "note": held.note or "", "who": held.who or ""}
    given |= {name: value for name, value in asked.form.items() if name in given}
    return asked.shown(
        "kept_check.html.j2",
        status=status,
        here="checks",
        kept=held,
        item=item_of(held),
        article_url=address(held.article_url),
        changes=changes_of(db, number),
        statuses=STATUSES,
        signs=SIGNS,
        limits=explorer.limits,
        given=given,
        wrong=wrong,
        saved=saved,
    )


async def set_kept(explorer: Explorer, asked: Asked) -> Answer:
    """Set where a kept check stands, for somebody with the token; back to its page."""
    form = {name: value.strip() for name, value in asked.form.items()}
    status = next((one for one in STATUSES if one == form.get("status")), None)

    async def refused(told: str, code: int) -> Answer:
        return await explorer.read(
            lambda reading: _one(reading, asked, explorer, wrong=told, status=code)
        )

    if not explorer.keeps:
        return await refused("Nothing is written here: start the server with a token.", 403)
    if not explorer.is_token(form.get("token", "")):
        _log.warning("a kept check was to be set with a wrong token; nothing was changed")
        await asyncio.sleep(explorer.limits.wrong_token_seconds)
        return await refused("The token is wrong, so nothing was changed.", 403)
    if status is None:
        return await refused(f"A check is {', '.join(STATUSES)}, and nothing else.", 400)
    if len(form.get("note", "")) > _NOTE_CHARS or len(form.get("who", "")) > _NAME_CHARS:
        return await refused("The note or the name is too long.", 400)
    number = asked.id()
    if not await explorer.read(lambda reading: bool(kept_checks(reading.library.db, [number]))):
        return asked.missing("kept check")
    await explorer.set_check(number, status, form.get("note", ""), form.get("who") or None)
    return asked.moved(f"/checks/{number}", saved=1)
