"""Names on lines of their own above what is said, as recorders and parliaments write them.

``Ann Lee  0:03``, ``Ann Lee (00:03):``, a time above or below the name, ``Ann Lee (Tarn) (Lab)``,
and the terms of a list on a page. A name alone is a label where others are, or where names of
people alternate with what they say throughout a text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from quotecheck.language.bylines import names_person
from quotecheck.language.person_nouns import is_given_name
from quotecheck.language.register_names import is_unnamed_voice
from quotecheck.reading.transcripts.speaker_labels import (
    TITLES,
    Label,
    is_upper,
    key_of,
    label_of,
    surname_of,
)
from quotecheck.reading.transcripts.turn_labels import TIME, TurnLabel

__all__ = ["named_labels", "parliament_labels", "timed_labels"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_MAX_LINE_CHARS: Final = 100
"""Code points of a line that may be a label alone."""
_TIMED = re.compile(
    rf"(?P<name>[^\W\d_][^\[(]{{1,60}}?)(?: ?[|,•·–—-])?(?: |(?=[\[(]))(?:[\[(] ?)?"
    rf"(?:(?:Today|Yesterday) )?(?:at )?{TIME}(?: ?[AaPp]\.?[Mm]\.?)? ?[\])]? ?:?"
)
_BRACKETED = re.compile(rf"\[(?P<name>[^\W\d_][^\[\]]{{1,60}})\] ?{TIME}(?: ?[AaPp]\.?[Mm]\.?)?:?")
_TIME_FIRST = re.compile(
    rf"[\[(]{TIME}(?::\d\d)?[\])] ?[-–—|]? ?(?P<name>[^\W\d_][^\[\]():]{{1,60}}?):?"
)
_TIME_LINE = re.compile(rf"[\[(]?{TIME}(?:[ \t]*(?:-->|[-–—])[ \t]*{TIME})?[\])]?")
_BRACKETS = re.compile(r"\([^()]{1,80}\)(?: \([^()]{1,80}\)){0,3}")
_MIN_TIMED_LABELS: Final = 2
"""Labels with times, or with roles in brackets, that make a transcript."""
_MIN_LABELS: Final = 4
"""Labels without times that make a transcript."""
_LABEL_SHARE: Final = 0.2
"""Of the lines of a text: names alone on a line stand at least so often where they are labels."""
_MAX_NAME_WORDS: Final = 4
"""Words of a name on a line of its own."""
_OFFICE = re.compile(
    r"(?:Mr|Madam|Mrs|Ms|The)\.? (?:(?:Deputy|Acting|Temporary) )*\w+|Hon\.? Members"
)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int  # after its line break
    words: str


def timed_labels(text: str) -> list[TurnLabel]:
    r"""Turns whose label has a time beside, above or below it; none where there are not several.

    >>> text = "Ann Lee  0:03\nGood morning.\n\nBo Roe  0:09\nIs it?\n\nAnn Lee  0:11\nIt is."
    >>> [label.name for label in timed_labels(text)]
    ['Ann Lee', 'Bo Roe', 'Ann Lee']
    """
    if not re.search(TIME, text):
        return []
    lines = list(_lines(text))
    labels: list[TurnLabel] = []
    number = 0
    while number < len(lines):
        label, lines_used = _timed_at(lines, number)
        if label is not None and number + lines_used < len(lines):
            last = lines[number + lines_used - 1]
            labels.append(TurnLabel(lines[number].start, last.end, label.name, is_described=True))
        number += lines_used
    counts = Counter(key_of(label.name) for label in labels)
    labels = [
        label for label in labels if counts[key_of(label.name)] > 1 or _is_personal(label.name)
    ]
    persons = sum(_is_personal(label.name) for label in labels)
    return labels if persons >= max(_MIN_TIMED_LABELS, 0.5 * len(labels)) else []


def _is_personal(name: str) -> bool:
    """Whether a label is a person's name, a given name alone, or says that nobody knows."""
    return is_unnamed_voice(name) or names_person(name) or is_given_name(name)


def _timed_at(lines: list[_Line], number: int) -> tuple[Label | None, int]:
    """The label that begins on a line, None where none does, and how many lines it takes."""
    words = lines[number].words
    match = None
    if len(words) <= _MAX_LINE_CHARS:
        match = (
            _TIMED.fullmatch(words) or _BRACKETED.fullmatch(words) or _TIME_FIRST.fullmatch(words)
        )
    if match is not None:
        return _name_alone(match["name"]), 1
    if number + 1 >= len(lines):
        return None, 1
    below = lines[number + 1].words
    if _TIME_LINE.fullmatch(words) and (label := _name_alone(below.rstrip(":"))):
        return label, 2
    if _TIME_LINE.fullmatch(below) and (label := _name_alone(words.rstrip(":"))):
        return label, 2
    return None, 1


def parliament_labels(text: str) -> list[TurnLabel]:
    r"""Turns of members whose seat or office stands in brackets once, and whose name alone later.

    >>> text = "Ann Lee (Tarn) (Lab)\n\nSo?\n\nThe Minister (Bo Roe)\n\nYes.\n\nAnn Lee\n\nGood."
    >>> [label.name for label in parliament_labels(text)]
    ['Ann Lee', 'Bo Roe', 'Ann Lee']
    """
    lines = _with_brackets(list(_lines(text)))
    labels = [_whole_line(line.words) if _may_be_label(line) else None for line in lines]
    described = [label for label in labels if label is not None and label.is_described]
    if len(described) < _MIN_TIMED_LABELS or len({key_of(label.name) for label in described}) < 2:
        return []
    names = {key_of(label.name) for label in described}
    roles = {label.role: label.name for label in described if label.role}
    surnames = {surname_of(label.name) for label in described}

    def accept(label: Label) -> bool:
        titled = label.name.split()[0].strip(".").casefold() in TITLES
        return (
            label.is_described
            or key_of(label.name) in names
            or label.name in roles
            or (titled and surname_of(label.name) in surnames)
            or _OFFICE.fullmatch(label.name) is not None
        )

    spoken = _with_speech(lines, labels, accept)
    return [
        TurnLabel(each.line, each.start, roles.get(each.name, each.name), is_described=True)
        for each in spoken
    ]


def named_labels(text: str) -> list[TurnLabel]:
    """Turns under names of people on lines of their own, where a text is made of nothing else.

    At least two of them must come again, and each must have something to say.
    """
    lines = list(_lines(text))
    labels = [
        _name_alone(line.words.rstrip(":")) if _may_be_label(line) else None for line in lines
    ]
    counts = Counter(key_of(label.name) for label in labels if label is not None)

    def accept(label: Label) -> bool:
        return counts[key_of(label.name)] > 1 and names_person(label.name)

    spoken = _with_speech(lines, labels, accept)
    frequencies = Counter(key_of(label.name) for label in spoken)
    if len(spoken) < _MIN_LABELS or sum(count > 1 for count in frequencies.values()) < 2:
        return []
    return spoken if len(spoken) >= _LABEL_SHARE * len(lines) else []


def _with_brackets(lines: list[_Line]) -> list[_Line]:
    """The lines; one of nothing but brackets ("(Tarn) (Lab)") goes with the one above it."""
    joined: list[_Line] = []
    for line in lines:
        if joined and _BRACKETS.fullmatch(line.words) and "(" not in joined[-1].words:
            above = joined.pop()
            line = _Line(above.start, line.end, f"{above.words} {line.words}")
        joined.append(line)
    return joined


def _with_speech(
    lines: list[_Line], labels: list[Label | None], accept: Callable[[Label], bool]
) -> list[TurnLabel]:
    """The labels that are accepted and have a line below them that is not one."""
    spoken: list[TurnLabel] = []
    accepted = [label if label is not None and accept(label) else None for label in labels]
    for number, label in enumerate(accepted[:-1]):
        if label is not None and accepted[number + 1] is None:
            line = lines[number]
            spoken.append(TurnLabel(line.start, line.end, label.name, is_described=True))
    return spoken


def _lines(text: str) -> Iterator[_Line]:
    """The lines that are not blank."""
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            return
        words = " ".join(match[0].strip(" \t\r\n*_>#").split())
        if words:
            yield _Line(at, match.end(), words)
        at = match.end()


def _may_be_label(line: _Line) -> bool:
    return len(line.words) <= _MAX_LINE_CHARS and line.words[-1] not in '.,;!?”"’'


def _whole_line(words: str) -> Label | None:
    label = label_of(words.rstrip(":"))
    return label if label is not None and len(label.name.split()) <= 2 * _MAX_NAME_WORDS else None


def _name_alone(words: str) -> Label | None:
    """A line that is a name of a few words and nothing else."""
    label = label_of(words.strip())
    if label is None or len(label.name.split()) > _MAX_NAME_WORDS:
        return None
    if any(word.islower() for word in label.name.split()[:1]) or label.name.endswith((".", ",")):
        return None
    return label if not is_upper(label.name) or len(label.name) > 1 else None
