"""What is wrong with a library, and what has become of its sources, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.report import QUIET, plain_table, plural, print_line, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotecheck.store_verify import Finding

__all__ = ["render_findings"]


def render_findings(
    findings: Sequence[Finding], console: Console, *, library: str, number: int, looked: str
) -> None:
    """Print what a look through a library has found, or that all is well.

    Args:
        findings: those to show.
        console: where to print.
        library: its path.
        number: how many findings there are, shown or not.
        looked: what was looked at ("3 documents, …").
    """
    if findings:
        table = plain_table(console)
        table.add_column("check", no_wrap=True, style="bold")
        table.add_column("where", ratio=8, overflow="fold")
        table.add_column("what is wrong", ratio=17, overflow="fold")
        for one in findings:
            table.add_row(one.check, Text(visible(one.place)), Text(visible(one.what)))
        console.print(table)
        console.print()
    if number > len(findings):
        more = f"and {number - len(findings):,} more (all of them: --format jsonl)"
        print_line(Text(more, style=QUIET), console)
    head = (
        Text(f"{number:,} {plural(number, 'finding')}.", style="bold red")
        if number
        else Text("All is well.", style="bold green")
    )
    print_line(head, console)
    print_line(Text(f"Looked at {visible(library)}: {looked}."), console)
