"""Headlines and speaker turns, where there is no sentence for a parser to read.

``Mayor, Union Say Bridge Must Close``; ``Mayor: Bridge Must Close``; ``Bridge Must Close, Mayor
Says``; and, in an article that prints a talk, ``WALLACE: Good evening.``
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from quotecheck.attribution.text_view import TextView
from quotecheck.language.reporting_verbs import speech_lemma
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span

__all__ = ["headline_quotations", "turn_quotations"]

_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*", re.UNICODE)
_LOWER_IN_TITLES = frozenset(
    "a an and as at but by for from in is its of on or over the to up with".split()
)
_TURN = re.compile(r"[ \t]*+((?:[^\W\d_]|[.'’ -]){2,40}?)[ \t]*:[ \t]+(?=\S)", re.UNICODE)
_SENTENCES = re.compile(r"[a-z]{3}[.?!][\"”’']?\s+[A-Z“\"]")
_LABELS = frozenset(
    "analysis breaking byline correction email exclusive example fact file updated update editor's "
    "note opinion photo photos read related report review source sources video watch log notebook "
    "roundup live weather letters diary preview recap results obituary profile interview guide "
    "calendar briefing explainer timeline quiz poll podcast blotter listings agenda minutes date "
    "subject cc bcc sent from to re fwd price venue time when where tickets title "
    "headline author by publication publisher published url speaker".split()
)
_TURN_REACH = 4
"""A turn goes on over paragraphs without a name if the next turn begins within so many."""
_LONGEST_HEADLINE = 200  # Code points. By eye: twice a long headline; a longer line is a paragraph.


def headline_quotations(view: TextView, headline: Span | None = None) -> list[Attribution]:
    """Attributions in the headline and in headings written like it.

    Args:
        view: the text.
        headline: where the headline stands when the reader knows it; else the first paragraph is
            taken for one if it is written like one.
    """
    lines = [p for p in view.paragraphs if _is_headline(p.of(view.text))]
    if headline is not None and headline not in lines:
        lines.insert(0, headline)
    attributions = []
    for line in lines:
        attribution = _of_line(view, line)
        if attribution is not None:
            attributions.append(attribution)
    return attributions


def _of_line(view: TextView, line: Span) -> Attribution | None:
    words = list(_WORD.finditer(line.of(view.text)))
    text = line.of(view.text)
    for parts in (_says(text, words), _source_at_end(text, words), _colon(text, text.find(": "))):
        if parts is None:
            continue
        source, cue, content, lemma, confidence = parts
        content_span = Span(line.start + content[0], line.start + content[1])
        return Attribution(
            content=(content_span,),
            cue=(Span(line.start + cue[0], line.start + cue[1]),),
            source=(Span(line.start + source[0], line.start + source[1]),),
            kind=view.kind_of((content_span,)),
            rule="headline",
            confidence=confidence,
            cue_lemma=lemma,
        )
    return None


def turn_quotations(view: TextView) -> list[Attribution]:
    """Paragraphs that open with a speaker's name and a colon, where the article has several.

    A turn takes in the paragraphs after it when another turn follows soon, as in a transcript
    that an article prints.
    """
    turns: list[tuple[int, re.Match[str]]] = []
    for number, paragraph in enumerate(view.paragraphs):
        match = _TURN.match(paragraph.of(view.text)[:60])
        if match and _is_name(match.group(1)):
            turns.append((number, match))
    names = Counter(match.group(1) for _, match in turns)
    turns = [
        (number, match)
        for number, match in turns
        if (match.group(1).isupper() or names[match.group(1)] > 1)
        and len(_WORD.findall(view.paragraphs[number].of(view.text)[match.end() :])) >= 3
    ]
    if len(turns) < 2:
        return []
    numbers = [number for number, _ in turns]
    attributions = []
    for place, (number, match) in enumerate(turns):
        paragraph = view.paragraphs[number]
        following = numbers[place + 1] if place + 1 < len(numbers) else number + 1
        last = following - 1 if following - number <= _TURN_REACH else number
        content = [Span(paragraph.start + match.end(), paragraph.end)]
        content += view.paragraphs[number + 1 : last + 1]
        colon = view.text.index(":", paragraph.start + match.end(1))
        attributions.append(
            Attribution(
                content=tuple(content),
                cue=(Span(colon, colon + 1),),
                source=(Span(paragraph.start + match.start(1), paragraph.start + match.end(1)),),
                kind="direct",
                rule="turn",
                confidence=0.85,
            )
        )
    return attributions


def _is_name(label: str) -> bool:
    words = label.split()
    if label.lower() in _LABELS:
        return False
    return 0 < len(words) <= 4 and all(w[:1].isupper() for w in words)


def _is_headline(line: str) -> bool:
    if len(line) > _LONGEST_HEADLINE or line.rstrip("”\"'’")[-1:] in ".!":
        return False
    words = [w for w in _WORD.findall(line) if w.lower() not in _LOWER_IN_TITLES]
    capital = sum(w[:1].isupper() or w[:1].isdigit() for w in words)
    return len(words) >= 3 and capital >= 0.7 * len(words)


_Parts = tuple[tuple[int, int], tuple[int, int], tuple[int, int], str, float]


def _says(line: str, words: Sequence[re.Match[str]]) -> _Parts | None:
    """Source, verb, content: "Mayor, Union Say Bridge Must Close"."""
    for place in range(1, min(len(words) - 2, 9)):
        word = words[place]
        lemma = speech_lemma(word.group())
        if (
            not lemma
            or not word.group()[:1].isupper()
            or not _HEADLINE_VERB.fullmatch(word.group().lower())
        ):
            continue
        before = line[: word.start()].rstrip()
        if words[place - 1].group().lower() in _NOT_BEFORE_VERB or len(words) - place < 4:
            return None
        if before.endswith((",", ":", "—", "-")):
            return None
        opening = line[word.end() : words[place + 1].start()]
        content = word.end() + len(opening) - len(opening.lstrip())
        return (
            (words[0].start(), len(before)),
            word.span(),
            (content, len(line.rstrip())),
            lemma,
            0.85,
        )
    return None


_NOT_BEFORE_VERB = frozenset("their his her its our my your the a an final last".split())
_HEADLINE_VERB = re.compile(r"says?|said|tells?|told|claims?|warns?|insists?|argues?|vows?|denies")


def _source_at_end(line: str, words: Sequence[re.Match[str]]) -> _Parts | None:
    """Content, source, verb: "Bridge Must Close, Mayor Says"."""
    if len(words) < 5 or not _HEADLINE_VERB.fullmatch(words[-1].group().lower()):
        return None
    comma = max(line.rfind(c, 0, words[-1].start()) for c in (",", "”", '"'))
    if comma < len(line) // 3:
        return None
    start = comma + 1 + len(line[comma + 1 :]) - len(line[comma + 1 :].lstrip(" ,"))
    if start >= words[-1].start():
        return None
    end = len(line[: words[-1].start()].rstrip())
    return (start, end), words[-1].span(), (0, comma), speech_lemma(words[-1].group()), 0.85


def _colon(line: str, colon: int) -> _Parts | None:
    """Name and colon: "Mayor: Bridge Must Close"."""
    if colon < 0:
        return None
    if _SENTENCES.search(line, colon):
        return None  # a turn of several sentences is not a headline
    before = _WORD.findall(line[:colon])
    after = _WORD.findall(line[colon:])
    if not 0 < len(before) <= 4 or len(after) < 3:
        return None
    if not all(w[:1].isupper() or w.lower() in _LOWER_IN_TITLES for w in before):
        return None
    if before[-1].lower() in _LABELS:
        return None  # "Police Log: Week of March 3"
    start = colon + 2
    return (0, len(line[:colon].rstrip())), (colon, colon + 1), (start, len(line.rstrip())), "", 0.6
