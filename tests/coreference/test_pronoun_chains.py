"""A chain of pronouns is as sure as its links: what is taken in of whom a pronoun means."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from quotecheck.coreference.discourse import Discourse, Query, Reference
from quotecheck.coreference.persons import Person
from quotecheck.coreference.testimony import has_particulars, take_in
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

HOLM, LUND = Person("Dag Holm"), Person("Ivar Lund")


class Heard:
    """A scene with these references, which keeps what is taken in."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self.references = list(references)
        self.taken: list[tuple[Person, float]] = []

    def before(self, place: int) -> list[Reference]:
        return [one for one in self.references if one.start < place]

    def add_reference(self, span: Span, person: Person, *, share: float, **_: bool) -> None:
        assert span.start == 50
        self.taken.append((person, share))


def reference(start: int, person: Person, share: float) -> Reference:
    named = share == 1.0
    return Reference(start, start + 2, 0, 0, person, named, True, False, False, False, share=share)


def taken(references: Sequence[Reference], person: Person, share: float) -> float:
    discourse = Heard(references)
    query = Query(place=50, sentence=1, paragraph=0, form="pronoun", gender="m", subject=True)
    given = take_in(cast("Discourse", discourse), query, Span(50, 52), person, share)
    assert discourse.taken == [(person, given)]
    return given


def test_a_pronoun_is_no_surer_than_the_one_before() -> None:
    assert taken([reference(0, HOLM, 1.0), reference(20, HOLM, 0.6)], HOLM, 0.95) == 0.6


def test_a_name_makes_the_chain_sure_again() -> None:
    assert taken([reference(0, HOLM, 0.6), reference(20, HOLM, 1.0)], HOLM, 0.95) == 0.95


def test_what_is_said_of_others_counts_nothing() -> None:
    assert taken([reference(0, HOLM, 1.0), reference(20, LUND, 0.4)], HOLM, 0.95) == 0.95
    assert taken([], HOLM, 0.7) == 0.7


@pytest.mark.parametrize(
    ("words", "particular"),
    [
        ("Marsh’s former campaign manager", True),
        ("Marsh’s manager", False),
        ("the judge", False),
        ("The Republican nominee", True),
        ("", False),
    ],
)
def test_what_makes_a_description_particular(words: str, particular: bool) -> None:
    assert has_particulars(words) is particular
