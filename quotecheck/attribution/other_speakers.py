"""Words in marks that cannot be those of a source, as what stands in and around them tells.

“Go home, Jonas” is not said by Jonas. “They are cold,” he said. She considered this. “Then warm
them”: whoever speaks after what she does is hardly he. “What will you miss?” I asked her. /
“The smell,” Lee said. / “And the hours?”: whoever asked before may ask again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from quotecheck.attribution.text_view import TextView
from quotecheck.language.person_nouns import titles
from quotecheck.records.text import QuotedPassage, Span

__all__ = ["asked_by_another", "calls_source", "parted_by_another"]

_NAME = re.compile(r"[A-Z][\w’'-]+")
_QUESTION = re.compile(r"\?\W{0,3}\Z")
_GENDERS: Final = {"he": "m", "she": "f"}


def calls_source(text: str, passage: QuotedPassage, source: Sequence[Span]) -> bool:
    """Whether words address by name whoever is said to speak them (“Go home, Jonas.”)."""
    if not source:
        return False
    names = [w for w in _NAME.findall(source[0].of(text)) if w.casefold() not in titles()]
    if not names:
        return False
    called = re.escape(names[-1])
    return bool(re.search(rf"(?:\A|[,;!?.—–-]\s?){called}(?=[,.!?;—–]|\Z)", passage.inner.of(text)))


def parted_by_another(
    view: TextView, passages: Sequence[QuotedPassage], source: Sequence[Span]
) -> list[QuotedPassage]:
    """The passages of a paragraph after a sentence about “she” where the source is “he” or Mr Orr.

    Args:
        view: the text.
        passages: those of one content.
        source: the words for who is said to speak them.
    """
    gender = _gender(source[0].of(view.text)) if source else ""
    if not gender:
        return []
    ordered = sorted(passages, key=lambda passage: passage.outer)
    for number, (left, right) in enumerate(pairwise(ordered), 1):
        if view.paragraph_at(left.outer.start) != view.paragraph_at(right.outer.start):
            continue
        between = view.words_in(Span(left.outer.end, right.outer.start))
        subjects = {
            _GENDERS[word.token.text.lower()]
            for word, behind in pairwise(between)
            if word.index == 0 and word.token.text in {"He", "She"} and behind.token.xpos == "VBD"
        }
        if subjects and gender not in subjects:
            return ordered[number:]
    return []


def asked_by_another(
    view: TextView,
    passages: Sequence[QuotedPassage],
    source: Sequence[Span],
    source_beside: Callable[[QuotedPassage], Sequence[Span]],
) -> list[QuotedPassage]:
    """The passages from a question on that is a paragraph, after the answer to another's question.

    Args:
        view: the text.
        passages: those of one content and those beside its cue.
        source: the words for who is said to speak them.
        source_beside: the source in the reporting clause beside a passage, if there is one.
    """
    ordered = sorted(passages, key=lambda passage: passage.outer)
    if not ordered or not source:
        return []
    start = ordered[0].outer.start
    place = bisect_left(view.passages, start, key=lambda passage: passage.outer.start)
    if not place:
        return []
    question, paragraph = view.passages[place - 1], view.paragraph_at(ordered[0].outer.start)
    asker = source_beside(question)
    if (
        view.paragraph_at(question.outer.start) != paragraph - 1
        or not _QUESTION.search(question.outer.of(view.text)[-4:])
        or not asker
        or not _are_two(asker[0].of(view.text), source[0].of(view.text))
    ):
        return []
    for number, (left, right) in enumerate(pairwise(ordered), 1):
        whole = view.paragraphs[view.paragraph_at(right.outer.start)]
        if (
            left.closed
            and view.paragraph_at(left.outer.start) < view.paragraph_at(right.outer.start)
            and whole.of(view.text).strip() == right.outer.of(view.text)
            and _QUESTION.search(right.outer.of(view.text)[-4:])
        ):
            return ordered[number:]
    return []


def _are_two(first: str, second: str) -> bool:
    """Whether two sources are two people: neither a pronoun but "I", nor of one last word."""
    last, other = first.lower().split()[-1:], second.lower().split()[-1:]
    return last != other and not {*last, *other} & {"he", "she", "they", "who", "it", "we"}


def _gender(words: str) -> str:
    """The gender that a pronoun or a title tells: "m", "f" or ""."""
    first = words.split(maxsplit=1)[0].strip(".").lower() if words.split() else ""
    gender = _GENDERS.get(first) or titles().get(first, "")
    return gender if gender in {"m", "f"} else ""
