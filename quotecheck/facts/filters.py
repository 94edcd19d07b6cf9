"""Which quotations are wanted: statements alone, those in quotation marks, classes of cues, all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from quotecheck.errors import InputError
from quotecheck.language.cue_classes import CLASSES, group_of
from quotecheck.records.quotation import SOURCE_TYPES, Facts, Kind, Quotation

__all__ = [
    "REPORTED",
    "Left",
    "QuotationFilter",
    "is_statement",
    "omitted_label",
    "parse_filter",
    "partition",
]

Left = Literal["attitude", "act", "unsaid"]
"""Why a quotation is not a statement: a thought or wish, a deed, or not (yet, surely) said."""

REPORTED: Final = 0.5
"""Words without marks that are less likely a report are an act to the filters."""
_WORDS: Final = ("statements", "quotes", "attitudes", "acts", "all")


@dataclass(frozen=True, slots=True)
class QuotationFilter:
    """What to show. ``words`` are of "statements", "quotes", "attitudes", "acts", "all".

    ``sources`` are types of sources ("organisation"): others are not shown, whatever the rest says.
    """

    words: frozenset[str]
    classes: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def takes(self, quotation: Quotation) -> bool:
        """Whether this quotation is one of the wanted."""
        if self.sources and quotation.source_type not in self.sources:
            return False
        if self.sources and not self.words and not self.classes:
            return omitted_label(quotation) is None
        if "all" in self.words:
            return True
        if "quotes" in self.words and quotation.is_verbatim:
            return True
        if not quotation.is_speech:
            return False
        if "statements" in self.words and is_statement(quotation):
            return True
        kind = quotation.facts.cue_class
        return kind in self.classes or f"{group_of(kind)}s" in self.words & {"attitudes", "acts"}


def parse_filter(words: str) -> QuotationFilter:
    """What ``--only`` asks for, from words with commas between them.

    Raises:
        InputError: a word is neither a group, a class of cues nor a type of sources.

    >>> sorted(parse_filter("quotes, deny").classes)
    ['deny']
    """
    terms = [word.strip().lower().replace("-", " ") for word in words.split(",") if word.strip()]
    known = {*CLASSES, *_WORDS, *SOURCE_TYPES}
    unknown = [word for word in terms if word not in known]
    if unknown or not terms:
        raise InputError(
            f"there is no class of cues {unknown[0]!r}" if unknown else "no class is named",
            where="--only",
            remedy=f"Use some of {', '.join(_WORDS)}, of the classes {', '.join(CLASSES)}, or of"
            f" the types of sources {', '.join(SOURCE_TYPES)}.",
        )
    return QuotationFilter(
        frozenset(w for w in terms if w in _WORDS),
        frozenset(w for w in terms if w in CLASSES),
        frozenset(w for w in terms if w in SOURCE_TYPES),
    )


def omitted_label(quotation: Quotation) -> Left | None:
    """Why people who ask who said what need not see this at first; None where they should.

    Whatever is in quotation marks is shown, and so is a cue that no class is known of.
    """
    if quotation.kind != "indirect" or is_statement(quotation):
        return None
    group = group_of(quotation.facts.cue_class)
    if group != "attitude" and quotation.facts.report_probability < REPORTED:
        return "act"
    if group == "attitude":
        return "attitude"
    if group == "act":
        return "act"
    facts = quotation.facts
    unsaid = facts.negated or facts.modality or facts.tense == "future"
    return "unsaid" if unsaid else None


def partition(
    quotations: Iterable[Quotation], choice: QuotationFilter | None
) -> tuple[list[Quotation], list[Quotation]]:
    """The quotations to show, and those left out; without a choice what `omitted_label` says."""
    shown: list[Quotation] = []
    left: list[Quotation] = []
    for quotation in quotations:
        takes = choice.takes(quotation) if choice else omitted_label(quotation) is None
        (shown if takes else left).append(quotation)
    return shown, left


def is_statement(quotation: Quotation) -> bool:
    """Whether somebody uttered or wrote this, as against thinking, doing, or not saying it.

    True for the classes of the group "statement", and for words in quotation marks whatever the cue
    ("praised it as “a fine day”") except for those that somebody only thinks or feels. Never for
    what was not said, may be said, or is yet to be said; never for scare quotes and titles.

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
    return quotation.is_speech and _is_uttered(quotation.facts, quotation.kind)


def _is_uttered(facts: Facts, kind: Kind) -> bool:
    if facts.negated or facts.modality or facts.tense == "future":
        return False
    if facts.report_probability < REPORTED:
        return False
    group = group_of(facts.cue_class)
    if group == "statement":
        return True
    if kind == "direct":
        return True
    return kind == "mixed" and group in {"act", ""}
