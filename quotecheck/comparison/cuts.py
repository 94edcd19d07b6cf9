"""What a quotation cuts off in front and after, and what that does to its sense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

from quotecheck.comparison.article_words import NO_ARTICLE, ArticleReport, is_denied
from quotecheck.comparison.context import (
    Frame,
    MatchContext,
    first_words,
    last_words,
    spoken_after,
    spoken_before,
    squeeze,
)
from quotecheck.comparison.continuation import frame_after
from quotecheck.comparison.framing import frame_before, frame_of_predicate
from quotecheck.comparison.quoted_clause import QuotedClause
from quotecheck.comparison.words import Words, source_words
from quotecheck.language.clause_operators import AUXILIARIES, CONNECTIVES, MODAL_VERBS
from quotecheck.language.privatives import PREFIXES
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.records.check import Edit, Reason, Severity

__all__ = ["Cut", "cut_quantity", "cuts_at_joint", "find_cuts"]

_FINAL = re.compile(r"[.!?…]")
_ASKS = re.compile(r"\s*\?")
_LEAD: Final = 400
"""Code points before a quotation in which the beginning of its sentence is looked for."""
_FRAMED: Final = 3
"""Words that a quotation must have for what was cut off to turn its sense: of one or two words the
article says in its own words what was said of them. A sentence of two words counts."""
_TURNING: Final = frozenset({"negation", "report", "hedge"})
"""Frames that turn even one word: who is "brilliant" is not "not brilliant"."""
_QUANTITY_KINDS: Final = frozenset({"number", "unit", "currency", "date"})
_FORMS_READ: Final = 12
"""Words of the quotation and of its surroundings that are read at a cut."""
_AFTER_CHARS: Final = 160
"""Code points after the quotation in which the rest of its sentence is looked for."""
_DO: Final = frozenset(("do", "does", "did"))
_HYPHENS: Final = ("-", "‐", "‑")
_FRAMES: Final = {
    "negation": "cuts off “{}” in front, which turns the sense",
    "condition": "leaves out the condition: “{}”",
    "hedge": "leaves out “{}”, which leaves it open whether that is so",
    "head": "cuts off “{}”, to which the first words belong",
    "report": "cuts off “{}”: the words report what somebody else says",
    "judgement": "leaves out what the speaker makes of it: “{}”",
    "contrast": "the sentence goes on: “{}”",
}


class Cut(NamedTuple):
    """Something cut off: the reason told, and the verdict that it alone calls for, if any."""

    reason: Reason
    verdict: Literal["truncated", "altered"] | None = None


def cut_quantity(edit: Edit, *, first: bool, last: bool) -> str:
    """Whether a quotation "ends within" or "begins within" a number; "" where it does not.

    Args:
        edit: the number there, and what is quoted for it ("4" of "4 million").
        first: whether the quotation begins with the change.
        last: whether it ends with it.
    """
    if edit.kind not in _QUANTITY_KINDS or not edit.after:
        return ""
    whole, part = squeeze(edit.before).casefold(), squeeze(edit.after).casefold()
    if whole.startswith(part) and not whole[len(part) :][:1].isalnum():
        return "ends within" if last else ""
    if whole.endswith(part) and not whole[: -len(part)][-1:].isalnum():
        return "begins within" if first else ""
    return ""


def find_cuts(
    quote: str,
    words: Words,
    first: MatchContext,
    last: MatchContext,
    article_gaps: Sequence[int] = (),
    report: ArticleReport = NO_ARTICLE,
) -> Iterator[Cut]:
    """What was cut off before the first and after the last quoted word.

    Args:
        quote: the quotation, without its outer marks.
        words: its words.
        first: where its beginning lies.
        last: where its end lies.
        article_gaps: the words before which the article says something of its own, in order.
        report: how it reports them.
    """
    opening = words.slice(0, article_gaps[0]) if article_gaps else words
    closing = words.slice(article_gaps[-1], len(words)) if article_gaps else words
    framed = list(_start(quote, opening, first, bool(report.beside)))
    denial = report.denial
    if denial and any(cut.reason.kind == "cut off: report" for cut in framed):
        framed = [cut for cut in framed if cut.reason.kind != "cut off: report"]
        denial = ""  # what others say is not so
    yield from framed
    ended = _FINAL.search(spoken_after(first, first.span.start, _LEAD))
    asks = ended is not None and ended[0] == "?"
    if denial and not asks and not is_denied(first.source, first.alignment.first):
        message = f"the article says “{denial}” before these words, the source does not deny them"
        yield Cut(Reason("article denial", message, severity="meaning"), "altered")
    yield from _end(quote, closing, last)


def cuts_at_joint(
    quote: str, words: Words, before: MatchContext, after: MatchContext
) -> Iterator[Cut]:
    """What was cut off where a quotation joins two places, as far as it turns the sense.

    Nothing where the second place follows so soon that the quotation itself has what frames it.
    """
    if before.document == after.document and 0 <= after.span.start - before.span.end < _LEAD:
        return
    at = after.quote_first
    ended = _end(quote[: words.starts[at]], words.slice(0, at), before)
    begun = _start(quote, words.slice(at, len(words)), after)
    for cut in (*ended, *begun):
        kind = cut.reason.kind.removeprefix("cut off: ")
        if kind in _FRAMES and kind not in ("judgement", "contrast"):
            yield cut


def _start(
    quote: str, words: Words, part: MatchContext, is_fragment: bool = False
) -> Iterator[Cut]:
    span = part.span
    before = spoken_before(part, span.start)
    cut = bool(before) and (before[-1].isalnum() or before[-1] in "%’'")
    lead = quote[: words.starts[0]]
    initial = quote[words.starts[0] :].lstrip("[")[:1]
    capitalised = initial.isupper() and not part.raw(span.start, span.start + 1).isupper()
    yield from _within_compound(part, part.alignment.first, "begins within")
    if cut and (0 in words.gaps or (capitalised and "[" not in lead[-1:])):
        shown = last_words(before)
        message = f"begins within a sentence, after “{shown}”"
        yield Cut(Reason("begins within", message, shown), "truncated")
    closed = bool(_FINAL.search(quote[words.ends[-1] :])) and len(words) not in words.gaps
    is_short = len(words) < _FRAMED and not (closed and initial.isupper())
    if is_short and not is_fragment:
        return
    forms = part.source.forms[part.alignment.first : part.alignment.last]
    named = part.raw(span.start, span.start + 1).isupper()
    quoted = QuotedClause(forms[:_FORMS_READ], capitalised or closed, named)
    lead = spoken_before(part, span.start, _LEAD)
    frame = frame_before(lead, quoted)
    if frame is None and is_fragment:
        frame = frame_of_predicate(lead, quoted)
    if is_short and frame is not None and frame.kind not in _TURNING:
        return
    if frame is None or frame.kind != "condition" or not _has_words(words, frame.words):
        yield from _framed(frame)  # "…, if it rains" has the condition at its end


def _has_words(words: Words, text: str) -> bool:
    """Whether a quotation has the words of a text itself, in a row."""
    forms = source_words(text).forms
    size = len(forms)
    return size > 1 and any(
        words.forms[k : k + size] == forms for k in range(len(words) - size + 1)
    )


def _framed(frame: Frame | None) -> Iterator[Cut]:
    """What stood around the quotation and weighs on it."""
    if frame is None:
        return
    severity: Severity = "wording" if frame.kind == "contrast" else "meaning"
    message = _FRAMES[frame.kind].format(frame.words)
    reason = Reason(f"cut off: {frame.kind}", message, frame.words, severity)
    yield Cut(reason, "truncated" if severity == "meaning" else None)


def _end(quote: str, words: Words, part: MatchContext) -> Iterator[Cut]:
    span = part.span
    after = spoken_after(part, span.end)
    tail = quote[words.ends[-1] :]
    closed = bool(_FINAL.search(tail))
    yield from _within_compound(part, part.alignment.last, "ends within")
    if after[:1].isalnum() and (closed or len(words) in words.gaps):
        shown = first_words(after)
        message = f"ends within a sentence, before “{shown}”"
        yield Cut(Reason("ends within", message, shown), "truncated")
    if after[:1] == "?" and "?" not in tail:
        states = tail[:1] in (".", "!") or _is_turned_round(words, part)
        severity: Severity = "meaning" if states else "wording"
        message = "the source asks this, the quotation says it"
        reason = Reason("question", message, "?", severity)
        yield Cut(reason, "altered" if severity == "meaning" else None)
    if after[:1] in (".", "!") and _ASKS.match(tail):
        message = "the source says this, the quotation asks it"
        yield Cut(Reason("question", message, after[:1], "wording"))
    if len(words) < _FRAMED and not (closed and quote[words.starts[0] :][:1].isupper()):
        return
    raw = part.raw(span.end, span.end + _AFTER_CHARS)
    broken = "\n" in raw[: len(raw) - len(raw.lstrip())]
    forms = part.source.forms[part.alignment.first : part.alignment.last]
    spoken_since = part.source.before_stop(part.alignment.last - 1) + 1
    sentence = forms[max(0, len(forms) - spoken_since) :]
    yield from _framed(
        frame_after(
            f"\n{after}" if broken else after,
            closed=closed,
            looks_ahead=bool(MODAL_VERBS & set(forms)),
            quoted=sentence[-_FORMS_READ:],
        )
    )


def _within_compound(part: MatchContext, at: int, kind: str) -> Iterator[Cut]:
    """What is cut off of a word with a hyphen, before the source's word with an index.

    "Violent groups" are not the non-violent ones. A hyphen beside a word of grammar may be a dash.
    """
    source, blocks = part.source, part.alignment.blocks
    if not 0 < at < len(source) or blocks[0 if kind == "begins within" else -1].op != "equal":
        return
    first, second = source.forms[at - 1 : at + 1]
    if part.raw(source.ends[at - 1], source.starts[at]) not in _HYPHENS or not (
        first.isalpha() and second.isalpha() and {first, second}.isdisjoint(FUNCTION_WORDS)
    ):
        return
    light = kind == "begins within" and first not in PREFIXES  # ice-cold water
    whole = part.raw(source.starts[at - 1], source.ends[at])
    message = f"{kind} a word: “{whole}”"
    yield Cut(Reason(kind, message, whole, "wording" if light else "meaning"), "truncated")


def _is_turned_round(words: Words, part: MatchContext) -> bool:
    """Whether the auxiliary that begins a question stands after the subject in the quotation."""
    source, first, last = part.source.forms, part.alignment.first, part.alignment.last
    begin = first - part.source.before_stop(first)
    while begin < last and source[begin] in CONNECTIVES:  # "But is the bridge safe?"
        begin += 1
    opening = source[min(begin, len(source) - 1)]
    if opening not in AUXILIARIES or words.forms[0] == opening:
        return False
    if opening in _DO and part.source.before_stop(first) == 1:
        return True  # "Do we need it?" without its "do"
    return words.forms.count(opening) > source[first:last].count(opening) or (
        opening in source[first : first + 1] and opening in words.forms
    )
