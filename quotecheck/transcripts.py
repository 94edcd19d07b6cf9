"""Transcripts: who holds which stretch of a talk that is written down turn by turn.

``CLINTON: …``, ``Chris Wallace: …``, ``MR. SMITH: …``, ``Q. … A. …``. A line that merely has a
colon makes no transcript: several turns, of two speakers or more, must.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from statistics import median

from quotecheck.annotations import Segment

__all__ = ["segments"]

# A line's beginning up to a colon; what stands there is looked at word by word afterwards.
_LABELLED = re.compile(
    r"^[ \t>*_]{0,8}(?:(?P<qa>[QA])(?:[.:]|(?=[ \t]{2}|\t))"
    r"|(?P<label>[^\s:*_>][^\n\r:]{0,59}):)(?P<after>[*_]{0,3}(?=[ \t\r\n]|\Z))",
    re.MULTILINE,
)
_ASIDE = re.compile(r"\([^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_WORD = re.compile(r"#?\d{1,3}|[^\W\d_](?:[^\W_]|['’.&-])*,?|&", re.UNICODE)
_DIRECTION_LINE = re.compile(r"[ \t*_]*(?:\([^()\n]{1,200}\)|\[[^\[\]\n]{1,200}\])[ \t*_.]*\Z")
_PARTICLES = frozenset(
    "of the and de la le du der den von van zu al el bin bint ibn da di dos y for no & to".split()
)
_TITLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady sen senator rep representative"
    " gov governor gen general col colonel capt captain lt sgt maj major adm admiral president"
    " vice secretary sec amb ambassador judge justice chief mayor chairman chairwoman chair"
    " congressman congresswoman minister prime chancellor king queen prince princess pope"
    " father rev reverend sheriff former the speaker delegate councilman councilwoman"
    " moderator host".split()
)
_UNKNOWN = frozenset(
    "unidentified unknown question questioner q a inaudible male female man woman voice"
    " participant caller".split()
)
# Words that open a line with a colon and are nobody.
_NO_SPEAKERS = frozenset(
    "note notes source sources date time place location subject re from to cc bcc update"
    " updated photo photos video contact email e-mail fax phone tel telephone address website"
    " web http https example warning caution summary title headline byline by breaking related"
    " read more correction corrections editor's editor’s caption image credit tags topics"
    " filed posted published category copyright keywords abstract introduction conclusion"
    " background chapter part section scene act exhibit table figure fig step day week year"
    " page line item number total price cost score result results poll polls fact rating"
    " verdict claim ps p.s nb n.b attn attention hint tip answer length dateline load-date"
    " language publication-type body highlight graphic".split()
)
_FEWEST = 3
_LONGEST_NAME = 5  # words of a label, titles and particles aside
_EARLY_LINES = 6  # a sparse transcript begins with a turn, after a title and the like
_DENSE = 0.12  # turns to lines
_LATEST_BEGINNING = 0.5  # of the text: what comes before is introduction


@dataclass(frozen=True, slots=True)
class _Turn:
    line: int  # where its line begins
    start: int  # where its words begin
    label: str
    upper: bool


def segments(text: str, *, answers: str | None = None) -> tuple[Segment, ...]:
    r"""The turns of a transcript; nothing where the text is none.

    A label that is the surname of somebody named in full, in another label or again and again in
    the text, stands for the full name ("HILLARY CLINTON:", later "CLINTON:"). Stage directions on
    lines of their own are cut off at the ends of a turn.

    Args:
        text: a document's raw text.
        answers: who speaks in the turns marked "A.", where that is known.

    Returns:
        Turns in text order, without labels. ``speaker`` is None for turns of nobody known
        ("UNIDENTIFIED MALE:", "QUESTION:", "Q.").

    >>> text = "ANN LEE: Is it so?\nROE: It is.\nLEE: Then good.\nROE: Good."
    >>> [(s.speaker, text[s.start : s.end]) for s in segments(text)][:3]
    [('Ann Lee', 'Is it so?'), ('Roe', 'It is.'), ('Ann Lee', 'Then good.')]
    """
    turns = _chosen(_turns(text))
    if not _is_transcript(text, turns):
        return ()
    names = _names({turn.label for turn in turns}, text)
    found: list[Segment] = []
    for number, turn in enumerate(turns):
        end = turns[number + 1].line if number + 1 < len(turns) else len(text)
        place = _without_directions(text, turn.start, end)
        if place is None:
            continue
        speaker = answers if turn.label == "A" else names[turn.label]
        found.append(Segment(*place, speaker))
    return tuple(found)


# -------------------------------------------------------------------------------------- the labels


def _turns(text: str) -> list[_Turn]:
    found = []
    for match in _LABELLED.finditer(text):
        if match["qa"]:
            found.append(_Turn(match.start(), match.end(), match["qa"], True))
            continue
        label = _cleaned(match["label"])
        if label:
            found.append(_Turn(match.start(), match.end(), label, _is_upper(label)))
    return found


def _cleaned(label: str) -> str:
    """The label without brackets and markup, "" where it cannot name a speaker."""
    label = _ASIDE.sub(" ", label).strip(" \t*_") if set("([*_") & set(label) else label.strip()
    words = label.split()
    if not words or not words[0][0].isupper():
        return ""
    first = words[0].casefold().strip(".,")
    if first in _NO_SPEAKERS or not all(_WORD.fullmatch(word) for word in words):
        return ""
    names = 0
    for word in words:
        bare = word.casefold().strip(".,")
        if bare in _PARTICLES or bare in _TITLES:
            continue
        if not (word[0].isupper() or word[0] in "#0123456789" or _is_upper(word)):
            return ""
        names += 1
    return " ".join(words) if names <= _LONGEST_NAME and len(words) <= 2 * _LONGEST_NAME else ""


def _is_upper(label: str) -> bool:
    """Whether a label is in capitals, "McCAIN" and "MR. O’NEIL" too."""
    letters = re.sub(r"\b(?:Mc|Mac|De|La|Le|Van|Mr|Mrs|Ms|Dr|The)(?=[A-Z. ])", "", label)
    letters = "".join(filter(str.isalpha, letters))
    return bool(letters) and letters.isupper()


def _key(label: str) -> str:
    return label.casefold().strip(" .")


def _surname(label: str) -> str:
    words = [w for w in _key(label).replace(",", " ").split() if w.strip(".") not in _TITLES]
    while len(words) > 1 and words[-1].strip(".") in {"jr", "sr", "ii", "iii", "iv"}:
        words.pop()
    return words[-1] if words else ""


def _chosen(turns: list[_Turn]) -> list[_Turn]:
    """The turns whose labels behave like speakers: in capitals, or said again."""
    counts = Counter(_key(turn.label) for turn in turns)
    capitals = sum(turn.upper for turn in turns)
    again = {_surname(label) for label, count in counts.items() if count > 1}
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
        or counts[_key(turn.label)] > 1
        or (_surname(turn.label) in again and len(turn.label.split()) > 1)
        or (again and 2 <= len(turn.label.split()) <= 3)
    ]


def _is_transcript(text: str, turns: list[_Turn]) -> bool:
    if len(turns) < _FEWEST:
        return False
    surnames = Counter(_surname(turn.label) or _key(turn.label) for turn in turns)
    repeated = sum(count > 1 for count in surnames.values())
    if len({_key(turn.label) for turn in turns}) < 2 or not repeated:
        return False
    ends = [turn.line for turn in turns[1:]] + [len(text)]
    words = [
        sum(map(str.isalpha, re.findall(r"\w+", text[turn.start : min(end, turn.start + 400)])))
        for turn, end in zip(turns, ends, strict=True)
    ]
    capitals = sum(turn.upper for turn in turns)
    if median(words) < (1 if capitals >= 0.9 * len(turns) else 3):
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


def _names(labels: set[str], text: str) -> dict[str, str | None]:
    """What each label stands for."""
    forms = _spellings(labels, text)
    fuller: dict[str, set[str]] = {}  # surname -> full names among the labels
    for label in labels:
        words = [w for w in label.split() if w.casefold().strip(".,") not in _TITLES]
        if len(words) > 1 and not _is_nobody(label):
            fuller.setdefault(_surname(label), set()).add(" ".join(words).casefold())
    single = {_surname(label) for label in labels} - set(fuller)
    running = _in_running_text(single, text)
    names: dict[str, str | None] = {}
    for label in labels:
        if _is_nobody(label):
            names[label] = None
            continue
        words = [w for w in label.split() if w.casefold().strip(".,") not in _TITLES]
        full = fuller.get(_surname(label), set())
        if len(words) == 1 and len(full) == 1:
            names[label] = _spelled(next(iter(full)), forms)
        elif len(words) == 1 and not full:
            names[label] = running.get(_surname(label)) or _spelled(label, forms)
        else:
            # A title stays where it is all that tells two people apart.
            names[label] = _spelled(" ".join(words) if len(words) > 1 else label, forms)
    return names


def _is_nobody(label: str) -> bool:
    words = [word.strip(".,#").casefold() for word in label.split()]
    return words[0] in _UNKNOWN or (len(words) > 1 and words[0] == "the" and words[1] in _UNKNOWN)


def _spellings(labels: set[str], text: str) -> dict[str, str]:
    """How the text writes the words that labels write in capitals: "mccain" -> "McCain"."""
    wanted = {word.casefold().strip(".,") for label in labels for word in label.split()}
    found: dict[str, Counter[str]] = {}
    for match in re.finditer(r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_]))+", text):
        word = match.group()
        if word[0].isupper() and not word.isupper() and word.casefold() in wanted:
            found.setdefault(word.casefold(), Counter())[word] += 1
    return {key: forms.most_common(1)[0][0] for key, forms in found.items()}


def _spelled(label: str, forms: dict[str, str]) -> str:
    words = []
    for number, word in enumerate(label.split()):
        key = word.casefold().strip(".,")
        if key in _PARTICLES and number:
            words.append(word.lower())
        elif word[1:].islower() and word[0].isupper():
            words.append(word)
        else:
            form = forms.get(key) or re.sub(
                r"[^\W\d_]+", lambda part: part.group().capitalize(), word.strip(",")
            )
            words.append(form + ("." if word.endswith(".") and not form.endswith(".") else ""))
    return " ".join(words)


_NAMED = re.compile(r"\b([A-Z][a-z’'-]+(?: [A-Z]\.)?)(?= ([A-Z][\w’'-]*))")


def _in_running_text(surnames: set[str], text: str) -> dict[str, str]:
    """The full name that a text gives each surname, where it gives one and hardly another."""
    seen: dict[str, Counter[str]] = {}
    for match in _NAMED.finditer(text):
        first, last = match.groups()
        key = last.casefold()
        key = key if key in surnames else re.sub(r"['’]s\Z", "", key)
        if key in surnames and first.casefold().strip(".") not in _TITLES | _NOT_FIRST:
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
