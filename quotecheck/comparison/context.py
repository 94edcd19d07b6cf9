"""What stands around a place in a source: the words before and after, and what they do to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from quotecheck.comparison.alignment import Alignment
from quotecheck.comparison.words import Words, fold
from quotecheck.language.word_classes import LIMITING, NEGATIVE_FRAMES, OPPOSING
from quotecheck.records.check import Edit
from quotecheck.records.text import Span

__all__ = [
    "Frame",
    "Part",
    "character_edits",
    "clause_after",
    "first_words",
    "frame_after",
    "frame_before",
    "last_words",
    "spoken",
    "spoken_after",
    "spoken_before",
    "squeeze",
]

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of quotation laid over one place of one document.

    ``text`` is raw text of the document from offset ``offset`` on, wide enough to hold the place
    and the words around it. ``source`` are its words (document offsets). ``quote_first`` is the
    index of the part's first word in the whole quotation. ``document`` and ``speaker`` say whose
    place it is; only their being equal or not matters here.
    """

    text: str
    offset: int
    source: Words
    alignment: Alignment
    quote_first: int
    document: str
    speaker: str | None = None

    @property
    def span(self) -> Span:
        """The place in the document."""
        return self.source.span(self.alignment.first, self.alignment.last)

    def raw(self, start: int, end: int) -> str:
        """Raw text between two document offsets."""
        return self.text[max(0, start - self.offset) : max(0, end - self.offset)]


def squeeze(text: str) -> str:
    """The text with each run of white space as one space."""
    return _SPACE.sub(" ", text).strip()


def spoken(part: Part, start: int, end: int) -> str:
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


def spoken_before(part: Part, start: int, reach: int = 160) -> str:
    """Spoken text just before an offset, without white space or emphasis marks at its end.

    A blank line before a capital ends it: a heading is no beginning of a sentence.
    """
    text = spoken(part, max(part.offset, start - reach), start)
    if re.search(r"\n[ \t]*\n\s*\Z", part.raw(max(part.offset, start - 40), start)):
        first = part.raw(start, start + 1)
        if first.isupper():
            return ""
    return text.rstrip().rstrip("_*").rstrip()


def spoken_after(part: Part, end: int, reach: int = 160) -> str:
    """Spoken text just after an offset, without white space or emphasis marks at its start."""
    raw_end = part.offset + len(part.text)
    text = spoken(part, end, min(raw_end, end + reach))
    if re.match(r"\s*\n[ \t]*\n\s*[A-Z]", part.raw(end, min(raw_end, end + 40))):
        return ""
    return text.lstrip("_*").lstrip() if text[:1] in "_*" else text.lstrip()


def first_words(text: str) -> str:
    """The first eight words, as a reason shows what follows."""
    return " ".join(text.lstrip(" ,;:—–-").split()[:8]).rstrip(",;")


def last_words(text: str) -> str:
    """The last six words, as a reason shows what stands before."""
    return " ".join(text.split()[-6:])


class Frame(NamedTuple):
    """Words that stand around a place and weigh on what it says.

    ``kind`` is one of negation, condition, report, judgement, contrast; ``words`` are the words.
    """

    kind: str
    words: str


_CLAUSE_END = re.compile(r"[.!?;:—–\"”“]|--")
_THINKING = frozenset(
    "think believe say saying claim mean suggest agree accept support recommend true case follow "
    "imply pretend suppose imagine want need advocate propose intend mind convinced sure".split()
)
_REPORTED = re.compile(
    r"(?:^|[\s,])((?:he|she|they|some|many|people|others|critics|(?:my )?opponents?|those|"
    r"everybody|everyone|somebody|you|democrats|republicans|experts|pundits|lawyers|"
    r"[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)*)(?: \w+)? "
    r"(?:said|says|say|saying|claims?|claimed|believes?|argues?|argued|thinks?|thought|wrote|"
    r"writes|insists?|insisted|pretends?|alleges?|alleged|told (?:us|me|you|them)|"
    r"wants? (?:us|you|people) to (?:think|believe)),?(?: that)?)\Z"
)
_OWN = re.compile(r"(?:i|we|let)\b", re.IGNORECASE)
_IF = frozenset("if unless whether suppose supposing lest imagine".split())
_JUDGED = re.compile(
    r"((?:(?:that|this|it|which)(?:’s|'s| is| was)|is|was|are|would be)(?: \w+)? "
    r"(?:false|wrong|untrue|nonsense|not true|lies?|myth|absurd|ridiculous|crazy|insane|"
    r"mistake|unacceptable|joke|rubbish|"
    r"what (?:they|he|she|people|some) (?:say|says|said|think|thinks|want|wants|claim|claims))\b)",
    re.IGNORECASE,
)
_ASCRIBED = re.compile(
    r",\s*((?:he|she|they|people|critics|some|my opponents?|[A-Z]\w+) (?:said|says|say|claims?|"
    r"claimed|tells? (?:us|you|me)|told (?:us|you|me))|according to \w+)\b"
)
_LIMITING_PHRASE = re.compile(
    r"(?:as|so) long as|in (?:the )?case|on (?:the )?condition|subject to|in the event|"
    r"only (?:if|when)"
)


def frame_before(before: str) -> Frame | None:
    """What stands in the same clause just before a place and turns what it says.

    Args:
        before: the spoken text up to the place, which begins within a sentence.

    >>> frame_before("Nobody doubts it. We will not")
    Frame(kind='negation', words='not')
    >>> frame_before("My opponent says that")
    Frame(kind='report', words='My opponent says that')
    >>> frame_before("And if")
    Frame(kind='condition', words='if')
    """
    clause = _CLAUSE_END.split(before)[-1]
    words = clause.split()[-8:]
    forms = [fold(word.strip(",()'’")) for word in words]
    for k, form in enumerate(forms):
        if form not in NEGATIVE_FRAMES or OPPOSING & set(forms[k + 1 :]):
            continue
        if k >= len(forms) - 4 or _THINKING & set(forms[k + 1 : k + 5]):
            return Frame("negation", " ".join(words[k:]))
    for k in range(max(0, len(forms) - 3), len(forms)):
        if forms[k] in _IF and not any("," in word for word in words[k:]):
            return Frame("condition", " ".join(words[k:]))
    reported = _REPORTED.search(squeeze(clause))
    if reported is not None and not _OWN.match(reported[1]):
        return Frame("report", reported[1])
    return None


def frame_after(after: str) -> Frame | None:
    """What goes on after a place in the same sentence, or judges it in the next.

    Args:
        after: the spoken text from the place on.

    >>> frame_after(", unless the ferrymen ask us to stop.")
    Frame(kind='condition', words='unless the ferrymen ask us to stop.')
    >>> frame_after(". That is a lie.").kind
    'judgement'
    """
    judged = _JUDGED.match(after.lstrip('.!?"”’ '))
    if judged is not None:
        return Frame("judgement", judged[1])
    ascribed = _ASCRIBED.match(after)
    if ascribed is not None:
        return Frame("report", ascribed[1])
    following = clause_after(after)
    if not following:
        return None
    if following[0] in OPPOSING and any(w in LIMITING for w in following[1:]):
        following = [w for w in following if w in LIMITING]  # "but only if"
    if following[0] in LIMITING or _LIMITING_PHRASE.match(" ".join(following)):
        return Frame("condition", first_words(after))
    if following[0] in OPPOSING:
        return Frame("contrast", first_words(after))
    return None


def clause_after(after: str) -> list[str]:
    """Folded words that go on in the same sentence, the first words only."""
    match = re.match(r"[,;:\s—–-]*([^.!?…]*)", after)
    if match is None:
        return []
    return [fold(word.strip(',;:()"“”')) for word in match[1].split()[:4]]


def character_edits(source: str, quote: str) -> list[Edit]:
    """The tokens in which two texts of the same words differ, as edits of typography.

    >>> [(e.before, e.after) for e in character_edits("It’s late, he said", "It's late he said")]
    [('It’s', "It's"), ('late,', 'late')]
    """
    a, b = source.split(), quote.split()
    if len(a) != len(b):
        return [Edit("typography", source, quote, "none")] if len(a) + len(b) < 60 else []
    return [Edit("typography", x, y, "none") for x, y in zip(a, b, strict=True) if x != y][:200]
