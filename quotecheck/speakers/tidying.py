"""Remove from a library's register the entries that name no person or organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.library.library import explained
from quotecheck.library.registering import misregistered
from quotecheck.library.speakers import ChangeLog, forms_of, release
from quotecheck.speakers.changes import user_name
from quotecheck.speakers.lookup import listed

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["Tidied", "descriptions", "tidy"]


@dataclass(frozen=True, slots=True)
class Tidied:
    """What was taken out of the register.

    ``change`` is the number to take it back by, None where there was nothing to do. ``names`` are
    the entries, ``released`` the turns and quotations that have a description since.
    """

    change: int | None
    names: tuple[str, ...]
    released: int = 0


def descriptions(library: Library) -> Tidied:
    """Return which entries `tidy` would take out, and change nothing."""
    with explained(library.path):
        return Tidied(None, tuple(name for _, name in misregistered(library.db)))


def tidy(library: Library, *, by: str | None = None) -> Tidied:
    """Remove the entries that name no person or organisation ("evidence", "prosecutors").

    Turns and quotations keep the words as a description, each in its own document. What somebody
    has merged, named or identified stays. It is one change, which
    `quotecheck.speakers.changes.undo` takes back.
    """
    with library.write() as db:
        entries = misregistered(db)
        if not entries:
            return Tidied(None, ())
        names = tuple(name for _, name in entries)
        more = f" and {len(names) - 20:,} more" if len(names) > 20 else ""
        summary = f"take out of the register: {listed(names, last='and')}{more}"
        log = ChangeLog(db, "tidy", summary, by=by or user_name())
        released = release(db, [number for number, _ in entries])
        for number, _ in entries:
            for form in forms_of(db, number):
                log.set_alias(number, form, None)
            log.set_speaker(number, None)
        return Tidied(log.id, names, released)
