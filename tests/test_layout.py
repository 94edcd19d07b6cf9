"""The layout: what no import rule sees, of the modules and of the tests."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT, TESTS
from tests.support.stranger import drawn

PACKAGE = ROOT / "quotecheck"
MAX_LINES = 400


def sql_calls(source: str) -> Iterator[str]:
    """Where a statement is given to a database: by sqlite3, by sqlite_utils, or to a cursor.

    ``execute`` and its kin count however they are used, also when they are passed on. ``query`` is
    a plain word, and a field of several records: it counts when it is called.
    """
    for node in ast.walk(ast.parse(source)):
        called = isinstance(node, ast.Call)
        named = node.func if isinstance(node, ast.Call) else node
        if isinstance(named, ast.Attribute) and (
            (not called and named.attr in {"execute", "executemany", "executescript"})
            or (called and named.attr in {"query", "rows_where", "execute_returning_dicts"})
        ):
            yield f"line {named.lineno}: .{named.attr}"


def modules() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


def test_sql_stands_in_the_library_alone() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): list(sql_calls(path.read_text(encoding="utf-8")))
        for path in modules()
        if "library" not in path.relative_to(PACKAGE).parts[:1]
    }
    assert {name: calls for name, calls in found.items() if calls} == {}


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("library.db.execute('SELECT 1')", 1),
        ("self._db.conn.executemany(sql, rows)", 1),
        ("connection.cursor().executescript(sql)", 1),
        ("list(db.query('SELECT 1'))", 1),
        ("ask = db.execute", 1),  # passed on, called elsewhere
        ("db.table('runs').rows_where('id = 1')", 1),
        ("request.query.get('q')", 0),
        ("gram = grams[0].query", 0),
        ("def execute(): ...", 0),
        ("executor.submit(work)", 0),
    ],
)
def test_what_gives_a_statement_to_a_database_is_found(line: str, number: int) -> None:
    assert len(list(sql_calls(line))) == number


def test_no_module_is_too_long_to_read() -> None:
    lengths = {
        path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in modules()
    }
    assert {name for name, lines in lengths.items() if lines > MAX_LINES} == set()


# ------------------------------------------------------------------------------------ the tests

FOLDERS_OF_THE_SUITE = {
    "cases",
    "data",
    "docs",
    "fuzz",
    "journeys",
    "offline",
    "robustness",
    "support",
}
"""Folders of tests that stand for no package of the product."""


def imported(source: str) -> Iterator[str]:
    """The modules that a source imports, within functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{name.name}" for name in node.names)


def is_test_module(module: str) -> bool:
    return any(part.startswith("test_") for part in module.split("."))


def test_no_test_module_imports_another() -> None:
    """What two of them need is in tests/support; fixtures in a conftest or a plugin."""
    found = {
        path.relative_to(TESTS).as_posix(): [
            name for name in imported(path.read_text(encoding="utf-8")) if is_test_module(name)
        ]
        for path in sorted(TESTS.rglob("*.py"))
    }
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_an_import_of_a_test_module_is_seen() -> None:
    for line in (
        "from tests.cli.test_commands import run",
        "from tests.cli import test_commands",
        "import tests.cli.test_commands as commands",
        "def f():\n    from .test_commands import run",
    ):
        assert any(map(is_test_module, imported(line)))
    assert not any(map(is_test_module, imported("from tests.support import commands")))


def test_folders_are_packages_and_mirror_those_of_the_product() -> None:
    """Basenames recur (`test_formats`), so that each folder must be a package of its own."""
    for folder in sorted({path.parent for path in TESTS.rglob("test_*.py")}):
        assert (folder / "__init__.py").is_file(), folder
        place = folder.relative_to(TESTS)
        if not {*place.parts[:1]} & FOLDERS_OF_THE_SUITE:
            assert (ROOT / "quotecheck" / place).is_dir(), place


def test_a_stranger_is_shown_twenty_definitions_without_their_places() -> None:
    lines = drawn(2026)
    assert len(lines) == 20
    assert lines == drawn(2026) != drawn(7)
    assert all((PACKAGE / place.rpartition(":")[0]).is_file() for _, place in lines)


def test_every_package_has_a_charter_and_a_layer_in_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    packages = {path.relative_to(PACKAGE).parts[0].removesuffix(".py") for path in modules()}
    packages -= {"__init__", "__main__", "_version", "conftest"}
    layers = page.partition("## Layers")[2].partition("## Charters")[0]
    assert [name for name in sorted(packages) if f"| `{name}` |" not in page] == []
    assert [name for name in sorted(packages) if name not in layers] == []
