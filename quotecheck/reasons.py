"""Grounds of a verdict: sentences for people that carry their data for programs."""

from __future__ import annotations

from quotecheck.records.text import Severity

__all__ = ["Reason"]


class Reason(str):
    """A ground in words, with its ``kind``, the ``words`` it is about, and its ``severity``.

    Two that read the same are the same.

    >>> reason = Reason("condition", "leaves out “unless they ask”", "unless they ask", "meaning")
    >>> reason, reason.kind, reason.severity
    ('leaves out “unless they ask”', 'condition', 'meaning')
    """

    __slots__ = ("kind", "severity", "words")

    kind: str
    words: str
    severity: Severity

    def __new__(cls, kind: str, text: str, words: str = "", severity: Severity = "none") -> Reason:
        """A reason that reads ``text``."""
        reason = super().__new__(cls, text)
        reason.kind, reason.words, reason.severity = kind, words, severity
        return reason

    def __getnewargs__(self) -> tuple[str, str, str, Severity]:  # type: ignore[override]
        return self.kind, str(self), self.words, self.severity
