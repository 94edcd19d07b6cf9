"""What can go wrong, said so that a journalist can mend it: what, where, and the remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

__all__ = [
    "InputError",
    "LibraryError",
    "MissingExtraError",
    "QuotecheckError",
    "WeightsError",
    "needing",
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


@contextmanager
def needing(what: str, extra: str, *, instead: str | None = None) -> Iterator[None]:
    """Turn an import that fails within into an error that names the extra to install.

    Args:
        what: what needs which package, in a sentence without its end.
        extra: the extra of this distribution that brings the package.
        instead: what else the user may do.

    Raises:
        MissingExtraError: the package is not installed, or too old.

    >>> with needing("pictures need painter", "pictures"):
    ...     import painter_that_nobody_has
    Traceback (most recent call last):
    ...
    quotecheck.errors.MissingExtraError: pictures need painter
      Install it: pip install 'quotecheck-toolkit[pictures]'
    """
    try:
        yield
    except ImportError as error:
        other = f", {instead}." if instead else ""
        raise MissingExtraError(
            what, remedy=f"Install it: pip install 'quotecheck-toolkit[{extra}]'{other}"
        ) from error
