"""What the quoted words look like by themselves: a clause, a sentence, a phrase."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from quotecheck.language.clause_operators import (
    AUXILIARIES,
    CONTINUATIONS,
    MODAL_VERBS,
    NOMINATIVES,
)
from quotecheck.language.word_classes import DETERMINERS

__all__ = ["QuotedClause"]

_IN_SUBJECT: Final = frozenset("to of in on for by at with".split())
"""Words after which a noun phrase goes on before its verb."""
_FINITE: Final = AUXILIARIES - {"be", "been"}
"""With these a clause goes on whose subject was cut off: "will open in May"."""


@dataclass(frozen=True, slots=True)
class QuotedClause:
    """What the analysis must know of the quoted words.

    ``forms`` are folded; ``as_sentence`` says whether the quotation presents them as a sentence of
    their own: a capital that the source does not have, or a final stop. ``named`` says whether the
    first word has a capital in the source.
    """

    forms: tuple[str, ...]
    as_sentence: bool = False
    named: bool = False

    @property
    def is_clause(self) -> bool:
        """Whether the words look like a clause with a subject and a finite verb."""
        return bool(self.forms) and (
            self.forms[0] in NOMINATIVES
            or self.forms[0] in _FINITE
            or (self.as_sentence and any(form in AUXILIARIES for form in self.forms[:12]))
            or self.has_subject
        )

    @property
    def has_subject(self) -> bool:
        """Whether a noun phrase and a finite auxiliary stand at the beginning: "the border is"."""
        if self.forms[0] not in DETERMINERS and not self.named:
            return False
        for k, form in enumerate(self.forms[1:5]):
            if form in AUXILIARIES:
                return True
            if (k and form in CONTINUATIONS) or form in _IN_SUBJECT:
                return False
        return False

    @property
    def looks_ahead(self) -> bool:
        """Whether a modal verb stands near the beginning, as in a main clause of a condition."""
        return any(form in MODAL_VERBS for form in self.forms[:8])
