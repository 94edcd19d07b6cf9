"""Attribute articles in a process of its own, so that an article can hold up or end that alone.

A thread cannot be stopped, and one that computes slows down every other. The process is started
when the first article comes, because its weights take seconds to load, and it stays for the next
ones. It is ended when an article takes longer than it may, when it has grown too large, and with
the server; the next article then begins a new one.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import QuotecheckError
from quotecheck.output.plain_text import plural

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["ArticleStoppedError", "ArticleWorker"]

_log = logging.getLogger(__name__)

_LOADING_SECONDS: Final = 180.0
"""In which the weights have to be loaded: some five seconds of work, on a machine that is busy."""
_GRACE_SECONDS: Final = 5.0
"""After its time a process ends itself, should the server no longer be there to end it."""
_JOIN_SECONDS: Final = 10.0  # Seconds that a process has to end before it is killed. By eye.
_LARGE_BYTES: Final = 2 << 30
"""Memory at its peak (resident) after which a process is replaced; loaded it has about 0.7 GB."""
_MOST_BYTES: Final = 6 << 30
"""Memory that a process can ask the system for, in all."""

_IN_PARTS: Final = "Send it in parts, or read it with: quotecheck check FILE --db LIBRARY"

Response = tuple[Sequence["Quotation"], Mapping[str, str]]


class ArticleStoppedError(QuotecheckError):
    """The reading of an article was stopped: it took too long, or the process that read it died."""


class _DiedIdleError(Exception):
    """The process had died while it waited, as by a system that is short of memory."""


@dataclass(frozen=True, slots=True)
class _Process:
    process: SpawnProcess
    pipe: connection.Connection[Any, Any]


class ArticleWorker:
    """A process that attributes one article after another; it is started when one comes.

    Args:
        load: makes the attributor, in the process; must be picklable (a function of a module).
        large_bytes: peak of resident memory after which the process is replaced.
    """

    def __init__(self, load: Callable[[], Any], *, large_bytes: int = _LARGE_BYTES) -> None:
        self._load = load
        self._large_bytes = large_bytes
        self._worker: _Process | None = None
        self._turn = threading.Lock()
        self._change = threading.Lock()
        self._closed = False

    @property
    def process_id(self) -> int | None:
        """The number of the process; None while there is none."""
        worker = self._worker
        return None if worker is None else worker.process.pid

    def attribute(self, document: Document, seconds: float) -> Response:
        """Attribute a document; callers take turns.

        Returns:
            The quotations, and the sha256 of each file of weights that found them.

        Raises:
            ArticleStoppedError: it took more than these seconds, or the process died.
            WeightsError: the weights are missing or damaged.
            RuntimeError: the attributor has a mistake; with the traceback of the process.
        """
        with self._turn:
            worker = self._started()
            try:
                what, value, large = self._ask(worker, (document, seconds), seconds)
            except _DiedIdleError:  # which says nothing of this article
                worker = self._started()
                what, value, large = self._ask(worker, (document, seconds), seconds, again=True)
            if large or what == "fatal":
                self._end(worker)
            if what != "done":
                raise value
            answer: Response = value
            return answer

    def close(self) -> None:
        """End the process, whatever it is doing; no other is started."""
        with self._change:
            self._closed = True
            worker = self._worker
        if worker is not None:
            with contextlib.suppress(ValueError):  # ended meanwhile
                worker.process.kill()
                worker.process.join(_JOIN_SECONDS)

    def _started(self) -> _Process:
        """The process that has loaded the weights; a new one where there is none alive."""
        worker = self._worker
        if worker is not None:
            if worker.process.is_alive():
                return worker
            self._end(worker)
        with self._change:
            if self._closed:
                raise ArticleStoppedError("the server is being stopped")
            worker = self._worker = _start(self._load)
        what, value, _ = self._ask(worker, None, _LOADING_SECONDS)
        if what != "loaded":
            self._end(worker)
            raise value
        return worker

    def _ask(
        self, worker: _Process, question: Any, seconds: float, *, again: bool = False
    ) -> tuple[str, Any, bool]:
        """Send a question (None asks whether it is ready) and wait for the answer.

        Raises:
            _DiedIdleError: the process had died before it began the article; not when the question
                is asked ``again``.
            ArticleStoppedError: it died or took too long.
        """
        has_begun = question is None
        try:
            with _killed_after(seconds, worker.process) as late:
                if question is not None:
                    worker.pipe.send((*question, self._large_bytes))
                    worker.pipe.recv()
                    has_begun = True
                answer: tuple[str, Any, bool] = worker.pipe.recv()
        except (EOFError, OSError) as error:
            code = self._end(worker)
            if not (has_begun or again or late.is_set() or self._closed):
                raise _DiedIdleError from error
            raise self._stopped(question, seconds, late.is_set(), code) from error
        if late.is_set():  # it had just answered
            self._end(worker)
        return answer

    def _stopped(
        self, question: Any, seconds: float, late: bool, code: int | None
    ) -> ArticleStoppedError:
        if self._closed:
            return ArticleStoppedError("the server is being stopped")
        if question is None:
            _log.error("the process for articles ended while it loaded (exit code %s)", code)
            return ArticleStoppedError(
                "the process that reads articles could not be started",
                remedy="The machine has probably too little memory; quotecheck doctor says more.",
            )
        size = len(question[0].text)
        if late:
            _log.warning("an article of %s characters took over %g seconds", size, seconds)
            allowed = max(1, round(seconds))
            return ArticleStoppedError(
                f"this article took more than {allowed:,} {plural(allowed, 'second')} and was"
                " stopped",
                remedy=_IN_PARTS,
            )
        _log.warning("the process that read %s characters died (exit code %s)", size, code)
        return ArticleStoppedError(
            "the process that read this article died, probably for lack of memory",
            remedy=_IN_PARTS,
        )

    def _end(self, worker: _Process) -> int | None:
        """Clear a process away; its exit code."""
        with self._change:
            if self._worker is worker:
                self._worker = None
        worker.pipe.close()
        worker.process.kill()
        worker.process.join(_JOIN_SECONDS)
        return worker.process.exitcode


@contextlib.contextmanager
def _killed_after(seconds: float, process: SpawnProcess) -> Iterator[threading.Event]:
    """Kill a process when these seconds are over before the block is; the event tells so."""
    late = threading.Event()
    deciding = threading.Lock()
    over = False

    def kill() -> None:
        with deciding:
            if not over:
                late.set()
                process.kill()

    timer = threading.Timer(seconds, kill)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        with deciding:
            over = True
        timer.cancel()


def _start(load: Callable[[], Any]) -> _Process:
    # Not forked: a forked process would hold the library's connections and their locks.
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(
        target=_work, args=(theirs, load), name="quotecheck-articles", daemon=True
    )
    with _without_interrupts():
        process.start()
    theirs.close()
    return _Process(process, ours)


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let what is started here know nothing of Ctrl-C, which is for the server."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In the process


def _work(pipe: connection.Connection[Any, Any], load: Callable[[], Any]) -> None:
    """The life of the process: articles in, quotations out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    _limit_memory()
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):
        _alarm(_LOADING_SECONDS + _GRACE_SECONDS)
        try:
            attribute = load()
        except Exception as error:
            pipe.send(("fatal", _sendable_error(error), False))
            return
        _alarm(0)
        pipe.send(("loaded", None, False))
        weights = dict(getattr(attribute, "weights_sha256", {}))
        while True:
            document, seconds, large_bytes = pipe.recv()
            pipe.send(("begun", None, False))
            _alarm(seconds + _GRACE_SECONDS)
            answer: tuple[str, Any]
            try:
                answer = ("done", (tuple(attribute(document)), weights))
            except Exception as error:
                answer = ("failed", _sendable_error(error))
            _alarm(0)
            pipe.send((*answer, _peak_bytes() > large_bytes))


def _sendable_error(error: Exception) -> Exception:
    """What the server raises in place of an error here; a mistake of ours keeps its traceback."""
    if isinstance(error, QuotecheckError):
        return error
    if isinstance(error, MemoryError) or "allocate memory" in str(error):  # the latter of torch
        return ArticleStoppedError("there was not enough memory for this article", remedy=_IN_PARTS)
    return RuntimeError(f"in the process for articles\n{traceback.format_exc()}")


def _end_with_the_server() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _alarm(seconds: float) -> None:
    """Let the system end this process after some seconds, 0 never, even amid a regex."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    kind = getattr(resource, "RLIMIT_DATA", getattr(resource, "RLIMIT_AS", None))
    if kind is None:
        return
    with contextlib.suppress(ValueError, OSError):
        _, hard = resource.getrlimit(kind)
        most = _MOST_BYTES if hard == resource.RLIM_INFINITY else min(_MOST_BYTES, hard)
        resource.setrlimit(kind, (most, hard))


def _peak_bytes() -> int:
    """The most memory that this process ever had, 0 where the system does not tell."""
    # Linux counts the server's own memory as well in what `getrusage` tells, from the moment before
    # this program was started in its copy.
    with contextlib.suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text("ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) * 1024
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
