"""Documents that are near copies of one another, as papers print what an agency sends.

Sketches of all documents are kept in the library, so a build that adds a few documents compares
these few with all, not all with all. Whatever may be alike is then compared word by word.
"""

from __future__ import annotations

import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from quotecheck.comparison.shingles import BANDS, Hashes, bands, shingles, similarity
from quotecheck.library import copies as store_copies
from quotecheck.library.copies import Copy, Signatures
from quotecheck.library.document_lookup import document_date
from quotecheck.library.library import explained, opened

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["THRESHOLD", "Copies", "link_copies"]

THRESHOLD: Final = 0.6
"""Share of runs of four words that two documents have in common when one is a copy. Reprints with
another headline, some words changed and the end cut off lie above it, different reports of one
event far below."""

_SHARED: Final = 2
"""Bands that two documents must share to be compared: with texts half as alike as copies, one is
often shared by chance."""
_DOCUMENTS: Final = 2000
"""Documents signed in one step. By eye: fewer are more transactions, more are more memory."""
_CHARACTERS: Final = 8_000_000  # Code points of text read in one step: 8 to 32 MB of memory.
_CACHED: Final = 4_000_000
"""Runs of words that are kept for the next comparison (8 bytes each)."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Copies:
    """What the library holds of copies, and what was done.

    ``copies`` documents are near copies of ``models`` others. ``signed`` were sketched now,
    ``compared`` pairs were compared word by word. ``seconds`` is wall-clock time.
    """

    copies: int
    models: int
    signed: int
    compared: int
    seconds: float


def link_copies(
    library: Library | str | Path, *, progress: Progress | None = None, timeout: float = 30.0
) -> Copies:
    """Link the documents of a library that are near copies of an earlier one.

    What was compared before is not compared again. The earliest by date is the original; where
    dates are missing or the same, the first that came in.

    Args:
        library: one that is open for writing, or its path; nobody else should write for long.
        progress: called with (documents done, documents in all).
        timeout: seconds to wait for another program that is writing into the library.

    Raises:
        LibraryError: when the library cannot be opened or written to.
    """
    started = time.monotonic()
    with opened(library, create=True, timeout=timeout) as opened_library:
        with opened_library.write() as db:
            store_copies.forget_replaced(db)
        signed = compared = 0
        while True:
            forgettings = store_copies.count_forgettings(opened_library.db)
            signed += _sign(opened_library, progress, forgettings)
            with explained(opened_library.path):
                if signed or not store_copies.is_all_compared(opened_library.db):
                    with opened_library.snapshot():  # another build may be adding to them
                        signatures = store_copies.read_signatures(opened_library.db, BANDS)
                    linking = _Linking(opened_library, signatures, forgettings)
                    compared += linking.link(progress)
                copies, models = store_copies.count_copies(opened_library.db)
                if store_copies.count_forgettings(opened_library.db) == forgettings:
                    break  # else a document went, and its number may be another's by now
    return Copies(copies, models, signed, compared, time.monotonic() - started)


def _sign(library: Library, progress: Progress | None, forgettings: int) -> int:
    """Sketch the documents that have no sketch yet, some a transaction; none once one was gone."""
    with explained(library.path):
        total = store_copies.count_unsigned(library.db)
        done = last = 0
        while rows := store_copies.read_unsigned(library.db, last, _DOCUMENTS, _CHARACTERS):
            last = rows[-1][0]
            signatures = bands([shingles(text) for _, text in rows])
            with library.write() as db:
                if store_copies.count_forgettings(db) != forgettings:
                    break
                store_copies.add_signatures(
                    db, zip((row for row, _ in rows), signatures, strict=True)
                )
            done += len(rows)
            if progress is not None:
                progress(done, max(total, done))
    return done


@dataclass(slots=True)
class _Linking:
    """Groups of documents with the same text, from what is stored and what is new."""

    library: Library
    signatures: Signatures
    forgettings: int
    parents: dict[int, int] = field(default_factory=dict)
    texts: OrderedDict[int, tuple[Hashes, str]] = field(default_factory=OrderedDict)
    cached_hashes: int = 0
    changed: set[int] = field(default_factory=set)

    def link(self, progress: Progress | None) -> int:
        """Compare what is new with all, and write the groups that changed."""
        known = {each.document: each for each in store_copies.read_copies(self.library.db)}
        for copy in known.values():
            self._join(copy.document, copy.copy_of)
        documents = self.signatures.documents
        compared = 0
        pairs = list(_pairs(self.signatures))
        for done, (i, j) in enumerate(pairs):
            each, other = int(documents[i]), int(documents[j])
            if self._root(each) != self._root(other):
                compared += 1
                if self._similarity(each, other) >= THRESHOLD:
                    self._join(each, other)
                    self.changed |= {each, other}
            if progress is not None and done % 1000 == 0:
                progress(done, len(pairs))
        groups = self._changed_groups()
        copies = [near_copy for group in groups for near_copy in self._copies(group, known)]
        fresh = documents[self.signatures.new].tolist()
        with self.library.write() as db:
            if store_copies.count_forgettings(db) == self.forgettings:
                store_copies.set_copies(db, groups, copies, fresh)
        return compared

    def _root(self, document: int) -> int:
        while (parent := self.parents.get(document, document)) != document:
            above = self.parents.get(parent, parent)
            self.parents[document] = above
            document = above
        return document

    def _join(self, document: int, other: int) -> None:
        older, newer = sorted((self._root(document), self._root(other)))
        self.parents[newer] = self.parents[older] = older

    def _changed_groups(self) -> list[list[int]]:
        """Groups that have got new members, each with the earliest first."""
        roots = {self._root(document) for document in self.changed}
        members: dict[int, list[int]] = defaultdict(list)
        for document in self.parents:
            root = self._root(document)
            if root in roots:
                members[root].append(document)
        return [sorted(group, key=self._age) for group in members.values()]

    def _age(self, document: int) -> tuple[str, int]:
        return document_date(self.library.db, document) or "9999", document

    def _copies(self, group: Sequence[int], known: dict[int, Copy]) -> Iterator[Copy]:
        model = group[0]
        for document in group[1:]:
            copy = known.get(document)
            if copy is not None and copy.copy_of == model:
                yield copy
            else:
                yield Copy(document, model, round(self._similarity(document, model), 4))

    def _similarity(self, first: int, second: int) -> float:
        a, b = self._text(first), self._text(second)
        return 1.0 if a[1] == b[1] else similarity(a[0], b[0])

    def _text(self, document: int) -> tuple[Hashes, str]:
        if document in self.texts:
            self.texts.move_to_end(document)
            return self.texts[document]
        # "": forgotten meanwhile, and all is compared again
        text, digest = store_copies.read_text(self.library.db, document) or ("", "")
        hashed = (shingles(text), digest)
        self.texts[document] = hashed
        self.cached_hashes += len(hashed[0])
        while self.cached_hashes > _CACHED and len(self.texts) > 2:
            _, (old, _) = self.texts.popitem(last=False)
            self.cached_hashes -= len(old)
        return hashed


def _pairs(signatures: Signatures) -> Iterator[tuple[int, int]]:
    """Pairs of documents that may be alike, one of them new: (earlier, later), in order.

    Of those that share a number, each is taken with the first and with the one before it, however
    many they are: so the pairs grow as the documents do, and do not depend on what comes later.
    """
    number = len(signatures.documents)
    pair_keys: list[npt.NDArray[np.int64]] = []
    for band in signatures.bands.T:
        order = np.argsort(band, kind="stable")
        values = band[order]
        same = np.flatnonzero(values[1:] == values[:-1]) + 1
        starts = (
            np.maximum.accumulate(
                np.where(np.r_[True, values[1:] != values[:-1]], np.arange(number), 0)
            )
            if number
            else np.zeros(0, np.int64)
        )
        for before in (order[same - 1], order[starts[same]]):
            later = order[same]
            is_new = signatures.new[before] | signatures.new[later]
            pair_keys.append(before[is_new] * number + later[is_new])
        if len(pair_keys) >= 16:
            pair_keys = [np.unique(np.concatenate(pair_keys))]
    keys = np.unique(np.concatenate(pair_keys)) if pair_keys else np.zeros(0, np.int64)
    for start in range(0, len(keys), 100_000):
        first, second = np.divmod(keys[start : start + 100_000], max(1, number))
        shared = (signatures.bands[first] == signatures.bands[second]).sum(axis=1)
        enough = shared >= _SHARED
        yield from zip(first[enough].tolist(), second[enough].tolist(), strict=True)
