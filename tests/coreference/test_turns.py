"""Turns of a dialogue: whose turn it is, and who is addressed, without parse and weights."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from quotecheck.coreference.addresses import with_addresses
from quotecheck.coreference.alternation import with_alternation
from quotecheck.coreference.conversation import Conversation, Line
from quotecheck.coreference.dialogue_model import Shares, lifted
from quotecheck.coreference.discourse import Reference
from quotecheck.coreference.person_clusters import Person
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs

ANN, TOM, EVE = (Person(name) for name in ("Ann Lee", "Tom Orr", "Eve Roe"))
PEOPLE = {person.name.split()[0]: person for person in (ANN, TOM, EVE)}


@dataclass
class Page:
    """What a conversation asks of a discourse."""

    text: str
    told: tuple[Person, ...] = (ANN, TOM)
    paragraphs: tuple[Span, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.paragraphs = paragraphs(self.text)

    def before(self, place: int, *, everything: bool = False) -> list[Reference]:
        """Nobody is named but in the lines."""
        del place, everything
        return []


def conversation(text: str) -> Conversation:
    """The lines of a text; a tag "said NAME" tells who is known to speak."""
    page = Page(text)
    lines = []
    for number, paragraph in enumerate(page.paragraphs):
        words = paragraph.of(text)
        end = words.rfind("”") + 1 or len(words)
        span = Span(paragraph.start, paragraph.start + end)
        said = words[end:].strip(" .").removeprefix("said ")
        line = Line(number, span, (span,), number, "named" if said in PEOPLE else "orphan")
        line.known = PEOPLE.get(said)
        lines.append(line)
    found = Conversation(page, lines)  # type: ignore[arg-type]
    found.people = {id(person): person for person in PEOPLE.values()}
    return found


def open_shares(page: Conversation) -> dict[int, Shares]:
    """Everybody as likely as another, for each line without a tag."""
    equal = {id(person): 0.3 for person in PEOPLE.values()} | {0: 0.1}
    return {line.number: dict(equal) for line in page.lines if line.form == "orphan"}


def likeliest(shares: Shares) -> str:
    best = max(shares, key=lambda key: shares[key])
    names = {id(person): person.name for person in PEOPLE.values()}
    return names.get(best, "") if shares[best] > 0.5 else ""


TAGGED = "“Where?” said Ann.\n\n“There,” said Tom.\n\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TAGGED + "“I see nothing.”", ["Ann Lee"]),
        (TAGGED + "“I see nothing.”\n\n“Look again.”\n\n“Oh.”", ["Ann Lee", "Tom Orr", "Ann Lee"]),
        (TAGGED + "“I see nothing.”\n\n“Look again,” said Tom.", ["Ann Lee"]),
    ],
)
def test_two_speak_in_turn(text: str, expected: list[str]) -> None:
    page = conversation(text)
    found = with_alternation(page, open_shares(page))
    assert [likeliest(shares) for shares in found.values()] == expected


@pytest.mark.parametrize(
    "text",
    [
        "“Where?” said Ann.\n\n“There.”",
        TAGGED + "“And I?” said Eve.\n\n“You too.”",
        TAGGED + "“I see nothing.”\n\n“Nor I,” said Ann.",
        TAGGED + "A cart went by, and then another, and a boy with a hoop.\n\n“I see nothing.”",
        "“Where?” said Ann.\n\n“There,” said Tom. " + "He pointed at the hill. " * 4 + "\n\n“So?”",
    ],
)
def test_the_page_does_not_tell(text: str) -> None:
    page = conversation(text)
    last = max(open_shares(page))
    assert likeliest(with_alternation(page, open_shares(page))[last]) == ""


def test_a_speech_that_goes_on_is_no_answer() -> None:
    page = conversation("“Where?” said Ann.\n\n“There,” said Tom.\n\n“It is far.\n\n“Very far.”")
    last = max(open_shares(page))
    assert likeliest(with_alternation(page, open_shares(page))[last]) == ""


def acting(place: int, person: Person) -> Reference:
    """A reference to somebody whom the writer names as a subject in the first paragraph."""
    return Reference(place, place + 3, 0, 0, person, True, True, False, False, True)


def test_a_third_who_acts_may_speak() -> None:
    page = conversation("Ann sat with Eve.\n\n" + TAGGED + "“I see nothing.”")
    page.lines.pop(0)
    page = Conversation(page.discourse, page.lines)
    last = page.lines[-1].number
    page.narrated = {0: [acting(0, ANN)]}
    assert likeliest(with_alternation(page, open_shares(page))[last]) == "Ann Lee"
    page.narrated = {0: [acting(0, ANN), acting(13, EVE)]}
    assert likeliest(with_alternation(page, open_shares(page))[last]) == ""


def test_a_third_without_a_name_may_speak() -> None:
    page = conversation(TAGGED + "“Dinner!”\n\n“We come.”")
    page.lines[2].form = "nominal"
    assert likeliest(with_alternation(page, open_shares(page))[3]) == ""


def test_a_third_without_a_name_may_have_spoken_before() -> None:
    page = conversation(TAGGED + "“Ten!”\n\n“Twelve!”\n\n“Sold!”")
    page.lines[4].form = "nominal"
    shares = {number: s for number, s in open_shares(page).items() if number != 4}
    assert likeliest(with_alternation(page, shares)[2]) == ""


def test_whoever_stands_in_a_row_of_names_is_there() -> None:
    text = "Ann, Eve and Tom sat down.\n\n" + TAGGED + "“I see nothing.”"
    page = conversation(text)
    page = Conversation(page.discourse, page.lines[1:])
    eve = Reference(5, 8, 0, 0, EVE, True, False, False, False, False)
    page.narrated = {0: [acting(0, ANN), eve]}
    assert likeliest(with_alternation(page, open_shares(page))[3]) == ""


def test_one_side_of_a_telephone_call_is_not_heard() -> None:
    page = conversation("“Where?” said Ann.\n\n“By the phone,” said Tom.\n\n“I see nothing.”")
    assert likeliest(with_alternation(page, open_shares(page))[2]) == ""


def test_whoever_closed_a_line_hardly_speaks_the_next() -> None:
    page = conversation("“There,” said Tom.\n\n“I see nothing.”")
    shares = with_alternation(page, {1: {id(TOM): 0.7, id(ANN): 0.2, 0: 0.1}})[1]
    assert shares == pytest.approx({id(TOM): 0.07, id(ANN): 0.2, 0: 0.73})


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tom the old spaniel slept.", ""),
        ("Tom, his mare, stood by.", ""),
        ("Tom, a horse dealer, slept.", "Tom Orr"),
        ("Tom the miller slept.", "Tom Orr"),
    ],
)
def test_an_animal_that_is_asked_does_not_answer(told: str, expected: str) -> None:
    page = conversation(f"{told}\n\n“Where have you been, Tom?” said Ann.\n\n“Out.”")
    lines = page.lines[1:]
    lines[0].addressed, lines[0].asks = frozenset({id(TOM)}), True
    page = Conversation(page.discourse, lines)
    lines[0].addressed, lines[0].asks = frozenset({id(TOM)}), True
    page.narrated = {0: [acting(0, TOM)]}
    assert likeliest(with_addresses(page, open_shares(page))[2]) == expected


def test_whoever_is_called_does_not_speak() -> None:
    page = conversation("“Where have you been, Tom?”")
    page.lines[0].addressed = frozenset({id(TOM)})
    (shares,) = with_addresses(page, open_shares(page)).values()
    assert shares[id(TOM)] == pytest.approx(0.03)
    assert sum(shares.values()) == pytest.approx(1.0)


def test_whoever_is_asked_by_name_answers() -> None:
    page = conversation("“Where have you been, Tom?” said Ann.\n\n“Out.”")
    page.lines[0].addressed, page.lines[0].asks = frozenset({id(TOM)}), True
    assert likeliest(with_addresses(page, open_shares(page))[1]) == ""  # a name in marks alone
    page.narrated = {0: [Reference(0, 3, 0, 0, TOM, True, True, False, False, False)]}
    assert likeliest(with_addresses(page, open_shares(page))[1]) == "Tom Orr"


def test_lifted_keeps_the_whole() -> None:
    shares = lifted({1: 0.2, 2: 0.6, 0: 0.2}, 1, 0.8)
    assert shares == pytest.approx({1: 0.8, 2: 0.15, 0: 0.05})
    assert lifted(shares, 1, 0.5) is shares
