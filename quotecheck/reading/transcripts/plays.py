"""Plays: the speaker's name in capitals on a line of its own, the speech below it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from quotecheck.reading.transcripts.speaker_labels import is_upper, key_of, label_of

__all__ = ["Cue", "cues"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_LONGEST_LINE = 60
_MOST_WORDS = 4
_FEWEST = 5  # speeches
_SHARE = 0.6  # of the speeches: those of people who speak more than once
# Lines in capitals that plays, films and articles have, too.
_NO_CUES = frozenset(
    "enter exit exeunt curtain end finis fin prologue epilogue cast characters dramatis persons"
    " int ext cut fade dissolve advertisement advertisements continued contents intermission"
    " overture copyright all-rights".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A name on a line of its own: where the line begins, where the speech does, and the name."""

    line: int
    start: int
    label: str


def cues(text: str) -> list[Cue]:
    r"""The speeches of a play, in order; none where the text is no play.

    There must be five or more, most of them of people who speak again, and of two such people.

    >>> [cue.label for cue in cues("KING\nWho is it?\n\nFOOL\nIt is I.\n\n" * 3)][:2]
    ['KING', 'FOOL']
    """
    found: list[Cue] = []
    open_: tuple[int, str] | None = None  # a name, while its speech has not begun
    blank = True  # the line above
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            break
        line = match.group().strip()
        if line and open_ is not None:
            if any(map(str.islower, line)):
                found.append(Cue(open_[0], at, open_[1]))
            open_ = None
        if line and blank and (label := _name_on(line)):
            open_ = (at, label)
        blank = not line
        at = match.end()
    counts = Counter(key_of(cue.label) for cue in found)
    again = {key for key, count in counts.items() if count > 1}
    repeated = sum(counts[key] for key in again)
    if len(found) < _FEWEST or len(again) < 2 or repeated < _SHARE * len(found):
        return []
    return found


def _name_on(line: str) -> str:
    """The name that is all of a line, "" where there is none."""
    if len(line) > _LONGEST_LINE:
        return ""
    label = label_of(line.rstrip(".:"))
    if label is None or not is_upper(label.name) or any(map(str.isdigit, label.name)):
        return ""
    words = label.name.split()
    if len(words) > _MOST_WORDS or words[0].casefold().strip(".,") in _NO_CUES:
        return ""
    return label.name
