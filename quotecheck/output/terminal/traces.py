"""Print the provenance of a quotation as a timeline on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.output.plain_text import named, plural, shorten
from quotecheck.output.terminal.checks import diff_text
from quotecheck.output.terminal.console import (
    CONTENT,
    QUIET,
    SOURCE,
    content_limit,
    plain_table,
    print_line,
)
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotecheck.checking.trace import Occurrence, Trace

__all__ = ["independent", "render_trace"]

_COPIES = 4
"""Copies that are named."""


def render_trace(trace: Trace, console: Console) -> None:
    """Print every occurrence in order of time, with what it changes and whom it takes it from."""
    if not trace.occurrences:
        print_line(Text("NOT FOUND", style="bold magenta"), console)
        line = f"not in these {visible(trace.searched)}, which does not make it false"
        print_line(Text(line, style=QUIET), console)
        return
    _print_wordings(trace, console)
    table = plain_table(console)
    table.add_column("", justify="right", style=QUIET, no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("who, and where", ratio=9, overflow="fold")
    table.add_column("the words there", ratio=18, overflow="fold")
    limit = content_limit(console)
    copies: dict[int, list[Occurrence]] = {}
    for occurrence in trace.occurrences:
        if occurrence.reprint_of is not None:
            copies.setdefault(occurrence.reprint_of, []).append(occurrence)
    for occurrence in trace.occurrences:
        if occurrence.reprint_of is not None:
            continue
        table.add_row(
            str(occurrence.number),
            named(occurrence.date or "undated"),
            _where(occurrence, copies.get(occurrence.number, ())),
            _words(trace, occurrence, limit),
        )
    console.print(table)
    console.print()
    print_line(_sum(trace), console)


def _print_wordings(trace: Trace, console: Console) -> None:
    by_number = {variant.number: variant for variant in trace.variants}
    first, best = by_number.get(trace.earliest or 0), by_number.get(trace.best or 0)
    if first is None or best is None:
        return
    labels = [("earliest wording", first)]
    if best is not first:
        labels.append(("best attested wording", best))
    else:
        labels = [("earliest and best attested wording", first)]
    for label, variant in labels:
        line = Text(f"{label}: ", style=QUIET)
        line.append(f"“{shorten(variant.words, 600)}”", style=CONTENT)
        count = len(variant.occurrences)
        places = f" ({count} {plural(count, 'place')}, {variant.independent} on its own)"
        print_line(line.append(places, style=QUIET), console)
    console.print()


def _where(occurrence: Occurrence, copies: Sequence[Occurrence]) -> Text:
    cell = Text(named(occurrence.speaker or "?"), style=SOURCE if occurrence.speaker else QUIET)
    for name in occurrence.quoted:
        cell.append(f"\nquoting {named(name)}", style=SOURCE)
    place = f", {named(occurrence.locator)}" if occurrence.locator else ""
    cell.append(f"\n{named(occurrence.title or occurrence.document)}{place}", style=QUIET)
    if occurrence.derived:
        cell.append("\nrepeats others", style="yellow")
    if copies:
        names = dict.fromkeys(named(copy.title or copy.document) for copy in copies)
        shown_names = ", ".join(list(names)[:_COPIES]) + (", …" if len(names) > _COPIES else "")
        count = len(copies)
        noun = "copy" if count == 1 else "copies"
        cell.append(f"\nand {count} {noun}: {shown_names}", style="yellow")
    return cell


def _words(trace: Trace, occurrence: Occurrence, limit: int) -> Text:
    changed = any(operation != "equal" for operation, _, _ in occurrence.diff)
    cell = (
        diff_text(occurrence.diff, around=6) if changed else Text(shorten(occurrence.words, limit))
    )
    if len(trace.variants) > 1:
        cell.append(f"\nwording {occurrence.variant}", style=QUIET)
    if occurrence.copies is not None:
        cell.append(f"\n← {occurrence.copies}: {visible(occurrence.evidence)}", style="yellow")
    return cell


def independent(trace: Trace) -> str:
    """How many origins the words have, in words.

    Copies and what repeats others count as one with what they repeat.
    """
    count = trace.independent_origins
    if trace.only_derived:
        return "no origin of their own, only documents that repeat others"
    least = "at least " if trace.left_out else ""
    return f"{least}{count} independent {plural(count, 'origin')}"


def _sum(trace: Trace) -> Text:
    count = len(trace.occurrences)
    documents = len({occurrence.document for occurrence in trace.occurrences})
    wordings = len(trace.variants)
    copies = sum(occurrence.copies is not None for occurrence in trace.occurrences)
    line = Text(
        f"{count} {plural(count, 'place')} in {documents} {plural(documents, 'document')}, "
        f"{wordings} {plural(wordings, 'wording')}, "
        f"{copies} taken from an earlier one: {independent(trace)}."
    )
    if trace.left_out:
        line.append(f" {trace.left_out} later ones are left out (see --limit).", style="yellow")
    return line.append(f" Searched: these {visible(trace.searched)}.", style=QUIET)
