"""What stands around a place in a source: the words before and after, and what they do to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from quotecheck.align import Alignment
from quotecheck.annotations import Span
from quotecheck.lexicon.wording import NEGATIVE_FRAMES
from quotecheck.words import Words, fold

__all__ = [
    "Part",
    "clause_after",
    "first_words",
    "last_words",
    "negative_frame",
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


def negative_frame(before: str) -> str:
    """The negative words that stand in the same clause just before, or ""."""
    clause = re.split(r"[.!?;:—–\"”“]|--", before)[-1]
    words = clause.split()[-4:]
    for k, word in enumerate(words):
        form = fold(word.strip(",()'’"))
        if form in NEGATIVE_FRAMES:
            return " ".join(words[k:])
    return ""


def clause_after(after: str) -> list[str]:
    """Folded words that go on in the same sentence, the first words only."""
    match = re.match(r"[,;:\s—–-]*([^.!?…]*)", after)
    if match is None:
        return []
    return [fold(word.strip(',;:()"“”')) for word in match[1].split()[:4]]
