"""One thing has one name for people: on a terminal, on every page, in sheets and in comments."""

from __future__ import annotations

import re

import pytest

from quotecheck.output.desk.summaries import COLUMNS
from quotecheck.output.kind_labels import KIND_LABELS
from tests.support.paths import ROOT

OUTPUTS = sorted(
    path
    for folder in ("output/terminal", "output/desk", "output/html", "web")
    for path in (ROOT / "quotecheck" / folder).rglob("*")
    if path.suffix in (".py", ".j2")
)

OTHER_NAMES = {
    r"\bhow sure\b|\bpercent \}\} sure\b": "confidence",
    r"\bpartly quoted\b|\bpartly direct\b": "partial",
    r"\bclaimed speaker\b|\bspeaker claimed\b|\battributed to\b": "credited to",
    r"\bseriousness\b": "severity",
    r"\bjudgement\b(?=[^\n]*</)": "verdict",
}
"""Other words for the same things, and the one that is used."""


@pytest.mark.parametrize("path", OUTPUTS, ids=lambda path: path.name)
def test_no_second_name(path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":  # what is printed: neither docstrings nor comments
        text = re.sub(r'""".*?"""|#[^\n]*', "", text, flags=re.DOTALL)
    found = [f"{m.group()}: {one}" for p, one in OTHER_NAMES.items() for m in re.finditer(p, text)]
    assert found == []


def test_kinds_have_the_same_name_in_tables_and_on_pages() -> None:
    speech = {kind: KIND_LABELS[kind] for kind in ("direct", "mixed", "indirect")}
    names = [(label.table, label.page) for label in speech.values()]
    assert names == [("direct",) * 2, ("partial",) * 2, ("indirect",) * 2]


def test_columns_of_sheets_are_named_as_the_rows_of_a_check() -> None:
    terminal = (ROOT / "quotecheck/output/terminal/checks.py").read_text(encoding="utf-8")
    for name in ("credited to", "said by"):
        assert name in COLUMNS.values()
        assert f'"{name}"' in terminal
