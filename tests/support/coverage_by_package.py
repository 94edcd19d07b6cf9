"""The share of each package's lines that its tests run.

`make coverage` runs the tests that take seconds under coverage.py and calls this module:

    python -m tests.support.coverage_by_package coverage.json

Recipes of `training` and whole commands are run by tests that take minutes, so those packages
have lower figures here than all tests together would give.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["by_package", "table"]


def by_package(report: Mapping[str, Any]) -> dict[str, tuple[int, int]]:
    """Count statements that ran and all statements, by package.

    Args:
        report: what ``coverage json`` writes.
    """
    counts: dict[str, tuple[int, int]] = {}
    for name, file in report["files"].items():
        parts = Path(name).parts
        if "quotecheck" not in parts:
            continue
        package = parts[parts.index("quotecheck") + 1].removesuffix(".py")
        ran, total = counts.get(package, (0, 0))
        summary = file["summary"]
        counts[package] = (
            ran + summary["covered_lines"], total + summary["num_statements"],
        )  # fmt: skip
    return dict(sorted(counts.items()))


def table(counts: Mapping[str, tuple[int, int]]) -> str:
    """A line for each package: its name, its statements, and the share that ran, in percent."""
    rows = [
        f"{package:<14} {total:>6} {100 * ran / total if total else 100:>5.0f} %"
        for package, (ran, total) in counts.items()
    ]
    return "\n".join([f"{'package':<14} {'lines':>6} {'run':>7}", *rows])


def main() -> int:
    """Print the table of one report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("report", type=Path)
    report = json.loads(parser.parse_args().report.read_text(encoding="utf-8"))
    print(table(by_package(report)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
