"""Two replacements that make Stanza's tagger and parser train much faster on a CPU.

Both leave what is computed the same. `torch.nn.functional.bilinear` has a backward pass that makes
a product for every output; here it is one matrix product (a step of the tagger: 3 times). And
Stanza's parser scores every relation for every pair of words, where its loss looks at each word and
its right head only: with 54 relations and 25 words a sentence most of a step went there. That
product is made in bfloat16, which CPUs with AVX-512 BF16 do four times faster, its sums kept in
single precision (a step of the parser: 2.2 to 1.5 CPU seconds, and to 1.0 when the allocator keeps
its pages, see __main__).
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F  # noqa: N812 (its usual name)

from quotecheck.parsing.inference.stanza_internals import (
    VOCAB_PREFIX_SIZE,
    GraphParser,
)

__all__ = ["apply", "bilinear"]


def bilinear(
    left: torch.Tensor, right: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor | None = None
) -> torch.Tensor:
    """What `torch.nn.functional.bilinear` computes, as two matrix products.

    Args:
        left: (..., I).
        right: (..., J).
        weight: (O, I, J).
        bias: (O).
    """
    outputs, inner, other = weight.shape
    half = (left @ weight.permute(1, 0, 2).reshape(inner, outputs * other)).view(
        *left.shape[:-1], outputs, other
    )
    product = torch.matmul(half, right.unsqueeze(-1)).squeeze(-1)
    return product if bias is None else product + bias


def relation_scores(scorer: Any, words: torch.Tensor, heads: torch.Tensor) -> torch.Tensor:
    """Scores of all relations between words and one head each.

    Args:
        scorer: the parser's `DeepBiaffineScorer` for relations.
        words: (N, D), the words' vectors.
        heads: (N, D), their heads' vectors.

    Returns:
        (N, relations), single precision.
    """
    left = scorer.dropout(scorer.hidden_func(scorer.W1(words)))
    right = scorer.dropout(scorer.hidden_func(scorer.W2(heads)))
    left = torch.cat([left, left.new_ones(len(left), 1)], 1).bfloat16()
    right = torch.cat([right, right.new_ones(len(right), 1)], 1).bfloat16()
    weight, bias = scorer.scorer.W_bilin.weight, scorer.scorer.W_bilin.bias
    inner, other, outputs = weight.shape
    flat = weight.permute(0, 2, 1).reshape(inner, outputs * other).bfloat16()
    half = (left @ flat).view(-1, outputs, other)
    return torch.bmm(half, right.unsqueeze(-1)).squeeze(-1).float() + bias


def _loss(self: Any, *batch: Any) -> tuple[torch.Tensor, None]:
    """`GraphParser.loss` for the plain biaffine parser, relations at the right heads only."""
    (word, mask, chars, chars_mask, upos, xpos, feats, pretrained, lemma, head, deprel, *rest) = (
        batch
    )
    states = self.embed(
        word, mask, chars, chars_mask, upos, xpos, feats, pretrained, lemma, head, deprel, *rest
    )
    size = states.size(1)
    arcs = self.unlabeled(self.drop(states), self.drop(states)).squeeze(3)
    place = torch.arange(size)
    offset = place.view(1, 1, -1) - place.view(1, -1, 1)
    if self.args["linearization"]:
        order = self.linearization(self.drop(states), self.drop(states)).squeeze(3)
        arcs = arcs + F.logsigmoid(order * torch.sign(offset).float()).detach()
    if self.args["distance"]:
        length = 1 + F.softplus(self.distance(self.drop(states), self.drop(states)).squeeze(3))
        far = -torch.log((torch.abs(offset).float() - length) ** 2 / 2 + 1)
        arcs = arcs + far.detach()
    arcs = arcs.masked_fill(torch.eye(size, dtype=torch.bool).unsqueeze(0), -float("inf"))
    arcs = arcs[:, 1:].masked_fill(mask.unsqueeze(1), -float("inf"))
    real = ~mask[:, 1:]
    loss = self.crit(arcs[real], head[real])

    first = self.drop(states)[:, 1:]
    second = torch.gather(self.drop(states), 1, head.unsqueeze(2).expand(-1, -1, states.size(2)))
    relations = relation_scores(self.deprel, first[real], second[real])
    loss = loss + self.crit(relations, deprel[real] - VOCAB_PREFIX_SIZE)
    pick = head.unsqueeze(2)
    if self.args["linearization"]:
        at = torch.gather(order[:, 1:], 2, pick)[real].view(-1, 1)
        after = torch.gather((offset > 0).long().expand(len(word), -1, -1)[:, 1:], 2, pick)
        loss = loss + self.crit(torch.cat([-at / 2, at / 2], 1), after[real].view(-1))
    if self.args["distance"]:
        loss = loss - torch.gather(far[:, 1:], 2, pick)[real].sum()
    return loss / chars.size(0), None


def apply() -> None:
    """Puts both in place, for this process."""
    F.bilinear = bilinear
    GraphParser.loss = _loss
