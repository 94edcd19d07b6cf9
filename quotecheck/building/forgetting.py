"""Take documents out of a library again: find what is meant, say what goes, and wipe the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.building.near_copies import link_copies
from quotecheck.errors import InputError
from quotecheck.library.copies import count_copies, is_all_compared
from quotecheck.library.fact_checks import fact_checks_from, forget_fact_checks
from quotecheck.library.forgetting import (
    Holdings,
    describe_documents,
    find_documents,
    finish_wiping,
    forget_documents,
    is_wiped,
    speakers_only_in,
    wipe,
)
from quotecheck.library.library import explained
from quotecheck.reading.inputs import absolute

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["Forgetting", "Holdings", "finish", "forget", "is_unfinished", "plan"]

_LISTED = 8
"""Documents that are listed where a title means several."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """What is to be removed: documents, and the speakers of whom nothing would be left.

    ``fact_checks`` are the rows of published fact-checks that came in the files named.
    """

    documents: tuple[Holdings, ...]
    speakers: tuple[str, ...]
    fact_checks: tuple[int, ...] = ()


def plan(library: Library, names: Sequence[str]) -> Forgetting:
    """Find documents by what they are called, and what would go with them.

    Args:
        library: open for reading or writing.
        names: ids, paths (of a folder or an archive: all from within it), addresses, or titles.

    Raises:
        InputError: a name stands for no document, or a title for several.
    """
    rows: dict[int, None] = {}
    reviews: dict[int, None] = {}
    with library.snapshot():
        for name in names:
            numbers = find_documents(library.db, name) if name else []
            if not numbers and name and "\0" not in name:
                numbers = find_documents(library.db, absolute(name))
            fact_check_ids = _fact_checks(library, name) if name and "\0" not in name else []
            reviews |= dict.fromkeys(fact_check_ids)
            if not numbers and not fact_check_ids:
                raise InputError(
                    "the library holds no such document",
                    where=name,
                    remedy="Give its id, its file, its address or its title, as quotecheck search"
                    " --format jsonl shows them.",
                )
            described = describe_documents(library.db, numbers)
            if len(described) > 1 and all(_is_title(document, name) for document in described):
                ids = ", ".join(document.key for document in described[:_LISTED])
                more = f" and {len(described) - _LISTED} more" if len(described) > _LISTED else ""
                raise InputError(
                    f"{len(described)} documents have this title",
                    where=name,
                    remedy=f"Name them by their ids: {ids}{more}",
                )
            rows |= dict.fromkeys(numbers)
        documents = describe_documents(library.db, list(rows))
        speakers = speakers_only_in(library.db, list(rows))
        return Forgetting(tuple(documents), tuple(speakers), tuple(reviews))


def _fact_checks(library: Library, name: str) -> list[int]:
    return fact_checks_from(library.db, name) or fact_checks_from(library.db, absolute(name))


def _is_title(document: Holdings, name: str) -> bool:
    return (document.title or "").casefold() == name.casefold() and name != document.key


def forget(library: Library, removal: Forgetting) -> bool:
    """Remove documents with all that hangs on them, and rewrite the file without their words.

    All of it is removed in one transaction. Then the file is rewritten; where that is stopped,
    `finish` makes up for it, and so does the next forgetting. Near copies that were linked through
    a removed document are compared again.

    Args:
        library: open for writing; nobody else should write for long.
        removal: what `plan` gives.

    Returns:
        Whether the words are gone from the file; False where another program still reads it as it
        was.

    Raises:
        LibraryError: the library cannot be written to, or not be rewritten (a full disk).
    """
    settings = {"documents": len(removal.documents)}
    with library.write() as db:
        # Within: whoever sees that a document is gone sees this run, and the other way about.
        library.start_run("forget", version=__version__, settings=settings)
        linked = count_copies(db)[0] > 0
        forget_documents(db, [document.id for document in removal.documents])
        forget_fact_checks(db, removal.fact_checks)
    if linked and not is_all_compared(library.db):
        link_copies(library)
    return finish(library)


def is_unfinished(library: Library) -> bool:
    """Whether a forgetting was stopped before the file was rewritten."""
    with explained(library.path):
        return not is_wiped(library.db)


def finish(library: Library) -> bool:
    """Rewrite the file of a library, so that no word of what was removed stays in it.

    Returns:
        False where another program still reads it as it was.

    Raises:
        LibraryError: the library cannot be rewritten: it is locked, or the disk is full.
    """
    with explained(library.path):
        done = wipe(library.db)
        if done:
            with library.write() as db:
                finish_wiping(db)
            library.empty_log()
    return done
