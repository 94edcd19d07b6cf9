"""Stanza's entity tagger over padded batches, decoded for a batch at once.

Used by `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from quotecheck.parsing.inference.recurrent import BidirectionalLSTM, batches, linear, reversal
from quotecheck.parsing.inference.stanza_internals import (
    PAD_ID,
    UNK_ID,
    VOCAB_PREFIX_SIZE,
    NERTagger,
    fix_singleton_tags,
)
from quotecheck.parsing.inference.word_features import Letters, VectorCache, knows_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["EntityNet"]


class EntityNet:
    """An entity tagger of Stanza's without a character language model, parameters copied.

    Args:
        trainer: what `Pipeline` has loaded.
        precision: of the products.
    """

    def __init__(self, trainer: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        self._model = model
        self._precision = precision
        self._lower = trainer.args.get("lowercase", True)
        self._lower_letters = trainer.args.get("char_lowercase", False)
        self._letters = Letters(model.charmodel, model.vocab["char"])
        self._features = VectorCache(self._inputs, precision)
        first = (model.taggerlstm_h_init, model.taggerlstm_c_init)
        self._recurrent = BidirectionalLSTM(model.taggerlstm.lstm, first, precision)
        self._scores = linear(model.tag_clfs[0], precision)
        self._moves = model.crits[0]._transitions.detach()  # what Stanza's decoder reads
        tags = model.vocab["tag"]
        names = tags.unmap([(number,) for number in range(self._moves.shape[0])])
        names = [name[0] if isinstance(name, list) and name else name for name in names]
        outside = names[VOCAB_PREFIX_SIZE]
        self._names = [outside] * VOCAB_PREFIX_SIZE + names[VOCAB_PREFIX_SIZE:]

    @staticmethod
    def knows(trainer: Any) -> bool:
        """Whether an entity tagger is of the kind this class knows."""
        model = trainer.model
        return (
            type(model) is NERTagger
            and knows_letters(model)
            and model.bert_model is None
            and len(model.tag_clfs) == 1
            and model.taggerlstm.lstm.num_layers == 1
            and trainer.args["word_emb_dim"] > 0
            and "word" in model.vocab
            and trainer.args["predict_tagset"] in (0, None)
        )

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """One tag a word in the BIOES scheme."""
        table, rows = self._features(sentences)
        lengths = [len(sentence) for sentence in sentences]
        tags_of: list[list[str]] = [[]] * len(sentences)
        for batch in batches(lengths):
            sizes = [lengths[i] for i in batch]
            longest = max(sizes)
            numbers = torch.tensor([rows[i] + [0] * (longest - lengths[i]) for i in batch])
            states = self._recurrent(table[numbers].to(self._precision), reversal(sizes))
            paths = _best_paths(self._scores(states).float(), self._moves, sizes)
            for i, path in zip(batch, paths, strict=True):
                tags = [self._names[tag] for tag in path]
                tags_of[i] = fix_singleton_tags(tags) if set(tags) != {"O"} else tags
        return tags_of

    def _inputs(self, words: Sequence[str]) -> torch.Tensor:
        model = self._model
        cased = [w.lower() for w in words] if self._lower else list(words)
        numbers = torch.tensor(model.vocab["word"].map(cased))
        vectors = model.word_emb(numbers)
        if "delta" in model.vocab and model.delta_emb is not None:
            more = torch.tensor(model.vocab["delta"].map(cased))
            more[(more == UNK_ID) & (numbers != UNK_ID)] = PAD_ID
            vectors = vectors + model.delta_emb(more)
        spelled = [w.lower() for w in words] if self._lower_letters else words
        letters = self._letters([self._letters.numbers(word) for word in spelled])
        together = torch.cat([vectors, letters], 1)
        return model.input_transform(together) if model.input_transform else together


def _best_paths(scores: torch.Tensor, moves: torch.Tensor, sizes: Sequence[int]) -> list[list[int]]:
    """The best sequence of tags of every row, by Viterbi's algorithm."""
    best = scores[:, 0]
    back = []
    alive = torch.tensor(sizes)
    for place in range(1, scores.shape[1]):
        gained, before = (best.unsqueeze(2) + moves).max(1)
        # A row that has ended keeps its scores, and its way back stands still.
        goes_on = (place < alive).unsqueeze(1)
        best = torch.where(goes_on, scores[:, place] + gained, best)
        back.append(torch.where(goes_on, before, torch.arange(best.shape[1])))
    tag = best.argmax(1)
    path = [tag]
    for before in reversed(back):
        tag = before.gather(1, tag.unsqueeze(1)).squeeze(1)
        path.append(tag)
    tags = torch.stack(path[::-1], 1).tolist()
    return [row[:size] for row, size in zip(tags, sizes, strict=True)]
