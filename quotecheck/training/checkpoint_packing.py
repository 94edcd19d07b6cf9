"""Makes a trainer's checkpoint small enough to travel: a byte a number, nothing but what is needed.

What Stanza's trainers save also holds the optimiser, paths of the machine it was trained on and,
for the entity tagger, an embedding per training word that a frozen embedding leaves at zero.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quotecheck.weights import sha256_of
from quotecheck.weights.packed import save_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

__all__ = ["pack", "shrink_vectors", "write_manifest"]

_NOT_NEEDED = (
    "optimizer_state_dict",
    "scheduler_state_dict",
    "bert_optimizer_state_dict",
    "global_step",
    "last_best_step",
    "dev_score_history",
    "trainer",
)


def pack(source: Path, target: Path, *, vectors: int | None = None) -> int:
    """Writes ``source`` to ``target`` as `quotecheck.weights.packed` keeps checkpoints.

    Args:
        source: a checkpoint of one of Stanza's trainers, or a vector file of its ``Pretrain``.
        target: the file to write.
        vectors: keep only this many of the word vectors, counted with Stanza's four special rows
            (None: all). Needed for the vector file and, with the same number, for the entity
            tagger, which carries its own copy of the word list.

    Returns:
        The size of ``target`` in bytes.
    """
    import torch

    checkpoint = torch.load(source, map_location="cpu", weights_only=True)
    for key in _NOT_NEEDED:
        checkpoint.pop(key, None)
    if "emb" in checkpoint:
        shrink_vectors(checkpoint["vocab"], vectors)
        checkpoint["emb"] = checkpoint["emb"][:vectors]
    vocab = checkpoint["vocab"]
    if isinstance(vocab, dict) and "delta" in vocab:
        _drop_frozen_words(checkpoint)
        shrink_vectors(vocab["word"], vectors)
    config = checkpoint.get("config")
    if config is not None:
        for key in [k for k in config if k.endswith(("_file", "_dir"))]:
            config[key] = None
    return save_checkpoint(checkpoint, target)


def shrink_vectors(vocab: Any, size: int | None) -> None:
    """Cuts a word list (as Stanza's vocabularies save it) to its first ``size`` entries, in place.

    >>> vocab = {"_id2unit": ["<PAD>", "the", "of"], "_unit2id": {"<PAD>": 0, "the": 1, "of": 2}}
    >>> shrink_vectors(vocab, 2)
    >>> vocab["_unit2id"]
    {'<PAD>': 0, 'the': 1}
    """
    if size is None:
        return
    vocab["_id2unit"] = vocab["_id2unit"][:size]
    vocab["_unit2id"] = {unit: index for index, unit in enumerate(vocab["_id2unit"])}


def _drop_frozen_words(checkpoint: Any) -> None:
    weight = checkpoint["model"]["delta_emb.weight"]
    if bool(weight.any()):
        return  # trained with a free embedding: every row counts
    # Four special rows stay, so that the network keeps its shape and looks up unknown words alone.
    checkpoint["model"]["delta_emb.weight"] = weight[:4].clone()
    shrink_vectors(checkpoint["vocab"]["delta"], 4)


def write_manifest(folder: Path, names: Iterable[str]) -> dict[str, Any]:
    """Write ``manifest.json``: sha256 and size of each named file that ``folder`` holds.

    Returns:
        What was written.
    """
    manifest = {
        "stanza": "1.15",
        "files": {
            name: {"sha256": sha256_of(folder / name), "bytes": (folder / name).stat().st_size}
            for name in names
            if (folder / name).exists()
        },
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    return manifest
