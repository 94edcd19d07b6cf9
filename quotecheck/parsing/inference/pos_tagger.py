"""Stanza's tagger over padded batches: words in; parts of speech, Penn tags and features out.

The tagger scores every tag for every pair of a word's state and its part of speech; as there are
some twenty parts of speech, each has a plain matrix of its own, made once. Used by `networks`
alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from quotecheck.parsing.inference.recurrent import HighwayLSTM, batches, linear, reversal
from quotecheck.parsing.inference.stanza_internals import (
    PAD_ID,
    TAG_LINK_EMB,
    CompositeVocab,
    Tagger,
    simplify_punct,
)
from quotecheck.parsing.inference.word_features import Letters, VectorCache, knows_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TagNet", "Tags"]

Tags = tuple[str, str, str]
"""Universal part of speech, Penn tag, features."""


class TagNet:
    """A tagger of Stanza's default kind without a character language model, parameters copied.

    Args:
        trainer: what `Pipeline` has loaded.
        vectors: its word vectors (`Pretrain`), if it has any.
        precision: of the products.
    """

    def __init__(self, trainer: Any, vectors: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        self._model = model
        self._vectors = vectors if model.args["pretrain"] else None
        self._letters = Letters(model.charmodel, model.vocab["char"])
        self._features = VectorCache(self._inputs, precision)
        first = (model.taggerlstm_h_init, model.taggerlstm_c_init)
        self._layers = HighwayLSTM(model.taggerlstm, first, precision)
        self._hidden = [
            linear(layer, precision)
            for layer in (model.upos_hid, model.tag_hid["xpos"], model.tag_hid["feats"])
        ]
        with torch.no_grad():
            marks = model.upos_emb.weight
            self._xpos = _by_part([model.tag_clf["xpos"]], marks)
            self._feats = _by_part(model.tag_clf["feats"], marks)
        self._upos_names: list[str] = model.vocab["upos"].unmap(range(len(model.vocab["upos"])))
        self._xpos_names: list[str] = model.vocab["xpos"].unmap(range(len(model.vocab["xpos"])))
        self._feats_names: dict[bytes, str] = {}

    @staticmethod
    def knows(trainer: Any) -> bool:
        """Whether a tagger is of the kind this class knows."""
        model = trainer.model
        return (
            type(model) is Tagger
            and knows_letters(model)
            and model.bert_model is None
            and not model.share_hid
            and model.link_mode == TAG_LINK_EMB
            and model.tag_names == ["upos", "xpos", "feats"]
            and all(model.column_parents[name] == ("upos",) for name in ("xpos", "feats"))
            and not isinstance(model.vocab["xpos"], CompositeVocab)
            and isinstance(model.vocab["feats"], CompositeVocab)
        )

    def __call__(self, sentences: Sequence[Sequence[str]]) -> list[list[Tags]]:
        """The tags of every word."""
        table, rows = self._features(sentences)
        lengths = [len(sentence) for sentence in sentences]
        order: list[int] = []
        parts: list[list[torch.Tensor]] = [[], [], []]
        for batch in batches(lengths):
            sizes = [lengths[i] for i in batch]
            longest = max(sizes)
            numbers = torch.tensor([rows[i] + [0] * (longest - lengths[i]) for i in batch])
            states = self._layers(table[numbers], reversal(sizes))
            inside = torch.arange(longest) < torch.tensor(sizes)[:, None]
            words = states[inside]
            for part, layer in zip(parts, self._hidden, strict=True):
                part.append(layer(words).relu_())
            order += batch
        names = self._named(*(torch.cat(part).float() for part in parts))
        tags_of: list[list[Tags]] = [[]] * len(sentences)
        begin = 0
        for i in order:
            tags_of[i] = names[begin : begin + lengths[i]]
            begin += lengths[i]
        return tags_of

    def _inputs(self, words: Sequence[str]) -> torch.Tensor:
        model = self._model
        words = [sentence[0][0] for sentence in simplify_punct([[[word]] for word in words])]
        parts = []
        if model.args["word_emb_dim"] > 0:
            parts.append(model.word_emb(torch.tensor(model.vocab["word"].map(words))))
        if model.args["pretrain"]:
            known = self._vectors
            numbers = (
                known.vocab.map([w.lower() for w in words]) if known else [PAD_ID] * len(words)
            )
            parts.append(model.trans_pretrained(model.pretrained_emb(torch.tensor(numbers))))
        letters = self._letters([self._letters.numbers(word) for word in words])
        return torch.cat([*parts, model.trans_char(letters)], 1)

    def _named(self, upos: torch.Tensor, xpos: torch.Tensor, feats: torch.Tensor) -> list[Tags]:
        part = self._model.upos_clf(upos).argmax(1)
        order = part.argsort()
        groups = torch.bincount(part).tolist()
        penn, *columns = (
            best
            for scorer, states in ((self._xpos, xpos), (self._feats, feats))
            for best in scorer(states[order], groups)
        )
        back = torch.empty_like(order)
        back[order] = torch.arange(len(order))
        penn = penn[back]
        features = torch.stack(columns, 1)[back].to(torch.uint8).numpy()
        names = []
        for i, (u, x) in enumerate(zip(part.tolist(), penn.tolist(), strict=True)):
            key = features[i].tobytes()
            if key not in self._feats_names:
                self._feats_names[key] = self._model.vocab["feats"].id2unit(list(key))
            names.append((self._upos_names[u], self._xpos_names[x], self._feats_names[key]))
        return names


class _by_part:  # noqa: N801 # called like a function
    """Scorers of a state and a part of speech as one matrix for each part of speech."""

    def __init__(self, scorers: Sequence[Any], marks: torch.Tensor) -> None:
        marks = torch.cat([marks, marks.new_ones(len(marks), 1)], 1)
        weight = torch.cat([scorer.W_bilin.weight for scorer in scorers])
        self._bias = torch.cat([scorer.W_bilin.bias for scorer in scorers]).detach()
        self._matrices = torch.einsum("oij,uj->uio", weight, marks).contiguous()
        sizes = [len(scorer.W_bilin.bias) for scorer in scorers]
        self._ends = [sum(sizes[: i + 1]) for i in range(len(sizes))]

    def __call__(self, states: torch.Tensor, groups: Sequence[int]) -> list[torch.Tensor]:
        """The best tag of each scorer for words in order of their parts of speech.

        ``groups`` are the numbers of words of each part of speech.
        """
        parts = []
        begin = 0
        for part, count in enumerate(groups):
            if count:
                matrix = self._matrices[part]
                constant = matrix[-1] + self._bias
                parts.append(torch.addmm(constant, states[begin : begin + count], matrix[:-1]))
                begin += count
        scores = torch.cat(parts)
        return [
            scores[:, begin:end].argmax(1)
            for begin, end in zip([0, *self._ends], self._ends, strict=False)
        ]
