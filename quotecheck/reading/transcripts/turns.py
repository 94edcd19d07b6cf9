"""Transcripts: who holds which stretch of a talk that is written down turn by turn.

``CLINTON: …``, ``Chris Wallace: …``, ``MR. SMITH: …``, ``Q. … A. …``, ``Mr Smith (Leeds): …``,
``The Minister of State (Jane Doe): …``, and plays. A line that merely has a colon makes no
transcript: several turns, of two speakers or more, must.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from quotecheck.reading.transcripts.examinations import Examination, examination
from quotecheck.reading.transcripts.initials import initials_of_people, is_initials
from quotecheck.reading.transcripts.line_labels import (
    named_labels,
    parliament_labels,
    timed_labels,
)
from quotecheck.reading.transcripts.marked_labels import (
    chat_labels,
    chevron_labels,
    record_labels,
    stamped_labels,
)
from quotecheck.reading.transcripts.plays import cues, inline_cues, is_screenplay, speech_end
from quotecheck.reading.transcripts.speaker_labels import is_upper, key_of, label_of, surname_of
from quotecheck.reading.transcripts.table_labels import row_labels
from quotecheck.reading.transcripts.talk_signs import is_sure_label, is_talk
from quotecheck.reading.transcripts.turn_labels import DATE, TIME, TurnLabel
from quotecheck.reading.transcripts.turn_names import label_names
from quotecheck.records.document import Segment

__all__ = ["segments"]

# A line's beginning up to a colon; what stands there is looked at word by word afterwards. The
# time at which a turn begins may stand before it.
_LABELLED = re.compile(
    rf"^(?:[ \t]{{0,8}}[\[(]?(?:{DATE},?[ \t]+)?{TIME}(?:[ \t]?[AaPp][Mm])?[\])]?[ \t]+"
    r"(?:[-–—][ \t]*)?)?"
    r"[ \t>*_]{0,30}(?:(?P<qa>[QA])(?:[.:]|(?=[ \t]{2}|\t))"
    rf"|(?P<label>[^\s:*_>][^\n\r:]{{0,139}}?)(?:[*_]{{0,3}}[ \t]{{0,3}}[\[(]{TIME}[\])])?:)"
    rf"[*_]{{0,3}}(?:[ \t]{{0,3}}[\[(]{TIME}[\])])?(?=[ \t\r\n]|\Z)",
    re.MULTILINE,
)
_DASHED = re.compile(  # as old records are printed: "MR. MOOR.—Sir"
    r"^[ \t]{0,8}(?P<label>[A-Z][^\n\r:—]{0,59}?)\.[ \t]?(?:—|--)(?=[^\n\r-])", re.MULTILINE
)
_DIRECTION_LINE = re.compile(r"[ \t*_]*(?:\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\])[ \t*_.]*\Z")
_MIN_TURNS = 3
"""Turns that make a transcript."""
_EARLY_LINES = 6  # a sparse transcript begins with a turn, after a title and the like
_DENSE = 0.12  # turns to lines
_SIDES = frozenset({"Q", "A"})
_NO_RECORD = Examination((), (), ())
_LOOKED_AT = 600  # code points of a turn
_LATEST_BEGINNING = 0.5  # of the text: what comes before is introduction


@dataclass(frozen=True, slots=True)
class _Turn:
    line: int  # where its line begins
    start: int  # where its words begin
    label: str
    upper: bool
    is_described: bool = False  # brackets say more of the speaker, as parliaments write it


def segments(
    text: str,
    *,
    answers: str | None = None,
    asks: str | None = None,
    author: str | None = None,
) -> tuple[Segment, ...]:
    r"""The turns of a transcript; nothing where the text is not one.

    A label that is the surname of somebody named in full, in another label or again and again in
    the text, stands for the full name ("HILLARY CLINTON:", later "CLINTON:"). Stage directions on
    lines of their own are cut off at the ends of a turn.

    Args:
        text: a document's raw text.
        answers: who speaks in the turns marked "A.", where that is known.
        asks: who speaks in those marked "Q.".
        author: who wrote the text, whose initials may stand before turns.

    Returns:
        Turns in text order, without labels. ``speaker`` is None for turns of nobody known
        ("UNIDENTIFIED MALE:", "QUESTION:", "Q.").

    >>> text = "ANN LEE: Is it true?\nROE: It is.\nLEE: Then good.\nROE: Good."
    >>> [(s.speaker, text[s.start : s.end]) for s in segments(text)][:3]
    [('Ann Lee', 'Is it true?'), ('Roe', 'It is.'), ('Ann Lee', 'Then good.')]
    """
    talk = _talk_of(text)
    turns = talk.turns
    if not turns:
        return ()
    record = examination(text) if any(turn.label in _SIDES for turn in turns) else _NO_RECORD
    labels = {turn.label for turn in turns}
    labels |= {who for _, who in (*record.asking, *record.answering)}
    names = label_names(labels, text, introduced=not talk.is_play)
    short = [label for label in labels if label not in _SIDES and is_initials(label, text)]
    if short and not talk.is_play:
        names |= initials_of_people(short, text, (answers, asks, author))
    marked_turns: list[Segment] = []
    for number, turn in enumerate(turns):
        end = turns[number + 1].line if number + 1 < len(turns) else len(text)
        end = record.end(turn.start, end)
        if talk.is_play:
            end = speech_end(text, turn.start, end, film=talk.is_film)
        place = _without_directions(text, turn.start, end)
        if place is None:
            continue
        label: str | None = turn.label
        speaker = None
        if label in _SIDES:
            side = label
            label = (record.asks if side == "Q" else record.answers)(turn.line)
            speaker = None if label else asks if side == "Q" else answers
        elif key_of(turn.label) == "the witness":
            label = record.answers(turn.line) or label
        marked_turns.append(Segment(*place, names.get(label, speaker) if label else speaker))
    return tuple(marked_turns)


# -------------------------------------------------------------------------------------- the labels


class _Talk(NamedTuple):
    """The labelled turns of a text, and whether they are set as those of a play or a film."""

    turns: list[_Turn]
    is_play: bool
    is_film: bool


def _talk_of(text: str) -> _Talk:
    """Find the turns by the forms of labels, the surest form first."""
    turns = _chosen(_turns(text))
    marked = chevron_labels(text)
    has_colons = not marked and _is_transcript(text, turns)
    play = film = False
    if not has_colons:
        for find in (
            chat_labels,
            timed_labels,
            stamped_labels,
            record_labels,
            parliament_labels,
            row_labels,
        ):
            marked = marked or find(text)
        marked = marked if _is_talk_below(text, marked) else []
        if not marked:
            marked = [TurnLabel(cue.line, cue.start, cue.label) for cue in cues(text)]
            if not marked:
                inline = [TurnLabel(cue.line, cue.start, cue.label) for cue in inline_cues(text)]
                marked = inline if _is_talk_below(text, inline) else []
            play = bool(marked)
            film = play and is_screenplay(text)
        if not marked and _is_talk_below(text, named := named_labels(text)):
            marked = named
        turns = [_Turn(each.line, each.start, each.name, is_upper(each.name)) for each in marked]
    return _Talk(turns, play, film)


def _turns(text: str) -> list[_Turn]:
    """All lines that begin as turns do."""
    turns: list[_Turn] = []
    roles: dict[str, str] = {}  # "The Minister of State" -> the name that brackets gave it
    for match in _LABELLED.finditer(text):
        if match["qa"]:
            turns.append(_Turn(match.start(), match.end(), match["qa"], True))
            continue
        label = label_of(match["label"])
        if label is None:
            continue
        if label.role and not label.apposed:
            roles[label.role] = label.name
        name = roles.get(label.name, label.name)
        described = label.is_described or label.name in roles
        turns.append(_Turn(match.start(), match.end(), name, is_upper(name), described))
    if any(sign in text for sign in (".—", ". —", ".--", ". --")):
        for match in _DASHED.finditer(text):
            label = label_of(match["label"])
            if label is not None and is_upper(label.name):
                turns.append(_Turn(match.start(), match.end(), label.name, True))
        turns.sort(key=lambda turn: turn.line)
    return turns


def _chosen(turns: list[_Turn]) -> list[_Turn]:
    """The turns whose labels behave like speakers: in capitals, or said again."""
    counts = Counter(key_of(turn.label) for turn in turns)
    capitals = sum(turn.upper for turn in turns)
    again = {surname_of(label) for label, count in counts.items() if count > 1}
    if {"Q", "A"} & {turn.label for turn in turns} and capitals > 1:
        # Q and A alone may be any list; in pairs they are a talk.
        both = min(counts["q"], counts["a"]) or (counts["q"] and capitals > counts["q"])
        turns = [turn for turn in turns if turn.label not in {"Q", "A"} or both]
    if capitals >= 0.8 * len(turns):
        return [turn for turn in turns if turn.upper]
    if sum(counts[label] > 1 for label in _upper_keys(turns)) > 1:
        # Two who speak in capitals again and again: what has a colon above them is the record's
        # head ("Harbour Voices: Interview 27"), unless it comes again below.
        first = next(turn.line for turn in turns if turn.upper)
        turns = [t for t in turns if t.line >= first or counts[key_of(t.label)] > 1]
    return [
        turn
        for turn in turns
        if turn.upper
        or turn.is_described
        or counts[key_of(turn.label)] > 1
        or (surname_of(turn.label) in again and len(turn.label.split()) > 1)
        or (again and 2 <= len(turn.label.split()) <= 3)
    ]


def _upper_keys(turns: list[_Turn]) -> set[str]:
    """The keys of labels in capitals."""
    return {key_of(turn.label) for turn in turns if turn.upper}


def _is_talk_below(text: str, labels: list[TurnLabel]) -> bool:
    """Whether what stands after labels without a colon is talk."""
    if not labels:
        return False
    ends = [label.line for label in labels[1:]] + [len(text)]
    return is_talk(
        [
            (label.name, text[label.start : min(end, label.start + _LOOKED_AT)].strip())
            for label, end in zip(labels, ends, strict=True)
        ]
    )


def _is_transcript(text: str, turns: list[_Turn]) -> bool:
    if len(turns) < _MIN_TURNS:
        return False
    surnames = Counter(surname_of(turn.label) or key_of(turn.label) for turn in turns)
    repeated = sum(count > 1 for count in surnames.values())
    labels = {key_of(turn.label): turn.label for turn in turns}.values()
    if len(labels) < 2 or not repeated:
        return False
    ends = [turn.line for turn in turns[1:]] + [len(text)]
    turn_words_by_label = [
        (turn.label, text[turn.start : min(end, turn.start + _LOOKED_AT)].strip())
        for turn, end in zip(turns, ends, strict=True)
    ]
    if not is_talk(turn_words_by_label):
        return False
    words = [
        sum(map(str.isalpha, re.findall(r"\w+", turn_words)))
        for _, turn_words in turn_words_by_label
    ]
    capitals = sum(turn.upper for turn in turns)
    terse = capitals >= 0.9 * len(turns) or all(is_sure_label(label) for label in labels)
    if median(words) < (1 if terse else 3):
        return False  # a table: "Clinton: 54%"
    lines = [line for line in text.splitlines() if line.strip()]
    before = sum(1 for line in text[: turns[0].line].splitlines() if line.strip())
    if capitals >= 0.9 * len(turns) and before < _EARLY_LINES:
        return True
    return (
        len(turns) > _MIN_TURNS
        and repeated >= 2
        and len(turns) >= _DENSE * len(lines)
        and turns[0].line <= _LATEST_BEGINNING * len(text)
    )


# ---------------------------------------------------------------------------------- their stretches


def _without_directions(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A turn without white space and stage directions at its ends; None where nothing is left."""
    while True:
        while start < end and text[start].isspace():
            start += 1
        stop = _line_end(text, start, end)
        if start >= end or not _DIRECTION_LINE.match(text[start : min(stop, start + 400)]):
            break
        start = stop
    while True:
        while end > start and (text[end - 1].isspace() or text[end - 1] == "|"):
            end -= 1
        begin = max(text.rfind("\n", start, end), text.rfind("\r", start, end)) + 1
        if begin <= start or not _DIRECTION_LINE.match(text[begin:end][:400]):
            break
        end = begin
    return (start, end) if start < end else None


def _line_end(text: str, start: int, end: int) -> int:
    stops = [place for sign in "\n\r" if (place := text.find(sign, start, end)) >= 0]
    return min(stops, default=end)
