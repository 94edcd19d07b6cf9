"""What ``--format`` takes in each command: the names of the registry, as choices for Typer."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

from quotecheck.output.registry import RESULTS, ResultKind

__all__ = [
    "AttributionFormat",
    "CheckFormat",
    "KeptFormat",
    "LibraryFormat",
    "LinesFormat",
    "SearchFormat",
    "SpeakersFormat",
    "TraceFormat",
]


def _choice(kind: ResultKind) -> Any:
    names = {name.upper().replace("-", "_"): name for name in RESULTS[kind]}
    return StrEnum(f"{kind.title()}Format".replace(" ", ""), names)


if TYPE_CHECKING:
    AttributionFormat: TypeAlias = str
    CheckFormat: TypeAlias = str
    KeptFormat: TypeAlias = str
    LibraryFormat: TypeAlias = str
    LinesFormat: TypeAlias = str
    SearchFormat: TypeAlias = str
    SpeakersFormat: TypeAlias = str
    TraceFormat: TypeAlias = str
else:
    AttributionFormat = _choice("attributions")
    CheckFormat = _choice("checks")
    KeptFormat = _choice("kept checks")
    LibraryFormat = _choice("library")
    LinesFormat = _choice("recheck")
    SearchFormat = _choice("search")
    SpeakersFormat = _choice("speakers")
    TraceFormat = _choice("trace")
