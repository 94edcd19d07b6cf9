"""Quotation marks of all makes paired into passages."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quotecheck.records.text import QuotedPassage, Span
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages


def passages(text: str, blocks: tuple[Span, ...] = ()) -> tuple[QuotedPassage, ...]:
    return quoted_passages(text, paragraphs(text), blocks)


def inner(text: str) -> list[str]:
    """The words of each passage, nested ones behind a ``>``, unclosed ones before a ``…``."""
    return [">" * p.depth + p.inner.of(text) + ("" if p.closed else " …") for p in passages(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The tide is ours,” she said. “It is.”", ["The tide is ours,", "It is."]),
        ('"The tide is ours," she said. "It is."', ["The tide is ours,", "It is."]),
        ("''The tide is ours,'' she said. ''It is.''", ["The tide is ours,", "It is."]),
        ("``The tide is ours,'' she said. ``It is.''", ["The tide is ours,", "It is."]),
        ("‘The tide is ours,’ she said. ‘It is.’", ["The tide is ours,", "It is."]),
        ("'The tide is ours,' she said. 'It is.'", ["The tide is ours,", "It is."]),
        ("« La mer est à nous », dit-elle. «Oui.»", ["La mer est à nous", "Oui."]),
        ("«\u00a0La mer\u00a0», dit-elle.", ["La mer"]),
        ("„Das Meer ist unser“, sagte sie. „Ja.“", ["Das Meer ist unser", "Ja."]),
        ("„Das Meer“, sagte sie, „ist ‚unser‘.“", ["Das Meer", "ist ‚unser‘.", ">unser"]),
        ("»Das Meer ist unser«, sagte sie. »Ja.«", ["Das Meer ist unser", "Ja."]),
        ("”Havet är vårt”, sa hon. ”Ja.”", ["Havet är vårt", "Ja."]),
        ("‘‘The tide is ours,’’ she said.", ["The tide is ours,"]),
        ("＂The tide＂ and 〝the moon〞", ["The tide", "the moon"]),
    ],
)
def test_every_make_of_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“He said ‘never’ to me,” she said.", ["He said ‘never’ to me,", ">never"]),
        ("\"He said 'never' to me,\" she said.", ["He said 'never' to me,", ">never"]),
        ("\"'Never,' he told me,\" she said.", ["'Never,' he told me,", ">Never,"]),
        ("\"He said, 'Never.'\" She left.", ["He said, 'Never.'", ">Never."]),
        ("''He said 'never' to us,'' she said.", ["He said 'never' to us,", ">never"]),
        ("‘Call it “war”,’ he said.", ["Call it “war”,", ">war"]),
        ("'Call it \"war\",' he said.", ['Call it "war",', ">war"]),
        ("“She cried “wolf” again,” he said.", ["She cried “wolf” again,", ">wolf"]),
        ('"She cried "wolf" again," he said.', ['She cried "wolf" again,', ">wolf"]),
        ("« Elle a dit “jamais” », dit-il.", ["Elle a dit “jamais”", ">jamais"]),
        (
            "“She said, ‘He told me “never” twice,’” he said.",
            ["She said, ‘He told me “never” twice,’", ">He told me “never” twice,", ">>never"],
        ),
    ],
)
def test_marks_within_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Don’t say it wasn’t the dogs’ dinner; it's the dogs' own.",
        "’Tis the season, 'twas ever so, and the ’90s and '80s won't come back.",
        "Rock ’n’ roll and rock 'n' roll and rock'n'roll.",
        "He’s 6'2\" tall and his desk 5' 10'' long; 5’11” is his wife.",
        'A 27" screen costs more than it should.',
        "The Joneses' house, the boss's car, the Ladies' Day and for goodness' sake.",
        "Goin' down to the ol' mill, singin' o' the sea.",
        "The U.S.'s navy and the U.N.’s ships, 11 p.m.'s news.",
        "An attribute of <a href=\"x\" title='y'>left-over</a> markup.",
        "Class of ’08, winter of '47, and the summer of ‘69.",
        "An O'Brien, a D’Angelo, a ma’am and a will-o’-the-wisp.",
        "A line of ornament: '''''''''' and \"\"\"\"\"\" and ``````.",
        '"" and " " and “” hold nothing.',
        "No mark at all.",
        "",
    ],
)
def test_what_is_no_quotation(text: str) -> None:
    assert inner(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('“Mixed" marks and "others” and \'\'a third" too.', ["Mixed", "others", "a third"]),
        ("“The dogs’ dinner,” he said of the parties’ plans.", ["The dogs’ dinner,"]),
        ("'The dogs' dinner,' he said.", ["The dogs' dinner,"]),
        ("‘The dogs’ dinner,’ he said.", ["The dogs’ dinner,"]),
        ("She isn't ‘angry’, she's 'livid'.", ["angry", "livid"]),
        ("Critics' 'great' hope", ["great"]),
        ('"I was going to—" he began.', ["I was going to—"]),
        ('He said—"never"—and left.', ["never"]),
        ('("Never," he said.) ["Always."]', ["Never,", "Always."]),
        ('*"Never,"* he said. _“Always.”_', ["Never,", "Always."]),
        ('He said:"Never."Then he left.', ["Never."]),
        ("“...and so to bed,” he wrote.", ["...and so to bed,"]),
        ("“…and so to bed…” he wrote.", ["…and so to bed…"]),
        ("“ Never , ” he said , “ always . ”", ["Never ,", "always ."]),
        ('" Never , " he said , " always . "', ["Never ,", "always ."]),
        ("“The ‘90s were ‘great’,” he said.", ["The ‘90s were ‘great’,", ">great"]),
        ("She called it “Water’s ‘End’”.", ["Water’s ‘End’", ">End"]),
        ('In "1984" he is 6\'2" tall.', ["1984"]),
        ("“$5 million,” he said. “100%.” “№ 5?”", ["$5 million,", "100%.", "№ 5?"]),
    ],
)
def test_hard_neighbours(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The tide is ours, she said.", ["The tide is ours, she said. …"]),
        ('"The tide is ours, she said.\n\nNobody came.', ["The tide is ours, she said. …"]),
        ("“The tide is ours. “It is,” he said.", ["The tide is ours. …", "It is,"]),
        ("The tide is ours,” she said. “It is.”", ["The tide is ours,", "It is."]),
        ('It was late. The tide is ours," Mr. Koss said.', ["The tide is ours,"]),
        ("Nothing ends here.” So it stays.", []),
        ("“One,” he said. “Two.” Three.”", ["One,", "Two."]),
        ("A mark “ alone is passed over.", []),
        ("He wrote “and left it open.", ["and left it open. …"]),
        ("A mark ” alone is passed over.", []),
        ("‘Never he said.", []),
    ],
)  # fmt: skip
def test_missing_and_stray_marks(text: str, expected: list[str]) -> None:
    assert inner(text) == expected


def test_a_missing_opening_mark_leaves_outer_and_inner_beginning_alike() -> None:
    text = "The tide is ours,” she said."
    (found,) = passages(text)
    assert found.outer == Span(0, 18)
    assert found.inner == Span(0, 17)


@pytest.mark.parametrize(
    ("opening", "closing"), [("“", "”"), ('"', '"'), ("''", "''"), ("«", "»"), ("‘", "’")]
)
def test_reopened_paragraphs(opening: str, closing: str) -> None:
    text = (
        f"She spoke. {opening}First of all.\n\n{opening}Second of all.\n\n"
        f"{opening}Last of all,{closing} she said.\n\n{opening}New,{closing} he said."
    )
    found = passages(text)
    assert [p.inner.of(text) for p in found] == [
        "First of all.", "Second of all.", "Last of all,", "New,",
    ]  # fmt: skip
    assert [p.closed for p in found] == [False, False, True, True]
    assert [p.continues for p in found] == [False, True, True, False]
    assert found[0].outer.end == found[0].inner.end == text.index("\n")


def test_a_quotation_through_paragraphs_without_marks() -> None:
    text = "“First of all.\n\nThen the water rose and rose.\n\nit fell at last,” she said."
    found = passages(text)
    assert [p.inner.of(text) for p in found] == [
        "First of all.", "Then the water rose and rose.", "it fell at last,",
    ]  # fmt: skip
    assert [p.continues for p in found] == [False, True, True]
    assert [p.closed for p in found] == [False, False, True]


def test_the_name_below_a_pulled_quotation_is_no_part_of_it() -> None:
    text = (
        '"The river will not wait for us, and nor will I.\n\nMarta Oyelaran."\n\nThat was in May.'
    )
    assert inner(text) == ["The river will not wait for us, and nor will I. …"]


def test_blocks_need_no_marks() -> None:
    text = "He wrote:\n\nThe water is high.\n\nIt is “very” high.\n\nSo it was."
    block = Span(text.index("The"), text.index("\n\nSo"))
    found = passages(text, (block,))
    assert [(p.inner.of(text), p.block, p.continues, p.depth) for p in found] == [
        ("The water is high.", True, False, 0),
        ("It is “very” high.", True, True, 0),
        ("very", False, False, 1),
    ]


def test_marks_around_all_of_a_block_are_left_out_of_it() -> None:
    text = "He wrote:\n\n> “The water is high.”\n\nSo it was."
    start = text.index(">")
    (found,) = passages(text, (Span(start, text.index("\n\nSo")),))
    assert found.block
    assert found.outer.of(text) == "> “The water is high.”"
    assert found.inner.of(text) == "The water is high."


@pytest.mark.parametrize("credit", ["— Rudi Koss", "– Rudi Koss, mayor", "-- Koss (@koss) March 1"])
def test_the_credit_below_a_block_is_no_part_of_it(credit: str) -> None:
    text = f"He wrote:\n\n> The water is high.\n> {credit}\n\nSo it was."
    block = Span(text.index(">"), text.index("\n\nSo"))
    assert [p.inner.of(text) for p in passages(text, (block,))] == ["The water is high."]


def test_a_dash_that_is_no_credit() -> None:
    for text in ("— Rudi Koss", "The water.\n\n— and the wall", "The water.\n\n— " + "Aye. " * 50):
        found = passages(text, (Span(0, len(text)),))
        assert len(found) == len(paragraphs(text))


def test_blocks_that_overlap_or_hold_nothing() -> None:
    text = "One.\n\n> \n\nTwo.\n\nThree."
    two = Span(text.index("Two"), len(text))
    found = passages(text, (two, two, Span(0, 1), Span(6, 8), Span(5, 5)))
    assert [p.inner.of(text) for p in found] == ["O", "Two.", "Three."]


PIECES = st.sampled_from(
    [*"“”„‟\"'‘’‚«»‹›`*_>() ,.-—s5n", "''", "``", "'''", "\n\n", " he said ", "dogs", "’Tis"]
)


@given(
    st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=3),
)
@example("\"'\"'\"'", [])
@example("> “a”", [(0, 5)])
def test_any_text_gives_ordered_nested_passages(text: str, places: list[tuple[int, int]]) -> None:
    blocks = tuple(Span(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in places)
    limits = paragraphs(text)
    found = quoted_passages(text, limits, blocks)
    stack: list[Span] = []
    for p in found:
        assert p.outer.contains(p.inner)
        words = p.inner.of(text)
        assert words
        assert words == words.strip()
        assert any(limit.contains(p.outer) for limit in limits)
        while stack and stack[-1].end <= p.outer.start:
            stack.pop()
        assert all(outer.contains(p.outer) for outer in stack)
        assert p.depth == len(stack)
        stack.append(p.outer)
    assert all(
        (a.outer.start, -a.outer.end) <= (b.outer.start, -b.outer.end) for a, b in pairwise(found)
    )


@given(
    st.lists(
        st.tuples(
            st.text(st.sampled_from("abc é,"), min_size=3, max_size=12).filter(
                lambda w: w.strip(" ,") != "" and w[0].isalpha()
            ),
            st.sampled_from([("“", "”"), ("« ", " »"), ('"', '"'), ("''", "''")]),
        ),
        max_size=6,
    )
)
def test_planted_passages_are_found(planted: list[tuple[str, tuple[str, str]]]) -> None:
    text = " ".join(f"Then {a}{words.strip()},{b} he said." for words, (a, b) in planted)
    assert inner(text) == [words.strip() + "," for words, _ in planted]


def test_long_lines_take_linear_time() -> None:
    start = time.process_time()
    found = passages('"We go," he said. ' * 20_000)
    assert len(found) == 20_000
    for evil in (
        '"' * 500_000, "'" * 500_000, "' " * 100_000, "“" * 100_000, '"a ' * 50_000,
        "He's the dogs' " * 50_000, "<a " * 100_000, '"<' * 50_000, ",” a" * 20_000, "«»" * 50_000,
        "“a\n\n" * 10_000, "a”\n\n" * 10_000, "*_" * 100_000 + '"',
    ):  # fmt: skip
        passages(evil)
    assert time.process_time() - start < 30
