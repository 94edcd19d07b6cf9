"""Plays: the speaker's name on a line of its own, the speech below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from quotecheck.language.person_nouns import noun_gender, person_nouns
from quotecheck.reading.transcripts.speaker_labels import PARTICLES, is_upper, key_of, label_of

__all__ = ["Cue", "cues", "inline_cues", "is_screenplay", "speech_end"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
_MAX_CUE_CHARS: Final = 60
"""Code points of a line that names the speaker of a play."""
_MAX_NAME_WORDS: Final = 4
"""Words of a speaker's name in a play."""
_FEWEST: Final = 5  # speeches
_SHARE: Final = 0.6  # of the speeches: those of people who speak more than once
_DIRECT: Final = 0.8  # of the speeches that follow their label without a blank line
# Lines in capitals that plays, films and articles have, too.
_NO_CUES: Final = frozenset(
    "enter re-enter exit exeunt curtain end finis fin epilogue cast characters dramatis persons"
    " int ext cut fade dissolve advertisement advertisements continued contents intermission"
    " overture copyright all-rights act scene alarum alarums flourish sennet thunder".split()
)
_LONGEST_SCENE: Final = 400  # code points
_SCENE_LINE = re.compile(
    r"(?:ACT|SCENE|Act|Scene)\s+[\dIVXLC]|(?:Re-enter|Enter|Exit|Exeunt|Alarums?|Flourish|Sennet)\b"
)
_HEADED = re.compile(r"^[ \t]{0,40}(?:ACT|SCENE|Act|Scene)[ \t]+[\dIVXLC]", re.MULTILINE)
_INLINE = re.compile(
    r"^[ \t]{0,8}(?P<label>[A-Z][A-Z'’-]+(?:[ ][A-Z][A-Z'’-]+){0,3})\.[ \t]{1,3}(?=[^\s.])",
    re.MULTILINE,
)
_INLINE_SHARE: Final = 0.4  # of the paragraphs: those that begin with a label and a full stop
_SLUG = re.compile(r"^[ \t]{0,60}(?:\d{1,3}[ \t]+)?(?:INT|EXT)[./ ]", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t\r]*\n")
_ROLE_WORDS: Final = frozenset(
    "all both chorus ghost spirit fairy witch apparition voice another crowd lords ladies wall lion"
    " moonshine prologue soothsayer citizens soldiers attendants servants musicians players".split()
)
_ORDINALS: Final = frozenset(
    "first second third fourth fifth sixth seventh eighth one two three four another other old"
    " young several".split()
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A name on a line of its own: where the line begins, where the speech does, and the name."""

    line: int
    start: int
    label: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    cue: Cue
    stop: str
    """The sign after the name, if any."""
    is_direct: bool
    """Whether the speech begins on the next line."""


def cues(text: str) -> list[Cue]:
    r"""The speeches of a play, in order; none where the text is not a play.

    There must be five or more, most of them of people who speak again, and of two such people, one
    of them in capitals. Labels in small letters ("First Witch") are those that stand like the
    others again and again, or that name a role.

    >>> [cue.label for cue in cues("KING\nWho is it?\n\nFool\nIt is I.\n\n" * 3)][:2]
    ['KING', 'Fool']
    """
    candidates = list(_candidates(text))
    capitals = [candidate for candidate in candidates if is_upper(candidate.cue.label)]
    counts = Counter(key_of(candidate.cue.label) for candidate in candidates)
    again = {
        key_of(candidate.cue.label)
        for candidate in capitals
        if counts[key_of(candidate.cue.label)] > 1
    }
    if not again:
        return []
    direct = sum(candidate.is_direct for candidate in capitals) >= _DIRECT * len(capitals)
    stops = Counter(candidate.stop for candidate in capitals).most_common(1)[0][0]
    cues = [
        candidate.cue
        for candidate in candidates
        if is_upper(candidate.cue.label)
        or (
            candidate.stop == stops
            and candidate.is_direct == direct
            and (counts[key_of(candidate.cue.label)] > 1 or _is_role(candidate.cue.label))
        )
    ]
    first = _HEADED.search(text)
    counts = Counter(key_of(cue.label) for cue in cues)
    if first is not None:  # a title above the first act
        cues = [c for c in cues if c.line > first.start() or counts[key_of(c.label)] > 1]
    counts = Counter(key_of(cue.label) for cue in cues)
    repeated = [count for count in counts.values() if count > 1]
    if len(cues) < _FEWEST or len(repeated) < 2 or sum(repeated) < _SHARE * len(cues):
        return []
    return cues


def inline_cues(text: str) -> list[Cue]:
    r"""The speeches of a play whose labels stand on the line of the speech, with a full stop.

    >>> text = "ANN. So?\n\nBO. Yes.\n\nANN. Sure?\n\nBO. Quite.\n\nANN. Good."
    >>> [cue.label for cue in inline_cues(text)]
    ['ANN', 'BO', 'ANN', 'BO', 'ANN']
    """
    cues = [
        Cue(match.start(), match.end(), match["label"])
        for match in _INLINE.finditer(text)
        if match["label"].split()[0].casefold() not in _NO_CUES and label_of(match["label"])
    ]
    counts = Counter(key_of(cue.label) for cue in cues)
    repeated = [count for count in counts.values() if count > 1]
    if len(cues) < _FEWEST or len(repeated) < 2 or sum(repeated) < _SHARE * len(cues):
        return []
    paragraphs = 1 + sum(1 for _ in _BLANK.finditer(text.strip()))
    return cues if len(cues) >= _INLINE_SHARE * paragraphs else []


def _candidates(text: str) -> Iterator[_Candidate]:
    """Every line that could be a label with a speech below."""
    pending: tuple[int, str, str] | None = None  # line, name, stop, while the speech has not begun
    blank = True  # the line above
    at = 0
    while at < len(text):
        match = _LINE.match(text, at)
        if match is None:
            break
        line = match.group().strip()
        if line and pending is not None:
            if any(map(str.islower, line)):
                yield _Candidate(Cue(pending[0], at, pending[1]), pending[2], not blank)
            pending = None
        if line and blank and (label := _name_on(line)):
            pending = (at, label, line[-1] if line[-1] in ".:" else "")
        blank = not line
        at = match.end()


def _name_on(line: str) -> str:
    """The name that is all of a line, "" where there is none."""
    if len(line) > _MAX_CUE_CHARS:
        return ""
    label = label_of(line.rstrip(".:"))
    if label is None or any(map(str.isdigit, label.name)):
        return ""
    words = label.name.split()
    if len(words) > _MAX_NAME_WORDS or words[0].casefold().strip(".,") in _NO_CUES:
        return ""
    return label.name


def _is_role(label: str) -> bool:
    """Whether a label in small letters names a role, so that one speech is enough."""
    words = [word.casefold() for word in label.split() if word.casefold() not in PARTICLES]
    if not words:
        return False
    last = words[-1]
    singular = last.removesuffix("s")
    known = {last, singular} & (_ROLE_WORDS | person_nouns()) or noun_gender(singular)
    return bool(known) or (len(words) > 1 and words[0] in _ORDINALS)


def is_screenplay(text: str) -> bool:
    """Whether scenes are headed as in films ("INT. HOUSE - NIGHT"): what is done stands between."""
    return _SLUG.search(text) is not None


def speech_end(text: str, start: int, end: int, *, film: bool) -> int:
    r"""Where a speech ends: before paragraphs that name acts, scenes, and who comes and goes.

    Args:
        text: the play.
        start: where the speech begins.
        end: where the next label stands.
        film: whether a blank line ends every speech, as in screenplays.

    >>> text = "I go.\n\nSCENE II. The same.\n\nEnter the KING"
    >>> text[: speech_end(text, 0, len(text), film=False)]
    'I go.'
    """
    if film:
        blank = _BLANK.search(text, start, end)
        return blank.start() if blank else end
    while True:
        while end > start and text[end - 1].isspace():
            end -= 1
        begin = end
        while begin > start and (line_end := text.rfind("\n", start, begin)) >= 0:
            if not text[line_end + 1 : begin].strip():
                break
            begin = line_end
        else:
            return end
        paragraph = text[begin:end].strip()
        if not paragraph or len(paragraph) > _LONGEST_SCENE or not _SCENE_LINE.match(paragraph):
            return end
        end = begin
