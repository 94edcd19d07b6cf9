"""Write a list of words as `quotecheck.language.tables` reads it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

__all__ = ["write_words"]

_LINE: Final = 200
"""Words a line."""


def write_words(target: Path, title: str, words: Iterable[str]) -> None:
    """Write words, sorted, below a comment.

    Args:
        target: the file.
        title: what the words are, and what made the list.
        words: in any order.
    """
    ordered = sorted(words)
    lines = [f"# {title}"]
    lines += [" ".join(ordered[at : at + _LINE]) for at in range(0, len(ordered), _LINE)]
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
