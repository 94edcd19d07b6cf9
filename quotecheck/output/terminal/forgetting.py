"""What is to be removed from a library, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.output.plain_text import named, plural
from quotecheck.output.terminal.console import QUIET, print_line
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.building.forgetting import Forgetting, Holdings

__all__ = ["render_forgetting"]

_DOCUMENTS = 40  # Documents that are listed before one is asked: about a screen.
_SPEAKERS = 20  # Names that are listed.


def render_forgetting(plan: Forgetting, console: Console) -> None:
    """Print the documents that go, what hangs on each, and the speakers that go with them."""
    for document in plan.documents[:_DOCUMENTS]:
        _render_document(document, console)
    more = len(plan.documents) - _DOCUMENTS
    if more > 0:
        print_line(Text(f"and {more:,} more {plural(more, 'document')}"), console)
    quotations = sum(document.quotations for document in plan.documents)
    number = len(plan.documents)
    summary = f"{number:,} {plural(number, 'document')}, {quotations:,}"
    summary += f" {plural(quotations, 'quotation')}"
    checks = sum(document.checks for document in plan.documents)
    if checks:
        summary += f", {checks:,} kept {plural(checks, 'check')}"
    if plan.fact_checks:
        reviews = len(plan.fact_checks)
        summary = f"{summary}, " if number else ""
        summary += f"{reviews:,} published {plural(reviews, 'fact-check')}"
    line = Text("To be removed: ", style="bold").append(summary, style="not bold")
    if plan.speakers:
        names = ", ".join(named(name) for name in plan.speakers[:_SPEAKERS])
        rest = len(plan.speakers) - _SPEAKERS
        line.append(
            f", and {plural(len(plan.speakers), 'speaker')} with nothing else here: "
            f"{names}{f' and {rest:,} more' if rest > 0 else ''}",
            style="not bold",
        )
    print_line(line.append(".", style="not bold"), console)


def _render_document(document: Holdings, console: Console) -> None:
    line = Text(named(document.title or document.key))
    if document.date:
        line.append(f" ({named(document.date)})")
    print_line(line, console)
    versions = f"{document.versions} versions, " if document.versions > 1 else ""
    summary = (
        f"  {named(document.key)}: {versions}{document.characters:,}"
        f" {plural(document.characters, 'character')}, {document.quotations:,}"
        f" {plural(document.quotations, 'quotation')}"
    )
    print_line(Text(summary, style=QUIET), console)
    if document.path:
        print_line(Text(f"  {visible(document.path)}", style=QUIET), console)
