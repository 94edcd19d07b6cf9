"""Sources that a machine wrote down from speech: drift weighs less, and nothing else does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from quotecheck.checking.checker import Checker
from quotecheck.checking.drafts import read_into_memory
from quotecheck.language import homophones
from quotecheck.language.word_classes import NEGATIONS, OPPOSITES, QUANTIFIERS
from quotecheck.reading.documents import document_of
from quotecheck.records.check import Check
from tests.support.commands import Run


@contextmanager
def _checker(source: str, *, machine: bool = True) -> Iterator[Checker]:
    document = replace(document_of(source), machine_transcript=machine)
    with read_into_memory([document]) as library:
        yield Checker(library)


def _check(source: str, quote: str, *, machine: bool = True) -> Check:
    with _checker(source, machine=machine) as checker:
        return checker.check(quote)


def _kinds(check: Check) -> set[str]:
    return {getattr(reason, "kind", "") for reason in check.reasons}


FAITHFUL = [
    ("we will uh mend the quay before the ice", "We will mend the quay before the ice."),
    ("we will mend the quay before the ice", "We will, um, mend the quay before the ice."),
    ("and then we we will mend the quay at once", "And then we will mend the quay at once."),
    ("in twenty thirty one we paid for the quay", "In 2031 we paid for the quay."),
    ("the quay cost three point five million crowns", "The quay cost 3.5 million crowns."),
    ("it rose by twenty five percent in the winter", "It rose by 25% in the winter."),
]


@pytest.mark.parametrize(("source", "quote"), FAITHFUL)
def test_fillers_stutters_and_numerals_are_told_and_cost_nothing(source: str, quote: str) -> None:
    check = _check(source, quote)
    assert (check.verdict, check.severity) == ("typographic", "none")
    assert "transcription drift" in _kinds(check)


ALIKE = [
    ("they want piece in the harbour and no more", "They want peace in the harbour and no more."),
    ("the counsel will vote the money tonight", "The council will vote the money tonight."),
    ("there boats wait for the ice to brake", "Their boats wait for the ice to break."),
]


@pytest.mark.parametrize(("source", "quote"), ALIKE)
def test_words_that_sound_alike_are_other_words_still(source: str, quote: str) -> None:
    check = _check(source, quote)
    assert (check.verdict, check.severity) == ("altered", "wording")
    assert "transcription drift" in _kinds(check)
    assert any("sounds alike" in reason for reason in check.reasons)


SERIOUS = [
    ("in twenty thirty one we paid for the quay", "In 2032 we paid for the quay."),
    ("it took fifteen boats to bring the ice", "It took fifty boats to bring the ice."),
    ("the quay cost a hundred and five thousand crowns", "The quay cost 150,000 crowns."),
    ("we will give to boats to the harbour this year", "We will give two boats to the harbour this"
     " year."),
    ("we will give for boats to the harbour this year", "We will give four boats to the harbour"
     " this year."),
    ("we have know money for the quay this year", "We have no money for the quay this year."),
    ("we will not mend the quay before the ice", "We will mend the quay before the ice."),
    ("we will raise the old harbour this winter", "We will raze the old harbour this winter."),
    ("we will uh not mend the quay before the ice", "We will mend the quay before the ice."),
    ("she said we can mend the quay this year", "She said we can't mend the quay this year."),
]  # fmt: skip


@pytest.mark.parametrize(("source", "quote"), SERIOUS)
def test_what_changes_value_or_sense_stays_altered(source: str, quote: str) -> None:
    check = _check(source, quote)
    assert (check.verdict, check.severity) == ("altered", "meaning")


@pytest.mark.parametrize(("source", "quote"), [*FAITHFUL[:2], *ALIKE[:2]])
def test_other_sources_are_held_to_their_letters(source: str, quote: str) -> None:
    check = _check(source, quote, machine=False)
    assert check.verdict == "altered"
    assert "transcription drift" not in _kinds(check)


def test_the_same_words_need_no_ground() -> None:
    check = _check("We will mend the quay before the ice.", "We will mend the quay before the ice.")
    assert (check.verdict, check.reasons) == ("verbatim", ())


def test_no_word_that_sounds_alike_is_a_number_or_a_denial() -> None:
    grave = NEGATIONS | QUANTIFIERS
    for word in homophones._GROUP_OF:
        assert word not in grave, word
        assert not homophones.sound_alike(word, OPPOSITES.get(word, word)), word


def test_on_the_command_line(tmp_path: Path, run: Run) -> None:
    talk = tmp_path / "talk.txt"
    talk.write_text("they want piece in the harbour and uh no more than that\n", encoding="utf-8")
    library = tmp_path / "l.db"
    assert run("build", talk, "--db", library, "--no-attribute", "--asr").code == 0
    words = "They want peace in the harbour and no more than that."
    ran = run("check", words, "--db", library)
    assert ran.code == 1
    assert "which sounds alike; a machine wrote it down" in " ".join(ran.out.split())
    assert run("check", words, "--db", library, "--fail-on", "meaning").code == 0
