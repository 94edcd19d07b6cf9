"""Mutants of modules, and which of them the tests kill.

    python -m tests.support.mutants quotecheck/text/quotation_marks.py --tests tests/text

changes one thing at a time (a comparison, "and" to "or", a number, a truth value, "not"), runs the
tests that run the changed line, and prints each mutant that they let pass: a change of behaviour
that no test sees, or an equivalent mutant, which changes nothing that can be seen.

All tests are run once without a change, to know which lines each of them runs. For a mutant a copy
of that process is forked, the code of its function is replaced there, and the tests that run it
follow until one fails: first those that killed a mutant of the module before, then the quickest. A
test that needs no fixture is called without pytest around it. So a mutant costs a fraction of a
second, and all mutants of a module are made. Tests that start quotecheck as another process see no
mutant, and kill none. Decorators are not changed: they tell how something is kept, not what it
gives.
"""

from __future__ import annotations

import argparse
import ast
import copy
import gc
import os
import shutil
import signal
import sys
import time
import types
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import _lru_cache_wrapper
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
from _pytest.runner import runtestprotocol

from tests.support.mutant_code import apply_tree

__all__ = ["Mutant", "mutants"]

ROOT = Path(__file__).parents[2]
_SPARE_CPU_SECONDS: Final = 2  # beyond five times what a test took: it hangs, and that is seen
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
}  # fmt: skip
_UNCHANGED_FIELDS = {"annotation", "returns", "decorator_list"}
# Fixtures of every test that only look whether something forbidden was done.
_GUARDS = {"no_network", "no_network_in_children", "no_library_opened_beside_sqlite"}


class Mutant(NamedTuple):
    """One change, in a tree that holds it until the next mutant is asked for."""

    line: int
    what: str
    tree: ast.Module
    lines: Collection[int]
    """Of the statement that is changed, without the statements within it; of a value of the module,
    of the statements in functions that read it. Empty: any test may tell."""
    definition: str | None
    """The function or class of the module that holds it; None where it runs on import."""


def _changed(node: ast.AST) -> Iterator[ast.expr]:
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
        yield ast.copy_location(ast.Constant(not node.value), node)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        yield ast.copy_location(ast.Constant(node.value + 1), node)


def _header(statement: ast.stmt) -> range:
    body = getattr(statement, "body", None)
    last = max(statement.lineno, body[0].lineno - 1) if body else statement.end_lineno
    return range(statement.lineno, (last or statement.lineno) + 1)


def _readers(tree: ast.Module) -> dict[int, set[int]]:
    """The lines in functions that read what a statement of the module assigns, by its first line.

    A statement is left out where its names are public, or read by what runs on import.
    """
    reading: dict[str, set[int]] = defaultdict(set)
    public: set[str] = set()

    def walk(node: ast.AST, within: ast.stmt | None) -> None:
        for field, value in ast.iter_fields(node):
            inside = within
            if isinstance(node, ast.FunctionDef):
                inside = node if field == "body" else within
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.Name) and isinstance(child.ctx, ast.Load):
                    if inside is None:
                        public.add(child.id)
                    else:
                        reading[child.id].update(_header(inside))
                if isinstance(child, ast.stmt) and inside is not None:
                    walk(child, child)
                elif isinstance(child, ast.AST):
                    walk(child, inside)

    walk(tree, None)
    out: dict[int, set[int]] = {}
    for outer in tree.body:
        if isinstance(outer, ast.Assign | ast.AnnAssign):
            targets = outer.targets if isinstance(outer, ast.Assign) else [outer.target]
            names = {n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)}
            if all(name.startswith("_") and name not in public for name in names):
                out[outer.lineno] = set().union(*(reading[name] for name in names))
    return out


def mutants(source: str) -> Iterator[Mutant]:
    """The mutants of a module, each in the same tree, which is itself again after the last."""
    tree = ast.parse(source)
    readers = _readers(tree)

    def within(
        node: ast.AST, lines: range, definition: str | None, *, run: bool
    ) -> Iterator[Mutant]:
        for field, value in ast.iter_fields(node):
            if field in _UNCHANGED_FIELDS:
                continue
            for number, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if not isinstance(child, ast.AST):
                    continue
                here, name, runs = lines, definition, run
                if isinstance(child, ast.stmt):
                    here = _header(child)
                if isinstance(child, ast.FunctionDef | ast.ClassDef) and name is None:
                    name = child.name
                if isinstance(node, ast.FunctionDef) and field == "body":
                    runs = True
                if isinstance(child, ast.expr):
                    for other in _changed(child):
                        what = f"{ast.unparse(child)}  ->  {ast.unparse(other)}"
                        _put(node, field, number, other)
                        inside = name if runs else None
                        told = here if runs else readers.get(here.start, ())
                        yield Mutant(child.lineno, what, tree, told, inside)
                        _put(node, field, number, child)
                yield from within(child, here, name, run=runs)

    yield from within(tree, range(0), None, run=False)


def _put(parent: ast.AST, field: str, number: int | None, node: ast.AST) -> None:
    if number is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[number] = node


class _Test(NamedTuple):
    item: pytest.Item
    seconds: float
    lines: dict[str, set[int]]

    def fails(self, following: pytest.Item | None) -> bool:
        """Whether it fails; a process in which it takes far longer than before ends."""
        signal.setitimer(signal.ITIMER_PROF, _SPARE_CPU_SECONDS + 5 * self.seconds)
        arguments = _arguments(self.item)
        if arguments is None:
            reports = runtestprotocol(self.item, log=False, nextitem=following)
            return any(report.failed for report in reports)
        try:
            self.item.obj(**arguments)  # type: ignore[attr-defined]
        except BaseException:
            return True
        return False


class _Killer:
    """A pytest plugin that runs the tests once, and then some of them for every mutant."""

    def __init__(
        self, paths: list[Path], sample: int, seed: int, only: list[str] | None = None
    ) -> None:
        self.paths, self.sample, self.seed = paths, sample, seed
        self.only = None if only is None else {line.rpartition("  [")[0] for line in only}
        self.survivors = 0
        self.functions: list[types.FunctionType] = []

    def pytest_collection(self) -> None:
        """Before test modules are read: generated examples are the same each time, and a failing
        one is not made smaller, which takes long and tells nothing here.
        """
        from hypothesis import Phase, settings

        phases = [Phase.explicit, Phase.generate]
        settings.register_profile(
            "mutants", deadline=None, database=None, derandomize=True, phases=phases
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        modules = {str(path): _imported(path) for path in self.paths}
        caches = _caches({module.__name__ for module in modules.values()})
        self.functions = [
            value
            for value in gc.get_objects()
            if isinstance(value, types.FunctionType)
            and value.__module__ in {module.__name__ for module in modules.values()}
        ]
        tests = self._measure(session.items, set(modules), caches)
        seconds = sum(test.seconds for test in tests)
        print(f"{len(tests)} tests of {seconds:.0f} s", flush=True)
        for path, module in modules.items():
            alive = made = 0
            killers: list[_Test] = []  # the last first
            for mutant in self._chosen(Path(path)):
                name = f"{_shown(path)}:{mutant.line}: {mutant.what}"
                if self.only is not None and name not in self.only:
                    continue
                made += 1
                running = {test.item.nodeid: test for test in _telling(tests, path, mutant)}
                first = [test for test in killers if test.item.nodeid in running]
                ordered = list({test.item.nodeid: test for test in first} | running)
                killer = self._killed_by(
                    session, module, mutant, [running[nodeid] for nodeid in ordered], caches
                )
                if killer is None:
                    alive += 1
                    print(f"{name}  [{len(ordered)}]", flush=True)
                elif isinstance(killer, _Test):
                    if killer in killers:
                        killers.remove(killer)
                    killers.insert(0, killer)
            self.survivors += alive
            print(f"{_shown(path)}: {made - alive} of {made} mutants killed", flush=True)
        return True

    def _chosen(self, path: Path) -> Iterator[Mutant]:
        source = path.read_text(encoding="utf-8")
        if not self.sample:
            yield from mutants(source)
            return
        import random

        count = sum(1 for _ in mutants(source))
        numbers = set(random.Random(self.seed).sample(range(count), min(count, self.sample)))
        yield from (m for number, m in enumerate(mutants(source)) if number in numbers)

    def _measure(self, items: list[pytest.Item], files: set[str], caches: list[Any]) -> list[_Test]:
        """Run every test once; those that fail are not asked again."""
        tests: list[_Test] = []
        seen: dict[str, set[int]] = {}

        def trace_lines(frame: types.FrameType, event: str, _: object) -> Any:
            if event == "line":
                seen[frame.f_code.co_filename].add(frame.f_lineno)
            return trace_lines

        def trace_calls(frame: types.FrameType, _event: str, _: object) -> Any:
            if frame.f_code.co_filename in files:
                seen.setdefault(frame.f_code.co_filename, set()).add(frame.f_lineno)
                return trace_lines
            return None

        for number, item in enumerate(items):
            for cache in caches:
                cache.cache_clear()
            seen = {}
            start = time.process_time()
            sys.settrace(trace_calls)
            reports = runtestprotocol(item, log=False, nextitem=items[(number + 1) % len(items)])
            sys.settrace(None)
            if any(report.failed for report in reports):
                print(f"fails without a mutant: {item.nodeid}", flush=True)
            elif seen:
                tests.append(_Test(item, time.process_time() - start, seen))
        return tests

    def _killed_by(
        self,
        session: pytest.Session,
        module: types.ModuleType,
        mutant: Mutant,
        tests: list[_Test],
        caches: list[Any],
    ) -> _Test | bool | None:
        """The test that kills a mutant; True where the process ends otherwise, None for none."""
        base = session.config._tmp_path_factory.getbasetemp()  # type: ignore[attr-defined]
        kept = {entry.name for entry in base.iterdir()}
        reader, writer = os.pipe()
        gc.freeze()
        child = os.fork()
        if not child:
            code = 1
            try:
                nothing = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nothing, 1)
                os.dup2(nothing, 2)
                warnings.simplefilter("error")
                for cache in caches:
                    cache.cache_clear()
                apply_tree(module, mutant.tree, mutant.definition, self.functions)
                failing = _failing(tests)
                if failing is None:
                    code = 0
                else:
                    os.write(writer, str(failing).encode())
            finally:
                os._exit(code)
        os.close(writer)
        _, status = os.waitpid(child, 0)
        number = os.read(reader, 20)
        os.close(reader)
        for entry in base.iterdir():
            if entry.name not in kept:
                shutil.rmtree(entry, ignore_errors=True)
        if not status:
            return None
        return tests[int(number)] if number else True


def _arguments(item: pytest.Item) -> dict[str, Any] | None:
    """What a test is called with; None where it needs a fixture, or may fail."""
    if not isinstance(item, pytest.Function) or item.cls or next(item.iter_markers("xfail"), None):
        return None
    given = item.callspec.params if hasattr(item, "callspec") else {}
    needed = set(item.fixturenames) - _GUARDS
    return {name: given[name] for name in needed} if needed <= set(given) else None


def _failing(tests: list[_Test]) -> int | None:
    for number, test in enumerate(tests):
        following = tests[number + 1].item if number + 1 < len(tests) else None
        if test.fails(following):
            return number
    return None


def _telling(tests: list[_Test], path: str, mutant: Mutant) -> list[_Test]:
    """The tests that run a mutant's lines; the quickest files first, and the quickest in each."""
    # What a fixture of a file runs stands with the first of its tests: all of them see it.
    ran: dict[Path, list[_Test]] = defaultdict(list)
    for test in tests:
        lines = test.lines.get(path)
        if lines and (not mutant.lines or not lines.isdisjoint(mutant.lines)):
            ran[test.item.path].append(test)
    cost = {file: sum(test.seconds for test in of) / len(of) for file, of in ran.items()}
    return [
        test
        for file in sorted(ran, key=cost.__getitem__)
        for test in sorted(ran[file], key=lambda test: test.seconds)
    ]


def _imported(path: Path) -> types.ModuleType:
    import importlib

    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def _caches(changed: set[str]) -> list[Any]:
    """The caches of functions that could keep what was worked out before a change."""
    packages = {name.rpartition(".")[0] for name in changed} | {
        "quotecheck.comparison", "quotecheck.checking", "quotecheck.text",
    }  # fmt: skip
    found = []
    for value in gc.get_objects():
        if not isinstance(value, _lru_cache_wrapper):
            continue
        home = str(getattr(value, "__module__", ""))
        arguments = value.__wrapped__.__code__.co_argcount
        if home in changed or (arguments and home.rpartition(".")[0] in packages):
            found.append(value)
    return found


def _shown(path: str) -> str:
    return Path(path).relative_to(ROOT).as_posix()


def main() -> int:
    """Print the mutants that survive; the exit code is 1 where there are some."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="+", type=Path)
    parser.add_argument("--tests", nargs="+", required=True)
    parser.add_argument("--sample", type=int, default=0, help="so many of each module, at random")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--only", type=Path, help="what an earlier run printed: its survivors alone, by other tests"
    )
    asked = parser.parse_args()
    only = asked.only.read_text(encoding="utf-8").splitlines() if asked.only else None
    os.chdir(ROOT)
    killer = _Killer([path.resolve() for path in asked.modules], asked.sample, asked.seed, only)
    options = ["-q", "-s", "-p", "no:cacheprovider", "-m",
               "not slow and not weights"]  # fmt: skip
    code = pytest.main([*options, *asked.tests], plugins=[killer])
    return int(code) or (1 if killer.survivors else 0)


if __name__ == "__main__":
    raise SystemExit(main())
