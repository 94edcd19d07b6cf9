"""Interviews whose questions are set in bold: who answers is told by the title alone."""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.bylines import names_person
from quotecheck.records.document import Segment
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs, trimmed

__all__ = ["interview_segments", "interviewee"]

_NAME: Final = r"(?P<name>[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|de|van|von|der|bin|al)){1,3})"
_TITLES: Final = (
    re.compile(rf"\A(?:An? )?(?:[Ii]nterview|[Cc]onversation|Q ?& ?A|Q and A)(?: with|:) {_NAME}"),
    re.compile(rf"\bin (?:an )?(?:interview|conversation) with {_NAME}", re.IGNORECASE),
    re.compile(rf"\A{_NAME} (?:on|talks|speaks|answers|explains|discusses|tells|about)\b"),
    re.compile(rf"\A{_NAME}(?:: [“\"‘'A-Z]|,? in (?:his|her|their) own words\b)"),
)
_BOLD = re.compile(r"(?P<sign>\*\*|__)(?P<words>[^*_\n][^\n]{0,600}?)(?P=sign)")
_FEWEST: Final = 2
_QUESTIONS_SHARE: Final = 0.6


def interviewee(title: str | None, author: str | None = None) -> str | None:
    """Who answers in an interview, where its title says so; never its author.

    >>> interviewee("Dora Quill on weirs"), interviewee("An interview with Dora Quill")
    ('Dora Quill', 'Dora Quill')
    >>> interviewee("The weirs of Harl"), interviewee("Dora Quill on weirs", "Dora Quill")
    (None, None)
    """
    for pattern in _TITLES:
        match = pattern.search((title or "")[:300])
        if match is None:
            continue
        name = match["name"]
        if names_person(name) and name.casefold() not in (author or "").casefold():
            return name
    return None


def interview_segments(
    text: str, *, answers: str | None, asks: str | None = None
) -> tuple[Segment, ...]:
    """The turns of an interview with questions in bold; none where it is not known who answers.

    Args:
        text: a document's raw text.
        answers: who answers, where that is known.
        asks: who asks, where that is known.
    """
    if answers is None or ("**" not in text and "__" not in text):
        return ()
    limits = paragraphs(text)
    bold = [match if (match := _BOLD.fullmatch(span.of(text))) else None for span in limits]
    asked = [match["words"].rstrip() for match in bold if match is not None]
    questions = sum(words.endswith(("?", "?”", '?"')) for words in asked)
    if len(asked) < _FEWEST or questions < max(_FEWEST, _QUESTIONS_SHARE * len(asked)):
        return ()
    found: list[Segment] = []
    answer: Span | None = None
    begun = False
    for span, match in zip(limits, bold, strict=True):
        if match is None:
            if begun:
                answer = Span(answer.start if answer else span.start, span.end)
            continue
        if answer is not None:
            found.append(Segment(answer.start, answer.end, answers))
            answer = None
        begun = True
        words = trimmed(text, span.start + match.start("words"), span.start + match.end("words"))
        if words is not None:
            found.append(Segment(words.start, words.end, asks))
    if answer is not None:
        found.append(Segment(answer.start, answer.end, answers))
    return tuple(found)
