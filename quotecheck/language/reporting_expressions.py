"""Load the table of reporting expressions, which attribution and facts read for what they need."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal, cast

__all__ = ["Expression", "Marks", "expressions"]

Marks = Literal["plain", "yes", "beside", ""]
"""Whether quoted words beside a verb are what somebody said; "plain" for say, tell, add, write."""

_COLUMNS = 7


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
    raw = (
        resources.files("quotecheck.language")
        .joinpath("reporting_expressions.tsv")
        .read_text("utf-8")
    )
    return tuple(_expression(row) for row in raw.splitlines() if row and not row.startswith("#"))


def _expression(row: str) -> Expression:
    words, part, kind, *optional = row.split("\t", _COLUMNS - 1)
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
