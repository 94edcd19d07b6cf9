"""Words that deny, in languages whose sentences are compared with English ones.

They only keep a translation from being called the same statement where one of the two denies and
the other does not. A language without a row here is never called so.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final

from quotecheck.language.word_classes import NEGATIONS

__all__ = ["NEGATIONS_ABROAD", "denials_differ", "denying_clauses"]

NEGATIONS_ABROAD: Final = MappingProxyType(
    {
        "de": frozenset(
            "nicht kein keine keinen keinem keiner keines keins nie niemals niemand niemanden "
            "niemandem nichts nirgends nirgendwo weder ohne kaum nein mitnichten keinesfalls "
            "keineswegs".split()
        ),
        "es": frozenset(
            "no nunca jamás nadie nada ningún ninguno ninguna ningunos ningunas tampoco ni sin "
            "apenas".split()
        ),
        "fr": frozenset(
            "ne n pas jamais personne rien aucun aucune aucuns aucunes ni sans nul nulle non "
            "guère nullement".split()
        ),
    }
)
_BETWEEN_CLAUSES = re.compile(r"[,;:.!?…—–]")
_WORD = re.compile(r"[^\W\d_]+(?:['’]t)?")


def denying_clauses(text: str, language: str) -> tuple[bool, ...] | None:
    """Of each stretch between marks, whether it denies something.

    None in a language that nobody has described.

    >>> denying_clauses("Das ist nicht wahr, sagt er.", "de")
    (True, False)
    >>> denying_clauses("Isn't it?", "en"), denying_clauses("Ei ole totta.", "fi")
    ((True,), None)
    """
    words = NEGATIONS if language == "en" else NEGATIONS_ABROAD.get(language)
    if words is None:
        return None
    clauses = [_WORD.findall(clause) for clause in _BETWEEN_CLAUSES.split(text.lower())]
    return tuple(
        any(word.replace("’", "'") in words for word in clause) for clause in clauses if clause
    )


def denials_differ(text: str, language: str, other: str, other_language: str) -> bool | None:
    """Whether one of two sentences denies what the other says, as far as their clauses tell.

    None where a language is not described. As many clauses have to deny; where both have as many
    clauses, the same ones.

    >>> denials_differ("We sold it, because nobody came.", "en",
    ...                "Wir haben es nicht verkauft, weil alle kamen.", "de")
    True
    """
    denials, other_denials = denying_clauses(text, language), denying_clauses(other, other_language)
    if denials is None or other_denials is None:
        return None
    return sum(denials) != sum(other_denials) or (
        len(denials) == len(other_denials) and denials != other_denials
    )
