"""Which of a family a title means, from where names stand and what stands before them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from quotecheck.coreference.families import fitting_title, title_before, title_families
from quotecheck.coreference.persons import Person, compatible
from quotecheck.language.name_parts import clean_name, parts
from quotecheck.records.text import Span


@dataclass
class Mention:
    span: Span
    name: str
    gender: str = ""


def mentions(text: str, *words: str) -> list[Mention]:
    """The mentions of these names, titles in front and all, in the order given."""
    found, place = [], 0
    for written in words:
        name, gender, _ = clean_name(written)
        start = text.index(written, place)
        place = start + len(written)
        found.append(Mention(Span(place - len(name), place), name, gender))
    return found


def named(text: str, *words: str, dialogue: bool = True) -> list[str]:
    found = mentions(text, *words)
    title_families(text, found, (lambda _: False) if dialogue else None)
    return [one.name for one in found]


def test_the_heads_of_a_family_are_named_by_their_titles() -> None:
    text = "Mr. Vane and Mrs. Vane had a son, Hugo Vane. Mr. Vane slept."
    names = named(text, "Mr. Vane", "Mrs. Vane", "Hugo Vane", "Mr. Vane")
    assert names == ["Mr. Vane", "Mrs. Vane", "Hugo Vane", "Mr. Vane"]


def test_who_was_named_in_full_before_is_meant() -> None:
    text = "Hugo Vane met Ida Vane. Mr. Vane bowed to Miss Vane."
    names = named(text, "Hugo Vane", "Ida Vane", "Mr. Vane", "Miss Vane")
    assert names == ["Hugo Vane", "Ida Vane", "Vane", "Vane"]


def test_in_a_paper_a_title_means_the_one_of_that_sex() -> None:
    text = "Mr. Vane resigned. Hugo Vane led the party; Ida Vane is his wife."
    words = ("Mr. Vane", "Hugo Vane", "Ida Vane")
    assert named(text, *words, dialogue=False) == ["Vane", "Hugo Vane", "Ida Vane"]
    assert named(text, *words) == ["Mr. Vane", "Hugo Vane", "Ida Vane"]


def test_a_name_that_one_alone_bears_needs_no_title() -> None:
    text = "Mr. Vane came in. Mr. Vane sat down."
    assert named(text, "Mr. Vane", "Mr. Vane") == ["Vane", "Vane"]


def test_a_wife_by_her_husbands_name() -> None:
    text = "Mrs. Robert Vane came. Mrs. Ida Vane stayed."
    found = mentions(text, "Mrs. Robert Vane", "Mrs. Ida Vane")
    title_families(text, found, lambda _: False)
    assert [(one.name, one.gender) for one in found] == [
        ("Mrs. Robert Vane", "f"),
        ("Ida Vane", "f"),
    ]


def test_a_husbands_name_introduces_once_and_then_tells_apart() -> None:
    once = "Mrs. Robert Vane came in. Mrs. Vane sat down."
    assert named(once, "Mrs. Robert Vane", "Mrs. Vane") == ["Mrs. Vane", "Mrs. Vane"]
    twice = f"{once} Mrs. Robert Vane bowed to her."
    names = named(twice, "Mrs. Robert Vane", "Mrs. Vane", "Mrs. Robert Vane")
    assert names == ["Mrs. Robert Vane", "Mrs. Vane", "Mrs. Robert Vane"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Mrs. Robert Vane", "Robert Vane", False),
        ("Mrs. Robert Vane", "Robert", False),
        ("Mrs. Robert Vane", "Vane", True),
        ("Mrs. Robert Vane", "Mrs. Vane", False),
        ("Mr. Vane", "Vane", True),
        ("Mr. Vane", "Hugo Vane", False),
    ],
)
def test_names_with_titles(a: str, b: str, same: bool) -> None:
    assert compatible(parts(a), parts(b)) is same
    assert compatible(parts(b), parts(a)) is same


def test_a_title_chooses_and_a_bare_surname_is_no_lady() -> None:
    lady, miss, hugo = Person("Lady Vane"), Person("Miss Vane"), Person("Hugo Vane")
    people = [lady, miss, hugo]
    assert fitting_title(people, "miss") == [miss]
    assert fitting_title(people, "mr") == [hugo]
    assert fitting_title(people, "") == [hugo]
    assert fitting_title([lady, miss], "") == [lady, miss]
    assert fitting_title([], "mr") == []


@pytest.mark.parametrize("text", ["", "said ", "the lady ", "said Judge "])
def test_no_title_before(text: str) -> None:
    assert title_before(text, len(text)) == ("", "")


def test_a_doctor_is_no_clergyman_of_the_same_surname() -> None:
    text = "Rev. Hugo Vane came. Dr. Vane came."
    for dialogue in (True, False):
        assert named(text, "Rev. Hugo Vane", "Dr. Vane", dialogue=dialogue)[1] == "Dr. Vane"
    both = "Rev. Dr. Hugo Vane came. Rev. Vane came."
    assert named(both, "Hugo Vane", "Rev. Vane") == ["Hugo Vane", "Vane"]


def test_a_lady_who_is_named_first_is_not_who_is_named_in_full_later() -> None:
    text = "Lady Vane came. Ada Vane came. Lady Vane left."
    names = named(text, "Lady Vane", "Ada Vane", "Lady Vane", dialogue=False)
    assert names == ["Lady Vane", "Ada Vane", "Lady Vane"]
    text = "Ada Vane came. Lady Vane left."
    assert named(text, "Ada Vane", "Lady Vane", dialogue=False) == ["Ada Vane", "Vane"]


def test_whom_a_narrator_calls_nell_is_not_the_mrs_of_her_name() -> None:
    text = "Nell Vane ran in. Nell laughed. Mrs. Vane did not."
    words = ("Nell Vane", "Nell", "Mrs. Vane")
    assert named(text, *words) == ["Nell Vane", "Nell", "Mrs. Vane"]
    assert named(text, *words, dialogue=False) == ["Nell Vane", "Nell", "Vane"]
    married = "Mrs. Nell Vane ran in. Nell laughed. Mrs. Vane did not."
    assert named(married, *words) == ["Nell Vane", "Nell", "Vane"]


def test_who_is_called_by_a_given_name_in_speech_alone_may_be_mrs() -> None:
    text = "Nell Vane ran in. “Nell!” Mrs. Vane turned."
    found = mentions(text, "Nell Vane", "Nell", "Mrs. Vane")
    title_families(text, found, lambda place: place == text.index("“Nell") + 1)
    assert [one.name for one in found] == ["Nell Vane", "Nell", "Vane"]


def test_a_husband_is_no_bearer_of_his_wifes_title() -> None:
    text = "Hugo Vane ran in. Hugo laughed. Ida Vane came. Mrs. Vane sat."
    words = ("Hugo Vane", "Hugo", "Ida Vane", "Mrs. Vane")
    assert named(text, *words) == ["Hugo Vane", "Hugo", "Ida Vane", "Vane"]
