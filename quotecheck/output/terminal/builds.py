"""What a build did, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.output.plain_text import plural
from quotecheck.output.terminal.console import QUIET, print_line
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.building.build import BuildReport

__all__ = ["render_build"]


_FAILURES_SHOWN = 20


def render_build(report: BuildReport, console: Console) -> None:
    """Print what each stage of a build did, and what failed with its reason and the remedy."""
    if report.adopted is not None:
        adopted = report.adopted
        told = f"Speakers: {adopted.speakers:,} in the table, {adopted.names:,} names new"
        moved = f", {adopted.moved:,} turns and quotations theirs since" if adopted.moved else ""
        print_line(Text(f"{told}{moved}."), console)
    _render_documents(report, console)
    if report.copies is not None and report.copies.copies:
        copies = report.copies
        told = f"{copies.copies:,} documents are near copies of {copies.models:,} others"
        print_line(Text(f"Copies: {told}."), console)
    if report.embedded is not None:
        made = report.embedded
        told = f"{made.vectors:,} of {made.passages:,} passages in {made.seconds:,.0f} s"
        print_line(Text(f"Vectors of sentences: {told}."), console)


def _render_documents(report: BuildReport, console: Console) -> None:
    done = [
        (report.added, "added"),
        (report.replaced, "replaced by a newer text"),
        (report.updated, "with new metadata"),
        (report.skipped, "there already"),
    ]
    told = ", ".join(f"{number:,} {what}" for number, what in done if number)
    line = Text("Documents: ", style="bold").append(told or "none", style="not bold")
    if report.attributed:
        line.append(
            f"; {report.quotations:,} {plural(report.quotations, 'quotation')} in"
            f" {report.attributed:,} of them",
            style="not bold",
        )
    line.append(".", style="not bold")
    print_line(line, console)
    pace = f", {report.bytes_read / 1e6 / report.seconds:.1f} MB/s" if report.seconds > 1 else ""
    read = f"{report.bytes_read / 1e6:.1f} MB in {report.seconds:.1f} s{pace}"
    print_line(Text(f"Library: {visible(str(report.library))} ({read})"), console)
    if not report.failed:
        return
    head = f"{report.failed:,} could not be taken in; the rest is in the library."
    print_line(Text(head, style="bold red"), console)
    for failure in report.failures[:_FAILURES_SHOWN]:
        where = f"{visible(failure.where)}: " if failure.where else ""
        print_line(Text(f"  {where}{visible(failure.what)}"), console)
        if failure.remedy:
            print_line(Text(f"    {visible(failure.remedy)}", style=QUIET), console)
    if report.failed > _FAILURES_SHOWN:
        more = report.failed - min(_FAILURES_SHOWN, len(report.failures))
        print_line(Text(f"  and {more:,} more (in the library's table failures)"), console)
