"""Expressions of time among the words of a clause: "on Tuesday", "last week", "in 2015".

Every word becomes one letter, and patterns over the letters find the expressions, so that a clause
is read once. What counts as time of an utterance is `setting`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quotecheck.language.calendar import DAY_ABBREVIATIONS, DAYS, MONTH_NUMBERS
from quotecheck.syntax.tree import Tree

__all__ = ["is_time_noun", "times_in"]

_LETTERS: Final[dict[str, str]] = {
    **dict.fromkeys("on in at during since by before after until till from around".split(), "p"),
    **dict.fromkeys("a an the his her their its that these those".split(), "d"),
    **dict.fromkeys(
        "last this next past previous same late early mid coming following recent first final "
        "later earlier every each several few many couple some".split(),
        "m",
    ),
    **dict.fromkeys(
        "week month year decade century weekend morning afternoon evening night midnight noon day "
        "hour minute second summer spring fall autumn winter quarter season weekday lunchtime "
        "semester term fortnight dawn dusk midday".split(),
        "u",
    ),
    **dict.fromkeys("time moment point period era".split(), "z"),
    **dict.fromkeys((*DAYS, *DAY_ABBREVIATIONS), "w"),
    **dict.fromkeys("christmas thanksgiving easter halloween".split(), "w"),
    **dict.fromkeys(MONTH_NUMBERS, "o"),
    **dict.fromkeys("yesterday today tonight tomorrow".split(), "t"),
    **dict.fromkeys(["ago"], "a"),
    **dict.fromkeys("a.m. p.m. am pm a.m p.m o'clock edt est et gmt".split(), "k"),
    **dict.fromkeys(
        "recently previously afterward afterwards lately subsequently beforehand overnight".split(),
        "v",
    ),
    "earlier": "e",
    "later": "e",
    "before": "b",
    ",": "c",
    "of": "f",
}

_PATTERN: Final = re.compile(
    "|".join(
        (
            "p?[dme]{0,4}wu?c?p?d?on?(?:c?y)?",  # on Tuesday, Nov. 8, 2016
            "[pb]?[dme]{0,4}on?(?:c?y)?",  # in early October 2015; Nov. 8
            "[pb]?d?nf?o(?:c?y)?",  # on 8 November 2016
            "[pbc]?[dme]{0,4}w[ut]?",  # on Tuesday night
            "[me]?tu?",  # yesterday morning
            "[pbe]m?y",  # in 2015, late 2014
            "d?m{0,3}n?m?u[aeb]",  # three days ago, a week earlier, the day before
            "n?z[aeb]",
            "[pb]?d{0,2}[men]{0,4}[me]n?u{1,3}",  # last week, earlier this month
            "[pb]d?n?u{1,3}",  # in the morning, after two days
            "[pb][dm]{1,3}z",  # at the time
            "[pb]?nk{1,2}",  # at 5 p.m.
            "[ve]",  # recently
        )
    )
)

_MONTH_VERBS: Final = frozenset({"may", "march", "mar", "sun", "sat", "fall", "second", "spring"})
_YEAR: Final = re.compile(r"(?:1[5-9]|20)\d\d(?:s)?")
_NUMBER: Final = re.compile(r"\d{1,2}(?:st|nd|rd|th|:\d\d)?")
_MAX_TIME_WORDS: Final = 9
"""Words of an expression of time."""


def times_in(sentence: Tree, run: Sequence[int]) -> list[tuple[int, int]]:
    """The first and last token of every expression of time in a run of neighbouring tokens."""
    letters = "".join(_letter(sentence, index) for index in run)
    times = []
    for match in _PATTERN.finditer(letters):
        first, last = match.start(), match.end() - 1
        while letters[first] == "c":
            first += 1
        after = run[last] + 1
        of_a_day = after < len(sentence.texts) and (
            sentence.texts[after] in {"'s", "'"}
            or (
                sentence.tokens[run[last]].head > run[last]
                and sentence.tokens[run[last]].deprel in {"compound", "amod", "nummod"}
            )
        )
        if last - first < _MAX_TIME_WORDS and not of_a_day:  # "Monday's rally" is an occasion
            times.append((run[first], run[last]))
    return times


def is_time_noun(word: str) -> bool:
    """Whether a word in lower case names a day, a month or a stretch of time."""
    return _LETTERS.get(word, "") in {"u", "w", "o", "t"}


def _letter(sentence: Tree, index: int) -> str:
    token = sentence.tokens[index]
    text = sentence.texts[index]
    letter = _LETTERS.get(text) or _LETTERS.get(text.rstrip(".")) or ""
    if not letter and token.upos == "NOUN":
        letter = _LETTERS.get(sentence.lemmas[index], "")
        letter = letter if letter in "uz" else ""
    if letter == "o" or text in _MONTH_VERBS:
        # "May" and "March" are months where they are names; "fall" and "second" where nouns.
        tags = {"PROPN"} if letter in "ow" else {"NOUN", "PROPN"}
        letter = letter if token.upos in tags else ""
    if letter == "e" and token.upos != "ADV" and token.upos != "ADJ":
        letter = ""
    if letter == "d" and text == "that" and token.upos not in {"DET"}:
        letter = ""
    if letter:
        return letter
    if _YEAR.fullmatch(text):
        return "y"
    if token.upos == "NUM" or _NUMBER.fullmatch(text):
        return "n"
    return "x"
