"""Stanza's private modules are imported in one place alone."""

from __future__ import annotations

import ast
from pathlib import Path

import quotecheck

PACKAGE = Path(quotecheck.__file__).parent
GATHERED = "parsing/inference/stanza_internals.py"
PUBLIC = {"stanza", "stanza.pipeline.processor"}
"""What Stanza documents: its face, and the registration of processors."""


def imported(path: Path) -> set[str]:
    modules: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            modules.add(node.module or "")
    return {name for name in modules if name.split(".")[0] == "stanza"}


def test_private_modules_of_stanza_are_imported_in_one_module() -> None:
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for name in imported(path) - PUBLIC
        if path.relative_to(PACKAGE).as_posix() != GATHERED
    }
    assert found == set()
    assert len(imported(PACKAGE / GATHERED)) > 10
