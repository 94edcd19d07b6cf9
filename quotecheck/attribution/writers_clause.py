"""Where the speaker's words end and the writer goes on: "… was safe, but it burst on Friday".

A content keeps what is said. Whom it is said to, what the speaker did next, and what the writer
has to say to it are cut off, where the marks, the parse or the form of the clause show them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from quotecheck.attribution.text_view import TextView, Word
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import QuotedPassage, Span

__all__ = ["without_the_writer"]

_ELLIPSIS = re.compile(
    r"(?:[,;]|(?<!\s))\s++(?:but|and|which|though|although)\s+(?:I|he|she|it|they|we|you)\s+"
    r"(?:is|was|are|were|did|does|do|had|has|have|would|could|can|will)(?:n['’]t|\s+not)?\s*+\Z"
)
"""A verdict on what was said, without a verb of its own: "but I did", "which it was not"."""
_BEFORE_LEAVING = re.compile(r",\s+(?:just |shortly |moments )?before\s+\w+ing\b[^“”\"]*\Z")
"""What the speaker did next: "…, before leaving for a holiday"."""
_FRONTED = re.compile(
    r"(?:\A|[.!?][”\"’']?\s{1,3})(?:[Ee]ven\s)?(?:[Aa]l)?(?:[Tt]hough|[Ww]hile|[Ww]hereas)\s"
    r"(?:[A-Z][a-z]{0,4}\.\s|[^.!?:;“”\"\n])*+\Z"
)
"""The opening of a sentence whose main clause is still to come."""
_FRONT_CHARS = 240
"""Code points in front of a cue in which such an opening stands."""
_SUBJECT_WORDS = 14
"""Words of the subject of a main clause, at most. By eye."""
_TENSED = frozenset({"VBD", "VBZ", "VBP", "MD"})
_STOP = re.compile(r"[^\W\d_]{2}([.?!])\s*\Z")
_WHOLE = frozenset({"turn", "layout", "headline"})
"""Rules whose contents are more than sentences."""
_LONGEST = 60
"""Characters of such a verdict."""
_CREDITING = frozenset({"attribute", "ascribe", "credit"})
_FALSELY = frozenset("wrongly falsely mistakenly incorrectly erroneously apocryphally".split())
_CONTRAST = frozenset({"but", "yet"})
_TOWARDS = frozenset({"to", "unto", "at"})
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "CCONJ", "PUNCT", "ADP"})
_LOOSE = " \t\r\n,;"


def without_the_writer(view: TextView, attribution: Attribution) -> Attribution | None:
    """The attribution with what is not its speaker's cut off; None when nothing is left."""
    if not attribution.cue or not attribution.content:
        return attribution
    if _is_disowned(view, attribution):
        attribution = replace(attribution, source=())
    attribution = _within_sentence(view, _without_next_sentence(view, attribution))
    first, last = min(attribution.content), max(attribution.content)
    end = min((cut for cut in _ends(view, attribution, last) if cut > last.start), default=last.end)
    start = _start(view, attribution, first)
    if (start, end) == (first.start, last.end):
        return attribution
    content = []
    for span in attribution.content:
        low = start if span == first else span.start
        high = end if span == last else span.end
        while high > low and view.text[high - 1] in _LOOSE:
            high -= 1
        if high > low:
            content.append(Span(low, high))
    if not content:
        return None
    return replace(attribution, content=tuple(content), kind=view.kind_of(content))


def _is_disowned(view: TextView, attribution: Attribution) -> bool:
    """Whether the writer says that the words are not the source's: "wrongly attributed to"."""
    cue = view.words_in(attribution.cue[0])
    if not any(w.token.lemma in _CREDITING for w in cue) or not cue:
        return False
    start = max(0, cue[0].index - 2)
    near = cue[0].tree.tokens[start : cue[-1].index + 3]
    return any(token.text.lower() in _FALSELY for token in near)


def _without_next_sentence(view: TextView, attribution: Attribution) -> Attribution:
    """The attribution without a sentence that stands bare after words whose marks are closed."""
    spans = sorted(attribution.content)
    if len(spans) < 2 or view.passages_around(spans[-1]):
        return attribution
    before, last = spans[-2], spans[-1]
    words = before.of(view.text).rstrip()
    closed = view.is_quoted(before.start + len(words) - 1) and words[-2:-1] in {".", "?", "!"}
    if not closed or view.text[before.end : last.start].strip():
        return attribution
    if not last.of(view.text)[:1].isupper():
        return attribution
    content = tuple(spans[:-1])
    return replace(attribution, content=content, kind=view.kind_of(content))


def _within_sentence(view: TextView, attribution: Attribution) -> Attribution:
    """A report without marks up to the end of the sentence in which its clause introduces it."""
    cue, content = attribution.cue[-1], min(attribution.content)
    unmarked = attribution.kind == "indirect" and attribution.rule not in _WHOLE
    if not unmarked or cue.end > content.start or ":" in view.text[cue.start : content.start]:
        return attribution
    words = view.words_in(Span(cue.start, max(attribution.content).end))
    if not words or words[0].tree.place.end <= content.start:
        return attribution
    end = words[0].tree.place.end
    behind = next((w for w in words if w.token.start >= end), None)
    stop = _STOP.search(view.text, max(cue.start, end - 4), end)
    if stop is None or behind is None or not behind.token.text[:1].isupper():
        return attribution
    spans = (Span(s.start, min(s.end, stop.start(1))) for s in attribution.content if s.start < end)
    return replace(attribution, content=tuple(s for s in spans if s.end > s.start))


def _ends(view: TextView, attribution: Attribution, span: Span) -> list[int]:
    """Every place in a content where its speaker may have ended."""
    ends = []
    ellipsis = _ELLIPSIS.search(view.text, max(span.start, span.end - _LONGEST), span.end)
    if ellipsis and not view.is_quoted(ellipsis.end() - 1):
        ends.append(ellipsis.start())
    passages = [p for p in view.passages_around(span) if p.outer.end < span.end]
    if passages and not view.is_quoted(span.end - 1):
        tail = _behind_marks(view, attribution, span, passages[-1])
        if tail is not None:
            ends.append(tail)
    leaving = _BEFORE_LEAVING.search(view.text, span.start, span.end)
    if leaving and attribution.cue[0].end <= span.start and not view.is_quoted(leaving.start()):
        ends.append(leaving.start())
    main = _main_clause(view, attribution, span)
    if main is not None:
        ends.append(main)
    clause = _other_clause(view, attribution, span)
    if clause is not None:
        ends.append(clause)
    return ends


def _behind_marks(
    view: TextView, attribution: Attribution, span: Span, passage: QuotedPassage
) -> int | None:
    """The end of the marks, where the words after them are the writer's."""
    words = view.words_in(Span(passage.outer.end, span.end))
    words = [w for w in words if w.token.text not in DOUBLE]
    if not words:
        return None
    outer_clause = len(words) > 1 and words[0].token.text == ","
    apposed = view.text[span.start : passage.outer.start].rstrip()[-1:] in {"", ","}
    if outer_clause and not apposed and words[1].token.xpos in {"VBD", "VBZ", "VBP"}:
        return passage.outer.end  # "in which he says that it is “like iron”, was sold"
    inner = passage.inner.of(view.text).rstrip()
    if inner[-1:] in {".", "?", "!"} and words[0].token.text[:1].isupper():
        return passage.outer.end  # a sentence of its own
    spoken = passage.outer.start <= span.start and inner[:1].isupper()
    low = words[0].token.text.lower()
    if spoken and low in _TOWARDS and all(w.token.upos in _NAMING for w in words):
        return passage.outer.end  # “Run” to the twins
    cue = view.words_in(attribution.cue[0])
    past = bool(cue) and cue[-1].token.xpos == "VBD"
    if past and low == "and" and len(words) > 1 and words[1].token.xpos == "VBD":
        inside = view.words_in(passage.outer)
        if spoken or any(w.token.xpos in {"MD", "VBZ", "VBP"} for w in inside):
            return passage.outer.end  # “will open in June” and drove off
    return None


def _main_clause(view: TextView, attribution: Attribution, span: Span) -> int | None:
    """Where the main clause begins: "Although she warned that it would slip, nobody moved"."""
    cue = attribution.cue[0]
    if cue.end > span.start:
        return None
    first = max(view.paragraphs[view.paragraph_at(cue.start)].start, cue.start - _FRONT_CHARS)
    if _FRONTED.search(view.text[first : cue.start]) is None:
        return None
    words = [word for word in view.words_in(span) if not word.quoted]
    tensed = False
    for place, word in enumerate(words):
        if word.token.text == "," and tensed and _opens_clause(words[place + 1 :]):
            return word.token.start
        tensed = tensed or word.token.xpos in _TENSED
    return None


def _opens_clause(words: Sequence[Word]) -> bool:
    """Whether a subject and its verb come next."""
    if not words or words[0].token.upos not in _NAMING - {"CCONJ", "PUNCT", "ADP"}:
        return False
    for word in words[1:_SUBJECT_WORDS]:
        if word.token.xpos in _TENSED:
            return True
        if word.token.upos not in _NAMING | {"PART"}:
            return False
    return False


def _other_clause(view: TextView, attribution: Attribution, span: Span) -> int | None:
    """Where a clause about what happened begins, that the parse hangs on the cue with "but"."""
    cue = view.words_in(attribution.cue[0])
    cues = {(id(w.tree), w.index) for w in cue if w.token.xpos == "VBD"}
    for word in view.words_in(span):
        token = word.token
        if word.quoted or token.deprel not in {"conj", "parataxis"} or token.xpos != "VBD":
            continue
        if (id(word.tree), token.head) not in cues:
            continue
        children = [(c, word.tree.tokens[c]) for c in word.tree.children[word.index]]
        joint = [t for _, t in children if t.text.lower() in _CONTRAST and t.start < token.start]
        subject = any(t.deprel.startswith("nsubj") for _, t in children)
        if joint and subject and joint[0].start > span.start:
            return joint[0].start
    return None


def _start(view: TextView, attribution: Attribution, span: Span) -> int:
    """Where the words begin after whom they are said to: "said unto the elders, Shall …"."""
    words = view.words_in(span)
    cue = view.words_in(attribution.cue[-1])
    if not words or not cue or words[0].token.text.lower() not in {"to", "unto"}:
        return span.start
    if words[0].quoted or not _hangs_on(words[0], cue[-1]):
        return span.start
    for word in words[1:]:
        if word.token.text in {",", ":"}:
            following = [w for w in words if w.token.start > word.token.start]
            return following[0].token.start if following else span.end
        if word.token.upos not in _NAMING:
            return span.start
    return span.end


def _hangs_on(word: Word, cue: Word) -> bool:
    """Whether the phrase that a preposition opens belongs to the cue."""
    noun = word.token.head
    return word.tree is cue.tree and noun >= 0 and word.tree.tokens[noun].head == cue.index
