"""What every output calls the verdicts and severities, and the signs that stand beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotecheck.records.check import Severity, Verdict

__all__ = ["SEVERITIES", "VERDICTS", "VERDICT_SIGNS"]

VERDICTS: Final[Mapping[Verdict, tuple[str, str, str]]] = {
    "verbatim": ("verbatim", "bold green", "word for word"),
    "typographic": ("typographic", "bold green", "the same words in other marks, case or spelling"),
    "truncated": ("truncated", "bold yellow", "words are left out"),
    "spliced": ("spliced", "bold yellow", "words from places far apart are joined"),
    "altered": ("altered", "bold yellow", "words are changed"),
    "paraphrase": ("paraphrase", "bold yellow", "the thought is there, in other words"),
    "misattributed": ("misattributed", "bold red", "somebody else said it"),
    "not_found": ("not found", "bold magenta", "which does not make it false"),
}
"""The label of each verdict, its style on a terminal, and what it means; in the order in which they
are always shown."""

VERDICT_SIGNS: Final[Mapping[Verdict, str]] = {
    "verbatim": "✓", "typographic": "≈", "truncated": "…", "spliced": "⊕", "altered": "≠",
    "paraphrase": "∼", "misattributed": "✗", "not_found": "?",
}  # fmt: skip
"""Signs beside the verdicts, so that they are told apart at a glance and without colour."""

SEVERITIES: Final[Mapping[Severity, str]] = {
    "none": "",
    "wording": "other wording",
    "meaning": "other meaning",
}
