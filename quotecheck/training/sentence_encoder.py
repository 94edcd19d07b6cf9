"""Packs a sentence encoder of sentence-transformers' kind: a byte a number, a scale a row.

``python -m quotecheck.training.sentence_encoder --encoder DIR`` writes sentences.safetensors and
sentences.json; nothing is trained. Afterwards both belong in the manifest.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

__all__ = ["main", "pack_encoder", "packed_parameters"]

_KEPT: Final = (
    "hidden_size", "intermediate_size", "layer_norm_eps", "max_position_embeddings",
    "num_attention_heads", "num_hidden_layers", "vocab_size",
)  # fmt: skip
_POSITIONS: Final = 128  # Word pieces of a sentence at most; the rest of the table is not shipped.


def pack_encoder(encoder: Path, target: Path) -> int:
    """Write the packed weights of the BERT model in ``encoder`` into the folder ``target``.

    Returns:
        The size of the weights in bytes.
    """
    from safetensors.numpy import load_file, save_file

    config = json.loads((encoder / "config.json").read_text("utf-8"))
    packed = packed_parameters(load_file(encoder / "model.safetensors"), config)
    weights = target / "sentences.safetensors"
    save_file(packed, weights)
    settings = {name: config[name] for name in _KEPT}
    (target / "sentences.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    return weights.stat().st_size


def packed_parameters(model: dict[str, Any], config: dict[str, Any]) -> dict[str, Any]:
    """A BERT model's parameters as `quotecheck.paraphrase.encoder.spread` reads them.

    Queries, keys and values become one matrix; the scale of attention goes into the queries.
    """
    result: dict[str, Any] = {}

    def add(name: str, matrix: Any) -> None:
        scale = np.abs(matrix).max(axis=1) / 127
        scale[scale == 0] = 1
        result[name] = np.round(matrix / scale[:, None]).astype(np.int8)
        result[f"{name}.scale"] = scale.astype(np.float32)

    def norm(name: str, prefix: str) -> None:
        result[f"{name}.norm"] = model[f"{prefix}.LayerNorm.weight"].astype(np.float32)
        result[f"{name}.norm.bias"] = model[f"{prefix}.LayerNorm.bias"].astype(np.float32)

    width = config["hidden_size"] // config["num_attention_heads"]
    kind = model["embeddings.token_type_embeddings.weight"][0]
    add("words", model["embeddings.word_embeddings.weight"])
    add("positions", model["embeddings.position_embeddings.weight"][:_POSITIONS] + kind)
    norm("start", "embeddings")
    for layer in range(config["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}"
        parts = [f"{prefix}.attention.self.{part}" for part in ("query", "key", "value")]
        scales = (width**-0.5, 1.0, 1.0)
        mixed = zip(parts, scales, strict=True)
        add(f"{layer}.mix", np.concatenate([model[f"{p}.weight"] * s for p, s in mixed]))
        mixed = zip(parts, scales, strict=True)
        bias = np.concatenate([model[f"{p}.bias"] * s for p, s in mixed])
        result[f"{layer}.mix.bias"] = bias.astype(np.float32)
        for name, path in (
            ("out", f"{prefix}.attention.output"),
            ("up", f"{prefix}.intermediate"),
            ("down", f"{prefix}.output"),
        ):
            add(f"{layer}.{name}", model[f"{path}.dense.weight"])
            result[f"{layer}.{name}.bias"] = model[f"{path}.dense.bias"].astype(np.float32)
        norm(f"{layer}.out", f"{prefix}.attention.output")
        norm(f"{layer}.down", f"{prefix}.output")
    return result


def main(arguments: Sequence[str] | None = None) -> int:
    """Packs the encoder of a folder."""
    parser = argparse.ArgumentParser(prog="python -m quotecheck.training.sentence_encoder")
    parser.add_argument("--encoder", type=Path, required=True, help="an unpacked all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, default=Path("weights-new"), help="where they go")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"{pack_encoder(options.encoder, options.out):,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
