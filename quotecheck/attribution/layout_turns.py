"""Speech that only the layout shows: quoted lines of e-mail, and the cues of a screenplay."""

from __future__ import annotations

import re

from quotecheck.attribution.text_view import TextView
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span

__all__ = ["mail_quotations", "script_quotations"]

_WORD = r"[^\W\d_a-z][\w.’'-]*"
_MAIL = re.compile(
    rf"^(?:On[ \t][^\n]{{4,60}}?(?:\d|[AaPp]\.?[Mm]\.?),?[ \t]+)?"
    rf"(?P<source>(?![AaPp]\.?[Mm]\b){_WORD}(?:[ \t]+{_WORD}){{0,3}})"
    rf"(?:[ \t]+<[^>\n]{{3,80}}>)?[ \t]+"
    rf"(?P<cue>wrote|writes):[ \t]*\n(?P<said>(?:>[^\n]*(?:\n|\Z))+)",
    re.MULTILINE,
)
_MAIL_LINE = re.compile(r"^(?:>[ \t]?)+(?P<words>[^\n]*\S)[ \t]*$", re.MULTILINE)
_SCENE = re.compile(r"^[ \t]*(?:INT|EXT|INT\.?/EXT)\.[ \t]+\S", re.MULTILINE)
_CUE = re.compile(
    r"^[ \t]*(?P<source>[A-Z][A-Z.'’ -]{1,30})(?:[ \t]*\([^()\n]{1,30}\))?[ \t]*\n"
    r"(?:[ \t]*\([^()\n]{1,60}\)[ \t]*\n)?(?P<said>(?:[ \t]*[^\s(][^\n]*(?:\n|\Z)){1,12})",
    re.MULTILINE,
)


def mail_quotations(view: TextView) -> list[Attribution]:
    """Lines after ">" under a line that says who wrote them; the reply is not among them."""
    attributions = []
    for match in _MAIL.finditer(view.text):
        low, high = match.span("said")
        lines = _MAIL_LINE.finditer(view.text, low, high)
        content = tuple(Span(*line.span("words")) for line in lines)
        if content:
            attributions.append(_attribution(match, content))
    return attributions


def script_quotations(view: TextView) -> list[Attribution]:
    """Lines under a name in capitals, in a text that has a scene's heading ("INT. KITCHEN")."""
    if not _SCENE.search(view.text):
        return []
    attributions = []
    for match in _CUE.finditer(view.text):
        low, high = match.span("said")
        words = view.text[low:high]
        start, end = low + len(words) - len(words.lstrip()), low + len(words.rstrip())
        if words.strip() and not words.strip().isupper():
            attributions.append(_attribution(match, (Span(start, end),)))
    return attributions


def _attribution(match: re.Match[str], content: tuple[Span, ...]) -> Attribution:
    source = Span(*match.span("source"))
    cue = Span(*match.span("cue")) if "cue" in match.re.groupindex else None
    return Attribution(
        content=content,
        cue=(cue,) if cue else (),
        source=(source,),
        kind="direct",
        rule="layout",
        confidence=0.85,
    )
