"""Turns of a talk that is written down: what stands behind each label is what its speaker said.

`quotecheck.reading.transcripts` finds the turns, by the labels that behave like speakers. Each is a
quotation as a whole, whether or not a verb of saying or a mark stands in it; what somebody else
said is read within it (`speech_within_speech`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from quotecheck.attribution.text_view import TextView
from quotecheck.records.document import Segment
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span

__all__ = ["printed_turns"]

_LABEL_CHARS: Final = 240
"""Code points looked at in front of a turn; by eye: a member with office and seat takes 150."""
_MIN_SPEAKERS: Final = 2
"""Speakers that make a talk; one alone may be a heading that comes back."""
_CONFIDENCE: Final = 0.95
"""By eye: several turns of two speakers or more were seen before this one is read."""
_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])]?"
_BEFORE = re.compile(rf"(?:[ \t>*_#•-]|{_TIME})+")
_TIME_AT_END = re.compile(rf"{_TIME}\Z")
_TIME_CHARS: Final = 14
"""Code points that a time takes at most, brackets included."""
_SIGNS: Final = " \t\r\n:*_—–>-"
"""What stands between a label and its turn."""
_DASH_NEXT = re.compile(r"[ \t]*[—–-]")
_SIDE = re.compile(r"(?:Q|A|Question|Answer)\.?", re.IGNORECASE)
_DIRECTION = re.compile(r"[\[(][^\[\]()\n]{1,200}[\])]")


def printed_turns(view: TextView, turns: Sequence[Segment]) -> list[Attribution]:
    """The turns of a talk as quotations.

    Args:
        view: the text.
        turns: its turns in text order; those without a label in front of them are left out, since
            nothing on the page gives them to anybody.

    Returns:
        One attribution a turn: the label without times and signs is its source, empty for "Q" and
        "A"; the content has a span for each paragraph, without stage directions on their own.
    """
    labelled = []
    end = 0
    for turn in turns:
        label = _label(view.text, turn)
        if label is not None and label.start >= end:  # else it is the end of the turn before
            labelled.append((turn, label))
        end = turn.end
    if len({turn.speaker or label.of(view.text) for turn, label in labelled}) < _MIN_SPEAKERS:
        return []
    attributions = []
    number = 0
    for turn, label in labelled:
        while number < len(view.paragraphs) and view.paragraphs[number].end <= turn.start:
            number += 1
        content = []
        place = number
        while place < len(view.paragraphs) and view.paragraphs[place].start < turn.end:
            paragraph = view.paragraphs[place]
            span = Span(max(paragraph.start, turn.start), min(paragraph.end, turn.end))
            if not _DIRECTION.fullmatch(span.of(view.text)):
                content.append(span)
            place += 1
        if content:
            attributions.append(_attribution(view.text, tuple(content), label))
    return attributions


def _label(text: str, turn: Segment) -> Span | None:
    """The label in front of a turn; None where nothing but the end of other words stands there."""
    low = max(0, turn.start - _LABEL_CHARS)
    before = text[low : turn.start]
    end = _label_end(before)
    if end in {0, len(before)}:
        return None
    line = before.rfind("\n", 0, end) + 1
    opening = _BEFORE.match(before, line, end)
    start = opening.end() if opening else line
    return Span(low + start, low + end) if start < end else None


def _label_end(before: str) -> int:
    """Where a label ends that a turn follows: without signs, times, and the stop before a dash."""
    end = len(before)
    while True:
        bare = len(before[:end].rstrip(_SIGNS))
        time = _TIME_AT_END.search(before, max(0, bare - _TIME_CHARS), bare)
        if time is not None:
            bare = time.start()
        elif before[bare - 1 : bare] == "." and _DASH_NEXT.match(before, bare):
            bare -= 1
        if bare == end:
            return end
        end = bare


def _attribution(text: str, content: tuple[Span, ...], label: Span) -> Attribution:
    named = _SIDE.fullmatch(label.of(text)) is None
    colon = text.find(":", label.end, content[0].start)
    cue = (Span(colon, colon + 1),) if named and colon >= 0 else ()
    return Attribution(
        content=content,
        cue=cue,
        source=(label,) if named else (),
        kind="direct",
        rule="turn",
        confidence=_CONFIDENCE,
    )
