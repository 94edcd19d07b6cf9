"""Stanza's tokenizer over padded batches: pieces of text in, a label for every character out.

Used by `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch.nn import functional

from quotecheck.parsing.inference.recurrent import BidirectionalLSTM, batches, reversal
from quotecheck.parsing.inference.stanza_internals import (
    PAD,
    PER_CHAR_FEAT_FUNCS,
    POSITION_FEAT_FUNCS,
    Tokenizer,
    update_pred_regex,
)
from quotecheck.parsing.inference.word_features import VectorCache

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["TokenNet"]


class TokenNet:
    """A tokenizer of Stanza's default kind, its parameters copied.

    Args:
        trainer: what `Pipeline` has loaded.
        vocab: numbers of characters.
        precision: of the products.
    """

    def __init__(self, trainer: Any, vocab: Any, precision: torch.dtype) -> None:
        self._model: Any = trainer.model.eval()
        args = trainer.args
        names = args["feat_funcs"]
        self._features = [PER_CHAR_FEAT_FUNCS[n] for n in names if n in PER_CHAR_FEAT_FUNCS]
        # The places come after what a character has by itself, the end before the start.
        self._at_end, self._at_start = "end_of_para" in names, "start_of_para" in names
        self._vocab = vocab
        self._precision = precision
        self._first = BidirectionalLSTM(self._model.rnn, None, precision)
        self._second = (
            BidirectionalLSTM(self._model.rnn2, None, precision) if args["hierarchical"] else None
        )
        self._cooling = args["hier_invtemp"]
        self._char_vectors = VectorCache(self._inputs, precision)

    @staticmethod
    def knows(trainer: Any) -> bool:
        """Whether a tokenizer is of the kind this class knows."""
        args = trainer.args
        known = {*PER_CHAR_FEAT_FUNCS, *POSITION_FEAT_FUNCS}
        return (
            type(trainer.model) is Tokenizer
            and trainer.model.charmodel is None
            and args["conv_res"] is None
            and args["rnn_layers"] == 1
            and not args["use_dictionary"]
            and set(args["feat_funcs"]) <= known
        )

    def __call__(self, pieces: Sequence[str]) -> list[Sequence[int]]:
        """Labels of all characters of every piece, as `StanzaRunner.tokenise` gives them."""
        # Stanza's tokenizer has always seen one place of padding after a piece.
        table, rows = self._char_vectors([[*piece, PAD] for piece in pieces])
        ends: list[Sequence[int]] = [()] * len(pieces)
        lengths = [len(row) for row in rows]
        for batch in batches(lengths):
            sizes = [lengths[i] for i in batch]
            longest = max(sizes)
            numbers = torch.tensor([rows[i] + [0] * (longest - lengths[i]) for i in batch])
            labels = self._labels(table[numbers], sizes)
            for row, (i, size) in enumerate(zip(batch, sizes, strict=True)):
                piece_labels = labels[row, : size - 1]
                piece_labels[-1] = 4 if piece_labels[-1] > 2 else 2
                ends[i] = update_pred_regex(pieces[i], piece_labels).tolist()
        return ends

    def _inputs(self, characters: Sequence[str]) -> torch.Tensor:
        numbers = torch.tensor([self._vocab.unit2id(c) for c in characters])
        features = torch.tensor([[float(f(c)) for f in self._features] for c in characters])
        places = features.new_zeros(len(characters), self._at_end + self._at_start)
        return torch.cat([self._model.embeddings(numbers), features, places], 1)

    def _labels(self, states: torch.Tensor, sizes: list[int]) -> NDArray[np.int64]:
        last = torch.tensor(sizes) - 2
        column = states.shape[2] - self._at_end - self._at_start
        if self._at_end:
            states[torch.arange(len(sizes)), last, column] = 1
        if self._at_start:
            states[:, 0, column + self._at_end] = 1
        turned = reversal(sizes)
        model = self._model
        mwt = hasattr(model, "mwt_clf")
        inner = self._first(states.to(self._precision), turned)
        single = inner.float()
        scores = [model.tok_clf(single), model.sent_clf(single)]
        if mwt:
            scores.append(model.mwt_clf(single))
        if self._second is not None:
            if self._cooling > 0:
                inner = inner * (1 - torch.sigmoid(-scores[0] * self._cooling)).to(inner.dtype)
            single = self._second(inner, turned).float()
            scores[0] = scores[0] + model.tok_clf2(single)
            scores[1] = scores[1] + model.sent_clf2(single)
            if mwt:
                scores[2] = scores[2] + model.mwt_clf2(single)
        no, yes = ([functional.logsigmoid(s * x.squeeze(2)) for x in scores] for s in (-1, 1))
        kinds = [no[0], yes[0] + no[1], yes[0] + yes[1]]
        if mwt:
            ends = kinds[1:]
            kinds = [kinds[0], *(end + no[2] for end in ends), *(end + yes[2] for end in ends)]
        labels: NDArray[np.int64] = torch.stack(kinds).argmax(0).numpy()
        return labels
