"""The lexicon of reporting verbs: lemma, class, and whether it introduces quoted words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

__all__ = [
    "Cue",
    "content_nouns",
    "cue_class",
    "introduces_speech",
    "lexicon",
    "speech_lemma",
    "stem_guesses",
]

_IRREGULAR = {"said": "say", "says": "say", "wrote": "write", "told": "tell", "cried": "cry"}


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry: its class (say, write, claim, deny, ask, promise, think)."""

    lemma: str
    kind: str
    speech: bool


@cache
def lexicon() -> dict[str, Cue]:
    """The whole lexicon by lemma, read once."""
    raw = resources.files("quotecheck.language").joinpath("cues.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in raw.splitlines() if line and not line.startswith("#")]
    return {lemma: Cue(lemma, kind, speech == "1") for lemma, kind, speech in rows}


@cache
def content_nouns() -> frozenset[str]:
    """Nouns that name a statement or an attitude ("claim", "view")."""
    raw = resources.files("quotecheck.language").joinpath("nouns.txt").read_text("utf-8")
    return frozenset(line for line in raw.splitlines() if line and not line.startswith("#"))


def stem_guesses(word: str) -> tuple[str, ...]:
    """Lemmas that an unknown inflected form may have ("joked" -> "joke", "jok").

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
    """Whether words in quotation marks beside this verb are what somebody said or wrote."""
    entry = _entry(lemma)
    return entry is not None and entry.speech


def speech_lemma(word: str) -> str:
    """The lemma of an inflected verb of speech, for words that no tagger has read; "" for others.

    >>> speech_lemma("Says"), speech_lemma("Said"), speech_lemma("River")
    ('say', 'say', '')
    """
    low = word.lower()
    guesses = stem_guesses(_IRREGULAR.get(low, low))
    return next((guess for guess in guesses if introduces_speech(guess)), "")


def cue_class(lemma: str) -> str:
    """The class of the verb, "" when the lexicon does not know it."""
    entry = _entry(lemma) or _entry(lemma.split(" ")[0])
    return entry.kind if entry else ""
