"""Through what a statement came: an outlet, a programme, a medium ("in the Washington Times")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib import resources

from quotecheck.annotations import Attribution, Span
from quotecheck.attribute.page import Page
from quotecheck.attribute.syntax import Tree

__all__ = ["is_outlet", "outlet_within", "with_via"]

_PREPOSITIONS = frozenset(
    {"in", "on", "to", "for", "with", "by", "via", "through", "during", "from"}
)
_MEDIA = frozenset(
    "statement letter interview memo email e-mail tweet post essay op-ed column book memoir blog "
    "release editorial report website newsletter broadcast podcast programme program show".split()
)
_POSTED = frozenset({"tweet", "retweet"})


@cache
def _outlets() -> tuple[frozenset[str], frozenset[str]]:
    raw = resources.files("quotecheck.lexicon").joinpath("outlets.txt").read_text("utf-8")
    lines = [line for line in raw.splitlines() if line and not line.startswith("#")]
    names = frozenset(line for line in lines if not line.startswith("*"))
    return names, frozenset(line[1:] for line in lines if line.startswith("*"))


def is_outlet(name: str) -> bool:
    """Whether a name is that of a paper, broadcaster, agency or network.

    >>> is_outlet("the Washington Times"), is_outlet("Tass"), is_outlet("the Senate")
    (True, True, False)
    """
    words = name.lower().replace("’", "'").removesuffix("'s").split()
    while words and words[0] in {"the", "a", "an"}:
        words = words[1:]
    names, endings = _outlets()
    if not words:
        return False
    return (
        " ".join(words) in names or words[0] in names or (len(words) > 1 and words[-1] in endings)
    )


def outlet_within(text: str, span: Span) -> Span:
    """The name of an outlet in a longer phrase ("Russia's Tass state news agency"): "Tass".

    The phrase itself, without its article, when no outlet is known by a name in it.
    """
    words = [
        (span.start + m.start(), span.start + m.end())
        for m in re.finditer(r"[^\s,]+", span.of(text))
    ]
    names, _ = _outlets()
    for size in (3, 2, 1):
        for first in range(len(words) - size + 1):
            start, end = words[first][0], words[first + size - 1][1]
            if text[start:end].lower() in names and text[start].isupper():
                return Span(start, end)
    if len(words) > 1 and text[words[0][0] : words[0][1]].lower() in {"the", "a", "an"}:
        return Span(words[1][0], span.end)
    return span


def with_via(page: Page, attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, each with the outlet or medium that its clause names."""
    starts = [tree.sentence.span.start for tree in page.trees]
    found = []
    for attribution in attributions:
        if attribution.via:
            exact = tuple(outlet_within(page.text, span) for span in attribution.via)
            found.append(replace(attribution, via=exact))
            continue
        if not attribution.cue:
            found.append(attribution)
            continue
        tree, verb = _cue(page.trees, starts, attribution.cue[0])
        via = _via(page, tree, verb, attribution) if tree is not None else ()
        found.append(replace(attribution, via=via) if via else attribution)
    return found


def _cue(trees: Sequence[Tree], starts: Sequence[int], cue: Span) -> tuple[Tree | None, int]:
    """The sentence of a cue, and the cue's first token in it."""
    place = bisect_right(starts, cue.start) - 1
    if place >= 0:
        for index, token in enumerate(trees[place].tokens):
            if token.start <= cue.start < token.end:
                return trees[place], index
    return None, -1


def _via(page: Page, tree: Tree, verb: int, attribution: Attribution) -> tuple[Span, ...]:
    content = attribution.content
    # A preposition right in the words around the cue, whatever the parse ties it to.
    for index in range(max(0, verb - 12), min(len(tree.tokens), verb + 14)):
        token = tree.tokens[index]
        if any(s.start <= token.start < s.end for s in content) or page.is_quoted(token.start):
            continue
        low = token.text.lower()
        starts = index + 1 if low in _PREPOSITIONS else index if index == verb + 1 else None
        if starts is None or starts >= len(tree.tokens):
            continue
        name = _name(tree, starts)
        if not name:
            continue
        span = tree.span(name)
        if any(span.overlaps(s) for s in (*attribution.source, *content)):
            continue
        words = span.of(page.text)
        head = tree.tokens[name[-1]].lemma.lower()
        if is_outlet(words) or (low in _PREPOSITIONS and head in _MEDIA and low != "to"):
            return (_without_article(tree, name),)
    if tree.tokens[verb].lemma in _POSTED:
        return (tree.tokens[verb].span,)
    return ()


def _name(tree: Tree, start: int) -> list[int]:
    """The noun phrase that begins at ``start``, without what follows its head."""
    here = start
    while here < len(tree.tokens) and (
        tree.tokens[here].upos in {"DET", "ADJ", "NUM", "PROPN", "NOUN"}
        or (
            tree.tokens[here].deprel in {"nmod:poss", "case"}
            and tree.tokens[here].upos in {"PART", "PRON"}
        )
    ):
        here += 1
    return list(range(start, here))


def _without_article(tree: Tree, name: list[int]) -> Span:
    first = 0
    while first < len(name) - 1 and tree.tokens[name[first]].upos in {"DET", "PRON"}:
        first += 1
    return tree.span(name[first:])
