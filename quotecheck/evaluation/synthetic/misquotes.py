"""Quotations planted on purpose: drawn from known places by a seed, and changed in known ways.

What is asked of them is known without reading: where they stand, and which verdict is right. They
are cleaner than life, so they measure growth and calibration, not quality.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from quotecheck.records.check import Verdict

__all__ = ["KINDS", "Planted", "plant", "recombined", "sentences_of"]

_SENTENCE = re.compile(r"[A-Z“\"'][^.!?\n]{20,400}[.!?]")
_WORD = re.compile(r"[^\W\d_]{4,}")
_FAR: Final = 1_500
"""Code points between the halves of a spliced quotation, so that nobody reads them as one."""
_MISREAD: Final = (("e", "c"), ("h", "b"), ("rn", "m"), ("l", "1"), ("o", "0"), ("in", "m"))


@dataclass(frozen=True, slots=True)
class Planted:
    """A quotation with the place and the verdict that are right; no place for what is not there."""

    quote: str
    kind: str
    verdict: Verdict
    document: str | None
    start: int
    end: int


def sentences_of(text: str, least: int = 8, most: int = 36) -> list[tuple[int, int]]:
    """Places of sentences of ``least`` to ``most`` words, one line each, as (start, end)."""
    return [
        match.span()
        for match in _SENTENCE.finditer(text)
        if least <= len(match.group().split()) <= most
    ]


def _verbatim(words: list[str], _: random.Random, _o: Sequence[str]) -> list[str]:
    return words


def _capitals(words: list[str], _: random.Random, _o: Sequence[str]) -> list[str]:
    return [word.upper() for word in words]


def _misread(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    at = [k for k, word in enumerate(words) if _WORD.fullmatch(word) and word.islower()]
    out = list(words)
    for k in rng.sample(at, min(2, len(at))):
        for old, new in rng.sample(_MISREAD, len(_MISREAD)):
            if old in out[k][1:]:
                out[k] = out[k][0] + out[k][1:].replace(old, new, 1)
                break
    return out


def _changed(words: list[str], rng: random.Random, others: Sequence[str]) -> list[str]:
    at = [k for k, word in enumerate(words) if _WORD.fullmatch(word) and word.islower()]
    out = list(words)
    if at:
        k = rng.choice(at)
        out[k] = rng.choice([word for word in others if word != out[k]])
    return out


def _two_changed(words: list[str], rng: random.Random, others: Sequence[str]) -> list[str]:
    return _changed(_changed(words, rng, others), rng, others)


def _dropped(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    at = [k for k in range(2, len(words) - 2) if words[k].isalpha()]
    if not at:
        return words
    k = rng.choice(at)
    return words[:k] + words[k + 1 :]


def _cut(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    k = rng.randrange(2, len(words) - 5)
    return [*words[:k], "…", *words[k + rng.randrange(2, 4) :]]


def _phrase(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    size = rng.randrange(2, 5)
    whole = [  # a phrase with a comma inside, quoted without it, would not be verbatim
        k
        for k in range(len(words) - size)
        if all(word.isalpha() for word in words[k : k + size - 1])
    ]
    if not whole:
        return words
    at = max(rng.choices(whole, k=4), key=lambda k: sum(map(len, words[k : k + size])))
    return [word.strip(".,;:!?“”\"'") for word in words[at : at + size]]


def _ended(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    at = [k for k in range(5, len(words) - 2) if words[k - 1].isalpha()]
    if not at:
        return words
    k = rng.choice(at)
    return [*words[: k - 1], f"{words[k - 1]}."]


def _begun(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    at = [k for k in range(2, len(words) - 6) if words[k - 1].isalpha() and words[k].islower()]
    if not at:
        return words
    k = rng.choice(at)
    return [words[k].capitalize(), *words[k + 1 :]]


def _silent(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    if len(words) < 14:
        return words
    k = rng.randrange(4, len(words) - 9)
    return words[:k] + words[k + 5 :]


def _inserted(words: list[str], rng: random.Random, others: Sequence[str]) -> list[str]:
    k = rng.randrange(2, len(words) - 2)
    return [*words[:k], rng.choice(others), *words[k:]]


def _negated(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    verbs = ("is", "was", "are", "will", "can", "should", "must", "were", "have", "has")
    at = [k for k, word in enumerate(words[:-2]) if word in verbs]
    if not at:
        return words
    k = rng.choice(at)
    return [*words[: k + 1], "not", *words[k + 1 :]]


def _recounted(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    at = [k for k, word in enumerate(words) if word.strip(",.").isdigit()]
    out = list(words)
    if at:
        k = rng.choice(at)
        figure = out[k].strip(",.")
        out[k] = out[k].replace(figure, str(int(figure) + rng.randrange(1, 9)))
    return out


def _turned(words: list[str], rng: random.Random, _o: Sequence[str]) -> list[str]:
    at = [k for k in range(5, len(words) - 4) if words[k - 1].endswith(",")]
    if not at:
        return words
    k = rng.choice(at)
    first, last = words[:k], words[k:]
    last = [last[0].capitalize(), *last[1:-1], f"{last[-1].rstrip('.!?')},"]
    return [*last, first[0].lower(), *first[1:-1], f"{first[-1].rstrip(',')}."]


Change = Callable[[list[str], random.Random, Sequence[str]], list[str]]

KINDS: Final[dict[str, tuple[Change, Verdict]]] = {
    "verbatim": (_verbatim, "verbatim"),
    "capitals": (_capitals, "typographic"),
    "misread": (_misread, "typographic"),
    "one word changed": (_changed, "altered"),
    "two words changed": (_two_changed, "altered"),
    "one word dropped": (_dropped, "altered"),
    "cut with an ellipsis": (_cut, "truncated"),
    "phrase of two to four words": (_phrase, "verbatim"),
    "end cut off": (_ended, "truncated"),
    "start cut off": (_begun, "truncated"),
    "five words left out": (_silent, "truncated"),
    "a word put in": (_inserted, "altered"),
    "a negation put in": (_negated, "altered"),
    "a number changed": (_recounted, "altered"),
    "clauses turned round": (_turned, "altered"),
}
"""What is done to a sentence, and the verdict that is then right."""


def plant(
    texts: Sequence[tuple[str, str]], absent: Sequence[tuple[str, str]], count: int, seed: int
) -> Iterator[Planted]:
    """Planted quotations of every kind in turn, long ones and absent ones among them.

    Args:
        texts: (document id, text) of what is in the library.
        absent: the same of what is not in it; its sentences are the ones not to be found.
        count: how many quotations.
        seed: the same seed gives the same quotations.
    """
    rng = random.Random(seed)  # noqa: S311 - no secret
    vocabulary = [word for _, text in texts[:40] for word in _WORD.findall(text[:20_000])]
    vocabulary = sorted({word for word in vocabulary if word.islower()})
    kinds = [*KINDS, "long", "joined", *(["absent"] if absent else [])]
    planted_count = tried = 0
    while planted_count < count and tried < 20 * count:
        tried += 1
        kind = kinds[tried % len(kinds)]  # what these texts have no place for is passed over
        key, text = rng.choice(absent if kind == "absent" else texts)
        places = sentences_of(text)
        if len(places) < 3:
            continue
        start, end = rng.choice(places)
        if kind == "absent":
            yield Planted(text[start:end], kind, "not_found", None, 0, 0)
        elif kind == "joined":
            far = [(a, b) for a, b in places if abs(a - start) > _FAR]
            if not far:
                continue
            a, b = rng.choice(far)
            mark = rng.choice((" ", " … "))
            yield Planted(f"{text[start:end]}{mark}{text[a:b]}", kind, "spliced", key, start, end)
        elif kind == "long":
            if len(text) < 4_000:
                continue
            start = rng.choice(places[: max(1, len(places) // 2)])[0]
            end = next((b for a, b in places if b > start + 2_000), 0)
            if not start < end < start + 12_000:
                continue
            yield Planted(text[start:end], kind, "verbatim", key, start, end)
        else:
            change, verdict = KINDS[kind]
            words = text[start:end].split()
            if len(words) < 10:
                continue
            changed = change(words, rng, vocabulary)
            if changed == words and kind not in ("verbatim",):
                continue
            yield Planted(" ".join(changed), kind, verdict, key, start, end)
        planted_count += 1


def recombined(sentences: Sequence[str], rng: random.Random, size: int) -> str:
    """A text of about ``size`` code points, made of stretches of real sentences.

    Each sentence is put together from stretches of three to nine words of different sentences: the
    words are as common as in life, and so are the phrases.
    """
    out: list[str] = []
    kept_words = 0
    while kept_words < size:
        words: list[str] = []
        length = rng.randrange(8, 34)
        while len(words) < length:
            source = rng.choice(sentences).split()
            at = rng.randrange(len(source))
            words += source[at : at + rng.randrange(3, 10)]
        words = [word.strip(".!?") for word in words[:length]]
        sentence = " ".join(word for word in words if word)
        sentence = f"{sentence[:1].upper()}{sentence[1:]}."
        out.append(sentence)
        kept_words += len(sentence) + 1
    return " ".join(out)
