"""News that nobody wrote: as much of it as a measurement needs, the same for the same seed.

Words are made of syllables and drawn as in real prose, a few of them often and most of them
seldom; among them stand speeches with names and marks. Some documents are copies of earlier ones,
as papers print what an agency sends: another headline, some words changed, the end cut off.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

__all__ = ["Article", "articles", "write_articles"]

_FREQUENT: Final = (
    "the of and to a in that it was for on with as at by from this which had been not but were "
    "one all out when there more than into over after before now only some other"
).split()
_ONSETS: Final = "b br c d f g gr h j k l m n p r s st t v w".split()
_VOWELS: Final = "a e i o u a e i o ea".split()
_ENDS: Final = ["", "", "", *"d l m n nd r s st t ty".split()]
_GIVEN: Final = "Ada Bela Carl Dora Emil Fina Greta Hugo Inge Jonas Karla Lars Mona Olga".split()
_TALK: Final = (
    "“{Saying},” said {name}.",
    "“{Saying},” {name} said. “{Saying2}.”",
    "{name} said that {saying}.",
    "According to {name}, {saying}.",
    "{name} told reporters that {saying}.",
)
_VOCABULARY: Final = 20_000  # Invented words. By eye.
_KEPT: Final = 400
"""Earlier articles that may be copied."""
_PER_FILE: Final = 1000  # Articles of a file.


@dataclass(frozen=True, slots=True)
class Article:
    """A made-up article; ``copy_of`` is the id of the earlier one whose words it has."""

    id: str
    title: str
    date: str
    publication: str
    text: str
    copy_of: str | None = None


def articles(
    number: int, *, words: int = 450, copies: float = 0.05, seed: int = 1
) -> Iterator[Article]:
    """Yield made-up articles.

    Args:
        number: how many.
        words: of an article, on average.
        copies: the share of them that are copies of earlier ones, 0..1.
        seed: of everything that is drawn.

    >>> [article.id for article in articles(2)]
    ['news-1-0', 'news-1-1']
    """
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    source = _Words(seed)
    earlier: list[Article] = []
    for n in range(number):
        day = f"{2001 + n * 20 // max(1, number)}-{n % 12 + 1:02}-{n % 28 + 1:02}"
        key, paper = f"news-{seed}-{n}", f"The {_capital(source.rare(n % 40))} Post"
        title = _capital(" ".join(source.draw(6)))
        if earlier and chance.random() < copies:
            model = chance.choice(earlier)
            text = _copied(model.text, source, chance)
            yield Article(key, title, max(day, model.date), paper, text, model.id)
            continue
        article = Article(key, title, day, paper, _text(words, source, chance))
        if len(earlier) < _KEPT:
            earlier.append(article)
        else:
            earlier[chance.randrange(_KEPT)] = article
        yield article


def write_articles(
    folder: Path, number: int, *, words: int = 450, copies: float = 0.05, seed: int = 1
) -> dict[str, Any]:
    """Write `articles` to JSON Lines files of a thousand each.

    Returns:
        ``documents``, ``words``, ``characters``, ``bytes`` (of the texts in UTF-8), ``files``, and
        ``copies``: from the id of each copy to that of its model.
    """
    folder.mkdir(parents=True, exist_ok=True)
    totals: dict[str, Any] = {"documents": number, "words": 0, "characters": 0, "bytes": 0}
    planted: dict[str, str] = {}
    stream = articles(number, words=words, copies=copies, seed=seed)
    files = -(-number // _PER_FILE)
    for n in range(files):
        with (folder / f"news-{n:05}.jsonl").open("w", encoding="utf-8") as file:
            for article in _some(stream, _PER_FILE):
                totals["words"] += article.text.count(" ") + 1
                totals["characters"] += len(article.text)
                totals["bytes"] += len(article.text.encode())
                if article.copy_of is not None:
                    planted[article.id] = article.copy_of
                fields = {
                    "id": article.id,
                    "title": article.title,
                    "date": article.date,
                    "publication": article.publication,
                    "text": article.text,
                }
                file.write(json.dumps(fields, ensure_ascii=False) + "\n")
    return {**totals, "files": files, "copies": planted}


def _some(stream: Iterator[Article], number: int) -> Iterator[Article]:
    for _ in range(number):
        item = next(stream, None)
        if item is None:
            return
        yield item


class _Words:
    """Words drawn as in prose: the rank-th most frequent about once in (rank + 3) * 9."""

    def __init__(self, seed: int) -> None:
        chance = random.Random(seed)  # noqa: S311 (nothing secret)
        known = dict.fromkeys(_FREQUENT)
        while len(known) < _VOCABULARY:
            known[_word(chance)] = None
        self.known = list(known)
        weights = 1.0 / (np.arange(len(self.known)) + 3.0)
        self._cumulative = np.cumsum(weights / weights.sum())
        self._numbers = np.random.default_rng(seed)

    def draw(self, number: int) -> list[str]:
        """So many words."""
        places = np.searchsorted(self._cumulative, self._numbers.random(number))
        known, last = self.known, len(self.known) - 1
        return [known[min(place, last)] for place in places.tolist()]

    def rare(self, n: int) -> str:
        """A word that hardly ever comes up, always the same for the same number."""
        return self.known[-1 - n]


def _word(chance: random.Random) -> str:
    return "".join(
        chance.choice(_ONSETS) + chance.choice(_VOWELS) + chance.choice(_ENDS)
        for _ in range(chance.choice((1, 2, 2, 2, 3)))
    )


def _text(words: int, source: _Words, chance: random.Random) -> str:
    drawn = source.draw(int(words * chance.uniform(0.4, 1.6)))
    people = [f"{chance.choice(_GIVEN)} {_capital(source.rare(chance.randrange(3000)))}"]
    people += [f"{chance.choice(_GIVEN)} {_capital(source.rare(chance.randrange(3000)))}"]
    paragraphs, sentences, at = [], [], 0
    while at < len(drawn):
        length = chance.randint(7, 30)
        sentence_words = drawn[at : at + length]
        at += length
        if chance.random() < 0.25:
            half = len(sentence_words) // 2
            fields = {
                "name": chance.choice(people),
                "saying": " ".join(sentence_words),
                "Saying": _capital(" ".join(sentence_words[:half] or sentence_words)),
                "Saying2": _capital(" ".join(sentence_words[half:])),
            }
            sentences.append(chance.choice(_TALK).format(**fields))
        else:
            sentences.append(_capital(" ".join(sentence_words)) + ".")
        if len(sentences) >= 3 and chance.random() < 0.4:
            paragraphs.append(" ".join(sentences))
            sentences = []
    if sentences:
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs) + "\n"


def _copied(text: str, source: _Words, chance: random.Random) -> str:
    """The text as another paper prints it."""
    words = text.split(" ")
    words = words[: int(len(words) * chance.uniform(0.85, 1.0)) or 1]
    for new in source.draw(len(words) // 100):
        words[chance.randrange(len(words))] = new
    return " ".join(words)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
