"""What a build did, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.output.plain_text import plural, size
from quotecheck.output.terminal.console import QUIET, print_line
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.building.build import BuildReport

__all__ = ["render_build"]


_FAILURES_SHOWN = 20  # Failures printed: less than a screen. The rest is counted.


def render_build(report: BuildReport, console: Console) -> None:
    """Print what each stage of a build did, and what failed with its reason and the remedy."""
    if report.speaker_import is not None:
        table = report.speaker_import
        line = f"Speakers: {table.speakers:,} in the table, {table.names:,} names new"
        moved = f", {table.moved:,} turns and quotations theirs since" if table.moved else ""
        print_line(Text(f"{line}{moved}."), console)
    _render_documents(report, console)
    if report.copies is not None and report.copies.copies:
        copies = report.copies
        line = f"{copies.copies:,} {plural(copies.copies, 'document')}"
        line += " is a near copy" if copies.copies == 1 else " are near copies"
        line += f" of {copies.models:,} {plural(copies.models, 'other')}"
        print_line(Text(f"Copies: {line}."), console)
    if report.embedded is not None:
        counts = report.embedded
        line = f"{counts.vectors:,} of {counts.passages:,} passages in {counts.seconds:,.0f} s"
        print_line(Text(f"Vectors of sentences and clauses: {line}."), console)


def _sentence(report: BuildReport) -> str:
    """What came in, what was there, and what the library is now."""
    came = report.added + report.replaced
    sentence = f"Took in {came:,} {plural(came, 'document')}" if came else "Took in no new document"
    if came:
        sentence += f" with {report.words:,} {plural(report.words, 'word')}"
    if report.fact_checks:
        checks = f"{report.fact_checks:,} published {plural(report.fact_checks, 'fact-check')}"
        sentence = f"{sentence} and {checks}" if came else f"Took in {checks}"
    if report.attributed:
        count = f"{report.quotations:,} {plural(report.quotations, 'quotation')}"
        sentence += f" and {count}" if came else f", but {count} of those that were there"
    if report.replaced:
        older = "an older text" if report.replaced == 1 else "older texts"
        sentence += f"; {report.replaced:,} took the place of {older}"
    if report.updated:
        sentence += f"; {report.updated:,} {'has' if report.updated == 1 else 'have'} new metadata"
    if report.skipped:
        sentence += f"; {report.skipped:,} {'was' if report.skipped == 1 else 'were'} there already"
    documents = f"{report.documents:,} {plural(report.documents, 'document')}"
    contents = f"{documents} in {size(report.library_bytes)}"
    library = visible(str(report.library))
    return f"{sentence}; {library} now holds {contents} ({report.seconds:,.1f} s)."


def _render_documents(report: BuildReport, console: Console) -> None:
    print_line(Text(_sentence(report)), console)
    if not report.failed:
        return
    head = f"{report.failed:,} could not be read or stored; the rest is in the library."
    print_line(Text(head, style="bold red"), console)
    for failure in report.failures[:_FAILURES_SHOWN]:
        where = f"{visible(failure.where)}: " if failure.where else ""
        print_line(Text(f"  {where}{visible(failure.what)}"), console)
        if failure.remedy:
            print_line(Text(f"    {visible(failure.remedy)}", style=QUIET), console)
    if report.failed > _FAILURES_SHOWN:
        more = report.failed - min(_FAILURES_SHOWN, len(report.failures))
        print_line(Text(f"  and {more:,} more (in the library's table failures)"), console)
