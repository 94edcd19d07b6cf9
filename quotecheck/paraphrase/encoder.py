"""A sentence encoder in numpy: BERT's forward pass, the mean of its states, made one long.

The weights are all-MiniLM-L6-v2's, a byte a number with a scale for each row. They are spread to
single precision once, when they are loaded.
"""

from __future__ import annotations

import json
import math
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from quotecheck.errors import WeightsError
from quotecheck.paraphrase.sentences import bound_to_units
from quotecheck.records.text import Span
from quotecheck.weights import FOLDER, manifest, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from quotecheck.paraphrase.sentences import Unit

__all__ = ["LONGEST", "SIZE", "SentenceEncoder", "States", "load_encoder"]

SIZE: Final = 384
"""Numbers in a vector."""
LONGEST: Final = 128
"""Word pieces that are read of a sentence, the two signs at its ends among them."""
_TOGETHER: Final = 384
"""Pieces in a batch: what is worked on stays in the processor's cache."""
_FILES: Final = ("sentences.safetensors", "sentences.json", "spans_tokenizer.json")
_GELU: Final = math.sqrt(2 / math.pi)

Floats = Any
"""An array of single precision; numpy's own type says no more here."""


class States(NamedTuple):
    """Where each piece of a sentence begins in it, and its states, each of length 1.

    ``last`` are those that make the vector; ``middle`` those after two thirds of the layers, where
    a word is still more itself than the sentence.
    """

    starts: list[int]
    middle: Floats
    last: Floats


class SentenceEncoder:
    """Turns sentences into vectors of `SIZE` numbers and length 1.

    Args:
        folder: has sentences.safetensors, sentences.json (the encoder's configuration) and
            spans_tokenizer.json.
        sha256: what the vectors are bound to.
        older: those of vectors that may be compared with a quotation's as well.
    """

    size: Final = SIZE
    together = _TOGETHER

    def __init__(self, folder: Path, *, sha256: str = "", older: tuple[str, ...] = ()) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        self.sha256 = sha256
        self.older = older
        config = json.loads((folder / "sentences.json").read_text("utf-8"))
        self._layers = int(config["num_hidden_layers"])
        self._heads = int(config["num_attention_heads"])
        self._epsilon = float(config["layer_norm_eps"])
        self._weights = spread(load_file(folder / "sentences.safetensors"))
        self._tokenizer = Tokenizer.from_file(str(folder / "spans_tokenizer.json"))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()

    def encode(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        """Vectors, one row a sentence; the cosine of two is their dot product."""
        result = np.zeros((len(sentences), SIZE), dtype=np.float32)
        for batch, pieces, states in self._batches(sentences):
            for n, ids, rows in zip(batch, pieces, states, strict=True):
                result[n] = _mean(rows[: len(ids)])
        return result

    def encode_units(self, units: Sequence[Unit]) -> NDArray[np.float32]:
        """Vectors of sentences and of their clauses, one row a unit.

        A clause has the mean of its own pieces' states as they are within its sentence ("late
        chunking", Günther et al. 2024). Beside vectors of clauses read by themselves that finds
        what fragments quote as often, whole sentences oftener, and costs nothing.

        Args:
            units: each sentence is followed by its clauses.
        """
        rows: dict[tuple[str, Span | None], list[int]] = {}
        sentence = ""
        for n, unit in enumerate(units):
            sentence = unit.text if unit.inside is None else sentence
            # What is said again and again ("Thank you very much.") is encoded once.
            rows.setdefault((sentence, unit.inside), []).append(n)
        parts: dict[str, list[Span]] = {text: [] for text, _ in rows}
        for text, inside in rows:
            if inside is not None:
                parts[text].append(inside)
        result = np.zeros((len(units), SIZE), dtype=np.float32)
        texts = list(parts)
        for batch, pieces, states in self._batches(texts):
            for n, encoded, of_pieces in zip(batch, pieces, states, strict=True):
                whole = _mean(of_pieces[: len(encoded)])
                result[rows.get((texts[n], None), [])] = whole
                for inside in parts[texts[n]]:
                    pieces_inside = [
                        i for i, at in enumerate(encoded.offsets) if inside.overlaps(Span(*at))
                    ]
                    # What lies beyond the pieces that are read has no states.
                    result[rows[texts[n], inside]] = (
                        _mean(of_pieces[pieces_inside]) if pieces_inside else whole
                    )
        return result

    def states(self, sentences: Sequence[str]) -> list[States]:
        """The states of the pieces of sentences, without the signs at the ends."""
        return [states for _, states in self.read(sentences)]

    def read(self, sentences: Sequence[str]) -> list[tuple[NDArray[np.float32], States]]:
        """The vector and the states of each sentence, in one pass."""
        result: list[Any] = [None] * len(sentences)
        middle: list[Floats] = []
        for batch, pieces, states in self._batches(sentences, middle):
            layers = (middle.pop(), states)
            for at, (n, encoded) in enumerate(zip(batch, pieces, strict=True)):
                inner = slice(1, len(encoded) - 1)
                starts = [first for first, _ in encoded.offsets[inner]]
                vector = _mean(states[at, : len(encoded)])
                result[n] = (
                    vector,
                    States(starts, *(_unit_length(layer[at, inner]) for layer in layers)),
                )
        return result

    def _batches(
        self, sentences: Sequence[str], middle: list[Floats] | None = None
    ) -> Iterator[tuple[list[int], list[Any], Floats]]:
        """Sentences of about one length: their numbers, their pieces, the pieces' states."""
        encoded = self._tokenizer.encode_batch(list(sentences))
        order = sorted(range(len(encoded)), key=lambda n: len(encoded[n].ids))
        begin = 0
        while begin < len(order):
            end = begin + 1
            while (
                end < len(order)
                and (end + 1 - begin) * len(encoded[order[end]].ids) <= self.together
            ):
                end += 1
            batch = order[begin:end]
            pieces = [encoded[n] for n in batch]
            yield batch, pieces, self._forward([piece.ids for piece in pieces], middle)
            begin = end

    def _forward(self, ids: Sequence[Sequence[int]], middle: list[Floats] | None = None) -> Floats:
        """States of some sentences; the shorter ones are filled up and what fills is not heeded.

        The states in the middle are added to ``middle``.
        """
        w = self._weights
        longest = max(len(row) for row in ids)
        table = np.zeros((len(ids), longest), dtype=np.int64)
        mask = np.zeros((len(ids), longest), dtype=np.float32)
        for n, row in enumerate(ids):
            table[n, : len(row)] = row
            mask[n, : len(row)] = 1
        states = w["words"][table] + w["positions"][:longest]
        states = self._norm(states.reshape(-1, SIZE), "start")
        hidden = None if mask.all() else (mask[:, None, None, :] - 1) * np.float32(1e4)
        for layer in range(self._layers):
            if middle is not None and layer == self._layers * 2 // 3:
                middle.append(states.reshape(len(ids), longest, SIZE))
            states = self._layer(states, hidden, layer, len(ids), longest)
        return states.reshape(len(ids), longest, SIZE)

    def _layer(self, states: Floats, hidden: Floats, layer: int, count: int, length: int) -> Floats:
        w = self._weights
        wide = SIZE // self._heads
        mixed = states @ w[f"{layer}.mix"]
        mixed += w[f"{layer}.mix.bias"]
        mixed = mixed.reshape(count, length, 3, self._heads, wide)
        query, key, value = (np.ascontiguousarray(mixed[:, :, n].swapaxes(1, 2)) for n in range(3))
        scores = query @ key.swapaxes(-1, -2)  # the root of the width is in the query's weights
        if hidden is not None:
            scores += hidden
        scores -= scores.max(axis=-1, keepdims=True)
        np.exp(scores, out=scores)
        scores /= scores.sum(axis=-1, keepdims=True)
        attended = (scores @ value).swapaxes(1, 2).reshape(-1, SIZE)
        out = attended @ w[f"{layer}.out"]
        out += w[f"{layer}.out.bias"]
        out += states
        states = self._norm(out, f"{layer}.out")
        inner = states @ w[f"{layer}.up"]
        inner += w[f"{layer}.up.bias"]
        _bend(inner)
        out = inner @ w[f"{layer}.down"]
        out += w[f"{layer}.down.bias"]
        out += states
        return self._norm(out, f"{layer}.down")

    def _norm(self, states: Floats, name: str) -> Floats:
        states -= states.mean(axis=-1, keepdims=True)
        spread_of = np.einsum("ns,ns->n", states, states) / SIZE
        states *= (1 / np.sqrt(spread_of + self._epsilon))[:, None]
        states *= self._weights[f"{name}.norm"]
        states += self._weights[f"{name}.norm.bias"]
        return states


def _mean(rows: Floats) -> Floats:
    """The mean of a sentence's states, made one long."""
    total = rows.sum(0)
    return total / max(float(np.linalg.norm(total)), 1e-9)


def _unit_length(rows: Floats) -> Floats:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)


def _bend(x: Floats) -> None:
    """GELU in its tanh form, in place: numpy has no error function."""
    inner = x * x
    inner *= np.float32(0.044715 * _GELU)
    inner += np.float32(_GELU)
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= np.float32(0.5)
    x *= inner


def spread(packed: dict[str, Any]) -> dict[str, Any]:
    """Parameters in single precision, laid out as `SentenceEncoder` multiplies with them.

    Args:
        packed: matrices as bytes, each with ``NAME.scale``, a number for each of its rows; and
            vectors as they are. Matrices have one row an output, as torch keeps them.
    """
    result: dict[str, Any] = {}
    for name, value in packed.items():
        if name.endswith(".scale"):
            continue
        if value.dtype == np.int8:
            value = value.astype(np.float32) * packed[f"{name}.scale"].astype(np.float32)[:, None]
            if name not in ("words", "positions"):
                value = np.ascontiguousarray(value.T)
        result[name] = value.astype(np.float32)
    return result


@cache
def load_encoder(folder: Path = FOLDER) -> SentenceEncoder:
    """The encoder that ships, once its files have been compared with the manifest.

    Its ``sha256`` is of its weights and of what the units are that it encodes; vectors of
    sentences alone, which versions up to 0.3 made, are bound to the sha256 of the weights.

    Raises:
        WeightsError: a file is missing or not the one that was shipped.
    """
    expected = manifest(folder)
    for name in _FILES:
        path = folder / name
        digest = sha256_of(path) if path.is_file() else "none"
        if digest != expected.get(name):
            raise WeightsError(
                f"the sentence encoder is not the one that was shipped: sha256 {digest[:12]}…",
                where=str(path),
                remedy="Install quotecheck again (pip install --force-reinstall "
                "quotecheck-toolkit; in a checkout: git checkout -- quotecheck/weights).",
            )
    weights = expected[_FILES[0]]
    return SentenceEncoder(folder, sha256=bound_to_units(weights), older=(weights,))
