"""The catalogue of cases: every file is defined, every case whole, and the page is up to date."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import pytest

from tests.support.cases import cases
from tests.support.catalogue import CHAPTERS, MAX_SHOWN, PAGE, REMEDY, page, words
from tests.support.paths import CASES

FILES = sorted(path.stem for path in CASES.glob("*.jsonl"))
FIELDS = {"label", "comment", "origin", "expect"}


@pytest.mark.parametrize("name", FILES)
def test_every_case_is_whole(name: str) -> None:
    held = cases(name)
    for case in held:
        assert set(case) >= FIELDS, (case, FIELDS - set(case))
        assert len(case["label"].split()) >= 3, case["label"]  # a sentence, not a code
        assert case["origin"].strip()
        assert len(case) > len(FIELDS)  # and what it is about
    assert [label for label, n in Counter(case["label"] for case in held).items() if n > 1] == []


def test_every_file_has_its_line_in_the_readme_and_its_chapter() -> None:
    readme = (CASES / "README.md").read_text(encoding="utf-8")
    defined = re.findall(r"^\| `(\w+)\.jsonl` \|", readme, flags=re.M)
    subjects = {re.sub(r"-(?:negative|known-failures)$", "", name) for name in FILES}
    assert sorted(defined) == sorted(subjects)
    shown = {name for chapter in CHAPTERS for name in chapter.files}
    assert shown | {f"{name}-known-failures" for name in shown} >= set(FILES)


def test_the_page_is_what_the_cases_make() -> None:
    assert PAGE.read_text(encoding="utf-8") == "\n".join(page()) + "\n", REMEDY


def test_the_page_can_be_read() -> None:
    whole = "\n".join(page())
    assert whole.count("\n") < 1400
    for heading, *shown in (part.split("\n- ") for part in whole.split("\n### ")):
        assert len(shown) <= MAX_SHOWN or heading.startswith("Still wrong")


def test_words_are_shown_literally_on_one_line() -> None:
    assert words("One.\n\n*Two* <b>") == "`One. / *Two* <b>`"
    assert words("a ` b") == "`` a ` b ``"
    assert words("word " * 100).endswith(" …`")


SUBJECTS = {
    "quotation_marks", "attribution", "speakers", "facts", "person_names", "outlets", "transcripts",
    "dates", "quantities", "wording", "checks", "paraphrase",
}  # fmt: skip
LEAST_CASES = 80
LEAST_NEGATIVES = 1 / 3


def is_clean(expected: dict[str, Any]) -> bool:
    """Whether nothing is held against a quotation."""
    verdict = expected.get("verdict")
    return expected.get("severity") == "none" and verdict in ("verbatim", "typographic")


def is_negative(name: str, case: dict[str, Any]) -> bool:
    """Whether a case only looks like one: by its file, what it expects, or where it comes from."""
    expected = case["expect"]
    return (
        name.endswith("-negative")
        or case["origin"].startswith("looks like")
        or expected in ([], "not", "different", "unsure")
        or (isinstance(expected, dict) and is_clean(expected))
    )


@pytest.mark.parametrize("subject", sorted(SUBJECTS))
def test_a_subject_has_cases_enough_and_a_third_of_them_negative(subject: str) -> None:
    held = [
        (name, case)
        for name in FILES
        if re.sub(r"-(?:negative|known-failures)$", "", name) == subject
        for case in cases(name)
    ]
    negatives = sum(is_negative(name, case) for name, case in held)
    assert len(held) >= LEAST_CASES
    assert negatives >= LEAST_NEGATIVES * len(held), f"{negatives} of {len(held)}"
