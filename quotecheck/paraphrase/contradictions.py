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

    ``kind`` is number, name, negation, opposite, quantifier, addition or roles. ``quoted`` are the
    words of the quotation, ``in_sentence`` those of the sentence; either is empty where that text
    has nothing of the kind.
    """

    kind: str
    quoted: str
    in_sentence: str


def contradictions(
    quote: Statement,
    sentence: Statement,
    alignment: Alignment,
    around: Statement,
    words: Any = None,
) -> tuple[Contradiction, ...]:
    """What contradicts that a sentence says what a quotation says.

    Args:
        quote: the quotation.
        sentence: the sentence that is compared with it.
        alignment: of the one with the other.
        around: the passage that holds the sentence, where a name or number may stand as well.
        words: which words stand for which where both were read
            (`quotecheck.paraphrase.context.words_in_context`); None where they were not.
    """
    result = [*_numbers(quote, sentence, alignment, around)]
    result += [
        Contradiction("name", name, "") for name in lost_names(quote, sentence, alignment, around)
    ]
    result += _negations(quote, sentence, alignment, words)
    result += _opposites(quote, sentence, alignment)
    result += _quantifiers(quote, sentence, alignment)
    result += _additions(quote, alignment, words)
    swapped = parts_swapped(quote, sentence, alignment)
    if swapped is not None:
        result.append(swapped)
    return tuple(result)


def _numbers(
    quote: Statement, sentence: Statement, alignment: Alignment, around: Statement
) -> Iterator[Contradiction]:
    quote_quantities = [q for q in quote.quantities if not q.weak]
    lost = [
        quantity
        for quantity in quantities_lost(quote_quantities, sentence.quantities)
        if not is_restated(quantity, sentence.quantities, quote.text)
    ]
    if not lost:
        return
    low, high = window_bounds(sentence, alignment)
    sentence_quantities = [q for q in sentence.quantities if not q.weak and low <= q.start < high]
    rivals = quantities_lost(sentence_quantities, quote.quantities)
    for quantity in lost:
        kinds = {reading.kind for reading in quantity.readings}
        rival = next((r for r in rivals if kinds & {reading.kind for reading in r.readings}), None)
        if rival is None and (
            is_small_count(quantity) or not quantities_lost([quantity], around.quantities)
        ):
            continue
        yield Contradiction(
            "number", _words(quote, quantity), _words(sentence, rival) if rival else ""
        )


def _words(statement: Statement, quantity: Quantity) -> str:
    return statement.text[quantity.start : quantity.end]


def _negations(
    quote: Statement, sentence: Statement, alignment: Alignment, words: Any
) -> list[Contradiction]:
    """One denial more or less, or another clause that is denied.

    Two denials make none, so that only their being odd or even counts; and a word such as "refuse"
    or "lack" on the other side may stand for one.
    """
    only, only_there = _only(quote.forms), _only(sentence.forms)
    if only and only_there and only != only_there:
        return [Contradiction("negation", only, only_there)]
    quote_denials, sentence_denials, unanswered, unasked = denial_numbers(
        quote, sentence, alignment
    )
    clauses = clauses_used(sentence, alignment)
    table = alignment.likeness if words is None else words
    mine_alone = _unanswered_refusals(quote, table)
    theirs_alone = [
        n for n in _unanswered_refusals(sentence, table.T) if sentence.clauses[n] in clauses
    ]
    refusals = len(mine_alone) - len(theirs_alone)
    if quote_denials % 2 == sentence_denials % 2:
        denies = not refusals and _denies_alone(quote, sentence, words)
        ends = _ends_alone(quote, sentence, mine_alone) or _ends_alone(
            sentence, quote, theirs_alone
        )
        if not ((unanswered and unasked) or denies or ends):
            return []
    elif refusals and (refusals > 0) == (sentence_denials % 2 == 1):
        return []
    denied = next(
        (sentence.forms[n] for n in sentence.denials if sentence.clauses[n] in clauses), ""
    )
    return [
        Contradiction(
            "negation",
            quote.forms[quote.denials[0]] if quote_denials else "",
            denied if sentence_denials else "",
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


def _denies_alone(quote: Statement, sentence: Statement, words: Any) -> bool:
    """Whether one of the two surely denies what the other says, by the words in context.

    "Limited but not ended", "limited, but it will be ended": by their vectors
    nothing stands for what is denied. Where both deny as often, each must lack the other's
    denial: clauses end at marks, and two wordings seldom have the same ones.
    """
    if words is None:
        return False
    clashes = denial_clashes(quote, sentence, words)
    is_one_each = len(quote.denials) == len(sentence.denials) > 0
    return (min if is_one_each else max)(clashes) >= _CLASHES


def _additions(quote: Statement, alignment: Alignment, words: Any) -> list[Contradiction]:
    """A clause of the quotation for which nothing stands there."""
    additions: list[Contradiction] = []
    read = words.max(1) if words is not None and words.size else None
    for share, some in clause_shares(quote, alignment):
        weights = quote.weights[some]
        if read is not None and float(read[some] @ weights / weights.sum()) >= _ADDED_READ:
            continue
        if share < _ADDED:
            begin = quote.starts[quote.places[some[0]]]
            last = quote.places[some[-1]]
            end = quote.starts[last] + len(quote.forms[last])
            additions.append(Contradiction("addition", quote.text[begin:end], ""))
    return additions[:1]


def _only(forms: tuple[str, ...]) -> str:
    """Whether a sentence says "not only" or "not just", "only" alone, or neither."""
    pairs = zip(("", *forms), forms, strict=False)
    words_before = [first for first, form in pairs if form == "only" or (first, form) in _NOT_JUST]
    if not words_before:
        return ""
    return "not only" if "not" in words_before else "only"


def _quantifiers(
    quote: Statement, sentence: Statement, alignment: Alignment
) -> list[Contradiction]:
    """All of them in the one, some of them in the other."""
    clauses = clauses_used(sentence, alignment)
    forms = [f for f, c in zip(sentence.forms, sentence.clauses, strict=True) if c in clauses]
    for words, opposed in ((_ALL, _SOME), (_SOME, _ALL)):
        quoted = next((form for form in quote.forms if form in words), None)
        counterpart = next((form for form in forms if form in opposed), None)
        if quoted and counterpart and not opposed & set(quote.forms) and not words & set(forms):
            return [Contradiction("quantifier", quoted, counterpart)]
    return []


def _opposites(quote: Statement, sentence: Statement, alignment: Alignment) -> list[Contradiction]:
    if alignment.last <= alignment.first:
        return []
    low, high = sentence.places[alignment.first], sentence.places[alignment.last - 1] + 1
    window = {stem(form): form for form in sentence.forms[low:high]}
    quote_stems = {stem(form) for form in quote.forms}
    return [
        Contradiction("opposite", form, window[other])
        for form in quote.forms
        if (other := _OPPOSITES.get(stem(form))) in window
        and stem(form) not in window
        and other not in quote_stems
    ][:1]


def parts_swapped(
    quote: Statement, sentence: Statement, alignment: Alignment
) -> Contradiction | None:
    """Two names that both sentences have, each in the other's part; None where that is not so.

    The words that stand beside a name in the quotation stand beside the other one there; or the
    same verb stands between them and their order is turned, with no passive in either.
    """
    shared = [
        (i, int(alignment.likeness[i].argmax()))
        for i in range(len(quote.content))
        if quote.capitals[i] and len(sentence.content) and alignment.likeness[i].max() >= _SURE
        if sentence.capitals[j := int(alignment.likeness[i].argmax())]
        if (quote.names[i] or sentence.names[j]) and quote.content[i] not in CALENDAR
    ]
    for (a, at_a), (b, at_b) in itertools.combinations(shared, 2):
        if at_a == at_b or quote.stems[a] == quote.stems[b]:
            continue
        if quote.places[b] == quote.places[a] + 1 and abs(at_a - at_b) == 1:
            continue  # parts of one name
        enough = _MOVED if at_b < at_a else _MOVED_IN_ORDER
        moved = _beside(quote, alignment, (a, b), (at_a, at_b)) >= enough
        if moved or _turned(quote, sentence, alignment, (a, b), (at_a, at_b)):
            return Contradiction(
                "roles",
                f"{_raw(quote, a)} … {_raw(quote, b)}",
                f"{_raw(sentence, at_a)} … {_raw(sentence, at_b)}"
                if at_a < at_b
                else f"{_raw(sentence, at_b)} … {_raw(sentence, at_a)}",
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
    sentence: Statement,
    alignment: Alignment,
    names: tuple[int, int],
    at: tuple[int, int],
) -> bool:
    """Whether the words between two names stand between them there too, the names turned."""
    if not at[1] < at[0] or "by" in quote.forms or "by" in sentence.forms:
        return False
    return any(
        alignment.found[i] >= _FOUND and at[1] < int(alignment.best[i]) < at[0]
        for i in range(names[0] + 1, names[1])
        if not quote.names[i]
    )


def _beside(
    quote: Statement,
    alignment: Alignment,
    names: tuple[int, int],
    at: tuple[int, int],
) -> float:
    """How far the words beside two names have moved from the one to the other, in words found."""
    total = 0.0
    for name, own_place, other_place in ((names[0], at[0], at[1]), (names[1], at[1], at[0])):
        rival = names[1] if name == names[0] else names[0]
        for i in range(max(0, name - _NEXT), min(len(quote.content), name + _NEXT + 1)):
            if i in names or quote.names[i] or alignment.found[i] < _FOUND:
                continue
            if abs(i - rival) <= abs(i - name):
                continue
            place = int(alignment.best[i])
            near, far = abs(place - own_place), abs(place - other_place)
            if far < near:
                total += 1.0
            elif near < far:
                total -= 1.0
    return total
