"""What can go wrong, said so that a journalist can mend it: what, where, and the remedy."""

from __future__ import annotations

__all__ = [
    "InputError",
    "LibraryError",
    "MissingExtraError",
    "QuotecheckError",
    "WeightsError",
]


class QuotecheckError(Exception):
    """The family of every error that quotecheck raises on purpose.

    Args:
        what: what failed, in a sentence.
        where: the file, row or option it failed at; None when there is no such place.
        remedy: what the user can do about it.
    """

    def __init__(self, what: str, *, where: str | None = None, remedy: str | None = None) -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.remedy}" if self.remedy else head


class InputError(QuotecheckError):
    """A file or a text that cannot be read as what it claims to be."""


class LibraryError(QuotecheckError):
    """A quotations database that is missing, foreign, damaged, busy, or of another version."""


class WeightsError(QuotecheckError):
    """Weights that are missing or whose sha256 is not the one that was shipped."""


class MissingExtraError(QuotecheckError):
    """A feature whose optional dependency is not installed."""
