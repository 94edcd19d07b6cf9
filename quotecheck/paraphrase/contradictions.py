"""Why two statements that lie close may yet differ: numbers, names, yes and no, opposites, parts.

A sentence and its denial have vectors almost the same, as have two sums of money. What is found
here is reported, and keeps a candidate from being called the same statement. All of it is asked of
the clauses that the quotation stands for, not of the whole sentence: a denial in another clause
says nothing of the one that is quoted.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from quotecheck.comparison.spelling import stem
from quotecheck.language.calendar import DAYS, MONTHS
from quotecheck.language.word_classes import OPPOSITES
from quotecheck.paraphrase.context import denial_clashes
from quotecheck.paraphrase.features import (
    clause_shares,
    clauses_used,
    denial_numbers,
    quantities_lost,
    window_bounds,
)
from quotecheck.paraphrase.name_contradictions import lost_names
from quotecheck.paraphrase.quantities_restated import is_restated, is_small_count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quotecheck.comparison.quantities import Quantity
    from quotecheck.paraphrase.alignment import Alignment
    from quotecheck.paraphrase.statements import Statement

__all__ = ["Contradiction", "contradictions", "parts_swapped"]

_HELD: Final = 0.5
"""The likeness from which on a name is held to stand there in another form."""
_SURE: Final = 0.75  # Likeness, 0..1, of a name and another form of it. By eye, above ``_HELD``.
_ADDED: Final = 0.15
"""The share of a clause that was found, below which it is held to be added: one in seventy of the
true pairs that are likely enough has such a clause."""
_CLASHES: Final = 0.9
"""From here on a denial that has none over against it is sure: half of those that the words alone
do not show, and one in eighty of the pairs that say the same."""
_ENDINGS: Final = frozenset(("no", "without"))
"""Of the words that may stand for a denial, those that are one: "no longer", "without"."""
_ADDED_READ: Final = 0.4
"""The same of words that were read in their sentences, which are more alike."""
_NOT_JUST: Final = frozenset(("not", form) for form in ("just", "merely", "simply"))
_RELATIVE: Final = frozenset("first last left right".split())
"""Opposites that both may be said of one thing, from two ends."""
_OPPOSITES: Final = {
    stem(word): stem(other) for word, other in OPPOSITES.items() if word not in _RELATIVE
}
_ALL: Final = frozenset("all every each everyone everybody everything always".split())
_SOME: Final = frozenset("some few several someone somebody sometimes partly half".split())


class Contradiction(NamedTuple):
    """What differs, and the words for it.

    ``kind`` is number, name, negation, opposite, quantifier, addition or roles. Either of the words
    may be
    empty, where the one or the other has nothing of the kind.
    """

    kind: str
    quoted: str
    there: str


def contradictions(
    quote: Statement, there: Statement, laid: Alignment, around: Statement, words: Any = None
) -> tuple[Contradiction, ...]:
    """What contradicts that a sentence says what a quotation says.

    Args:
        quote: the quotation.
        there: the sentence.
        laid: the one over the other.
        around: the passage that holds the sentence, where a name or number may stand as well.
        words: which words stand for which where both were read
            (`quotecheck.paraphrase.context.words_in_context`); None where they were not.
    """
    found = [*_numbers(quote, there, laid, around)]
    found += [Contradiction("name", name, "") for name in lost_names(quote, there, laid, around)]
    found += _negations(quote, there, laid, words)
    found += _opposites(quote, there, laid)
    found += _quantifiers(quote, there, laid)
    found += _additions(quote, laid, words)
    swapped = parts_swapped(quote, there, laid)
    if swapped is not None:
        found.append(swapped)
    return tuple(found)


def _numbers(
    quote: Statement, there: Statement, laid: Alignment, around: Statement
) -> Iterator[Contradiction]:
    mine = [q for q in quote.quantities if not q.weak]
    lost = [
        quantity
        for quantity in quantities_lost(mine, there.quantities)
        if not is_restated(quantity, there.quantities, quote.text)
    ]
    if not lost:
        return
    low, high = window_bounds(there, laid)
    theirs = [q for q in there.quantities if not q.weak and low <= q.start < high]
    rivals = quantities_lost(theirs, quote.quantities)
    for quantity in lost:
        kinds = {reading.kind for reading in quantity.readings}
        rival = next((r for r in rivals if kinds & {reading.kind for reading in r.readings}), None)
        if rival is None and (
            is_small_count(quantity) or not quantities_lost([quantity], around.quantities)
        ):
            continue
        yield Contradiction(
            "number", _words(quote, quantity), _words(there, rival) if rival else ""
        )


def _words(statement: Statement, quantity: Quantity) -> str:
    return statement.text[quantity.start : quantity.end]


def _negations(
    quote: Statement, there: Statement, laid: Alignment, words: Any
) -> list[Contradiction]:
    """One denial more or less, or another clause that is denied.

    Two denials make none, so that only their being odd or even counts; and a word such as "refuse"
    or "lack" on the other side may stand for one.
    """
    only, only_there = _only(quote.forms), _only(there.forms)
    if only and only_there and only != only_there:
        return [Contradiction("negation", only, only_there)]
    mine, theirs, unanswered, unasked = denial_numbers(quote, there, laid)
    clauses = clauses_used(there, laid)
    table = laid.likeness if words is None else words
    mine_alone = _unanswered_refusals(quote, table)
    theirs_alone = [n for n in _unanswered_refusals(there, table.T) if there.clauses[n] in clauses]
    refusals = len(mine_alone) - len(theirs_alone)
    if mine % 2 == theirs % 2:
        denies = not refusals and _denies_alone(quote, there, words)
        ends = _ends_alone(quote, there, mine_alone) or _ends_alone(there, quote, theirs_alone)
        if not ((unanswered and unasked) or denies or ends):
            return []
    elif refusals and (refusals > 0) == (theirs % 2 == 1):
        return []
    denied = next((there.forms[n] for n in there.denials if there.clauses[n] in clauses), "")
    return [
        Contradiction(
            "negation", quote.forms[quote.denials[0]] if mine else "", denied if theirs else ""
        )
    ]


def _unanswered_refusals(statement: Statement, table: Any) -> list[int]:
    """Words such as "refuse" that nothing in the other sentence stands for: "banned", "forbidden".

    Only such a one may stand for a denial there. Given by number among all words.
    """
    number = {n: i for i, n in enumerate(statement.places)}
    return [
        n
        for n in statement.refusals
        if n not in number or not table.shape[1] or table[number[n]].max() < _HELD
    ]


def _ends_alone(statement: Statement, other: Statement, alone: list[int]) -> bool:
    """Whether only one of the two says "no longer" or "without", and the other nothing like it."""
    return any(statement.forms[n] in _ENDINGS for n in alone) and not (
        other.denials or other.refusals
    )


def _denies_alone(quote: Statement, there: Statement, words: Any) -> bool:
    """Whether one of the two surely denies what the other says, by the words in context.

    "Limited but not ended", "limited, but it will be ended": by their vectors
    nothing stands for what is denied. Where both deny as often, each must lack the other's
    denial: clauses end at marks, and two wordings seldom have the same ones.
    """
    if words is None:
        return False
    clashes = denial_clashes(quote, there, words)
    is_one_each = len(quote.denials) == len(there.denials) > 0
    return (min if is_one_each else max)(clashes) >= _CLASHES


def _additions(quote: Statement, laid: Alignment, words: Any) -> list[Contradiction]:
    """A clause of the quotation for which nothing stands there."""
    found: list[Contradiction] = []
    read = words.max(1) if words is not None and words.size else None
    for share, some in clause_shares(quote, laid):
        weights = quote.weights[some]
        if read is not None and float(read[some] @ weights / weights.sum()) >= _ADDED_READ:
            continue
        if share < _ADDED:
            begin = quote.starts[quote.places[some[0]]]
            last = quote.places[some[-1]]
            end = quote.starts[last] + len(quote.forms[last])
            found.append(Contradiction("addition", quote.text[begin:end], ""))
    return found[:1]


def _only(forms: tuple[str, ...]) -> str:
    """Whether a sentence says "not only" or "not just", "only" alone, or neither."""
    pairs = zip(("", *forms), forms, strict=False)
    words_before = [first for first, form in pairs if form == "only" or (first, form) in _NOT_JUST]
    if not words_before:
        return ""
    return "not only" if "not" in words_before else "only"


def _quantifiers(quote: Statement, there: Statement, laid: Alignment) -> list[Contradiction]:
    """All of them in the one, some of them in the other."""
    clauses = clauses_used(there, laid)
    forms = [f for f, c in zip(there.forms, there.clauses, strict=True) if c in clauses]
    for mine, theirs in ((_ALL, _SOME), (_SOME, _ALL)):
        quoted = next((form for form in quote.forms if form in mine), None)
        counterpart = next((form for form in forms if form in theirs), None)
        if quoted and counterpart and not theirs & set(quote.forms) and not mine & set(forms):
            return [Contradiction("quantifier", quoted, counterpart)]
    return []


def _opposites(quote: Statement, there: Statement, laid: Alignment) -> list[Contradiction]:
    if laid.last <= laid.first:
        return []
    low, high = there.places[laid.first], there.places[laid.last - 1] + 1
    window = {stem(form): form for form in there.forms[low:high]}
    mine = {stem(form) for form in quote.forms}
    return [
        Contradiction("opposite", form, window[other])
        for form in quote.forms
        if (other := _OPPOSITES.get(stem(form))) in window
        and stem(form) not in window
        and other not in mine
    ][:1]


def parts_swapped(quote: Statement, there: Statement, laid: Alignment) -> Contradiction | None:
    """Two names that both sentences have, each in the other's part; None where that is not so.

    The words that stand beside a name in the quotation stand beside the other one there; or the
    same verb stands between them and their order is turned, with no passive in either.
    """
    shared = [
        (i, int(laid.likeness[i].argmax()))
        for i in range(len(quote.content))
        if quote.capitals[i] and len(there.content) and laid.likeness[i].max() >= _SURE
        if there.capitals[j := int(laid.likeness[i].argmax())]
        if (quote.names[i] or there.names[j]) and quote.content[i] not in CALENDAR
    ]
    for (a, at_a), (b, at_b) in itertools.combinations(shared, 2):
        if at_a == at_b or quote.stems[a] == quote.stems[b]:
            continue
        if quote.places[b] == quote.places[a] + 1 and abs(at_a - at_b) == 1:
            continue  # parts of one name
        enough = _MOVED if at_b < at_a else _MOVED_IN_ORDER
        moved = _beside(quote, laid, (a, b), (at_a, at_b)) >= enough
        if moved or _turned(quote, there, laid, (a, b), (at_a, at_b)):
            return Contradiction(
                "roles",
                f"{_raw(quote, a)} … {_raw(quote, b)}",
                f"{_raw(there, at_a)} … {_raw(there, at_b)}"
                if at_a < at_b
                else f"{_raw(there, at_b)} … {_raw(there, at_a)}",
            )
    return None


_FOUND: Final = 0.6  # Likeness, 0..1, from which a word was found. By eye.
CALENDAR: Final = frozenset(DAYS) | frozenset(MONTHS)
_MOVED: Final = 2.0  # Words found beside the other name: two names changed places. By eye.
_MOVED_IN_ORDER: Final = 3.0
"""The same where both name them in one order: of ten true pairs that were held apart four are not
any more, and of 44 whose names were exchanged 38 are found as before."""
_NEXT: Final = 2  # Content words on either side of a name that are its own. By eye.


def _raw(statement: Statement, i: int) -> str:
    at = statement.starts[statement.places[i]]
    return statement.text[at : at + len(statement.content[i])]


def _turned(
    quote: Statement,
    there: Statement,
    laid: Alignment,
    names: tuple[int, int],
    at: tuple[int, int],
) -> bool:
    """Whether the words between two names stand between them there too, the names turned."""
    if not at[1] < at[0] or "by" in quote.forms or "by" in there.forms:
        return False
    return any(
        laid.found[i] >= _FOUND and at[1] < int(laid.best[i]) < at[0]
        for i in range(names[0] + 1, names[1])
        if not quote.names[i]
    )


def _beside(
    quote: Statement,
    laid: Alignment,
    names: tuple[int, int],
    at: tuple[int, int],
) -> float:
    """How far the words beside two names have moved from the one to the other, in words found."""
    total = 0.0
    for name, own, other in ((names[0], at[0], at[1]), (names[1], at[1], at[0])):
        rival = names[1] if name == names[0] else names[0]
        for i in range(max(0, name - _NEXT), min(len(quote.content), name + _NEXT + 1)):
            if i in names or quote.names[i] or laid.found[i] < _FOUND:
                continue
            if abs(i - rival) <= abs(i - name):
                continue
            place = int(laid.best[i])
            near, far = abs(place - own), abs(place - other)
            if far < near:
                total += 1.0
            elif near < far:
                total -= 1.0
    return total
