"""Statements passed on: "Tass quoted Kremlin spokesman Dmitry Peskov as saying …".

The agency is not a speaker here: it relays. The rule opens the chain before any other can take the
agency for the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from quotecheck.attribution.text_view import TextView
from quotecheck.language.calendar import DAYS
from quotecheck.language.reporting_verbs import introduces_speech, reporting_lemma
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import QuotedPassage, Span, Token
from quotecheck.syntax.tree import Tree

__all__ = ["nested_quotations", "relayed_quotations"]

_RELAYING = frozenset({"quote", "cite"})
_CLAUSES = frozenset({"ccomp", "xcomp", "parataxis"})
_HEARING = frozenset({"hear", "testify", "allege"})
_LISTENING = frozenset({"hear"})
_WRITING = frozenset({"text", "message", "email", "radio", "write"})
_NEAR = 60
"""Characters between a verb and the words it introduces, at most."""
_NAMING = frozenset({"DET", "ADJ", "NOUN", "PROPN"})
_TAIL = " \t\r\n,;.!?…"
_PLACING = frozenset({"ADP", "ADV", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON", "PART"})
_WHEN_WORDS = 5
"""Words that tell when or where, at most, at the end of a sentence. By eye."""
_FEWEST = 4
"""Words of a clause and its comma, at least: "Lokir has fallen,"."""
_SURE = 0.8
"""Confidence, 0..1, set by hand; selection weighs it again."""
_HEAD = " \t\r\n,;:"


def relayed_quotations(view: TextView) -> list[Attribution]:
    """Every statement that one party quotes another "as saying", active or passive.

    Those within a report are left to `nested_quotations`.
    """
    readings = (
        _relayed(view, tree, index)
        for tree, index in _relaying(view)
        if _outer_verb(view, tree, index) is None
    )
    return [reading for reading in readings if reading is not None]


def _relaying(view: TextView) -> Iterator[tuple[Tree, int]]:
    """Where a verb quotes or cites somebody, outside quotation marks."""
    for tree in view.trees:
        for index, token in enumerate(tree.tokens):
            if token.lemma in _RELAYING and not view.is_quoted(token.start):
                yield tree, index


def _relayed(view: TextView, tree: Tree, verb: int) -> Attribution | None:
    tokens = tree.tokens
    saying = next(
        (
            i + 1
            for i in range(verb + 1, min(len(tokens) - 1, verb + 40))
            if tokens[i].text.lower() == "as"
            and reporting_lemma(tokens[i + 1].text)
            and not view.is_quoted(tokens[i].start)
        ),
        None,
    )
    if saying is None or saying + 1 >= len(tokens):
        return None  # not even a stop stands after "saying"
    between = list(range(verb + 1, saying - 1))
    passive = tokens[verb].xpos == "VBN" and any(
        tokens[i].lemma == "be" for i in range(max(0, verb - 3), verb)
    )
    via: tuple[Span, ...] = ()
    behind = saying
    if passive:
        subject = tree.subject(verb)
        source = tree.noun_phrase(subject, [verb]) if subject is not None else []
        agent = _phrase(tree, between[1:]) if between and tokens[between[0]].text == "by" else []
        if not agent and tokens[saying + 1].text.lower() == "by":
            agent = _agent_after(tree, saying + 1)
            behind = agent[-1] if agent else saying
        if agent:
            via = (tree.span(agent),)
    else:
        source = _phrase(tree, between)
        subject = tree.subject(verb)
        if subject is not None and not view.is_quoted(tokens[subject].start):
            via = (tree.span(tree.noun_phrase(subject, [verb])),)
    content = (
        _before(view, tree, verb, source)
        or _in_front(view, tree, verb, source, behind)
        or _rest(view, tree, behind)
    )
    if content is None:
        return None
    return Attribution(
        content=(content,),
        cue=(tokens[saying].span,),
        source=(tree.span(source),) if source else (),
        kind=view.kind_of((content,)),
        rule="relay",
        confidence=0.9 if source else 0.6,
        cue_lemma=reporting_lemma(tokens[saying].text),
        via=via,
    )


def _phrase(tree: Tree, indices: list[int]) -> list[int]:
    phrase = list(indices)
    while phrase and tree.tokens[phrase[-1]].upos in {"PUNCT", "ADP", "ADV"}:
        phrase.pop()
    while phrase and tree.tokens[phrase[0]].upos in {"PUNCT", "ADV"}:
        phrase.pop(0)
    return phrase


def nested_quotations(view: TextView) -> list[Attribution]:
    """Words in marks, or relayed, within a report: "Koss said that Amadi had told him: “Sign it.”".

    The inner speaker said them, the outer one reports it. "Koss said he had told them" has one
    speaker, and is left to the rules for one report.

    Returns:
        For each the outer report, then the inner one with it as ``parent``.
    """
    nested = []
    for passage in view.passages:
        words = [w for w in view.words_in(passage.outer) if w.token.upos != "PUNCT"]
        if len(words) < 2:
            continue
        tree = words[0].tree
        introduced = view.text[max(0, passage.outer.start - 3) : passage.outer.start].rstrip()[
            -1:
        ] in {":", ","}
        inside = {w.index for w in words if w.tree is tree}
        tops = [w for w in words if w.tree is tree and w.token.head not in inside]
        if not introduced and not any(w.token.deprel in _CLAUSES for w in tops):
            continue
        inner = _inner_verb(view, tree, passage)
        outer = _outer_verb(view, tree, inner) if inner is not None else None
        if inner is None or outer is None:
            continue
        source = tree.subject(inner)
        if source is None or tree.tokens[source].upos == "PRON":
            continue
        spans = tree.span(tree.noun_phrase(source, [inner])), tree.tokens[inner].span
        if any(span.overlaps(passage.outer) for span in spans):
            continue
        content = _clause(tree, inner, [w.index for w in tops], passage)
        inner_attribution = Attribution(
            content=(content,),
            cue=(spans[1],),
            source=(spans[0],),
            kind=view.kind_of((content,)),
            rule="nested",
            confidence=_SURE,
            cue_lemma=tree.tokens[inner].lemma,
        )
        nested += _pair(tree, outer, _around(view, tree, inner, content), inner_attribution)
    return nested + _relayed_within(view)


def _relayed_within(view: TextView) -> list[Attribution]:
    """What is relayed within a report: "Koss said that Tass had quoted Amadi as saying …"."""
    relayed = []
    for tree, index in _relaying(view):
        outer = _outer_verb(view, tree, index)
        inner = _relayed(view, tree, index) if outer is not None else None
        if outer is not None and inner is not None:
            relayed += _pair(tree, outer, _around(view, tree, index, inner.content[0]), inner)
    return relayed


def _pair(tree: Tree, verb: int, around: Span, inner: Attribution) -> list[Attribution]:
    """The report by an outer verb, and what is told in it; nothing where nobody tells it."""
    subject = tree.subject(verb)
    if subject is None or around.start < tree.tokens[verb].end:
        return []
    listens = tree.tokens[verb].lemma in _LISTENING  # a jury that hears something does not tell it
    outer = Attribution(
        content=(around,),
        cue=(tree.tokens[verb].span,),
        source=() if listens else (tree.span(tree.noun_phrase(subject, [verb])),),
        kind="indirect",
        rule="nested",
        confidence=_SURE,
        cue_lemma=tree.tokens[verb].lemma,
    )
    return [outer, replace(inner, parent=outer.content)]


def _clause(tree: Tree, verb: int, tops: Iterable[int], passage: QuotedPassage) -> Span:
    """A passage with the words before it that belong to its clause: "she “never saw it”"."""
    starts = [
        tree.tokens[index].start
        for top in tops
        if tree.tokens[top].head == verb and tree.tokens[top].deprel == "ccomp"
        for index in tree.subtree(top)
        if tree.tokens[index].upos != "PUNCT"
    ]
    start = min([passage.outer.start, *(s for s in starts if s >= tree.tokens[verb].end)])
    words = _words_between(tree, start, passage.outer.start)
    if words and words[0].text.lower() == "that":
        start = words[1].start if len(words) > 1 else passage.outer.start
    return Span(start, passage.outer.end)


def _words_between(tree: Tree, start: int, end: int) -> list[Token]:
    """The tokens of a sentence that begin in a stretch of it, without marks and stops."""
    return [t for t in tree.tokens if start <= t.start < end and t.upos != "PUNCT"]


def _around(view: TextView, tree: Tree, inner: int, content: Span) -> Span:
    """The clause of the inner verb with the content that it introduces."""
    below = tree.subtree(inner) or {inner}
    first, last = tree.tokens[min(below)], tree.tokens[max(below)]
    start, end = min(first.start, content.start), max(last.end, content.end)
    behind = [t for t in tree.tokens if t.start >= end]
    if all(t.upos in _PLACING for t in behind[:-1]) and behind[-1:] and behind[-1].upos == "PUNCT":
        end = behind[-1].start  # "had shouted “let it burn” across the yard."
    while end > content.end and view.text[end - 1] in _TAIL:
        end -= 1
    while view.text[start] in _HEAD:
        start += 1
    return Span(start, end)


def _inner_verb(view: TextView, tree: Tree, passage: QuotedPassage) -> int | None:
    """The last verb in front of a passage that introduces speech, with no sentence between."""
    last = bisect_left(tree.tokens, passage.outer.start, key=lambda t: t.start) - 1
    for index in range(last, -1, -1):
        token = tree.tokens[index]
        if passage.outer.start - token.end > _NEAR:
            return None
        if token.upos == "VERB" and not view.is_quoted(token.start):
            is_report = introduces_speech(token.lemma) or token.lemma in _WRITING
            return index if is_report else None
    return None


def _outer_verb(view: TextView, tree: Tree, inner: int) -> int | None:
    """The reporting verb in whose clause another one stands."""
    token = tree.tokens[inner]
    if token.deprel not in {"ccomp", "acl", "parataxis"} or token.head < 0 or token.head > inner:
        return None
    outer = tree.tokens[token.head]
    if outer.upos != "VERB" or view.is_quoted(outer.start):
        return None
    return token.head if introduces_speech(outer.lemma) or outer.lemma in _HEARING else None


def _agent_after(tree: Tree, by: int) -> list[int]:
    """The agent in "was quoted as saying by the agency", to the end of its names and nouns."""
    last = by
    while last + 1 < len(tree.tokens) and tree.tokens[last + 1].upos in _NAMING:
        last += 1
    return list(range(by + 1, last + 1))


def _before(view: TextView, tree: Tree, verb: int, source: list[int]) -> Span | None:
    """The passage that opens the sentence: “The talks failed,” she was quoted as saying."""
    first = min([verb, *source])
    words = [t for t in tree.tokens[:first] if not view.is_quoted(t.start)]
    passages = view.passages_in(Span(tree.tokens[0].start, tree.tokens[first].start))
    if not passages or any(t.upos in {"VERB", "AUX"} for t in words):
        return None
    last = passages[-1].outer
    ends = last.of(view.text).rstrip("”\"’'»")[-1:] in {",", "?", "!"}
    return last if ends and tree.tokens[first].start > last.end else None


def _in_front(view: TextView, tree: Tree, verb: int, source: list[int], saying: int) -> Span | None:
    """The clause in front, where nothing follows: "Lokir fell, he was cited as saying"."""
    tokens = tree.tokens
    first = _after_clause(tree, min([verb, *source]))
    if not _only_places(tree, saying + 1) or first < _FEWEST or view.is_quoted(tokens[first].start):
        return None
    return Span(tokens[0].start, tokens[first - 2].end)


def _only_places(tree: Tree, first: int) -> bool:
    """Whether no more than when or where it was said stands from a word to the sentence's end."""
    words = [token for token in tree.tokens[first:] if token.upos != "PUNCT"]
    if any(w.upos not in _PLACING or w.upos == "PRON" for w in words) or len(words) > _WHEN_WORDS:
        return False
    return not words or words[0].upos in {"ADP", "ADV"} or words[0].text.lower() in DAYS


def _after_clause(tree: Tree, source: int) -> int:
    """The word after the first comma between a clause and who is cited for it; 0 for none."""
    verbs = [i for i, t in enumerate(tree.tokens[:source]) if t.upos in {"VERB", "AUX"}]
    last = verbs[-1] if verbs else source
    return next((i + 1 for i in range(last, source) if tree.tokens[i].text == ","), 0)


def _rest(view: TextView, tree: Tree, saying: int) -> Span | None:
    """From the word after "saying" to the end of the sentence or of the quotation it holds."""
    if _only_places(tree, saying + 1):
        return None
    start = tree.tokens[saying + 1].start
    end = tree.tokens[-1].end
    for passage in view.passages_in(Span(max(0, start - 2), end)):
        if passage.outer.start <= start + 1 or passage.outer.start < end:
            end = max(end, passage.outer.end) if passage.outer.end > end else end
            start = min(start, passage.outer.start) if passage.outer.start >= start - 2 else start
    while end > start and view.text[end - 1] in _TAIL:
        end -= 1
    while start < end and view.text[start] in " ,:":
        start += 1
    return Span(start, end) if end > start else None
