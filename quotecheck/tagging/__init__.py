"""Tags sources, cues and contents in a text and ties them together: a network, no rules.

Before it: `marks` pairs the quotation marks. Behind it: `attribute` weighs what it says against
the rules on the parse.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotecheck.weights import FOLDER, verified

if TYPE_CHECKING:
    from quotecheck.tagging.tagger import SpanTagger

__all__ = ["FILES", "load_tagger"]

FILES: Final = ("spans.safetensors", "spans.json", "spans_tokenizer.json")
"""Parameters, the encoder's configuration, and how words are cut."""


def load_tagger(folder: Path = FOLDER, *, precision: str | None = None) -> SpanTagger:
    """The tagger with the weights that are shipped, in memory; takes a second or two.

    Args:
        folder: a folder of weights with a manifest.
        precision: "bfloat16" or "float32"; None chooses what this processor does best.

    Raises:
        WeightsError: weights are missing, damaged, or not those that were shipped.
    """
    sums = verified(folder)
    from quotecheck.tagging.tagger import SpanTagger

    return SpanTagger(folder, weights_sha256={n: sums[n] for n in FILES}, precision=precision)
