"""Conditions in front of a quoted clause: "if", "had I known", "pay the crews, and"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from quotecheck.comparison.lead_pieces import LeadPiece, core_of, prefix_size
from quotecheck.comparison.quoted_clause import QuotedClause
from quotecheck.language.clause_operators import (
    CONNECTIVES,
    CONTINUATIONS,
    DISCOURSE_VERBS,
    NOMINATIVES,
    has_past,
    predicate_class,
)
from quotecheck.language.limiting_phrases import (
    CONDITION_OPENERS,
    COUNTERFACTUAL,
    HARMLESS_LIMITS,
    INVERTED,
    MEANS,
    TIME_OPENERS,
    TIMES_OF_A_CONDITION,
)
from quotecheck.language.units import CURRENCY_WORDS
from quotecheck.language.verb_forms import is_finite
from quotecheck.language.word_classes import DETERMINERS

__all__ = ["is_alternative", "is_invitation", "is_price", "limits_clause", "opened_limit"]

_ORDERS: Final = frozenset(
    "give show pay send bring tell ask take put let open close sign build find elect lend cut "
    "raise lower keep leave name prove get make buy sell help trust follow fire stop hand vote "
    "grant offer promise lend free return teach call hire feed free double repair mend fix drop "
    "wait hold throw touch say try look come join read free".split()
)
"""Verbs with which an order begins that is the price of what follows: "pay the crews, and"."""
_ORDERED: Final = DETERMINERS | frozenset(
    "me us him them it her one two three for another more to in back up down enough that".split()
)
"""What may follow such a verb where it is an order and no noun."""
_ANOTHER: Final = frozenset((("one", "more"), ("another",), ("two", "more"), ("any", "more")))
"""How a threat begins without a verb: "one more word and"."""
_WOULD: Final = frozenset("would could might i'd we'd you'd he'd she'd they'd".split())
_BEFORE_PARTICIPLES: Final = frozenset(("when", "whenever", "once"))
_AFTER_SHOULD: Final = frozenset("be have not never do go".split())
"""Words behind "should" that lacks its subject: "should be fine, they said"."""
_AFTER_HAD: Final = frozenset("enough to not never a an been".split())
_JOINTS: Final = frozenset(("and", "or"))
_LINKS: Final = frozenset("that and but because so or which know say believe think".split())


def is_invitation(quoted: QuotedClause) -> bool:
    """Whether the quoted words go on from "if" with an appeal to the hearer: "you look at"."""
    return quoted.forms[:1] == ("you",) and bool(DISCOURSE_VERBS & set(quoted.forms[1:3]))


def opened_limit(piece: LeadPiece) -> tuple[str, ...] | None:
    """The words of a piece from what may open a condition on, None where nothing does."""
    core = core_of(piece)
    if core[1:] in (("permitting",), ("allowing",)):
        return core  # weather permitting
    for k in range(len(piece.forms) - len(core) + 1):  # "so long as", "but if"
        rest = piece.forms[k:]
        if prefix_size(rest, HARMLESS_LIMITS) and rest != ("if", "not"):
            return None
        if prefix_size(rest, CONDITION_OPENERS):
            return rest
    if core[:1] == ("for",) and len(core) > 2 and core[-1] in CURRENCY_WORDS:
        return core  # for a thousand crowns
    if prefix_size(core, COUNTERFACTUAL) or prefix_size(core, MEANS):
        return core
    if (
        core
        and piece.forms[0] != "why"
        and (core[0] in INVERTED or prefix_size(core, TIME_OPENERS))
    ):
        return core
    for k in range(1, len(piece.forms)):
        if piece.forms[k] in ("if", "unless") and piece.forms[k - 1] in _LINKS:
            rest = piece.forms[k:]
            return None if prefix_size(rest, HARMLESS_LIMITS) else rest
    return None


def limits_clause(
    core: Sequence[str], piece: LeadPiece, quoted: QuotedClause, *, set_off: bool
) -> bool:
    """Whether an opener really makes a condition of its clause."""
    if core[0] == "for":
        return quoted.looks_ahead
    apart = set_off or quoted.forms[0] in NOMINATIVES
    if prefix_size(core, MEANS) and apart and quoted.looks_ahead:
        return True
    if prefix_size(core, COUNTERFACTUAL):
        return apart and _is_counterfactual(quoted)
    if prefix_size(core, TIME_OPENERS):
        general = prefix_size(core, TIMES_OF_A_CONDITION) and not has_past(quoted.forms)
        bare = core[0] in _BEFORE_PARTICIPLES and has_past(core[1:2])  # once paid, when asked
        return (
            (quoted.looks_ahead or bool(general))
            and not has_past(core[2:] if bare else core)
            and (set_off or _joins(core, quoted))
        )
    if core[0] in INVERTED and not prefix_size(core, CONDITION_OPENERS):
        if not set_off or len(core) < 3:
            return False
        if core[0] == "should" and core[1] not in _AFTER_SHOULD:
            return True  # should prices rise
        if core[0] == "had" and core[1] not in _AFTER_HAD and _is_counterfactual(quoted):
            return True  # had workers known of it
        at = len(piece.forms) - len(core) + 1
        return core[1] in NOMINATIVES or core[1] in DETERMINERS or piece.raw[at][:1].isupper()
    if core[0] == "otherwise" or core[0] == "without":
        return quoted.looks_ahead or not has_past(quoted.forms)
    return not (core[0] in ("until", "till") and len(core) > 1 and core[1][:1].isdigit())


def _is_counterfactual(quoted: QuotedClause) -> bool:
    """Whether a clause says what would have been: "you would have fired him"."""
    return any(
        form in _WOULD and "have" in quoted.forms[k + 1 : k + 4]
        for k, form in enumerate(quoted.forms[:8])
    )


def _joins(core: Sequence[str], quoted: QuotedClause) -> bool:
    """Whether a main clause begins right after a clause of time: "when I am elected I will"."""
    return (
        (len(core) > 2 or has_past(core[1:]))
        and (quoted.forms[0] in NOMINATIVES or quoted.has_subject)
        and core[-1] not in CONTINUATIONS
        and predicate_class(core[-1])[1] not in ("say", "claim", "ask", "think", "know")
    )


def is_price(pieces: Sequence[LeadPiece], quoted: QuotedClause) -> bool:
    """Whether an order in front is the price of what is quoted: "pay the crews, and they sail".

    Args:
        pieces: the pieces of the lead, the last of which ends with "and" or "or".
        quoted: the quoted clause, which speaks of what will be.
    """
    forms = [form for piece in pieces for form in piece.forms]
    while len(forms) > 1 and forms[0] in CONNECTIVES | {"just", "simply", "please"}:
        del forms[0]
    if len(forms) < 3 or forms[-1] not in _JOINTS or not quoted.looks_ahead:
        return False
    if forms[0] in _ORDERS and forms[1] in _ORDERED:
        return True
    return (*forms[:2],) in _ANOTHER or (*forms[:1],) in _ANOTHER


def is_alternative(pieces: Sequence[LeadPiece], quoted: QuotedClause) -> bool:
    """Whether what is quoted is one of two that exclude each other: "either … or"."""
    forms = [form for piece in pieces for form in piece.forms]
    if forms[-1] == "either":
        return quoted.is_clause
    if "either" not in forms or forms[-1] != "or":
        return False
    first = forms[forms.index("either") + 1 :]
    stated = any(
        is_finite(form, before)
        for words in (first, quoted.forms[:6])
        for before, form in pairwise(words)
    )
    return stated and (quoted.as_sentence or quoted.is_clause)
