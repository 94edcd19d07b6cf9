from __future__ import annotations

import pytest

from quotecheck.language.bylines import names_office_or_group, names_person

PEOPLE = (
    "Nora Vik", "Dr. Lars P. Ekholm, MD, PhD", "By Dana Whitlock, Staff Reporter", "J. K. Rowling",
    "Umaru Yar’Adua", "Zhang Wei", "Chief Tom Ikimi", "Sen. Smith", "Mr. FRIST", "Ann Price",
    "Paul Kessel and Ine Brandvik", "Analysis by Chris Brandvold, Editor-at-large",
    "Michael Bloomberg",
)  # fmt: skip
NOBODY = (
    "Reuters", "localuser", "admin", "Administrator", "Guest Author", "staff", "News Desk",
    "Authority control databases", "Human Rights Watch", "Oxfam International", "The Editors",
    "Ministry of Finance", "Press Association", "Editorial Board", "Press Trust of India", "", "…",
    "TOVE LIND, PER ROSS, IDA MOE Associated Press", "Tove Lind New York Times",
)  # fmt: skip


@pytest.mark.parametrize("byline", PEOPLE)
def test_a_person(byline: str) -> None:
    assert names_person(byline)


@pytest.mark.parametrize("byline", NOBODY)
def test_no_person(byline: str) -> None:
    assert not names_person(byline)


@pytest.mark.parametrize(
    "claimed",
    [
        "the Foreign Ministry", "senior officials", "officials", "a source close to the talks",
        "Prime Minister", "Ministry of Finance", "the mayor of Holm", "police", "two senators",
        "a government spokeswoman", "Harbour Commission", "White House",
    ],
)  # fmt: skip
def test_offices_and_groups_have_no_name(claimed: str) -> None:
    assert names_office_or_group(claimed)


@pytest.mark.parametrize(
    "claimed",
    [
        "Rosencrantz", "KEN", "Adam Smith", "the Rev. John Birk", "Cook", "Mr. LEVIN", "Banks",
        "Frank Church", "Queen Victoria", "trump", "Jon Orr",
    ],
)  # fmt: skip
def test_names_are_no_offices(claimed: str) -> None:
    assert not names_office_or_group(claimed)
