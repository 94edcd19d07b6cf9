"""Words that a quotation has in another order than its source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.quantities import Quantity, difference
from quotecheck.comparison.quantity_parsing import find_quantities
from quotecheck.comparison.words import fold
from quotecheck.language.clause_operators import AUXILIARIES, CONTINUATIONS, REASONS
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.records.check import Edit, Severity

__all__ = ["with_moves"]

_LETTERS = re.compile(r"[^\W_]+")
_NEAR_WORDS: Final = 40
"""Words before and after a place in which words that were put in are looked for."""
_FREE: Final = FUNCTION_WORDS | CONTINUATIONS
"""What begins an adverbial or a clause, which may stand elsewhere and say the same."""
_CLAUSE_WORDS: Final = 3
"""More words than these may be a clause, though each of them is common."""
_ROLES: Final = frozenset("to from into by than against for over".split())
"""Prepositions that say what part the noun after them has in what is done."""
_BE: Final = frozenset("is are was were be been being am".split())
_COORDINATION: Final = frozenset(("and", "or", "nor", "&"))


def with_moves(edits: Sequence[Edit], parts: Sequence[MatchContext]) -> tuple[list[Edit], Severity]:
    """The edits, with words that were moved marked as such, and the severity of the new order.

    An adverbial, a clause or one of two words joined by "and" says the same elsewhere; a noun put
    elsewhere may have become the subject of what was done to it, and where one clause gives the
    reason or condition of another, the two may not change places.
    """
    out = _with_pairs(edits)
    dropped = {fold(e.before) for e in out if e.before and not e.after}
    for k, edit in enumerate(out):
        if edit.before or not edit.after:
            continue
        words = [fold(word) for word in _LETTERS.findall(edit.after)]
        if not words or not (
            fold(edit.after) in dropped
            or (
                (len(words) > _CLAUSE_WORDS or not FUNCTION_WORDS.issuperset(words))
                and any(_stands_near(part, _without_reasons(words)) for part in parts)
            )
        ):
            continue
        free = (
            words[0] in _FREE
            or words[-1] in _COORDINATION
            or words[-1].endswith("ly")
            or bool(AUXILIARIES & set(words))
        )
        out[k] = Edit("order", "", edit.after, "wording" if free else "meaning")
    moved = any(edit.kind == "order" for edit in out)
    turned = moved and any(REASONS & set(_joints(edit, parts)) for edit in out)
    compared = _compares(e.before for e in out if not e.after) and _compares(
        e.after for e in out if not e.before
    )
    grave = turned or compared or _turns_direction(out) or _turns_voice(out)
    return out, "meaning" if grave else "none"


def _with_pairs(edits: Sequence[Edit]) -> list[Edit]:
    """The edits, a score left out and put in elsewhere as one: "a vote of 7 to 5", "a 7-5 vote"."""
    out = list(edits)
    for edit in edits:
        gained = _pair_in(edit.after) if edit.after and not edit.before else None
        if gained is None:
            continue
        for other in edits:
            lost = _pair_in(other.before) if other.before and not other.after else None
            if lost is not None and not difference(lost, gained) and other in out and edit in out:
                out[out.index(edit)] = Edit("order", other.before, edit.after, "wording")
                out.remove(other)
    return out


def _pair_in(text: str) -> Quantity | None:
    """The score that a few words are, with no more than "of" or "by" before it."""
    quantities = find_quantities(text)
    if len(quantities) != 1 or quantities[0].readings[0].kind != "pair":
        return None
    rest = text[: quantities[0].start] + text[quantities[0].end :]
    return quantities[0] if set(rest.casefold().split()) <= {"of", "by", "a", "the"} else None


def _without_reasons(words: list[str]) -> list[str]:
    """The words of a clause without the conjunction that joins it to another."""
    first = words[0] in REASONS
    last = len(words) - (words[-1] in REASONS)
    return words[first:last] or words


def _joints(edit: Edit, parts: Sequence[MatchContext]) -> list[str]:
    """The words of an edit that may join two clauses otherwise than the source does.

    A clause that was moved with its own conjunction is joined as before: "…, if it rains".
    """
    words = [fold(word) for word in _LETTERS.findall(f"{edit.before} {edit.after}")]
    whole = edit.kind == "order" and words[0] in REASONS
    return words[whole and any(_stands_near(part, words) for part in parts) :]


def _turns_voice(edits: Sequence[Edit]) -> bool:
    """Whether "was … by" was left out or put in: who did it and to whom are exchanged."""
    sides = [
        [fold(e.before) if e.before and not e.after else "" for e in edits],
        [fold(e.after) if e.after and not e.before else "" for e in edits],
    ]
    return any(
        (first in _BE and second == "by") or ("by" in first.split() and first.split()[0] in _BE)
        for words in sides
        for first, second in pairwise((*words, ""))
        if first
    )


def _turns_direction(edits: Sequence[Edit]) -> bool:
    """Whether a word stands after another preposition of direction than in the source.

    "From Arvik to Holm" is not "from Holm to Arvik"; "to Holm from Arvik" is the same.
    """
    lost = [fold(word) for edit in edits for word in (*_LETTERS.findall(edit.before), "")]
    for edit in edits:
        words_before = [fold(word) for word in _LETTERS.findall(edit.before)]
        gained = [fold(word) for word in _LETTERS.findall(edit.after)]
        for preposition, word in pairwise(gained):
            if (
                preposition in _ROLES
                and word not in FUNCTION_WORDS
                and word in lost
                and word not in words_before
                and (preposition, word) not in set(pairwise(lost))
            ):
                return True
    return False


def _compares(texts: Iterable[str]) -> bool:
    """Whether "than" stands in one of some texts: put elsewhere, it turns the comparison."""
    return any("than" in text.casefold().split() for text in texts)


def _stands_near(part: MatchContext, words: Sequence[str]) -> bool:
    """Whether words stand in a row in the source, in the sentence of a place."""
    forms, size = part.source.forms, len(words)
    first, last = part.alignment.first, part.alignment.last
    low = max(0, first - min(_NEAR_WORDS, part.source.before_stop(first)))
    high = min(len(forms), last + min(_NEAR_WORDS, part.source.to_stop(last)))
    return any(
        list(forms[k : k + size]) == list(words)
        for k in (*range(low, first - size + 1), *range(last, high - size + 1))
    )
