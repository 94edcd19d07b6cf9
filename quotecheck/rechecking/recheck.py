"""Reads the sources of a library again, and says which stored quotations no longer hold.

Nothing that is stored is changed. With an attributor it also says what this version would find
otherwise, and may keep that as a run of its own, beside the older ones.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from quotecheck._version import __version__
from quotecheck.errors import LibraryError, QuotecheckError
from quotecheck.library.attribution_age import attributed_version, is_older
from quotecheck.library.document_lookup import (
    StoredSource,
    count_current,
    is_attributed,
    is_source_of_documents,
    stored_sources,
    text_digest,
)
from quotecheck.library.library import explained
from quotecheck.reading.inputs import absolute
from quotecheck.rechecking.attribution_diff import AttributionChange, differences
from quotecheck.rechecking.relocation import Holding, RevisedText
from quotecheck.rechecking.source_state import (
    DocumentState,
    RelocatedFiles,
    compared,
    in_file,
    state_of,
)
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.speakers.lookup import with_library_names

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["AttributionChange", "DocumentState", "QuotationState", "Recheck", "Result"]

Progress = Callable[[int, int, str], None]
"""Called with documents done, documents in all, and the key of the last one."""


@dataclass(frozen=True, slots=True)
class QuotationState:
    """What has become of a stored quotation: see `relocation.Holding`.

    ``span`` and ``words`` are where it is now and what it is now; ``likeness`` is in 0..1. A
    quotation whose words stand there as they did, but where what says who said them (cue, source,
    negation, the name) reads otherwise, is changed.
    """

    document: str
    quotation: int
    run: int
    speaker: str | tuple[str, ...] | None
    exact: str
    start: int
    end: int
    state: Holding
    why: str
    span: Span | None = None
    words: str | None = None
    likeness: float = 0.0


Result = DocumentState | QuotationState | AttributionChange


class Recheck:
    """One look at the sources of a library.

    Args:
        library: open for reading, or for writing with ``store``.
        paths: look only at these files and folders: at documents that came from there, and at
            others whose text, id or file name is found there. Without any, every document is looked
            for where it came from.

    Attributes:
        documents: how many documents there were of each state.
        quotations: how many quotations of each state, "not read" among them.
        changes: how many quotations would be attributed otherwise, of each kind.
        attributed: whether that was asked.
        elsewhere: how many documents do not belong to ``paths`` and were not looked at.
        failures: what could not be read in ``paths``.

    Raises:
        InputError: a path does not exist.
    """

    def __init__(self, library: Library, paths: Sequence[str | Path] = ()) -> None:
        from quotecheck.reading.documents import find_inputs

        self.library = library
        self.documents: Counter[str] = Counter()
        self.quotations: Counter[str] = Counter()
        self.changes: Counter[str] = Counter()
        self.attributed = False
        self.elsewhere = 0
        self.failures: list[QuotecheckError] = []
        self._roots = [absolute(str(path)) for path in paths]
        self._files = {absolute(str(file)) for file in find_inputs(list(paths))}
        self._looked: list[tuple[int, str]] = []

    @property
    def clean(self) -> bool:
        """Whether all that was looked at still holds; what only moved within a text does."""
        good_states = {"unchanged", "edited", "no place"}
        return not (set(+self.documents) - good_states or +self.changes or self.failures)

    def sources(self, progress: Progress | None = None) -> Iterator[DocumentState | QuotationState]:
        """Each document, and after it each of its quotations if its text is not the same.

        Raises:
            LibraryError: the library cannot be read.
        """
        with explained(self.library.path):
            total = count_current(self.library.db)
            strays = RelocatedFiles(self._unclaimed(), self.failures)
            rows = stored_sources(self.library.db)
            done = 0
            for path, group in groupby(rows, key=lambda row: _file_of(row.path)):
                for row, state, text in self._of_file(path, list(group), strays):
                    done += 1
                    if state is not None:
                        self._looked.append((row.id, row.key))
                        quotations = list(self._of_document(state, text))
                        state = _judged(state, quotations)
                        self.documents[state.state] += 1
                        yield state
                        yield from quotations
                    if progress is not None:
                        progress(done, total, row.key)

    def attributions(
        self,
        attributor: Callable[[Document], Sequence[Quotation]],
        *,
        store: bool = False,
        progress: Progress | None = None,
    ) -> Iterator[AttributionChange]:
        """What would be attributed otherwise in the stored texts of the documents looked at.

        Args:
            attributor: finds quotations; its ``weights_sha256``, if any, is kept with the run.
            store: keep what differs, or what an older version had found, as a new run. What older
                runs found stays as it is, and a document in which nothing differs from what this
                version had found gets nothing new. Each is stored by itself, so
                what was done before an interruption stays.
            progress: called with how far it is.

        Raises:
            LibraryError: the library cannot be read, or not be written to.
        """
        self.attributed = True
        run = None
        if store:
            run = self.library.start_run(
                "recheck",
                version=__version__,
                settings={"paths": self._roots, "attribute": True},
                weights=getattr(attributor, "weights_sha256", None),
            )
        try:
            for number, (document_id, key) in enumerate(self._looked, start=1):
                yield from self._again(document_id, key, attributor, run)
                if progress is not None:
                    progress(number, len(self._looked), key)
            if run is not None:
                self.library.finish_run(run)
        except BaseException as error:
            if run is not None:
                status: Literal["failed", "interrupted"] = "interrupted"
                if isinstance(error, Exception):
                    status = "failed"
                with suppress(LibraryError):
                    self.library.finish_run(run, status)
            raise

    def _again(
        self,
        document_id: int,
        key: str,
        attributor: Callable[[Document], Sequence[Quotation]],
        run: int | None,
    ) -> Iterator[AttributionChange]:
        document = self.library.document(key)
        if document is None or not is_attributed(self.library.db, document_id):
            return  # nobody has asked who is quoted in it
        before = [stored.quotation for stored in self.library.quotations(key)]
        try:
            after = attributor(document)
        except QuotecheckError as error:
            self.failures.append(error)
            return
        # What is stored under a name may have been given to somebody else by now.
        known = with_library_names(self.library, document.text, after)
        changes = list(differences(key, document.text, before, known))
        newer = is_older(attributed_version(self.library.db, document_id), __version__)
        if run is not None and (changes or newer):
            with self.library.write() as db:
                if text_digest(db, document_id) != document.text_sha256:
                    return  # it has been forgotten meanwhile
                number = self.library.add_quotations(document_id, after, run=run, again=True)
                self.library.count_in_run(run, {"attributed": 1, "quotations": number})
        for change in changes:
            self.changes[change.change] += 1
            yield change

    # Where a document is now

    def _belongs(self, path: str) -> bool:
        return not self._roots or any(_is_below(path, root) for root in self._roots)

    def _unclaimed(self) -> list[str]:
        """The files among the paths from which no document came, nor from a file within."""
        db = self.library.db
        return [path for path in sorted(self._files) if not is_source_of_documents(db, path)]

    def _of_file(
        self, path: str | None, rows: list[StoredSource], strays: RelocatedFiles
    ) -> Iterator[tuple[StoredSource, DocumentState | None, str | None]]:
        """The documents of one file: row, what has become of it, and its text where that changed.

        The state is None for a document that is not one of those to look at.
        """
        if path is None:
            for row in rows:
                why = "it came from standard input and cannot be read again"
                yield row, state_of(row, "no place", why), None
            return
        there = os.path.lexists(path)
        sources = [row for row in rows if self._belongs(row.path or path)]
        if sources and there:
            yield from in_file(path, sources)
        looked_for = {row.id for row in sources}
        for row in rows:
            belongs = row.id in looked_for
            if belongs and there:
                continue
            relocated = strays.find(row)
            if relocated is not None:
                yield row, *compared(row, relocated[1], relocated[0])
            elif belongs:
                yield row, state_of(row, "gone", "the file is not there any more"), None
            else:
                self.elsewhere += 1
                yield row, None, None

    def _of_document(self, state: DocumentState, text: str | None) -> Iterator[QuotationState]:
        if state.state in ("unchanged", "moved"):
            self.quotations["unchanged"] += state.quotations
            return
        if state.state in ("unreadable", "no place"):
            self.quotations["not read"] += state.quotations
            return
        old = self.library.document(state.document)
        new = None if text is None or old is None else RevisedText(text)
        for stored in self.library.quotations(state.document):
            relocation = None
            if new is not None and old is not None:
                relocation = new.find(stored.prefix, stored.exact, stored.suffix, stored.start)
                relocation = new.require_attribution(
                    relocation, old.text, stored.quotation, stored.start
                )
            result = QuotationState(
                state.document,
                stored.id,
                stored.run,
                stored.quotation.speaker,
                stored.exact,
                stored.start,
                stored.end,
                relocation.state if relocation else "gone",
                relocation.why if relocation else "its source is gone",
                relocation.span if relocation else None,
                relocation.span.of(text)
                if relocation and relocation.span and text is not None
                else None,
                relocation.likeness if relocation else 0.0,
            )
            self.quotations[result.state] += 1
            yield result


def _is_below(path: str, root: str) -> bool:
    """Whether a path is another one or lies below it; letter case counts as the system has it."""
    path, root = os.path.normcase(path), os.path.normcase(root)
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def _judged(state: DocumentState, quotations: Sequence[QuotationState]) -> DocumentState:
    """A document whose text has changed, by what became of its quotations.

    One that has none is judged as a whole: whatever changed in it may be what is checked against.
    """
    moved = sum(quotation.state == "moved" for quotation in quotations)
    holds = bool(quotations) and all(
        quotation.state in ("unchanged", "moved") for quotation in quotations
    )
    if state.state != "changed":
        return state
    return replace(state, state="edited" if holds else "changed", quotations_moved=moved)


def _file_of(path: str | None) -> str | None:
    """The file that a document's path leads to, or into: that of the archive it was in."""
    from quotecheck.reading.documents import container

    if path is None or os.path.lexists(path):
        return path
    within = container(path)
    return within[0] if within else path
