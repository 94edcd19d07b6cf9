"""The numbers that a sentence is weighed by: how its wording stands to the quotation's.

`wording_numbers` needs the words alone and is asked of many candidates; `state_numbers` needs the
encoder's states of both sentences and is asked of the few that lead.
"""

from __future__ import annotations

import itertools
import math
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from quotecheck.comparison.quantities import difference
from quotecheck.language.word_classes import MODALS, OPPOSITES, PERSONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.comparison.quantities import Quantity
    from quotecheck.paraphrase.alignment import Alignment
    from quotecheck.paraphrase.statements import Statement

__all__ = [
    "STATE_FEATURES",
    "WORDING_FEATURES",
    "Nearness",
    "clause_shares",
    "clauses_used",
    "denial_numbers",
    "least_clause",
    "quantities_lost",
    "state_numbers",
    "window_bounds",
    "wording_numbers",
]

WORDING_FEATURES: Final = (
    "cosine", "cosine behind", "clause cosine", "clause cosine behind",
    "multilingual cosine", "multilingual cosine behind",
    "around", "said", "not said", "place by cosine",
    "words", "words there", "window share", "length",
    "found", "found plainly", "found anywhere", "told in window", "told", "same words",
    "lost share", "lost most", "lost mean of worst",
    "names", "names found", "names lost", "names untold",
    "numbers", "numbers found", "numbers lost", "numbers untold",
    "denials", "denials there", "denial unanswered", "denial unasked", "parity", "refusals",
    "opposite", "question", "modals", "persons", "order", "spread",
)  # fmt: skip
STATE_FEATURES: Final = (
    *(
        f"{layer}: {side}{weighed}"
        for layer in ("middle", "last")
        for weighed in ("", ", rare first")
        for side in ("found", "found there", "found in window")
    ),
    "middle: worst", "last: worst", "last: window", "last: likeness of means",
)  # fmt: skip
_FOUND: Final = 0.45
"""The likeness from which on a word is held to stand for another."""
_SAME: Final = 0.99  # Likeness, 0..1, of the same word; rounding keeps it below one.
_HEADS: Final = 2
"""Content words after a denial that it may deny."""
_VALUE: Final = frozenset(("", "rendering", "kind"))


class Nearness(NamedTuple):
    """What the search knows of a candidate.

    The cosines with the quotation: of the sentence, of it or its nearest ``clause``, the same by
    the ``multilingual`` encoder (nan where it did not read the sentence), of the passage
    ``around``. Each ``best`` is that of the candidate which lies nearest. Its ``place`` in the
    order of the search; whether the claimed speaker ``claimed_speaker_matches`` it.
    """

    cosine: float
    around: float
    best: float
    place: int
    claimed_speaker_matches: bool | None
    clause: float = 0.0
    best_clause: float = 0.0
    multilingual: float = math.nan
    best_multilingual: float = math.nan


def wording_numbers(
    quote: Statement, sentence: Statement, alignment: Alignment, near: Nearness
) -> list[float]:
    """The numbers of a candidate, in the order of `WORDING_FEATURES`."""
    n, m = len(quote.content), len(sentence.content)
    weights, others = quote.weights, sentence.weights
    total = float(weights.sum()) or 1.0
    window = slice(alignment.first, alignment.last)
    inside = others[window]
    lost = alignment.found < _FOUND
    every = alignment.likeness.max(0) if n and m else np.zeros(m, np.float32)
    lost_weights = np.sort((1 - alignment.found) * weights)[::-1]
    lost_names = [weights[i] for i in range(n) if quote.names[i] and alignment.wholly[i] < 0.5]
    names = sum(quote.names)
    untold_names = sum(
        1 for j in range(alignment.first, alignment.last) if sentence.names[j] and every[j] < 0.5
    )
    quote_quantities = [q for q in quote.quantities if not q.weak]
    missing = quantities_lost(quote_quantities, sentence.quantities)
    low, high = window_bounds(sentence, alignment)
    sentence_quantities = [q for q in sentence.quantities if not q.weak and low <= q.start < high]
    untold = quantities_lost(sentence_quantities, quote.quantities)
    denials, denials_there, unanswered, unasked = denial_numbers(quote, sentence, alignment)
    clauses = clauses_used(sentence, alignment)
    modals = {form for form in quote.forms if form in MODALS}
    modals_there = {
        form
        for form, clause in zip(sentence.forms, sentence.clauses, strict=True)
        if form in MODALS and clause in clauses
    }
    return [
        near.cosine,
        near.best - near.cosine,
        near.clause,
        near.best_clause - near.clause,
        near.multilingual,
        near.best_multilingual - near.multilingual,
        near.around,
        float(near.claimed_speaker_matches is True),
        float(near.claimed_speaker_matches is False),
        math.log1p(near.place),
        float(n),
        float(m),
        (alignment.last - alignment.first) / max(1, m),
        math.log((len(sentence.forms) + 1) / (len(quote.forms) + 1)),
        float(alignment.found @ weights) / total,
        float(alignment.found.mean()) if n else 0.0,
        float(alignment.wholly @ weights) / total,
        float(alignment.covered @ inside) / max(1e-9, float(inside.sum())) if len(inside) else 0.0,
        float(every @ others) / max(1e-9, float(others.sum())) if m else 0.0,
        float(weights[alignment.found >= _SAME].sum()) / total,
        float(weights[lost].sum()) / total,
        float(lost_weights[0]) if n else 0.0,
        float(lost_weights[: max(1, n // 3)].mean()) if n else 0.0,
        float(names),
        (names - len(lost_names)) / names if names else math.nan,
        float(sum(lost_names)),
        float(untold_names),
        float(len(quote_quantities)),
        (len(quote_quantities) - len(missing)) / len(quote_quantities)
        if quote_quantities
        else math.nan,
        float(len(missing)),
        float(len(untold)),
        float(denials),
        float(denials_there),
        float(unanswered),
        float(unasked),
        float(denials % 2 != denials_there % 2),
        float(len(quote.refusals) - _refusals(sentence, clauses)),
        float(_opposite(quote, sentence, alignment)),
        float(quote.is_question != sentence.is_question),
        len(modals ^ modals_there) / max(1, len(modals | modals_there)),
        _persons_apart(quote, sentence, clauses),
        _order(alignment),
        _spread(alignment),
    ]


def window_bounds(sentence: Statement, alignment: Alignment) -> tuple[int, int]:
    """Code points between which the window lies, widened to its clauses."""
    clauses = clauses_used(sentence, alignment)
    used = _words_of(sentence, clauses)
    if not used:
        return 0, len(sentence.text)
    last = used[-1]
    end = sentence.starts[last] + len(sentence.forms[last])
    return sentence.starts[used[0]], max(end, sentence.starts[last] + 1)


def clauses_used(sentence: Statement, alignment: Alignment) -> frozenset[int]:
    """Clauses of the sentence in which words of the quotation are found."""
    used = {
        sentence.clauses[sentence.places[j]]
        for j, likeness in zip(alignment.best.tolist(), alignment.found.tolist(), strict=True)
        if likeness >= _FOUND
    }
    return frozenset(used)


def _words_of(statement: Statement, clauses: frozenset[int]) -> list[int]:
    return [n for n, clause in enumerate(statement.clauses) if clause in clauses]


def _refusals(statement: Statement, clauses: frozenset[int]) -> int:
    return sum(statement.clauses[n] in clauses for n in statement.refusals)


def quantities_lost(quantities: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    """Quantities of one text that the other has in no form."""
    return [q for q in quantities if not any(_is_same(q, other) for other in others)]


def _is_same(a: Quantity, b: Quantity) -> bool:
    difference_kind = difference(a, b)
    if difference_kind == "unit":  # five days a week, five days
        return any(
            x.values == y.values and x.unit.split("/")[0] == y.unit.split("/")[0]
            for x in a.readings
            for y in b.readings
        )
    return difference_kind in _VALUE


def denial_numbers(
    quote: Statement, sentence: Statement, alignment: Alignment
) -> tuple[int, int, int, int]:
    """Denials of the quotation and of the clauses it stands for, and those the other lacks.

    A denial is answered where a word that it denies stands for one in a clause that is denied
    too.
    """
    clauses = clauses_used(sentence, alignment)
    denied = [n for n in sentence.denials if sentence.clauses[n] in clauses]
    denied_clauses = {sentence.clauses[n] for n in sentence.denials}
    quoted_clauses = {quote.clauses[n] for n in quote.denials}
    unanswered = 0
    for n in quote.denials:
        heads = [i for i in _heads(quote, n) if alignment.found[i] >= _FOUND]
        if heads and not any(
            sentence.clauses[sentence.places[int(alignment.best[i])]] in denied_clauses
            for i in heads
        ):
            unanswered += 1
    unasked = 0
    if len(quote.content) and len(sentence.content):
        back = alignment.likeness.argmax(0)
        for n in denied:
            heads = [j for j in _heads(sentence, n) if alignment.likeness[back[j], j] >= _FOUND]
            if heads and not any(
                quote.clauses[quote.places[int(back[j])]] in quoted_clauses for j in heads
            ):
                unasked += 1
    return len(quote.denials), len(denied), unanswered, unasked


def _heads(statement: Statement, denial: int) -> list[int]:
    """The content words next after a denial, in its clause; by number among content words."""
    clause = statement.clauses[denial]
    heads = [
        i for i, n in enumerate(statement.places) if n > denial and statement.clauses[n] == clause
    ]
    if not heads:
        heads = [i for i, n in enumerate(statement.places) if statement.clauses[n] == clause]
        return heads[-_HEADS:]
    return heads[:_HEADS]


def _opposite(quote: Statement, sentence: Statement, alignment: Alignment) -> bool:
    """Whether a word of the window is the opposite of one that the window lacks."""
    low, high = (
        (sentence.places[alignment.first], sentence.places[alignment.last - 1] + 1)
        if alignment.last > alignment.first
        else (0, 0)
    )
    window = frozenset(sentence.forms[low:high])
    quote_forms = frozenset(quote.forms)
    return any(
        form in OPPOSITES
        and form not in window
        and OPPOSITES[form] in window
        and OPPOSITES[form] not in quote_forms
        for form in quote_forms
    )


def _persons_apart(quote: Statement, sentence: Statement, clauses: frozenset[int]) -> float:
    quote_persons = {PERSONS[form] for form in quote.forms if form in PERSONS}
    sentence_persons = {
        PERSONS[form]
        for form, clause in zip(sentence.forms, sentence.clauses, strict=True)
        if form in PERSONS and clause in clauses
    }
    return len(quote_persons ^ sentence_persons) / max(1, len(quote_persons | sentence_persons))


def _order(alignment: Alignment) -> float:
    """The share of pairs of found words that stand in the same order."""
    places = [int(j) for j, f in zip(alignment.best, alignment.found, strict=True) if f >= _FOUND]
    pairs = [(a, b) for a, b in itertools.combinations(places, 2) if a != b]
    return sum(a < b for a, b in pairs) / len(pairs) if pairs else math.nan


def _spread(alignment: Alignment) -> float:
    """How far apart the words stand for which the quotation's stand."""
    places = {int(j) for j, f in zip(alignment.best, alignment.found, strict=True) if f >= _FOUND}
    return len(places) / max(1, alignment.last - alignment.first) if places else 0.0


def least_clause(quote: Statement, alignment: Alignment) -> float:
    """How much of the clause of the quotation was found that was found least, 0..1."""
    shares = [share for share, _ in clause_shares(quote, alignment)]
    return min(shares, default=float(alignment.wholly.mean()) if len(alignment.wholly) else 0.0)


def clause_shares(quote: Statement, alignment: Alignment) -> list[tuple[float, list[int]]]:
    """How much of each clause of the quotation was found, and its content words by number.

    A clause with a single content word is left out.
    """
    clauses: dict[int, list[int]] = {}
    for i, n in enumerate(quote.places):
        clauses.setdefault(quote.clauses[n], []).append(i)
    return [
        (float(alignment.wholly[some] @ quote.weights[some] / quote.weights[some].sum()), some)
        for some in clauses.values()
        if len(some) > 1
    ]


def state_numbers(
    quote: Statement,
    sentence: Statement,
    pieces: Sequence[int],
    pieces_there: Sequence[int],
    likeness: Sequence[Any],
    gram: tuple[Any, Any],
) -> list[float]:
    """The numbers of a candidate whose pieces were read, in the order of `STATE_FEATURES`.

    Args:
        quote: the quotation.
        sentence: the sentence that is compared with it.
        pieces: where each piece of the quotation begins in it.
        pieces_there: the same of the sentence.
        likeness: for the middle and the last layer, the table of cosines (quotation's pieces,
            sentence's pieces).
        gram: of the last layer the cosines of each one's pieces with one another.
    """
    if not len(pieces) or not len(pieces_there):
        return [0.0] * len(STATE_FEATURES)
    quote_weights, sentence_weights = (
        _piece_weights(quote, pieces),
        _piece_weights(sentence, pieces_there),
    )
    n, m = len(pieces), len(pieces_there)
    width = min(m, max(4, round(1.3 * n) + 1))
    result: list[float] = []
    worst: list[float] = []
    window = (0, m)
    for table in likeness:
        table = table.astype(np.float32)
        sliding = np.lib.stride_tricks.sliding_window_view(table, width, axis=1)
        scores = quote_weights @ sliding.max(-1)
        at = int(scores.argmax())
        window = (at, at + width)
        sides = (table.max(1), table.max(0), table[:, at : at + width].max(0))
        for weighed in (False, True):
            w = (
                (quote_weights, sentence_weights, sentence_weights[at : at + width])
                if weighed
                else (None, None, None)
            )
            result += [
                float(side.mean() if x is None else side @ x / max(1e-9, float(x.sum())))
                for side, x in zip(sides, w, strict=True)
            ]
        telling = sides[0][quote_weights > 1.0]
        telling = np.sort(telling if len(telling) else sides[0])
        worst.append(float(telling[: max(1, len(telling) // 3)].mean()))
    last = likeness[-1].astype(np.float32)
    a, b = window
    length = math.sqrt(max(1e-9, float(gram[0].astype(np.float32).mean())))
    inner = gram[1].astype(np.float32)
    in_window = float(last[:, a:b].mean()) / max(
        1e-9, length * math.sqrt(max(1e-9, float(inner[a:b, a:b].mean())))
    )
    whole = float(last.mean()) / max(1e-9, length * math.sqrt(max(1e-9, float(inner.mean()))))
    return [*result, *worst, in_window, whole]


_PLAIN: Final = 0.15
"""The weight of a mark or a piece of a function word; a content word has its own."""


def _piece_weights(statement: Statement, pieces: Sequence[int]) -> Any:
    weights = np.full(len(pieces), _PLAIN, dtype=np.float32)
    content = {n: float(w) for n, w in zip(statement.places, statement.weights, strict=True)}
    at, total = 0, len(statement.forms)
    for k, first in enumerate(pieces):
        while at + 1 < total and statement.starts[at + 1] <= first:
            at += 1
        if total and statement.starts[at] <= first:
            weights[k] = content.get(at, _PLAIN)
    return weights
