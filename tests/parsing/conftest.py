"""The parser with the weights that are shipped, loaded once for the tests of this folder."""

from __future__ import annotations

from typing import Any

import pytest

from quotecheck import weights
from quotecheck.parsing.parser import StanzaParser
from quotecheck.parsing.stanza_pipelines import shipped_pipeline


@pytest.fixture(scope="package")
def pipeline() -> Any:
    """Stanza's pipeline, from the shipped weights; on one thread, as `load_parser` has it."""
    import torch

    weights.verified()
    torch.set_num_threads(1)
    return shipped_pipeline(weights.FOLDER)


@pytest.fixture(scope="package")
def parser(pipeline: Any) -> StanzaParser:
    return StanzaParser(pipeline, weights.verified(), weights.lemma_rules(weights.FOLDER))
