"""Front matter: metadata, and no text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.formats.front_matter import front_matter, heading_lines
from quotecheck.reading.metadata import METADATA_KEYS
from quotecheck.text.digest import sha256_hex
from tests.support.reading_checks import BODY, read_one, written


def test_front_matter_is_metadata_and_no_text(tmp_path: Path) -> None:
    matter = (
        '---\r\nTitle: "Ferry: again"\r\nauthors:\r\n  - Ann Lee\r\n  - Rudi Koss\r\n'
        "date: March 10, 2024 # the day it was printed\r\npublication: Tarn Post\r\n"
        "license: CC0\r\nurl: https://tarn.example/ferry\r\ndraft: yes\r\n---\r\n\r\n"
    )
    document = read_one(written(tmp_path, "ferry.md", matter + BODY))
    assert document.text == BODY
    assert document.title == "Ferry: again"
    assert document.author == "Ann Lee, Rudi Koss"
    assert document.date == "2024-03-10"
    assert document.publication == "Tarn Post"
    assert document.licence == "CC0"
    assert document.url == "https://tarn.example/ferry"
    assert set(document.metadata_origin.values()) == {"front matter"}
    assert document.bytes_sha256 == sha256_hex((matter + BODY).encode())


@pytest.mark.parametrize(
    "text",
    [
        "---\nIt was a dark night.\n---\nAnd so on.",
        "---\n\n---\nNothing between the rules.",
        "---\ntitle: never closed\n\nAnd so on.",
        "--- title: x ---",
        "title: no rule above\n---\nText.",
        "----\ntitle: x\n----\n",
        "---",
        "",
    ],
)
def test_what_is_no_front_matter(text: str) -> None:
    assert front_matter(text) is None


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        ("a: 'it''s' # c", {"a": "it"}),
        ('a: "x # y"', {"a": "x # y"}),
        ("a: [one, 'two', ]", {"a": "one, two"}),
        ("a: >\n  one\n  two", {"a": "one two"}),
        ("a:\n- one\n- two\nb: c", {"a": "one, two", "b": "c"}),
        ("# only\na: b:c", {"a": "b:c"}),
        ("a: !!python/object:os.system x", {"a": "!!python/object:os.system x"}),
    ],
)
def test_forms_of_front_matter(lines: str, values: dict[str, str]) -> None:
    found = front_matter(f"---\n{lines}\n---\nText.")
    assert found is not None
    assert found[0] == values


@given(st.text(st.sampled_from("-: ab\n\r\"'[]#>|."), max_size=60))
def test_front_matter_never_raises(text: str) -> None:
    found = front_matter("---\n" + text)
    if found:
        assert found[1].start == 0
        assert found[1].end <= len(text) + 4


def test_lines_of_metadata_without_rules_are_metadata_and_stay_text(tmp_path: Path) -> None:
    head = "Title: Remarks on the bridge\nSpeaker: Maren Olufsen\nDate: 12 March 2024\n\n"
    document = read_one(written(tmp_path, "remarks.txt", head + BODY))
    assert document.text == head + BODY
    assert (document.title, document.date) == ("Remarks on the bridge", "2024-03-12")
    assert document.metadata_origin["title"] == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Title: Only one\n\nText.",
        "Title: Two\nDate: 2024-03-10\nand text at once.",
        "Title: Two\nDate: 2024-03-10",
        "Speaker: Good evening.\nAuthor: Thank you.\n\nThe lamp went out.",
        "Title: Two\nMood: calm\n\nText.",
        "Title: Two\nTitle: Again\nDate: 2024\n\nText.",
        "Title:\nDate: 2024\n\nText.",
        f"Title: {'long ' * 60}\nDate: 2024\n\nText.",
        "\nTitle: Two\nDate: 2024-03-10\n\nText.",
        "",
    ],
)
def test_what_are_no_lines_of_metadata(text: str) -> None:
    assert heading_lines(text, METADATA_KEYS) == {}
