"""Twenty lines of the product at random, for a reader who has only docs/architecture.md.

    python -m tests.support.stranger 7            # the lines, without their places
    python -m tests.support.stranger 7 --places   # and where they stand

For each line its package is told by the page alone. Where that fails, the page or the line is at
fault, and is mended; docs/architecture.md keeps what was found.
"""

from __future__ import annotations

import ast
import random
import sys
from functools import cache
from pathlib import Path

from tests.support.paths import ROOT

__all__ = ["drawn"]

_LINES = 20
_MIN_CHARS = 30
"""Shorter lines ("return found") say nothing of where they stand, in any program."""


def _functions(path: Path) -> list[tuple[str, int, str]]:
    """The first lines of docstrings of a module's functions and classes, with name and line."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [
        (node.name, node.lineno, (ast.get_docstring(node) or "").split("\n")[0])
        for node in ast.walk(tree)
        if isinstance(node, nodes)
    ]


@cache
def _lines() -> list[tuple[str, str]]:
    """Every definition with its first line, and its place."""
    package = ROOT / "quotecheck"
    return [
        (f"{name}: {about}", f"{path.relative_to(package).as_posix()}:{number}")
        for path in sorted(package.rglob("*.py"))
        for name, number, about in _functions(path)
        if len(about) >= _MIN_CHARS
    ]


def drawn(seed: int) -> list[tuple[str, str]]:
    """Twenty definitions with their first lines, and their places, always the same for a seed."""
    return random.Random(seed).sample(_lines(), _LINES)


def main() -> None:
    """Print the lines."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    for number, (line, place) in enumerate(drawn(seed), start=1):
        sys.stdout.write(f"{number:2} {line}\n")
        if "--places" in sys.argv:
            sys.stdout.write(f"   {place}\n")


if __name__ == "__main__":
    main()
