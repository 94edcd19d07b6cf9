"""Metadata: dates as they are written, and what stands nearer to the user wins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.metadata import iso_date
from tests.support.cases import cases
from tests.support.reading_checks import BODY, read_one, written


@pytest.mark.parametrize("case", cases("dates", "dates-negative"), ids=lambda case: case["label"])
def test_dates(case: dict[str, str]) -> None:
    assert iso_date(case["words"]) == case["expect"]


# ------------------------------------------------------------------- sidecars, options, precedence


def test_what_stands_nearer_to_the_user_wins(tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.md", f"---\ntitle: One\nauthor: One\ngenre: news\n---\n{BODY}")
    written(
        tmp_path, "ferry.meta.json", json.dumps({"author": ["Two", "Too"], "date": 2024, "x": 1})
    )
    document = read_one(path, date="2025-01-02", url="")
    assert (document.title, document.author, document.date) == ("One", "Two, Too", "2025-01-02")
    assert document.metadata_origin == {
        "title": "front matter", "genre": "front matter", "author": "sidecar", "date": "option",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("ferry.html.meta.json", True),
        ("ferry.meta.json", True),
        ("ferry.json", True),
        ("other.meta.json", False),
    ],
)
def test_names_of_sidecars(name: str, taken: bool, tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.html", f"<p>{BODY}</p>")
    written(tmp_path, name, '{"publication": "Tarn Post"}')
    assert read_one(path).publication == ("Tarn Post" if taken else None)


def test_a_json_file_with_a_text_is_no_sidecar(tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.txt", BODY)
    written(tmp_path, "ferry.json", '{"publication": "Tarn Post", "text": "Another article."}')
    assert read_one(path).publication is None


@pytest.mark.parametrize("content", ["{", "[1]", '"x"', "\xff\xfe", "[" * 100_000])
def test_a_broken_sidecar_is_named(content: str, tmp_path: Path) -> None:
    path = written(tmp_path, "ferry.txt", BODY)
    written(tmp_path, "ferry.meta.json", content)
    with pytest.raises(InputError) as caught:
        read_one(path)
    assert caught.value.where == str(tmp_path / "ferry.meta.json")
