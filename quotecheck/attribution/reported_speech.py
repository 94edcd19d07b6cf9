"""Indirect and mixed quotations: what a clause reports, as the frames of its cue show it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from quotecheck.attribution.frame_model import features, frame_probability
from quotecheck.attribution.nonspeech_quotes import is_title
from quotecheck.attribution.reporting_frames import Frame, frames
from quotecheck.attribution.text_view import TextView
from quotecheck.language.reporting_verbs import (
    STATING,
    content_nouns,
    cue_class,
    introduces_speech,
)
from quotecheck.records.quotation import Attribution
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import QuotedPassage, Span
from quotecheck.syntax.tree import Tree, runs, spans_of

__all__ = [
    "MINIMUM",
    "candidates",
    "is_naming",
    "likely_reports",
    "reported_quotations",
    "told_that",
]

MINIMUM = 0.35
"""Frames less likely than this are not reported (the best full F1 on training documents)."""

_STATED = 0.5
"""Probability, 0..1, at least where the form leaves no doubt. By eye; `MINIMUM` would pass them
too."""
_NAMING = frozenset({"brand", "call", "deem", "describe", "dub", "label", "name", "term"})
_TELLING = frozenset(
    "advise assure email inform message promise radio remind tell text warn write".split()
)
"""Verbs that take whom they tell without a preposition."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_ADDRESSEE_WORDS = 7
"""Words between verb and "that". By eye: "told a packed meeting of the board that"."""
_EDGES = " \t\r\n\u00a0,;:.–—-"


def candidates(view: TextView) -> list[tuple[Tree, Frame, tuple[Span, ...], list[str]]]:
    """Every frame of the text with its content as spans and its features, unscored."""
    candidate_frames = []
    for tree in view.trees:
        if not tree.parsed:
            continue
        hidden = _hidden(view, tree)
        for frame in frames(tree, hidden):
            content = _content(view, tree, frame)
            if content and not _only_title(view, frame, content):
                candidate_frames.append((tree, frame, content, features(tree, frame, hidden)))
    return candidate_frames


def reported_quotations(
    view: TextView, attributions: Sequence[Attribution], minimum: float = MINIMUM
) -> list[Attribution]:
    """Indirect and mixed quotations that do not touch those already found.

    Args:
        view: the text.
        attributions: attributions found by surer rules; their content is left alone.
        minimum: the least likelihood (0..1) that is reported.
    """
    covered = SpanSet(span for attribution in attributions for span in attribution.content)
    cues = SpanSet(span for attribution in attributions for span in attribution.cue)
    # A relay's words are spoken for: "Tass quoted Peskov as saying" is not a report by Tass.
    relayed = SpanSet(
        span for a in attributions if a.rule == "relay" for span in (*a.cue, *a.source, *a.content)
    )
    reports: list[Attribution] = []
    scored = [
        (_chance(tree, frame, names), tree, frame, content)
        for tree, frame, content, names in candidates(view)
    ]
    scored.sort(key=lambda item: (-item[0], item[3]))
    for chance, tree, frame, content in scored:
        if chance < minimum:
            break
        cue = spans_of(tree, frame.cue)
        if any(covered.touches(c) or relayed.touches(c) for c in content):
            continue
        if any(cues.touches(c) for c in cue):
            continue
        reports.append(_attribution(view, tree, frame, content, chance))
        for span in content:
            covered.add(span)
        for span in cue:
            cues.add(span)
    return reports


def likely_reports(view: TextView, minimum: float) -> list[Attribution]:
    """Every report of the text that is as likely as ``minimum`` (0..1), overlapping ones too."""
    reports = []
    for tree, frame, content, names in candidates(view):
        chance = _chance(tree, frame, names)
        if chance >= minimum:
            reports.append(_attribution(view, tree, frame, content, chance))
    return reports


def is_naming(lemma: str) -> bool:
    """Whether a verb says what something is called: "called it ‘a joke’"."""
    return lemma in _NAMING


def told_that(view: TextView) -> list[Attribution]:
    """What somebody is told by a clause with "that": "had told the board that the dam would fail".

    A parse often takes such a clause for a relative one of whom is told; it is not one where a
    subject follows "that" rather than a verb.
    """
    reports = []
    for tree in view.trees:
        for index, token in enumerate(tree.tokens):
            if token.upos != "VERB" or view.is_quoted(token.start):
                continue
            lemma = token.lemma.lower()
            if not introduces_speech(lemma):
                continue
            place = _that_behind(tree, index, lemma)
            if place is None and lemma in _TELLING:
                place = _clause_behind(tree, index)
            subject = tree.subject(index)
            if place is None or subject is None or tree.is_passive(index):
                continue
            top = place
            while tree.tokens[top].head > place:
                top = tree.tokens[top].head
            last = max(tree.subtree(top), default=place)
            content = _trimmed(view.text, (Span(tree.tokens[place].start, tree.tokens[last].end),))
            if last <= place + 1 or not content:
                continue
            reports.append(
                Attribution(
                    content=content,
                    cue=(token.span,),
                    source=(tree.span(tree.noun_phrase(subject, [index])),),
                    kind=view.kind_of(content),
                    rule="reported:clause",
                    confidence=_STATED,
                    cue_lemma=token.lemma,
                )
            )
    return reports


def _clause_behind(tree: Tree, verb: int) -> int | None:
    """The subject after those whom a verb speaks to: "had told MPs | the border would close"."""
    tokens = tree.tokens
    addressees = tree.relation(verb, "iobj", "obj")
    if not addressees or tree.relation(verb, "ccomp", "xcomp") or addressees[0] < verb:
        return None
    first = max(tree.subtree(addressees[0]), default=addressees[0]) + 1
    for place in range(first, min(first + _ADDRESSEE_WORDS, len(tokens))):
        if tokens[place].upos in {"VERB", "AUX"}:
            return first if place > first and tokens[place].xpos in _FINITE else None
        if tokens[place].upos not in {"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"}:
            return None
    return None


def _that_behind(tree: Tree, verb: int, lemma: str) -> int | None:
    """The "that" after a verb and those it speaks to, where a clause with a subject follows."""
    tokens = tree.tokens
    place = verb + 1
    if place < len(tokens) and tokens[place].text.lower() in {"to", "in", "on", "at"}:
        place += 1
    elif lemma not in _TELLING:
        return None
    first = place
    while place < len(tokens) and place - first < _ADDRESSEE_WORDS:
        low = tokens[place].text.lower()
        if low == "that" and place > first:
            follows = tokens[place + 1].upos if place + 1 < len(tokens) else ""
            return None if follows in {"", "VERB", "AUX", "PUNCT", "ADP"} else place
        if tokens[place].upos not in {"DET", "ADJ", "NOUN", "PROPN", "PRON", "NUM", "PART"}:
            return None
        place += 1
    return None


def _attribution(
    view: TextView, tree: Tree, frame: Frame, content: tuple[Span, ...], chance: float
) -> Attribution:
    return Attribution(
        content=content,
        cue=spans_of(tree, frame.cue),
        source=_trimmed(view.text, spans_of(tree, frame.source)),
        kind=view.kind_of(content),
        rule=f"reported:{frame.name}",
        confidence=round(chance, 3),
        cue_lemma=tree.tokens[frame.cue[0]].lemma,
    )


def _chance(tree: Tree, frame: Frame, names: list[str]) -> float:
    """The model's likelihood; at least `_STATED` where the form itself leaves no doubt.

    "They hold the view that …", "according to her", "as she put it", "she confirmed that …", "it
    was said that …": the model, fitted to one genre, also doubts these where its limits of the
    content were often wrong.
    """
    chance = frame_probability(names)
    said_so = frame.name == "clause" and tree.is_passive(frame.cue[0])
    if not frame.source and frame.name != "adverb" and not said_so:
        return chance
    that = any(tree.tokens[i].text.lower() == "that" for i in sorted(frame.content)[:1])
    stated = (
        frame.name in {"according", "as said", "adverb"}
        or (frame.name == "noun" and that and frame.key in content_nouns())
        or (frame.name == "clause" and that and cue_class(frame.key) in STATING)
    )
    return max(chance, _STATED) if stated else chance


def _hidden(view: TextView, tree: Tree) -> Callable[[int], bool]:
    flags = [view.is_quoted(token.start) for token in tree.tokens]
    return flags.__getitem__


def _content(view: TextView, tree: Tree, frame: Frame) -> tuple[Span, ...]:
    """The words that are reported, with quotation marks made whole and edges made clean."""
    members = set(frame.content)
    if frame.name == "clause":
        members = _right_side(tree, frame, members)
    members = _with_name(tree, view, frame, members)
    spans = [tree.span(run) for run in runs(members)]
    grown: list[Span] = []
    for span in spans:
        for passage in _touching(view, span):
            start = min(span.start, passage.outer.start)
            span = Span(start, max(span.end, passage.outer.end))
        if grown and grown[-1].end >= span.start:
            grown[-1] = Span(grown[-1].start, max(grown[-1].end, span.end))
        else:
            grown.append(span)
    return _trimmed(view.text, tuple(grown))


def _right_side(tree: Tree, frame: Frame, members: set[int]) -> set[int]:
    """Mends a complement found on the wrong side: "In a statement, Cruz said he was sure"."""
    verb = frame.cue[-1]
    after = set(range(verb + 1, len(tree.tokens))) - set(frame.source)
    if (
        members
        and max(members) < verb
        and any(tree.tokens[i].deprel.startswith("nsubj") for i in after)
    ):
        return {
            i for i in after if not (i == len(tree.tokens) - 1 and tree.tokens[i].text in ".!?")
        }
    return members


def _only_title(view: TextView, frame: Frame, content: Sequence[Span]) -> bool:
    """Whether what a verb takes is the name of a work: "the cinema showed “Harvest”"."""
    if frame.name not in {"object", "oblique", "as"} or len(content) != 1:
        return False
    inside = _touching(view, content[0])
    if len(inside) != 1 or not inside[0].outer.contains(content[0]):
        return False
    return is_title(view, inside[0], view.words_in(inside[0].outer))


def _with_name(tree: Tree, view: TextView, frame: Frame, members: set[int]) -> set[int]:
    """Takes in what something is called: "called the fence along the bank “a joke in wire”"."""
    if frame.name not in {"object", "as"} or frame.key not in _NAMING or not members:
        return members
    end = max(members)
    for index in range(end + 1, len(tree.tokens)):
        token = tree.tokens[index]
        if view.is_quoted(token.start):
            return members | set(range(end + 1, index + 1))
        if token.upos in {"VERB", "AUX", "CCONJ"} or token.text in {",", ";"}:
            break
    return members


def _touching(view: TextView, span: Span) -> list[QuotedPassage]:
    return [
        p
        for p in view.passages_in(Span(max(0, span.start - 2), span.end))
        if p.outer.overlaps(span)
    ]


def _trimmed(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans without white space and loose punctuation at their edges; empty ones fall away."""
    trimmed: list[Span] = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start] in _EDGES:
            start += 1
        while start < end and text[end - 1] in _EDGES:
            end -= 1
        if any(c.isalnum() for c in text[start:end]):
            trimmed.append(Span(start, end))
    return tuple(trimmed)
