"""Speakers, what may be one of them, and what was changed about them, for people."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from rich.text import Text

from quotecheck.output.plain_text import named, plural, shorten
from quotecheck.output.terminal.console import QUIET, SOURCE, plain_table, print_line
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotecheck.library.speaker_history import Change
    from quotecheck.output.registry import Listing
    from quotecheck.speakers.changes import IdentificationReport
    from quotecheck.speakers.directory import Person
    from quotecheck.speakers.merge_suggestions import MergeSuggestion
    from quotecheck.speakers.tidying import Tidied

__all__ = [
    "change_table",
    "render_changes",
    "render_identified",
    "render_merge_suggestions",
    "render_people",
    "render_tidied",
    "speaker_table",
    "suggestion_table",
]

_SUMMARY_CHARS = 600
"""Of what was changed, as a table shows it."""
_FORMS = 6  # forms of a name that are shown


def speaker_table(listing: Listing, console: Console) -> None:
    """Print speakers, as many as the listing's limit."""
    render_people(*_first(listing), console)


def suggestion_table(listing: Listing, console: Console) -> None:
    """Print pairs that may be one speaker, as many as the listing's limit."""
    render_merge_suggestions(*_first(listing), console)


def change_table(listing: Listing, console: Console) -> None:
    """Print changes, as many as the listing's limit."""
    render_changes(_first(listing)[0], console)


def render_tidied(tidied: Tidied, console: Console) -> None:
    """Print what was, or would be, taken out of the register."""
    for name in tidied.names:
        print_line(Text(named(name), style=SOURCE), console)
    number = len(tidied.names)
    entries = f"{number:,} {'entry names' if number == 1 else 'entries name'}"
    if not number:
        line = "Every entry may be a person or an organisation."
    elif tidied.change is None:
        line = f"{entries} no person or organisation. Nothing was changed."
    else:
        line = (
            f"Change {tidied.change}: {entries} no person or organisation, and went out of the"
            f" register. Turns and quotations with a description instead: {tidied.released:,}."
        )
    print_line(Text(line), console)


def _first(listing: Listing) -> tuple[list[Any], int]:
    """The items to show, and how many there are in all."""
    items = iter(listing.items)
    shown = list(itertools.islice(items, listing.limit))
    return shown, len(shown) + sum(1 for _ in items)


def render_people(shown: Sequence[Person], number: int, console: Console) -> None:
    """Print speakers with what they said, and how else they are called.

    Args:
        shown: those to print.
        number: how many there are in all.
        console: where to print.
    """
    if shown:
        table = plain_table(console)
        table.add_column("speaker", ratio=10, overflow="fold")
        table.add_column("turns", justify="right", no_wrap=True)
        table.add_column("quotations", justify="right", no_wrap=True)
        table.add_column("wrote", justify="right", no_wrap=True)
        table.add_column("identifier", no_wrap=True)
        table.add_column("also", ratio=12, overflow="fold")
        for person in shown:
            table.add_row(
                Text(named(person.name), style=SOURCE),
                f"{person.turns:,}",
                f"{person.quotations:,}",
                f"{person.documents:,}",
                named(person.identifier or ""),
                _also(person),
            )
        console.print(table)
        console.print()
    line = f"{number:,} {plural(number, 'speaker')}."
    if number > len(shown):
        line += f" {number - len(shown):,} more: --limit, or words to filter by."
    print_line(Text(line), console)


def _also(person: Person) -> Text:
    cell = Text(", ".join(named(name) for name in person.names))
    forms = [named(form) for form in person.forms[:_FORMS]]
    if len(person.forms) > _FORMS:
        forms.append("…")
    if forms:
        if cell:
            cell.append("; ")
        cell.append(f"written {', '.join(forms)}", style=QUIET)
    return cell


def render_merge_suggestions(
    pairs: Sequence[MergeSuggestion], number: int, console: Console
) -> None:
    """Print pairs that may be one person, with the evidence for and against it."""
    if pairs:
        table = plain_table(console)
        table.add_column("", justify="right", no_wrap=True, style=QUIET)
        table.add_column("perhaps", ratio=8, overflow="fold")
        table.add_column("is", ratio=8, overflow="fold")
        table.add_column("because", ratio=14, overflow="fold")
        for pair in pairs:
            cell = Text("; ".join(visible(reason) for reason in pair.reasons))
            for doubt in pair.doubts:
                cell.append(f"\nbut: {visible(doubt)}", style="yellow")
            table.add_row(
                f"{pair.score:.2f}",
                Text(named(pair.other), style=SOURCE),
                Text(named(pair.into), style=SOURCE),
                cell,
            )
        console.print(table)
        console.print()
    line = f"{number:,} {plural(number, 'pair')} that may be one person."
    if number > len(pairs):
        line += f" {number - len(pairs):,} more: --limit."
    if number:
        line += (
            " Nothing is merged automatically: quotecheck speakers merge INTO OTHER --db LIBRARY"
        )
    print_line(Text(line), console)


def render_changes(listed: Sequence[Change], console: Console) -> None:
    """Print what was changed about speakers, the newest first."""
    if not listed:
        print_line(Text("Nothing was changed."), console)
        return
    table = plain_table(console)
    table.add_column("", justify="right", no_wrap=True, style="bold")
    table.add_column("when", no_wrap=True)
    table.add_column("who", ratio=4, overflow="fold")
    table.add_column("what", ratio=16, overflow="fold")
    for change in listed:
        cell = Text(shorten(change.summary, _SUMMARY_CHARS))
        if change.undone_by is not None:
            cell.append(f"\nundone by {change.undone_by}", style="yellow")
        table.add_row(str(change.id), change.at[:19].replace("T", " "), named(change.by), cell)
    console.print(table)


def render_identified(report: IdentificationReport, console: Console) -> None:
    """Print which identifiers of a table were taken over, and which were not."""
    for name, identifier in report.assigned:
        print_line(Text(named(name), style=SOURCE).append(f" is {named(identifier)}"), console)
    for name, kept_identifier, table_identifiers in report.kept:
        line = Text(named(name), style=SOURCE)
        line.append(
            f" stays {named(kept_identifier)}" if kept_identifier else " stays without one",
            style="yellow",
        )
        print_line(line.append(f": the table has {named(table_identifiers)}"), console)
    counts = f"{len(report.assigned):,} given, {len(report.kept):,} left as they were"
    line = Text(f"{counts}, {report.unchanged:,} there already.")
    if report.change is not None:
        line.append(f" Change {report.change}.", style=QUIET)
    print_line(line, console)
