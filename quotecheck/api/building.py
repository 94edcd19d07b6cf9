"""Builds a library: reads sources, cuts them for the search, attributes them, stores them.

A chain of generators with one writer at its end. What is stored is stored a few documents at a
time, each wholly or not at all, so a build may be killed at any moment and started again: what is
there is passed over, before the costly work. Several builds may fill one library at once.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck import __version__
from quotecheck.api.sources import Item, Sources, absolute
from quotecheck.api.workers import (
    AttributorFactory,
    Outcome,
    attribute_in_order,
    in_words,
)
from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.store import Added, Library, open_library

if TYPE_CHECKING:
    from quotecheck.annotations import Document, Quotation

__all__ = ["BuildReport", "Progress", "build", "store_attributed"]

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all (both of files), and the name of what was just stored."""

_BATCH_CHARACTERS = 8_000_000
_BATCH_DOCUMENTS = 1000
_BATCH_SECONDS = 1.0
_SHOWN_FAILURES = 1000
_READ_WITH = {"html": ("trafilatura", "lxml")}
"""The packages on whose releases it depends which text a reader finds in a file."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Numbers are documents, but for ``quotations`` and ``failed``.

    ``skipped`` were there already. ``failed`` counts files, and documents within files, that could
    not be read, stored or attributed; ``failures`` says why, for the first thousand of them (all
    are in the library's table of that name). ``seconds`` is wall-clock time.
    """

    library: Path
    run: int
    added: int = 0
    replaced: int = 0
    updated: int = 0
    skipped: int = 0
    attributed: int = 0
    quotations: int = 0
    failed: int = 0
    failures: tuple[QuotecheckError, ...] = ()
    bytes_read: int = 0
    seconds: float = 0.0


def build(
    paths: Sequence[str | Path],
    library_path: str | Path,
    *,
    attribute: bool = True,
    turns: bool = True,
    attributor_factory: AttributorFactory | None = None,
    jobs: int = 1,
    defaults: Mapping[str, str] | None = None,
    speaker: str | None = None,
    weights: Mapping[str, str] | None = None,
    progress: Progress | None = None,
    timeout: float = 30.0,
) -> BuildReport:
    """Bring sources into a library.

    Args:
        paths: files, folders, or ``-`` for standard input.
        library_path: the library; made when missing, brought up to date when older.
        attribute: whether to find out who is quoted in them.
        turns: whether to do so in documents with speaker turns too; these say already who speaks.
        attributor_factory: makes the function that does so, once a process; needed to attribute.
            Its ``signature``, if it has one, takes the place of ``weights``.
        jobs: how many processes attribute. With more than one, a script that calls this must guard
            its own beginning with ``if __name__ == "__main__":``, as the processes load it anew.
        defaults: metadata that win over what the sources say (title, author, date, …).
        speaker: who speaks in sources without speaker turns.
        weights: the sha256 of each file of weights, kept with the run.
        progress: told how far the build is.
        timeout: seconds to wait for another program that is writing into the library.

    Returns:
        What was done. Files that could not be read are in it; they do not stop the rest.

    Raises:
        LibraryError: when the library cannot be opened or written to.
        QuotecheckError: when no attributor can be made.
        KeyboardInterrupt: passed on; all that was stored until then stays.
    """
    if attribute and attributor_factory is None:
        raise ValueError("to attribute, build needs an attributor_factory")
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    started = time.monotonic()
    defaults = dict(defaults or {})
    settings: dict[str, object] = {
        "paths": [str(path) for path in paths],
        "attribute": attribute,
        "turns": turns,
        "defaults": defaults,
        "speaker": speaker,
        "jobs": jobs,
    }
    with open_library(library_path, create=True, timeout=timeout) as library:
        run = library.start_run("build", version=__version__, settings=settings, weights=weights)
        try:
            given = defaults | ({"speaker": speaker} if speaker else {})
            sources = Sources(paths, library, attribute=attribute, turns=turns, defaults=given)
            writer = _Writer(library, run, attribute, sources.total, progress)
            if progress is not None:
                progress(0, sources.total, "")
            items = sources.read()
            chain: Iterable[tuple[Item, Outcome]] = ((item, None) for item in items)
            if attributor_factory is not None and attribute:
                chain = attribute_in_order(
                    items,
                    _to_attribute,
                    attributor_factory,
                    jobs,
                    loaded=lambda signature: library.set_weights(run, signature or weights or {}),
                )
            for item, outcome in chain:
                writer.take(item, outcome)
            writer.flush()
            library.finish_run(run)
        except BaseException as error:
            stopped = not isinstance(error, Exception)
            with suppress(LibraryError):
                library.finish_run(run, "interrupted" if stopped else "failed")
            raise
    return BuildReport(
        library=Path(library_path),
        run=run,
        failures=tuple(writer.failures),
        bytes_read=sources.total,
        seconds=time.monotonic() - started,
        **writer.counts,
    )


def store_attributed(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    library_path: str | Path,
    *,
    weights: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
    timeout: float = 30.0,
) -> Iterator[tuple[Document, Sequence[Quotation]]]:
    """Store articles with their quotations on their way, and pass them on.

    The articles do not become sources: what they quote is not found in themselves when it is
    checked. (`build` makes a source of a file.) An article that was stored before with the same
    quotations adds nothing; other quotations stand beside the older ones, which are kept.

    Args:
        results: documents with what was found in them.
        library_path: the library; made when missing, brought up to date when older.
        weights: the sha256 of each file of weights that found them.
        settings: the options they were found with, kept with the run.
        timeout: seconds to wait for another program that is writing into the library.

    Yields:
        Each result, once it is stored.

    Raises:
        LibraryError: when the library cannot be opened or written to.
        InputError: when a document's id belongs to another text.
    """
    with open_library(library_path, create=True, timeout=timeout) as library:
        run = library.start_run(
            "attribute", version=__version__, settings=settings, weights=weights
        )
        try:
            for document, quotations in results:
                stored = document
                if document.path is not None:
                    stored = replace(document, path=absolute(document.path))
                with library.write():
                    added = library.add_document(
                        stored,
                        passages=None,
                        run=run,
                        reader_version=_reader_version(stored.reader),
                    )
                    counts: dict[str, int] = {
                        "skipped" if added.status == "present" else added.status: 1
                    }
                    held = [known.quotation for known in library.quotations(document.id)]
                    if not added.attributed or held != list(quotations):
                        number = library.add_quotations(added.id, quotations, run=run, again=True)
                        counts.update({"attributed": 1, "quotations": number})
                    library.count_in_run(run, counts)
                yield document, quotations
            library.finish_run(run)
        except BaseException as error:
            with suppress(LibraryError):
                library.finish_run(run, "failed" if isinstance(error, Exception) else "interrupted")
            raise


@cache
def _reader_version(reader: str) -> str:
    """The releases that a text depends on, kept with it: "quotecheck 1.0, lxml 5.3"."""
    told = [f"quotecheck {__version__}"]
    for name in _READ_WITH.get(reader, ()):
        with suppress(PackageNotFoundError):
            told.append(f"{name} {version(name)}")
    return ", ".join(told)


def _to_attribute(item: Item) -> Document | None:
    return item.document if item.attribute else None


@dataclass(slots=True)
class _Writer:
    """Stores what comes to it, some documents a transaction."""

    library: Library
    run: int
    attribute: bool
    total: int
    progress: Progress | None
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[QuotecheckError] = field(default_factory=list)
    _batch: list[tuple[Item, Outcome]] = field(default_factory=list)
    _characters: int = 0
    _since: float = field(default_factory=time.monotonic)
    _whole: bool = True  # nothing of the present file has failed

    def take(self, item: Item, outcome: Outcome) -> None:
        """Keep one item for the next transaction, and write it when there is enough of them."""
        self._batch.append((item, outcome))
        self._characters += len(item.document.text) if item.document else 0
        if (
            self._characters >= _BATCH_CHARACTERS
            or len(self._batch) >= _BATCH_DOCUMENTS
            or time.monotonic() - self._since >= _BATCH_SECONDS
        ):
            self.flush()

    def flush(self) -> None:
        """Write all that was taken, then tell how far that is."""
        if not self._batch:
            return
        try:
            self._write(self._batch)
        except _UnforeseenError:
            # One of them has undone them all: find it by writing each by itself.
            for item, outcome in self._batch:
                try:
                    self._write([(item, outcome)])
                except _UnforeseenError as error:
                    failed = replace(
                        item, document=None, error=in_words(error.cause, item.document)
                    )
                    self._write([(failed, None)])
        last = self._batch[-1][0]
        self._batch.clear()
        self._characters = 0
        self._since = time.monotonic()
        if self.progress is not None:
            self.progress(last.done, self.total, last.name)

    def _write(self, batch: Sequence[tuple[Item, Outcome]]) -> None:
        """One transaction; the counts are kept only if it is."""
        counts: Counter[str] = Counter()
        failures: list[QuotecheckError] = []
        whole = self._whole
        with self.library.write():
            for item, outcome in batch:
                error = self._store(item, outcome, counts)
                if error is not None:
                    whole = False
                    counts["failed"] += 1
                    failures.append(error)
                    self.library.add_failure(self.run, error)
                if item.end is not None:
                    if whole and item.end.fingerprint:
                        self.library.add_input(
                            item.end.path,
                            item.end.fingerprint,
                            documents=item.end.documents,
                            attributed=self.attribute,
                            run=self.run,
                        )
                    whole = True
            self.library.count_in_run(self.run, counts)
        self._whole = whole
        self.counts.update(counts)
        self.failures.extend(failures[: max(0, _SHOWN_FAILURES - len(self.failures))])

    def _store(self, item: Item, outcome: Outcome, counts: Counter[str]) -> QuotecheckError | None:
        """Write one item and return what failed of it, None when nothing did."""
        counts["skipped"] += item.skipped
        document = item.document
        if document is None:
            return item.error
        from quotecheck.passages import split_passages

        try:
            spans = split_passages(document.text, document.segments)
            added = self.library.add_document(
                document,
                passages=spans,
                run=self.run,
                reader_version=_reader_version(document.reader),
            )
            counts[_counted(added)] += 1
            if isinstance(outcome, QuotecheckError):
                return outcome
            if outcome is not None and not added.attributed:
                number = self.library.add_quotations(added.id, outcome, run=self.run)
                counts["attributed"] += 1
                counts["quotations"] += number
        except InputError as error:  # raised before anything of the record is written
            return error
        except (LibraryError, sqlite3.OperationalError):
            raise  # not this document's doing
        except Exception as error:
            raise _UnforeseenError(error) from error
        return None


def _counted(added: Added) -> str:
    """The count of a run that a document belongs to."""
    return "skipped" if added.status == "present" else added.status


class _UnforeseenError(Exception):
    """A record that the library does not take, for a reason that nobody thought of."""

    def __init__(self, cause: Exception) -> None:
        super().__init__(str(cause))
        self.cause = cause
