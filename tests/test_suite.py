"""The suite itself: it mirrors the packages, and no test module needs another."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.support.paths import ROOT, TESTS

OF_THE_SUITE = {"cases", "data", "docs", "fuzz", "journeys", "offline", "robustness", "support"}
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
        if not {*place.parts[:1]} & OF_THE_SUITE:
            assert (ROOT / "quotecheck" / place).is_dir(), place
