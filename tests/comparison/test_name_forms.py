"""Two forms of one name, two names that look alike, and verbs by which nothing is done yet."""

from __future__ import annotations

import pytest

from quotecheck.comparison.name_forms import (
    are_name_forms,
    is_another_family,
    is_another_name,
    is_renamed,
    names_in,
)
from quotecheck.comparison.unrealised import is_hearsay, is_not_done, is_only_meant
from tests.support.word_runs import run_of


@pytest.mark.parametrize(
    ("x", "y"),
    [
        # A country and its people.
        ("russia", "russian"), ("russia", "russians"), ("russia", "russia's"), ("iraq", "iraqi"),
        ("iran", "iranian"), ("italy", "italian"), ("cuba", "cuban"), ("korea", "koreans"),
        ("japan", "japanese"), ("mali", "malian"), ("chad", "chadian"), ("chile", "chilean"),
        ("arvik's", "arvik"),
        # A name in another alphabet is written by its sound.
        ("mohammed", "muhammad"), ("hussein", "hussain"), ("yusuf", "yousef"),
        ("katarina", "katerina"), ("zhukov", "jukov"), ("peking", "beijing"),
    ],
)  # fmt: skip
def test_forms_of_one_name(x: str, y: str) -> None:
    assert are_name_forms(x, y)
    assert are_name_forms(y, x)


@pytest.mark.parametrize(
    ("x", "y"),
    [
        ("johnson", "johnston"), ("austria", "australia"), ("niger", "nigeria"), ("lee", "lees"),
        ("oma", "oman"), ("slovakia", "slovenia"), ("stephen", "steven"), ("maria", "marie"),
        ("gaddafi", "qaddafi"), ("lind", "lund"), ("russia", "prussian"), ("holm", "holmgren"),
        ("usama", "osama"), ("petrov", "petrova"), ("hassan", "hussein"),
        ("khomeini", "khamenei"), ("ukraine", "uganda"),
        ("korea", "koran"), ("chin", "chinese wall"), ("spain", "spanish"),
    ],
)  # fmt: skip
def test_names_that_look_alike(x: str, y: str) -> None:
    assert not are_name_forms(x, y)
    assert not are_name_forms(y, x)


def test_one_vowel_makes_another_name() -> None:
    assert is_another_name(run_of("Dahlberg"), run_of("Dahlborg"))
    assert is_another_name(run_of("Dahlberg"), run_of("Dihlborg"))
    assert not is_another_name(run_of("Dahlberg"), run_of("Dahlbcrg"))
    assert not is_another_name(run_of("Dahlbcrg"), run_of("Dahlberg"))
    assert not is_another_name(run_of("Dahlberg"), run_of("Dahlberge"))
    assert not is_another_name(run_of("Dahlberg"), run_of("dahlborg"))
    assert not is_another_name(run_of("dahlberg"), run_of("Dahlborg"))
    assert not is_another_name(run_of("Ann Dahlberg"), run_of("Ann Dahlborg"))


def test_spellings_of_a_word_are_two_families() -> None:
    assert is_another_family(run_of("Grey"), run_of("Gray"))
    assert not is_another_family(run_of("grey"), run_of("Gray"))
    assert not is_another_family(run_of("grey"), run_of("gray"))
    assert not is_another_family(run_of("Theatre"), run_of("Theater"))


def test_a_full_name_is_not_explained_by_another() -> None:
    assert is_renamed(run_of("Ann Lee"), ("name", "meaning"))
    assert not is_renamed(run_of("Ann Lee"), ("name", "wording"))
    assert not is_renamed(run_of("Ann Lee"), ("person", "meaning"))
    assert not is_renamed(run_of("Lee"), ("name", "meaning"))
    assert not is_renamed(run_of("old Lee"), ("name", "meaning"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("saw Ann Lee in Arvik", {"ann", "lee", "arvik"}), ("saw the boat", set()),
        ("The End", {"end"}), ("saw Mr. Lee", {"lee"}), ("the US Army", {"us", "army"}),
        ("with Us", set()), ("I'm here", set()), ("it was so. Boats came", set()),
        ("THE boat", set()), ("J. Lee", {"j", "lee"}),
        ("It was I. Boats came", set()), ("the captain. Boats came", set()), ("the US", {"us"}),
        ("Who said", set()),
    ],
)  # fmt: skip
def test_names_have_capitals_that_they_need(text: str, names: set[str]) -> None:
    assert names_in(run_of(text)) == names


@pytest.mark.parametrize(
    ("words", "done", "meant", "heard"),
    [
        ("failed to sail", False, False, False), ("failed", False, False, False),
        ("failed at sailing", True, False, False),
        ("he refused to sail", False, False, False), ("far from over", False, False, False),
        ("far away from it", True, False, False), ("tried to sail", True, True, False),
        ("tried sailing to", True, False, False), ("to tried", True, False, False),
        ("tried", True, False, False), ("hopes to sail", True, True, False),
        ("managed to sail", True, False, False), ("is said to sail", True, False, True),
        ("said to be", True, False, False), ("is said of it", True, False, False),
        ("he is reported to have sailed", True, False, True),
        ("be told to sail", True, False, False),
        ("had said to him", True, False, False), ("to is said", True, False, False),
    ],
)  # fmt: skip
def test_what_is_not_done(words: str, *, done: bool, meant: bool, heard: bool) -> None:
    forms = tuple(words.split())
    assert (is_not_done(forms), is_only_meant(forms), is_hearsay(forms)) == (not done, meant, heard)


def test_a_wish_thanks_as_well() -> None:
    assert is_only_meant(("tried", "to"), behind_subject=True)
    assert is_only_meant(("want", "to"))
    assert not is_only_meant(("want", "to"), behind_subject=True)
