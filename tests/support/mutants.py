"""Mutants of a module, and which of them its tests kill.

    python -m tests.support.mutants quotecheck/text/quotation_marks.py tests/text/

changes one thing at a time (a comparison, "and" to "or", a number, a truth value, "not"), runs the
tests on a copy of the project, and prints each mutant that they let pass: a change of behaviour
that no test sees, or an equivalent mutant, which changes nothing that can be seen.
``--sample`` draws so many at random, ``--seed`` by that number.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

__all__ = ["mutants"]

ROOT = Path(__file__).parents[2]
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
}  # fmt: skip


def _changed(node: ast.AST) -> Iterator[ast.AST]:
    """What a node may be changed to."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARED:
        other = copy.deepcopy(node)
        other.ops[0] = _COMPARED[type(node.ops[0])]()
        yield other
    elif isinstance(node, ast.BoolOp):
        other_bool = copy.deepcopy(node)
        other_bool.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield other_bool
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _COUNTED:
        other_sum = copy.deepcopy(node)
        other_sum.op = _COUNTED[type(node.op)]()
        yield other_sum
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.Constant(node.value + 1)


def mutants(source: str) -> Iterator[tuple[int, str, str]]:
    """The mutants of a module: the line, what it was and became, and the changed source."""
    tree = ast.parse(source)
    places = [
        (parent, field, number, node)
        for parent in ast.walk(tree)
        for field, value in ast.iter_fields(parent)
        for number, node in (
            enumerate(value) if isinstance(value, list) else [(None, value)]
        )
        if isinstance(node, ast.expr)
        and field not in {"annotation", "returns"}
    ]  # fmt: skip
    for parent, field, number, node in places:
        for other in _changed(node):
            what = f"{ast.unparse(node)}  ->  {ast.unparse(other)}"
            _put(parent, field, number, other)
            yield node.lineno, what, ast.unparse(tree)
            _put(parent, field, number, node)


def _put(parent: ast.AST, field: str, number: int | None, node: ast.AST) -> None:
    if number is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[number] = node


def _passes(folder: Path, tests: list[str]) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider",
               "-m", "not slow and not weights", *tests]  # fmt: skip
    env = os.environ | {"PYTHONPATH": str(folder), "OMP_NUM_THREADS": "1"}
    try:
        ran = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=300)
    except subprocess.TimeoutExpired:  # it hangs: seen
        return False
    return ran.returncode == 0


def main() -> int:
    """Print the mutants that survive; the exit code is 1 where there are some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    made = list(mutants((ROOT / asked.module).read_text(encoding="utf-8")))
    if asked.sample:
        made = random.Random(asked.seed).sample(made, min(asked.sample, len(made)))
    survivors = 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "project"
        shutil.copytree(
            ROOT, folder, symlinks=True, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache")
        )
        for line, what, source in made:
            (folder / asked.module).write_text(source, encoding="utf-8")
            if _passes(folder, asked.tests):
                survivors += 1
                print(f"{asked.module}:{line}: {what}", flush=True)
    print(f"{len(made) - survivors} of {len(made)} mutants killed")
    return 1 if survivors else 0


if __name__ == "__main__":
    raise SystemExit(main())
