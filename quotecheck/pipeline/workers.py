"""Attributing many documents at once: a few processes, answers in the order of the questions.

Each process makes its own attributor (a parser takes seconds to load and cannot be shared). A
process has a few documents at a time, for they are quicker parsed together, and new ones are read
only when one is free, so memory stays bounded however many follow. A process that dies takes down
neither the others nor the run: its documents are tried once more, one by one, and then reported.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from quotecheck.errors import MissingExtraError, QuotecheckError, WeightsError
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.weights.loading import claim_process

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

__all__ = [
    "Attribute",
    "AttributionResult",
    "AttributorFactory",
    "as_quotecheck_error",
    "attribute_in_order",
]

Attribute = Callable[[Document], Sequence[Quotation]]
AttributorFactory = Callable[[], Attribute]
"""Makes an attributor in the process it is called in; must be picklable (a module's function, or
`functools.partial` of one)."""

Loaded = Callable[[dict[str, str]], None]

AttributionResult = tuple[Quotation, ...] | QuotecheckError | None
"""A document's quotations, or why there are none, or None: nobody asked for them."""

_TOGETHER = 60_000
"""Code points of documents that are attributed together, by an attributor that knows `each`."""
_MOST_TOGETHER = 64
"""Documents attributed together; of short texts more would wait long for the first answer."""
_WINDOW, _ALONE = 2 * _MOST_TOGETHER, 8
"""Documents per process that may be read ahead of the one whose turn it is."""
_WINDOW_CHARACTERS = 32_000_000  # Code points read ahead: bounds the memory where texts are long.
_TRIES = 2  # Deaths of a process after which the document it was at is given up as its cause.

T = TypeVar("T")


def attribute_in_order(
    items: Iterable[T],
    document_of: Callable[[T], Document | None],
    factory: AttributorFactory,
    jobs: int = 1,
    loaded: Loaded | None = None,
) -> Iterator[tuple[T, AttributionResult]]:
    """Attribute the documents among ``items`` and yield every item, in order, with its outcome.

    Args:
        items: what to go through; read no further ahead than the processes need.
        document_of: the document to attribute of an item; None lets the item pass as it is.
        factory: makes the attributor, once a process, and only when a document needs it.
        jobs: 1 attributes in this process, more in as many others.
        loaded: called once, before the first outcome, with the attributor's ``weights_sha256``.

    Raises:
        QuotecheckError: when no attributor can be made (weights missing, no memory for one).
    """
    if jobs == 1:
        return _here(items, document_of, factory, loaded)
    return _elsewhere(items, document_of, factory, jobs, loaded)


def as_quotecheck_error(
    error: Exception, document: Document | None = None, *, where: str | None = None
) -> QuotecheckError:
    """``error`` as one of ours; an unforeseen one keeps its name and asks to be reported."""
    if isinstance(error, QuotecheckError):
        return error
    if document is not None:
        where = document.path or document.url or document.id
    if isinstance(error, OSError) and error.strerror:
        name = str(error.filename) if error.filename else where
        return QuotecheckError(error.strerror, where=name, remedy="Check the file and the disk.")
    if isinstance(error, MemoryError):
        return QuotecheckError("too little memory", where=where, remedy="Divide the file.")
    return QuotecheckError(
        f"unexpected {type(error).__name__}: {error}",
        where=where,
        remedy="This is a bug in quotecheck: please report it with this document.",
    )


def _try(attribute: Attribute, document: Document) -> tuple[Quotation, ...] | QuotecheckError:
    try:
        return tuple(attribute(document))
    except (WeightsError, MissingExtraError):
        raise  # every document would fail of it
    except Exception as error:  # one document must not cost the others
        return as_quotecheck_error(error, document)


def _try_all(
    attribute: Attribute, documents: Sequence[Document]
) -> list[tuple[Quotation, ...] | QuotecheckError]:
    each = getattr(attribute, "each", None)
    if each is not None and len(documents) > 1:
        # Whatever goes wrong with one of them, its own turn will tell what.
        with suppress(Exception):
            return [quotations for _, quotations in each(documents)]
    return [_try(attribute, document) for document in documents]


def _full(documents: Sequence[Document]) -> bool:
    """Whether documents are enough to be attributed together."""
    size = sum(len(document.text) for document in documents)
    return size >= _TOGETHER or len(documents) >= _MOST_TOGETHER


def _weights_sha256(attribute: Attribute) -> dict[str, str]:
    """The sha256 of each file of weights behind an attributor, as far as it tells."""
    return dict(getattr(attribute, "weights_sha256", {}))


def _here(
    items: Iterable[T],
    document_of: Callable[[T], Document | None],
    factory: AttributorFactory,
    loaded: Loaded | None,
) -> Iterator[tuple[T, AttributionResult]]:
    attribute: Attribute | None = None
    together = False
    waiting: list[tuple[T, Document | None]] = []

    def answers() -> Iterator[tuple[T, AttributionResult]]:
        results: Iterator[AttributionResult] = iter(())
        if attribute is not None:
            results = iter(_try_all(attribute, [d for _, d in waiting if d is not None]))
        for item, document in waiting:
            yield item, None if document is None else next(results)
        waiting.clear()

    for item in items:
        document = document_of(item)
        if document is not None and attribute is None:
            try:
                attribute = factory()
            except QuotecheckError:
                raise
            except Exception as error:
                raise as_quotecheck_error(error) from error
            together = hasattr(attribute, "each")
            if loaded is not None:
                loaded(_weights_sha256(attribute))
        waiting.append((item, document))
        documents = [page for _, page in waiting if page is not None]
        if not documents or not together or _full(documents) or len(waiting) >= _WINDOW:
            yield from answers()
    yield from answers()


@dataclass(slots=True, eq=False)
class _Task(Generic[T]):
    item: T
    document: Document | None
    outcome: AttributionResult = None
    done: bool = False
    tries: int = 0


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    process: SpawnProcess
    pipe: connection.Connection[Any, Any]
    tasks: list[_Task[T]] = field(default_factory=list)


@dataclass(slots=True)
class _Pool(Generic[T]):
    """Processes that are started when there is work for them and ended with the pool."""

    factory: AttributorFactory
    jobs: int
    loaded: Loaded | None
    workers: list[_Worker[T]] = field(default_factory=list)
    answered: bool = False
    together: bool = False
    """Whether the attributor takes several documents at a time, once one has told."""
    orphans: deque[_Task[T]] = field(default_factory=deque)
    """Tasks of processes that died, each to be tried by itself."""

    def has_room(self) -> bool:
        return len(self.workers) < self.jobs or not all(w.tasks for w in self.workers)

    def give(self, tasks: Sequence[_Task[T]]) -> None:
        """Hand tasks to a free process; call it only when there is room."""
        worker = next((w for w in self.workers if not w.tasks), None) or self._start()
        worker.tasks = list(tasks)
        for task in tasks:
            task.tries += 1
        try:
            worker.pipe.send([task.document for task in tasks])
        except OSError:  # it died while it was waiting
            self._bury(worker)

    def wait(self) -> None:
        """Wait until at least one process has answered or died."""
        ready = connection.wait([worker.pipe for worker in self.workers if worker.tasks])
        for worker in [w for w in self.workers if w.pipe in ready]:
            try:
                kind, value = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if kind == "fatal":
                raise value
            if kind == "loaded":
                weights_sha256, self.together = value
                if self.loaded is not None:
                    self.loaded(weights_sha256)
                    self.loaded = None
                continue
            self.answered = True
            for task, outcome in zip(worker.tasks, value, strict=True):
                task.outcome, task.done = outcome, True
            worker.tasks = []

    def end(self) -> None:
        for worker in self.workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self.workers:
            worker.process.join()
        self.workers.clear()

    def _start(self) -> _Worker[T]:
        # Not forked: a forked process would hold the library's connection and its locks.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self.factory), daemon=True)
        process.start()
        theirs.close()
        worker: _Worker[T] = _Worker(process, ours)
        self.workers.append(worker)
        return worker

    def _bury(self, worker: _Worker[T]) -> None:
        """Clear away a dead process; try its documents again, each alone, or give them up."""
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        if len(worker.tasks) == 1 and worker.tasks[0].tries >= _TRIES:
            self._give_up(worker.tasks[0], worker.process.exitcode)
            return
        self.orphans.extend(worker.tasks)

    def _give_up(self, task: _Task[T], code: int | None) -> None:
        document = task.document
        error = QuotecheckError(
            f"the process that attributed it died (exit code {code})",
            where=(document.path or document.id) if document else None,
            remedy="It probably ran out of memory: use fewer --jobs, or divide the file.",
        )
        if not self.answered:  # not this document's doing: no process ever got to work
            raise error
        task.outcome, task.done = error, True


def _elsewhere(
    items: Iterable[T],
    document_of: Callable[[T], Document | None],
    factory: AttributorFactory,
    jobs: int,
    loaded: Loaded | None,
) -> Iterator[tuple[T, AttributionResult]]:
    pool: _Pool[T] = _Pool(factory, jobs, loaded)
    queue: deque[_Task[T]] = deque()
    batch: list[_Task[T]] = []
    source = iter(items)
    exhausted = False
    try:
        while queue or not exhausted:
            # What is done and first in line goes out before anything more is read.
            while queue and queue[0].done:
                task = queue.popleft()
                yield task.item, task.outcome
            if pool.orphans and pool.has_room():
                pool.give([pool.orphans.popleft()])
                continue
            chars = sum(len(task.document.text) for task in queue if task.document)
            window = _WINDOW if pool.together else _ALONE
            room = len(queue) < window * jobs and chars < _WINDOW_CHARACTERS
            if not exhausted and room and pool.has_room():
                item = next(source, None)
                exhausted = item is None
                if item is not None:
                    task = _Task(item, document_of(item))
                    task.done = task.document is None
                    queue.append(task)
                    if not task.done:
                        batch.append(task)
            documents = [task.document for task in batch if task.document]
            ready = exhausted or not room or not pool.together or _full(documents)
            if batch and ready and pool.has_room():
                pool.give(batch)
                batch = []
            elif queue and not queue[0].done and not (room and not exhausted and pool.has_room()):
                pool.wait()
    finally:
        pool.end()


def _work(pipe: connection.Connection[Any, Any], factory: AttributorFactory) -> None:
    """The life of a process: documents in, outcomes out, until the pipe is closed."""
    claim_process()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many threads as processes are enough
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        documents = pipe.recv()
        try:
            attribute = factory()
        except Exception as error:
            pipe.send(("fatal", as_quotecheck_error(error)))
            return
        pipe.send(("loaded", (_weights_sha256(attribute), hasattr(attribute, "each"))))
        while True:
            try:
                outcomes = _try_all(attribute, documents)
            except Exception as error:  # what would fail with every document
                pipe.send(("fatal", as_quotecheck_error(error)))
                return
            pipe.send(("done", outcomes))
            documents = pipe.recv()
