"""Words glued or split are the same only where both are the same words."""

from __future__ import annotations

import pytest

from quotecheck.comparison.compounds import SpacedWords, division_severity
from quotecheck.comparison.division_rendering import other_divisions
from quotecheck.comparison.words import source_words
from quotecheck.language.compounds import ACCIDENTAL_SPLITS, NEARLY_SAME_SPLITS, SAME_SPLITS


def spaced(text: str) -> SpacedWords:
    words = source_words(text)
    raw = [text[a:b] for a, b in zip(words.starts, words.ends, strict=True)]
    gaps = [text[a:b] for a, b in zip(words.ends, (*words.starts[1:], len(text)), strict=True)]
    return SpacedWords(words.forms, raw, gaps)


@pytest.mark.parametrize(
    ("a", "b", "severity"),
    [
        ("home grown", "homegrown", "none"), ("not able", "notable", "meaning"),
        ("now here", "no where", "meaning"), ("re-signed", "resigned", "meaning"),
        ("gov-\nernment", "government", "none"), ("U.N.", "UN", "none"),
        ("may be", "maybe", "wording"),
        ("all together", "altogether", "meaning"), ("un-ionised", "unionized", "meaning"),
        ("re-establish", "reestablish", "none"), ("now, here", "nowhere", "meaning"),
        ("the same", "the same", None), ("notable", "able", None),
        # Initials: two of them are a word in small letters, three may be one that is so written.
        ("U.S.", "Us", "meaning"), ("W.H.O.", "Who", "none"), ("W.H.O.", "who", "meaning"),
        ("n h s", "nhs", "none"), ("u s", "us", "meaning"),
        # Verbs that lose their e before an ending.
        ("re-creating", "recreating", "meaning"), ("re-creates", "recreates", "meaning"),
        ("re-uniting", "reuniting", "none"),
        # Three pieces, and a piece that is no word: left from the end of a line.
        ("on-and-off", "onandoff", "none"), ("on-ly", "only", "none"),
    ],
)  # fmt: skip
def test_divisions(a: str, b: str, severity: str | None) -> None:
    assert division_severity(spaced(a), spaced(b)) == severity
    assert division_severity(spaced(b), spaced(a)) == severity


@pytest.mark.parametrize(("often", "severity"), [(0, "none"), (1, "wording"), (9, "wording")])
def test_a_piece_is_a_word_where_the_library_has_it(often: int, severity: str) -> None:
    assert division_severity(spaced("be-low"), spaced("below"), lambda _: often) == severity


def test_a_split_is_in_one_list_alone() -> None:
    assert not SAME_SPLITS & ACCIDENTAL_SPLITS
    assert not SAME_SPLITS & NEARLY_SAME_SPLITS
    assert not NEARLY_SAME_SPLITS & ACCIDENTAL_SPLITS


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("They sail to-day as they did.", "They sail today as they did."),
        ("They sail today as they did.", "They sail to day as they did."),
        ("The U.S. withdrew.", "The US withdrew."),
        ("The US withdrew.", "The U.S. withdrew."),
    ],
)
def test_what_an_index_is_asked_for_too(text: str, other: str) -> None:
    assert other in list(other_divisions(text))
