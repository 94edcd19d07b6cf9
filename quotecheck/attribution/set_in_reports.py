"""Reports with the cue between subject and verb: "The clerk, said Mr Orr, had left early".

A parse often takes that subject for the speaker, or leaves it out of what is said.
"""

from __future__ import annotations

from typing import Final

from quotecheck.attribution.text_view import TextView
from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span
from quotecheck.syntax.tree import Tree

__all__ = ["set_in_reports"]

_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_PAST_OR_PRESENT: Final = frozenset({"VBD", "VBZ", "VBP"})
_LONGEST_CUE: Final = 10
"""Words from comma to comma: a verb, a name and a short role. By eye."""
_LONGEST_SUBJECT: Final = 12
"""Words of the subject of what is said. By eye."""
_LIKELY: Final = 0.8
"""The probability, 0..1, of such a report: the form leaves little doubt. By eye."""
_NO_START: Final = frozenset({"ADP", "SCONJ", "CCONJ", "ADV", "PUNCT", "INTJ"})
_NO_SPEAKERS: Final = frozenset({"WP", "WDT", "WRB"})


def set_in_reports(view: TextView) -> list[Attribution]:
    """Every report whose cue stands between commas behind the subject of what is said.

    Args:
        view: the text.

    Returns:
        Attributions in text order; their contents have two pieces.
    """
    reports = []
    for tree in view.trees:
        commas = [index for index, token in enumerate(tree.tokens) if token.text == ","]
        if len(commas) < 2 or commas[0] < 1 or commas[0] > _LONGEST_SUBJECT:
            continue
        report = _of_clause(view, tree, commas[0], commas[1])
        if report is not None:
            reports.append(report)
    return reports


def _of_clause(view: TextView, tree: Tree, before: int, behind: int) -> Attribution | None:
    tokens = tree.tokens
    if not 3 <= behind - before <= _LONGEST_CUE or behind + 2 >= len(tokens):
        return None
    if any(view.is_quoted(token.start) for token in tokens[: behind + 1]):
        return None
    inverted = _reports(tree, before + 1)
    verb = before + 1 if inverted else behind - 1
    if not inverted and not _reports(tree, verb):
        return None
    source = range(before + 2, behind) if inverted else range(before + 1, verb)
    if not _is_nominal(tree, source) or not _is_nominal(tree, range(before)):
        return None
    goes_on = tokens[behind + 1]
    if goes_on.upos not in {"VERB", "AUX"} or goes_on.xpos not in _FINITE:
        return None
    stop = tokens[-1].text in {".", "!", "?"}
    rest = Span(goes_on.start, tokens[-2 if stop else -1].end)
    content = (Span(tokens[0].start, tokens[before - 1].end), rest)
    return Attribution(
        content=content,
        cue=(tokens[verb].span,),
        source=(Span(tokens[source[0]].start, tokens[source[-1]].end),),
        kind=view.kind_of(content),
        rule="reported:aside",
        confidence=_LIKELY,
        cue_lemma=tokens[verb].lemma,
    )


def _reports(tree: Tree, index: int) -> bool:
    """Whether a word is a verb of speech in the past or the present."""
    token = tree.tokens[index]
    return token.xpos in _PAST_OR_PRESENT and introduces_speech(token.lemma.lower())


def _is_nominal(tree: Tree, indices: range) -> bool:
    """Whether words are a noun phrase with nothing around it."""
    words = [tree.tokens[index] for index in indices]
    if not words or words[0].upos in _NO_START or words[0].text.lower() in {"it", "there"}:
        return False
    if any(w.upos in {"VERB", "AUX", "SCONJ"} or w.xpos in _NO_SPEAKERS for w in words):
        return False
    return any(word.upos in {"NOUN", "PROPN", "PRON"} for word in words)
