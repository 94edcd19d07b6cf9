"""News without gold: the texts of a table of named entities, put together again from their tokens.

A teacher tags them, and the span tagger learns from it (`quotecheck.training.span_distillation`).
The table has a token and its label a line, an empty line after each sentence, and a line with an
address in front of each article.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from quotecheck.evaluation.gold import GoldDocument
from quotecheck.text.digest import sha256_hex

__all__ = ["joined", "read_unlabelled"]

_ADDRESS = re.compile(r"https?://\S+\Z")
_TO_THE_LEFT = re.compile(r"[,.;:!?%)\]}’”»…]|'{1,2}|['’](?:s|S|re|ve|ll|d|m|t)|n['’]t")
_ENDING = re.compile(r"s|S|re|ve|ll|d|m|t")
_TO_THE_RIGHT = frozenset("([{$£€“‘«`") | {"``"}
_LONGEST = 4
"""Sentences a paragraph, at most, where no quotation goes on."""


def joined(tokens: Iterable[str]) -> str:
    r"""Tokens as a printed sentence.

    >>> joined(["\"", "No", ",", "\"", "said", "Ms.", "Ek", "(", "Oslo", ")", "."])
    '"No," said Ms. Ek (Oslo).'
    """
    parts: list[str] = []
    open_mark = glued = False
    row = ["", *tokens, ""]
    for before, word, after in zip(row, row[1:], row[2:], strict=False):
        left = bool(_TO_THE_LEFT.fullmatch(word))
        right = word in _TO_THE_RIGHT or (word in "'’" and bool(_ENDING.fullmatch(after)))
        if word == "-" and before[-1:].isalnum() and after[:1].isalnum():
            left = right = True  # a hyphen: a dash between words is a longer sign in most papers
        if not word:
            continue
        if word == '"':
            open_mark = not open_mark
            left, right = not open_mark, open_mark
        if parts and not left and not glued:
            parts.append(" ")
        parts.append(word)
        glued = right
    return "".join(parts)


def read_unlabelled(path: Path, seed: int = 0) -> list[GoldDocument]:
    """The articles of a table, without attributions; how long paragraphs are is left to chance."""
    chance = random.Random(seed)
    result = []
    for number, sentences in enumerate(_articles(path.read_text("utf-8"))):
        text = "\n\n".join(" ".join(block) for block in _paragraphs(sentences, chance)) + "\n"
        result.append(GoldDocument(f"{path.stem}-{number}", text, (), sha256_hex(text.encode())))
    return result


def _articles(table: str) -> Iterator[list[list[str]]]:
    article: list[list[str]] = []
    for block in table.split("\n\n"):
        tokens = [line.split("\t", 1)[0] for line in block.splitlines() if line.strip()]
        if not tokens:
            continue
        if len(tokens) == 1 and _ADDRESS.match(tokens[0]):
            if article:
                yield article
            article = []
        else:
            article.append(tokens)
    if article:
        yield article


def _paragraphs(sentences: Iterable[list[str]], chance: random.Random) -> Iterator[list[str]]:
    block: list[str] = []
    size = chance.randint(1, _LONGEST)
    for tokens in sentences:
        block.append(joined(tokens))
        words = " ".join(block)
        whole = words.count('"') % 2 == 0 and words.count("“") <= words.count("”")
        if (whole and len(block) >= size) or len(block) >= 2 * _LONGEST:
            yield block
            block, size = [], chance.randint(1, _LONGEST)
    if block:
        yield block
