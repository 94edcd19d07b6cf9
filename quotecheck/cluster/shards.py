"""Dividing sources into shards, and the unit of work: one shard in, one part out.

Which shard a file belongs to follows from its path alone, so it is the same on every machine and in
every later run. `make_part` needs no engine: a job array, Dask, or a loop may call it.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import threading
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

from quotecheck._version import __version__
from quotecheck.building.sources import BuildItem, FileEnd, Sources, fingerprint_of
from quotecheck.cluster.parquet_parts import (
    Header,
    PartWriter,
    Row,
    part_name,
    part_number,
    read_header,
)
from quotecheck.errors import InputError, QuotecheckError
from quotecheck.pipeline.workers import Attribute, AttributorFactory, attribute_in_order
from quotecheck.reading.inputs import absolute
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation

__all__ = ["Made", "Task", "make_part", "parse_shard", "plan", "shard_of", "shards_of"]

_SHARD: Final = re.compile(r"\s*(\d{1,6})\s*/\s*(\d{1,6})\s*")
_PER_SHARD: Final = 1_000_000
"""Bytes of sources for which a shard is made, unless it is told how many: about five minutes of
attribution, so little is lost with a machine."""
_MOST: Final = 20_000  # Shards of a build: a scheduler slows down with more tasks.


@dataclass(frozen=True, slots=True)
class Task:
    """One shard to be made. ``inputs`` are (number among all sources, path) of its files.

    ``errors`` are what was wrong with the names of the sources; the first shard reports them.
    """

    shard: tuple[int, int]
    folder: Path
    inputs: tuple[tuple[int, str], ...]
    errors: tuple[QuotecheckError, ...] = ()
    attribute: bool = True
    turns: bool = True
    defaults: Mapping[str, str] = field(default_factory=dict)
    factory: AttributorFactory | None = None
    jobs: int = 1

    @property
    def path(self) -> Path:
        """Where its part belongs."""
        return self.folder / part_name(self.shard)

    def settings(self) -> dict[str, Any]:
        """The options that a part keeps, as JSON gives them back."""
        return {
            "attribute": self.attribute,
            "turns": self.turns,
            "defaults": dict(self.defaults),
            "attributor": _name_of(self.factory) if self.attribute else None,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """What became of a shard; ``skipped`` when its part was there already."""

    path: Path
    header: Header
    skipped: bool


def parse_shard(text: str) -> tuple[int, int]:
    """Which shard of how many, from "3/16".

    Raises:
        InputError: for anything else.

    >>> parse_shard("3/16")
    (3, 16)
    """
    match = _SHARD.fullmatch(text)
    number, total = (int(match[1]), int(match[2])) if match else (0, 0)
    if not 1 <= number <= total:
        raise InputError(
            f"{text!r} is not a shard",
            where="--shard",
            remedy="Write its number and how many there are, from 1/16 to 16/16.",
        )
    return number, total


def shard_of(path: str, shards: int) -> int:
    """The shard that a file belongs to, from 1; by the hash of its path alone.

    >>> shard_of("/news/2031.jsonl", 1)
    1
    """
    name = absolute(path).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(name).digest()[:8], "big") % shards + 1


def shards_of(folder: Path, total: int, files: int, shard_count: int | None = None) -> int:
    """Into how many shards to divide; a folder that holds parts already has decided it.

    Args:
        folder: of the parts.
        total: bytes of all sources.
        files: how many there are.
        shard_count: what the user asks for.

    Raises:
        InputError: when the parts in the folder are of another division.
    """
    numbers = {number[1] for path in _listed(folder) if (number := part_number(path))}
    if shard_count is not None and numbers - {shard_count}:
        raise InputError(
            f"the folder holds parts of {min(numbers - {shard_count})} shards,"
            f" not of {shard_count}",
            where=str(folder),
            remedy="Use the number that it began with, or a new folder.",
        )
    if shard_count is not None:
        return shard_count
    if len(numbers) > 1:
        raise InputError(
            f"the folder holds parts of {' and of '.join(map(str, sorted(numbers)))} shards",
            where=str(folder),
            remedy="Use a new folder, or delete the parts of one division.",
        )
    return numbers.pop() if numbers else max(1, min(files, math.ceil(total / _PER_SHARD), _MOST))


def plan(
    paths: Sequence[str | Path],
    folder: Path,
    shards: int | None = None,
    **options: Any,
) -> list[Task]:
    """The tasks of all shards of these sources.

    Args:
        paths: files and folders, as `quotecheck.building.build.build` takes them.
        folder: where the parts belong; made when it is missing.
        shards: how many; by the size of the sources when None.
        options: fields of each `Task`.

    Raises:
        InputError: for standard input, which no other machine can read, or a folder that cannot
            be made or holds parts of another division.
    """
    if "-" in map(str, paths):
        raise InputError(
            "standard input cannot be divided among machines",
            remedy="Write it into files in a folder that all machines see.",
        )
    sources = Sources(paths, None, attribute=False, defaults={})
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"the folder of the parts cannot be made ({error.strerror or error})",
            where=str(folder),
            remedy="Name a folder that you may write to.",
        ) from error
    number = shards_of(folder, sources.total, len(sources.inputs), shards)
    by_shard: dict[int, list[tuple[int, str]]] = {n: [] for n in range(1, number + 1)}
    for at, path in enumerate(sources.inputs):
        by_shard[shard_of(path, number)].append((at, absolute(path)))
    return [
        Task(
            (n, number),
            Path(os.path.abspath(folder)),  # noqa: PTH100 (workers stand elsewhere)
            tuple(inputs),
            tuple(sources.failed) if n == 1 else (),
            **options,
        )
        for n, inputs in by_shard.items()
    ]


def make_part(task: Task) -> Made:
    """Read a shard, find who is quoted in it, and write its part, unless that is there and whole.

    Raises:
        InputError: when a file of the shard is not to be found on this machine.
        QuotecheckError: when no attributor can be made, or the part cannot be written.
    """
    begun = time.process_time()
    inputs = tuple((path, _fingerprint(path, task)) for _, path in task.inputs)
    header = Header(
        shard=task.shard,
        version=__version__,
        settings=task.settings(),
        weights={},
        inputs=inputs,
    )
    if task.path.exists():
        try:
            part_header = read_header(task.path)
        except InputError:
            pass  # not whole: made again
        else:
            if part_header.stands_for(header):
                return Made(task.path, part_header, skipped=True)
    weights: dict[str, str] = {}
    counts: dict[str, Any] = {"rows": 0, "documents": 0, "quotations": 0, "failed": 0, "words": 0}
    with PartWriter(task.path) as writer, closing(_rows(task, weights)) as rows:
        for row in rows:
            writer.add(row)
            document = row.item.document
            counts["rows"] += 1
            counts["documents"] += document is not None
            counts["words"] += len(document.text.split()) if document is not None else 0
            counts["failed"] += row.item.error is not None
            if isinstance(row.outcome, QuotecheckError):
                counts["failed"] += 1
            elif row.outcome is not None:
                counts["quotations"] += len(row.outcome)
        spent = round(time.process_time() - begun, 3)
        header = replace(header, weights=weights, seconds=spent, **counts)
        writer.finish(header)
    return Made(task.path, header, skipped=False)


def _rows(task: Task, weights: dict[str, str]) -> Generator[Row, None, None]:
    # What the sources hold open belongs to this thread: a failure must not leave it to another
    # one, which collects the garbage.
    with closing(_items(task)) as numbered:
        if task.factory is None or not task.attribute:
            for number, item in numbered:
                yield Row(number, item)
            return
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        factory = task.factory if task.jobs > 1 else partial(_attributor_of_process, task.factory)
        outcomes = attribute_in_order(
            numbered, lambda pair: pair[1].to_attribute(), factory, task.jobs, loaded=weights.update
        )
        for (number, item), outcome in outcomes:
            yield Row(number, item, outcome)


def _items(task: Task) -> Generator[tuple[int, BuildItem], None, None]:
    for error in task.errors:
        yield -1, BuildItem("", 0, error=error, end=FileEnd("", None, 0))
    for number, path in task.inputs:
        sources = Sources(
            [path],
            None,
            attribute=task.attribute,
            turns=task.turns,
            defaults=dict(task.defaults),
        )
        with closing(sources.read()) as items:
            for item in items:
                if item.fact_check is None:
                    yield number, item
                elif item.fact_check.position == 1:
                    yield number, BuildItem(item.name, item.done, error=_no_part(path))


def _no_part(path: str) -> InputError:
    return InputError(
        "published fact-checks do not go into parts",
        where=path,
        remedy="Bring them into the library itself: quotecheck build FILE --db LIBRARY",
    )


def _fingerprint(path: str, task: Task) -> str | None:
    if not Path(path).exists():
        raise InputError(
            "this machine does not see the file",
            where=path,
            remedy="Put the sources into a folder that all machines share under the same name.",
        )
    return fingerprint_of(
        path, attribute=task.attribute, turns=task.turns, defaults=dict(task.defaults)
    )


def _listed(folder: Path) -> Iterator[Path]:
    return folder.glob("part-*.parquet") if folder.is_dir() else iter(())


# One attributor a process: it takes seconds to load, and a worker makes many parts.

_HELD: dict[str, _Alone] = {}
_LOCK = threading.Lock()


class _Alone:
    """An attributor that several threads may call, one at a time."""

    def __init__(self, attribute: Attribute) -> None:
        self.attribute = attribute
        self.weights_sha256 = dict(getattr(attribute, "weights_sha256", {}))
        self.lock = threading.Lock()

    def __call__(self, document: Document) -> Sequence[Quotation]:
        with self.lock:
            return self.attribute(document)


class _Together(_Alone):
    """The same, of an attributor that takes several documents at a time."""

    def each(self, documents: Sequence[Document]) -> list[tuple[Document, Sequence[Quotation]]]:
        with self.lock:
            return list(self.attribute.each(documents))  # type: ignore[attr-defined]


def _attributor_of_process(factory: AttributorFactory) -> _Alone:
    name = _name_of(factory)
    with _LOCK:
        if name not in _HELD:
            _HELD.clear()
            attribute = factory()
            kind = _Together if hasattr(attribute, "each") else _Alone
            _HELD[name] = kind(attribute)
        return _HELD[name]


def _name_of(factory: AttributorFactory | None) -> str:
    """What tells one factory from another, on any machine: its function and its options."""
    if isinstance(factory, partial):
        options = sorted((name, str(value)) for name, value in factory.keywords.items())
        return f"{_name_of(factory.func)}({', '.join(map(str, (*factory.args, *options)))})"
    return f"{getattr(factory, '__module__', '')}.{getattr(factory, '__qualname__', factory)}"
