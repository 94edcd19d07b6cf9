"""Who asks and who answers in a record of an examination, where ``Q.`` and ``A.`` do not say."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from quotecheck.reading.transcripts.speaker_labels import TITLES, is_upper, label_of

__all__ = ["Examination", "examination"]

_BY = re.compile(
    r"^[ \t]{0,60}(?P<exam>(?:[A-Z]++[- ]){0,3}EXAMINATION\b[^\n\r]{0,40}?[ \t]++)?BY[ \t]++"
    r"(?P<who>[^\n\r:]{2,60}?)[ \t]*+(?::[ \t]*+)?$",
    re.MULTILINE | re.IGNORECASE,
)
_HEADING = re.compile(
    r"^[ \t]{0,60}(?:[A-Z]++[- ]){0,3}EXAMINATION\b[^\n\r.]{0,60}$", re.MULTILINE | re.IGNORECASE
)
_SWORN = re.compile(
    r"^[ \t]{0,60}(?P<who>[A-Z][A-Z.'’ \t-]{2,50}[A-Z.]),?[ \t\r\n]{1,6}"
    r"(?:(?:a|the)[ \t]+witness|called|recalled|produced|having[ \t]+been|being[ \t]+(?:first|duly)"
    r"|(?:first[ \t]+)?duly|was[ \t]+(?:called|sworn)|after[ \t]+having)\b",
    re.MULTILINE,
)
_OF = re.compile(
    r"^[ \t]{0,60}(?:[A-Z]++[- ]){0,3}(?:EXAMINATION|TESTIMONY|DEPOSITION)[ \t]+OF[ \t]+"
    r"(?P<who>[^\n\r:,]{3,50})",
    re.MULTILINE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Examination:
    """Lines that say who examines or is examined: where each begins, and the label it names."""

    asking: tuple[tuple[int, str], ...]
    answering: tuple[tuple[int, str], ...]
    lines: tuple[int, ...]

    def asks(self, at: int) -> str | None:
        """Who asks at a place of the text, as far as a line above it says."""
        return _latest(self.asking, at)

    def answers(self, at: int) -> str | None:
        """Who answers there."""
        return _latest(self.answering, at)

    def end(self, start: int, end: int) -> int:
        """Where a turn ends that would go on over such a line."""
        number = bisect_right(self.lines, start)
        return self.lines[number] if number < len(self.lines) and self.lines[number] < end else end


def examination(text: str) -> Examination:
    r"""Read the lines between the turns of a record.

    >>> found = examination("JOHN DOE, having been duly sworn,\nEXAMINATION BY MR. ROE:\nQ. Well?")
    >>> found.asks(60), found.answers(60)
    ('MR. ROE', 'JOHN DOE')
    """
    asking: list[tuple[int, str]] = []
    answering: list[tuple[int, str]] = []
    lines = {match.start() for match in _HEADING.finditer(text)}
    for match in _BY.finditer(text):
        name = _name(match["who"])
        first = name.split()[0].casefold().strip(".") if name else ""
        # "By Ann Lee" stands above an article as well.
        if name and (match["exam"] or first in TITLES or is_upper(match["who"])):
            asking.append((match.start(), name))
    for pattern in (_SWORN, _OF):
        for match in pattern.finditer(text):
            name = _name(match["who"])
            if len(name.split()) > 1:
                answering.append((match.start(), name))
    answering.sort()
    lines.update(at for at, _ in (*asking, *answering))
    return Examination(tuple(asking), tuple(answering), tuple(sorted(lines)))


def _name(words: str) -> str:
    label = label_of(words.strip().rstrip(".,"))
    return label.name if label is not None else ""


def _latest(lines: tuple[tuple[int, str], ...], at: int) -> str | None:
    number = bisect_right(lines, at, key=lambda line: line[0])
    return lines[number - 1][1] if number else None
