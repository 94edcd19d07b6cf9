"""Giving the shards of a build to a Dask cluster, and loading what comes back.

The workers must see the sources and the folder of the parts under the same names, and have the
same quotecheck installed. A worker that dies costs the part it was at, which another one makes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from quotecheck.building.build import BuildReport, StageProgress
from quotecheck.cluster.loading import load_parts
from quotecheck.cluster.shards import Task, make_part, plan
from quotecheck.errors import (
    InputError,
    MissingExtraError,
    QuotecheckError,
    WeightsError,
    needing,
)
from quotecheck.library.library import open_library
from quotecheck.pipeline.workers import AttributorFactory, as_quotecheck_error
from quotecheck.speakers.table_import import import_speaker_table

__all__ = ["build_on_cluster"]

_TIMEOUT: Final = 10.0  # Seconds to reach the scheduler.
_NO_WORKERS: Final = 60.0
"""Seconds without a worker after which a build gives up. By eye: workers restart within them."""
_LOOK_AFTER: Final = 5.0
"""Seconds without news after which it is looked whether there are workers still."""
_PAUSE: Final = 0.1  # Seconds between two looks at finished shards.


def build_on_cluster(
    paths: Sequence[str | Path],
    library_path: str | Path,
    folder: str | Path,
    *,
    address: str,
    shards: int | None = None,
    attribute: bool = True,
    turns: bool = True,
    attributor_factory: AttributorFactory | None = None,
    defaults: Mapping[str, str] | None = None,
    speaker: str | None = None,
    speakers_table: str | Path | None = None,
    link_copies: bool = False,
    semantic: bool = False,
    progress: StageProgress | None = None,
    timeout: float = _TIMEOUT,
    wait: float = _NO_WORKERS,
) -> BuildReport:
    """Bring sources into a library, with the workers of a Dask cluster to read and attribute them.

    Args:
        paths: files and folders that all workers see.
        library_path: the library, on this machine.
        folder: where the parts are kept; all workers must be able to write there.
        address: of the scheduler (``tcp://host:8786``), or the path of its scheduler file.
        shards: how many parts to make; by the size of the sources when None.
        attribute: whether to find out who is quoted.
        turns: whether to do so in documents with speaker turns too.
        attributor_factory: as for `quotecheck.building.build.build`.
        defaults: metadata that win over what the sources say.
        speaker: who speaks in sources without speaker turns.
        speakers_table: as for `quotecheck.building.build.build`; taken in before the work begins.
        link_copies: as there.
        semantic: as there.
        progress: called with how many shards are done, then how far the loading is.
        timeout: seconds to wait for the scheduler.
        wait: seconds to wait for workers, at the beginning and when all are gone.

    Returns:
        What was done, as `load_parts` tells it. Shards that could not be made are among the
        failures; the others are in the library.

    Raises:
        MissingExtraError: without Dask.
        QuotecheckError: when the scheduler cannot be reached, has no workers, or the workers miss
            the files, the weights, or quotecheck itself.
    """
    if attribute and attributor_factory is None:
        raise ValueError("to attribute, build_on_cluster needs an attributor_factory")
    started = time.monotonic()
    speaker_import = None
    if speakers_table is not None:  # what is wrong with it is better known before the work
        with open_library(library_path, create=True) as library:
            speaker_import = import_speaker_table(library, speakers_table)
    with _client(address, timeout) as client:
        tasks = plan(
            paths,
            Path(folder),
            shards,
            attribute=attribute,
            turns=turns,
            defaults=dict(defaults or {}) | ({"speaker": speaker} if speaker else {}),
            factory=attributor_factory if attribute else None,
        )
        _await_workers(client, address, wait)
        failures: list[QuotecheckError] = []
        part_paths: list[Path] = []
        for done, outcome in enumerate(_run(client, tasks, address, wait), 1):
            if isinstance(outcome, QuotecheckError):
                failures.append(outcome)
            elif not outcome.exists():
                raise InputError(
                    "a worker wrote this part, but this machine does not see it",
                    where=str(outcome),
                    remedy="Let --parts name a folder that all machines share.",
                )
            else:
                part_paths.append(outcome)
            if progress is not None:
                progress("building", done, len(tasks), f"shard {done} of {len(tasks)}")
    if not part_paths:
        raise failures[0]
    report = load_parts(
        part_paths, library_path, link_copies=link_copies, semantic=semantic, progress=progress
    )
    return replace(
        report,
        speaker_import=speaker_import,
        failed=report.failed + len(failures),
        failures=(*failures, *report.failures),
        seconds=time.monotonic() - started,
    )


def _run(
    client: Any, tasks: Sequence[Task], address: str, wait: float
) -> Iterator[Path | QuotecheckError]:
    """The part that each task made, or why there is none, as they get done.

    What a worker returns is not fetched: the part is a file that all see, whole once the task has
    ended, while a result is lost with its worker, and to fetch it is to wait for another one.

    Raises:
        QuotecheckError: when all workers have been gone for ``wait`` seconds, or the scheduler is.
    """
    from distributed import as_completed

    futures = {
        client.submit(make_part, task, key=f"{task.path}-{time.time_ns()}", retries=2): task
        for task in tasks
    }
    try:
        stream = as_completed(list(futures), loop=client.loop)
        last_result = time.monotonic()
        while futures:
            for future in stream.next_batch(block=False):
                last_result = time.monotonic()
                match future.status:
                    case "finished":
                        yield futures.pop(future).path
                    case "error":
                        yield _failure(future.exception(), futures.pop(future))
                    case "cancelled":
                        raise _scheduler_gone(address)
                    case _:  # done, and lost before this look: another worker is to make it
                        stream.add(future)
                        continue
                future.release()
            if time.monotonic() - last_result > _LOOK_AFTER:
                if client.status != "running":
                    raise _scheduler_gone(address)
                _await_workers(client, address, wait)
                last_result = time.monotonic()
            time.sleep(_PAUSE)
    finally:
        if client.status == "running":
            client.cancel(list(futures), force=True)


def _scheduler_gone(address: str) -> QuotecheckError:
    return QuotecheckError(
        "the scheduler went away while the shards were made",
        where=address,
        remedy="Start it again, with its workers, and run the command again: parts that are whole "
        "stay.",
    )


def _failure(error: BaseException, task: Task) -> QuotecheckError:
    """Why a shard was not made; what would befall every shard is raised.

    Raises:
        QuotecheckError: when the fault is not the shard's own.
    """
    from distributed import KilledWorker

    number, total = task.shard
    if isinstance(error, KilledWorker):
        return QuotecheckError(
            f"the workers that made shard {number}/{total} died, one after another",
            where=str(task.path),
            remedy="They probably ran out of memory. Build it alone, which passes over "
            f"the document that does it: quotecheck build SOURCES --shard {number}/{total} "
            f"--parts {task.folder} --jobs 2",
        )
    if isinstance(error, ModuleNotFoundError):
        raise QuotecheckError(
            f"the workers lack a module ({error.name})",
            remedy="Install the same quotecheck on every machine: "
            "pip install 'quotecheck-toolkit[cluster]'",
        ) from error
    if isinstance(error, WeightsError | MissingExtraError):
        raise error
    if isinstance(error, Exception):
        return as_quotecheck_error(error, where=str(task.path))
    raise error


@contextmanager
def _client(address: str, timeout: float) -> Iterator[Any]:
    """A connection to a scheduler.

    Raises:
        MissingExtraError: without Dask.
        QuotecheckError: when there is nobody at the address.
    """
    with needing("a cluster needs Dask", "cluster"):
        from distributed import Client
    place: dict[str, str] = {"address": address}
    if Path(address).is_file():
        place = {"scheduler_file": address}
    try:
        client = Client(**place, timeout=timeout, set_as_default=False)
    except (OSError, ValueError, TypeError, KeyError) as error:  # TimeoutError is an OSError
        raise QuotecheckError(
            f"no Dask scheduler answers ({_one_line(error)})",
            where=address,
            remedy="Give the address that `dask scheduler` prints, such as tcp://host:8786, or "
            "the file that it writes with --scheduler-file.",
        ) from error
    try:
        yield client
    finally:
        client.close(timeout=timeout)


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__


def _await_workers(client: Any, address: str, wait: float) -> None:
    try:
        client.wait_for_workers(1, timeout=wait)
    except TimeoutError as error:
        raise QuotecheckError(
            f"the scheduler has no workers, for {wait:.0f} s now",
            where=address,
            remedy=f"Start some (dask worker {address} --nthreads 1 --nworkers 4) and run the "
            "command again: parts that are whole stay. Workers that die have too little memory.",
        ) from error
