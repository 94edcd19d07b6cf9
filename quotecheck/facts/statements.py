"""What is a statement: somebody uttered or wrote it, as against thinking, doing, not saying it."""

from __future__ import annotations

from quotecheck.language.cue_classes import group_of
from quotecheck.records.text import Facts, Kind, Quotation

__all__ = ["is_statement"]


def is_statement(quotation: Quotation) -> bool:
    """Whether somebody uttered or wrote this, as against thinking, doing, or not saying it.

    True for the classes of the group "statement", and for words in quotation marks whatever the cue
    ("praised it as “a fine day”") but for those that somebody only thinks or feels. Never for what
    was not said, may be said, or is yet to be said; never for scare quotes and titles.

    >>> from dataclasses import replace
    >>> from quotecheck.records.text import Span
    >>> said = Quotation((Span(9, 20),), (Span(3, 7),), (), "indirect", "", 1.0)
    >>> is_statement(replace(said, facts=Facts("say", tense="past")))
    True
    >>> is_statement(replace(said, facts=Facts("say", negated=True)))
    False
    >>> is_statement(replace(said, facts=Facts("think")))
    False
    """
    return quotation.kind not in {"scare", "title"} and _is_uttered(quotation.facts, quotation.kind)


def _is_uttered(facts: Facts, kind: Kind) -> bool:
    if facts.negated or facts.modality or facts.tense == "future":
        return False
    group = group_of(facts.cue_class)
    if group == "statement":
        return True
    if kind == "direct":
        return True
    return kind == "mixed" and group in {"act", ""}
