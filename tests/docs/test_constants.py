"""Numbers in the code say what they count and where they come from."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = sorted(path.parent.name for path in (ROOT / "quotecheck").glob("*/__init__.py"))
MODULES = sorted(path.name for path in (ROOT / "quotecheck").glob("*.py"))


def constants(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr, int]]:
    """The names, values and places (in ``body``) of assignments to a constant."""
    for place, node in enumerate(body):
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name) and target.id.isupper():
            yield target.id, value, place
        elif isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            for name, part in zip(target.elts, value.elts, strict=False):
                if isinstance(name, ast.Name) and name.id.isupper():
                    yield name.id, part, place


def is_number(value: ast.expr, numbers: set[str]) -> bool:
    """Whether an expression is a number, or made of numbers and of constants that are numbers."""
    if isinstance(value, ast.UnaryOp):
        return is_number(value.operand, numbers)
    if isinstance(value, ast.BinOp):
        return is_number(value.left, numbers) and is_number(value.right, numbers)
    if isinstance(value, ast.Name):
        return value.id in numbers
    is_plain = isinstance(value, ast.Constant) and isinstance(value.value, int | float)
    return is_plain and not isinstance(value.value, bool)


def unexplained(source: str) -> Iterator[tuple[int, str]]:
    """The lines and names of numbers without a comment beside or above them or a docstring.

    A docstring below several constants in a row explains the last of them, and those that it names.
    """
    lines, body, numbers = source.splitlines(), ast.parse(source).body, set[str]()
    for name, value, place in constants(body):
        if not is_number(value, numbers):
            continue
        numbers.add(name)
        node = body[place]
        if "#" in lines[node.end_lineno - 1] or lines[node.lineno - 2].lstrip().startswith("#"):
            continue
        if not any(f in text for text, f in docstrings(body, place, name)):
            yield node.lineno, name


def docstrings(body: list[ast.stmt], place: int, name: str) -> Iterator[tuple[str, str]]:
    """The docstring below a constant or its row of constants, and what it must hold."""
    for number, node in enumerate(body[place + 1 :]):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            if isinstance(node.value.value, str):
                yield node.value.value, "" if number == 0 else f"``{name}``"
            return
        if not isinstance(node, ast.Assign | ast.AnnAssign):
            return


@pytest.mark.parametrize("package", [*PACKAGES, *MODULES])
def test_every_number_is_explained(package: str) -> None:
    path = ROOT / "quotecheck" / package
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    found = [
        f"{file.relative_to(ROOT)}:{line}: {name}"
        for file in files
        for line, name in unexplained(file.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("A = 3\n", ["A"]),
        ("A = 3  # words\n", []),
        ("# Words, by eye.\nA = 3\n", []),
        ('A: int = -3\n"""Words."""\n', []),
        ('A = 3\nB = 2 * A\n"""Words."""\n', ["A"]),
        ('A = 3\nB = 2 * A\n"""``A`` words, and ``B`` in both."""\n', []),
        ('A, B = 3, 4\n"""Words."""\n', []),
        ("A, B = 3, 4\n", ["A", "B"]),
        ('A = "b" + C\nD = frozenset("e")\nF = True\ng = 3\n', []),
    ],
)
def test_an_unexplained_number_is_seen(source: str, names: list[str]) -> None:
    assert [name for _, name in unexplained(source)] == names
