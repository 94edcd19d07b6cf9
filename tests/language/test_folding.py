"""One folding of text, one list of quotation marks, one calendar."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import quotecheck
from quotecheck.language import calendar, quotation_characters
from quotecheck.language.folding import folded, without_accents

PACKAGE = Path(quotecheck.__file__).parent


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert not any(unicodedata.combining(c) for c in without_accents(text))
    assert without_accents(without_accents(text)) == without_accents(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Łódź", "łodz"), ("İstanbul", "istanbul"), ("ﬂow", "flow"), ("", ""), ("plain", "plain")],
)
def test_folded(text: str, expected: str) -> None:
    assert folded(text) == expected


def test_no_other_module_decomposes_text() -> None:
    """Accents are dropped in one place; `text.normalisation` composes instead (NFKC)."""
    found = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r"\bNFK?D\"", path.read_text(encoding="utf-8"))
    }
    assert found == {"language/folding.py"}


def test_every_mark_is_of_one_family() -> None:
    families = (
        quotation_characters.DOUBLE,
        quotation_characters.SINGLE,
        quotation_characters.GUILLEMETS,
        quotation_characters.SINGLE_GUILLEMETS,
    )
    every = "".join(families)
    assert len(set(every)) == len(every) == len(quotation_characters.ANY_MARK)
    assert not any(c.isalnum() or c.isspace() for c in every)


def test_months_are_numbered_from_january() -> None:
    assert [calendar.MONTH_NUMBERS[month] for month in calendar.MONTHS] == list(range(1, 13))
    assert calendar.MONTH_NUMBERS["sept"] == 9
    assert all(day.startswith(tuple(calendar.DAY_ABBREVIATIONS)) for day in calendar.DAYS)
