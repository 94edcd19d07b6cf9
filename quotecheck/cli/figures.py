"""Print the figures of `quotecheck evaluate`, and write the answers that they are of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from quotecheck.cli.console import show, write_pieces

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["finish", "show_trust", "write_lines"]

_WIDE = 140
"""Columns of the tables of figures in a pipe; they have many."""
_SHOWN_KINDS: Final = 12
"""Kinds that are shown with an example."""
_EXAMPLE_CHARS: Final = 300
"""Code points of a quotation that an example shows."""
_TRUST_SCORES: Final = {
    "pass_through": "changed quotations that pass",
    "false_accusation": "faithful quotations that are accused",
    "wrongly_accused": "right or open speakers that are accused",
    "misattribution_recall": "wrong speakers that are found out",
    "false_alarm": "invented sentences that are found",
}


def finish(
    figures: Mapping[str, Any],
    lines: Iterable[Mapping[str, Any]] | None,
    as_json: bool,
    output: Path | None,
) -> None:
    """Write the answers if asked to, and print the figures as tables or as one JSON object."""
    if output is not None and lines is not None:
        write_lines(output, lines)
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
        return
    show(lambda console: _print(figures, console), width=_WIDE)


def write_lines(path: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write records as JSON Lines."""
    write_pieces(path, (json.dumps(x, ensure_ascii=False) + "\n" for x in lines))


def show_trust(figures: Mapping[str, Any], *, kinds: bool) -> None:
    """Print the scores of trust, and the worst kinds with an example of each (or every kind)."""
    show(lambda console: _print_trust(figures, console, kinds), width=_WIDE)


def _print_trust(figures: Mapping[str, Any], console: Console, kinds: bool) -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(
        f"{figures['cases']:,} cases from {figures['documents']:,} documents"
        + (f", seed {figures['seed']}" if "seed" in figures else "")
    )
    table = Table(box=None, pad_edge=False)
    for name in ("", "rate", "of", "by kind", "outcomes"):
        table.add_column(name, justify="left" if name in ("", "outcomes") else "right")
    for name, words in _TRUST_SCORES.items():
        score = figures["scores"][name]
        table.add_row(
            words, _percent(score["rate"]), f"{score['n']:,}", _percent(score.get("by_kind")),
            _counts(score, ("rate", "n", "by_kind")),
        )  # fmt: skip
    console.print(table)
    if kinds:
        console.print()
        table = Table(box=None, pad_edge=False)
        for name in ("kind", "cases", "failed", "outcomes"):
            table.add_column(name, justify="right" if name in ("cases", "failed") else "left")
        for kind, row in figures["kinds"].items():
            table.add_row(kind, str(row["n"]), str(row["failed"]), _counts(row, ("n", "failed")))
        console.print(table)
    for row in figures["worst"][: None if kinds else _SHOWN_KINDS]:
        for line in _worst_lines(row):
            console.print(Text(line), soft_wrap=True)


def _worst_lines(row: Mapping[str, Any]) -> Sequence[str]:
    example = row["example"]
    what = "failures" if row["failures"] else "stopped or lost"
    claimed, speaker = example["claimed_speaker"], example["speaker"]
    lines = [
        "",
        f"{row['group']}: {row['kind']}, {what}: {row['cases']} of {row['n']}",
        f"  quoted   “{_one_line(example['quote'])}”" + (f", {claimed}" if claimed else ""),
    ]
    if example["source"]:
        lines.append(
            f"  source   “{_one_line(example['source'])}”" + (f", {speaker}" if speaker else "")
        )
    lines += [
        f"  right    {' or '.join(example['accept'])}; "
        f"severity {' or '.join(example['right_severity'])}",
        f"  answer   {example['verdict']}, severity {example['severity']} ({example['outcome']})",
    ]
    if example["reasons"]:
        lines.append(f"  reasons  {_one_line('; '.join(example['reasons']))}")
    return lines


def _one_line(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXAMPLE_CHARS else f"{text[: _EXAMPLE_CHARS - 1]}…"


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate:.1%}"


def _counts(row: Mapping[str, Any], without: Sequence[str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items() if name not in without)


def _print(figures: Mapping[str, Any], console: Console) -> None:
    """Numbers first, then each group of figures as a table of its own."""
    from rich.table import Table

    flat = {k: v for k, v in figures.items() if isinstance(v, int | float | str | list | None)}
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column()
    for name, value in flat.items():
        if value != [] and value is not None:
            table.add_row(name, _cell(value))
    console.print(table)
    for name, group in figures.items():
        if isinstance(group, Mapping) and group and name != "weights":
            _print_group(name, group, console)


def _print_group(name: str, group: Mapping[str, Any], console: Console) -> None:
    from rich.table import Table

    rows = {k: v for k, v in group.items() if isinstance(v, Mapping)}
    deeper = any(isinstance(v, Mapping) for row in rows.values() for v in row.values())
    if deeper:
        for key, row in rows.items():
            _print_group(f"{name} {key}", row, console)
        return
    table = Table(box=None, pad_edge=False, title=name, title_justify="left", title_style="bold")
    if not rows:
        for key in group:
            table.add_column(str(key), justify="right")
        table.add_row(*(_cell(value) for value in group.values()))
    else:
        columns = list(dict.fromkeys(c for row in rows.values() for c in row))
        table.add_column("")
        for column in columns:
            table.add_column(str(column), justify="right")
        for key, row in rows.items():
            table.add_row(str(key), *(_cell(row.get(c)) for c in columns))
    console.print()
    console.print(table)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, list):
        return " ".join(f"{v:.3f}" if isinstance(v, float) else _cell(v) for v in value)
    return "" if value is None else str(value)
