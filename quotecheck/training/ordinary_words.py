"""List the words that are English by themselves: ``python -m quotecheck.training.ordinary_words``.

They are the words of a vocabulary that is ordered by frequency. Down to rank 50,000 each counts;
beyond, one that looks like a slip of a far commoner word does not (``recieved``), for of such words
many are misprints.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from quotecheck.training.word_lists import write_words

__all__ = ["main", "ordinary_words"]

_SURE: Final = 50_000
"""The rank down to which a word of the vocabulary is a word."""
_COMMONER: Final = 20
"""How many times smaller the rank is of the word that another is a slip of."""
_MISSPELT: Final = frozenset("goverment millon occured teh".split())
"""Misspellings that are so frequent that they stand above that rank."""
_FURTHER: Final = frozenset("bole deign feign hark hast hob jot june lass oar".split())
"""Short words a misreading away from others, in case a vocabulary is too small for them."""
_PLAIN = re.compile(r"[a-z]{2,}\Z")


def ordinary_words(vocabulary: Sequence[str]) -> set[str]:
    """The words of a vocabulary, the most frequent first, that are words by themselves.

    >>> "teh" in ordinary_words(["the", "teh"])
    False
    """
    ranks = {word: rank for rank, word in enumerate(vocabulary)}
    ordinary = set(_FURTHER)
    for word, rank in ranks.items():
        if not _PLAIN.match(word) or word in _MISSPELT:
            continue
        if rank < _SURE or not any(
            ranks.get(other, rank) * _COMMONER < rank for other in _neighbours(word)
        ):
            ordinary.add(word)
    return ordinary


def _neighbours(word: str) -> Iterator[str]:
    """The word with two letters exchanged, with one left out, with one doubled."""
    for at in range(len(word)):
        yield word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :]
        yield word[:at] + word[at + 1 :]
        yield word[: at + 1] + word[at:]


def main(arguments: list[str] | None = None) -> int:
    """Write the list, and return the exit code."""
    import numpy as np

    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.ordinary_words")
    parser.add_argument("--vectors", type=Path, required=True, help=".npz with an array `words`")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to")
    options = parser.parse_args(arguments)
    vocabulary = [str(word) for word in np.load(options.vectors, allow_pickle=False)["words"]]
    title = "words that are English by themselves; made by quotecheck.training.ordinary_words"
    write_words(options.out / "ordinary_words.txt", title, ordinary_words(vocabulary))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
