"""Bytes to characters: the text and its encoding, or a refusal with a remedy."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.text.paragraphs import decode

PROSE = "“The tide is ours,” she said — and the café’s owner, Zoë, agreed."


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
