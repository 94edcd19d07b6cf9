"""Reporting verbs and nouns as the rules of attribution and the frame model know them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from quotecheck.language.reporting_expressions import Marks, expressions

__all__ = [
    "STATING",
    "Cue",
    "content_nouns",
    "cue_class",
    "introduces_speech",
    "is_act",
    "is_plain_verb",
    "lexicon",
    "reporting_lemma",
    "speech_lemma",
    "stem_guesses",
]

STATING: Final = frozenset({"say", "write", "claim", "deny", "promise"})
"""Classes of verbs after which a clause with "that" is surely reported: all but ask and think."""

_SAID_ACTS: Final = frozenset(
    "prayer prayers grace mass rosary amen goodbye good-bye farewell hello goodnight thanks".split()
)
"""What is done by saying it: the noun does not tell what was said."""
_REPORTING: Final = frozenset({"say", "write", "claim"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A reporting verb with its class in the frame model and what quoted words beside it are."""

    lemma: str
    kind: str
    marks: Marks

    @property
    def speech(self) -> bool:
        """Whether words in quotation marks beside the verb are what somebody said or wrote."""
        return bool(self.marks)


@cache
def lexicon() -> dict[str, Cue]:
    """Return the verbs that the frame model knows, by lemma."""
    cues = (
        Cue(" ".join(row.words), row.frame, row.marks)
        for row in expressions()
        if row.part == "v" and row.frame
    )
    return {cue.lemma: cue for cue in cues}


@cache
def content_nouns() -> frozenset[str]:
    """Return nouns that name a statement or an attitude and take a clause ("claim", "view")."""
    return frozenset(" ".join(row.words) for row in expressions() if row.frame == "noun")


@cache
def _irregular() -> dict[str, str]:
    """Lemmas by their irregular forms."""
    return {form: " ".join(row.words) for row in expressions() for form in row.forms}


def stem_guesses(word: str) -> tuple[str, ...]:
    """Return lemmas that an unknown inflected form may have ("joked" -> "joke", "jok").

    A lemmatiser leaves rare forms as they are; the lexicon should still know them.

    >>> stem_guesses("joked")
    ('joked', 'joke', 'jok')
    """
    guesses = [word]
    for ending in ("ing", "ed", "es", "s", "d"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            stem = word[: -len(ending)]
            guesses.append(stem + "e")
            guesses.append(stem)
            if len(stem) > 3 and stem[-1] == stem[-2]:
                guesses.append(stem[:-1])
            if ending in ("ed", "es") and stem[-1] == "i":
                guesses.append(stem[:-1] + "y")  # "replied"
            break
    if word.endswith("e") and len(word) > 4:
        guesses.append(word[:-1])  # "shoute", as a lemmatiser may guess for "shouted"
    return tuple(guesses)


def _entry(lemma: str) -> Cue | None:
    known = lexicon()
    for guess in stem_guesses(lemma.lower()):
        if guess in known:
            return known[guess]
    return None


def introduces_speech(lemma: str) -> bool:
    """Say whether words in quotation marks beside this verb are what somebody said or wrote."""
    entry = _entry(lemma)
    return entry is not None and entry.speech


def is_act(verb: str, noun: str) -> bool:
    """Say whether a verb with this object alone reports an act and not words: lemmas.

    >>> is_act("say", "prayer"), is_act("say", "truth")
    (True, False)
    """
    return verb in {"say", "bid", "wave"} and noun in _SAID_ACTS


def is_plain_verb(lemma: str) -> bool:
    """Say whether a verb reports words and tells nothing of how they were said.

    >>> is_plain_verb("say"), is_plain_verb("insist")
    (True, False)
    """
    entry = lexicon().get(lemma)
    return entry is not None and entry.marks == "plain"


def speech_lemma(word: str) -> str:
    """Return the lemma of an inflected verb of speech that no tagger has read, "" for others.

    >>> speech_lemma("Says"), speech_lemma("Said"), speech_lemma("Replied"), speech_lemma("River")
    ('say', 'say', 'reply', '')
    """
    low = word.lower()
    known = lexicon()
    guesses = stem_guesses(_irregular().get(low, low))
    return next((guess for guess in guesses if guess in known and known[guess].speech), "")


def reporting_lemma(participle: str) -> str:
    """Return the lemma of a participle as in "quoted her as saying", "" for one of no such verb.

    Verbs that tell only how or when ("smiling", "starting") are not: "cited it as starting a war".

    >>> reporting_lemma("saying"), reporting_lemma("insisting"), reporting_lemma("starting")
    ('say', 'insist', '')
    """
    lemma = speech_lemma(participle) if participle.lower().endswith("ing") else ""
    entry = lexicon().get(lemma)
    reports = entry is not None and entry.marks != "beside" and entry.kind in _REPORTING
    return lemma if reports else ""


def cue_class(lemma: str) -> str:
    """Return the verb's class in the frame model, "" when the model does not know it."""
    entry = _entry(lemma) or _entry(lemma.split(" ")[0])
    return entry.kind if entry else ""
