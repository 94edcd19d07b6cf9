"""Stanza's character networks, run once for each word of a batch that is spelled differently.

What they make of a word depends on its letters alone, and in a batch of news most words stand more
than once. Used by `networks` alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
from stanza.models.common.char_model import CharacterModel
from stanza.models.common.utils import tensor_unsort
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_sequence

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["OncePerWord", "share_characters"]


class OncePerWord(nn.Module):  # type: ignore[misc, unused-ignore] # torch is not followed
    """Stands in for a `CharacterModel` when nothing is trained; same output."""

    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner

    def forward(
        self,
        chars: torch.Tensor,
        chars_mask: torch.Tensor,
        word_orig_idx: Sequence[int],
        sentlens: Sequence[int],
        wordlens: Sequence[int],  # noqa: ARG002 (the place is Stanza's)
    ) -> PackedSequence:
        """Vectors of all words, packed by sentence; the arguments are Stanza's."""
        spelled, which = torch.unique(chars, dim=0, return_inverse=True)
        lengths = (spelled != 0).sum(1)
        order = torch.argsort(lengths, descending=True, stable=True)
        count = len(order)
        once = self.inner(
            spelled[order], chars_mask, range(count), [count], lengths[order].tolist()
        ).data
        back = torch.empty_like(order)
        back[order] = torch.arange(count)
        vectors = tensor_unsort(once[back[which]], word_orig_idx)
        return pack_sequence(vectors.split(list(sentlens)))


def share_characters(model: Any) -> None:
    """Puts `OncePerWord` around the character network of a tagger or parser, if it has one."""
    inner: Any = getattr(model, "charmodel", None)
    if type(inner) is CharacterModel and not inner.pad:
        model.charmodel = OncePerWord(inner)
