"""Measures memory and time over a long text that is made up for it: a book of any length.

Run it in a fresh process: the highest memory that a process has held is never forgotten.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.reading.documents import document_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotecheck.pipeline.attributor import Attributor

__all__ = ["book", "evaluate_memory", "peak_memory"]

_LEAST = 400
"""Words; of a shorter text the fourth part holds no chapter."""

_ONSETS = "b br d dr f g gr h k kl l m n p r s st t tr v w y".split()
_VOWELS = "a e i o u ai ea ie ou".split()
_ENDS = "ck d l ld n nd r rn s sk t th".split()
_GIVEN = "Ada Bela Carl Dora Emil Fina Greta Hugo Inge Jonas Karla Lars Mona Nils Olga Per".split()
_TITLES = ("Dr", "Mr", "Mrs", "Captain", "Professor")
_TRADES = "baker clerk pilot teacher mayor sailor nurse weaver miller judge printer carter".split()
_PLACES = "harbour market bridge mill chapel station quarry orchard library ferry".split()
_SAYINGS = (
    "the {place} will be shut until the {trade} is back",
    "nobody has asked the {trade} about the {place}",
    "we counted {number} boxes at the {place} and not one of them was ours",
    "if the {place} floods again, the {trade} must pay for it",
    "I have never seen the {place} so full of people",
    "they promised {number} crowns, and the {trade} got nothing",
)
_TALK = (
    "“{Saying},” {name} said.",
    "“{Saying},” said {name}, a {trade} from {town}. “{Saying2}.”",
    "“{Saying},” {he} said, “and {saying2}.”",
    "{name} told the {trade} that {saying}.",
    "According to {name}, {saying}.",
    "{He} denied that {saying}.",
    "“{Saying}.”",
    "The {trade} called it “a {place} without a {trade}”.",
)
_TELLING = (
    "It rained on {town} for {number} days, and the road to the {place} was gone.",
    "{name} walked past the {place} with a basket of bread, and {he} did not look back.",
    "There was a {trade} in {town} once who kept {number} geese behind the {place}.",
    "The {place} stood open, the lamp was lit, and the {trade} had left the key in the door.",
    "In the spring {name} sold the house by the {place} and moved to {town}.",
)


def book(words: int, seed: int = 1) -> str:
    """A text of about so many words, the same for the same seed, in chapters and paragraphs.

    Made of set sentences, three in five of them with speech, and of names: a new person comes in
    every two hundred words or so, a new town every thousand, as in a long book of many stories.

    >>> book(500) == book(500)
    True
    """
    chance = random.Random(seed)  # noqa: S311 (nothing secret)
    return "\n\n".join(_paragraphs(words, chance))


def evaluate_memory(
    words: int, attributor: Attributor, *, progress: Callable[[int, int], None] | None = None
) -> dict[str, float | dict[str, str]]:
    """Attribute a book, after a quarter of it, and see what the three quarters added.

    Args:
        words: of the book.
        attributor: what is measured; its weights are in memory already.
        progress: called after each of the two with (done, 2).

    Returns:
        ``words``; ``quotations``; ``peak_mb``, the highest memory of this process in all;
        ``start_mb``, the highest before the first text, weights and libraries; ``bytes_per_word``
        and ``slowdown``: what each further word added to the peak, and the CPU time a word took
        in the whole book over that in the quarter (1: time grows as the text does);
        ``words_per_cpu_second``; ``weights`` (sha256 by file). Megabytes are of 2**20 bytes.

    Raises:
        InputError: too few words to measure anything.
        QuotecheckError: this system does not tell a process's memory.
    """
    if words < _LEAST:
        raise InputError(
            f"{words} words are too few to measure memory with",
            remedy=f"Ask for {_LEAST} or more; a million is a very long book.",
        )
    start = peak_memory()
    texts = [book(words // 4), book(words)]
    peaks, rates, sizes = [], [], []
    quotations = 0
    for done, text in enumerate(texts, start=1):
        start_seconds = time.process_time()
        quotations = len(attributor(document_of(text)))
        sizes.append(len(text.split()))
        rates.append((time.process_time() - start_seconds) / sizes[-1])
        peaks.append(peak_memory())
        if progress is not None:
            progress(done, len(texts))
    return {
        "words": sizes[1],
        "quotations": quotations,
        "peak_mb": round(peaks[1] / 2**20, 1),
        "start_mb": round(start / 2**20, 1),
        "bytes_per_word": round((peaks[1] - peaks[0]) / (sizes[1] - sizes[0]), 1),
        "slowdown": round(rates[1] / rates[0], 3) if rates[0] else 0.0,
        "words_per_cpu_second": round(1 / rates[1], 1) if rates[1] else 0.0,
        "weights": dict(attributor.weights_sha256),
    }


def peak_memory() -> int:
    """The highest memory that this process has held so far, in bytes.

    Raises:
        QuotecheckError: the system does not tell.
    """
    # What getrusage tells begins with what the process had held that started this one.
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text("ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    try:
        import resource
    except ImportError as error:  # Windows
        raise QuotecheckError(
            "this system does not report how much memory a process has used",
            remedy="Measure memory on Linux or macOS.",
        ) from error
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _paragraphs(words: int, chance: random.Random) -> Iterator[str]:
    people: list[tuple[str, str]] = []
    towns = [_name(chance)]
    word_count = 0
    chapter = 0
    while word_count < words:
        if word_count >= chapter * 3_000:
            chapter += 1
            yield f"Chapter {chapter}"
            word_count += 2
        if len(people) * 200 <= word_count:
            given_name = chance.choice(_GIVEN)
            people.append((given_name, _name(chance)))
        if len(towns) * 1_000 <= word_count:
            towns.append(_name(chance))
        sentences = [_sentence(people, towns, chance) for _ in range(chance.randint(1, 5))]
        paragraph = " ".join(sentences)
        word_count += len(paragraph.split())
        yield paragraph


def _sentence(people: list[tuple[str, str]], towns: list[str], chance: random.Random) -> str:
    # Whoever came in last is spoken of most.
    given_name, surname = people[-1 - min(len(people) - 1, int(chance.expovariate(0.4)))]
    name = chance.choice(
        (
            f"{given_name} {surname}",
            surname,
            f"{chance.choice(_TITLES)} {surname}",
            f"{given_name} {surname}",
        )
    )
    he = "she" if given_name.endswith("a") else "he"
    form = chance.choice(_TALK if chance.random() < 0.6 else _TELLING)
    fields = {
        "name": name,
        "he": he,
        "He": he.capitalize(),
        "town": chance.choice(towns),
        "trade": chance.choice(_TRADES),
        "place": chance.choice(_PLACES),
        "number": str(chance.randint(2, 900)),
    }
    for key in ("saying", "saying2"):
        saying = chance.choice(_SAYINGS).format(**fields)
        fields[key] = saying
        fields[key.capitalize()] = saying[0].upper() + saying[1:]
    return form.format(**fields)


def _name(chance: random.Random) -> str:
    parts = (_ONSETS, _VOWELS, _ENDS, *((_VOWELS, _ENDS) if chance.random() < 0.6 else ()))
    return "".join(chance.choice(part) for part in parts).capitalize()
