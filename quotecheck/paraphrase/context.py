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

__all__ = ["denial_clashes", "words_in_context"]

_FROM: Final = 0.2
"""The cosine of two states below which their words have nothing to do with one another: the median
of all pairs."""
_TO: Final = 0.75
"""That from which on they stand for one another: a quarter of the pairs of one word lie below."""
_MOST: Final = 0.9  # Likeness, 0..1, at most: another word is never the same word. By eye.
_FOUND: Final = 0.4
"""Likeness, 0..1, from which a word counts as found. By eye, the middle of the scale."""
_HEADS: Final = 2  # Telling words that a denial is about: the next two. By eye.


def words_in_context(
    quote: Statement,
    sentence: Statement,
    alignment: Alignment,
    pieces: Sequence[int],
    pieces_there: Sequence[int],
    likeness: Sequence[Any],
) -> Any:
    """How far the content words of two sentences stand for one another, 0..1.

    Names count by their letters alone, as in the alignment of the words: in its sentence one
    country is like another.

    Args:
        quote: the quotation.
        sentence: the sentence that is compared with it.
        alignment: of the words of the one with those of the other.
        pieces: where each piece of the quotation begins in it.
        pieces_there: the same of the sentence.
        likeness: for each of some layers the cosines (quotation's pieces, sentence's pieces).

    Returns:
        A table (quotation's content words, sentence's content words).
    """
    if (
        not len(quote.content)
        or not len(sentence.content)
        or not len(pieces)
        or not len(pieces_there)
    ):
        return np.zeros((len(quote.content), len(sentence.content)), np.float32)
    mean = sum(table.astype(np.float32) for table in likeness) / len(likeness)
    cosines = _means(quote, pieces) @ mean @ _means(sentence, pieces_there).T
    table = np.clip((cosines - _FROM) / (_TO - _FROM), 0, _MOST)
    table[list(quote.names)] = 0
    table[:, list(sentence.names)] = 0
    np.maximum(table, alignment.likeness, out=table)
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


def denial_clashes(quote: Statement, sentence: Statement, table: Any) -> tuple[float, float]:
    """How surely a denial of the one has none over against it: quotation's, sentence's; 0..1.

    What a denial denies, the words next after it, has a counterpart; the likeness of that
    counterpart counts where it stands in a clause that is not denied; two words of which each is
    the other's nearest count as alike ("abolished", "cancelled").
    """
    if not table.size:
        return 0.0, 0.0
    return _undenied(quote, sentence, table), _undenied(sentence, quote, table.T)


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
    counts: dict[int, int] = {}
    for n in _denials(statement):
        counts[statement.clauses[n]] = counts.get(statement.clauses[n], 0) + 1
    return counts


def _heads(statement: Statement, denial: int) -> list[int]:
    """The content words next after a denial, in its clause; by number among content words."""
    clause = statement.clauses[denial]
    in_clause = [i for i, n in enumerate(statement.places) if statement.clauses[n] == clause]
    behind = [i for i in in_clause if statement.places[i] > denial]
    return behind[:_HEADS] if behind else in_clause[-_HEADS:]
