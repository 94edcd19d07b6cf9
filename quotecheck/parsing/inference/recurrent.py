"""Recurrent layers that only read: padded batches, in the precision the processor is best at.

Stanza packs its batches, which torch then runs word by word through small products. Batches of
nearly equal length, padded, go through oneDNN's recurrent kernels, two to four times as fast in
bfloat16; the way back reads each sentence from its own end, so that padding is never seen. Used by
the parts of `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["BidirectionalLSTM", "HighwayLSTM", "batches", "best_precision", "linear", "reversal"]

_ROWS = 64  # sequences together, at most: with more, states leave the processor's nearer caches
_AREA = 24_000  # places of a padded batch, at most: what bounds memory for long paragraphs
_STEP = 5.0  # what a step costs whatever the rows, in rows
_BATCH = 150.0  # what a batch costs whatever its size, in rows times steps


def best_precision() -> torch.dtype:
    """bfloat16 where this CPU multiplies it by itself; elsewhere it would be slower than single."""
    is_supported = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return torch.bfloat16 if is_supported and is_supported() else torch.float32


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Which sequences go together, so that the least time is lost on padding and on small batches.

    >>> [sorted(batch) for batch in batches([400, 3, 2, 400])]
    [[1, 2], [0, 3]]
    """
    order = np.argsort(np.asarray(lengths), kind="stable")
    sizes = np.asarray(lengths)[order]
    count = len(order)
    least = np.zeros(count + 1)
    begin = np.zeros(count + 1, dtype=int)
    for end in range(1, count + 1):
        low = max(0, end - max(1, min(_ROWS, _AREA // max(1, int(sizes[end - 1])))))
        rows = np.arange(end - low, 0, -1)
        cost = least[low:end] + sizes[end - 1] * (rows + _STEP) + _BATCH
        best = int(cost.argmin())
        least[end], begin[end] = cost[best], low + best
    groups = []
    end = count
    while end:
        groups.append(order[begin[end] : end].tolist())
        end = begin[end]
    yield from reversed(groups)


def reversal(lengths: Sequence[int]) -> torch.Tensor:
    """Where to read each place of a flattened padded batch to have every sequence from its end.

    Padding stays where it is, so that doing it twice changes nothing.
    """
    longest = max(lengths)
    place = torch.arange(longest)
    sizes = torch.tensor(lengths)[:, None]
    turned = torch.where(place < sizes, sizes - 1 - place, place)
    return (turned + torch.arange(len(lengths))[:, None] * longest).reshape(-1)


def linear(layer: Any, precision: torch.dtype) -> nn.Linear:
    """A copy of a linear layer in another precision."""
    weight = layer.weight.detach()
    copy = nn.Linear(weight.shape[1], weight.shape[0], bias=layer.bias is not None)
    copy.weight = nn.Parameter(weight.to(precision).contiguous(), requires_grad=False)
    if layer.bias is not None:
        copy.bias = nn.Parameter(layer.bias.detach().to(precision), requires_grad=False)
    return copy


class BidirectionalLSTM:
    """One layer of a recurrent network over padded batches, one way or both.

    Args:
        lstm: the layer, as torch has it.
        first: its first states: hidden and cell, (directions, 1, hidden) each.
        precision: of its products.
    """

    def __init__(
        self, lstm: nn.LSTM, first: tuple[torch.Tensor, torch.Tensor] | None, precision: torch.dtype
    ) -> None:
        self._precision = precision
        ways = 2 if lstm.bidirectional else 1
        zero = torch.zeros(ways, 1, lstm.hidden_size)
        hidden, cell = first or (zero, zero)
        self._ways: list[tuple[nn.LSTM, torch.Tensor, torch.Tensor]] = []
        for way in range(ways):
            layer = nn.LSTM(lstm.input_size, lstm.hidden_size, batch_first=True, bias=True)
            tail = "_reverse" if way else ""
            for name in ("weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"):
                getattr(layer, name).data.copy_(getattr(lstm, name + tail).data)
            layer = layer.to(precision).eval()
            layer.requires_grad_(False)
            self._ways.append(
                (
                    layer,
                    hidden[way : way + 1].detach().to(precision),
                    cell[way : way + 1].detach().to(precision),
                )
            )

    def __call__(self, states: torch.Tensor, turned: torch.Tensor) -> torch.Tensor:
        """What the layer makes of (row, place, width): (row, place, hidden of all ways).

        ``turned`` is the batch's `reversal`.
        """
        rows = states.shape[0]
        outputs = []
        for way, (lstm, hidden, cell) in enumerate(self._ways):
            inputs = _turn(states, turned) if way else states
            first = (hidden.expand(-1, rows, -1), cell.expand(-1, rows, -1))
            out = lstm(inputs, (first[0].contiguous(), first[1].contiguous()))[0]
            outputs.append(_turn(out, turned) if way else out)
        return torch.cat(outputs, 2) if len(outputs) > 1 else outputs[0]


class HighwayLSTM:
    """Stanza's `HighwayLSTM` over padded batches.

    Args:
        highway: the network.
        first: its first states for all layers and ways.
        precision: of its products.
    """

    def __init__(
        self, highway: Any, first: tuple[torch.Tensor, torch.Tensor], precision: torch.dtype
    ) -> None:
        self._layers = []
        ways = 2 if highway.bidirectional else 1
        for i in range(highway.num_layers):
            part = slice(i * ways, (i + 1) * ways)
            recurrent = BidirectionalLSTM(
                highway.lstm[i].lstm, (first[0][part], first[1][part]), precision
            )
            gates = (linear(highway.gate[i], precision), linear(highway.highway[i], precision))
            self._layers.append((recurrent, *gates))
        self._precision = precision

    def __call__(self, states: torch.Tensor, turned: torch.Tensor) -> torch.Tensor:
        """What the layers make of (row, place, width)."""
        states = states.to(self._precision)
        for recurrent, gate, straight in self._layers:
            around = gate(states).sigmoid_().mul_(straight(states).tanh_())
            states = recurrent(states, turned).add_(around)
        return states


def _turn(states: torch.Tensor, turned: torch.Tensor) -> torch.Tensor:
    return states.reshape(-1, states.shape[2]).index_select(0, turned).view(states.shape)
