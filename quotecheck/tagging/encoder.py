"""BERT's forward pass for reading alone: one window at a time, nothing padded, nothing trained.

Two ways. In single precision torch's own products and fused attention are the quickest, and states
are those of the transformers library except for rounding. In bfloat16, on processors that multiply
it, weights are packed once for oneDNN, and attention takes powers of two without taking off the
largest score first, which bfloat16 has the exponents for; a window where that does not hold is
read again with a softmax. What packs weights is private to torch, and tried before it is used.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Final

import torch
from torch.nn import functional

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Encoder"]

_LONGEST: Final = 512
"""Places that the encoder has positions for."""
_ROWS: Final = 256
"""Rows that packed weights are laid out for: about a window."""


class Encoder:
    """States of word pieces from their embeddings.

    Args:
        weights: the parameters by their names in transformers' BertModel, single precision.
        config: its configuration; heads, layers and the epsilon of its norms are read.
        precision: of the large products; norms and sums are single in any case.
        packed: whether to pack weights of bfloat16; None tries it.
    """

    def __init__(
        self,
        weights: Mapping[str, torch.Tensor],
        config: Mapping[str, Any],
        precision: torch.dtype = torch.float32,
        *,
        packed: bool | None = None,
    ) -> None:
        self.width = int(config["hidden_size"])
        heads = int(config["num_attention_heads"])
        epsilon = float(config["layer_norm_eps"])
        linear = _linear
        if precision == torch.bfloat16 and (packed or (packed is None and _can_pack())):
            linear = _packed_linear
        name = "embeddings"
        self.words = weights[f"{name}.word_embeddings.weight"]
        self._places = (
            weights[f"{name}.position_embeddings.weight"]
            + weights[f"{name}.token_type_embeddings.weight"][0]
        )
        self._norm = _norm(weights, f"{name}.LayerNorm", epsilon)
        self._layers = [
            _Layer(weights, f"encoder.layer.{number}", heads, epsilon, precision, linear)
            for number in range(int(config["num_hidden_layers"]))
        ]

    def __call__(self, inputs: torch.Tensor) -> torch.Tensor:
        """States (pieces, width), single precision.

        Args:
            inputs: (pieces, width), single precision: the sums of the embeddings of each piece
                except for its place.
        """
        start = self._norm(inputs + self._places[: len(inputs)])
        states = start
        for layer in self._layers:
            states = layer(states, sure=False)
        if not bool(states.isfinite().all()):
            states = start
            for layer in self._layers:
                states = layer(states, sure=True)
        return states


class _Layer:
    def __init__(
        self,
        weights: Mapping[str, torch.Tensor],
        name: str,
        heads: int,
        epsilon: float,
        precision: torch.dtype,
        linear: Callable[[torch.Tensor, torch.Tensor, torch.dtype, bool], Any],
    ) -> None:
        def of(part: str) -> tuple[torch.Tensor, torch.Tensor]:
            return weights[f"{name}.{part}.weight"], weights[f"{name}.{part}.bias"]

        query, key, value = (of(f"attention.self.{part}") for part in ("query", "key", "value"))
        self._heads = heads
        self._half = precision == torch.bfloat16
        # The scale of attention lies in the query's weights, in bfloat16 with the base two as well.
        scale = (query[0].shape[0] // heads) ** -0.5 * (math.log2(math.e) if self._half else 1.0)
        matrix = torch.cat([query[0] * scale, key[0], value[0]])
        bias = torch.cat([query[1] * scale, key[1], value[1]])
        self._mix = linear(matrix, bias, precision, False)
        self._out = linear(*of("attention.output.dense"), precision, False)
        self._up = linear(*of("intermediate.dense"), precision, True)
        self._down = linear(*of("output.dense"), precision, False)
        self._norm_out = _norm(weights, f"{name}.attention.output.LayerNorm", epsilon)
        self._norm_down = _norm(weights, f"{name}.output.LayerNorm", epsilon)
        if self._half:
            self._ones = torch.ones(heads, _LONGEST, 1, dtype=precision)

    def __call__(self, states: torch.Tensor, *, sure: bool) -> torch.Tensor:
        count, width = states.shape
        mixed = self._mix(states).view(count, 3, self._heads, width // self._heads)
        query, key, value = mixed.permute(1, 2, 0, 3).unbind(0)
        if self._half:
            attended = self._powers(query, key, value, sure)
        else:
            attended = functional.scaled_dot_product_attention(
                query.unsqueeze(0), key.unsqueeze(0), value.unsqueeze(0), scale=1.0
            )[0]
        attended = attended.transpose(0, 1).reshape(count, width)
        states = self._norm_out(states + self._out(attended))
        return self._norm_down(states + self._down(self._up(states)))

    def _powers(
        self, query: torch.Tensor, key: torch.Tensor, value: torch.Tensor, sure: bool
    ) -> torch.Tensor:
        scores = torch.bmm(query, key.transpose(1, 2))
        if sure:
            scores = (scores.float() * math.log(2)).softmax(-1).to(value.dtype)
            return torch.bmm(scores, value)
        # A column of ones beside the values gives the sum that the powers are divided by.
        ones = self._ones[:, : value.shape[1]]
        sums = torch.bmm(scores.exp2_(), torch.cat([value, ones], -1))
        return sums[..., :-1] / sums[..., -1:]


def _norm(weights: Mapping[str, torch.Tensor], name: str, epsilon: float) -> Any:
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    shape = tuple(weight.shape)
    return lambda states: functional.layer_norm(states, shape, weight, bias, epsilon)


def _linear(
    weight: torch.Tensor, bias: torch.Tensor, precision: torch.dtype, bent: bool
) -> Callable[[torch.Tensor], torch.Tensor]:
    """A linear layer, with GELU after it where it is ``bent``."""
    weight, bias = weight.to(precision).contiguous(), bias.to(precision)
    if bent:
        return lambda x: functional.gelu(functional.linear(x.to(precision), weight, bias))
    return lambda x: functional.linear(x.to(precision), weight, bias)


def _packed_linear(
    weight: torch.Tensor, bias: torch.Tensor, precision: torch.dtype, bent: bool
) -> Callable[[torch.Tensor], torch.Tensor]:
    """As `_linear`, its weights laid out for oneDNN, which bends in the same go."""
    pack, apply = _private()
    packed, bias = pack(weight.to(precision).contiguous(), _ROWS), bias.to(precision)
    how: tuple[Any, ...] = ("gelu", [], "none") if bent else ("none", [], "")
    return lambda x: apply(x.to(precision), packed, bias, *how)


def _private() -> tuple[Any, Any]:
    return torch.ops.mkldnn._reorder_linear_weight, torch.ops.mkldnn._linear_pointwise


def _can_pack() -> bool:
    """Whether this torch has what packs weights, and it does here what it is known for."""
    weight, states = torch.eye(32, 16) + 0.25, torch.linspace(-2, 2, 64).view(4, 16)
    arguments = (weight, torch.ones(32), torch.bfloat16, True)
    try:
        packed = _packed_linear(*arguments)(states)
    except (AttributeError, RuntimeError, TypeError):
        return False
    return bool(torch.allclose(packed, _linear(*arguments)(states), atol=0.05, rtol=0.05))
