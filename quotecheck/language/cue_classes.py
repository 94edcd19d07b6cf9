"""Find the class of a cue: what kind of act it reports, also for words that the table lacks.

``reporting_expressions.tsv`` gives each cue a class; `CLASSES` says what the classes mean.
A class is in one of three groups: a *statement* is speech or writing with content, an *attitude* is
what somebody thinks, wants or feels, an *act* is what somebody did, be it in words ("praised").
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal

from quotecheck.language.reporting_expressions import Expression, expressions

__all__ = [
    "CLASSES",
    "PARTS",
    "SHAPES",
    "Group",
    "class_of",
    "group_of",
    "phrase_at",
    "word_entry",
]

Group = Literal["statement", "attitude", "act"]

CLASSES: Final[dict[str, tuple[Group, str]]] = {
    "say": ("statement", "speaks, in whatever way: says, tells, adds, shouts, calls"),
    "claim": ("statement", "holds it to be so: argues, insists, alleges, accuses, defends"),
    "admit": ("statement", "grants it: concedes, acknowledges, confesses"),
    "deny": ("statement", "says it is not so: denies, disputes, retracts"),
    "ask": ("statement", "puts a question: asks, wonders, queries"),
    "answer": ("statement", "speaks in answer: replies, responds, counters"),
    "agree": ("statement", "says yes to it: agrees, confirms, echoes"),
    "promise": ("statement", "binds themselves: promises, vows, offers"),
    "warn": ("statement", "tells of harm to come, or threatens it"),
    "order": ("statement", "wants others to act: orders, demands, urges, begs, calls for, forbids"),
    "propose": ("statement", "puts it forward: proposes, recommends, advises"),
    "predict": ("statement", "says what will be: predicts, forecasts"),
    "explain": ("statement", "makes it plain or paints it: explains, describes, portrays"),
    "announce": ("statement", "makes it known: announces, declares, reveals, leaks"),
    "write": ("statement", "writes: tweets, posts, reports, publishes"),
    "quote": ("statement", "passes on words: quotes, cites, reads out"),
    "show": (
        "statement",
        "what a poll, a study, a paper or a record says: shows, finds, indicates",
    ),
    "think": ("attitude", "takes it to be so: thinks, believes, expects, sees as, seems"),
    "hope": ("attitude", "hopes, wishes, looks forward"),
    "want": ("attitude", "wants, plans, seeks, tries"),
    "feel": ("attitude", "fears, likes, hates, worries, is proud"),
    "know": ("attitude", "knows, learns, remembers, doubts"),
    "praise": ("act", "praises, applauds, pays tribute"),
    "criticise": ("act", "criticises, attacks, mocks, complains"),
    "greet": ("act", "thanks, welcomes, congratulates, apologises"),
    "support": ("act", "endorses, backs, votes for"),
    "oppose": ("act", "rejects, refuses, votes against"),
    "decide": ("act", "decides, rules, signs, appoints"),
}
"""Each class with its group and its meaning."""

PARTS: Final = ("v", "n", "a", "p")
"""Verb, noun, adjective or participle, anything else."""

SHAPES: Final = ("infinitive", "gerund", "clause")
"""Shapes of a content that give a word another reading."""

_PART_OF: Final = {"VERB": "v", "AUX": "v", "NOUN": "n", "PROPN": "n", "ADJ": "a"}
_PREFIXES: Final = ("re-", "re", "mis", "over", "under", "un", "dis", "counter", "out", "pre")
_NOUN_ENDINGS: Final = (
    ("ations", "e"), ("ation", "e"), ("ation", ""), ("ition", "e"), ("ment", ""), ("ions", "e"),
    ("ion", "e"), ("ion", ""), ("ance", "e"), ("ance", ""), ("ence", ""), ("al", "e"), ("al", ""),
    ("ers", "e"), ("er", "e"), ("er", ""), ("ors", ""), ("or", "e"), ("or", ""),
    ("ings", ""), ("ing", "e"), ("ing", ""), ("y", ""),
)  # fmt: skip
_VERB_ENDINGS: Final = (
    ("ied", "y"), ("ies", "y"), ("ed", "e"), ("ed", ""), ("ing", "e"), ("ing", ""), ("es", "e"),
    ("es", ""), ("s", ""), ("e", ""), ("isation", "ise"), ("ise", "ize"),
)  # fmt: skip
_MOST_BETWEEN = 3
"""Words that may stand inside a cue of several words ("throw her full support behind")."""


@cache
def _single() -> dict[tuple[str, str], Expression]:
    return {(e.words[0], e.part): e for e in expressions() if len(e.words) == 1}


@cache
def _several() -> dict[str, tuple[Expression, ...]]:
    """Entries of several words by their first, the longest in front."""
    by_lemma: dict[str, list[Expression]] = {}
    for entry in expressions():
        if len(entry.words) > 1:
            by_lemma.setdefault(entry.words[0], []).append(entry)
    return {k: tuple(sorted(v, key=lambda e: -len(e.words))) for k, v in by_lemma.items()}


def group_of(cue_class: str) -> Group | Literal[""]:
    """The group of a class, "" for a class that there is not.

    >>> group_of("deny"), group_of("hope"), group_of("praise"), group_of("")
    ('statement', 'attitude', 'act', '')
    """
    return CLASSES[cue_class][0] if cue_class in CLASSES else ""


@cache
def word_entry(lemma: str, upos: str) -> Expression | None:
    """The entry of one word; one that the lexicon lacks is tried without its endings.

    Args:
        lemma: in lower case.
        upos: its universal part of speech; where the lexicon has it as another, that is taken.
    """
    part = _PART_OF.get(upos, "p")
    known = _single()
    entry = known.get((lemma, part))
    if entry is None and part != "p":
        entry = next((known[lemma, p] for p in "vna" if (lemma, p) in known), None)
        entry = entry or _guessed(lemma, part)
    elif entry is None and upos == "ADV" and lemma.endswith("ly"):
        entry = known.get((lemma[:-2], "a"))
    return entry


def _guessed(lemma: str, part: str) -> Expression | None:
    known = _single()
    endings = _VERB_ENDINGS if part != "n" else (*_NOUN_ENDINGS, *_VERB_ENDINGS)
    for ending, put in endings:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= 3:
            stem = lemma[: len(lemma) - len(ending)] + put
            for form in (stem, stem[:-1] if not put and stem[-1:] == stem[-2:-1] else stem):
                if (form, "v") in known:
                    return known[form, "v"]
    for prefix in _PREFIXES:
        rest = lemma.removeprefix(prefix).lstrip("-")
        if rest != lemma and len(rest) > 3 and (rest, part) in known:
            return known[rest, part]
    head, _, last = lemma.rpartition("-")
    if head and (last, part) in known:  # "fact-check", "live-tweet"
        return known[last, part]
    return None


def phrase_at(
    lemmas: Sequence[str], texts: Sequence[str], place: int, end: int
) -> tuple[Expression, int] | None:
    """The longest entry of several words that begins at ``place``, and the index of its last word.

    Args:
        lemmas: lemmas of a sentence in lower case.
        texts: its words in lower case.
        place: where the entry begins.
        end: where it must have ended.
    """
    for first in (lemmas[place], texts[place]):
        for entry in _several().get(first, ()):
            last = _match(entry, lemmas, texts, place, end)
            if last is not None:
                return entry, last
    return None


def _match(
    entry: Expression, lemmas: Sequence[str], texts: Sequence[str], place: int, end: int
) -> int | None:
    matched = place
    most = 0 if entry.part == "p" else _MOST_BETWEEN
    for word in entry.words[1:]:
        stop = min(end, matched + 2 + most)
        index = next((i for i in range(matched + 1, stop) if word in (lemmas[i], texts[i])), None)
        if index is None:
            return None
        matched = index
    return matched


def class_of(cue: str, upos: str = "VERB") -> str:
    """The class of a cue given as its lemma or lemmas, "" when there is none.

    >>> class_of("point out"), class_of("denial", "NOUN"), class_of("re-tweet"), class_of("zzz")
    ('say', 'deny', 'write', '')
    """
    words = cue.lower().split()
    for place in range(len(words)):
        several = phrase_at(words, words, place, len(words))
        if several is not None:
            return several[0].kind
        entry = word_entry(words[place], upos) or word_entry(words[place], "X")
        if entry is not None:
            return entry.kind
    return ""
