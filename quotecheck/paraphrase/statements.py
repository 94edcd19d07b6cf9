"""A sentence as it is compared with another: its words, names, quantities, denials, clauses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.comparison.quantity_parsing import find_quantities, may_hold_quantity
from quotecheck.comparison.spelling import stem
from quotecheck.comparison.words import source_words
from quotecheck.language.clause_operators import NEGATIVE_PREDICATES
from quotecheck.language.person_nouns import titles
from quotecheck.language.word_classes import FUNCTION_WORDS, MODALS, NEGATIONS, NUMBER_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from quotecheck.comparison.quantities import Quantity

__all__ = ["Statement", "is_denial", "read_statement", "shared_weight"]

_NOT_NAMES: Final = FUNCTION_WORDS | frozenset("i mr mrs ms dr sir".split())
_STARTS: Final = re.compile(r"[.!?…:;\"“”‘(\[—–-]\s*\Z")
_CLAUSE_MARK: Final = re.compile(r"[,;:—–()\"“”]|\s-\s")
_CLAUSE_WORDS: Final = frozenset(
    "and but or because although though while when whereas if unless that which who whom whose "
    "where since until before after so as than".split()
)
"""Words that may begin a clause; "for" mostly begins a phrase."""
_PRONOUNS: Final = frozenset(
    "i he she it we they you there this that these those who what nobody everybody".split()
)
_IMPLICIT: Final = frozenset(("without",))
"""What negates as a verb like "lack" does, and may stand for one."""
_SEEMING: Final = frozenset(
    (first, second)
    for first, second in (
        pair.split() for pair in "not only|not just|not merely|nothing but|no longer".split("|")
    )
)
_QUESTION: Final = re.compile(r"\?[\"'”’)\]\s]*\Z")


_stem = lru_cache(maxsize=1 << 15)(stem)
_WORD: Final = re.compile(r"[^\W_]+")


def is_denial(form: str) -> bool:
    """Whether a folded word negates its clause.

    >>> [is_denial(form) for form in ("not", "can't", "never", "knot")]
    [True, True, True, False]
    """
    return form not in _IMPLICIT and (form in NEGATIONS or form.endswith("n't"))


def _denials(forms: Sequence[str]) -> tuple[int, ...]:
    """Words that negate, without those that only seem to: not only, no longer, No. 4."""
    pairs = zip(forms, (*forms[1:], ""), strict=False)
    return tuple(
        n
        for n, (form, behind) in enumerate(pairs)
        if is_denial(form)
        and (form, behind) not in _SEEMING
        and not (form == "no" and behind[:1].isdigit())
    )


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence or part of one.

    All lists but the first four are of the *content* words, those that tell something; ``places``
    are their numbers among all words. ``clauses`` numbers the clause of each word.
    """

    text: str
    forms: tuple[str, ...]
    starts: tuple[int, ...]
    clauses: tuple[int, ...]
    places: tuple[int, ...]
    content: tuple[str, ...]
    stems: tuple[str, ...]
    names: tuple[bool, ...]
    """Written as names are, not only as the first of a sentence."""
    capitals: tuple[bool, ...]
    weights: Any
    vectors: Any
    denials: tuple[int, ...]
    """Numbers of the words that negate."""
    refusals: tuple[int, ...]
    """Numbers of words such as "refuse" and "unable", which may stand for a negation."""
    quantities: tuple[Quantity, ...]
    is_question: bool

    @property
    def modals(self) -> frozenset[str]:
        """Its modal words."""
        return frozenset(form for form in self.forms if form in MODALS)


def read_statement(
    text: str, weight: Callable[[str], float], vectors: Callable[[Sequence[str]], Any]
) -> Statement:
    """Read a sentence.

    Args:
        text: raw text.
        weight: how much a folded word tells, from 1 to about 10.
        vectors: rows of length 1, or zeros, of some folded words.
    """
    words = source_words(text)
    forms = tuple(words.forms)
    names: list[bool] = []
    places: list[int] = []
    for n, form in enumerate(forms):
        if form in FUNCTION_WORDS and not _is_named(text, words.starts[n], n, form):
            continue
        if is_denial(form):
            continue
        places.append(n)
        names.append(_is_named(text, words.starts[n], n, form))
    content = tuple(forms[n].removesuffix("'s") for n in places)
    rows = vectors(content)
    if places and places[0] == 0 and text[words.starts[0]].isupper():
        # A first word that nobody knows is a name.
        names[0] = names[0] or (not rows[0].any() and content[0].isalpha())
    return Statement(
        text,
        forms,
        tuple(words.starts),
        _with_content(_clauses(text, words.starts, words.ends, forms), places),
        tuple(places),
        content,
        tuple(_stem(form) for form in content),
        tuple(names),
        tuple(text[words.starts[n]].isupper() for n in places),
        np.array([weight(form) for form in content], dtype=np.float32),
        rows,
        _denials(forms),
        tuple(n for n, form in enumerate(forms) if _refuses(form, forms[n + 1 : n + 2])),
        tuple(find_quantities(text)) if may_hold_quantity(text) else (),
        _QUESTION.search(text) is not None,
    )


def shared_weight(statement: Statement, text: str) -> float:
    """The share of a statement's weight, 0..1, whose words a text has in any form.

    A look at the text that costs a hundredth of reading it.
    """
    total = float(statement.weights.sum())
    if not total:
        return 0.0
    stems = {_stem(form) for form in _WORD.findall(text.lower())}
    return float(statement.weights[[form in stems for form in statement.stems]].sum()) / total


def _is_named(text: str, start: int, n: int, form: str) -> bool:
    """Whether a word is written as a name is, not only as the first of a sentence."""
    first = text[start : start + 1]
    if not first.isupper() or form in _NOT_NAMES or form in titles() or form in NUMBER_WORDS:
        return False
    if n == 0 or _STARTS.search(text[max(0, start - 4) : start]):
        return text[start : start + 2].isupper() and len(form) <= 5  # WHO, TV
    return True


def _refuses(form: str, behind: Sequence[str]) -> bool:
    return (
        form in NEGATIVE_PREDICATES
        or form in _IMPLICIT
        or _stem(form) in _REFUSALS
        or (form == "no" and tuple(behind) == ("longer",))
    )


_REFUSALS: Final = frozenset(stem(form) for form in NEGATIVE_PREDICATES) | frozenset(
    stem(form) for form in "lack lose miss exclude absent end overlook ignore neglect omit".split()
)


def _clauses(
    text: str, starts: Sequence[int], ends: Sequence[int], forms: Sequence[str]
) -> tuple[int, ...]:
    """A number for the clause of each word: marks, and words that begin a clause, part them."""
    clause = 0
    length = 0
    result: list[int] = []
    for n, form in enumerate(forms):
        if n:
            between = text[ends[n - 1] : starts[n]]
            marked = between != " " and _CLAUSE_MARK.search(between) is not None
            opens = form in _CLAUSE_WORDS and length >= 3
            begins = form in _PRONOUNS and length >= 4
            if (marked and length >= 2) or opens or begins:
                clause += 1
                length = 0
        length += 1
        result.append(clause)
    return tuple(result)


def _with_content(clauses: Sequence[int], places: Sequence[int]) -> tuple[int, ...]:
    """The clauses, those without a content word joined to the next one ("not those who …")."""
    telling = sorted({clauses[n] for n in places})
    if not telling:
        return tuple(clauses)
    return tuple(next((c for c in telling if c >= clause), telling[-1]) for clause in clauses)
