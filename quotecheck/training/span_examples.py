"""Gold attributions as examples for the span tagger: pieces with a tag each, cut into windows."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch

from quotecheck.evaluation.gold import GoldDocument
from quotecheck.tagging.network import TAGS
from quotecheck.tagging.wordpieces import Pieces, cut
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages
from quotecheck.training.quote_style_augmentation import restyled

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = [
    "UNKNOWN",
    "Example",
    "Tagged",
    "batches",
    "examples_of",
    "half_precision",
    "held_out",
    "masked",
    "padded",
    "tagged",
    "windows_of",
]

UNKNOWN: Final = -100
"""The tag of a piece that nobody annotated."""
_LONGEST = 320  # Word pieces of a window, as when tagging.
_BATCH = 3600
"""Word pieces a step, padding included."""
_RESTYLED = 0.5
"""The share of documents that an epoch sees in another typography."""


def half_precision() -> Any:
    """Autocast to bfloat16 where the processor multiplies it; elsewhere that would be slower."""
    known: Any = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return torch.autocast("cpu", dtype=torch.bfloat16, enabled=bool(known()))


def held_out(documents: Sequence[GoldDocument]) -> tuple[list[GoldDocument], list[GoldDocument]]:
    """The documents to train on, and every tenth, which is held out."""
    return (
        [document for n, document in enumerate(documents) if n % 10 != 7],
        [document for n, document in enumerate(documents) if n % 10 == 7],
    )


@dataclass(frozen=True, slots=True)
class Tagged:
    """A whole text: its pieces, a tag for each (or `UNKNOWN`), and its spans.

    ``spans`` has role, first piece, last piece (half-open) and the number of the attribution.
    ``soft`` has a teacher's scores of the tags, (pieces, tags), or is None.
    """

    pieces: Pieces
    tags: np.ndarray
    spans: tuple[tuple[int, int, int, int], ...]
    soft: np.ndarray | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A window of a text, as `Tagged`; ``aspects`` has the shape (4, pieces)."""

    aspects: np.ndarray
    tags: np.ndarray
    spans: tuple[tuple[int, int, int, int], ...]
    soft: np.ndarray | None = None


def tagged(
    document: GoldDocument,
    tokenizer: Tokenizer,
    chance: random.Random | None = None,
    *,
    annotated: bool = True,
) -> Tagged:
    """A document's pieces, tags and spans; with ``chance``, in another typography.

    Args:
        document: a text with its gold attributions.
        tokenizer: cuts it.
        chance: chooses the typography.
        annotated: False for a text without gold: all its tags are `UNKNOWN`.
    """
    text = document.text
    events = [
        [[(s.start, s.end) for s in part] for part in (a.source, a.cue, a.content)]
        for a in document.attributions
    ]
    if chance is not None:
        text, moved = restyled(text, chance)
        events = [[[(moved[s], moved[e]) for s, e in part] for part in event] for event in events]
    blocks = paragraphs(text)
    pieces = cut(text, blocks, quoted_passages(text, blocks), tokenizer)
    tags = np.full(len(pieces), 0 if annotated else UNKNOWN, dtype=np.int64)
    spans = []
    for number, event in enumerate(events):
        for role, parts in enumerate(event):
            for start, end in parts:
                first = int(np.searchsorted(pieces.end, start, side="right"))
                last = int(np.searchsorted(pieces.start, end, side="left"))
                if first >= last:
                    continue
                tags[first:last] = 2 + 2 * role
                tags[first] = 1 + 2 * role
                spans.append((role, first, last, number))
    return Tagged(pieces, tags, tuple(spans))


def windows_of(whole: Tagged, chance: random.Random | None = None) -> Iterator[Example]:
    """A text's windows, cut between paragraphs; with ``chance``, the first of a random length."""
    size = len(whole.pieces)
    breaks = [int(n) for n in np.flatnonzero(whole.pieces.space >= 2)] + [size]
    first = chance.randint(_LONGEST // 3, _LONGEST) if chance else _LONGEST
    begin = 0
    while begin < size:
        end = min(begin + first, size)
        inside = [b for b in breaks if begin < b <= end]
        if end < size and inside:
            end = inside[-1]
        first = _LONGEST
        yield Example(
            whole.pieces.aspects(begin, end),
            whole.tags[begin:end],
            tuple(
                (role, max(a, begin) - begin, min(b, end) - begin, number)
                for role, a, b, number in whole.spans
                if a < end and b > begin
            ),
            None if whole.soft is None else whole.soft[begin:end],
        )
        begin = end


def examples_of(
    document: GoldDocument, tokenizer: Tokenizer, chance: random.Random | None = None
) -> Iterator[Example]:
    """A document's windows; with ``chance``, cut at random places and half of them restyled."""
    other = chance if chance and chance.random() < _RESTYLED else None
    return windows_of(tagged(document, tokenizer, other), chance)


def masked(example: Example, share: float, hidden: int, chance: random.Random) -> Example:
    """The example with some of its pieces hidden."""
    if not share:
        return example
    aspects = example.aspects.copy()
    picked = [n for n in range(aspects.shape[1]) if chance.random() < share]
    aspects[0, picked] = hidden
    return replace(example, aspects=aspects)


def batches(
    examples: list[Example], chance: random.Random, pieces: int = _BATCH
) -> list[list[Example]]:
    """Examples of like length together, so many pieces each, in random order."""
    order = sorted(examples, key=lambda e: e.aspects.shape[1] + chance.random() * 40)
    result: list[list[Example]] = []
    longest = 0
    for example in order:
        longest = max(longest, example.aspects.shape[1])
        if not result or longest * (len(result[-1]) + 1) > pieces:
            result.append([])
            longest = example.aspects.shape[1]
        result[-1].append(example)
    chance.shuffle(result)
    return result


def padded(examples: Sequence[Example], first: int, last: int) -> tuple[Any, Any, Any, Any]:
    """Aspects, mask, tags and a teacher's scores of a batch.

    Every window stands between the encoder's two signs. The scores are (windows, pieces, tags), not
    a number where no teacher looked.
    """
    longest = max(e.aspects.shape[1] for e in examples) + 2
    aspects = torch.zeros(len(examples), 4, longest, dtype=torch.long)
    mask = torch.zeros(len(examples), longest, dtype=torch.long)
    tags = torch.full((len(examples), longest), UNKNOWN)
    soft = torch.full((len(examples), longest, len(TAGS)), torch.nan)
    for row, example in enumerate(examples):
        size = example.aspects.shape[1]
        aspects[row, :, 1 : size + 1] = torch.from_numpy(example.aspects)
        aspects[row, 0, 0], aspects[row, 0, size + 1] = first, last
        mask[row, : size + 2] = 1
        tags[row, 1 : size + 1] = torch.from_numpy(example.tags)
        if example.soft is not None:
            soft[row, 1 : size + 1] = torch.from_numpy(example.soft.astype(np.float32))
    return aspects, mask, tags, soft
