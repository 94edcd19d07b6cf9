"""Which words of two sentences stand for one another where each is read in its sentence.

A word vector knows a word alone: "gone" and "left" are not synonyms. The encoder's states know it
in its sentence. A table of both tells what stands for what, and whether what is denied in the one
is denied in the other. It is made for the few candidates that are read piece by piece.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.paraphrase.alignment import Alignment
    from quotecheck.paraphrase.statements import Statement

__all__ = ["CONTEXT_FEATURES", "context_numbers", "denial_clashes", "words_in_context"]

CONTEXT_FEATURES: Final = (
    "read: found", "read: found in window", "read: least", "read: second least", "read: lost",
    "read: told in window", "read: most untold", "read: least clause", "read: order",
    "read: denial unanswered", "read: denial unasked", "read: without", "weight",
)  # fmt: skip
_FROM: Final = 0.2
"""The cosine of two states below which their words have nothing to do with one another: the median
of all pairs."""
_TO: Final = 0.75
"""That from which on they stand for one another: a quarter of the pairs of one word lie below."""
_MOST: Final = 0.9  # Likeness, 0..1, at most: another word is never the same word. By eye.
_TELLING: Final = 4.0
"""Weight of a word, in e-folds of rarity, from which it counts among the telling ones. By eye."""
_FOUND: Final = 0.4
"""Likeness, 0..1, from which a word counts as found. By eye, the middle of the scale."""
_WIDER: Final = 1.35
"""Content words of a window for one of the quotation's, as in `quotecheck.paraphrase.alignment`."""
_HEADS: Final = 2  # Telling words that a denial is about: the next two. By eye.


def words_in_context(
    quote: Statement,
    there: Statement,
    laid: Alignment,
    pieces: Sequence[int],
    pieces_there: Sequence[int],
    likeness: Sequence[Any],
) -> Any:
    """How far the content words of two sentences stand for one another, 0..1.

    Names count by their letters alone, as in the alignment of the words: in its sentence one
    country is like another.

    Args:
        quote: the quotation.
        there: the sentence.
        laid: the words of the one over those of the other.
        pieces: where each piece of the quotation begins in it.
        pieces_there: the same of the sentence.
        likeness: for each of some layers the cosines (quotation's pieces, sentence's pieces).

    Returns:
        A table (quotation's content words, sentence's content words).
    """
    if not len(quote.content) or not len(there.content) or not len(pieces) or not len(pieces_there):
        return np.zeros((len(quote.content), len(there.content)), np.float32)
    mean = sum(table.astype(np.float32) for table in likeness) / len(likeness)
    cosines = _means(quote, pieces) @ mean @ _means(there, pieces_there).T
    table = np.clip((cosines - _FROM) / (_TO - _FROM), 0, _MOST)
    table[list(quote.names)] = 0
    table[:, list(there.names)] = 0
    np.maximum(table, laid.likeness, out=table)
    # Of two words that fit alike the one that stands in the same surroundings is meant.
    return 0.95 * table + 0.05 * np.clip(cosines, 0, 1)


def _means(statement: Statement, pieces: Sequence[int]) -> Any:
    """For each content word the share of each piece in it: (content words, pieces)."""
    number = {n: i for i, n in enumerate(statement.places)}
    shares = np.zeros((len(statement.content), len(pieces)), np.float32)
    at, total = 0, len(statement.forms)
    for k, first in enumerate(pieces):
        while at + 1 < total and statement.starts[at + 1] <= first:
            at += 1
        if at in number and statement.starts[at] <= first:
            shares[number[at], k] = 1
    shares /= np.maximum(shares.sum(1, keepdims=True), 1)
    return shares


def context_numbers(quote: Statement, there: Statement, table: Any) -> list[float]:
    """The numbers of a candidate by `words_in_context`, in the order of `CONTEXT_FEATURES`."""
    n, m = table.shape
    if not n or not m:
        return [0.0] * len(CONTEXT_FEATURES)
    weights, others = quote.weights, there.weights
    total = float(weights.sum()) or 1.0
    best = table.max(1)
    width = min(m, max(3, round(_WIDER * n) + 1))
    windows = np.lib.stride_tricks.sliding_window_view(table, width, axis=1)
    first = int((weights @ windows.max(-1)).argmax())
    inside = table[:, first : first + width]
    back, back_weights = inside.max(0), others[first : first + width]
    telling = np.sort(best[weights >= _TELLING] if (weights >= _TELLING).any() else best)
    unanswered, unasked = denial_clashes(quote, there, table)
    return [
        float(best @ weights) / total,
        float(inside.max(1) @ weights) / total,
        float(telling[0]),
        float(telling[min(1, len(telling) - 1)]),
        float(weights[best < _FOUND].sum()) / total,
        float(back @ back_weights) / max(1e-9, float(back_weights.sum())),
        float(((1 - back) * back_weights).max()),
        _least_clause(quote, best),
        _order(inside),
        unanswered,
        unasked,
        float(("without" in quote.forms) - ("without" in there.forms)),
        total,
    ]


def _least_clause(quote: Statement, best: Any) -> float:
    clauses = np.array([quote.clauses[n] for n in quote.places])
    shares = [
        float(best[some] @ quote.weights[some] / quote.weights[some].sum())
        for clause in set(clauses.tolist())
        if (some := clauses == clause).sum() > 1
    ]
    return min(shares, default=float(best.mean()))


def _order(table: Any) -> float:
    """The share of pairs of neighbouring found words that stand in the same order."""
    places = table.argmax(1)[table.max(1) >= _FOUND]
    steps = np.diff(places)
    steps = steps[steps != 0]
    return float((steps > 0).mean()) if len(steps) else float("nan")


def denial_clashes(quote: Statement, there: Statement, table: Any) -> tuple[float, float]:
    """How surely a denial of the one has none over against it: quotation's, sentence's; 0..1.

    What a denial denies, the words next behind it, has a counterpart; the likeness of that
    counterpart is told where it stands in a clause that is not denied; two words of which each is
    the other's nearest count as alike ("abolished", "cancelled").
    """
    if not table.size:
        return 0.0, 0.0
    return _undenied(quote, there, table), _undenied(there, quote, table.T)


def _undenied(statement: Statement, other: Statement, table: Any) -> float:
    denied, denied_there = _denied_clauses(statement), _denied_clauses(other)
    most = 0.0
    for n in _denials(statement):
        heads = _heads(statement, n)
        if not heads:
            continue
        part = table[heads]
        at, j = (int(k) for k in np.unravel_index(int(part.argmax()), part.shape))
        clause = other.clauses[other.places[j]]
        if denied_there.get(clause, 0) % 2 != denied[statement.clauses[n]] % 2:
            nearest = at == 0 and part[at, j] >= _FOUND and table[:, j].argmax() == heads[at]
            most = max(most, float(part[at, j]), _MOST if nearest else 0.0)
    return most


def _denials(statement: Statement) -> list[int]:
    without = [n for n, form in enumerate(statement.forms) if form == "without"]
    return sorted((*statement.denials, *without))


def _denied_clauses(statement: Statement) -> dict[int, int]:
    """How many denials each clause has, of those that have any."""
    found: dict[int, int] = {}
    for n in _denials(statement):
        found[statement.clauses[n]] = found.get(statement.clauses[n], 0) + 1
    return found


def _heads(statement: Statement, denial: int) -> list[int]:
    """The content words next behind a denial, in its clause; by number among content words."""
    clause = statement.clauses[denial]
    own = [i for i, n in enumerate(statement.places) if statement.clauses[n] == clause]
    behind = [i for i in own if statement.places[i] > denial]
    return behind[:_HEADS] if behind else own[-_HEADS:]
