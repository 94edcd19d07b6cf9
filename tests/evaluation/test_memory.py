from __future__ import annotations

import json
import subprocess
import sys

import pytest

from quotecheck.errors import InputError
from quotecheck.evaluation.runs import memory as module
from quotecheck.evaluation.runs.memory import book, evaluate_memory, peak_memory
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs


class Shallow:
    """An attributor that finds every first word."""

    def __init__(self) -> None:
        self.weights_sha256 = {"none.pt": "0" * 64}

    def __call__(self, document: Document) -> tuple[Quotation, ...]:
        return tuple(
            Quotation((Span(p.start, p.start + 1),), (), (), "direct", "first", 1.0)
            for p in paragraphs(document.text)
        )


def test_a_book_is_as_long_as_asked_and_always_the_same() -> None:
    text = book(5_000)
    assert 5_000 <= len(text.split()) < 5_200
    assert text == book(5_000)
    assert text != book(5_000, seed=2)
    assert text[:2_000] == book(1_000)[:2_000]


def test_a_book_grows_in_names_and_talks() -> None:
    names = [len({w for w in book(n).split() if w[0].isupper()}) for n in (2_000, 20_000)]
    assert names[1] > 2 * names[0]
    assert book(2_000).count("“") > 30


def test_figures_of_memory() -> None:
    steps: list[tuple[int, int]] = []
    figures = evaluate_memory(2_000, Shallow(), progress=lambda *step: steps.append(step))  # type: ignore[arg-type]
    assert steps == [(1, 2), (2, 2)]
    assert figures["words"] >= 2_000
    assert figures["quotations"] == len(paragraphs(book(2_000)))
    assert 0 < figures["start_mb"] <= figures["peak_mb"]
    assert figures["weights"] == Shallow().weights_sha256


def test_too_few_words() -> None:
    with pytest.raises(InputError, match="too few"):
        evaluate_memory(3, Shallow())  # type: ignore[arg-type]


def test_peak_memory_is_in_bytes() -> None:
    before = peak_memory()
    held = bytearray(64 * 2**20)
    assert peak_memory() >= before
    assert 8 * 2**20 < peak_memory() < 2**40
    assert held


MEASURE = """
import json
from quotecheck.evaluation.runs.memory import book, peak_memory
from quotecheck.parsing.parser import load_parser
parser = load_parser()
peaks = []
for words in (6_000, 24_000):
    parsed = parser.parse(book(words), parse_filter=lambda s: any(t.text in "“”" for t in s.tokens))
    peaks.append(peak_memory())
print(json.dumps(peaks))
"""


@pytest.mark.weights
def test_parsing_a_longer_text_takes_little_more_memory() -> None:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MEASURE], check=True, capture_output=True, text=True
    )
    short, long = json.loads(run.stdout)
    assert long < 1.2 * 2**30
    # A token is some 250 bytes and a word 1.2 tokens; what is held of the networks' shapes and of
    # new words comes on top in the first tens of thousands of words.
    assert (long - short) / 18_000 < 8_000


def test_least_is_enough_for_a_quarter() -> None:
    assert len(book(module._LEAST // 4).split()) >= module._LEAST // 4
