"""The shipped weights as Stanza's own trainers would have saved them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotecheck import weights
from quotecheck.weights.packed import SUFFIX, load_checkpoint

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["stanza_checkpoint"]


def stanza_checkpoint(part: str, path: Path) -> Path:
    """Writes a part of the weights as the file that `torch.load` reads, and returns its path."""
    import torch

    torch.save(load_checkpoint(weights.FOLDER / f"{part}{SUFFIX}"), path)
    return path
