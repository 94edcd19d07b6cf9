"""Examples for the models of an answer's confidence, and how they are fitted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.training.answer_confidence import (
    Example,
    Spoken,
    examples_of,
    fitted,
    is_named,
    read_spoken,
)


@pytest.mark.parametrize(
    ("given", "known", "right"),
    [("Tom", "Tom Orr", True), ("Mr. Orr", "Tom Orr", True), ("Mr. Orr", "Mrs. Orr", False),
     ("Ann Orr", "Tom Orr", False), ("Miss Orr", "Miss Ann Orr", True), ("Dane", "Orr", False)],
)  # fmt: skip
def test_whose_name_it_is(given: str, known: str, right: bool) -> None:
    assert is_named([given], [known]) is right


def test_what_the_gold_tells_of_answers() -> None:
    def said(start: int, name: str | None, kind: str = "direct") -> Quotation:
        speakers = (Speaker(name),) if name else ()
        return Quotation(
            (Span(start, start + 10),), (), (Span(start + 11, start + 14),), kind, "r", 0.9,  # type: ignore[arg-type]
            speakers=speakers,
        )  # fmt: skip

    found = [said(0, "Tom"), said(20, "Ann"), said(40, None), said(60, "Tom", "indirect")]
    tom = frozenset({"Tom Orr"})
    gold = [
        Spoken((Span(1, 10),), (Span(11, 14),), tom),
        Spoken((Span(20, 30),), (Span(90, 93),), tom),
    ]
    told = [one.right for one in examples_of("a", found, gold)]
    assert told == [
        {"content": True, "source": True, "name": True},
        {"content": True, "source": False, "name": False},
        {"content": False, "source": False},
    ]


def test_gold_is_read_and_what_is_open_left_out(tmp_path: Path) -> None:
    path = tmp_path / "train.jsonl"
    record = {"doc": "a", "content": [[0, 4]], "speaker": "Tom Orr", "aliases": ["Tom"]}
    nobody = {"doc": "a", "content": [[9, 12]], "speaker": None, "source": [[13, 15]]}
    lines = [record, nobody, record | {"optional": True}]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert read_spoken(path) == {
        "a": [
            Spoken((Span(0, 4),), (), frozenset({"Tom Orr", "Tom"})),
            Spoken((Span(9, 12),), (Span(13, 15),), frozenset()),
        ]
    }
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match=r"train\.jsonl"):
        read_spoken(path)


def test_a_fit_learns_what_tells() -> None:
    pytest.importorskip("scipy")
    examples = [
        Example(f"d{n % 10}", {"bias": 1.0, "name": 2.0 if n % 3 else -2.0},
                {"content": bool(n % 7), "source": n % 3 > 0, "name": n % 3 > 0})
        for n in range(90)
    ]  # fmt: skip
    record = fitted(examples)
    assert record["weights"]["name"]["name"] > 0.5
    assert record["figures"]["name"]["examples"] == 90
    assert record["figures"]["name"]["calibration error, held out in turn"] < 0.2
