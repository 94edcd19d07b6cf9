"""Checks for people: verdict, place, person and differences, in the manner of `report`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from quotecheck.output.plain_text import named, plural, shorten
from quotecheck.output.tally import counted_words, tally_of
from quotecheck.output.terminal.console import (
    CONTENT,
    QUIET,
    SOURCE,
    content_limit,
    name_of,
    plain_table,
    print_line,
)
from quotecheck.output.unprintable import visible
from quotecheck.output.verdict_labels import SEVERITIES, VERDICTS
from quotecheck.records.check import Check, Reason
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from quotecheck.output.registry import ArticleChecks

__all__ = [
    "check_tables",
    "diff_text",
    "render_check",
    "render_checks",
    "searched_words",
]

_GONE, _NEW = "red", "green"

_LONG = 2000  # characters of a quotation or origin that are shown
_REASON_CHARS = 600  # Code points of a reason: some six lines of a terminal.
_WIDE = 120  # columns from which the origin has a column of its own
_AROUND = 400  # characters shown on either side of an origin


def render_check(check: Check, console: Console) -> None:
    """Print all that is known of one quotation: verdict, place, person, differences, grounds."""
    print_line(_verdict(check), console)
    block = Table.grid(padding=(0, 2))
    block.add_column(style=QUIET, no_wrap=True)
    block.add_column(overflow="fold")
    block.add_row("quoted", Text(shorten(check.quote, _LONG), style=CONTENT))
    if check.claimed_speaker:
        block.add_row("credited to", Text(named(check.claimed_speaker), style=SOURCE))
    if check.document:
        block.add_row("said by", _sayer(check))
        block.add_row("said in", _place(check))
        block.add_row("there", _surroundings(check, console))
        block.add_row(
            "confidence", Text(f"{percent(check.score)} that place and verdict are right")
        )
    if any(operation != "equal" for operation, _, _ in check.diff):
        block.add_row("differences", diff_text(check.diff, around=12))
    for number, reason in enumerate(_reasons(check)):
        block.add_row("" if number else "because", Text(shorten(reason, _REASON_CHARS)))
    for number, (document, start, end, speaker) in enumerate(check.others[:5]):
        speaker_words = f" ({named(speaker)})" if speaker else ""
        place = f"{named(document)}, {start}-{end}{speaker_words}"
        block.add_row("" if number else "also in", Text(place))
    if (more := len(check.others) - 5) > 0:
        block.add_row("", Text(f"and {more} more {plural(more, 'place')}"))
    for number, fact_check in enumerate(check.fact_checks):
        sentence = Text(_sentence(str(fact_check)))
        block.add_row("" if number else "published", sentence)
    if check.document and check.searched:
        block.add_row("searched", Text(searched_words(check), style=QUIET))
    console.print(Padding(block, (0, 0, 0, 2), expand=False), highlight=False)


def _sentence(words: str) -> str:
    return shorten(words[:1].upper() + words[1:], _REASON_CHARS)


def render_checks(
    checks: Sequence[Check],
    console: Console,
    *,
    title: str | None = None,
    numbers: Sequence[int] | None = None,
    quotations: int | None = None,
) -> None:
    """Print the checks of an article's quotations: a table, and a line that sums them up.

    Args:
        checks: the checks in the order of the article.
        console: where to print.
        title: the article's name, printed above.
        numbers: that of each quotation in the article; by default from 1 on.
        quotations: how many quotations the article has; None for quotations given by themselves.
    """
    if title:
        print_line(Text(named(title), style="bold"), console)
    if not checks:
        counted = f"{counted_words(quotations, 0)}. " if quotations else ""
        print_line(Text(f"{counted}No quotations to check."), console)
        return
    table = plain_table(console)
    table.add_column("", justify="right", style=QUIET, no_wrap=True)
    table.add_column("verdict", min_width=13, ratio=7)
    table.add_column("credited to", ratio=7, overflow="fold")
    wide = console.width >= _WIDE
    if wide:
        table.add_column("quotation", ratio=17, overflow="fold")
        table.add_column("where it was said", ratio=17, overflow="fold")
    else:
        table.add_column("quotation, and where it was said", ratio=20, overflow="fold")
    for number, check in zip(numbers or range(1, len(checks) + 1), checks, strict=True):
        label, style, _ = VERDICTS[check.verdict]
        verdict = Text(label, style=style)
        if (severity := SEVERITIES[check.severity]) and check.verdict != "misattributed":
            verdict.append(f"\n{severity}", style=QUIET)
        quoted = _quotation(check, content_limit(console))
        origin = _origin(check, content_limit(console))
        table.add_row(
            str(number),
            verdict,
            Text(named(check.claimed_speaker), style=SOURCE)
            if check.claimed_speaker
            else Text("?", style=QUIET),
            *([quoted, origin] if wide else [Text("\n").join([quoted, origin])]),
        )
    console.print(table)
    console.print()
    print_line(_sum_of_checks(checks, quotations), console)


def check_tables(result: ArticleChecks, console: Console) -> None:
    """Print a quotation's check in full, and a table for each article and for a list."""
    for position, (document, pairs) in enumerate(result.articles):
        if document is None and len(pairs) == 1:
            render_check(result.readable(None, pairs[0][0]), console)
            continue
        if position:
            console.print()
        render_checks(
            [result.readable(document, check) for check, _ in pairs],
            console,
            title=name_of(document) if document is not None else None,
            numbers=result.numbers(document, pairs),
            quotations=result.found(document),
        )


def _verdict(check: Check) -> Text:
    label, style, meaning = VERDICTS[check.verdict]
    line = Text(label.upper(), style=style)
    words = meaning
    if check.verdict == "not_found":
        words = f"not in {searched_words(check)}, {meaning}"
        if any(isinstance(r, Reason) and r.kind == "common words" for r in check.reasons):
            words = "the words match nothing in particular"
    if check.verdict == "misattributed" and check.wording != "verbatim":
        words += f"; the words are {VERDICTS[check.wording][0]}"
    if severity := SEVERITIES[check.severity]:
        words += f" ({severity})"
    return line.append(f"  {words}", style="not bold default")


def searched_words(check: Check) -> str:
    """Say in a report what was searched: "these 7 documents (2023-11 to 2024-03-12)"."""
    searched = visible(check.searched) or "the library"
    return f"these {searched}" if searched[0].isdigit() else searched


def _sayer(check: Check) -> Text:
    if not check.speaker:
        return Text("? (the document does not say)", style=QUIET)
    style = "bold red" if check.verdict == "misattributed" else SOURCE
    cell = Text(named(check.speaker), style=style)
    if check.speaker_confidence is not None:
        cell.append(f" (read by machine, {percent(check.speaker_confidence)})", style=QUIET)
    elif check.speaker_basis == "beside marks":
        cell.append(" (read beside the quotation marks)", style=QUIET)
    return cell


def _place(check: Check) -> Text:
    cell = Text(named(check.title or check.document or ""), style="bold")
    if check.date:
        cell.append(f", {named(check.date)}", style="not bold")
    if check.locator:
        cell.append(f", {named(check.locator)}", style="not bold")
    places = ", ".join(f"{span.start}-{span.end}" for span in check.spans)
    if check.title or places:
        key = f"{named(check.document or '')} " if check.title else ""
        cell.append(f" ({key}{places})".replace(" )", ")"), style="not bold dim")
    return cell


def _surroundings(check: Check, console: Console) -> Text:
    """The sentences around the origin, its own words marked: by stars where there is no colour."""
    around = visible(check.surroundings or check.origin_text or "")
    star = "" if console.color_system else "*"
    cell = Text()
    place = 0
    for piece in _pieces(check):
        start = around.find(piece, place)
        if start < 0:
            continue
        before = around[place:start]
        if not place and len(before) > _AROUND:
            before = f"… {before[-_AROUND:].partition(' ')[2]}"
        cell.append(before, style=QUIET)
        cell.append(f"{star}{shorten(piece, _LONG)}{star}", style="bold")
        place = start + len(piece)
    after = around[place:]
    if len(after) > _AROUND:
        after = f"{after[:_AROUND].rpartition(' ')[0]} …"
    return cell.append(after, style=QUIET)


def _pieces(check: Check) -> list[str]:
    """The origin's words; of a splice, those of each place."""
    origin = check.origin_text or ""
    pieces = origin.split(" … ") if len(check.spans) > 1 else [origin]
    return [words for piece in pieces if (words := visible(piece))]


def _reasons(check: Check) -> list[str]:
    """The grounds, without the one that says what was searched: that has a line of its own."""
    return [reason for reason in check.reasons if not reason.startswith("not in these ")]


def diff_text(diff: Sequence[tuple[str, str, str]], *, around: int) -> Text:
    """The quotation with the origin's words beside it: [-left out-] {+put in+}.

    Args:
        diff: (operation, origin words, quotation words).
        around: how many words of an unchanged stretch to keep beside each change.
    """
    cells = []
    for number, (operation, origin, quoted) in enumerate(diff):
        if operation == "equal":
            ends = (number > 0, number < len(diff) - 1)
            cells.append(Text(_shortened(visible(quoted), around, *ends)))
            continue
        if (origin, quoted) == ("[…]", ""):  # where a splice goes on at another place
            cells.append(Text(origin, style=_GONE))
            continue
        cell = Text()
        if origin:
            cell.append(f"[-{visible(origin)}-]", style=_GONE)
        if origin and quoted:
            cell.append(" ")
        if quoted:
            cell.append(f"{{+{visible(quoted)}+}}", style=_NEW)
        cells.append(cell)
    return Text(" ").join(cells)


def _shortened(words: str, around: int, before: bool, after: bool) -> str:
    """An unchanged stretch, without the words that are far from any change."""
    kept_words = words.split(" ")
    head, tail = (around if before else 0), (around if after else 0)
    if len(kept_words) <= head + tail + 3:
        return words
    return " ".join([*kept_words[:head], "…", *kept_words[len(kept_words) - tail :]])


def _quotation(check: Check, limit: int) -> Text:
    changed = any(operation != "equal" for operation, _, _ in check.diff)
    if changed and check.document:
        return diff_text(check.diff, around=6)
    return Text(shorten(check.quote, limit))


def _origin(check: Check, limit: int) -> Text:
    """Where it was said and by whom, or what was searched; and the grounds."""
    reason = shorten("; ".join([*_reasons(check), *map(str, check.fact_checks[:2])]), limit)
    if check.verdict == "not_found" or not check.document:
        cell = Text(f"not in {searched_words(check)}", style=QUIET)
    else:
        cell = Text(named(check.title or check.document), style=QUIET)
        if check.date:
            cell.append(f", {named(check.date)}", style=QUIET)
        if check.locator:
            cell.append(f", {named(check.locator)}", style=QUIET)
        if check.speaker:
            cell.append(f": {named(check.speaker)}", style=QUIET)
    return cell.append(f"\n{reason}", style=QUIET) if reason else cell


def _sum_of_checks(checks: Sequence[Check], quotations: int | None) -> Text:
    tally = tally_of(checks, quotations)
    line = Text(tally.counts)
    if tally.warning:
        line.append(f" {tally.warning}", style="bold red")
    searched = {searched_words(check) for check in checks if check.searched}
    if len(searched) == 1:
        line.append(f" Searched: {searched.pop()}.", style=QUIET)
    return line
