"""Measures what a check costs, stage by stage, in an open library.

The quotations are planted from documents of the library itself: as they stand there, changed in
every known way, cut and joined. The library is only read.
"""

from __future__ import annotations

import itertools
import time
from contextlib import ExitStack
from statistics import mean, median
from typing import TYPE_CHECKING, Any, Final

from quotecheck.checking.checker import Checker
from quotecheck.errors import InputError
from quotecheck.evaluation.runs.stage_watch import StageWatch
from quotecheck.evaluation.synthetic.misquotes import plant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.library.library import Library

__all__ = ["check_stages"]

_DOCUMENTS: Final = 200
"""Documents at most from which quotations are planted."""
_INDEX: Final = {
    "frequency": "word frequencies",
    "_rows_matching": "phrases",
    "fetch": "passages read",
    "_texts": "passages read",
    "rank_by_overlap": "candidates ranked",
    "candidates_by_terms": "candidates ranked",
}
"""Methods of `quotecheck.library.passage_index.CandidateIndex`, in words."""
_FINDER: Final = {
    "_passage_words": "passages into words",
    "_read": "passages compared",
    "_match_of": "passages laid out",
    "_exact": "the words in a row",
    "find": "places chosen",
}
"""Methods of `quotecheck.checking.match_finder.MatchFinder`, in words."""
_CHECKER: Final = {
    "_compared": "differences told",
    "_check_of_match": "who spoke, the verdict",
    "check": "the rest",
}
"""Methods of `quotecheck.checking.checker.Checker`, in words."""


def check_stages(library: Library, *, queries: int = 200, seed: int = 1) -> dict[str, Any]:
    """CPU time of each stage of checking planted quotations.

    Args:
        library: an open library.
        queries: how many quotations.
        seed: of what is planted.

    Returns:
        ``quotations``, ``milliseconds`` (mean of a check) and ``milliseconds_median``;
        ``first_milliseconds``, of the first check, which counts the documents and loads word lists;
        ``stages``: milliseconds a check and share by stage.

    Raises:
        InputError: when the documents of the library have no sentences to plant.
    """
    documents = itertools.islice(library.documents(), _DOCUMENTS)
    planted = list(plant([(d.id, d.text) for d in documents] or [("", "")], [], queries, seed))
    if not planted:
        raise InputError(
            "the library has no running prose to plant quotations from",
            where=str(library.path),
            remedy="Give a library of articles, speeches or books.",
        )
    quotes = [case.quote for case in planted]
    checker = Checker(library)
    first = _spent(checker, quotes[:1])[0]
    checker = Checker(library)  # which remembers no passage
    watch = StageWatch()
    with ExitStack() as stack:
        watch.watch(stack, checker.finder.index, _INDEX)
        watch.watch(stack, checker.finder, _FINDER)
        watch.watch(stack, checker, _CHECKER)
        spent = _spent(checker, quotes)
    whole = sum(watch.spent.values())
    return {
        "quotations": len(quotes),
        "milliseconds": round(1000 * mean(spent), 2),
        "milliseconds_median": round(1000 * median(spent), 2),
        "first_milliseconds": round(1000 * first, 1),
        "stages": {
            stage: {
                "milliseconds": round(1000 * seconds / len(quotes), 2),
                "share": round(seconds / whole, 3),
            }
            for stage, seconds in watch.spent.items()
        },
    }


def _spent(checker: Checker, quotes: Sequence[str]) -> list[float]:
    spent = []
    for quote in quotes:
        start = time.process_time()
        checker.check(quote)
        spent.append(time.process_time() - start)
    return spent
