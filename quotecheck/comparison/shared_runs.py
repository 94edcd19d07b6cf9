"""Runs of words that a quotation and a source have in common: what an alignment hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from quotecheck.comparison.words import Words

__all__ = ["ANCHOR_WEIGHT", "Run", "shared_runs"]

ANCHOR_WEIGHT: Final = 2.5
"""Weight from which a single word may anchor an alignment."""
_RUNS: Final = 600
"""Runs that are kept at most."""
_MANY: Final = 80
"""Runs from which on those by chance are weeded out."""
_FAR_STRONGER_RATIO: Final = 3.0
"""How many times the worth of a run another must have to stand over it."""


class Run(NamedTuple):
    """Equal words in a row: where they begin in quotation and source, how many, their weight."""

    q: int
    s: int
    size: int
    worth: float


def _undominated(runs: Sequence[Run], size: int) -> list[Run]:
    """Without the runs whose words a far longer run holds as well: chance finds in a long text."""
    strongest: list[Run | None] = [None] * size
    for run in sorted(runs, key=lambda run: -run.worth)[:_RUNS]:
        for k in range(run.q, run.q + run.size):
            if strongest[k] is None:
                strongest[k] = run
    undominated = []
    for run in runs:
        over = strongest[run.q]
        if (
            over is None
            or over.worth < _FAR_STRONGER_RATIO * run.worth
            or over.q + over.size < run.q + run.size
        ):
            undominated.append(run)
    return undominated


def shared_runs(quote: Words, source: Words, weights: Sequence[float]) -> list[Run]:
    """Longest runs of equal words that tell something, by place in the quotation."""
    quoted = set(quote.forms)
    places: dict[str, list[int]] = {}
    for j, form in [(j, form) for j, form in enumerate(source.forms) if form in quoted]:
        places.setdefault(form, []).append(j)
    open_runs: dict[int, int] = {}
    runs: list[Run] = []

    # One turn more than there are words closes what is still open at the end.
    places_of_words = [*(places.get(form, ()) for form in quote.forms), ()]
    for i, places_of_word in enumerate(places_of_words):
        lengths = {j: open_runs.get(j - 1, 0) + 1 for j in places_of_word}
        single = not i or weights[i - 1] < ANCHOR_WEIGHT  # too little for a word by itself
        for j, size in open_runs.items():
            if j + 1 in lengths or (single and size == 1):
                continue
            runs.append(Run(i - size, j - size + 1, size, sum(weights[i - size : i])))
        open_runs = lengths
    if not runs and len(quote) <= 3:
        for i, form in enumerate(quote.forms):
            runs.extend(Run(i, j, 1, weights[i]) for j in places.get(form, ()))
    if len(runs) > _MANY:
        runs = _undominated(runs, len(quote))
    runs.sort()
    if len(runs) > _RUNS:  # a very long quotation: its telling runs are enough to hold it
        runs = sorted(sorted(runs, key=lambda run: -run.worth)[:_RUNS])
    return runs
