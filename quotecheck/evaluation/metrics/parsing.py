"""How good a parse is, from raw text: the scores of the CoNLL 2018 shared task, and entity F1."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = ["Entities", "entity_scores", "raw_text", "read_entities", "treebank_scores"]

_METRICS = {
    "sentences": "Sentences",
    "tokens": "Tokens",
    "words": "Words",
    "upos": "UPOS",
    "xpos": "XPOS",
    "ufeats": "UFeats",
    "lemmas": "Lemmas",
    "uas": "UAS",
    "las": "LAS",
}


def raw_text(conllu: str) -> str:
    r"""The text of a treebank: a space between sentences, a blank line between paragraphs.

    >>> raw_text("# text = One.\n\n# text = Two.\n\n# newpar\n# text = Three.")
    'One. Two.\n\nThree.\n'
    """
    paragraphs: list[list[str]] = []
    for block in re.split(r"\n\s*\n", conllu.strip()):
        match = re.search(r"^# text = (.*)$", block, re.MULTILINE)
        if not match:
            continue
        if not paragraphs or re.search(r"^# new(par|doc)\b", block, re.MULTILINE):
            paragraphs.append([])
        paragraphs[-1].append(match.group(1).strip())
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs) + "\n"


def treebank_scores(gold: str, system: str) -> dict[str, float]:
    """F1 in percent of sentences, tokens, words, tags, lemmas and dependencies.

    Args:
        gold: a treebank in CoNLL-U.
        system: the parse of its `raw_text`, in CoNLL-U.

    Returns:
        sentences, tokens, words, upos, xpos, ufeats, lemmas, uas, las: 0 to 100. The last six are
        of words, so that a word the tokeniser missed counts as an error in each.

    Raises:
        InputError: one of the two is not CoNLL-U, or they are not of the same text.
    """
    from udtools import udeval

    try:
        loaded = [
            udeval.load_conllu(io.StringIO(text), name, {})
            for text, name in ((gold, "gold"), (system, "system"))
        ]
        metrics = udeval.evaluate(*loaded)
    except (udeval.UDError, ValueError, IndexError) as error:
        raise InputError(
            f"the treebank cannot be scored: {str(error).splitlines()[0]}",
            remedy="Give a CoNLL-U file with '# text' lines, as Universal Dependencies has them.",
        ) from error
    return {ours: round(100 * metrics[theirs].f1, 2) for ours, theirs in _METRICS.items()}


@dataclass(frozen=True, slots=True)
class Entities:
    """A text with its entities, and the gold words it was made of.

    ``entities`` are (start, end, type) in ``text``; ``sentences`` are the words, ``spans`` their
    places.
    """

    text: str
    entities: frozenset[tuple[int, int, str]]
    sentences: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[Span, ...], ...]


def read_entities(path: Path) -> Entities:
    """Reads words with BIO tags: word, tab, tag on a line, an empty line after each sentence.

    The text is rebuilt with a space between words. A sentence that is one web address begins a
    document, and documents are paragraphs of their own.

    Raises:
        InputError: the file cannot be read or has lines of another form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the entities cannot be read ({error})", where=str(path), remedy="Give a TSV in UTF-8."
        ) from error
    for number, line in enumerate(lines, 1):
        if line.strip() and not re.fullmatch(r"[^\t]+\t(O|[BI]-\S+)", line.rstrip()):
            raise InputError(
                "not a word, a tab and a tag (O, B-Type, I-Type)",
                where=f"{path}, line {number}",
                remedy="Give words with BIO tags, an empty line after each sentence.",
            )
    units: list[str] = []
    size = 0
    gap = " "
    entities: set[tuple[int, int, str]] = set()
    sentences: list[tuple[str, ...]] = []
    spans: list[tuple[Span, ...]] = []
    for empty, group in groupby(lines, lambda line: not line.strip()):
        if empty:
            continue
        rows = [line.rstrip().split("\t") for line in group]
        words = tuple(word for word, _ in rows)
        address = len(words) == 1 and words[0].startswith("http")
        if address:
            gap = "\n\n"
        places = []
        for word in words:
            if units:
                units.append(gap)
                size += len(gap)
            gap = " "
            places.append(Span(size, size + len(word)))
            units.append(word)
            size += len(word)
        if address:
            gap = "\n\n"
        sentences.append(words)
        spans.append(tuple(places))
        for first, after, label in _bio([tag for _, tag in rows]):
            entities.add((places[first].start, places[after - 1].end, label))
    return Entities("".join(units), frozenset(entities), tuple(sentences), tuple(spans))


def _bio(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    first: int | None = None
    for i, tag in enumerate((*tags, "O")):
        if first is not None and tag != "I-" + tags[first][2:]:
            yield first, i, tags[first][2:]
            first = None
        if first is None and tag != "O":
            first = i


def entity_scores(
    gold: Iterable[tuple[int, int, str]], system: Iterable[tuple[int, int, str]]
) -> dict[str, float]:
    """Precision, recall and F1 in percent; right is the same place with the same type.

    >>> entity_scores([(0, 5, "Person")], [(0, 5, "Person"), (7, 9, "Date")])
    {'precision': 50.0, 'recall': 100.0, 'f1': 66.67}
    """
    gold_spans, answers = set(gold), set(system)
    right = len(gold_spans & answers)
    precision = right / len(answers) if answers else 0.0
    recall = right / len(gold_spans) if gold_spans else 0.0
    f1 = 2 * right / (len(answers) + len(gold_spans)) if answers or gold_spans else 0.0
    return {
        "precision": round(100 * precision, 2),
        "recall": round(100 * recall, 2),
        "f1": round(100 * f1, 2),
    }
