"""Labels without a colon: ``>>`` of captions, a time before the name, the Congressional Record."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from quotecheck.language.bylines import names_person
from quotecheck.language.word_frequencies import word_bits
from quotecheck.reading.transcripts.speaker_labels import key_of, label_of
from quotecheck.reading.transcripts.turn_labels import DATE, TIME, TurnLabel

__all__ = ["chat_labels", "chevron_labels", "record_labels", "stamped_labels"]

_CHEVRON = re.compile(
    r"^[ \t]{0,8}(?P<signs>>{2,3})[ \t]*(?:(?P<label>[^\s:>][^\n\r:>]{0,79}+):)?[ \t]*(?=\S)",
    re.MULTILINE,
)
_QUOTED_MAIL = re.compile(r"^>(?!>)", re.MULTILINE)
_STAMPED = re.compile(
    rf"^[ \t]{{0,8}}[\[(]{TIME}[\])][ \t]+(?P<words>[^\W\d_][^\s]*(?:[ \t]+[^\s]+){{0,5}})",
    re.MULTILINE,
)
_RECORD = re.compile(
    r"^[ \t]{1,8}(?P<label>(?:(?:Mr|Mrs|Ms|Miss|Dr)\.[ ](?:[A-Z][a-z]{0,3})?[A-Z][A-Z'’-]+"
    r"(?:[ ][A-Z][A-Z'’-]+){0,3}(?:[ ]of[ ][A-Z][a-z]+(?:[ ][A-Z][a-z]+){0,2})?"
    r"|The[ ][A-Z]{3,}(?:[ ][A-Z]{2,}){0,4}(?:[ ]pro[ ]tempore)?(?:[ ]\([^()\n]{1,60}\))?))"
    r"\.[ ]+(?=[^\s])",
    re.MULTILINE,
)
_CHAT = re.compile(
    rf"^[ \t]{{0,8}}(?:[\[(]?(?:{DATE},?[ \t]+)?{TIME}[\])]?[ \t]+)?"
    r"<[@+%&~]?(?P<nick>[^<>\s][^<>\n\r]{0,39})>[ \t]+(?=\S)",
    re.MULTILINE,
)
_HOLDER = re.compile(
    r"(?P<chair>The [^()]{3,60}?) \((?P<name>(?:Mr|Mrs|Ms|Miss|Dr)\. [^()]{2,40})\)"
)
_PLACE = re.compile(r"\A(?P<name>.+?) of (?P<place>[A-Z].*)\Z")
_CHAT_SHARE: Final = 0.5
"""Share of the lines that begin with a nickname in a chat."""
_MIN_NAMED: Final = 2
"""Turns with a name that make a transcript of ``>>``."""
_MIN_STAMPED: Final = 3
"""Lines with a time that make a chat."""
_MAX_NAME_WORDS: Final = 4
"""Words of a name in front of a turn."""
_FAMILIAR_BITS: Final = 12
"""A word of English more frequent than this cannot end a name at the beginning of a sentence."""


def chevron_labels(text: str) -> list[TurnLabel]:
    r"""Turns that ``>>`` marks, with or without a name; none where no two are named.

    >>> [l.name for l in chevron_labels(">> Ann Lee: So?\n>> Yes.\n>> Ann Lee: Good.")]
    ['Ann Lee', '', 'Ann Lee']
    """
    if ">>" not in text or _QUOTED_MAIL.search(text):
        return []
    labels: list[TurnLabel] = []
    for match in _CHEVRON.finditer(text):
        label = label_of(match["label"]) if match["label"] else None
        start = match.end() if label is not None else match.end("signs")
        labels.append(
            TurnLabel(match.start(), start, label.name if label else "", is_described=True)
        )
    return labels if sum(bool(label.name) for label in labels) >= _MIN_NAMED else []


def chat_labels(text: str) -> list[TurnLabel]:
    r"""Turns of a chat, each a line after ``<name>``; a nick that is not a name names nobody.

    >>> [l.name for l in chat_labels("<Ann> So?\n[10:32] <bo77> Yes.\n<Ann> Good.")]
    ['Ann', '', 'Ann']
    """
    labels: list[TurnLabel] = []
    nicks: Counter[str] = Counter()
    for match in _CHAT.finditer(text):
        label = label_of(match["nick"])
        nicks[match["nick"]] += 1
        name = label.name if label is not None else ""
        labels.append(TurnLabel(match.start(), match.end(), name, is_described=True))
    lines = sum(1 for line in text.splitlines() if line.strip())
    enough = len(labels) >= _MIN_STAMPED and len(labels) >= _CHAT_SHARE * lines
    return labels if enough and len(nicks) >= _MIN_NAMED and max(nicks.values()) > 1 else []


def stamped_labels(text: str) -> list[TurnLabel]:
    r"""Turns with a time in brackets before the name, and nothing after it.

    A name ends where the words of several such lines begin to differ, or where a person's ends.

    >>> text = "[0:01] Ann Lee So?\n[0:04] Bo Roe We did.\n[0:06] Ann Lee Good.\n[0:08] Bo Roe Yes."
    >>> [label.name for label in stamped_labels(text)]
    ['Ann Lee', 'Bo Roe', 'Ann Lee', 'Bo Roe']
    """
    stamped = list(_STAMPED.finditer(text))
    if len(stamped) < _MIN_STAMPED:
        return []
    openings = [_opening(match["words"]) for match in stamped]
    counts = Counter(opening[:k] for opening in openings for k in range(1, len(opening) + 1))
    labels: list[TurnLabel] = []
    for match, opening in zip(stamped, openings, strict=True):
        size = _name_size(opening, counts)
        words = re.match(rf"(?:\S+[ \t]*){{{size}}}", match["words"]) if size else None
        start = match.start("words") + (words.end() if words else 0)
        labels.append(TurnLabel(match.start(), start, " ".join(opening[:size]), is_described=True))
    named = Counter(key_of(label.name) for label in labels if label.name)
    enough = sum(named.values()) >= _MIN_STAMPED and max(named.values()) > 1
    return labels if enough and sum(named.values()) >= 0.5 * len(labels) else []


def _opening(words: str) -> tuple[str, ...]:
    """The words in capitals with which a line begins, as far as they may be a name."""
    opening: list[str] = []
    for word in words.split()[:_MAX_NAME_WORDS]:
        if label_of(word) is None or (opening and word[-1] in ".,!?;:" and len(word) > 2):
            break
        opening.append(word)
    return tuple(opening)


def _name_size(opening: tuple[str, ...], counts: Counter[tuple[str, ...]]) -> int:
    """How many words of an opening are the name; 0 where none surely are."""
    best = 0
    for size in range(2, len(opening) + 1):
        head = opening[:size]
        person = names_person(" ".join(head))
        usual = word_bits(head[-1].casefold().strip(".")) < _FAMILIAR_BITS
        if usual and not (size == 2 and person):
            continue
        if best:
            again = counts[head] > 1 and counts[head] == counts[opening[:best]]
        else:
            again = counts[head] > 1 or person
        if again:
            best = size
    return best


def record_labels(text: str) -> list[TurnLabel]:
    r"""Turns as the Congressional Record prints them: ``  Mr. KOLL. Mr. Speaker, …``.

    >>> text = "  Mr. KOLL. I rise.\n  The SPEAKER. So you do.\n  Mr. KOLL. I yield."
    >>> [label.name for label in record_labels(text)]
    ['Mr. KOLL', 'The SPEAKER', 'Mr. KOLL']
    """
    matches = list(_RECORD.finditer(text))
    places: dict[str, set[str]] = {}
    for match in matches:
        if placed := _PLACE.match(match["label"]):
            places.setdefault(placed["name"], set()).add(placed["place"])
    labels = []
    holders: dict[str, str] = {}  # who sits in a chair, as brackets say when they first speak
    for match in matches:
        if holder := _HOLDER.match(match["label"]):
            holders[holder["chair"]] = holder["name"]
        if who := holders.get(match["label"] if holder is None else holder["chair"]):
            labels.append(TurnLabel(match.start(), match.end(), who, is_described=True))
            continue
        placed = _PLACE.match(match["label"])
        alone = placed is not None and len(places[placed["name"]]) == 1
        name = placed["name"] if placed is not None and alone else match["label"]
        labels.append(TurnLabel(match.start(), match.end(), name, is_described=True))
    counts = Counter(key_of(label.name) for label in labels)
    return labels if len(labels) > _MIN_NAMED and max(counts.values()) > 1 else []
