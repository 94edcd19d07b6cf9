"""Decoding, paragraphs, and the normal form with its way back."""

from __future__ import annotations

import codecs
import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.text.digest import sha256_hex
from quotecheck.text.normalisation import normalise
from quotecheck.text.paragraphs import decode, paragraphs

PROSE = "“The tide is ours,” she said — and the café’s owner, Zoë, agreed."


def test_sha256_is_of_the_bytes() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# ---------------------------------------------------------------------------------------- decoding


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        (PROSE.encode(), None, PROSE, "utf-8"),
        (codecs.BOM_UTF8 + PROSE.encode(), None, PROSE, "utf-8"),
        (codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le"), None, PROSE, "utf-16-le"),
        (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), "utf-8", PROSE, "utf-16-be"),
        (codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le"), None, PROSE, "utf-32-le"),
        (PROSE.encode("utf-16-le"), None, PROSE, "utf-16-le"),
        (PROSE.encode("utf-16-be"), None, PROSE, "utf-16-be"),
        (PROSE.encode("cp1252"), None, PROSE, "cp1252"),
        (PROSE.encode("cp1252"), "iso-8859-1", PROSE, "cp1252"),
        (PROSE.encode("cp1252"), "utf-8", PROSE, "cp1252"),
        (PROSE.encode("mac-roman"), None, PROSE, "mac-roman"),
        (PROSE.encode(), "iso-8859-1", PROSE, "utf-8"),
        (PROSE.encode(), "no-such-charset", PROSE, "utf-8"),
        (PROSE.encode(), "base64", PROSE, "utf-8"),
        (PROSE.encode(), "unicode_escape", PROSE, "utf-8"),
        ("Река встала.".encode("koi8-r"), "koi8-r", "Река встала.", "koi8-r"),
        ("川は凍った。".encode("shift_jis"), "Shift_JIS", "川は凍った。", "shift_jis"),
        (b"plain", "shift_jis", "plain", "shift_jis"),
        (b"one\r\ntwo\rthree\n", None, "one\r\ntwo\rthree\n", "utf-8"),
        (b"\x1b[1mbold\x1b[0m words", None, "\x1b[1mbold\x1b[0m words", "utf-8"),
        (b"", None, "", "utf-8"),
    ],
)
def test_decoding_finds_text_and_encoding(
    data: bytes, declared: str | None, text: str, encoding: str
) -> None:
    assert decode(data, declared) == (text, encoding)


def test_cyrillic_without_a_declaration_is_not_read_as_western() -> None:
    words = "Река вышла из берегов, сказала она, и никто не пришёл на помощь деревне у моста."
    assert decode(words.encode("cp1251")) == (words, "cp1251")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04rest", "ZIP"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"She said\x00 no.", "NUL"),
        (bytes(range(256)) * 4, "NUL"),
        (bytes(range(1, 32)) * 9, "control"),
        (b"\x01", "control"),
    ],
)
def test_what_is_no_text_is_refused_with_a_remedy(data: bytes, word: str) -> None:
    with pytest.raises(InputError, match=word) as caught:
        decode(data)
    assert caught.value.remedy


def test_a_mark_that_does_not_hold() -> None:
    with pytest.raises(InputError, match="UTF-16-LE"):
        decode(codecs.BOM_UTF16_LE + b"odd")
    assert decode(codecs.BOM_UTF8 + PROSE.encode("cp1252")) == (PROSE, "cp1252")


@given(st.binary(max_size=300), st.none() | st.sampled_from(["utf-8", "latin-1", "big5", "x"]))
def test_any_bytes_are_decoded_or_refused(data: bytes, declared: str | None) -> None:
    try:
        text, encoding = decode(data, declared)
    except InputError:
        return
    assert "\0" not in text
    assert codecs.lookup(encoding)
    text.encode("utf-8")  # no halves of surrogate pairs


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=200))
def test_utf8_comes_back_as_it_was(text: str) -> None:
    text = text.lstrip("\ufeff")
    assert decode(text.encode())[0] == text


# -------------------------------------------------------------------------------------- paragraphs


def _paragraphs(text: str) -> list[str]:
    return [span.of(text) for span in paragraphs(text)]


WRAPPED = (
    "The harbour master said on Tuesday that the crane would be\n"
    "moved before the end of the month, and that nobody had been\n"
    "asked to pay for it. The council has\n"
    "yet to answer.\n"
    "\n"
    "A second meeting is planned for the week after next, when\n"
    "the new tide tables are due.\n"
)


def test_one_paragraph_a_line() -> None:
    text = "Crane To Move\nThe crane will move, the mayor said.\r\n\tNobody pays.\u2029Nobody."
    assert _paragraphs(text) == [
        "Crane To Move",
        "The crane will move, the mayor said.",
        "Nobody pays.",
        "Nobody.",
    ]


def test_hard_wrapped_text_is_joined() -> None:
    found = _paragraphs(WRAPPED)
    assert [p.split()[0] for p in found] == ["The", "A"]
    assert found[0].endswith("yet to answer.")


def test_hard_wrapped_text_with_indents_and_short_last_lines() -> None:
    text = WRAPPED.replace("\n\n", "\n").replace("A second", "   A second")
    assert [p.split()[0] for p in _paragraphs(text)] == ["The", "A"]


def test_wrapped_with_carriage_returns() -> None:
    assert len(_paragraphs(WRAPPED.replace("\n", "\r\n"))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red,\nViolets are blue,\nSugar is dear,\nAnd so are you.",
        "ANN: Is it so?\nBEN: It is.\nANN: Good.\n",
        "Crane To Move\nBy Ann Lee\nThe crane will move, she said.",
    ],
)
def test_verse_turns_and_headlines_are_not_joined(text: str) -> None:
    assert len(_paragraphs(text)) == len(text.strip().split("\n"))


def test_quoted_lines_of_markdown() -> None:
    text = (
        "> She said that the water was high and that the\n"
        "> bridge would have to be closed for as long as it\n"
        "> takes.\n>\n> And so it was.\n"
    )
    assert [p[:9] for p in _paragraphs(text)] == ["> She sai", "> And so "]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\ufeff", "\u200b\n\u200b", "\r\n \t\r\n"])
def test_nothing_holds_no_paragraph(text: str) -> None:
    assert paragraphs(text) == ()


@given(st.text(st.sampled_from("ab .>\n\r\t\u2028\u200b\x0c"), max_size=120))
def test_paragraphs_are_trimmed_ordered_and_leave_no_word_out(text: str) -> None:
    found = paragraphs(text)
    for span in found:
        assert span.of(text)
        assert span.of(text) == span.of(text).strip()
    assert all(a.end <= b.start for a, b in pairwise(found))
    kept = "".join(span.of(text) for span in found)
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]


# ------------------------------------------------------------------------------------- normal form


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


def test_long_lines_take_linear_time() -> None:
    line = "“The tide is ours,” she said -- and the café’s owner agreed. " * 30_000
    start = time.process_time()
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
    assert time.process_time() - start < 20
