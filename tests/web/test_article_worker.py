"""The process that reads articles: it is stopped, dies, grows and ends, and nobody else notices."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from quotecheck.errors import WeightsError
from quotecheck.pipeline.attributor import Attributor, load_attributor
from quotecheck.reading.documents import document_of
from quotecheck.web.article_worker import ArticleStoppedError, ArticleWorker
from tests.support.article_attributors import Obedient, no_memory, no_weights, wait_until
from tests.support.web_cases import Marks

POSIX = pytest.mark.skipif(os.name != "posix", reason="needs the signals of POSIX")
TEXT = "“The lamps are lit,” she said."
PLENTY_SECONDS = 300.0


@pytest.fixture
def worker() -> Iterator[ArticleWorker]:
    held = ArticleWorker(Obedient)
    yield held
    held.close()


def read(worker: ArticleWorker, text: str = TEXT, seconds: float = PLENTY_SECONDS) -> int:
    """How many quotations it finds."""
    return len(worker.attribute(document_of(text), seconds)[0])


def is_gone(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    try:  # what has ended and was not yet asked for its exit code
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return not Path("/proc/self").exists()


def test_one_process_reads_one_article_after_another(worker: ArticleWorker) -> None:
    assert worker.process_id is None, "it is started when an article comes"
    quotations, weights = worker.attribute(document_of(TEXT), PLENTY_SECONDS)
    process = worker.process_id
    assert process not in (None, os.getpid())
    assert [one.speakers[0].name for one in quotations] == ["Ada Fenwick"]
    assert weights == Marks.weights_sha256
    assert read(worker, TEXT * 2) == 2
    assert worker.process_id == process


@pytest.mark.weights
def test_the_weights_answer_from_there_as_they_do_here(
    attributor: Attributor, sample: Path
) -> None:
    worker = ArticleWorker(load_attributor)
    try:
        document = document_of((sample / "article.txt").read_text(encoding="utf-8"))
        quotations, weights = worker.attribute(document, PLENTY_SECONDS)
        assert list(quotations) == list(attributor(document))
        assert len(quotations) > 10
        assert weights == attributor.weights_sha256
    finally:
        worker.close()


def test_an_article_that_takes_too_long_is_given_up(worker: ArticleWorker) -> None:
    assert read(worker) == 1
    first = worker.process_id
    assert first is not None
    with pytest.raises(ArticleStoppedError, match="took more than 1 second and"):
        read(worker, f"{TEXT} [hold]", 1.0)
    assert is_gone(first)
    assert worker.process_id is None
    assert read(worker) == 1
    assert worker.process_id != first


@POSIX
def test_a_process_that_dies_is_replaced(worker: ArticleWorker) -> None:
    with pytest.raises(ArticleStoppedError, match="died") as caught:
        read(worker, f"{TEXT} [die]")
    assert "in parts" in (caught.value.remedy or "")
    assert read(worker) == 1
    idle = worker.process_id
    assert idle is not None
    os.kill(idle, signal.SIGKILL)  # while it waits, as by a system without memory
    assert wait_until(lambda: is_gone(idle))
    assert read(worker) == 1


@POSIX
def test_a_process_that_dies_just_before_an_article_costs_nothing(
    worker: ArticleWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read(worker) == 1
    idle = worker.process_id
    assert idle is not None
    # The system tells of a death some time after it: until then the process seems to live.
    os.kill(idle, signal.SIGKILL)
    assert wait_until(lambda: is_gone(idle))
    held = worker._worker
    assert held is not None
    monkeypatch.setattr(held.process, "is_alive", lambda: True)
    assert read(worker) == 1
    assert worker.process_id not in (None, idle)


def test_a_mistake_is_told_with_its_place_and_the_process_stays(worker: ArticleWorker) -> None:
    assert read(worker) == 1
    process = worker.process_id
    with pytest.raises(RuntimeError, match="ValueError: no such lamp") as caught:
        read(worker, f"{TEXT} [fail no such lamp]")
    assert "article_attributors.py" in str(caught.value)
    assert read(worker) == 1
    assert worker.process_id == process


def test_a_process_that_has_grown_is_replaced() -> None:
    large = bytearray(b"x" * (400 << 20))  # the memory of this process is not that of the other
    worker = ArticleWorker(Obedient, large_bytes=300 << 20)
    try:
        assert read(worker) == 1
        assert worker.process_id is not None
        assert read(worker, f"{TEXT} [grow 400]") == 1
        assert worker.process_id is None
        assert read(worker) == 1
        assert large
    finally:
        worker.close()


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit that the system enforces")
def test_an_article_cannot_take_all_memory(worker: ArticleWorker) -> None:
    with pytest.raises(ArticleStoppedError, match="not enough memory"):
        read(worker, f"{TEXT} [grow 100000]")
    assert read(worker) == 1


def test_weights_that_are_missing_are_told_each_time() -> None:
    worker = ArticleWorker(no_weights)
    for _ in range(2):
        with pytest.raises(WeightsError, match="are gone"):
            read(worker)
        assert worker.process_id is None
    worker.close()


@POSIX
def test_a_process_that_cannot_be_loaded() -> None:
    worker = ArticleWorker(no_memory)
    with pytest.raises(ArticleStoppedError, match="could not be started"):
        read(worker)
    worker.close()


def test_the_end_does_not_wait_for_an_article(worker: ArticleWorker, tmp_path: Path) -> None:
    told: list[Exception] = []

    def ask() -> None:
        try:
            read(worker, f"{TEXT} [wait {tmp_path / 'go'}] [hold]")
        except ArticleStoppedError as error:
            told.append(error)

    asking = threading.Thread(target=ask)
    asking.start()
    assert wait_until((tmp_path / "go.begun").exists)
    (tmp_path / "go").touch()
    process = worker.process_id
    assert process is not None
    worker.close()
    asking.join(30)
    assert "being stopped" in str(told[0])
    assert is_gone(process)
    with pytest.raises(ArticleStoppedError, match="being stopped"):
        read(worker)


SERVER = """
import sys
from quotecheck.reading.documents import document_of
from quotecheck.web.article_worker import ArticleWorker
from tests.support.article_attributors import Obedient
worker = ArticleWorker(Obedient)
worker.attribute(document_of("“a”"), 300)
print(worker.process_id, flush=True)
if len(sys.argv) > 1:
    worker.attribute(document_of("“a” " + sys.argv[1]), 1.0)
sys.stdin.read()
"""


@POSIX
@pytest.mark.parametrize("doing", [None, "[wait {}/go] [hold]"], ids=["idle", "computing"])
def test_nothing_is_left_of_a_server_that_is_killed(tmp_path: Path, doing: str | None) -> None:
    orders = [] if doing is None else [doing.format(tmp_path)]
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, *orders],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    try:
        assert server.stdout is not None
        process = int(server.stdout.readline())
        if doing is not None:
            assert wait_until((tmp_path / "go.begun").exists)
            (tmp_path / "go").touch()
        assert not is_gone(process)
        server.send_signal(signal.SIGSTOP if doing else signal.SIGKILL)
        if doing:  # a server that cannot even kill it
            assert wait_until(lambda: is_gone(process))
    finally:
        server.kill()
        server.communicate()
    assert wait_until(lambda: is_gone(process))
