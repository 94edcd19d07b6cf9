"""What is wrong with a library, and what has become of its sources, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.output.plain_text import named, plural, shorten
from quotecheck.output.terminal.console import QUIET, plain_table, print_line
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import Console

    from quotecheck.library.integrity import Finding
    from quotecheck.rechecking.recheck import (
        AttributionChange,
        DocumentState,
        QuotationState,
        Recheck,
        Result,
    )

__all__ = ["render_findings", "render_recheck", "render_result"]

_STYLES = {
    "unchanged": "green",
    "moved": "yellow",
    "edited": "yellow",
    "changed": "bold yellow",
    "otherwise": "bold yellow",
    "gone": "bold red",
    "dropped": "bold red",
    "unreadable": "bold red",
    "new": "bold cyan",
}
_LONG = 240  # characters of a quotation that are shown


def render_findings(
    findings: Sequence[Finding],
    console: Console,
    *,
    library: str,
    number: int,
    looked: str,
    note: str = "",
) -> None:
    """Print what a look through a library has found, or that all is well.

    Args:
        findings: those to show.
        console: where to print.
        library: its path.
        number: how many findings there are, shown or not.
        looked: what was looked at ("3 documents, …").
        note: what else to tell, "" for nothing.
    """
    if findings:
        table = plain_table(console)
        table.add_column("check", no_wrap=True, style="bold")
        table.add_column("where", ratio=8, overflow="fold")
        table.add_column("what is wrong", ratio=17, overflow="fold")
        for finding in findings:
            table.add_row(finding.check, Text(named(finding.place)), Text(visible(finding.what)))
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
    if note:
        print_line(Text(note, style=QUIET), console)


def render_result(result: Result, console: Console) -> None:
    """Print one result: a document's source, a quotation of it, or what is attributed otherwise."""
    from quotecheck.rechecking.recheck import DocumentState, QuotationState

    if isinstance(result, DocumentState):
        _render_document(result, console)
    elif isinstance(result, QuotationState):
        _render_quotation(result, console)
    else:
        _render_change(result, console)


def _label(state: str, indent: int) -> Text:
    return Text(" " * indent).append(f"{state:11}", style=_STYLES.get(state, QUIET))


def _render_document(state: DocumentState, console: Console) -> None:
    line = _label(state.state, 0).append(named(state.document), style="bold")
    if state.quotations:
        line.append(f" ({state.quotations:,} {plural(state.quotations, 'quotation')})", style=QUIET)
    if state.why:
        line.append(f": {visible(state.why)}")
    if state.state == "edited":
        moved = f"; {state.quotations_moved:,} moved" if state.quotations_moved else ""
        line.append(f"; each quotation holds{moved}")
    elif state.quotations_moved:
        line.append(f"; {state.quotations_moved:,} only moved")
    print_line(line, console)
    for name, path in (("from", state.path), ("now", state.found)):
        if path is not None and state.state != "unchanged":
            print_line(Text(f"  {name + ':':9}{visible(path)}", style=QUIET), console)


def _render_quotation(state: QuotationState, console: Console) -> None:
    speaker = state.speaker if isinstance(state.speaker, str) else " and ".join(state.speaker or ())
    line = _label(state.state, 2).append(f"{named(speaker)}: " if speaker else "")
    line.append(f"“{shorten(state.exact, _LONG)}”")
    if state.span is not None and state.state == "moved":
        line.append(
            f" {state.start}..{state.end} → {state.span.start}..{state.span.end}", style=QUIET
        )
    print_line(line, console)
    if state.state == "changed" and state.words == state.exact:
        print_line(Text(f"             {state.why}", style=QUIET), console)
    elif state.state == "changed":
        now = Text(f"             now “{shorten(state.words or '', _LONG)}”")
        now.append(f" ({state.likeness:.0%} alike; {state.why})", style=QUIET)
        print_line(now, console)


def _render_change(change: AttributionChange, console: Console) -> None:
    line = _label(change.change, 0).append(named(change.document), style="bold")
    line.append(f" {change.span.start}..{change.span.end} ", style=QUIET)
    print_line(line.append(f"“{shorten(change.words, _LONG)}”"), console)
    for name, before, after in change.fields:
        line = Text(f"  {name + ':':9}").append(visible(before) or "none")
        print_line(line.append(" → ").append(visible(after) or "none"), console)


def render_recheck(recheck: Recheck, console: Console) -> None:
    """Print how many documents and quotations there were of each state."""
    print_line(_sum("Documents", recheck.documents), console)
    print_line(_sum("Quotations", recheck.quotations), console)
    if recheck.attributed:
        print_line(_sum("Attributions that would change", recheck.changes), console)
    if recheck.elsewhere:
        line = f"{recheck.elsewhere:,} {plural(recheck.elsewhere, 'document')} of other places left"
        print_line(Text(f"{line} out.", style=QUIET), console)


def _sum(what: str, counts: Mapping[str, int]) -> Text:
    order = {state: place for place, state in enumerate(_STYLES)}
    states = sorted(counts, key=lambda state: order.get(state, len(order)))
    counted = ", ".join(f"{counts[state]:,} {state}" for state in states if counts[state])
    return Text(f"{what}: ", style="bold").append(f"{counted or 'none'}.", style="not bold")
