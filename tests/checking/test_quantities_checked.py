"""Numbers in other dress pass, other numbers do not: each case as a quotation against a library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quotecheck.checking.checker import Checker
from quotecheck.checking.verdict import is_at_fault
from quotecheck.library.library import Library
from tests.support.cases import cases
from tests.support.documents import document, fill

QUANTITIES = cases("quantities")
COMPOUNDS = cases("compounds")
SENTENCES = (
    "The clerk of {name} wrote down that {words} that winter, and nobody in {other} asked him why.",
    "The clerk of {name}, who came from {other}, wrote down that {words}",
    "{words} that winter, as the clerk of {name} had it from {other}.",
)
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()


def place(number: int) -> str:
    """A name that no other case has."""
    return "".join(SYLLABLES[number // n % 20] for n in (1, 20, 400)).title()


def framed(number: int, words: str) -> str:
    """A sentence that holds some words, by turns in the middle, at its end, and in front."""
    sentence = SENTENCES[number % 3]
    return sentence.format(name=place(number), other=place(7000 - number), words=words)


def ward(number: int) -> str:
    """A sentence of its own for each case."""
    return f"I came to {place(3000 + number)} again."


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    documents = [
        document(f"q{n}", f"It is late. {framed(n, case['a'])} It rained.", author="Ines Holt")
        for n, case in enumerate(QUANTITIES)
    ] + [
        document(f"c{n}", f"{ward(n)} {case['a']}", author="Ines Holt")
        for n, case in enumerate(COMPOUNDS)
    ]
    with fill(tmp_path_factory.mktemp("quantities") / "sources.db", documents) as library:
        assert isinstance(library, Library)
        yield Checker(library)


@pytest.mark.parametrize("n", range(len(QUANTITIES)), ids=[case["label"] for case in QUANTITIES])
def test_quantities(checker: Checker, n: int) -> None:
    case = QUANTITIES[n]
    check = checker.check(framed(n, case["b"]))
    if case["expect"] == "same":
        assert (check.verdict, check.severity) in {("typographic", "none"), ("verbatim", "none")}
        assert check.document == f"q{n}"
    else:
        assert check.severity == "meaning" or check.verdict in ("not_found", "spliced")
        assert is_at_fault(check, "any")


@pytest.mark.parametrize("n", range(len(QUANTITIES)), ids=[case["label"] for case in QUANTITIES])
def test_the_same_words_are_verbatim(checker: Checker, n: int) -> None:
    check = checker.check(framed(n, QUANTITIES[n]["a"]))
    assert (check.verdict, check.severity) == ("verbatim", "none")


@pytest.mark.parametrize("n", range(len(COMPOUNDS)), ids=[case["label"] for case in COMPOUNDS])
def test_compounds(checker: Checker, n: int) -> None:
    case = COMPOUNDS[n]
    check = checker.check(f"{ward(n)} {case['b']}")
    assert check.severity == case["expect"], check
    assert (check.verdict in ("verbatim", "typographic")) == (case["expect"] == "none"), check
