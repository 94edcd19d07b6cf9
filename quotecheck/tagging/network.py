"""The network: a pretrained encoder, a tag for each word piece, and a score for each link.

The tags are those of PolNeAR's annotation: no word is in two attributions, so that one flat row of
BIO tags holds sources, cues and contents. A link says which cue a source or a content belongs to;
each span is looked at with its first and last piece and with how the two stand to each other.
"""

from __future__ import annotations

from typing import Any, Final

import torch
from torch import nn

__all__ = ["DISTANCES", "ROLES", "TAGS", "SpanNetwork", "distance_bucket", "pair_aspects"]

ROLES: Final = ("source", "cue", "content")
TAGS: Final = ("O", *(f"{part}-{role}" for role in ROLES for part in "BI"))
_SPACES, _CASES, _MARKS = 4, 4, 5
_INNER: Final = 128
DISTANCES: Final = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144)
"""Upper bounds of the classes of distance, in word pieces; one more class lies beyond them."""
_PAIR_SIZES: Final = (2 * (len(DISTANCES) + 1), 4, 4, 3, 4, 4, 2)


def distance_bucket(distance: int) -> int:
    """The class of a distance in pieces, 0 to 12.

    >>> [distance_bucket(n) for n in (0, 4, 1000)]
    [0, 4, 12]
    """
    return sum(distance > bound for bound in DISTANCES)


def pair_aspects(
    span: tuple[int, int],
    cue: tuple[int, int],
    cues: list[tuple[int, int]],
    others: list[tuple[int, int]],
    space: Any,
    mark: Any,
) -> list[int]:
    """How a span stands to a cue, a class for each aspect of ``_PAIR_SIZES``.

    Args:
        span: first and last piece (half-open) of a source or content.
        cue: the same of a cue.
        cues: every cue of the window.
        others: every span of the window that has the first one's role.
        space: the white space before each piece, an index of `quotecheck.tagging.pieces.SPACES`.
        mark: its place towards quotation marks, an index of MARKS.

    Returns:
        Distance and direction; cues between them; spans of the same role between them; paragraphs
        between them; marks on the span's two sides; marks on the cue's two sides; whether the cue
        is in the quotation that the span is in.
    """
    before = span[0] < cue[0]
    low, high = (span[1], cue[0]) if before else (cue[1], span[0])
    gap = max(0, high - low)
    marked = (2, 4)
    between = mark[low:high]
    same = mark[span[1] - 1] in marked and mark[cue[0]] in marked and all(m == 2 for m in between)
    # A paragraph between them begins after the first of the two, up to the second's own beginning.
    breaks = int((space[low : high + 1] >= 2).sum()) if gap or high >= low else 0
    return [
        distance_bucket(gap) + (len(DISTANCES) + 1 if before else 0),
        min(3, sum(low <= a < high for a, _ in cues)),
        min(3, sum(low <= a < high for a, _ in others)),
        min(2, breaks),
        int(mark[span[0]] != 0) + 2 * int(mark[span[1] - 1] != 0),
        int(mark[cue[0]] != 0) + 2 * int(mark[cue[1] - 1] != 0),
        int(same),
    ]


class SpanNetwork(nn.Module):
    """Tags and links over the states of an encoder that takes ``inputs_embeds``.

    Args:
        encoder: a transformers model (BERT, MPNet) with ``embeddings.word_embeddings``.
        dropout: the share of states dropped in training.
    """

    def __init__(self, encoder: nn.Module, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = int(encoder.config.hidden_size)
        self.space = nn.Embedding(_SPACES, width)
        self.case = nn.Embedding(_CASES, width)
        self.mark = nn.Embedding(_MARKS, width)
        for table in (self.space, self.case, self.mark):
            nn.init.zeros_(table.weight)  # training begins from the encoder as it was
        self.drop = nn.Dropout(dropout)
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

    def forward(
        self, aspects: torch.Tensor, mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """States (windows, pieces, width) and tag scores (windows, pieces, tags).

        Args:
            aspects: (windows, 4, pieces): ids, white space, case, marks.
            mask: (windows, pieces), 1 for a piece, 0 for padding.
        """
        words = self.encoder.embeddings.word_embeddings(aspects[:, 0])
        inputs = (
            words + self.space(aspects[:, 1]) + self.case(aspects[:, 2]) + self.mark(aspects[:, 3])
        )
        states = self.encoder(inputs_embeds=inputs, attention_mask=mask).last_hidden_state
        states = self.drop(states)
        return states, self.tags(states)

    def links(
        self,
        states: torch.Tensor,
        role: int,
        spans: torch.Tensor,
        cues: torch.Tensor,
        pairs: torch.Tensor,
    ) -> torch.Tensor:
        """Scores of every span of one role against every cue, shape (spans, cues).

        Args:
            states: (pieces, width), those of one window.
            role: 0 for sources, 1 for contents.
            spans: (spans, 2): first and last piece (both inside).
            cues: (cues, 2), likewise.
            pairs: (spans, cues, aspects), from `pair_aspects`.
        """
        side = self.source if role == 0 else self.content
        mine = side(torch.cat([states[spans[:, 0]], states[spans[:, 1]]], -1))
        theirs = self.cue(torch.cat([states[cues[:, 0]], states[cues[:, 1]]], -1))
        part = slice(role * _INNER, (role + 1) * _INNER)
        theirs = theirs[:, part]
        seen = sum(table(pairs[..., n])[..., part] for n, table in enumerate(self.pair))
        product = mine @ theirs.T / _INNER**0.5
        hidden = torch.relu(mine[:, None] + theirs[None] + seen)
        return product + self.score(hidden)[..., role]
