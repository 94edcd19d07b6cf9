"""The normalised form of a text, and the way back to places in the raw text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotecheck.text.normalisation import normalise
from quotecheck.text.paragraphs import paragraphs


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("“Yes”, ‘no’, «maybe», „so“", '"Yes", \'no\', "maybe", "so"'),
        ("''too'', ``here''", '"too", "here"'),
        ("one—two – three -- four ‐ five", "one-two - three - four - five"),
        ("  a\t b\u00a0\u00a0c\n\nd  ", "a b c d"),
        ("wait… what . . . so....", "wait... what ... so..."),
        ("ﬁrst ﬂight eﬃcient", "first flight efficient"),
        ("govern\u00adment", "government"),
        ("govern-\nment and govern\u2010\r\n  ment", "government and government"),
        ("Anglo-\nSaxon, 1914-\n18", "Anglo- Saxon, 1914- 18"),
        ("cafe\u0301 Zoe\u0308", "café Zoë"),
        ("9½ and ½", "9 1/2 and 1/2"),
        ("in 2016¹ and m²", "in 2016¹ and m²"),
        ("zero\u200bwidth \u200b gap", "zerowidth gap"),
        ("ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("don`t don´t don′t", "don't don't don't"),
        ("한글 \u1112\u1161\u11ab", "한글 한"),
        ("", ""),
        (" \u200b ", ""),
    ],
)  # fmt: skip
def test_what_is_folded(raw: str, text: str) -> None:
    assert normalise(raw).text == text


def test_case_is_folded_on_demand() -> None:
    assert normalise("The ﬁrst STRASSE, Straße İ", fold_case=True).text == (
        "the first strasse, strasse i̇"
    )


def test_raw_spans() -> None:
    raw = "the  “ﬁrst” govern\u2010\nment …"
    norm = normalise(raw)
    assert norm.raw_span(4, 11).of(raw) == "“ﬁrst”"
    assert norm.raw_span(6, 7).of(raw) == "ﬁ"  # half a ligature is the whole of it
    at = norm.text.index("government")
    assert norm.raw_span(at, at + 10).of(raw) == "govern\u2010\nment"
    assert norm.raw_span(len(norm.text) - 1, len(norm.text)).of(raw) == "…"
    assert norm.raw_span(4, 4).of(raw) == ""
    for start, end in ((-1, 2), (3, 2), (0, 999)):
        with pytest.raises(ValueError, match="not within"):
            norm.raw_span(start, end)


_SIGNS = "ab1 .-'\"`“”‘’«»–—…½²ﬁ\u00ad\u200b\u2010\n\r\t\u00a0\u0301\u0344\uff9eEÅßİ"
SIGNS = st.sampled_from([*_SIGNS, "''", "-\n"])


@given(st.lists(SIGNS, max_size=60).map("".join) | st.text(max_size=80), st.booleans())
@example("a-\n\n b", False)
@example("\u0301\u0301a", True)
def test_the_map_never_runs_back_and_every_place_is_in_the_text(raw: str, fold: bool) -> None:
    norm = normalise(raw, fold_case=fold)
    assert len(norm.starts) == len(norm.ends) == len(norm.text)
    assert norm.text == norm.text.strip(" ")
    assert "  " not in norm.text
    places = list(zip(norm.starts, norm.ends, strict=True))
    assert all(0 <= start < end <= len(raw) for start, end in places)
    for before, after in pairwise(places):
        assert after == before or after[0] >= before[1]


@given(
    st.lists(SIGNS, max_size=20).map("".join),
    st.text(st.sampled_from("abc"), min_size=1, max_size=5),
    st.lists(SIGNS, max_size=20).map("".join),
)
def test_a_planted_word_is_given_back(left: str, word: str, right: str) -> None:
    raw = f"{left} {word} {right}"
    norm = normalise(raw)
    start = sum(1 for s in norm.starts if s < len(left) + 1)
    assert norm.text[start : start + len(word)] == word
    assert norm.raw_span(start, start + len(word)).of(raw) == word


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_letters_and_digits_of_ascii_stay(raw: str) -> None:
    kept = "".join(filter(str.isalnum, normalise(raw).text))
    assert kept == "".join(filter(str.isalnum, raw))


@pytest.mark.usefixtures("no_hang")
def test_long_lines_take_linear_time() -> None:
    line = "“The tide is ours,” she said -- and the café’s owner agreed. " * 30_000
    assert len(paragraphs(line)) == 1
    assert len(normalise(line).text) > 1_700_000
    for evil in (
        "-" * 400_000,
        ". " * 200_000,
        "' " * 200_000,
        "\u0301" * 200_000,
        " \u200b" * 200_000,
    ):
        normalise(evil)
        paragraphs(evil)
