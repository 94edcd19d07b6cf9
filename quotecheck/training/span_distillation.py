"""What a larger network makes of texts, for the span tagger to learn from.

    python -m quotecheck.training.span_distillation --data DATA --encoder FOLDER --teacher FILE
    --out OUT

FOLDER is an unpacked all-mpnet-base-v2, FILE its parameters as `quotecheck.training.span_tagger`
left them. The scores of all tags are kept for the documents to train on and for news without gold
(DATA/ner), half of them in another typography; `quotecheck.training.span_tagger --taught-by OUT`
learns from them (Hinton, Vinyals and Dean 2015, "Distilling the knowledge in a neural network").
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.numpy import load_file as load_arrays
from safetensors.numpy import save_file as save_arrays

from quotecheck.evaluation.gold import GoldDocument, read_gold
from quotecheck.tagging.network import TAGS, SpanNetwork
from quotecheck.tagging.wordpieces import Pieces, tokenizer_at, windows
from quotecheck.training.span_examples import Tagged, half_precision, held_out, tagged
from quotecheck.training.unlabelled_news import read_unlabelled
from quotecheck.weights.packed import load_parameters

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["scores_of", "taught", "teach"]

_LONGEST, _OVERLAP = 320, 48
"""Word pieces of a window, and pieces that two windows share (``_OVERLAP``), as when tagging."""
_RESTYLED = 0.5  # The share of documents that are seen in another typography.
_FEW = 10
"""Texts of either kind when only the recipe is tried."""


def _documents(data: Path, short: bool) -> Iterator[tuple[GoldDocument, bool]]:
    """The texts to learn from, and whether they are annotated; a few of each if ``short``."""
    most = _FEW if short else None
    for document in held_out(read_gold(data / "polnear" / "train"))[0][:most]:
        yield document, True
    for document in islice(read_unlabelled(data / "ner" / "train.tsv"), most):
        yield document, False


def _tagged(document: GoldDocument, tokenizer: Tokenizer, *, annotated: bool) -> Tagged:
    """The document, half of the time in another typography; the same in every run."""
    chance = random.Random(document.id)
    other = chance if chance.random() < _RESTYLED else None
    return tagged(document, tokenizer, other, annotated=annotated)


def scores_of(net: SpanNetwork, pieces: Pieces, signs: tuple[int, int]) -> np.ndarray:
    """Scores of the tags, (pieces, tags); where windows overlap, from the one that sees more."""
    scores = np.zeros((len(pieces), len(TAGS)), dtype=np.float16)
    nearest = np.zeros(len(pieces), dtype=np.int32)
    for begin, end in windows(pieces, _LONGEST, _OVERLAP):
        aspects = torch.zeros(1, 4, end - begin + 2, dtype=torch.long)
        aspects[0, :, 1:-1] = torch.from_numpy(pieces.aspects(begin, end))
        aspects[0, 0, 0], aspects[0, 0, -1] = signs
        mask = torch.ones(1, end - begin + 2, dtype=torch.long)
        with torch.inference_mode(), half_precision():
            window_scores = net(aspects, mask)[1][0, 1:-1].float().numpy()
        count = np.arange(end - begin)
        centred = np.minimum(count + 1, end - begin - count)
        better = centred > nearest[begin:end]
        scores[begin:end][better] = window_scores[better]
        nearest[begin:end][better] = centred[better]
    return scores


def teach(data: Path, encoder: Path, teacher: Path, out: Path, *, short: bool = False) -> None:
    """Write the teacher's scores of every text, by the document's name, to ``out``."""
    from transformers import AutoModel

    tokenizer = tokenizer_at(encoder / "tokenizer.json")
    net = SpanNetwork(AutoModel.from_pretrained(encoder, add_pooling_layer=False))
    net.load_state_dict(load_parameters(teacher))
    net.eval().requires_grad_(False)
    first, last = tokenizer.encode("").ids
    scores: dict[str, np.ndarray] = {}
    start = time.monotonic()
    for count, (document, annotated) in enumerate(_documents(data, short)):
        whole = _tagged(document, tokenizer, annotated=annotated)
        scores[document.id] = scores_of(net, whole.pieces, (first, last))
        if count % 100 == 0:
            print(f"{count} {time.monotonic() - start:.0f} s", flush=True)
    save_arrays(scores, out)


def taught(
    data: Path, scores: Path, tokenizer: Tokenizer, *, short: bool = False
) -> Iterator[Tagged]:
    """The texts with their teacher's scores.

    Raises:
        ValueError: the scores are of other texts, or of another cut into pieces.
    """
    scores_of_document = load_arrays(scores)
    for document, annotated in _documents(data, short):
        whole = _tagged(document, tokenizer, annotated=annotated)
        soft = scores_of_document[document.id]
        if len(soft) != len(whole.pieces):
            raise ValueError(f"{document.id}: {len(soft)} scores, {len(whole.pieces)} pieces")
        yield replace(whole, soft=soft)


def main() -> None:
    """The command line; see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "encoder", "teacher", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    teach(**vars(parser.parse_args()))


if __name__ == "__main__":
    main()
