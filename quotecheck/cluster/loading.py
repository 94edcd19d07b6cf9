"""Parts into a library: the rows that one process would have given it.

Loading may be stopped and done again: files that are in the library as they are in a part are
passed over, and of a part that holds nothing else no text is read.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from quotecheck._version import __version__
from quotecheck.building.build import BuildReport, StageProgress, complete
from quotecheck.building.sources import BuildItem, FileEnd, two_texts
from quotecheck.building.writer import Writer
from quotecheck.cluster.parquet_parts import Header, Part, Row, part_number
from quotecheck.errors import InputError, QuotecheckError
from quotecheck.library.document_ids import DocumentIds, FirstOwners
from quotecheck.library.library import Library, open_library
from quotecheck.pipeline.workers import AttributionResult

__all__ = ["find_parts", "load_parts"]


def find_parts(paths: Sequence[str | Path]) -> list[Path]:
    """The parts among files and folders, in order of their names, each once.

    Raises:
        InputError: a path does not exist, or there is no part in any of them.
    """
    files: dict[Path, None] = {}
    for path in map(Path, paths):
        if path.is_dir():
            parts = sorted(p for p in path.iterdir() if part_number(p) is not None)
            files.update(dict.fromkeys(parts))
        elif path.exists():
            files[path] = None
        else:
            raise InputError(
                "there is no such part or folder", where=str(path), remedy="Check the name."
            )
    if not files:
        raise InputError(
            "there are no parts here",
            where=", ".join(map(str, paths)),
            remedy="Parts are called part-00001-of-00016.parquet; build --shard writes them.",
        )
    return list(files)


def load_parts(
    paths: Sequence[str | Path],
    library_path: str | Path,
    *,
    link_copies: bool = False,
    semantic: bool = False,
    progress: StageProgress | None = None,
    timeout: float = 30.0,
) -> BuildReport:
    """Bring parts into a library, which is opened once.

    Parts that were made by one version with the same weights make one run, whose settings name
    them. A part that is damaged is reported, the others are loaded.

    Args:
        paths: parts, or folders of them.
        library_path: the library; made when missing, brought up to date when older.
        link_copies: as for `quotecheck.building.build.build`.
        semantic: as there.
        progress: called with how many bytes of the parts are done.
        timeout: seconds to wait for another program that is writing into the library.

    Returns:
        What was done; ``run`` is the last of the runs.

    Raises:
        InputError: there are no parts.
        LibraryError: when the library cannot be opened or written to.
        MissingExtraError: without pyarrow.
    """
    started = time.monotonic()
    files = find_parts(paths)
    total = sum(_size(path) for path in files)
    counts: Counter[str] = Counter()
    failures: list[QuotecheckError] = []
    groups, damaged = _by_making(files)
    run = done = words = 0
    with open_library(library_path, create=True, timeout=timeout) as library:
        for (version, _), parts in groups.items():
            headers = [header for _, header in parts]
            run = library.start_run(
                "load", version=version, settings=_settings(parts), weights=headers[0].weights
            )
            attribute = all(header.settings["attribute"] for header in headers)
            tell = partial(progress, "loading") if progress is not None else None
            writer = Writer(library, run, attribute, total, tell)
            with library.ending(run):
                for item, outcome in _Loading(library, [path for path, _ in parts], done).items():
                    writer.take(item, outcome)
                for error in damaged:
                    writer.take(BuildItem("", 0, error=error, end=FileEnd("", None, 0)), None)
                damaged = []
                writer.flush()
            done += sum(_size(path) for path, _ in parts)
            counts.update(writer.counts)
            failures += writer.failures
            words += writer.words
        if damaged:  # not one is whole
            raise damaged[0]
        counted: dict[str, Any] = dict(counts)
        report = BuildReport(
            library=Path(library_path),
            run=run,
            failures=tuple(failures),
            bytes_read=total,
            words=words,
            seconds=time.monotonic() - started,
            **counted,
        )
        return complete(
            report, library, link_copies=link_copies, semantic=semantic, progress=progress
        )


def _settings(parts: Sequence[tuple[Path, Header]]) -> dict[str, Any]:
    """What the run of these parts keeps of them."""
    return {
        "loaded_with": __version__,
        "parts": [
            {
                "part": path.name,
                "shard": "/".join(map(str, header.shard)),
                "rows": header.rows,
                "seconds": header.seconds,
            }
            for path, header in parts
        ],
        **parts[0][1].settings,
    }


def _by_making(
    files: Sequence[Path],
) -> tuple[dict[Any, list[tuple[Path, Header]]], list[QuotecheckError]]:
    """Parts by version, weights and options; and what is wrong with the others."""
    groups: dict[Any, list[tuple[Path, Header]]] = defaultdict(list)
    damaged: list[QuotecheckError] = []
    for path in files:
        try:
            part = Part(path)
        except InputError as error:
            damaged.append(error)
            continue
        part.close()
        header = part.header
        # A shard without documents to attribute never asked for weights.
        weights = tuple(sorted(header.weights.items()))
        groups[header.version, (weights, repr(sorted(header.settings.items())))].append(
            (path, header)
        )
    _join_weightless(groups)
    return dict(groups), damaged


def _join_weightless(groups: dict[Any, list[tuple[Path, Header]]]) -> None:
    """Put parts that needed no weights to those that were made in the same way with some."""
    for version, (weights, settings) in [key for key in groups if not key[1][0]]:
        like = [key for key in groups if key[0] == version and key[1][1] == settings]
        with_weights = [key for key in like if key[1][0]]
        if with_weights:
            groups[with_weights[0]] += groups.pop((version, (weights, settings)))


class _Loading:
    """The rows of some parts as a build would have met them.

    Of two files that hold the same id, the first of all sources has it. Which that is, is looked
    up before anything is stored; files that have to wait for it come last.
    """

    def __init__(self, library: Library, files: Sequence[Path], done: int) -> None:
        self.library = library
        self.done = done
        self.sizes = {path: _size(path) for path in files}
        self.late: dict[int, list[tuple[Path, int]]] = defaultdict(list)
        self.broken: dict[Path, QuotecheckError] = {}

    def items(self) -> Iterator[tuple[BuildItem, AttributionResult]]:
        """Every item with its outcome; damage and the end of a part among them."""
        self._look_ahead()
        with closing(DocumentIds()) as ids:
            for path, size in self.sizes.items():
                self.done += size
                if path in self.broken:
                    yield self._damage(self.broken[path]), None
                    continue
                with ExitStack() as stack:
                    try:
                        part = Part(path)
                        stack.callback(part.close)
                        rows = (row for group in range(part.groups) for row in part.rows(group))
                        yield from self._checked(self._still_to_load(part, rows), ids)
                    except InputError as error:
                        yield self._damage(error), None
            for number in sorted(self.late):
                try:
                    yield from self._checked(self._rows_of(number), ids)
                except InputError as error:
                    yield self._damage(error), None

    def _damage(self, error: QuotecheckError) -> BuildItem:
        return BuildItem("", self.done, error=error, end=FileEnd("", None, 0))

    def _look_ahead(self) -> None:
        """Find the files that hold an id which an earlier file in another part holds as well."""
        with closing(FirstOwners()) as owners:
            places: list[tuple[Path, int]] = []
            for path in self.sizes:
                try:
                    with closing(Part(path)) as part:
                        for group in range(part.groups):
                            documents = part.documents(group)
                            owners.add([(key, n) for n, key, _ in documents if key is not None])
                            places.append((path, group))
                except InputError as error:
                    self.broken[path] = error
            late: set[int] = set()
            for path, group in places:
                if path in self.broken:
                    continue
                with closing(Part(path)) as part:
                    for number, key, _ in part.documents(group):
                        if key is None or number in late:
                            continue
                        if owners.first(key) != number:
                            late.add(number)
            if not late:
                return
            for path, group in places:
                if path not in self.broken:
                    with closing(Part(path)) as part:
                        for number in {n for n, _, _ in part.documents(group)} & late:
                            self.late[number].append((path, group))

    def _still_to_load(self, part: Part, rows: Iterator[Row]) -> Iterator[Row]:
        """The rows of files that are not in the library yet, those that have to wait left out."""
        attributed = bool(part.header.settings["attribute"])
        documents = [
            fingerprint is not None
            and self.library.held_input(path, fingerprint, attributed=attributed) is not None
            for path, fingerprint in part.header.inputs
        ]
        if documents and all(documents):
            yield Row(-1, BuildItem(part.path.name, self.done, skipped=part.header.documents))
            return
        for row in rows:
            if row.input not in self.late:
                yield row

    def _rows_of(self, number: int) -> Iterator[Row]:
        for path, group in self.late[number]:
            with closing(Part(path)) as part:
                yield from (row for row in part.rows(group) if row.input == number)

    def _checked(
        self, rows: Iterator[Row], ids: DocumentIds
    ) -> Iterator[tuple[BuildItem, AttributionResult]]:
        for row in rows:
            item = replace(row.item, done=self.done)
            document = item.document
            if document is not None and not ids.register(document.id, document.text_sha256):
                yield BuildItem(item.name, self.done, error=two_texts(document)), None
            else:
                yield item, row.outcome


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
