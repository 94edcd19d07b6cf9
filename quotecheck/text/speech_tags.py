"""Read who is said to speak from the words beside quotation marks, without a parse.

A quick reader for texts that were not attributed. It reads no pronouns and resolves nothing, so
what it finds may raise a doubt and is not a ground for more.
"""

from __future__ import annotations

import re
from typing import Final

from quotecheck.language.reporting_verbs import speech_lemma
from quotecheck.language.word_classes import FUNCTION_WORDS

__all__ = ["names_beside", "reports_person"]

_BESIDE_CHARS: Final = 140
"""Code points on either side of quotation marks in which a speech tag stands."""
_VERB_WORDS: Final = 3
"""Words that may stand between a name and its verb ("Ann Lee has often said")."""
_NAME: Final = r"[A-Z][\w’'.-]*[\w.](?: (?:[A-Z][\w’'.-]*|de|der|van|von|bin|al|la)(?!\w))*"
_NAMES = re.compile(rf"(?<![\w’'-]){_NAME}")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_APPOSITION = re.compile(r"\A\s*,[^,.;:!?“”\"]{1,70},")
_DESCRIPTION = re.compile(r"\A(?:the|a|an|his|her|its|their|our|my) [a-z][a-z -]{1,40},? ")
_LEADING = re.compile(
    r"(?:\b(?:quot\w+|words of|according to|as|from|by)|,)[ ]?(?:now |from )?\Z", re.IGNORECASE
)
_SIGNED = re.compile(rf"\A\s*[—–-]\s*(?P<name>{_NAME})\s*(?:\n|\Z)")
_PREPOSITION = re.compile(
    r"\b(?:in|at|to|near|on|of|into|through|around|outside|since|until|before|after) \Z",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?](?:\s|\Z)")


def names_beside(before: str, after: str) -> tuple[str, ...]:
    """The name that the words beside quotation marks give as the one who is quoted, if any.

    Args:
        before: the text that leads to the opening mark.
        after: the text after the closing mark.

    >>> names_beside("", ",” insisted Ann Lee, who keeps the lock."[2:])
    ('Ann Lee',)
    >>> names_beside("As Oskar Lind has often said, ", ""), names_beside("The boats left. ", "")
    (('Oskar Lind',), ())
    """
    name = _before(before[-_BESIDE_CHARS:]) or _after(after[:_BESIDE_CHARS])
    return (name,) if name else ()


def reports_person(text: str, names: frozenset[str]) -> bool:
    """Whether somebody who bears one of these folded names is said to speak in a text."""
    words = [match[0] for match in _WORD.finditer(text)]
    folded = [re.sub(r"['’]s?\Z", "", word.lower()) for word in words]
    return any(
        word in names
        and any(speech_lemma(near) for near in words[max(0, k - 2) : k + _VERB_WORDS + 2])
        for k, word in enumerate(folded)
    )


def _bare(name: str) -> str:
    """A name without a word before it that only begins the sentence."""
    words = name.strip(" ,.’'").split()
    while words and words[0].lower() in FUNCTION_WORDS:
        words = words[1:]
    return " ".join(words)


def _has_verb(text: str) -> bool:
    """Whether a verb of speech stands among the first words of a text."""
    return any(speech_lemma(word) for word in _WORD.findall(text)[: _VERB_WORDS + 1])


def _without_apposition(text: str) -> str:
    """What follows a name, without ", who keeps the lock," where that is not a verb of speech."""
    apposition = _APPOSITION.match(text)
    if apposition is None or _has_verb(apposition[0]):
        return text
    return text[apposition.end() :]


def _before(text: str) -> str:
    for match in reversed(list(_NAMES.finditer(text))):
        name, tail = _bare(match[0]), text[match.end() :]
        if not name:
            continue
        if _SENTENCE_END.search(tail):
            return ""
        rest, lead = _without_apposition(tail), text[: match.start()]
        if not rest.strip(" ,:") and _LEADING.search(lead.rstrip(" ")):
            return name
        if _has_verb(rest) and not _PREPOSITION.search(lead):  # "in Tarn and said"
            return name
    return ""


def _after(text: str) -> str:
    if signed := _SIGNED.match(text):
        return signed["name"]
    rest = text.lstrip(" ,.\n\t")
    first = _WORD.match(rest)
    if first is not None and speech_lemma(first[0]) and not first[0][:1].isupper():
        rest = _DESCRIPTION.sub("", rest[first.end() :].lstrip())
        named = _NAMES.match(rest)
        return _bare(named[0]) if named else ""
    rest = _DESCRIPTION.sub("", rest)
    named = _NAMES.match(rest)
    if named is None:
        return ""
    tail = _without_apposition(rest[named.end() :])
    clause = re.split(r"[.!?;“\"]", tail.lstrip(" ,"), maxsplit=1)[0]
    return _bare(named[0]) if _has_verb(clause) else ""
