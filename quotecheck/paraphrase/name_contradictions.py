"""Names that a quotation has and the sentence has not: another's name, or one more.

A name that stands nowhere there contradicts where the sentence has one of its own in exchange, a
*rival*, or says "she" or "here", which may be anybody and anywhere: a sentence that leaves the town
out says less, and nothing else. A name that the passage has elsewhere ("she" in the sentence, the
name in the one before) does not contradict, unless a rival stands in its very place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from quotecheck.language.calendar import DAYS
from quotecheck.language.country_names import is_country, is_same_country
from quotecheck.language.person_nouns import titles
from quotecheck.language.register_names import BODY_NOUNS
from quotecheck.language.units import CURRENCY_CODES, CURRENCY_WORDS
from quotecheck.paraphrase.alignment import name_likeness

if TYPE_CHECKING:
    from quotecheck.paraphrase.alignment import Alignment
    from quotecheck.paraphrase.statements import Statement

__all__ = ["lost_names"]

_HELD: Final = 0.5
"""The likeness from which on a name is held to stand there in another form."""
_FOUND: Final = 0.6  # Likeness, 0..1, from which a word was found. By eye.
_BESIDE: Final = 2  # Content words on either side of a name that are its own. By eye.
_ABBREVIATION: Final = 5
"""Letters of an abbreviation at most."""
_SHORTEST: Final = 2
"""Letters of a name; the "U" of "U.S." is not a name."""
_UNITS: Final = frozenset(
    {code.casefold() for code in CURRENCY_CODES} | set(CURRENCY_WORDS) | {"celsius", "fahrenheit"}
)
_VIRUS: Final = frozenset("covid covid-19 corona coronavirus sars-cov-2".split())
_DAYS: Final = frozenset(DAYS)
_UNNAMED: Final = frozenset("he she they him them we us our this these here".split())
"""Words that stand for somebody or some place that is named elsewhere."""


def lost_names(
    quote: Statement, sentence: Statement, alignment: Alignment, around: Statement
) -> list[str]:
    """Names of the quotation for which the sentence has another one, as they are written.

    Args:
        quote: the quotation.
        sentence: the sentence that is compared with it.
        alignment: of the one with the other.
        around: the passage that holds the sentence.
    """
    missing = [
        i
        for i, form in enumerate(quote.content)
        if _is_certain(quote, i)
        and not _is_no_name(form)
        and not (quote.names[i] and len(alignment.wholly) and alignment.wholly[i] >= _HELD)
        and not _stands_in(quote, i, sentence)
    ]
    rivals = _rivals(quote, sentence, alignment) if missing else []
    if not rivals and _UNNAMED.isdisjoint(frozenset(sentence.forms) - frozenset(quote.forms)):
        return []
    days = _DAYS & frozenset(around.forms)
    lost: list[str] = []
    for i in missing:
        form = quote.content[i]
        if form in _DAYS and not days:
            continue
        if _stands_in(quote, i, around) and not _is_replaced(quote, alignment, i, rivals):
            continue
        at = quote.starts[quote.places[i]]
        lost.append(quote.text[at : at + len(form)])
    return lost


def _is_certain(statement: Statement, i: int) -> bool:
    """Whether a word is surely a name: of the first word of a sentence its capital says nothing."""
    is_known = statement.capitals[i] and is_country(statement.content[i])
    return statement.names[i] or is_known


def _is_no_name(form: str) -> bool:
    """Whether a word is written with a capital, and names nobody: a title, a unit, "I'd", "U."."""
    return (
        len(form) < _SHORTEST
        or form in titles()
        or form in BODY_NOUNS
        or form in _UNITS
        or form.startswith("i'")
    )


def _stands_in(quote: Statement, i: int, text: Statement) -> bool:
    """Whether a text has a name of the quotation in some form.

    Only what has a capital is another spelling of it: "said" is not one of "Sadiya".
    """
    form = quote.content[i]
    if form in text.forms or any(_is_same(form, other) for other in text.forms):
        return True
    written = zip(text.content, text.capitals, strict=True)
    return (
        any(is_capital and name_likeness(form, other) >= _HELD for other, is_capital in written)
        or _is_abbreviated(quote, i, text)
        or _is_written_out(form, text)
    )


def _rivals(quote: Statement, sentence: Statement, alignment: Alignment) -> list[int]:
    """Names of the sentence that the quotation has not, by number among its content words.

    Each name of the quotation stands for one of them, so that of one that is named twice there and
    once here the other is left.
    """
    quote_names = [i for i, is_capital in enumerate(quote.capitals) if is_capital]
    sentence_names = [
        j
        for j, is_capital in enumerate(sentence.capitals)
        if is_capital and not _is_no_name(sentence.content[j])
    ]
    pairs = sorted(
        (
            (_form_likeness(quote.content[i], sentence.content[j]), i, j)
            for i in quote_names
            for j in sentence_names
        ),
        reverse=True,
    )
    used: set[int] = set()
    matched: set[int] = set()
    for likeness, i, j in pairs:
        if likeness >= _HELD and i not in used and j not in matched:
            used.add(i)
            matched.add(j)
    return [
        j
        for j in sentence_names
        if j not in matched
        and (_is_certain(sentence, j) or alignment.likeness[:, j].max(initial=0) < _FOUND)
        and not _is_abbreviated(sentence, j, quote)
        and not _is_written_out(sentence.content[j], quote)
    ]


def _form_likeness(a: str, b: str) -> float:
    return 1.0 if _is_same(a, b) else name_likeness(a, b)


def _is_replaced(quote: Statement, alignment: Alignment, i: int, rivals: list[int]) -> bool:
    """Whether a rival stands beside what stands for a word beside the name."""
    beside = range(max(0, i - _BESIDE), min(len(quote.content), i + _BESIDE + 1))
    return any(
        a != i and alignment.found[a] >= _FOUND and abs(int(alignment.best[a]) - j) <= _BESIDE
        for a in beside
        for j in rivals
    )


def _is_same(a: str, b: str) -> bool:
    """Whether two names that look different are of one thing."""
    return is_same_country(a, b) or (a in _VIRUS and b in _VIRUS)


def _is_written_out(form: str, around: Statement) -> bool:
    """Whether the first letters of some words there are the name: WHO, UN."""
    if not 2 <= len(form) <= _ABBREVIATION:
        return False
    letters = "".join(other[:1] for other in around.forms)
    telling = "".join(other[:1] for other in around.content)
    return form in letters or form in telling


def _is_abbreviated(quote: Statement, i: int, around: Statement) -> bool:
    """Whether an abbreviation there is made of the first letters of a run of names."""
    first = last = i
    while first and quote.names[first - 1]:
        first -= 1
    while last + 1 < len(quote.names) and quote.names[last + 1]:
        last += 1
    letters = "".join(other[:1] for other in quote.content[first : last + 1])
    if len(letters) < 2:
        return False
    # "U.S." is read as two words.
    spelt = "".join(other if len(other) == 1 else f" {other} " for other in around.forms).split()
    return any(
        letters == other or other in letters or letters in other
        for other in spelt
        if 2 <= len(other) <= _ABBREVIATION
    )
