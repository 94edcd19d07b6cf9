"""Interviews whose questions are set in bold: who answers is read from the title alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
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
    re.compile(rf"\b[Qq]uestions (?:for|to) {_NAME}"),
    re.compile(rf"\A{_NAME} (?:on|talks|speaks|answers|explains|discusses|tells|about)\b"),
    re.compile(rf"\A{_NAME}(?:: [“\"‘'A-Z]|,? in (?:his|her|their) own words\b)"),
)
_QUOTED_FIRST = re.compile(r"\A[“\"‘'][^“”\"]{2,160}[”\"’'],?\s*[:–—|-]?\s*")
_BOLD = re.compile(r"(?P<sign>\*\*|__)(?P<words>[^*_\n][^\n]{0,600}?)(?P=sign)")
_ITALIC = re.compile(r"(?P<sign>[*_])(?P<words>[^*_\n][^*_\n]{0,600})(?P=sign)")
_HEADING = re.compile(r"#{2,6}[ \t]+(?P<words>[^#\n]{1,300}\?)[ \t#]*")
_MAY_BE_MARKED = re.compile(r"^[ \t]{0,3}(?:\*|_|##)", re.MULTILINE)
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]y|[Mm]e|[Ww]e|[Oo]ur|us)\b")
_MIN_QUESTIONS: Final = 2
"""Questions from which on a text may be an interview."""
_FEWEST_UNNAMED: Final = 3
"""Questions of an interview in which nobody is known to answer."""
_QUESTIONS_SHARE: Final = 0.6
"""Share of the asker's paragraphs that end with a question mark."""
_PERSONAL_SHARE: Final = 0.5
"""Of the answers: in an interview so many speak of themselves; lists of questions do not."""
_SPOKEN_OF_SHARE: Final = 0.25
"""Share of the answers that may name the one who is said to answer."""
_QUOTED = re.compile(r"“[^“”]{1,2000}”|\"[^\"\n]{1,2000}\"")
_TITLE_CHARS: Final = 300
"""Code points of a title that are read."""


def interviewee(title: str | None, author: str | None = None) -> str | None:
    """Who answers in an interview, where its title says so; never its author.

    >>> interviewee("Dora Quill on weirs"), interviewee("An interview with Dora Quill")
    ('Dora Quill', 'Dora Quill')
    >>> interviewee("“Nobody waved”: Dora Quill on weirs"), interviewee("The weirs of Harl")
    ('Dora Quill', None)
    >>> interviewee("Dora Quill on weirs", "Dora Quill") is None
    True
    """
    words = (title or "")[:_TITLE_CHARS]
    for shown in dict.fromkeys((words, _QUOTED_FIRST.sub("", words))):
        for pattern in _TITLES:
            match = pattern.search(shown)
            if match is not None and _may_answer(match["name"], author):
                return match["name"]
    return None


def _may_answer(name: str, author: str | None) -> bool:
    return names_person(name) and name.casefold() not in (author or "").casefold()


def _only_person(title: str | None, author: str | None) -> str | None:
    """The one person whom a title names; None where it names nobody, or several."""
    people = {
        name
        for match in re.finditer(_NAME, (title or "")[:_TITLE_CHARS])
        if _may_answer(name := match["name"].strip(".’'"), author)
    }
    return people.pop() if len(people) == 1 else None


def interview_segments(
    text: str,
    *,
    answers: str | None,
    author: str | None = None,
    bold: Sequence[Span] = (),
    italic: Sequence[Span] = (),
    title: str | None = None,
) -> tuple[Segment, ...]:
    """The turns of an interview with questions in bold, or in italics where none are in bold.

    Args:
        text: a document's raw text, in which Markdown's signs may tell what is bold.
        answers: who answers, where that is known.
        author: who wrote it, and asks where somebody else is known to answer.
        bold: paragraphs that are set in bold, and headings that ask, as the markup tells.
        italic: paragraphs that are set in italics.
        title: the document's title, which may name the one who answers.

    Returns:
        Turns in text order, none where the answers are not in the first person. Where nobody is
        known to answer they are turns of nobody, so that they are not taken for the author's words.
    """
    if not bold and not italic and not _MAY_BE_MARKED.search(text):
        return ()
    paragraph_spans = paragraphs(text)
    slanted = _marked(paragraph_spans, italic) or _in_markdown(text, paragraph_spans, _ITALIC)
    kinds = (
        _marked(paragraph_spans, bold) or _in_markdown(text, paragraph_spans, _BOLD),
        _in_markdown(text, paragraph_spans, _HEADING),
        slanted,
    )
    question_spans = next((kind for kind in kinds if _is_asking(text, kind)), None)
    if question_spans is None:
        return ()
    closing = set() if question_spans is slanted else set(slanted)
    # A title that says who answers is enough for questions that a writer marked in Markdown; on
    # a page, headings that ask are as often those of an article that explains.
    sure = answers is not None and not bold and not italic and question_spans is not kinds[1]
    answers = answers or _only_person(title, author)
    turns = _turns(paragraph_spans, question_spans, closing, answers, author if answers else None)
    questions = set(question_spans.values())
    answers_given = [words.of(text) for turn in turns if (words := _span(turn)) not in questions]
    return tuple(turns) if _is_personal(answers_given, answers, sure=sure) else ()


def _marked(paragraph_spans: Sequence[Span], spans: Sequence[Span]) -> dict[int, Span]:
    """The paragraphs that lie in marked blocks, by where each begins."""
    questions: dict[int, Span] = {}
    number = 0
    for span in spans:
        while number < len(paragraph_spans) and paragraph_spans[number].end <= span.start:
            number += 1
        while number < len(paragraph_spans) and paragraph_spans[number].end <= span.end:
            questions[paragraph_spans[number].start] = paragraph_spans[number]
            number += 1
    return questions


def _in_markdown(
    text: str, paragraph_spans: Sequence[Span], pattern: re.Pattern[str]
) -> dict[int, Span]:
    questions: dict[int, Span] = {}
    for span in paragraph_spans:
        match = pattern.fullmatch(text, span.start, span.end)
        if match is not None and (words := trimmed(text, *match.span("words"))):
            questions[span.start] = words
    return questions


def _is_asking(text: str, question_spans: dict[int, Span]) -> bool:
    """Whether most of these paragraphs are questions."""
    questions = sum(span.of(text).endswith(("?", "?”", '?"')) for span in question_spans.values())
    return questions >= max(_MIN_QUESTIONS, _QUESTIONS_SHARE * len(question_spans))


def _turns(
    paragraph_spans: Sequence[Span],
    question_spans: dict[int, Span],
    closing: set[int],
    answers: str | None,
    asks: str | None,
) -> list[Segment]:
    turns: list[Segment] = []
    answer: Span | None = None
    has_begun = False
    for span in paragraph_spans:
        question = question_spans.get(span.start)
        if question is None and span.start not in closing:
            if has_begun:
                answer = Span(answer.start if answer else span.start, span.end)
            continue
        if answer is not None:
            turns.append(Segment(answer.start, answer.end, answers))
            answer = None
        has_begun = question is not None  # what follows the writer's italics is the writer's
        if question is not None:
            turns.append(Segment(question.start, question.end, asks))
    if answer is not None:
        turns.append(Segment(answer.start, answer.end, answers))
    return turns


def _span(turn: Segment) -> Span:
    return Span(turn.start, turn.end)


def _is_personal(answers: Sequence[str], name: str | None, *, sure: bool) -> bool:
    """Whether those who answer speak of themselves, and not of the one who should be answering.

    Articles that explain a case by questions quote people, too: what stands in marks does not
    count.
    """
    plain = [_QUOTED.sub(" ", words) for words in answers]
    personal = sum(_FIRST_PERSON.search(words) is not None for words in plain)
    surname = (name or "").rpartition(" ")[2]
    spoken_of = sum(surname in words for words in plain) if surname else 0
    if len(answers) < (_MIN_QUESTIONS if name else _FEWEST_UNNAMED):
        return False
    if not sure and personal < max(1, _PERSONAL_SHARE * len(plain)):
        return False
    return spoken_of <= _SPOKEN_OF_SHARE * len(plain)
