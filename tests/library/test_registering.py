"""What a document shows of a name decides whether the register may hold it."""

from __future__ import annotations

import pytest

from quotecheck.library.registering import Register
from quotecheck.records.quotation import Speaker
from quotecheck.records.text import Span

CASES = [
    ("Evidence suggests it.", "Evidence", "organisation", "nominal", False),
    ("Evidence, a rapper, left.", "Evidence", "person", "name", True),
    ("So the rapper Evidence said. Evidence left.", "Evidence", "organisation", "nominal", True),
    ("Apple said so.", "Apple", "organisation", "name", True),
    ("Apple said so. An apple fell.", "Apple", "organisation", "name", False),
    ("Apple said so. He works for Apple. An apple fell.", "Apple", "organisation", "name", True),
    ("Prosecutors in Tarn said so.", "Prosecutors in Tarn", "group", "nominal", False),
    ("Women in Film said so.", "Women in Film", "group", "name", True),
    ("The Sorley campaign said so.", "Sorley campaign", "organisation", "nominal", True),
    ("Federal courts and a federal court said so. Federal court.", "Federal court",
     "organisation", "nominal", False),
    ("Baker said so. A baker laughed.", "Baker", "person", "name", True),
    ("Democrats said so.", "Democrats", "group", "name", True),
    ("OLD EVIDENCE DIVIDES\n\nThe evidence is old.", "EVIDENCE", "organisation", "name", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "label", "form", "expected"), CASES)
def test_names_by_how_the_document_writes_them(
    text: str, name: str, label: str, form: str, expected: bool
) -> None:
    start = text.rindex(name) if text.endswith(f"{name}.") else text.index(name)
    place = Span(start, start + len(name))
    speaker = Speaker(name, place, None, label)
    assert Register(text).names(speaker, form, [place]) is expected


@pytest.mark.parametrize("name", [None, "", " "])
def test_nobody_is_not_named(name: str | None) -> None:
    assert not Register("Nobody spoke.").names(Speaker(name), "name", [])


def test_a_name_without_a_place_is_judged_by_its_words() -> None:
    register = Register("Whoever wrote this has no name.")
    assert register.names(Speaker("Ada Bell"), "pronoun", [])
    assert not register.names(Speaker("prosecutors"), "pronoun", [])
