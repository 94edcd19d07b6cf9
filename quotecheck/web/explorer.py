"""The work behind the pages, done in threads: reading a library, checking, attributing an article.

SQLite connections belong to the thread that opened them, and a checker to its connection. So there
are three kinds of threads (one for articles, so that nobody else waits for them), and the loop that
answers browsers waits for none. Articles are attributed in a process of its own (see
`article_worker`), for which one more thread waits.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.library.library import Library, Statistics, open_library
from quotecheck.library.listings import Example, example
from quotecheck.library.speaker_totals import SpeakerTotals, speaker_totals
from quotecheck.web.article_worker import ArticleStoppedError, ArticleWorker
from quotecheck.web.keeping import keep_article, set_kept_check

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotecheck.checking.checker import Checker
    from quotecheck.checking.paraphrase_search import SemanticSearch
    from quotecheck.checking.trace import Trace
    from quotecheck.library.kept_checks import CheckStatus
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["BusyError", "Explorer", "Limits", "Reading", "require_one_sqlite"]

T = TypeVar("T")

_REMEMBERED: Final = 24
"""Traces that are kept: a page and its picture ask for the same one."""
_CHECKS: Final = 500
"""Questions after which a checker starts afresh: what it remembers grows with what it is asked."""
_READERS: Final = 3  # Threads that read the library. By eye: a page needs no more.
_WAITING: Final = 4
"""Articles that may wait for their turn."""
_CLOSING_SECONDS: Final = 10.0
"""How long the end waits for threads that are at work; what they ask of SQLite is broken off."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the pages take at once: characters of an article, a quotation, and a name.

    ``seconds`` is how long the library is asked for a page, ``article_seconds`` for all quotations
    of an article. ``attribution_seconds`` is how long an article may be read by the attributor,
    and as long again for each ``attribution_characters`` of it. ``wrong_token_seconds`` is how long
    the answer to a wrong token waits.
    """

    article: int = 100_000
    quote: int = 2_000
    name: int = 200
    seconds: float = 15.0
    article_seconds: float = 120.0
    attribution_seconds: float = 30.0
    attribution_characters: int = 10_000
    wrong_token_seconds: float = 1.0

    @property
    def body(self) -> int:
        """Bytes of a form: a character takes up to twelve of them, and there are other fields."""
        return 12 * self.article + 65_536

    def seconds_to_attribute(self, characters: int) -> float:
        """How long an article of so many characters may be read by the attributor."""
        return self.attribution_seconds * (1 + characters / self.attribution_characters)


class BusyError(QuotecheckError):
    """There is too much to do at the moment."""


def require_one_sqlite() -> None:
    """Refuse to share this process with a Datasette that has a SQLite of its own.

    Where the package pysqlite3 is installed, Datasette takes it in place of Python's module. Two
    SQLites in one process know nothing of each other: whenever one closes its connection to a
    library, the system drops the locks of the other, and the library may be destroyed.

    Raises:
        QuotecheckError: there are two.
    """
    from datasette.utils.sqlite import sqlite3 as datasettes

    if datasettes is not sqlite3:
        raise QuotecheckError(
            f"Datasette uses another SQLite here ({datasettes.__name__}) than quotecheck, and two "
            "in one process would break each other's locks on the library",
            remedy="Install quotecheck where pysqlite3 is not installed, or remove that package.",
        )


class Reading:
    """A library as one thread reads it.

    Args:
        path: of the library.
        immutable: whether nobody can change it, so that no locks are needed.
    """

    def __init__(self, path: Path, *, immutable: bool = False) -> None:
        self.library: Library = open_library(path, immutable=immutable)
        self._deadline = 0.0
        self._version: int | None = None
        self._checker: Checker | None = None
        self._semantic: SemanticSearch | None = None
        self._asked = 0
        self._statistics: Statistics | None = None
        self._example: tuple[Example | None] | None = None
        self._leading: dict[int, list[SpeakerTotals]] = {}
        self._traces: OrderedDict[tuple[str, int], Trace] = OrderedDict()
        self.library.db.conn.set_progress_handler(self._is_late, 50_000)

    def _is_late(self) -> bool:
        return time.monotonic() > self._deadline

    def give_up(self) -> None:
        """Break off what is being asked; any thread may say so."""
        self._deadline = 0.0

    def ask(self, question: Callable[[Reading], T], seconds: float) -> T:
        """Answer a question about the library as it now is, or give it up after these seconds.

        Raises:
            BusyError: the answer takes too long.
        """
        self._deadline = time.monotonic() + seconds
        try:
            with self.library.snapshot():  # a page that shows one state, whatever goes meanwhile
                version = self.library.data_version
                if version != self._version:  # another program has written into it
                    self._forget()
                    self._version = version
                return question(self)
        except (sqlite3.OperationalError, LibraryError) as error:
            if not self._is_late():
                if isinstance(error, sqlite3.OperationalError):
                    what, remedy = f"SQLite refuses: {error}", "Run quotecheck verify."
                    raise LibraryError(what, remedy=remedy) from error
                raise
            raise BusyError(
                f"this took more than {seconds:g} seconds and was stopped",
                remedy="Ask for something rarer: a longer quotation, one name, fewer years.",
            ) from error

    def _forget(self) -> None:
        self._checker = self._semantic = self._statistics = self._example = None
        self._leading.clear()
        self._asked = 0
        self._traces.clear()

    @property
    def statistics(self) -> Statistics:
        """What the library holds; counted again only when it has changed."""
        if self._statistics is None:
            self._statistics = self.library.statistics()
        return self._statistics

    def leading_speakers(self, number: int) -> list[SpeakerTotals]:
        """The speakers with the most to say; counted again only when the library has changed."""
        if number not in self._leading:
            rows = speaker_totals(self.library.db, by_number=True, limit=number)
            self._leading[number] = list(rows)
        return self._leading[number]

    @property
    def example(self) -> Example | None:
        """A quotation to try; looked for again only when the library has changed."""
        if self._example is None:
            self._example = (example(self.library.db),)
        return self._example[0]

    def checker(self) -> Checker:
        """A checker of the whole library, with the search for other words where it has vectors."""
        from quotecheck.checking.checker import Checker

        self._asked += 1
        semantic = self.semantic()
        if self._checker is None or self._asked > _CHECKS:
            self._checker = Checker(self.library, semantic=semantic)
            self._asked = 0
        return self._checker

    def semantic(self) -> SemanticSearch | None:
        """The search for other words; None where the library has no vectors."""
        from quotecheck.checking.paraphrase_search import semantic_search

        if self._semantic is None:
            self._semantic = semantic_search(self.library)
        if self._semantic is not None:
            # An article that was checked before had left itself out.
            self._semantic.excluded_documents = frozenset()
        return self._semantic

    def trace(self, quote: str, limit: int) -> Trace:
        """The provenance of a quotation; remembered, for its picture is asked for next."""
        from quotecheck.checking.trace import trace_quote

        key = (quote, limit)
        trace = self._traces.get(key)
        if trace is None:
            trace = self._traces[key] = trace_quote(self.checker(), quote, limit=limit)
            while len(self._traces) > _REMEMBERED:
                self._traces.popitem(last=False)
        return trace


class Explorer:
    """A library that is being shown.

    Args:
        path: of the library.
        token: whoever knows it may keep articles in the library; None: nobody may.
        load: makes the attributor, in a process of its own, when an article is first pasted; a
            function of a module, so that the process finds it.
        limits: how much is taken at once.
        hosts: names under which the server may be asked for; None: under any.
        immutable: whether nobody can change the library, so that it is read without locks.

    Raises:
        LibraryError: the file is not a library of this version.
        QuotecheckError: Datasette has a SQLite of its own.
    """

    def __init__(
        self,
        path: Path,
        *,
        token: str | None = None,
        load: Callable[[], Any] | None = None,
        limits: Limits | None = None,
        hosts: frozenset[str] | None = None,
        immutable: bool = False,
    ) -> None:
        require_one_sqlite()
        open_library(path, immutable=immutable).close()
        self.path = path
        self._immutable = immutable
        self.limits = limits or Limits()
        self.hosts = hosts
        self._token = token
        self._local = threading.local()
        self._readings: list[Reading] = []
        self._closing = False
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="reader")
        self._checkers = ThreadPoolExecutor(1, thread_name_prefix="checker")
        self._attributors = ThreadPoolExecutor(1, thread_name_prefix="attributor")
        self._articles = ThreadPoolExecutor(1, thread_name_prefix="article")
        self._worker = ArticleWorker(load or _load)
        self._waiting = 0

    def close(self) -> None:
        """Close the library in every thread, and let the threads and the process end."""
        self._closing = True
        self._worker.close()
        for reading in list(self._readings):
            reading.give_up()
        pools = ((self._readers, _READERS), (self._checkers, 1), (self._articles, 1))
        leaving = []
        for pool, size in pools:
            together = threading.Barrier(size)  # so that each of them gets one of these
            leaving += [pool.submit(self._leave, together) for _ in range(size)]
        wait(leaving, _CLOSING_SECONDS)
        for pool in (self._attributors, *(attributor for attributor, _ in pools)):
            pool.shutdown(wait=False)

    def _leave(self, together: threading.Barrier) -> None:
        with contextlib.suppress(threading.BrokenBarrierError):
            together.wait(timeout=_CLOSING_SECONDS)
        reading: Reading | None = getattr(self._local, "reading", None)
        if reading is not None:
            reading.library.close()
            self._local.reading = None

    @property
    def allows_saving(self) -> bool:
        """Whether articles can be kept at all."""
        return self._token is not None

    def is_token(self, sent: str) -> bool:
        """Whether this is the token; takes the same time for every wrong one."""
        token = self._token
        return token is not None and hmac.compare_digest(sent.encode(), token.encode())

    async def read(self, question: Callable[[Reading], T]) -> T:
        """Ask the library in a thread for reading."""
        return await self._run(self._readers, question)

    async def check(self, question: Callable[[Reading], T]) -> T:
        """Ask the library in the thread that has a checker."""
        return await self._run(self._checkers, question)

    async def check_article(self, question: Callable[[Reading], T]) -> T:
        """Ask the library about all quotations of an article, in a thread for articles."""
        return await self._run(self._articles, question, self.limits.article_seconds)

    async def _run(
        self,
        pool: ThreadPoolExecutor,
        question: Callable[[Reading], T],
        seconds: float | None = None,
    ) -> T:
        allowed = self.limits.seconds if seconds is None else seconds
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, self._answer, question, allowed)

    def _answer(self, question: Callable[[Reading], T], seconds: float) -> T:
        self._require_open()
        reading: Reading | None = getattr(self._local, "reading", None)
        if reading is None:
            reading = self._local.reading = Reading(self.path, immutable=self._immutable)
            self._readings.append(reading)
        return reading.ask(question, seconds)

    def _require_open(self) -> None:
        if self._closing:
            raise BusyError("the server is being stopped", remedy="Ask again when it is back.")

    async def attribute(self, document: Document) -> tuple[Sequence[Quotation], Mapping[str, str]]:
        """The quotations of a document, and the weights that found them.

        Raises:
            BusyError: others are waiting already.
            ArticleStoppedError: it took too long, or the process that read it died.
            WeightsError: the weights are missing or damaged.
        """
        if self._waiting >= _WAITING:
            raise BusyError(
                "other articles are being read",
                remedy="Wait a moment, then send yours again; or read it with"
                " quotecheck check FILE --db LIBRARY.",
            )
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(
                self._attributors, self._attributed, document
            )
        finally:
            self._waiting -= 1

    def _attributed(self, document: Document) -> tuple[Sequence[Quotation], Mapping[str, str]]:
        self._require_open()
        try:
            seconds = self.limits.seconds_to_attribute(len(document.text))
            return self._worker.attribute(document, seconds)
        except ArticleStoppedError:
            self._require_open()
            raise

    async def keep(
        self, document: Document, quotations: Sequence[Quotation], weights: Mapping[str, str]
    ) -> int:
        """Store an article with its quotations, not as a source; its row number.

        Raises:
            InputError: the article cannot be stored.
            LibraryError: the library cannot be written to.
        """
        return await self._write(keep_article, document, quotations, weights)

    async def set_check(
        self, number: int, status: CheckStatus, note: str | None, who: str | None
    ) -> None:
        """Set where a kept check stands.

        Raises:
            InputError: there is no such check, or nothing is kept here.
            LibraryError: the library cannot be written to.
        """
        await self._write(set_kept_check, number, status, note, who)

    async def _write(self, work: Callable[..., T], *arguments: Any) -> T:
        if not self.allows_saving:
            raise InputError("this server saves nothing", remedy="Start the server with --token.")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._checkers, partial(work, self.path, *arguments))


def _load() -> Any:
    from quotecheck.pipeline.attributor import load_attributor

    return load_attributor()
