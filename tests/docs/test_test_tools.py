"""What measures the tests: coverage by package, and mutants."""

from __future__ import annotations

from tests.support.coverage_by_package import by_package, table
from tests.support.mutants import mutants

REPORT = {
    "files": {
        "quotecheck/text/a.py": {"summary": {"covered_lines": 3, "num_statements": 4}},
        "quotecheck/text/b.py": {"summary": {"covered_lines": 6, "num_statements": 6}},
        "quotecheck/errors.py": {"summary": {"covered_lines": 0, "num_statements": 0}},
        "elsewhere/c.py": {"summary": {"covered_lines": 1, "num_statements": 1}},
    }
}


def test_coverage_is_told_by_package() -> None:
    counts = by_package(REPORT)
    assert counts == {"errors": (0, 0), "text": (9, 10)}
    assert [line.split() for line in table(counts).splitlines()] == [
        ["package", "lines", "run"],
        ["errors", "0", "100", "%"],
        ["text", "10", "90", "%"],
    ]


def test_a_mutant_changes_one_thing() -> None:
    source = "def f(a, b):\n    return not a < 3 and b\n"
    assert [(line, what) for line, what, _ in mutants(source)] == [
        (2, "not a < 3 and b  ->  not a < 3 or b"),
        (2, "not a < 3  ->  a < 3"),
        (2, "a < 3  ->  a <= 3"),
        (2, "3  ->  4"),
    ]
    assert all(changed.count("\n") == 1 for *_, changed in mutants(source))
    assert len({changed for *_, changed in mutants(source)}) == 4
