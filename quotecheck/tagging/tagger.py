"""Text in, tagged spans out: the encoder's windows in batches, then spans, then links.

Tokenizers cuts the words, safetensors holds the parameters. Nothing here knows a rule of language.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from quotecheck.records.span_tags import Marginals, TaggedDocument, TaggedSpan
from quotecheck.records.text import Span
from quotecheck.tagging.decode import blended, spans_of, viterbi
from quotecheck.tagging.encoder import Encoder
from quotecheck.tagging.network import ROLES, Layout, SpanHeads
from quotecheck.tagging.wordpieces import Pieces, cut, tokenizer_at, windows
from quotecheck.weights.packed import load_parameters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from quotecheck.records.text import QuotedPassage

__all__ = ["SpanTagger"]

_ENCODER: Final = "encoder."
"""What the names of the encoder's parameters begin with."""
_LONGEST: Final = 320
"""Word pieces of a window, as in training (`quotecheck.training.span_examples`)."""
_OVERLAP: Final = 64
"""Pieces of the paragraphs before that a window begins with, at most: 12 % more are read than there
are. With none, speakers' names come out worse (F1 end to end on PolNeAR dev .667, with it .681)."""
_BLOCK: Final = 16_000
"""Pieces whose states are held at once, so that memory does not grow with the text."""
_PAIRS: Final = 4096
"""Pairs of span and cue that are scored at once."""
_REACH: Final = 300
"""Pieces between a span and the cues it may belong to."""
_BIASES: Final = (0.0, 1.2)
"""Taken off the score of "no role": none, and for the wide reading."""
_KEPT: Final = 3
"""Cues named for each span, best first."""

Triple = tuple[int, int, int]


class _ScoredSpan(NamedTuple):
    """A span: role, first and last piece (half-open); its probability; what links go by.

    ``key`` is what the first layer of links makes of the states of its ends: of the states
    themselves a long text would have hundreds of megabytes.
    """

    place: Triple
    sure: float
    key: Any


class SpanTagger:
    """Finds sources, cues and contents, and says which belong together.

    Args:
        folder: has spans.json (the encoder's configuration), tokenizer.json, spans.safetensors.
        weights_sha256: sha256 of the files by name, if they were checked.
        precision: "bfloat16" or "float32"; None chooses what this processor does best.
    """

    def __init__(
        self,
        folder: Path,
        *,
        weights_sha256: dict[str, str] | None = None,
        precision: str | None = None,
    ) -> None:
        self.weights_sha256 = weights_sha256 or {}
        self._tokenizer = tokenizer_at(folder / "spans_tokenizer.json")
        self._signs: tuple[int, int] = tuple(self._tokenizer.encode("").ids)  # type: ignore[assignment]
        config = json.loads((folder / "spans.json").read_text("utf-8"))
        weights = load_parameters(folder / "spans.safetensors")
        inner = {k: weights.pop(k) for k in list(weights) if k.startswith(_ENCODER)}
        # Not on the meta device: there torch imports its compiler to draw the first numbers.
        with torch.random.fork_rng(devices=[]):
            heads = SpanHeads(int(config["hidden_size"]))
        heads.load_state_dict(weights)
        self.precision = precision or _quickest()
        self._net = heads.eval().requires_grad_(False)
        self._encoder = Encoder(
            {name.removeprefix(_ENCODER): value for name, value in inner.items()},
            config,
            getattr(torch, self.precision),
        )

    def tag(
        self, text: str, paragraphs: Sequence[Span], quoted: Sequence[QuotedPassage]
    ) -> TaggedDocument:
        """The spans of a text.

        Args:
            text: the raw text.
            paragraphs: its paragraphs.
            quoted: its passages in quotation marks.
        """
        pieces = cut(text, paragraphs, quoted, self._tokenizer)
        readings: tuple[list[_ScoredSpan], ...] = tuple([] for _ in _BIASES)
        chances = np.zeros((len(pieces), 7), dtype=np.float16)
        for begin, end in _blocks(pieces):
            logs, states = self._scores(pieces.part(begin, end))
            chances[begin:end] = np.exp(logs)
            inside = _inside_words(pieces.part(begin, end))
            biased = np.repeat(logs[None], len(_BIASES), 0)
            biased[:, :, 0] -= np.array(_BIASES, dtype=np.float32)[:, None]
            for reading, tags in zip(readings, viterbi(biased, inside), strict=True):
                reading += self._spans(logs, states, tags, begin)
        marginals = Marginals(pieces.start, pieces.end, chances)
        sure, wide = (self._linked(pieces, reading) for reading in readings)
        return replace(sure, marginals=marginals, wide=wide)

    def _scores(self, part: Pieces) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Log probabilities (pieces, 7) and states (pieces, width) of a block."""
        scores: list[tuple[int, NDArray[np.float32]]] = []
        states = np.zeros((len(part), self._net.tags.in_features), dtype=np.float32)
        nearest = np.zeros(len(part), dtype=np.int32)
        for a, b in windows(part, _LONGEST, _OVERLAP):
            chances, tags = self._forward(part, a, b)
            scores.append((a, tags))
            count = np.arange(b - a)
            centred = np.minimum(count + 1, b - a - count)
            better = centred > nearest[a:b]
            states[a:b][better] = chances[better]
            nearest[a:b][better] = centred[better]
        return blended(len(part), scores), states

    def _forward(
        self, part: Pieces, begin: int, end: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """States and log probabilities of a window's pieces.

        One window at a time: there is nothing to fill up, and so no mask to heed, which is quicker
        on a processor than a batch.
        """
        aspects = torch.zeros(4, end - begin + 2, dtype=torch.long)
        aspects[:, 1:-1] = torch.from_numpy(part.aspects(begin, end))
        aspects[0, 0], aspects[0, -1] = self._signs
        with torch.inference_mode():
            words = functional.embedding(aspects[0], self._encoder.words)
            states = self._encoder(self._net.inputs(words, aspects))[1:-1]
            return states.numpy(), self._net.tags(states).log_softmax(-1).numpy()

    def _spans(
        self,
        logs: NDArray[np.float32],
        states: NDArray[np.float32],
        tags: NDArray[np.int64],
        begin: int,
    ) -> list[_ScoredSpan]:
        """The spans of a block whose first piece is the text's piece number ``begin``."""
        places = spans_of(tags)
        keys: dict[Triple, Any] = {}
        for role, side in enumerate((self._net.source, self._net.cue, self._net.content)):
            of_role = [place for place in places if place[0] == role]
            if of_role:
                ends = [np.concatenate([states[a], states[b - 1]]) for _, a, b in of_role]
                with torch.inference_mode():
                    rows = side(torch.from_numpy(np.stack(ends))).numpy()
                # A copy of each row, so that no array of a block outlives the block.
                keys.update((place, row.copy()) for place, row in zip(of_role, rows, strict=True))
        spans = []
        for role, a, b in places:
            picked = [logs[a, 1 + 2 * role], *logs[a + 1 : b, 2 + 2 * role]]
            sure = float(np.exp(np.mean(picked)))
            spans.append(_ScoredSpan((role, a + begin, b + begin), sure, keys[role, a, b]))
        return spans

    def _linked(self, pieces: Pieces, spans: list[_ScoredSpan]) -> TaggedDocument:
        groups: list[list[int]] = [[], [], []]
        for number, ((role, _, _), _, _) in enumerate(spans):
            groups[role].append(number)
        links: dict[int, tuple[tuple[int, float], ...]] = {}
        layout = Layout(pieces.space, pieces.mark)
        for role, numbers in ((0, groups[0]), (1, groups[2])):
            links.update(self._links(layout, spans, role, numbers, groups[1]))
        tagged = [
            [
                TaggedSpan(
                    ROLES[role],
                    Span(int(pieces.start[spans[n][0][1]]), int(pieces.end[spans[n][0][2] - 1])),
                    spans[n][1],
                    links.get(n, ()),
                )
                for n in groups[role]
            ]
            for role in range(3)
        ]
        return TaggedDocument(tuple(tagged[0]), tuple(tagged[1]), tuple(tagged[2]))

    def _links(
        self,
        layout: Layout,
        scored: list[_ScoredSpan],
        role: int,
        numbers: list[int],
        cues: list[int],
    ) -> dict[int, tuple[tuple[int, float], ...]]:
        """The likeliest cues of each span of a role, and -1 for none, with probabilities."""
        if not numbers or not cues:
            return dict.fromkeys(numbers, ((-1, 1.0),))
        spans = np.array([scored[n].place[1:] for n in numbers])
        places = np.array([scored[n].place[1:] for n in cues])
        low = np.searchsorted(places[:, 0], spans[:, 0] - _REACH)
        high = np.searchsorted(places[:, 0], spans[:, 1] + _REACH)
        left = np.repeat(np.arange(len(numbers)), high - low)
        right = np.concatenate([np.arange(a, b) for a, b in zip(low, high, strict=True)])
        aspects = layout.aspects(spans[left], places[right], spans[:, 0], places[:, 0])
        with torch.inference_mode():
            span_keys = torch.from_numpy(np.stack([scored[n].key for n in numbers]))
            cue_keys = torch.from_numpy(np.stack([scored[n].key for n in cues]))
            scores = np.concatenate(
                [
                    self._net.scores(
                        role,
                        span_keys[left[part]],
                        cue_keys[right[part]],
                        torch.from_numpy(aspects[part]),
                    ).numpy()
                    for part in _parts(len(left))
                ]
            ) if len(left) else np.zeros(0, dtype=np.float32)  # fmt: skip
        none = float(self._net.no_cue[role])
        result: dict[int, tuple[tuple[int, float], ...]] = {}
        first = 0
        for row, number in enumerate(numbers):
            size = int(high[row] - low[row])
            odds = np.append(scores[first : first + size], none)
            first += size
            chances = np.exp(odds - odds.max())
            chances /= chances.sum()
            best = np.argsort(-chances, kind="stable")[:_KEPT]
            result[number] = tuple(
                (-1 if k == size else int(low[row]) + int(k), round(float(chances[k]), 4))
                for k in best
            )
        return result


def _parts(total: int) -> Iterator[slice]:
    for first in range(0, total, _PAIRS):
        yield slice(first, first + _PAIRS)


def _blocks(pieces: Pieces) -> list[tuple[int, int]]:
    """Stretches of about `_BLOCK` pieces, cut between paragraphs where there are any."""
    breaks = np.flatnonzero(pieces.space >= 2)
    result: list[tuple[int, int]] = []
    begin, total = 0, len(pieces)
    while begin < total:
        end = min(total, begin + _BLOCK)
        if end < total:
            last = breaks[(breaks > begin + _BLOCK // 2) & (breaks <= end)]
            end = int(last[-1]) if len(last) else end
        result.append((begin, end))
        begin = end
    return result


def _inside_words(pieces: Pieces) -> NDArray[np.bool_]:
    """Whether a piece goes on with the letters of the one before."""
    ids_alike = np.zeros(len(pieces), dtype=bool)
    touching = (pieces.space[1:] == 0) & (pieces.start[1:] == pieces.end[:-1])
    ids_alike[1:] = touching & pieces.wordlike[1:] & pieces.wordlike[:-1]
    return ids_alike


def _quickest() -> str:
    """bfloat16 if the processor multiplies it, else float32.

    int8 (dynamic, by tensor or by channel) is quicker still and is not offered: with it one span in
    seven is another.
    """
    known: Any = getattr(torch.cpu, "_is_avx512_bf16_supported", lambda: False)
    return "bfloat16" if known() else "float32"
