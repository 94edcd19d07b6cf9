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

from quotecheck.language.register_names import is_unnamed_voice
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
from quotecheck.reading.transcripts.plays import cues, is_screenplay, speech_end
from quotecheck.reading.transcripts.speaker_labels import (
    PARTICLES,
    TITLES,
    is_upper,
    key_of,
    label_of,
    surname_of,
)
from quotecheck.reading.transcripts.talk_signs import is_sure_label, is_talk
from quotecheck.reading.transcripts.turn_labels import DATE, TIME, TurnLabel
from quotecheck.records.document import Segment

__all__ = ["segments", "spelled"]

# A line's beginning up to a colon; what stands there is looked at word by word afterwards. The
# time at which a turn begins may stand before it.
_LABELLED = re.compile(
    rf"^(?:[ \t]{{0,8}}[\[(]?(?:{DATE},?[ \t]+)?{TIME}(?:[ \t]?[AaPp][Mm])?[\])]?[ \t]+"
    r"(?:[-–—][ \t]*)?)?"
    r"[ \t>*_]{0,8}(?:(?P<qa>[QA])(?:[.:]|(?=[ \t]{2}|\t))"
    rf"|(?P<label>[^\s:*_>][^\n\r:]{{0,139}}?)(?:[*_]{{0,3}}[ \t]{{0,3}}[\[(]{TIME}[\])])?:)"
    r"[*_]{0,3}(?=[ \t\r\n]|\Z)",
    re.MULTILINE,
)
_DASHED = re.compile(  # as old records are printed: "MR. MOOR.—Sir"
    r"^[ \t]{0,8}(?P<label>[A-Z][^\n\r:—]{0,59}?)\.[ \t]?(?:—|--)(?=[^\n\r-])", re.MULTILINE
)
_DIRECTION_LINE = re.compile(r"[ \t*_]*(?:\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\])[ \t*_.]*\Z")
_FEWEST = 3
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
    told: bool = False  # brackets say more of the speaker, as parliaments write it


def segments(
    text: str, *, answers: str | None = None, asks: str | None = None
) -> tuple[Segment, ...]:
    r"""The turns of a transcript; nothing where the text is none.

    A label that is the surname of somebody named in full, in another label or again and again in
    the text, stands for the full name ("HILLARY CLINTON:", later "CLINTON:"). Stage directions on
    lines of their own are cut off at the ends of a turn.

    Args:
        text: a document's raw text.
        answers: who speaks in the turns marked "A.", where that is known.
        asks: who speaks in those marked "Q.".

    Returns:
        Turns in text order, without labels. ``speaker`` is None for turns of nobody known
        ("UNIDENTIFIED MALE:", "QUESTION:", "Q.").

    >>> text = "ANN LEE: Is it so?\nROE: It is.\nLEE: Then good.\nROE: Good."
    >>> [(s.speaker, text[s.start : s.end]) for s in segments(text)][:3]
    [('Ann Lee', 'Is it so?'), ('Roe', 'It is.'), ('Ann Lee', 'Then good.')]
    """
    turns = _chosen(_turns(text))
    marked = chevron_labels(text)
    talk = not marked and _is_transcript(text, turns)
    play = film = False
    if not talk:
        for find in (
            chat_labels,
            timed_labels,
            stamped_labels,
            record_labels,
            parliament_labels,
        ):
            marked = marked or find(text)
        marked = marked if _is_talk_below(text, marked) else []
        if not marked:
            marked = [TurnLabel(cue.line, cue.start, cue.label) for cue in cues(text)]
            play = bool(marked)
            film = play and is_screenplay(text)
        if not marked and _is_talk_below(text, named := named_labels(text)):
            marked = named
        turns = [_Turn(one.line, one.start, one.name, is_upper(one.name)) for one in marked]
    if not turns:
        return ()
    record = examination(text) if any(turn.label in _SIDES for turn in turns) else _NO_RECORD
    labels = {turn.label for turn in turns}
    labels |= {who for _, who in (*record.asking, *record.answering)}
    names = _names(labels, text, introduced=not play)
    short = [label for label in labels if label not in _SIDES and is_initials(label, text)]
    if short and not play:
        names |= initials_of_people(short, text, (answers, asks))
    found: list[Segment] = []
    for number, turn in enumerate(turns):
        end = turns[number + 1].line if number + 1 < len(turns) else len(text)
        end = record.end(turn.start, end)
        if play:
            end = speech_end(text, turn.start, end, film=film)
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
        found.append(Segment(*place, names.get(label, speaker) if label else speaker))
    return tuple(found)


# -------------------------------------------------------------------------------------- the labels


def _turns(text: str) -> list[_Turn]:
    """All lines that begin as turns do."""
    found: list[_Turn] = []
    roles: dict[str, str] = {}  # "The Minister of State" -> the name that brackets gave it
    for match in _LABELLED.finditer(text):
        if match["qa"]:
            found.append(_Turn(match.start(), match.end(), match["qa"], True))
            continue
        label = label_of(match["label"])
        if label is None:
            continue
        if label.role and not label.apposed:
            roles[label.role] = label.name
        name = roles.get(label.name, label.name)
        told = label.told or label.name in roles
        found.append(_Turn(match.start(), match.end(), name, is_upper(name), told))
    if any(sign in text for sign in (".—", ". —", ".--", ". --")):
        for match in _DASHED.finditer(text):
            label = label_of(match["label"])
            if label is not None and is_upper(label.name):
                found.append(_Turn(match.start(), match.end(), label.name, True))
        found.sort(key=lambda turn: turn.line)
    return found


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
    return [
        turn
        for turn in turns
        if turn.upper
        or turn.told
        or counts[key_of(turn.label)] > 1
        or (surname_of(turn.label) in again and len(turn.label.split()) > 1)
        or (again and 2 <= len(turn.label.split()) <= 3)
    ]


def _is_talk_below(text: str, labels: list[TurnLabel]) -> bool:
    """Whether what stands behind labels without a colon is talk."""
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
    if len(turns) < _FEWEST:
        return False
    surnames = Counter(surname_of(turn.label) or key_of(turn.label) for turn in turns)
    repeated = sum(count > 1 for count in surnames.values())
    labels = {key_of(turn.label): turn.label for turn in turns}.values()
    if len(labels) < 2 or not repeated:
        return False
    ends = [turn.line for turn in turns[1:]] + [len(text)]
    said = [
        (turn.label, text[turn.start : min(end, turn.start + _LOOKED_AT)].strip())
        for turn, end in zip(turns, ends, strict=True)
    ]
    if not is_talk(said):
        return False
    words = [sum(map(str.isalpha, re.findall(r"\w+", held))) for _, held in said]
    capitals = sum(turn.upper for turn in turns)
    terse = capitals >= 0.9 * len(turns) or all(is_sure_label(label) for label in labels)
    if median(words) < (1 if terse else 3):
        return False  # a table: "Clinton: 54%"
    lines = [line for line in text.splitlines() if line.strip()]
    before = sum(1 for line in text[: turns[0].line].splitlines() if line.strip())
    if capitals >= 0.9 * len(turns) and before < _EARLY_LINES:
        return True
    return (
        len(turns) > _FEWEST
        and repeated >= 2
        and len(turns) >= _DENSE * len(lines)
        and turns[0].line <= _LATEST_BEGINNING * len(text)
    )


# ------------------------------------------------------------------------------------- their names


def _names(labels: set[str], text: str, *, introduced: bool) -> dict[str, str | None]:
    """What each label stands for.

    Args:
        labels: of all turns.
        text: the transcript.
        introduced: whether the text itself may name somebody in full. In plays, what stands before
            a name is as often something that is called out to them.
    """
    forms = _spellings(labels, text)
    fuller: dict[str, set[str]] = {}  # surname -> full names among the labels
    for label in labels:
        words = _untitled(label)
        if len(words) > 1 and not is_unnamed_voice(label):
            fuller.setdefault(surname_of(label), set()).add(" ".join(words).casefold())
    if not introduced:
        fuller = {}  # Brutus and Decius Brutus are two people of one play
    single = {surname_of(label) for label in labels} - set(fuller)
    running = _in_running_text(single, text) if introduced else {}
    names: dict[str, str | None] = {}
    for label in labels:
        if is_unnamed_voice(label):
            names[label] = None
            continue
        words = _untitled(label)
        full = fuller.get(surname_of(label), set())
        if len(words) == 1 and len(full) == 1:
            names[label] = _spelled(next(iter(full)), forms)
        elif len(words) == 1 and not full:
            names[label] = running.get(surname_of(label)) or _spelled(label, forms)
        else:
            # A title stays where it is all that tells two people apart.
            if label.casefold().startswith("the "):
                words = label.split()
            names[label] = _spelled(" ".join(words) if len(words) > 1 else label, forms)
    return names


def _untitled(label: str) -> list[str]:
    """The words of a label but for titles; "the" stays where it joins two words of a name."""
    words = [w for w in label.split() if w.casefold() == "the" or not _is_title(w)]
    return words[1:] if words and words[0].casefold() == "the" else words


def _is_title(word: str) -> bool:
    return word.casefold().strip(".,") in TITLES


def _spellings(labels: set[str], text: str) -> dict[str, str]:
    """How the text writes the words that labels write in capitals: "mccain" -> "McCain"."""
    wanted = {word.casefold().strip(".,") for label in labels for word in label.split()}
    found: dict[str, Counter[str]] = {}
    for match in re.finditer(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+", text):
        word = match.group()
        if word[0].isupper() and not is_upper(word) and word.casefold() in wanted:
            found.setdefault(word.casefold(), Counter())[word] += 1
    return {key: forms.most_common(1)[0][0] for key, forms in found.items()}


def spelled(label: str) -> str:
    """A label as its name is usually written: one in capitals in small letters.

    >>> spelled("MARTA VAN OYELARAN"), spelled("Jon McBride")
    ('Marta van Oyelaran', 'Jon McBride')
    """
    return _spelled(label, {}) if is_upper(label) else label


def _spelled(label: str, forms: dict[str, str]) -> str:
    words = []
    for number, word in enumerate(label.split()):
        key = word.casefold().strip(".,")
        if key in PARTICLES and number:
            words.append(word.lower())
        elif (word[1:].islower() and word[0].isupper()) or (
            number and word.islower() and not label.islower()
        ):
            words.append(word)
        else:
            form = forms.get(key) or re.sub(
                r"[^\W\d_]+", lambda part: _capitalised(part.group()), word.strip(",")
            )
            words.append(form + ("." if word.endswith(".") and not form.endswith(".") else ""))
    return " ".join(words)


def _capitalised(word: str) -> str:
    low = word.capitalize()
    return f"Mc{low[2:].capitalize()}" if low.startswith("Mc") and len(low) > 4 else low


_NAMED = re.compile(r"\b([A-Z][a-z’'-]+(?: [A-Z]\.)?)(?= ([A-Z][\w’'-]*))")


def _in_running_text(surnames: set[str], text: str) -> dict[str, str]:
    """The full name that a text gives each surname, where it gives one and hardly another."""
    seen: dict[str, Counter[str]] = {}
    for match in _NAMED.finditer(text):
        first, last = match.groups()
        key = last.casefold()
        key = key if key in surnames else re.sub(r"['’]s\Z", "", key)
        if key in surnames and first.casefold().strip(".") not in TITLES | _NOT_FIRST:
            if len(last) > 3 and last.isupper():
                continue  # a label, or a headline
            seen.setdefault(key, Counter())[f"{first} {last[: len(key)]}"] += 1
    names = {}
    for key, counts in seen.items():
        (best, count), *_ = counts.most_common(1)
        if count >= 0.75 * counts.total():
            names[key] = best
    return names


_NOT_FIRST = frozenset(
    "and but so well now thank thanks yes no with for that this when if as to of by is was"
    " are in on at or because then what who how why where while than hello hi dear both either"
    " neither".split()
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
        while end > start and text[end - 1].isspace():
            end -= 1
        begin = max(text.rfind("\n", start, end), text.rfind("\r", start, end)) + 1
        if begin <= start or not _DIRECTION_LINE.match(text[begin:end][:400]):
            break
        end = begin
    return (start, end) if start < end else None


def _line_end(text: str, start: int, end: int) -> int:
    stops = [place for sign in "\n\r" if (place := text.find(sign, start, end)) >= 0]
    return min(stops, default=end)
