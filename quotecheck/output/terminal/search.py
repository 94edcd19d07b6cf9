"""What a search found, and a small chart of it over time, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.output.plain_text import named, plural
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

    from quotecheck.records.text import Span
    from quotecheck.searching.search import Hit, SearchResults, Timeline

__all__ = ["render_search", "render_timeline"]

_BARS = 40  # columns of the longest bar
_RUN = 3  # empty periods in a row that are shown one by one


def render_search(results: SearchResults, console: Console) -> None:
    """Print the places found, with who spoke, and what was looked through."""
    if not results.hits:
        if results.total:
            line = f"That is all: {results.total:,} {plural(results.total, 'place')}."
            print_line(Text(line, style=QUIET), console)
            return
        who = f" by {named(results.speaker[0])}" if results.speaker else ""
        line = f"Nothing{who} in these {visible(results.searched)}."
        print_line(Text(line), console)
        return
    table = plain_table(console)
    table.add_column("when", no_wrap=True)
    table.add_column("who, and where", ratio=9, overflow="fold")
    table.add_column("what was said", ratio=18, overflow="fold")
    limit = content_limit(console)
    for hit in results.hits:
        table.add_row(named(hit.date or "undated"), _where(hit), _what(hit, limit))
    console.print(table)
    console.print()
    print_line(_sum(results), console)


def _where(hit: Hit) -> Text:
    who = ", ".join(named(name) for name in hit.speakers) or named(hit.description or "?")
    cell = Text(who, style=SOURCE if hit.speakers else QUIET)
    place = [named(hit.title or hit.document)]
    if hit.publication:
        place.append(named(hit.publication))
    if hit.author and hit.author not in hit.speakers:
        place.append(f"by {named(hit.author)}")
    return cell.append(f"\n{', '.join(place)}", style=QUIET)


def _what(hit: Hit, limit: int) -> Text:
    cell = _excerpt(hit.text, hit.matches, limit)
    if hit.negated:
        cell.append("\nthe article says that this was not said", style="bold yellow")
    elif hit.kind != "text":
        cell.append(f"\n{hit.kind} quotation", style=QUIET)
    return cell


def _excerpt(text: str, matches: Sequence[Span], limit: int) -> Text:
    """The stretch with the most of the words, as long as is shown; "[…]" where text is left out."""
    first, last = 0, len(text)
    if len(text) > limit:
        best = max(
            (match.start for match in matches),
            key=lambda at: (
                sum(at <= match.start and match.end <= at + limit for match in matches),
                -at,
            ),
            default=0,
        )
        first = max(0, min(best - limit // 4, len(text) - limit))
        last = first + limit
        if first:
            first += len(text[first:last]) - len(text[first:last].split(" ", 1)[-1])
        if last < len(text):
            last = first + len(text[first:last].rsplit(" ", 1)[0])
    cell = Text("[…] " if first else "")
    at = first
    for match in [match for match in matches if first <= match.start and match.end <= last]:
        cell.append(_unbroken(text[at : match.start]), style=CONTENT)
        cell.append(visible(text[match.start : match.end]), style=f"bold underline {CONTENT}")
        at = match.end
    cell.append(_unbroken(text[at:last]), style=CONTENT)
    return cell.append(" […]" if last < len(text) else "")


def _unbroken(text: str) -> str:
    """Visible text with a space left at either end where there was white space."""
    shown = visible(text)
    before = " " if text[:1].isspace() else ""
    after = " " if text[-1:].isspace() and shown else ""
    return f"{before}{shown}{after}"


def _sum(results: SearchResults) -> Text:
    least = "" if results.complete else "at least "
    line = Text(f"{least}{results.total:,} {plural(results.total, 'place')}")
    if results.total > len(results.hits):
        first = results.offset + 1
        line.append(f", of which {first:,} to {results.offset + len(results.hits):,} are shown")
    return line.append(f". Searched: these {visible(results.searched)}.", style=QUIET)


def render_timeline(timeline: Timeline, console: Console) -> None:
    """Print counts over time: bars on a terminal, plain numbers in a pipe."""
    periods = timeline.every_period()
    if not periods:
        unknown = timeline.undated + timeline.imprecise
        if unknown:
            summary = f"{unknown:,} {plural(unknown, 'place')} whose {timeline.by} is not known"
            print_line(Text(f"{summary}. Searched: these {visible(timeline.searched)}."), console)
        else:
            print_line(Text(f"Nothing in these {visible(timeline.searched)}."), console)
        return
    if not console.is_terminal:
        for period in periods:
            print_line(Text(f"{period.label}\t{period.total}"), console)
        return
    most = max(period.total for period in periods)
    width = max(8, min(_BARS, console.width - 40))
    empty = 0
    for place, period in enumerate(periods):
        empty = 0 if period.total else empty + 1
        rest = periods[place - empty + 1 :] if empty else ()
        run = next((n for n, later in enumerate(rest) if later.total), len(rest))
        if empty and run > _RUN:
            if empty == 2:
                console.print(Text("   ⋮" if _has(console, "⋮") else "   ...", style=QUIET))
            if 1 < empty < run:
                continue
        bar = round(width * period.total / most) or (1 if period.total else 0)
        line = Text(f"{period.label:7} ", style="bold").append(
            f"{period.total:6,} ", style="not bold"
        )
        line.append(("█" if _has(console, "█") else "#") * bar, style="cyan")
        if period.quotations and period.passages:
            summary = f" {period.quotations:,} quoted, {period.passages:,} in texts"
            line.append(summary, style=QUIET)
        console.print(line)
    console.print()
    summary = f"By {timeline.by}, in these {visible(timeline.searched)}."
    if timeline.undated:
        summary += f" Undated: {timeline.undated:,}."
    if timeline.imprecise:
        summary += f" Month not known: {timeline.imprecise:,}."
    if timeline.copies:
        summary += (
            f" Near copies left out: {timeline.copies:,} {plural(timeline.copies, 'document')}."
        )
    print_line(Text(summary, style=QUIET), console)


def _has(console: Console, letter: str) -> bool:
    try:
        letter.encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True
