from __future__ import annotations

import pytest

from quotecheck.text.speech_tags import names_beside, reports_person


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("As Ida Brandt said, ", "", "Ida Brandt"),
        ("", " insisted Ann Lee, who keeps the lock.", "Ann Lee"),
        ("", " Ann Lee confirmed:", "Ann Lee"),
        ("", " explained Ann Lee", "Ann Lee"),
        ("", " the inspector, Lucia Brand, said on Monday, ", "Lucia Brand"),
        ("", " Chair Annika Thorsby told reporters, ", "Chair Annika Thorsby"),
        ("My aunt, Hedda Voss, told me: ", "", "Hedda Voss"),
        ("I quote my neighbour, Sunniva Harr: ", "", "Sunniva Harr"),
        ("in the words of Ada Fenwick, ", "", "Ada Fenwick"),
        ("The talks are over. He called it a ", "", ""),
        ("The Friday meeting was a ", "", ""),
        ("He wrote: ", "", ""),
        ("", " he said. Mr. Bell left and said nothing.", ""),
        ("In March the head of Velmar stood in a school in Tarn and said, ", "", ""),
        ("Ann Lee left. The sign read ", "", ""),
    ],
)
def test_the_name_beside_the_marks(before: str, after: str, name: str) -> None:
    assert names_beside(before, after) == ((name,) if name else ())


def test_who_is_said_to_speak() -> None:
    names = frozenset({"orr"})
    assert reports_person("Last week Jon Orr told the council that the lake is dead", names)
    assert not reports_person("Jon Orr was in the boat when the lake froze", names)
    assert not reports_person("Ann Lee told the council", names)


@pytest.mark.usefixtures("no_hang")
def test_long_runs_do_not_hang() -> None:
    names_beside("Ann " * 50_000, "Ann, " * 50_000)
    names_beside("a " * 50_000, "the a" * 50_000)
