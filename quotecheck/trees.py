"""Stanza's parser, decoded in a third of the time.

Stanza scores every relation for every pair of words, and finds each tree by contracting cycles one
after the other, because it weighs the root down until nothing wants to hang on it. But only the
chosen arcs need a relation; and where the best head of every word gives a tree with one root, which
is nearly always, there is no better one. What is left goes through Stanza's own decoder, so that
the trees are the same (tests/test_parse.py compares them). Used by `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from stanza.models.common.chuliu_edmonds import chuliu_edmonds, chuliu_edmonds_one_root
from stanza.models.common.vocab import VOCAB_PREFIX_SIZE
from stanza.models.depparse import head_constraints
from stanza.models.depparse.model import GraphParser
from stanza.models.depparse.trainer import unpack_batch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

__all__ = ["best_tree", "can_decode", "parse_batch"]


def can_decode(trainer: Any) -> bool:
    """Whether the parser is of the kind this module knows (Stanza's default)."""
    return type(trainer.model) is GraphParser and not (
        trainer.args.get("use_arc_embedding") or trainer.args.get("reversed")
    )


def parse_batch(trainer: Any, batch: Any) -> list[list[tuple[int, str]]]:
    """Head and relation of every word of a batch of Stanza's parser data, in the batch's order."""
    model = trainer.model
    inputs, order, word_order, sizes, word_sizes, text = unpack_batch(batch, model.get_device())
    model.eval()
    with torch.no_grad():
        states = model.embed(*inputs, word_order, sizes, word_sizes, text)
        arcs = functional.log_softmax(_arc_scores(model, states), 2).cpu().numpy()
        scores = [arcs[i, :size, :size] for i, size in enumerate(sizes)]
        trees = [best_tree(found) for found in scores]
        words = torch.cat([states[i, 1:size] for i, size in enumerate(sizes)])
        heads = torch.cat([states[i, tree[1:].tolist()] for i, tree in enumerate(trees)])
        relations = _relation_scores(model.deprel, words, heads).argmax(1)
        vocab = model.vocab["deprel"]
        names = vocab.unmap((relations + VOCAB_PREFIX_SIZE).tolist())
        found: list[Any] = [None] * len(sizes)
        begin = 0
        for i, (size, tree) in enumerate(zip(sizes, trees, strict=True)):
            mine = names[begin : begin + size - 1]
            begin += size - 1
            if head_constraints.find_head_constraint_violations(tree, mine):
                every = model.deprel(states[i : i + 1, :size], states[i : i + 1, :size])
                mended, labels = head_constraints.resolve_head_constraint_violations(
                    scores[i].copy(),
                    functional.log_softmax(every[0], 2).cpu().numpy(),
                    tree,
                    vocab,
                )
                tree, mine = mended, vocab.unmap([label + VOCAB_PREFIX_SIZE for label in labels])
            found[order[i]] = [(int(head), name) for head, name in zip(tree[1:], mine, strict=True)]
    return found


def _arc_scores(model: Any, states: torch.Tensor) -> torch.Tensor:
    """Scores (sentence, word, head), as `GraphParser.forward_scores` makes them."""
    scores = model.unlabeled(states, states).squeeze(3)
    size = states.size(1)
    place = torch.arange(size, device=states.device)
    offset = place.view(1, 1, -1) - place.view(1, -1, 1)
    if model.args["linearization"]:
        order = model.linearization(states, states).squeeze(3)
        scores = scores + functional.logsigmoid(order * torch.sign(offset).float())
    if model.args["distance"]:
        length = 1 + functional.softplus(model.distance(states, states).squeeze(3))
        scores = scores - torch.log((torch.abs(offset).float() - length) ** 2 / 2 + 1)
    itself = torch.eye(size, dtype=torch.bool, device=states.device)
    return scores.masked_fill(itself.unsqueeze(0), -float("inf"))


def _relation_scores(scorer: Any, words: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
    left = scorer.hidden_func(scorer.W1(words))
    right = scorer.hidden_func(scorer.W2(heads))
    left = torch.cat([left, left.new_ones(len(left), 1)], 1)
    right = torch.cat([right, right.new_ones(len(right), 1)], 1)
    weight, bias = scorer.scorer.W_bilin.weight, scorer.scorer.W_bilin.bias
    inner, other, outputs = weight.shape
    flat = weight.permute(0, 2, 1).reshape(inner, outputs * other)
    if _has_bfloat16():
        left, right, flat = left.bfloat16(), right.bfloat16(), flat.bfloat16()
    half = (left @ flat).view(-1, outputs, other)
    return torch.bmm(half, right.unsqueeze(-1)).squeeze(-1).float() + bias


def _has_bfloat16() -> bool:
    """Whether this CPU multiplies bfloat16 itself; elsewhere it would be slower than single."""
    asked = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(asked and asked())


def best_tree(scores: np.ndarray) -> np.ndarray:
    """The best tree with one root.

    Args:
        scores: (n, n) log probabilities, ``scores[word, head]``; 0 is the root, and no word heads
            itself (-inf).

    Returns:
        The head of every word, with 0 for the root itself.
    """
    tree: np.ndarray = scores.argmax(axis=1)
    tree[0] = 0
    if _roots(tree) == 1 and _is_tree(tree.tolist()):
        return tree
    tree = chuliu_edmonds(scores.copy())
    if _roots(tree) != 1:
        tree = chuliu_edmonds_one_root(scores)
    return tree


def _roots(tree: np.ndarray) -> int:
    return int((tree[1:] == 0).sum())


def _is_tree(heads: Sequence[int]) -> bool:
    """Whether every word comes to the root at last."""
    safe = [False] * len(heads)
    safe[0] = True
    for word in range(1, len(heads)):
        path = []
        here = word
        while not safe[here]:
            path.append(here)
            here = heads[here]
            if len(path) > len(heads):
                return False
        for step in path:
            safe[step] = True
    return True


# Stanza's repair of heads with two subjects or two objects looks for the best tree again and again.
head_constraints.chuliu_edmonds_one_root = best_tree
