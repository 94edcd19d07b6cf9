"""Transcripts: ``NAME:`` turns to segments with speakers."""

from __future__ import annotations

import re
from collections import Counter

from quotecheck.annotations import Segment

__all__ = ["segments"]

_LABEL = re.compile(
    r"^[ \t]*((?:[QA]\.?)|(?:[A-Z][\w.'’()-]*|[a-z]{1,3}\b)(?:[ \t]+(?:[A-Z(][\w.'’()-]*|of|the|de|von|van))"
    r"{0,5})(?::[ \t]|:$|(?<=[QA])[.:]?[ \t])",
    re.MULTILINE,
)
_DIRECTION = re.compile(r"\((?:[^()\n]{1,80})\)|\[(?:[^\[\]\n]{1,80})\]")
_TITLES = frozenset("mr mrs ms dr prof sen senator rep gov governor president mayor judge".split())
_NO_SPEAKERS = frozenset(
    "note source date time place location subject re from to cc update photo contact email "
    "fax phone tel address website http https example warning caution summary title".split()
)
_LEAST_TURNS = 3


def segments(text: str) -> tuple[Segment, ...]:
    """The turns of a transcript, empty when the text is none.

    A text is a transcript when at least three lines open with a label and a colon, two speakers
    take turns or one has three, and labels open a fair share of its paragraphs. A label that is
    the surname of a name given in full ("HILLARY CLINTON:", later "CLINTON:") gets the full name.
    """
    found = [m for m in _LABEL.finditer(text) if _is_speaker(m.group(1))]
    names = Counter(_clean(m.group(1)) for m in found)
    found = [m for m in found if names[_clean(m.group(1))] > 1 or _is_upper(m.group(1))]
    lines = sum(1 for line in text.splitlines() if line.strip())
    if len(found) < _LEAST_TURNS or not lines or len(found) < 0.12 * lines:
        return ()
    if len({_clean(m.group(1)) for m in found}) < 2 and len(found) < 2 * _LEAST_TURNS:
        return ()
    full = _full_names({_clean(m.group(1)) for m in found})
    turns: list[Segment] = []
    for number, match in enumerate(found):
        end = found[number + 1].start() if number + 1 < len(found) else len(text)
        start = match.end()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            name = _clean(match.group(1))
            turns.append(Segment(start, end, full.get(name, name)))
    return tuple(turns)


def _is_speaker(label: str) -> bool:
    words = label.split()
    return bool(words) and words[0].lower().strip(".:") not in _NO_SPEAKERS


def _is_upper(label: str) -> bool:
    letters = [c for c in label if c.isalpha()]
    return len(letters) > 1 and all(c.isupper() for c in letters)


def _clean(label: str) -> str:
    label = _DIRECTION.sub("", label).strip(" .:")
    return " ".join(_cased(word) for word in label.split())


def _cased(word: str) -> str:
    """"MCCAIN" -> "Mccain": letters of a label tell nothing of the name's own capitals."""
    if len(word) > 2 and word.isupper():
        return "-".join(part.capitalize() for part in word.split("-"))
    return word


def _full_names(names: set[str]) -> dict[str, str]:
    longer: dict[str, str] = {}
    for name in names:
        words = [w for w in name.split() if w.lower().strip(".") not in _TITLES]
        if len(words) != 1:
            continue
        fitting = [n for n in names if len(n.split()) > 1 and n.split()[-1] == words[0]]
        fitting = [n for n in fitting if n.split()[0].lower().strip(".") not in _TITLES]
        if len(fitting) == 1:
            longer[name] = fitting[0]
    return longer
