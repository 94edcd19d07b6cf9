r"""Characters that a terminal, a page, a cell or a line of JSON must not be given as they are.

Which they are is written once; what becomes of them depends on where the text goes:

| text for | function | what becomes of them |
|---|---|---|
| a terminal | `visible` | a picture ("␛"), "\xe9", or U+FFFD; white space is made single |
| an HTML page | `printable` | U+FFFD, one for one, so that offsets stay |
| a cell of CSV | `for_cell` | U+FFFD |
| JSON | `escaped` | an escape, which a reader turns back |
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["escaped", "for_cell", "printable", "visible"]

_SPACES: Final = "\t\n\r"  # controls that are white space everywhere
_C0: Final = "\x00-\x08\x0b\x0c\x0e-\x1f"  # the other controls of ASCII, as a range of a pattern
_C1: Final = "\x7f-\x9f"  # delete, and controls that some terminals obey
_LINE_ENDS: Final = "\u2028\u2029"  # lines end there for str.splitlines and for JavaScript
_MARKS: Final = "\u200e\u200f"  # the direction of writing, as a mark
_DIRECTIONS: Final = "\u202a-\u202e\u2066-\u2069"  # the same, for all that follows
_HALVES: Final = "\ud800-\udfff"  # halves of surrogate pairs, which no encoding of Unicode writes
_NONCHARACTERS: Final = "\ufffe\uffff"

_ON_A_TERMINAL: Final = re.compile(f"[{_SPACES}{_C0}{_C1}{_LINE_ENDS}{_DIRECTIONS}{_HALVES}]")
_ON_A_PAGE: Final = re.compile(
    f"[{_C0.replace(chr(0x0C), '')}{_C1}{_HALVES}{_NONCHARACTERS}]"  # a form feed is white space
)
_IN_A_CELL: Final = re.compile(f"[{_C0}{_C1}{_LINE_ENDS}{_HALVES}]")
# JSON escapes the controls of ASCII itself.
_IN_JSON: Final = re.compile(f"[{_C1}{_LINE_ENDS}{_MARKS}{_DIRECTIONS}{_HALVES}]")


def visible(text: str) -> str:
    r"""The text as a terminal may have it: white space single, control characters as pictures.

    >>> visible("so\n it\x1b[31m goes")
    'so it␛[31m goes'
    """
    return " ".join(_ON_A_TERMINAL.sub(_picture, text).split())


def printable(text: str) -> str:
    r"""The text with U+FFFD for each character that no page can show; as long as before.

    >>> printable("so\x00 it\x1b goes\n")
    'so� it� goes\n'
    """
    return _ON_A_PAGE.sub("\ufffd", text)


def for_cell(text: str) -> str:
    r"""The text with U+FFFD for what a cell of CSV, which has no escapes, must not hold.

    >>> for_cell("so\x1b it\n goes")
    'so� it\n goes'
    """
    return _IN_A_CELL.sub("\ufffd", text)


def escaped(text: str) -> str:
    r"""JSON text with escapes for what ``json.dumps`` leaves as it is and yet does harm.

    >>> print(escaped('"«ja»\x9b31m"'))
    "«ja»\u009b31m"
    """
    return _IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _picture(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0].isspace():
        return " "
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is not in UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"
