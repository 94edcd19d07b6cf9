"""What measures the tests: coverage by package, and mutants."""

from __future__ import annotations

import ast

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
    source = "LIMIT = 2\n\n\ndef f(a, b):\n    return not a < 3 and b\n"
    made = [(m.line, m.what, m.definition, ast.unparse(m.tree)) for m in mutants(source)]
    assert [(line, what, definition) for line, what, definition, _ in made] == [
        (1, "2  ->  3", None),
        (5, "not a < 3 and b  ->  not a < 3 or b", "f"),
        (5, "not a < 3  ->  a < 3", "f"),
        (5, "a < 3  ->  a <= 3", "f"),
        (5, "3  ->  4", "f"),
    ]
    assert len({changed for *_, changed in made}) == 5
    assert ast.unparse(ast.parse(source)) not in {changed for *_, changed in made}


def test_decorators_and_annotations_are_left_alone() -> None:
    source = "@cache(size=1)\ndef f(a: Literal[1]) -> Literal[2]:\n    return a\n"
    assert list(mutants(source)) == []
