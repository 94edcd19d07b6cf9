"""Sayings that are quoted in other words than their origins reach them, with the difference."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from quotecheck.building.embeddings import embed_passages
from quotecheck.checking.checker import Checker
from quotecheck.checking.paraphrase_search import semantic_search
from quotecheck.library.library import open_library
from tests.support.documents import document, fill

pytestmark = pytest.mark.weights

ORIGINS = {
    "hamlet": "The lady doth protest too much, methinks.",
    "genesis": "In the sweat of thy face shalt thou eat bread, till thou return unto the ground.",
    "timothy": "For the love of money is the root of all evil.",
    "proverbs": "Pride goeth before destruction, and an haughty spirit before a fall.",
    "mill": "The mill on the Lorne ground flour for nine villages until it burned down.",
    "ferry": "No ferry will sail in a storm, said the harbour master, whatever you pay him.",
}
FORMS = (
    ("Methinks the lady doth protest too much", "hamlet"),
    ("By the sweat of your brow", "genesis"),
    ("By the sweat of your brow you will eat your food", "genesis"),
    ("Money is the root of all evil", "timothy"),
    ("Pride comes before a fall", "proverbs"),
)


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checker]:
    path = tmp_path_factory.mktemp("sayings") / "sources.db"
    fill(path, [document(key, text) for key, text in ORIGINS.items()]).close()
    embed_passages(path)
    with open_library(path) as library:
        yield Checker(library, semantic=semantic_search(library))


@pytest.mark.parametrize(("form", "origin"), FORMS)
def test_a_proverbial_form_reaches_its_origin(checker: Checker, form: str, origin: str) -> None:
    check = checker.check(form)
    assert check.document == origin
    assert check.verdict not in {"verbatim", "typographic"}
    assert check.edits or check.reasons, "what differs is told"
