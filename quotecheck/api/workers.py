"""Attributing many documents at once: a few processes, answers in the order of the questions.

Each process makes its own attributor (a parser takes seconds to load and cannot be shared). A
process has one document at a time and a new one is read only when one is free, so memory stays
bounded however many documents follow. A process that dies takes down neither the others nor the
run: its document is tried once more, and then reported.
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

from quotecheck.annotations import Document, Quotation
from quotecheck.errors import MissingExtraError, QuotecheckError, WeightsError

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

__all__ = ["Attribute", "AttributorFactory", "Outcome", "attribute_in_order", "in_words"]

Attribute = Callable[[Document], Sequence[Quotation]]
AttributorFactory = Callable[[], Attribute]
"""Makes an attributor in the process it is called in; must be picklable (a module's function, or
`functools.partial` of one)."""

Loaded = Callable[[dict[str, str]], None]

Outcome = tuple[Quotation, ...] | QuotecheckError | None
"""A document's quotations, or why there are none, or None: nobody asked for them."""

_WINDOW = 8
"""Documents per process that may be read ahead of the one whose turn it is."""
_WINDOW_CHARACTERS = 32_000_000
_TRIES = 2

T = TypeVar("T")


def attribute_in_order(
    items: Iterable[T],
    document_of: Callable[[T], Document | None],
    factory: AttributorFactory,
    jobs: int = 1,
    loaded: Loaded | None = None,
) -> Iterator[tuple[T, Outcome]]:
    """Attribute the documents among ``items`` and yield every item, in order, with its outcome.

    Args:
        items: what to go through; read no further ahead than the processes need.
        document_of: the document to attribute of an item; None lets the item pass as it is.
        factory: makes the attributor, once a process, and only when a document needs it.
        jobs: 1 attributes in this process, more in as many others.
        loaded: called once, before the first outcome, with the attributor's ``signature``.

    Raises:
        QuotecheckError: when no attributor can be made (weights missing, no memory for one).
    """
    if jobs == 1:
        return _here(items, document_of, factory, loaded)
    return _elsewhere(items, document_of, factory, jobs, loaded)


def in_words(
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
        remedy="This is a mistake of quotecheck: please report it with this document.",
    )


def _try(attribute: Attribute, document: Document) -> tuple[Quotation, ...] | QuotecheckError:
    try:
        return tuple(attribute(document))
    except (WeightsError, MissingExtraError):
        raise  # every document would fail of it
    except Exception as error:  # one document must not cost the others
        return in_words(error, document)


def _signature(attribute: Attribute) -> dict[str, str]:
    """The sha256 of each file of weights behind an attributor, as far as it tells."""
    return dict(getattr(attribute, "signature", {}))


def _here(
    items: Iterable[T],
    document_of: Callable[[T], Document | None],
    factory: AttributorFactory,
    loaded: Loaded | None,
) -> Iterator[tuple[T, Outcome]]:
    attribute: Attribute | None = None
    for item in items:
        document = document_of(item)
        if document is None:
            yield item, None
            continue
        if attribute is None:
            try:
                attribute = factory()
            except QuotecheckError:
                raise
            except Exception as error:
                raise in_words(error) from error
            if loaded is not None:
                loaded(_signature(attribute))
        yield item, _try(attribute, document)


@dataclass(slots=True, eq=False)
class _Task(Generic[T]):
    item: T
    document: Document | None
    outcome: Outcome = None
    done: bool = False
    tries: int = 0


@dataclass(slots=True, eq=False)
class _Worker(Generic[T]):
    process: SpawnProcess
    pipe: connection.Connection[Any, Any]
    task: _Task[T] | None = None


@dataclass(slots=True)
class _Pool(Generic[T]):
    """Processes that are started when there is work for them and ended with the pool."""

    factory: AttributorFactory
    jobs: int
    loaded: Loaded | None
    workers: list[_Worker[T]] = field(default_factory=list)
    answered: bool = False

    def has_room(self) -> bool:
        return len(self.workers) < self.jobs or any(w.task is None for w in self.workers)

    def give(self, task: _Task[T]) -> None:
        """Hand a task to a free process; call it only when there is room."""
        worker = next((w for w in self.workers if w.task is None), None) or self._start()
        worker.task = task
        task.tries += 1
        try:
            worker.pipe.send(task.document)
        except OSError:  # it died while it was waiting
            self._bury(worker)

    def wait(self) -> None:
        """Wait until at least one process has answered or died."""
        ready = connection.wait([worker.pipe for worker in self.workers if worker.task])
        for worker in [w for w in self.workers if w.pipe in ready]:
            try:
                kind, value = worker.pipe.recv()
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if kind == "fatal":
                raise value
            if kind == "loaded":
                if self.loaded is not None:
                    self.loaded(value)
                    self.loaded = None
                continue
            self.answered = True
            task, worker.task = worker.task, None
            if task is not None:
                task.outcome, task.done = value, True

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
        """Clear away a dead process; try its document again or give it up."""
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        task = worker.task
        if task is None:
            return
        if task.tries < _TRIES:
            self.give(task)
            return
        code = worker.process.exitcode
        document = task.document
        error = QuotecheckError(
            f"the process that attributed it died (exit code {code})",
            where=(document.path or document.id) if document else None,
            remedy="Most likely the memory did not suffice: use fewer --jobs, or divide the file.",
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
) -> Iterator[tuple[T, Outcome]]:
    pool: _Pool[T] = _Pool(factory, jobs, loaded)
    queue: deque[_Task[T]] = deque()
    source = iter(items)
    exhausted = False
    try:
        while queue or not exhausted:
            # What is done and first in line goes out before anything more is read.
            while queue and queue[0].done:
                task = queue.popleft()
                yield task.item, task.outcome
            held = sum(len(task.document.text) for task in queue if task.document)
            if (
                not exhausted
                and pool.has_room()
                and len(queue) < _WINDOW * jobs
                and held < _WINDOW_CHARACTERS
            ):
                item = next(source, None)
                if item is None:
                    exhausted = True
                    continue
                task = _Task(item, document_of(item))
                task.done = task.document is None
                queue.append(task)
                if not task.done:
                    pool.give(task)
            elif queue:
                pool.wait()
    finally:
        pool.end()


def _work(pipe: connection.Connection[Any, Any], factory: AttributorFactory) -> None:
    """The life of a process: documents in, outcomes out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started us
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many threads as processes are enough
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        document = pipe.recv()
        try:
            attribute = factory()
        except Exception as error:
            pipe.send(("fatal", in_words(error)))
            return
        pipe.send(("loaded", _signature(attribute)))
        while True:
            try:
                outcome = _try(attribute, document)
            except Exception as error:  # what would fail with every document
                pipe.send(("fatal", in_words(error)))
                return
            pipe.send(("done", outcome))
            document = pipe.recv()
