"""Credits on a line of their own: — Dara Quill, treasurer; (Dara Quill); From the desk of M. Quill.

No verb stands in them, so a parser has nothing to go by; the layout tells.
"""

from __future__ import annotations

import re

from quotecheck.attribution.text_view import TextView
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import QuotedPassage, Span

__all__ = ["credited_passages"]

_WORD = r"[^\W\d_a-z][\w.’'-]*"
_NAME = rf"{_WORD}(?:[ \t]+(?:(?:de|van|von|der|bin|al|el|of|the)[ \t]+){{0,2}}{_WORD}){{0,5}}"
_ROLE = r"(?:,[ \t]*[^\n()“”\"]{2,80})?"
_HANDLE = r"(?:[ \t]*\([^()\n]{2,40}\))?"
_DAY = r"(?:[A-Z][a-z]+[ \t]+\d{1,2}|\d{1,2}[ \t]+[A-Z][a-z]+)"
_DATE = rf"(?:[ \t,]+(?:{_DAY}(?:,?[ \t]*\d{{4}})?|\d{{4}}))?"
_LINE_END = r"[ \t.]*(?=\n|\Z)"
_BEHIND = (
    re.compile(
        rf"[ \t]*\n?[ \t]*(?P<cue>—|–|--|―|~)[ \t]*"
        rf"(?P<source>{_NAME}{_ROLE}){_HANDLE}{_DATE}{_LINE_END}"
    ),
    re.compile(rf"[ \t]*(?P<cue>\()(?P<source>{_NAME}{_ROLE})\){_LINE_END}"),
    re.compile(
        r"[ \t]{1,4}(?:That|This|Such|Those|These)(?:['’]s| is| was| are| were) "
        r"(?:the )?(?:[a-z-]+ )?"
        r"(?P<cue>verdict|reaction|view|opinion|judge?ment|response|reply|answer|message|words"
        r"|claim|warning|assessment|conclusion|advice|plea|complaint|promise|comment|question)"
        r" (?:of|from) (?P<source>(?:(?:the|her|his|their|its|a|an)(?: [a-z-]+){1,4},? )?"
        rf"{_NAME}{_ROLE})[.:;]"
    ),
)
"""What gives the words in front of it to somebody; the last is a sentence that points back."""
_BEFORE = re.compile(
    r"(?:And[ \t]+)?(?P<cue>[Ff]rom(?:[ \t]+the[ \t]+desk[ \t]+of)?|Words[ \t]+of"
    rf"|[Ss]tatement[ \t]+(?:by|from|of))[ \t]+(?P<source>{_NAME}{_ROLE})[:.]?\s*"
)
_LISTED = re.compile(
    r"[ \t]{0,8}[•*»·▪◦–—-][ \t]{0,8}(?P<source>[^\n:()“”\"]{3,80})(?:\([^()\n:]{2,40}\))?"
    r"(?P<cue>:)[ \t]{0,8}"
)
"""What stands in front of somebody's words in a list: "• Nell Ashby (Ind): “Build it.”"."""
_VERBAL = frozenset({"VERB", "AUX"})
_LONGEST = 140
"""Characters of a credit; more is prose."""


def credited_passages(view: TextView) -> list[Attribution]:
    """Passages that open a paragraph and have a credit after them, or a heading that gives one."""
    attributions = []
    for number, paragraph in enumerate(view.paragraphs):
        passages = view.passages_in(paragraph)
        if not passages:
            continue
        first = passages[0]
        if first.outer.start == paragraph.start:
            credit = _behind(view, passages[-1]) if len(passages) == 1 else None
            credit = credit or _behind(view, first)
            before = view.paragraphs[number - 1] if number else None
            bare = view.text[first.outer.end : paragraph.end].strip(" .\n") == ""
            if credit is None and before is not None and bare:
                credit = _before(view, before)
        elif len(passages) == 1:
            credit = _before(view, Span(paragraph.start, first.outer.start))
        else:
            credit = None
        if credit is not None:
            attributions.append(_attribution(view, first, *credit))
    credited = {attribution.content for attribution in attributions}
    return attributions + [a for a in _listed(view) if a.content not in credited]


def _listed(view: TextView) -> list[Attribution]:
    """Passages that are the rest of a line of a list after a name."""
    listed = []
    for passage in view.passages:
        start, end = passage.outer.start, passage.outer.end
        line = view.text.rfind("\n", max(0, start - _LONGEST), start) + 1
        match = _LISTED.fullmatch(view.text, line, start) if start - line <= _LONGEST else None
        rest = view.text[end : end + 2].lstrip(" .")
        if match is None or rest[:1] not in {"", "\n"}:
            continue
        name = match["source"].partition(",")[0].split()
        capital = len(name) > 1 and all(word[:1].isupper() for word in (name[0], name[-1]))
        if capital and _is_nominal(view, Span(*match.span("source"))):
            listed.append(
                _attribution(view, passage, Span(*match.span("cue")), _whole(view, match))
            )
    return listed


def _behind(view: TextView, passage: QuotedPassage) -> tuple[Span, Span] | None:
    end = passage.outer.end
    for form in _BEHIND:
        match = form.match(view.text, end, min(len(view.text), end + _LONGEST))
        if match and _is_nominal(view, Span(*match.span("source"))):
            return Span(*match.span("cue")), _whole(view, match)
    return None


def _before(view: TextView, line: Span) -> tuple[Span, Span] | None:
    if line.end - line.start > _LONGEST:
        return None
    match = _BEFORE.fullmatch(view.text, line.start, line.end)
    if match is None:
        return None
    return Span(*match.span("cue")), _whole(view, match)


def _whole(view: TextView, match: re.Match[str]) -> Span:
    """The source without the stop or the colon that ends its line; "R. S." keeps its own."""
    start, end = match.span("source")
    words = view.text[start:end].rstrip(" \t:")
    if words.endswith(".") and len(words.split()[-1]) > 3:
        words = words[:-1]
    return Span(start, start + len(words))


def _is_nominal(view: TextView, source: Span) -> bool:
    """Whether no verb stands among the words, so that they are a credit and no sentence."""
    return not any(
        w.token.upos in _VERBAL and w.token.text.islower() for w in view.words_in(source)
    )


def _attribution(view: TextView, passage: QuotedPassage, cue: Span, source: Span) -> Attribution:
    named = view.text[cue.start].isalpha() or view.text[cue.start] == "("
    rule = "quoted:credit-line" if named else "quoted:dash"
    return Attribution(
        content=(passage.outer,),
        cue=(cue,),
        source=(source,),
        kind="direct",
        rule=rule,
        confidence=0.85,
    )
