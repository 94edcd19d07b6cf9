"""Whether words that a quotation leaves out in its middle may be left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.continuation import judgement_on
from quotecheck.comparison.elisions import severity_of_elision
from quotecheck.comparison.numerals import ORDINALS
from quotecheck.comparison.spelling import number_value, stem
from quotecheck.comparison.stretches import WordRun
from quotecheck.comparison.told_by_others import is_told_aside
from quotecheck.comparison.transcription_drift import is_stutter
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.words import Words, fold
from quotecheck.language.calendar import DAYS, MONTHS
from quotecheck.language.clause_operators import (
    AUXILIARIES,
    NEGATIVE_PREDICATES,
    NOMINATIVES,
    UNIVERSALS,
)
from quotecheck.language.privatives import GRANTING
from quotecheck.language.word_classes import (
    CHANGES,
    COORDINATORS,
    DETERMINERS,
    LIMITING,
    NEGATIONS,
    OPPOSING,
    UNITS,
)
from quotecheck.records.check import Edit

__all__ = [
    "as_form_of_time",
    "changes_degree",
    "is_few",
    "is_grave",
    "is_told_aside_at",
    "joins_sentences",
    "leaves_other_sentences",
    "limits_rest",
    "limits_there",
    "loses_start",
    "says_nothing_else",
    "stands_there",
    "takes_away",
]

_DEGREES: Final = frozenset(
    "very quite all always every everybody everyone so too entirely only just merely enough "
    "much most necessarily both".split()
)
_WHOLE: Final = UNIVERSALS - {"whole"}
"""Of these "but" takes something away."""
_LAST: Final = tuple((word,) for word in "person man woman people thing place one".split())
"""What is called the last that would be or do something."""
_WHERE: Final = frozenset("when where whenever wherever".split())
_GRANTED: Final = frozenset(
    "allow allows permit permits possible necessary needed practicable available".split()
)
"""After "when" or "where" these make a condition: "when money allows"."""
_BEFORE_DEGREE: Final = AUXILIARIES | frozenset(
    "far much seem seems seemed look looks looked feel feels felt grew become became".split()
)
"""Words after which "too" is one of degree."""
_INFINITIVE_REACH: Final = 4
"""Words after "too" in which its infinitive begins: "too honest a man to lie"."""
_NEGATION_REACH: Final = 6
"""Words before what was left out in which a negation holds for it."""
_OPENS_ASIDE, _CLOSES_ASIDE = (
    re.compile(r"(?:[,(—–]|--|\s-)\s*\Z"),
    re.compile(r"\s*(?:[,)—–]|--|-\s)"),
)
_TOLD_WORDS: Final = 4
"""Words from which on an aside with a number says something of its own: "two of them deaf"."""
_NUMBER_WORDS: Final = 4
"""Words of a number in words that may stand before the same in figures: "one hundred and six"."""
_DASH = re.compile(r"[—–]|--|\s-\s")
_ENDS_CLAUSE = re.compile(r"\s*[,;:.!?]")
_TAKES_UP: Final = (
    NOMINATIVES | NEGATIONS | LIMITING | COORDINATORS | OPPOSING | frozenset(("yes", "only", "so"))
)
"""First words of a sentence that may speak of the one before it."""
_LETTERS = re.compile(r"[^\W_]+")
_FINAL = re.compile(r"[.!?…]")
_DAYS: Final = frozenset(DAYS) | frozenset(MONTHS)
_TIME_REACH: Final = 4
"""Words before or after a day in which a time of day is looked for."""
_HALF_DAY = re.compile(r"(?:\d{1,2}(?:[:.]\d\d)?)?[ap]\.?m\.?|m|noon|midnight|midday|o'clock")
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d")


def is_grave(part: MatchContext, block: AlignmentBlock, edit: Edit) -> bool:
    """Whether words left out at an ellipsis turn what is left.

    Whole sentences do not, nor a parenthesis, unless they call the rest false.
    """
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    whole = _FINAL.search(before) and _FINAL.search(after)
    if whole or ("(" in before and ")" in after):
        text = part.raw(words.starts[block.a0], words.ends[block.a1 - 1])
        return bool(judgement_on(text))
    if takes_away(words, block.a0, words.forms[block.a0 : block.a1]):
        return True
    if is_told_aside_at(part, block):
        return True
    apart = _denies_apart(part, block, before, after)
    return (edit.kind == "negation" and not apart) or limits_rest(
        edit.before.casefold().split()[apart:]
    )


def leaves_other_sentences(part: MatchContext, block: AlignmentBlock) -> bool:
    """Whether whole sentences are left out that take nothing back of those before.

    One that begins with a pronoun, a negation, or a conjunction may speak of the one before it; one
    that calls something false may mean it.
    """
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    forms = words.forms[block.a0 : block.a1]
    if "?" in before or not (_FINAL.search(before) and _FINAL.search(after)):
        return False
    return forms[0] not in _TAKES_UP and NEGATIVE_PREDICATES.isdisjoint(forms)


def says_nothing_else(part: MatchContext, block: AlignmentBlock, kind: str) -> bool:
    """Whether what was left out says nothing of the rest: an aside, a denial made twice.

    Of a number that is so between dashes or brackets alone.
    """
    words = part.source
    if kind != "negation":
        if kind == "number" and _says_number_again(part, block):
            return True
        is_aside = block.a1 - block.a0 >= _TOLD_WORDS  # "(7)" counts what stands before it
        return kind in ("number", "date") and is_aside and _is_enclosed(part, block)
    if is_stutter(words.forms, block.a0, block.a1):
        return True
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    return _is_enclosed(part, block) or _denies_apart(part, block, before, after)


def _says_number_again(part: MatchContext, block: AlignmentBlock) -> bool:
    """Whether a number between brackets is the one before them in figures: "seven (7) rooms"."""
    forms, at = part.source.forms, block.a0
    number = number_value(forms[at : block.a1])
    sizes = range(1, min(at, _NUMBER_WORDS) + 1)
    again = any(number_value(forms[at - size : at]) == number for size in sizes)
    return number is not None and again and _is_enclosed(part, block)


def _is_enclosed(part: MatchContext, block: AlignmentBlock) -> bool:
    """Whether words left out stand between brackets or dashes, nothing that judges among them."""
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    enclosed = ("(" in before and ")" in after) or (_DASH.search(before) and _DASH.search(after))
    text = part.raw(words.starts[block.a0], words.ends[block.a1 - 1])
    return bool(enclosed) and not judgement_on(text)


def is_told_aside_at(part: MatchContext, block: AlignmentBlock) -> bool:
    """Whether words left out are an aside that gives the sentence to somebody else.

    "The cargo, the agent claims, was insured" does not say that it was. A verb in the past may be a
    narrator's ("The ice, he said, is thick") and takes nothing back.
    """
    words = part.source
    before = part.raw(words.ends[block.a0 - 1], words.starts[block.a0])
    after = part.raw(words.ends[block.a1 - 1], words.starts[block.a1])
    if not (_OPENS_ASIDE.search(before) and _CLOSES_ASIDE.match(after)):
        return False
    return is_told_aside(words.forms[block.a0 : block.a1], may_interrupt=True)


def joins_sentences(part: MatchContext, block: AlignmentBlock) -> bool:
    """Whether words left out join the subject of one sentence to the verb of another."""
    within = any(block.a0 < stop < block.a1 for stop in part.source.stops)
    return within and severity_of_elision(part, block, runs_on=True) == "meaning"


def _denies_apart(part: MatchContext, block: AlignmentBlock, before: str, after: str) -> bool:
    """Whether a negation left out denies nothing of the rest.

    It does not in a relative clause or an apposition between commas ("the pastor, who never took a
    penny, …"), nor in a phrase with "without" after a statement that nothing else denies.
    """
    words = part.source
    first, second = (*words.forms[block.a0 : block.a0 + 2], "")[:2]
    if first == "without":
        stated = words.forms[block.a0 - words.before_stop(block.a0) : block.a0]
        clause = _ENDS_CLAUSE.match(after) or words.forms[block.a1] in COORDINATORS
        return bool(stated and clause) and not (NEGATIONS | {"only"}) & set(stated)
    if not (_OPENS_ASIDE.search(before) and _CLOSES_ASIDE.match(after)):
        return False
    named = words.forms[block.a0 - 1] not in AUXILIARIES
    return first in ("who", "whom", "whose", "which") or (
        named and first in ("not", "never", "hardly") and second in DETERMINERS
    )


def changes_degree(part: MatchContext, first: int, words: Sequence[str]) -> bool:
    """Whether words left out make "little" of "a little", or are what a negation denies.

    Nobody was seriously hurt: without the adverb it says that nobody was hurt.

    Args:
        part: where the words stand.
        first: the index of the first word left out.
        words: the words left out, folded.
    """
    if is_few(part.source, first, words) or takes_away(part.source, first, words):
        return True
    forms = part.source.forms
    if words[-1] in ORDINALS and _is_superlative(
        forms[first + len(words) : first + len(words) + 1]
    ):
        return True  # the second oldest
    if tuple(words) == ("last",) and _is_last_of_all(part, first):
        return True
    if tuple(words) == ("odd",) and first and number_value(forms[first - 1 : first]) is not None:
        return True  # a hundred-odd
    if words[-1] in ("after", "before") and len(words) > 1 and {words[-2], stem(words[-2])} & UNITS:
        return True  # the day after tomorrow
    if (
        tuple(words) == ("from",)
        and forms[first + 1 : first + 2][0:1]
        and (forms[first + 1].endswith("ing"))
    ):
        return True  # kept us from opening it
    if tuple(words) == ("rather",) and forms[first - 1 : first] == ("would",):
        return "than" in forms[first : first + 2 + _INFINITIVE_REACH]  # would rather die than
    if tuple(words) == ("other",) and forms[first - 1 : first] == ("every",):
        return True  # every other house
    if tuple(words) == ("but",) and number_value(forms[first + 1 : first + 2]) is not None:
        return forms[first - 1 : first] in (("last",), ("next",), ("first",))
    if len(words) == 2 and words[0] == "but" and number_value(words[1:]) is not None:
        return bool({"last", "next", "first"} & set(forms[max(0, first - 3) : first]))
    if tuple(words) == ("too",) and first and forms[first - 1] in _BEFORE_DEGREE:
        return "to" in forms[first + 1 : first + 2 + _INFINITIVE_REACH]  # too honest to lie
    if not all(word.endswith("ly") or word in _DEGREES for word in words):
        return False
    reach = min(_NEGATION_REACH, part.source.before_stop(first))
    near = part.source.forms[first - reach : first]
    return any(word in NEGATIONS for word in near)


def _is_superlative(words: Sequence[str]) -> bool:
    return bool(words) and (
        words[0] in ("most", "least", "best", "worst") or words[0].endswith("est")
    )


def _is_last_of_all(part: MatchContext, at: int) -> bool:
    """Whether "last" says that nobody is less so, or counts from the end.

    "The last person to lie", "the second-last ferry".
    """
    forms = part.source.forms
    behind = forms[at - 1 : at] in (("second",), ("third",), ("fourth",)) and part.raw(
        part.source.ends[at - 1], part.source.starts[at]
    ) in ("-", "‐", "‑")
    if behind or forms[at - 1 : at] != ("the",) or forms[at + 1 : at + 2] not in _LAST:
        return behind
    return "to" in forms[at + 2 : at + 4] or bool(NOMINATIVES & set(forms[at + 2 : at + 3]))


def is_few(words: Words, at: int, changed: Sequence[str]) -> bool:
    """Whether an article put in or left out makes "a few" of "few", or "little" of "a little"."""
    return tuple(changed) == ("a",) and words.forms[at + 1 : at + 2] in (("few",), ("little",))


def takes_away(words: Words, at: int, changed: Sequence[str]) -> bool:
    """Whether "but", left out or exchanged, takes something away: "everything but the kitchen"."""
    if tuple(changed[:1]) != ("but",) or words.forms[at : at + 1] != ("but",):
        return False
    subject = NOMINATIVES & set(words.forms[at + 1 : at + 2])
    clause = subject or AUXILIARIES & set(words.forms[at + 1 : at + 5])
    reach = min(3, words.before_stop(at))
    if reach and words.forms[at - 1] in _WHOLE - {"any", "every", "each"} and not subject:
        return True  # none but the deaf could
    return bool(_WHOLE & set(words.forms[at - reach : at])) and not clause


def as_form_of_time(edit: Edit, words: Words, last: int) -> Edit:
    """An edit as typography where "on" is put in or left out between a time of day and a day.

    "6 p.m. on Friday" and "6 p.m. Friday" are forms of one time.

    Args:
        edit: a change of words.
        words: the words of the side that is read.
        last: the index of the word after the change there, which may be a day.
    """
    if {edit.before, edit.after} != {"on", ""} or not _DAYS & set(words.forms[last : last + 1]):
        return edit
    first = last - (words.forms[last - 1 : last] == ("on",))
    near = words.forms[max(0, first - _TIME_REACH) : first]
    ahead = words.forms[last + 1 : last + 1 + _TIME_REACH]
    timed = any(_HALF_DAY.fullmatch(form) or _CLOCK.fullmatch(form) for form in near) or (
        ahead[:1] == ("at",) and any(map(_HALF_DAY.fullmatch, ahead))
    )
    return replace(edit, kind="typography", severity="none") if timed else edit


def loses_start(words: Words, at: int, edit: Edit) -> bool:
    """Whether a range lost the "from" that says where a change began: "rose from 9 to 12".

    Args:
        words: the source's words.
        at: the index of the first word of the edit.
        edit: one range for another.
    """
    ranges = [text.casefold().split()[:1] for text in (edit.before, edit.after)]
    moved = bool(CHANGES & set(words.forms[max(0, at - 2) : at]))
    return moved and (ranges[0] == ["from"]) != (ranges[1] == ["from"])


def limits_rest(words: Sequence[str]) -> bool:
    """Whether among words left out is one that limits the rest to a case."""
    return (len(words) > 1 and words[-1] in GRANTING) or any(
        word in LIMITING or (word in _WHERE and _GRANTED & set(words[k + 1 : k + 5]))
        for k, word in enumerate(words)
    )


def limits_there(words: Words, block: AlignmentBlock) -> bool:
    """Whether a long stretch left out limits the clauses beside it, in their own sentences."""
    head = words.forms[block.a0 : min(block.a1, block.a0 + words.to_stop(block.a0))]
    tail = words.forms[max(block.a0, block.a1 - words.before_stop(block.a1)) : block.a1]
    return limits_rest(head) or limits_rest(tail)


def stands_there(part: MatchContext, block: AlignmentBlock, after: WordRun) -> bool:
    """Whether words put in stand in the source at that very place, passed over as not spoken."""
    if not 0 < block.a0 < len(part.source):
        return False
    between = part.raw(part.source.ends[block.a0 - 1], part.source.starts[block.a0])
    words = [fold(word) for word in _LETTERS.findall(between)]
    added_words = [fold(word) for word in _LETTERS.findall(after.text)]
    return any(
        words[k : k + len(added_words)] == added_words
        for k in range(len(words) - len(added_words) + 1)
    )
