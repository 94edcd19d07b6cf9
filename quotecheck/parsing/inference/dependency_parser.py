"""Stanza's parser over padded batches: words with tags in, heads and relations out.

Stanza scores every relation for every pair of words; only the chosen arcs need one. What a sentence
needs beyond the best head of every word is in `trees`. Used by `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from torch import nn
from torch.nn import functional

from quotecheck.parsing.inference.recurrent import HighwayLSTM, batches, linear, reversal
from quotecheck.parsing.inference.stanza_internals import (
    ROOT_ID,
    VOCAB_PREFIX_SIZE,
    CompositeVocab,
    GraphParser,
    simplify_punct,
)
from quotecheck.parsing.inference.tree_decoding import (
    has_duplicate_core_argument,
    one_tree,
    resolve_head_constraints,
)
from quotecheck.parsing.inference.word_features import Letters, VectorCache, knows_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["TreeNet"]

Form = tuple[str, str, str, str]
"""Word, lemma, part of speech, Penn tag."""

_ROOT: Form = ("", "", "", "")
_SCORERS = ("unlabeled", "linearization", "distance")
_HEADS = 96  # heads whose relations are scored together: what fits the nearer caches


class TreeNet:
    """A graph parser of Stanza's without a character language model, its parameters copied.

    Args:
        trainer: what `Pipeline` has loaded.
        vectors: its word vectors (`Pretrain`).
        precision: of the products.
    """

    def __init__(self, trainer: Any, vectors: Any, precision: torch.dtype) -> None:
        model = trainer.model.eval()
        self._model = model
        self._vectors = vectors
        self._precision = precision
        self._letters = Letters(model.charmodel, model.vocab["char"])
        self._features: VectorCache[Form] = VectorCache(self._inputs, precision)
        first = (model.parserlstm_h_init, model.parserlstm_c_init)
        self._layers = HighwayLSTM(model.parserlstm, first, precision)
        self._scorers = [n for n in _SCORERS if n == "unlabeled" or model.args[n]]
        used = [getattr(model, name) for name in (*self._scorers, "deprel")]
        self._width = used[0].W1.out_features
        self._ends = linear(_joined([w for s in used for w in (s.W1, s.W2)]), precision)
        self._pairs = [_Pairs(s.scorer.W_bilin) for s in used[:-1]]
        weight, bias = model.deprel.scorer.W_bilin.weight, model.deprel.scorer.W_bilin.bias
        inner, other, outputs = weight.shape
        flat = weight.detach().permute(1, 2, 0).reshape(other, outputs * inner)
        self._relations = flat.to(precision).contiguous()
        self._relation_bias = bias.detach()
        numbers = range(VOCAB_PREFIX_SIZE, VOCAB_PREFIX_SIZE + outputs)
        self._names: list[str] = model.vocab["deprel"].unmap(numbers)

    @staticmethod
    def knows(trainer: Any) -> bool:
        """Whether a parser is of the kind this class knows."""
        model, args = trainer.model, trainer.args
        return (
            type(model) is GraphParser
            and knows_letters(model)
            and model.bert_model is None
            and not (args.get("use_arc_embedding") or args.get("reversed"))
            and not args.get("use_ufeats", True)
            and bool(args["pretrain"] and args["word_emb_dim"] and args["tag_emb_dim"])
            and bool(args.get("use_upos", True) and args.get("use_xpos", True))
            and not isinstance(model.vocab["xpos"], CompositeVocab)
        )

    def __call__(self, sentences: Sequence[Sequence[Form]]) -> list[list[tuple[int, str]]]:
        """Head and relation of every word."""
        table, rows = self._features([[_ROOT, *sentence] for sentence in sentences])
        lengths = [len(row) for row in rows]
        trees: list[list[tuple[int, str]]] = [[]] * len(rows)
        for batch in batches(lengths):
            sizes = [lengths[i] for i in batch]
            longest = max(sizes)
            numbers = torch.tensor([rows[i] + [0] * (longest - lengths[i]) for i in batch])
            states = self._layers(table[numbers], reversal(sizes))
            for i, tree in zip(batch, self._trees(states, sizes), strict=True):
                trees[i] = tree
        return trees

    def _inputs(self, forms: Sequence[Form]) -> torch.Tensor:
        model = self._model
        plain = simplify_punct([[[word]] for word, *_ in forms])
        words = [sentence[0][0] for sentence in plain]
        columns = (
            model.vocab["word"].map(words),
            self._vectors.vocab.map([word.lower() for word in words]),
            model.vocab["lemma"].map([form[1] for form in forms]),
            model.vocab["upos"].map([form[2] for form in forms]),
            model.vocab["xpos"].map([form[3] or "_" for form in forms]),
        )
        root = torch.tensor([form == _ROOT for form in forms])
        word, vector, lemma, upos, xpos = (
            torch.tensor(column).masked_fill(root, ROOT_ID) for column in columns
        )
        letters = self._letters(
            [
                [ROOT_ID] if form == _ROOT else self._letters.numbers(w)
                for w, form in zip(words, forms, strict=True)
            ]
        )
        return torch.cat(
            [
                model.trans_pretrained(model.pretrained_emb(vector)),
                model.word_emb(word),
                model.lemma_emb(lemma),
                model.upos_emb(upos) + model.xpos_emb(xpos),
                model.trans_char(letters),
            ],
            1,
        )

    def _trees(self, states: torch.Tensor, sizes: list[int]) -> list[list[tuple[int, str]]]:
        ends = self._ends(states).relu_()
        ends = ends.view(*ends.shape[:2], -1, 2, self._width)
        arcs = functional.log_softmax(self._arcs(ends.float(), sizes), 2)
        best = arcs.argmax(2).tolist()
        scores = arcs.numpy()
        trees = [one_tree(best[i][:size], scores[i, :size, :size]) for i, size in enumerate(sizes)]
        longest = max(sizes)
        words = [i * longest + w for i, size in enumerate(sizes) for w in range(1, size)]
        heads = [i * longest + head for i, tree in enumerate(trees) for head in tree[1:]]
        labels = self._labels(ends[:, :, -1].flatten(0, 1), words, heads)
        arcs_of = []
        begin = 0
        for i, (size, tree) in enumerate(zip(sizes, trees, strict=True)):
            relations = [self._names[label] for label in labels[begin : begin + size - 1]]
            begin += size - 1
            if has_duplicate_core_argument(tree, relations):
                every = self._every_label(ends[i, :size, -1])
                tree, relations = resolve_head_constraints(
                    scores[i, :size, :size], every, tree, self._names
                )
            arcs_of.append(list(zip(tree[1:], relations, strict=True)))
        return arcs_of

    def _arcs(self, ends: torch.Tensor, sizes: list[int]) -> torch.Tensor:
        """Scores (sentence, word, head), as `GraphParser.forward_scores` makes them."""
        by_name = {
            name: pairs(ends[:, :, i, 0], ends[:, :, i, 1])
            for i, (name, pairs) in enumerate(zip(self._scorers, self._pairs, strict=True))
        }
        scores = by_name["unlabeled"]
        size = scores.shape[1]
        place = torch.arange(size)
        offset = (place.view(1, 1, -1) - place.view(1, -1, 1)).float()
        if "linearization" in by_name:
            order = by_name["linearization"]
            scores = scores + functional.logsigmoid(order * torch.sign(offset))
        if "distance" in by_name:
            length = 1 + functional.softplus(by_name["distance"])
            scores = scores - torch.log((torch.abs(offset) - length) ** 2 / 2 + 1)
        beyond = place >= torch.tensor(sizes)[:, None]
        barred = torch.eye(size, dtype=torch.bool) | beyond.unsqueeze(1)
        return scores.masked_fill(barred, -float("inf"))

    def _labels(self, ends: torch.Tensor, words: list[int], heads: list[int]) -> list[int]:
        """The best relation of every chosen arc.

        Args:
            ends: (place, end, width): what a place is as a dependent and as a head.
            words: the places of the dependents.
            heads: the places of their heads, in the same order.
        """
        tokens: dict[int, list[int]] = {}
        for arc, head in enumerate(heads):
            tokens.setdefault(head, []).append(arc)
        # A head is multiplied once for all its dependents; those with as many go together.
        groups = sorted(tokens.items(), key=lambda item: len(item[1]))
        labels = [0] * len(words)
        for begin in range(0, len(groups), _HEADS):
            batch = groups[begin : begin + _HEADS]
            most = len(batch[-1][1])
            arcs = [tokens + tokens[:1] * (most - len(tokens)) for _, tokens in batch]
            places = torch.tensor([[words[arc] for arc in row] for row in arcs])
            left = functional.pad(ends[places, 0], (0, 1), value=1.0)
            right = functional.pad(ends[[head for head, _ in batch], 1], (0, 1), value=1.0)
            half = (right @ self._relations).view(len(batch), -1, self._width + 1)
            scores = torch.bmm(left, half.transpose(1, 2)).float() + self._relation_bias
            for row, best in zip(arcs, scores.argmax(2).tolist(), strict=True):
                for arc, label in zip(row, best, strict=True):
                    labels[arc] = label
        return labels

    def _every_label(self, ends: torch.Tensor) -> NDArray[np.float32]:
        """Log probabilities (word, head, relation) of one sentence."""
        left = functional.pad(ends[:, 0], (0, 1), value=1.0)
        right = functional.pad(ends[:, 1], (0, 1), value=1.0)
        half = (right @ self._relations).view(len(ends), -1, self._width + 1)
        scores = torch.matmul(half, left.t()).float().permute(2, 0, 1) + self._relation_bias
        log_shares: NDArray[np.float32] = functional.log_softmax(scores, 2).numpy()
        return log_shares


class _Pairs:
    """A bilinear score for every pair of words, with the constants that Stanza appends."""

    def __init__(self, bilinear: Any) -> None:
        weight = bilinear.weight.detach()[:, :, 0]
        self._both = weight[:-1, :-1].contiguous()
        self._first = weight[:-1, -1].contiguous()
        self._second = weight[-1, :-1].contiguous()
        self._none = float(weight[-1, -1] + bilinear.bias.detach()[0])

    def __call__(self, words: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
        scores = (words @ self._both) @ heads.transpose(1, 2)
        ones = (words @ self._first).unsqueeze(2) + (heads @ self._second).unsqueeze(1)
        return scores + ones + self._none


def _joined(layers: Sequence[nn.Linear]) -> nn.Linear:
    """Linear layers that read the same, as one."""
    weight = torch.cat([layer.weight.detach() for layer in layers])
    whole = nn.Linear(weight.shape[1], weight.shape[0])
    whole.weight = nn.Parameter(weight, requires_grad=False)
    whole.bias = nn.Parameter(torch.cat([x.bias.detach() for x in layers]), requires_grad=False)
    return whole
