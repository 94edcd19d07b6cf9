"""What stands around a place in a source: the words before and after, and what they do to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NamedTuple

from quotecheck.comparison.alignment import Alignment
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.words import Words, fold
from quotecheck.language.clause_operators import predicate_class
from quotecheck.records.text import Span

__all__ = [
    "Frame",
    "MatchContext",
    "first_words",
    "interruption",
    "is_enumerator",
    "last_words",
    "shorten",
    "speakers_of",
    "spoken",
    "spoken_after",
    "spoken_before",
    "squeeze",
    "without_interruption",
]

_SPEECH_CLASSES: Final = frozenset(
    "say claim admit deny ask answer agree promise warn order propose predict explain announce "
    "write quote think know".split()
)
_SPACE = re.compile(r"\s+")
_WORDS_SHOWN: Final = 12
"""Words of a change that are shown whole."""


@dataclass(frozen=True, slots=True)
class MatchContext:
    """A stretch of quotation aligned with one place of one document.

    ``text`` is raw text of the document from offset ``offset`` on, wide enough to hold the place
    and the words around it. ``source`` are its words (document offsets). ``quote_first`` is the
    index of the part's first word in the whole quotation. ``document`` and ``speaker`` say whose
    place it is; only their being equal or not matters here. ``turns`` are the stretches around the
    place that are known to be somebody's, in order. ``transcript`` tells that a machine wrote the
    document down from speech.
    """

    text: str
    offset: int
    source: Words
    alignment: Alignment
    quote_first: int
    document: str
    speaker: str | None = None
    turns: tuple[tuple[Span, str], ...] = ()
    transcript: bool = False

    @property
    def span(self) -> Span:
        """The place in the document."""
        return self.source.span(self.alignment.first, self.alignment.last)

    def raw(self, start: int, end: int) -> str:
        """Raw text between two document offsets."""
        return self.text[max(0, start - self.offset) : max(0, end - self.offset)]


_INTERRUPTED = re.compile(r"[,.?!;:…—–-]*+[\"”’'],?+\s++(.+?)(?<!\s),?\s++[\"“‘']", re.DOTALL)
_STOP_WITHIN = re.compile(
    r"(?<![A-Z])(?<!Mr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!St)[.!?](?=\s+[\"“‘']?[A-Z])"
)
_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
_MAX_INTERRUPTION_WORDS: Final = 24
"""Words of a writer's clause between two halves of a quotation; a longer one is a sentence."""


def interruption(between: str) -> str | None:
    """The words with which a source interrupts a quotation, None where it does not.

    Args:
        between: raw text between two quoted words.

    >>> interruption(',” the inspector told reporters, “')
    'the inspector told reporters'
    >>> interruption('.” The crowd cheered. Mr. Birk said, “')
    """
    match = _INTERRUPTED.fullmatch(between.strip())
    if match is None:
        return None
    words = squeeze(match[1]).rstrip(".,;:—–- ")
    inner = words.split()
    if not inner or len(inner) > _MAX_INTERRUPTION_WORDS or _STOP_WITHIN.search(words):
        return None
    if any(mark in words for mark in '"“”'):
        return None
    spoken_of = any(
        predicate_class(fold(word.strip(",.;:")))[1] in _SPEECH_CLASSES for word in inner
    )
    return words if spoken_of else None


_INTERRUPTING = re.compile(r"(?:[,—–-][\"”]|[\"”],)\s[^\"“”]{1,100}\s[\"“]\Z")
_INTERRUPTION_CHARS: Final = 120
"""Code points before an opening mark in which the writer's clause ends."""


def without_interruption(before: str) -> str:
    """The text up to a place, without the source's own words between two halves of a speech.

    >>> without_interruption("“If the dam breaks,” he said, “")
    '“If the dam breaks,'
    """
    match = _INTERRUPTING.search(before[-_INTERRUPTION_CHARS:])
    if match is None or interruption(match[0]) is None:
        return before
    return f"{before[: len(before) - len(match[0])]},"


_NOTE_MARK = re.compile(r"[.,;:!?\"”’]\(\d{1,3}\)(?:\s|\Z)")
"""A note's number in round brackets, without a space: faces.(12)"""
_LIST_MARK = re.compile(r"\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)")


def is_enumerator(part: MatchContext, block: AlignmentBlock) -> bool:
    """Whether source words left out only number a verse or an item of a list.

    A number at the beginning of a line is a verse's where the next line but few, or the one before,
    begins with its neighbour: "51 and he went up … 52 for they understood not"; one between two
    sentences where another sentence nearby begins with its neighbour.
    """
    if block.a1 - block.a0 != 1:
        return False
    start, end = part.source.starts[block.a0], part.source.ends[block.a0]
    number = part.raw(start, end)
    if _NOTE_MARK.fullmatch(part.raw(start - 2, end + 2)):
        return True
    if _LIST_MARK.fullmatch(part.raw(start - 1, end + 1)):
        return len(_LIST_MARK.findall(part.text)) > 1
    between = re.search(r"[.!?:;][\"”’)]*\s+\Z", part.raw(start - 6, start))
    if between and (verse := _VERSE.fullmatch(number)):
        return _has_next_verse(part.text, int(verse[1]), int(verse[2]))
    if not number.isdecimal() or len(number) > 3 or not part.raw(end, end + 1).isspace():
        return False
    nearby = f"(?:{int(number) - 1}|{int(number) + 1})"
    line = part.raw(start - 12, start).rpartition("\n")
    if line[1] and not line[2].strip():
        return bool(re.search(rf"^[ \t]*{nearby}(?=\s)", part.text, re.MULTILINE))
    if not between or not re.match(r"\s+[\"“‘]?[A-Z]", part.raw(end, end + 4)):
        return False
    # 4 And the ferryman slept. 5 And it rained.
    neighbour = rf"(?:^|[.!?:;][\"”’)]*\s){nearby}\s[\"“‘]?[A-Z]"
    return bool(re.search(neighbour, part.text, re.MULTILINE))


_VERSE = re.compile(r"(\d{1,3}):(\d{1,3})")


def _has_next_verse(text: str, chapter: int, verse: int) -> bool:
    """Whether a verse before or after one is numbered in a text as well: 3:4 … 3:5."""
    beside = f"{chapter}:{verse - 1}|{chapter}:{verse + 1}|{chapter + 1}:1"
    return bool(re.search(rf"(?<![\d:.])(?:{beside})(?![\d:])\s+[\"“‘]?[A-Z]", text))


def squeeze(text: str) -> str:
    """The text with each run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def spoken(part: MatchContext, start: int, end: int) -> str:
    """Raw text between two offsets without what was not spoken."""
    pieces: list[str] = []
    at = start
    for skip in part.source.skipped:
        if skip.end <= at or skip.start >= end:
            continue
        pieces.append(part.raw(at, max(at, skip.start)))
        at = max(at, skip.end)
    pieces.append(part.raw(at, max(at, end)))
    return " ".join(pieces) if len(pieces) > 1 else pieces[0]


def spoken_before(part: MatchContext, start: int, reach: int = 160) -> str:
    """Spoken text just before an offset, without white space or emphasis marks at its end.

    A blank line before a capital ends it: a heading is not a beginning of a sentence.
    """
    text = spoken(part, max(part.offset, start - reach), start)
    before = part.raw(max(part.offset, start - 40), start)
    if _BLANK_LINE.search(before, len(before.rstrip())):
        first = part.raw(start, start + 1)
        if first.isupper():
            return ""
    return text.rstrip().rstrip("_*").rstrip()


def spoken_after(part: MatchContext, end: int, reach: int = 160) -> str:
    """Spoken text just after an offset, without white space or emphasis marks at its start."""
    raw_end = part.offset + len(part.text)
    text = spoken(part, end, min(raw_end, end + reach))
    behind = part.raw(end, min(raw_end, end + 40))
    space = len(behind) - len(behind.lstrip())
    if "A" <= behind[space : space + 1] <= "Z" and _BLANK_LINE.search(behind, 0, space):
        return ""
    return text.lstrip("_*").lstrip() if text[:1] in "_*" else text.lstrip()


def first_words(text: str) -> str:
    """The first eight words, as a reason shows what follows."""
    return " ".join(text.lstrip(" ,;:—–-").split()[:8]).rstrip(",;")


def shorten(text: str) -> str:
    """The words of a change as a reason shows them: of a long one both ends."""
    words = text.split()
    if len(words) <= _WORDS_SHOWN:
        return " ".join(words)
    half = _WORDS_SHOWN // 2
    return " ".join([*words[:half], "…", *words[-half:]])


def last_words(text: str) -> str:
    """The last six words, as a reason shows what stands before."""
    return " ".join(text.split()[-6:])


class Frame(NamedTuple):
    """Words that stand around a place and weigh on what it says.

    ``kind`` is one of negation, condition, hedge, report, head, judgement, contrast; ``words`` are
    the words as they stand there.
    """

    kind: str
    words: str


def speakers_of(part: MatchContext, least: int) -> list[str]:
    """Who speaks at a place: all speakers with ``least`` of the quoted words or more, in order."""
    if len(part.turns) < 2:
        return []
    speakers: dict[str, None] = {}
    for block in part.alignment.blocks:
        for span, name in part.turns if block.op == "equal" else ():
            starts = part.source.starts[block.a0 : block.a1]
            if sum(span.start <= start < span.end for start in starts) >= least:
                speakers[name] = None
    return list(speakers)
