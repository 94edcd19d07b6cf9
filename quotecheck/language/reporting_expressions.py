"""Load the table of reporting expressions, which attribution and facts read for what they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from quotecheck.language.tables import table_rows

__all__ = ["Expression", "Marks", "expressions"]

Marks = Literal["plain", "yes", "beside", ""]
"""Whether quoted words beside a verb are what somebody said; "plain" for say, tell, add, write."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One row of ``reporting_expressions.tsv``; the head of that file defines the columns.

    ``kind`` is the class of cues that is stored and published, ``frame`` the coarser one of the
    frame model, "" where the model does not know the expression.
    """

    words: tuple[str, ...]
    part: str
    kind: str
    frame: str = ""
    marks: Marks = ""
    forms: tuple[str, ...] = ()
    shapes: tuple[tuple[str, str], ...] = ()

    def reading(self, shape: str) -> str:
        """Return the class for a content of this shape ("infinitive", "gerund", "clause", "")."""
        return next((kind for name, kind in self.shapes if name == shape), self.kind)


@cache
def expressions() -> tuple[Expression, ...]:
    """Return every reporting expression in the order of the file, which is read once."""
    return tuple(_expression(*row) for row in table_rows("reporting_expressions.tsv"))


def _expression(words: str, part: str, kind: str, *optional: str) -> Expression:
    frame, marks, forms, shapes = ("" if cell == "-" else cell for cell in optional)
    return Expression(
        words=tuple(words.split(" ")),
        part=part,
        kind=kind,
        frame=frame,
        marks=cast("Marks", marks),
        forms=tuple(forms.split(",")) if forms else (),
        shapes=tuple(_shape(pair) for pair in shapes.split(",")) if shapes else (),
    )


def _shape(pair: str) -> tuple[str, str]:
    shape, _, kind = pair.partition("=")
    return shape, kind
