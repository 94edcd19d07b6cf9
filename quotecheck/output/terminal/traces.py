"""The way of a quotation for people: a timeline on the terminal."""

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
        told = f"not in these {visible(trace.searched)}, which does not make it false"
        print_line(Text(told, style=QUIET), console)
        return
    _print_wordings(trace, console)
    table = plain_table(console)
    table.add_column("", justify="right", style=QUIET, no_wrap=True)
    table.add_column("when", no_wrap=True)
    table.add_column("who, and where", ratio=9, overflow="fold")
    table.add_column("the words there", ratio=18, overflow="fold")
    limit = content_limit(console)
    copies: dict[int, list[Occurrence]] = {}
    for one in trace.occurrences:
        if one.reprint_of is not None:
            copies.setdefault(one.reprint_of, []).append(one)
    for one in trace.occurrences:
        if one.reprint_of is not None:
            continue
        table.add_row(
            str(one.number),
            named(one.date or "undated"),
            _where(one, copies.get(one.number, ())),
            _words(trace, one, limit),
        )
    console.print(table)
    console.print()
    print_line(_sum(trace), console)


def _print_wordings(trace: Trace, console: Console) -> None:
    by_number = {one.number: one for one in trace.variants}
    first, best = by_number.get(trace.earliest or 0), by_number.get(trace.best or 0)
    if first is None or best is None:
        return
    labels = [("earliest wording", first)]
    if best is not first:
        labels.append(("best attested wording", best))
    else:
        labels = [("earliest and best attested wording", first)]
    for label, one in labels:
        line = Text(f"{label}: ", style=QUIET)
        line.append(f"“{shorten(one.words, 600)}”", style=CONTENT)
        count = len(one.occurrences)
        told = f" ({count} {plural(count, 'place')}, {one.independent} on its own)"
        print_line(line.append(told, style=QUIET), console)
    console.print()


def _where(one: Occurrence, copies: Sequence[Occurrence]) -> Text:
    cell = Text(named(one.speaker or "?"), style=SOURCE if one.speaker else QUIET)
    for name in one.quoted:
        cell.append(f"\nquoting {named(name)}", style=SOURCE)
    place = f", {named(one.locator)}" if one.locator else ""
    cell.append(f"\n{named(one.title or one.document)}{place}", style=QUIET)
    if one.derived:
        cell.append("\nrepeats others", style="yellow")
    if copies:
        names = dict.fromkeys(named(copy.title or copy.document) for copy in copies)
        told = ", ".join(list(names)[:_COPIES]) + (", …" if len(names) > _COPIES else "")
        count = len(copies)
        noun = "copy" if count == 1 else "copies"
        cell.append(f"\nand {count} {noun}: {told}", style="yellow")
    return cell


def _words(trace: Trace, one: Occurrence, limit: int) -> Text:
    changed = any(operation != "equal" for operation, _, _ in one.diff)
    cell = diff_text(one.diff, around=6) if changed else Text(shorten(one.words, limit))
    if len(trace.variants) > 1:
        cell.append(f"\nwording {one.variant}", style=QUIET)
    if one.copies is not None:
        cell.append(f"\n← {one.copies}: {visible(one.evidence)}", style="yellow")
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
    documents = len({one.document for one in trace.occurrences})
    wordings = len(trace.variants)
    copies = sum(one.copies is not None for one in trace.occurrences)
    line = Text(
        f"{count} {plural(count, 'place')} in {documents} {plural(documents, 'document')}, "
        f"{wordings} {plural(wordings, 'wording')}, "
        f"{copies} taken from an earlier one: {independent(trace)}."
    )
    if trace.left_out:
        line.append(f" {trace.left_out} later ones are left out (see --limit).", style="yellow")
    return line.append(f" Searched: these {visible(trace.searched)}.", style=QUIET)
