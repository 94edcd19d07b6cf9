"""The network: a pretrained encoder, a tag for each word piece, and a score for each link.

The tags are those of PolNeAR's annotation: no word is in two attributions, so that one flat row of
BIO tags holds sources, cues and contents. A link says which cue a source or a content belongs to;
each span is looked at with its first and last piece and with how the two stand to each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import torch
from torch import nn

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["DISTANCES", "ROLES", "TAGS", "Layout", "SpanHeads", "SpanNetwork"]

ROLES: Final = ("source", "cue", "content")
TAGS: Final = ("O", *(f"{part}-{role}" for role in ROLES for part in "BI"))
_SPACES, _CASES, _MARKS = 4, 4, 5
"""Kinds of blanks, letter case and marks of a piece (`quotecheck.tagging.wordpieces`)."""
_INNER: Final = 128
"""Numbers in the hidden layer that links spans to cues. By eye; the weights have this shape."""
DISTANCES: Final = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)
"""Upper bounds of the classes of distance, in word pieces; one more class lies beyond them."""
_PAIR_SIZES: Final = (2 * (len(DISTANCES) + 1), 4, 4, 3, 4, 4, 2)


class Layout:
    """Where spans stand to one another on the page, for the links.

    Args:
        space: the white space before each piece, an index of
        `quotecheck.tagging.wordpieces.SPACES`.
        mark: each piece's place towards quotation marks, an index of MARKS.
    """

    def __init__(self, space: Any, mark: Any) -> None:
        self._mark = np.asarray(mark)
        self._breaks = _running(np.asarray(space) >= 2)
        self._outside = _running(self._mark != 2)

    def aspects(self, spans: Any, cues: Any, every_span: Any, every_cue: Any) -> NDArray[np.int64]:
        """How spans stand to cues, pair by pair: a class for each aspect of ``_PAIR_SIZES``.

        Args:
            spans: first and last piece (half-open) of a source or content, (pairs, 2).
            cues: the same of the cue that it is paired with, (pairs, 2).
            every_span: the first pieces of all spans of that role, rising.
            every_cue: the first pieces of all cues, rising.

        Returns:
            Shape (pairs, 7): distance and direction; cues between them; spans of the same role
            between them; paragraphs between them; marks at the span's two ends; marks at the cue's
            two ends; whether both are in one quotation.
        """
        mark = self._mark
        before = spans[:, 0] < cues[:, 0]
        low = np.where(before, spans[:, 1], cues[:, 1])
        high = np.where(before, cues[:, 0], spans[:, 0])
        gap = np.maximum(0, high - low)
        # A paragraph between them begins after the first of the two, up to the second's beginning.
        last = np.minimum(high + 1, len(mark))
        breaks = np.where(high >= low, self._breaks[np.maximum(last, 0)] - self._breaks[low], 0)
        far = np.maximum(high, low)
        span_marks, cue_marks = mark[spans[:, 1] - 1], mark[cues[:, 0]]
        inside = (self._outside[far] - self._outside[low]) == 0
        both = np.isin(span_marks, (2, 4)) & np.isin(cue_marks, (2, 4)) & inside
        return np.stack(
            [
                np.searchsorted(DISTANCES, gap) + np.where(before, len(DISTANCES) + 1, 0),
                np.clip(_between(every_cue, low, high), 0, 3),
                np.clip(_between(every_span, low, high), 0, 3),
                np.minimum(2, breaks),
                (mark[spans[:, 0]] != 0) + 2 * (mark[spans[:, 1] - 1] != 0),
                (mark[cues[:, 0]] != 0) + 2 * (mark[cues[:, 1] - 1] != 0),
                both,
            ],
            -1,
        ).astype(np.int64)


def _running(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(flags)])


def _between(starts: Any, low: Any, high: Any) -> Any:
    return np.searchsorted(starts, high) - np.searchsorted(starts, low)


class SpanHeads(nn.Module):  # type: ignore[misc] # torch is not followed
    """What stands around an encoder: aspects of a piece before it; tags and links after it.

    Args:
        width: of the encoder's states.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.space = nn.Embedding(_SPACES, width)
        self.case = nn.Embedding(_CASES, width)
        self.mark = nn.Embedding(_MARKS, width)
        for table in (self.space, self.case, self.mark):
            nn.init.zeros_(table.weight)  # training begins from the encoder as it was
        self.tags = nn.Linear(width, len(TAGS))
        self.source = nn.Linear(2 * width, _INNER)
        self.content = nn.Linear(2 * width, _INNER)
        self.cue = nn.Linear(2 * width, 2 * _INNER)
        self.pair = nn.ModuleList(nn.Embedding(size, 2 * _INNER) for size in _PAIR_SIZES)
        for table in self.pair:
            nn.init.normal_(table.weight, std=0.02)
        self.score = nn.Linear(_INNER, 2)
        self.no_cue = nn.Parameter(torch.zeros(2))
        self.no_source = nn.Parameter(torch.zeros(1))

    def inputs(self, words: torch.Tensor, aspects: torch.Tensor) -> torch.Tensor:
        """What the encoder reads: the words' embeddings and those of their other aspects.

        Args:
            words: (…, pieces, width).
            aspects: (…, 4, pieces): ids, white space, case, marks.
        """
        space, case, mark = aspects[..., 1, :], aspects[..., 2, :], aspects[..., 3, :]
        return words + self.space(space) + self.case(case) + self.mark(mark)

    def links(
        self, role: int, spans: torch.Tensor, cues: torch.Tensor, pairs: torch.Tensor
    ) -> torch.Tensor:
        """Scores of pairs of a span and a cue, shape (pairs,).

        Args:
            role: 0 for sources, 1 for contents.
            spans: (pairs, 2 x width): the states of the span's first and last piece.
            cues: (pairs, 2 x width), likewise.
            pairs: (pairs, aspects), from `Layout.aspects`.
        """
        side = self.source if role == 0 else self.content
        return self.scores(role, side(spans), self.cue(cues), pairs)

    def scores(
        self, role: int, spans: torch.Tensor, cues: torch.Tensor, pairs: torch.Tensor
    ) -> torch.Tensor:
        """As `links`, from what its first layers make of spans and cues."""
        part = slice(role * _INNER, (role + 1) * _INNER)
        cues = cues[:, part]
        pair_scores = sum(table(pairs[..., n])[..., part] for n, table in enumerate(self.pair))
        product = (spans * cues).sum(-1) / _INNER**0.5
        hidden = torch.relu(spans + cues + pair_scores)
        return product + self.score(hidden)[..., role]


class SpanNetwork(SpanHeads):
    """The whole network as it is trained, over an encoder that takes ``inputs_embeds``.

    Args:
        encoder: a transformers model (BERT, MPNet) with ``embeddings.word_embeddings``.
        dropout: the share of states dropped in training.
    """

    def __init__(self, encoder: nn.Module, *, dropout: float = 0.1) -> None:
        super().__init__(int(encoder.config.hidden_size))
        self.encoder = encoder
        self.drop = nn.Dropout(dropout)

    def forward(
        self, aspects: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """States (windows, pieces, width) and tag scores (windows, pieces, tags).

        Args:
            aspects: (windows, 4, pieces): ids, white space, case, marks.
            mask: (windows, pieces), 1 for a piece, 0 for padding.
        """
        inputs = self.inputs(self.encoder.embeddings.word_embeddings(aspects[:, 0]), aspects)
        states = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        return states, self.tags(states)
