"""Where the sentence begins that a place in a source continues."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.word_classes import ABBREVIATIONS

__all__ = ["sentence_lead"]

_BOUNDARY = re.compile(
    r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s|\Z)|[“”\"«»;]|\n[ \t]*\n"
    r"|(?P<label>(?<=\n)[ \t]*+[A-Z][\w.’'-]*+(?: [A-Z][\w.’'-]*+){0,3}[ \t]*+\n)"
)
"""What ends a sentence; a speaker's label on a line of its own begins one."""
_ENDS: Final = (*'.!?…"”’)]—', "")
_SINGLE_OPENING = re.compile(r"(?<![^\s(\[:,—–-])['‘](?=\w|\Z)")
_SINGLE_CLOSING = re.compile(r"(?<=[\w.,!?])['’](?!\w)")
_LAST_WORD = re.compile(r"(?<![^\W\d_])([^\W\d_]++)\Z")


def sentence_lead(before: str) -> str:
    r"""The part of a sentence that stands before a place, given the text up to the place.

    >>> sentence_lead("It rained. According to Mr. Smith, the")
    ' According to Mr. Smith, the'
    >>> sentence_lead("We will stay.")
    ''
    >>> sentence_lead("He left.\nServant\nPerhaps")
    'Perhaps'
    """
    start = 0
    for match in _BOUNDARY.finditer(before):
        if (
            match["label"]
            and before[max(0, match.start() - 8) : match.start()].rstrip()[-1:] not in _ENDS
        ):
            continue  # a capital at the beginning of a line, within a sentence
        if match[0] == ".":
            word = _LAST_WORD.search(before, max(0, match.start() - 12), match.start())
            if word is not None and _is_abbreviation(word[1], ends=match.end() == len(before)):
                continue
        start = match.end()
    lead = before[_open_mark(before, start) :]
    opened = lead.rfind("(")
    return lead[opened + 1 :] if opened > lead.rfind(")") else lead


def _open_mark(before: str, start: int) -> int:
    """Where speech in single marks begins that is still open, else where the sentence begins."""
    opened = max((m.end() for m in _SINGLE_OPENING.finditer(before, start)), default=start)
    return start if _SINGLE_CLOSING.search(before, opened) else opened


def _is_abbreviation(word: str, *, ends: bool) -> bool:
    """Whether a stop after a word is that of an abbreviation; ``ends``: nothing comes after it.

    Abbreviations in front of a name have a capital: "us." ends a sentence.
    """
    if len(word) == 1:
        return word.isupper() and word != "I" and not ends
    return word.istitle() and word.casefold() in ABBREVIATIONS
