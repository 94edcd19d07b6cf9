"""The one writer of a library: takes documents and outcomes in order, some a transaction.

Each document is kept wholly or not at all, with its passages and quotations, so whoever feeds the
writer may be killed at any moment.
"""

from __future__ import annotations

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from quotecheck.building.sources import BuildItem
from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.library.documents import set_index_memory
from quotecheck.library.fact_checks import add_fact_check
from quotecheck.library.library import Added, Library
from quotecheck.pipeline.workers import AttributionResult, as_quotecheck_error
from quotecheck.text.passages import split_passages

__all__ = ["Progress", "SourceName", "Writer"]

Progress = Callable[[int, int, str], None]
"""Called with bytes done, bytes in all (both of files), and the name of the file (`SourceName`)."""

_SECONDS_BETWEEN_NAMES: Final = 0.2
"""Seconds. A bar that changes its name more often cannot be read."""
_BATCH_CHARACTERS: Final = 16_000_000
"""Code points of text before a batch is written: bounds the memory, 16 to 64 MB."""
_BATCH_DOCUMENTS: Final = 5000
"""Documents before a batch is written. By eye; of short texts the characters alone would be
many."""
_BATCH_SECONDS: Final = 1.0
"""Seconds before a batch is written: what is lost when a build is killed."""
_SHOWN_FAILURES: Final = 1000
"""Failures kept with their reason; more are counted only, so that memory does not grow with
them."""
_HASH_SIZE: Final = 1 << 25
"""Bytes of words that the search gathers in memory before it writes them out: with 32 MB instead
of 1 MB it has less to merge later, and a build is a fifth faster."""


class SourceName(str):
    """The name of a file that is gone through, with the number of ``documents`` that are done."""

    __slots__ = ("documents",)

    documents: int

    def __new__(cls, name: str, documents: int) -> SourceName:
        """A name that reads ``name``."""
        named = super().__new__(cls, name)
        named.documents = documents
        return named


@dataclass(slots=True)
class Writer:
    """Stores what comes to it, some documents a transaction.

    ``counts`` are those of the run's row; ``failures`` says what could not be read, attributed or
    stored, the first thousand of them. ``words`` are those of the texts that came in, and
    ``fact_checks`` the published ones that are new. ``attribute`` says whether quotations were
    wanted.
    """

    library: Library
    run: int
    attribute: bool
    total: int
    progress: Progress | None
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[QuotecheckError] = field(default_factory=list)
    words: int = 0
    fact_checks: int = 0
    _batch: list[tuple[BuildItem, AttributionResult]] = field(default_factory=list)
    _characters: int = 0
    _since: float = field(default_factory=time.monotonic)
    _whole: bool = True  # nothing of the present file has failed
    _prepared: bool = False
    _done: int = 0
    _reported_at: float = 0.0

    def each(self, items: Iterable[BuildItem]) -> Iterator[BuildItem]:
        """Pass on what is read, and report which file that is."""
        for item in items:
            if time.monotonic() - self._reported_at >= _SECONDS_BETWEEN_NAMES:
                self._report_progress(item.name)
            yield item

    def _report_progress(self, name: str) -> None:
        self._reported_at = time.monotonic()
        if self.progress is not None:
            counts = ("added", "replaced", "updated", "skipped")
            documents = sum(self.counts[kind] for kind in counts)
            self.progress(self._done, self.total, SourceName(name, documents))

    def take(self, item: BuildItem, outcome: AttributionResult) -> None:
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
        """Write the batch, then report the progress."""
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
                        item, document=None, error=as_quotecheck_error(error.cause, item.document)
                    )
                    self._write([(failed, None)])
        last = self._batch[-1][0]
        self._batch.clear()
        self._characters = 0
        self._since = time.monotonic()
        self._done = last.done
        self._report_progress(last.name)

    def _write(self, batch: Sequence[tuple[BuildItem, AttributionResult]]) -> None:
        """One transaction; the counts are kept only if it is."""
        counts: Counter[str] = Counter()
        failures: list[QuotecheckError] = []
        whole = self._whole
        with self.library.write() as db:
            if not self._prepared:
                set_index_memory(db, _HASH_SIZE)
                self._prepared = True
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
            words, fact_checks = counts.pop("words", 0), counts.pop("fact_checks", 0)
            self.library.count_in_run(self.run, counts)
        self._whole = whole
        self.words += words
        self.fact_checks += fact_checks
        self.counts.update(counts)
        self.failures.extend(failures[: max(0, _SHOWN_FAILURES - len(self.failures))])

    def _store(
        self, item: BuildItem, outcome: AttributionResult, counts: Counter[str]
    ) -> QuotecheckError | None:
        """Write one item and return what failed of it, None when nothing did."""
        counts["skipped"] += item.skipped
        document = item.document
        if item.fact_check is not None:
            counts["fact_checks"] += add_fact_check(self.library, item.fact_check, self.run)
        if document is None:
            return item.error
        try:
            spans = split_passages(document.text, document.segments)
            added = self.library.add_document(
                document,
                passages=spans,
                run=self.run,
                reader_version=item.reader_version,
            )
            counts[_counted(added)] += 1
            if added.status in ("added", "replaced"):
                counts["words"] += len(document.text.split())
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
