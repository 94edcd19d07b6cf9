"""Statements passed on: "Tass quoted Kremlin spokesman Dmitry Peskov as saying …".

The agency is no speaker here: it relays. The rule opens the chain before any other can take the
agency for the source.
"""

from __future__ import annotations

from quotecheck.attribution.text_view import Page
from quotecheck.language.reporting_verbs import reporting_lemma
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span
from quotecheck.syntax.tree import Tree

__all__ = ["relayed_quotations"]

_RELAYING = frozenset({"quote", "cite"})
_TAIL = " \t\r\n,;.!?…"


def relayed_quotations(page: Page) -> list[Attribution]:
    """Every statement that one party quotes another "as saying", active or passive."""
    found = []
    for tree in page.trees:
        for index, token in enumerate(tree.tokens):
            if token.lemma in _RELAYING and not page.is_quoted(token.start):
                attribution = _relayed(page, tree, index)
                if attribution is not None:
                    found.append(attribution)
    return found


def _relayed(page: Page, tree: Tree, verb: int) -> Attribution | None:
    tokens = tree.tokens
    saying = next(
        (
            i + 1
            for i in range(verb + 1, min(len(tokens) - 1, verb + 40))
            if tokens[i].text.lower() == "as"
            and reporting_lemma(tokens[i + 1].text)
            and not page.is_quoted(tokens[i].start)
        ),
        None,
    )
    if saying is None or saying + 1 >= len(tokens):
        return None
    between = list(range(verb + 1, saying - 1))
    passive = tokens[verb].xpos == "VBN" and any(
        tokens[i].lemma == "be" for i in range(max(0, verb - 3), verb)
    )
    via: tuple[Span, ...] = ()
    if passive:
        subject = tree.subject(verb)
        source = tree.noun_phrase(subject, [verb]) if subject is not None else []
        agent = _phrase(tree, between[1:]) if between and tokens[between[0]].text == "by" else []
        if agent:
            via = (tree.span(agent),)
    else:
        source = _phrase(tree, between)
        subject = tree.subject(verb)
        if subject is not None and not page.is_quoted(tokens[subject].start):
            via = (tree.span(tree.noun_phrase(subject, [verb])),)
    content = _rest(page, tree, saying)
    if content is None:
        return None
    return Attribution(
        content=(content,),
        cue=(tokens[saying].span,),
        source=(tree.span(source),) if source else (),
        kind=page.kind_of((content,)),
        rule="relay",
        confidence=0.9 if source else 0.6,
        cue_lemma=reporting_lemma(tokens[saying].text),
        via=via,
    )


def _phrase(tree: Tree, indices: list[int]) -> list[int]:
    kept = list(indices)
    while kept and tree.tokens[kept[-1]].upos in {"PUNCT", "ADP", "ADV"}:
        kept.pop()
    while kept and tree.tokens[kept[0]].upos in {"PUNCT", "ADV"}:
        kept.pop(0)
    return kept


def _rest(page: Page, tree: Tree, saying: int) -> Span | None:
    """From the word behind "saying" to the end of the sentence or of the quotation it holds."""
    start = tree.tokens[saying + 1].start
    end = tree.tokens[-1].end
    for passage in page.passages_in(Span(max(0, start - 2), end)):
        if passage.outer.start <= start + 1 or passage.outer.start < end:
            end = max(end, passage.outer.end) if passage.outer.end > end else end
            start = min(start, passage.outer.start) if passage.outer.start >= start - 2 else start
    while end > start and page.text[end - 1] in _TAIL:
        end -= 1
    while start < end and page.text[start] in " ,:":
        start += 1
    return Span(start, end) if end > start else None
