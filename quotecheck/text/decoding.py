"""Bytes to text, with the name of the encoding; what is not text is refused in plain words."""

from __future__ import annotations

import codecs
import re

from quotecheck.errors import InputError

__all__ = ["decode"]

_BOMS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
_MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive (DOCX, ODT and EPUB files are such)"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a rich text file (RTF)"),
)
_MAGICS = tuple(magic for magic, _ in _MAGIC)
# Control bytes that no text file holds in number. Tab, line ends, form feed and escape are text.
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_CONTROL_SHARE = 0.05  # random bytes hold a tenth
_SAMPLE_BYTES = 1 << 20
"""Bytes from which an encoding is guessed."""
# Codecs that would rewrite plain text, or that exist on one system only.
_NO_CHARSETS = frozenset(
    {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "utf-7", "undefined", "mbcs"}
)
# Browsers read these labels as cp1252, and so does everybody who writes pages.
_READ_AS_CP1252 = frozenset({"iso8859-1", "ascii"})
# No text file is in these; a few bytes of anything at all may be guessed as one of them.
_EBCDIC = ("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140")
_SINGLE_BYTES = ("cp1252", "mac-roman")


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    r"""Turn the bytes of a text file into text, and say by which encoding.

    Tried in order: a byte order mark, the declared charset, UTF-8, UTF-16 without a mark, cp1252
    (or Mac Roman) where the result reads like Western text, and charset-normalizer's guess. A
    declared single-byte charset yields to UTF-8 where the bytes are valid UTF-8 beyond ASCII: such
    bytes are UTF-8 in practice, whatever the header says. Line ends stay as they are and a byte
    order mark is dropped, so offsets are into the text as decoded.

    Args:
        data: the whole file.
        declared: the charset that a header or a ``meta`` element names; an unknown one is passed
            over.

    Returns:
        The text and the name of the encoding, as Python knows it.

    Raises:
        InputError: the bytes are not text (NUL bytes, mostly control characters, a known binary
            format), or no encoding fits.

    >>> decode("“Yes”, he said.".encode("cp1252"))
    ('“Yes”, he said.', 'cp1252')
    """
    mark, marked = b"", ""
    if data.startswith(_MARKS):
        mark, marked = next((m, e) for m, e in _BOMS if data.startswith(m))
        data = data[len(mark) :]
    if marked:
        text = _attempt(data, marked)
        if text is not None and "\0" not in text:
            return text, marked
        if marked != "utf-8":
            raise InputError(
                f"it begins as {marked.upper()} but does not continue so: it is cut off or damaged",
                remedy="Get the file again, or save it as UTF-8.",
            )
    _refuse_known_formats(data)
    if b"\0" in data:
        return _decode_wide(data)
    sample = data[:_SAMPLE_BYTES]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > _CONTROL_SHARE * len(sample):
        raise _binary("it is mostly control characters")

    utf8 = _attempt(data, "utf-8")
    charset = _charset(declared)
    if charset and (utf8 is None or data.isascii() or _is_multibyte(charset)):
        text = utf8 if charset == "utf-8" else _attempt(data, charset)
        if text is not None and "\0" not in text:
            return text, charset
    if utf8 is not None:
        return utf8, "utf-8"
    for encoding in _SINGLE_BYTES:
        text = _attempt(data, encoding)
        if text is not None and _reads_western(text):
            return text, encoding
    return _guess(data)


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _charset(declared: str | None) -> str | None:
    """The codec's own name for a declared charset, None where there is no such text codec."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().strip("\"'")).name
        "".encode(name)  # raises LookupError for codecs that do not make text (base64, zip)
    except (LookupError, ValueError, UnicodeError):
        return None
    if name.replace("_", "-") in _NO_CHARSETS:
        return None
    return "cp1252" if name in _READ_AS_CP1252 else name


def _is_multibyte(charset: str) -> bool:
    return charset.startswith(("utf", "gb", "big5", "euc", "shift", "iso2022", "cp932", "cp949"))


def _binary(why: str) -> InputError:
    return InputError(
        f"this is not a text file: {why}",
        remedy="Give a file of plain text, Markdown, HTML, JSON Lines or CSV; or, if it is another"
        " kind that can be read, name it so (.pdf, .docx, .epub, .zip, .warc).",
    )


def _refuse_known_formats(data: bytes) -> None:
    if data.startswith(_MAGICS):
        raise _binary(f"it is {next(what for magic, what in _MAGIC if data.startswith(magic))}")


def _decode_wide(data: bytes) -> tuple[str, str]:
    """Text with NUL bytes is UTF-16 or UTF-32 without a mark, or it is not text."""
    sample = data[: _SAMPLE_BYTES & ~3]
    for width, encodings in ((4, ("utf-32-le", "utf-32-be")), (2, ("utf-16-le", "utf-16-be"))):
        if len(data) % width:
            continue
        for encoding in encodings:
            high = sample[width - 1 :: width] if encoding.endswith("le") else sample[::width]
            # Letters of Western scripts, spaces and stops have a zero high byte.
            if high.count(0) < 0.4 * len(high):
                continue
            text = _attempt(data, encoding)
            if (
                text
                and "\0" not in text
                and sum(map(_is_wordlike, text[:2000])) > 0.8 * len(text[:2000])
            ):
                return text, encoding
    raise _binary("it holds NUL bytes")


def _is_wordlike(char: str) -> bool:
    return char.isalnum() or char.isspace() or char in ".,;:!?'\"()-“”‘’–—"


# What Western languages do not write: a capital within a word or right after a stop, one of the
# letters that stand for Mac Roman's quotation marks and dashes alone or before a capitalised word,
# three accented letters in a row, a sign between letters.
_ODD = re.compile(
    r"""
    [a-z\xdf-\xf6\xf8-\xff][\xc0-\xd6\xd8-\xde\u0160\u017d](?![A-Z\xc0-\xde])
    | [,.;:!?][\xc0-\xd6\xd8-\xde\u0160\u017d]
    | (?<![^\W\d_])[ÐÑÒÓÔÕ](?:(?![^\W\d_]|['’])|(?=[A-Z][a-z]))
    | [\xc0-\xd6\xd8-\xf6\xf8-\xff]{3}
    | (?<=[A-Za-z])[ƒˆ˜†‡•¤¦§¨©ª¬®¯°±²³´µ¶·¸¹º¼½¾×÷¿¡](?=[A-Za-z])
    """,
    re.VERBOSE,
)


def _reads_western(text: str) -> bool:
    """Whether letters beyond ASCII stand as Western languages place them.

    Russian in cp1251 and French in Mac Roman decode as cp1252 too, but into runs of accented
    letters, capitals inside words and signs between letters.
    """
    sample = text[:_SAMPLE_BYTES]
    beyond = sum(1 for char in sample if char > "\x7f")
    if any("\x80" <= char <= "\x9f" for char in sample):
        return False  # unassigned bytes
    odd = sum(1 for _ in _ODD.finditer(sample))
    return beyond <= 0.3 * len(sample) and odd <= 0.1 * beyond


def _guess(data: bytes) -> tuple[str, str]:
    from charset_normalizer import from_bytes  # a guess is rare, its import is not free

    best = from_bytes(data[:_SAMPLE_BYTES], cp_exclusion=list(_EBCDIC)).best()
    if best is not None:
        text = _attempt(data, best.encoding)
        if text is not None and "\0" not in text:
            return text, best.encoding
    raise InputError(
        "its characters fit no known encoding",
        remedy="Save the file as UTF-8 and try again.",
    )
