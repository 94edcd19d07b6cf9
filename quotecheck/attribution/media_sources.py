"""Through what a statement came: an outlet, a programme, a medium ("in the Washington Times")."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

from quotecheck.attribution.text_view import TextView
from quotecheck.language.outlets import (
    CARRIER_NOUNS,
    MEDIUM_NOUNS,
    OUTLET_NOUNS,
    find_outlet,
    is_outlet,
)
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span, Token
from quotecheck.syntax.tree import Tree

__all__ = ["add_media_source", "outlet_within"]

_PREPOSITIONS = frozenset(
    {"in", "on", "to", "for", "with", "by", "via", "through", "during", "from"}
)
_POSTED = frozenset({"tweet", "retweet"})
_TELLING = frozenset({"told", "tells", "tell", "telling"})
_REMARKS = frozenset("comment remark interview".split())
"""Nouns after which "to" or "with" names who is told: "in comments to the Ashby Mercury"."""
_PUBLISHING = frozenset({"issue", "release", "publish", "put", "post", "circulate"})
_CARRYING = frozenset("carry publish broadcast air report relay quote cite run print".split())
"""Participles after which "by" names an outlet: "in remarks carried by Korva"."""
_WHEN = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday earlier later early "
    "late last next".split()
)
_AUTHORITIES = frozenset(
    "congress senate house committee council court police party campaign fbi cia un nato "
    "parliament commission department ministry agency administration union government caucus "
    "convention board assembly bureau office bank company corporation group association "
    "federation league club university school church army navy force service".split()
)
"""Last words of bodies that are told things and pass nothing on."""
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-(?:TV|FM|AM))?")
_WRITING_IN = re.compile(
    r"(?:,|(?<![\s,]))\s++(?P<in>in|for|on)\s+(?:the\s+)?(?P<name>[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,4}),?\Z"
)
_OPENING = frozenset({"“", '"', "''", "``", "‘", "'"})
_BEFORE = 24
"""Tokens before the cue that are read."""
_BEHIND = 18
"""Tokens after it."""


def outlet_within(text: str, span: Span) -> Span:
    """The name of an outlet in a longer phrase ("Russia's Tass state news agency"): "Tass".

    The phrase itself, without its article, when no outlet is known by a name in it.
    """
    words = span.of(text)
    place = find_outlet(words)
    if place is not None:
        return Span(span.start + place[0], span.start + place[1])
    article = re.match(r"(?:the|an?)\s+(?=\S)", words, re.IGNORECASE)
    return Span(span.start + article.end(), span.end) if article else span


def add_media_source(view: TextView, attributions: Iterable[Attribution]) -> list[Attribution]:
    """The attributions, each with the outlet or medium that its clause names."""
    starts = [tree.place.start for tree in view.trees]
    completed = []
    for attribution in map(partial(_with_outlet_as_via, view.text), attributions):
        if attribution.via:
            exact = tuple(outlet_within(view.text, span) for span in attribution.via)
            completed.append(replace(attribution, via=exact))
            continue
        if not attribution.cue:
            completed.append(attribution)
            continue
        tree, verb = _cue(view.trees, starts, attribution.cue[0])
        via = _via(view, tree, verb, attribution) if tree is not None else ()
        completed.append(replace(attribution, via=via) if via else attribution)
    return completed


def _with_outlet_as_via(text: str, attribution: Attribution) -> Attribution:
    """The attribution with an outlet at its source's end as via: "Todd in the Washington Times"."""
    if len(attribution.source) != 1:
        return attribution
    source = attribution.source[0]
    match = _WRITING_IN.search(source.of(text))
    if match is None or not match.start() or not is_outlet(match["name"]):
        return attribution
    before = source.of(text)[: match.start()].rpartition(" ")[2]
    if match["in"] == "for" and before.islower() and not before.endswith("ing"):
        return attribution  # "a reporter for the Post" speaks for herself
    name = Span(source.start + match.start("name"), source.start + match.end("name"))
    return replace(
        attribution, source=(Span(source.start, source.start + match.start()),), via=(name,)
    )


def _cue(trees: Sequence[Tree], starts: Sequence[int], cue: Span) -> tuple[Tree | None, int]:
    """The sentence of a cue, and the cue's first token in it."""
    place = bisect_right(starts, cue.start) - 1
    if place >= 0:
        for index, token in enumerate(trees[place].tokens):
            if token.start <= cue.start < token.end:
                return trees[place], index
    return None, -1


def _via(view: TextView, tree: Tree, verb: int, attribution: Attribution) -> tuple[Span, ...]:
    """The outlet in the words around the cue; else the medium; else what the verb itself tells.

    The words are read in their order, whatever the parse ties a preposition to.
    """
    outlets: list[tuple[int, int, Span]] = []
    cue = Span.cover(attribution.cue)
    for index in range(max(0, verb - _BEFORE), min(len(tree.tokens), verb + _BEHIND)):
        token = tree.tokens[index]
        if any(s.start <= token.start < s.end for s in attribution.content):
            continue
        if view.is_quoted(token.start):
            continue
        named = _named_after(view, tree, index, cue)
        if named is None or any(
            named[1].overlaps(s) for s in (*attribution.source, *attribution.content)
        ):
            continue
        outlets.append((named[0], abs(index - verb), named[1]))
    if outlets:
        return (min(outlets)[2],)
    if tree.tokens[verb].lemma in _POSTED:
        return (tree.tokens[verb].span,)
    return ()


def _named_after(view: TextView, tree: Tree, index: int, cue: Span) -> tuple[int, Span] | None:
    """The outlet (0) or medium (1) that the phrase after a word names, if the word opens one."""
    token = tree.tokens[index]
    low = token.text.lower()
    before = tree.tokens[index - 1].lemma.lower() if index else ""
    telling = low in _TELLING or (low in {"to", "with"} and before in _REMARKS)
    in_cue = cue.start <= token.start < cue.end
    publishing = in_cue and token.lemma.lower() in _PUBLISHING
    carried = low == "by" and index > 0 and tree.tokens[index - 1].lemma.lower() in _CARRYING
    if not (low in _PREPOSITIONS or telling or publishing):
        return None
    start = index + 1
    while start < len(tree.tokens) and (
        tree.tokens[start].upos == "ADV" or tree.tokens[start].text in _OPENING
    ):
        start += 1
    if publishing and start < len(tree.tokens) and tree.tokens[start].text.lower() == "out":
        start += 1
    name = _name(tree, start)
    if not name:
        return None
    introduced = _introduced(tree, name)
    if introduced != name:
        return 0, tree.span(introduced)
    of = [place for place, i in enumerate(name[:-1]) if tree.tokens[i].text == "of"]
    if telling and of and is_outlet(tree.span(name[of[-1] + 1 :]).of(view.text)):
        return 0, tree.span(name[of[-1] + 1 :])  # "told Ann Lee of Fox News"
    owner = _owner(tree, name)
    if owner and is_outlet(tree.span(owner).of(view.text)):
        return 0, _without_article(tree, owner)
    words = tree.span(name).of(view.text)
    last = tree.tokens[name[-1]]
    plain = _without_article(tree, name)
    mixed = any(tree.tokens[i].upos == "NOUN" for i in name)
    within = outlet_within(view.text, plain) if mixed else plain  # "an AP report"
    known = is_outlet(words) or _CALL_SIGN.fullmatch(words)
    if not publishing and (known or (within != plain and is_outlet(within.of(view.text)))):
        return 0, within
    if telling or " of " in words:  # "told Ann Lee of Fox News"
        within = outlet_within(view.text, tree.span(name))
        if is_outlet(within.of(view.text)) and within != tree.span(name):
            return 0, within
    if telling and _is_named_organisation(tree, name) and not words.isupper():
        return 0, _without_article(tree, name)
    if last.lemma.lower() in OUTLET_NOUNS and any(tree.tokens[i].upos == "PROPN" for i in name):
        return 0, _without_article(tree, name)
    named = any(tree.tokens[i].upos == "PROPN" for i in name)
    agency = last.lemma.lower() in CARRIER_NOUNS and named
    if carried and (last.upos == "PROPN" or agency or " news " in f" {words.lower()} "):
        return 0, within if within != plain else plain
    if not telling and low != "to" and last.lemma.lower() in MEDIUM_NOUNS:
        return 1, _without_article(tree, name)
    return None


def _is_named_organisation(tree: Tree, name: list[int]) -> bool:
    """Whether a phrase is the name of an organisation, and of none that only listens."""
    span = tree.span(name)
    last = tree.tokens[name[-1]]
    if last.upos != "PROPN" or last.text.lower() in _AUTHORITIES or last.xpos == "NNPS":
        return False
    return any(
        m.label.lower().startswith("org") and m.span.start <= last.start and last.end <= m.span.end
        and m.span.end <= span.end
        for m in tree.mentions
    )  # fmt: skip


def _owner(tree: Tree, name: list[int]) -> list[int]:
    """The words of a phrase before its first possessive ("ABC's This Week": ABC)."""
    for place, index in enumerate(name):
        if place and tree.tokens[index].text in {"'s", "’s", "'", "’"}:
            return name[:place]
    return []


def _name(tree: Tree, start: int) -> list[int]:
    """The noun phrase that begins at ``start``, without what follows its head.

    "of", "and", "the" and a hyphen between two names belong to it ("the Post and Courier").
    """
    here = start
    tokens = tree.tokens
    while here < len(tokens) and (
        tokens[here].upos in {"DET", "ADJ", "NUM", "PROPN", "NOUN"}
        or (tokens[here].deprel in {"nmod:poss", "case"} and tokens[here].upos in {"PART", "PRON"})
        or (
            here > start
            and (tokens[here].text.lower() in {"of", "and", "&"} or _is_hyphen(tree, here))
            and tokens[here - 1].upos == "PROPN"
            and here + 1 < len(tokens)
            and tokens[here + 1].upos == "PROPN"
        )
    ):
        if here > start and (
            _tells_when(tokens[here])
            or (
                tokens[here].upos == "DET"
                and tokens[here - 1].upos in {"NOUN", "PROPN"}
                and (
                    not (here + 1 < len(tokens) and tokens[here + 1].text[:1].isupper())
                    or is_outlet(" ".join(t.text for t in tokens[start:here]))
                )
            )
        ):
            break  # "in a statement this month", "told the Beacon the Opposition"
        here += 1
    return list(range(start, here))


def _tells_when(token: Token) -> bool:
    """Whether a word is of a time: "Monday", "last"; not in "USA Today"."""
    low = token.text.lower()
    return low in _WHEN and not (low == "today" and token.text[:1].isupper())


def _is_hyphen(tree: Tree, index: int) -> bool:
    """Whether a token joins its neighbours without a space ("the Star-Ledger")."""
    tokens = tree.tokens
    return (
        tokens[index].text in {"-", "‐", "‑"}
        and 0 < index < len(tokens) - 1
        and tokens[index - 1].end == tokens[index].start
        and tokens[index].end == tokens[index + 1].start
    )


def _introduced(tree: Tree, name: list[int]) -> list[int]:
    """The name alone where a noun for an outlet introduces it: "state broadcaster TVT"."""
    for place in range(len(name) - 1, 0, -1):
        if tree.tokens[name[place]].upos != "PROPN":
            break
        if tree.tokens[name[place - 1]].text in CARRIER_NOUNS:
            return name[place:]
    return name


def _without_article(tree: Tree, name: list[int]) -> Span:
    first = 0
    while first < len(name) - 1 and tree.tokens[name[first]].upos in {"DET", "PRON"}:
        first += 1
    return tree.span(name[first:])
