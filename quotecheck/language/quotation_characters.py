"""The characters that print quotation marks and apostrophes, in named sets.

What a character means where it stands (opening, closing, apostrophe, inches) is decided in
`quotecheck.text`; here is only which characters there are.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ANY_MARK",
    "APOSTROPHES",
    "CURLY_DOUBLE",
    "CURLY_SINGLE",
    "DOUBLE",
    "GUILLEMETS",
    "PRIMES",
    "SINGLE",
    "SINGLE_GUILLEMETS",
]

CURLY_DOUBLE: Final = "“”"
CURLY_SINGLE: Final = "‘’"
GUILLEMETS: Final = "«»"
SINGLE_GUILLEMETS: Final = "‹›"

DOUBLE: Final = '"' + CURLY_DOUBLE + "„‟＂〝〞〟❝❞"
"""Double marks: straight, curly, low, full-width and ornamental ones; no guillemets."""

SINGLE: Final = "'" + CURLY_SINGLE + "‚‛＇❛❜`"
"""Single marks; all but the low ones also print apostrophes."""

PRIMES: Final = "′‵″‶´"
"""Signs of feet, inches and minutes, and the free-standing acute, all met as marks in bad scans."""

APOSTROPHES: Final = "'’ʼ‘`´′＇"
"""What is met as an apostrophe inside a word."""

ANY_MARK: Final = DOUBLE + SINGLE + GUILLEMETS + SINGLE_GUILLEMETS
"""Every quotation mark."""
