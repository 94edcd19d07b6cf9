"""How long work takes as its input grows: cases in a child process, each under a time limit.

The child prints when a case begins and what it took. The system ends it where one case spends more
than `LIMIT_SECONDS` of the processor, in C code as well; the case that had begun is then reported
and a new child goes on behind it.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.paths import ROOT

__all__ = ["FLOOR_SECONDS", "SIZES", "Case", "grows_too_fast", "measure", "report"]

SIZES = (4_000, 16_000, 64_000)
LIMIT_SECONDS = 15.0
"""Of the processor, for one case at one size."""
FLOOR_SECONDS = 0.15
"""What takes less at 64 thousand characters is not judged: the clock and the caches would be."""
_SQUARE = 16
"""By how much work grows with the square between two sizes."""
RATIO = 8.0
"""Between two sizes, one four times the other: 4 is in proportion, 16 is the square."""


@dataclass(frozen=True, slots=True)
class Case:
    """Work on an input of a given number of characters.

    ``cheap_below`` are the seconds at the smallest size under which the larger ones are left out;
    what takes less than ``floor`` seconds at the largest is not judged.
    """

    name: str
    make: Callable[[int], Any]
    run: Callable[[Any], object]
    cheap_below: float = 0.0
    sizes: tuple[int, int, int] = SIZES
    floor: float = FLOOR_SECONDS


def grows_too_fast(seconds: list[float], floor: float = FLOOR_SECONDS) -> bool:
    """Whether times at three sizes, each four times the last, grow faster than the input."""
    if len(seconds) < len(SIZES):
        return False
    return seconds[-1] > floor and seconds[-1] > RATIO * max(seconds[-2], 1e-4)


def _spent(case: Case, size: int) -> float:
    given = case.make(size)
    signal.setitimer(signal.ITIMER_PROF, LIMIT_SECONDS)
    before = time.process_time()
    case.run(given)
    seconds = time.process_time() - before
    signal.setitimer(signal.ITIMER_PROF, 0)
    return seconds


def _timed(case: Case) -> list[float]:
    seconds = []
    for size in case.sizes:
        seconds.append(_spent(case, size))
        left = len(case.sizes) - len(seconds)
        if seconds[0] < case.cheap_below or seconds[-1] * _SQUARE**left < case.floor / 2:
            return seconds  # the square of it would not be judged
    for _ in range(2):  # a busy machine makes work look longer, never shorter
        if grows_too_fast(seconds, case.floor):
            seconds = [min(s, _spent(case, n)) for s, n in zip(seconds, case.sizes, strict=True)]
    return seconds


def measure(cases: Iterator[Case], skip: int) -> None:
    """Time the cases behind the first ``skip``, in the child; prints a line before and after."""
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    for number, case in enumerate(cases):
        if number < skip:
            continue
        print(json.dumps([number, case.name, case.sizes, case.floor]), flush=True)
        print(json.dumps(_timed(case)), flush=True)


def report(module: str, group: str) -> tuple[list[str], int]:
    """What grows too fast among the cases of a group, and how many cases there are.

    Args:
        module: run as ``python -m module group skip``; it calls `measure`.
        group: the group's name.
    """
    wrong: list[str] = []
    number = -1
    while True:
        child = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", module, group, str(number + 1)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        lines = [json.loads(line) for line in child.stdout.splitlines() if line.startswith("[")]
        name, sizes, floor = "", SIZES, FLOOR_SECONDS
        for line in lines:
            if len(line) > 1 and isinstance(line[1], str):
                number, name, sizes, floor = line
            elif grows_too_fast(line, floor):
                shown = ", ".join(f"{seconds:.3f}" for seconds in line)
                wrong.append(f"{name}: {shown} s at {sizes} characters")
        if child.returncode == 0:
            return wrong, number + 1
        if child.returncode != -signal.SIGPROF:
            return [*wrong, f"{name}: the process ended with {child.returncode}"], number + 1
        wrong.append(f"{name}: more than {LIMIT_SECONDS:.0f} s")
