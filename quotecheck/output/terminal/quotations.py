"""Attributions for people: who said what, on a terminal, in a pipe or a log.

Nothing rests on colour alone: a changed word has brackets, a doubtful name a question mark. Whether
there are colours and how wide the lines are is rich's decision (NO_COLOR, TERM=dumb, a pipe).
Words from documents are data: what a terminal would obey in them is made visible instead.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.text import Text

from quotecheck.facts.filters import partition
from quotecheck.output.confidence import DOUBT, sure_words
from quotecheck.output.kind_labels import KIND_LABELS
from quotecheck.output.plain_text import named, plural, shorten
from quotecheck.output.tally import numbers_in
from quotecheck.output.terminal.console import (
    CONTENT,
    CUE,
    QUIET,
    SOURCE,
    content_limit,
    name_of,
    plain_table,
    print_line,
)
from quotecheck.output.terminal.explanation import explanation
from quotecheck.output.terminal.facts import fact_words, left_out_words, relay_words
from quotecheck.output.unprintable import visible
from quotecheck.records.quotation import Quotation, is_speech, numbers_of_parents
from quotecheck.records.text import Span
from quotecheck.text.markdown_marks import shown_markdown
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from rich.console import Console

    from quotecheck.output.registry import Attributions

__all__ = ["attribution_tables", "render_quotations"]

_PARTIES = frozenset({"organisation", "group", "document"})
"""Types of sources that their description says, where they have no name."""


def render_quotations(
    text: str,
    quotations: Sequence[Quotation],
    console: Console,
    *,
    title: str | None = None,
    left_out: Sequence[Quotation] = (),
    explain: Callable[[str, Quotation], Text] | None = None,
    numbers: Sequence[int] | None = None,
    clean: Callable[[str], str] = str,
) -> None:
    """Print who said what: a table of the quotations, and a line that sums them up.

    A quotation whose speaker is not known or not sure has "?" there, with the guesses below it; a
    guess never stands as the name.

    Args:
        text: the document's raw text.
        quotations: its quotations, in the order to show.
        console: where to print.
        title: the document's name, printed above.
        left_out: what was found and is not shown; counted in a line of its own.
        explain: gives the block that stands below a quotation.
        numbers: that of each quotation in the document; by default from 1 on.
        clean: gives the words of the document as they are shown (without the marks of Markdown).
    """
    if title:
        print_line(Text(named(title), style="bold"), console)
    if not quotations:
        print_line(Text("No quotations found."), console)
        _print_left_out(left_out, console)
        return
    table = plain_table(console)
    table.add_column("", justify="right", style=QUIET, no_wrap=True)
    table.add_column("who", ratio=9, overflow="fold")
    table.add_column("cue", ratio=4, overflow="fold")
    table.add_column("what", ratio=17, overflow="fold")
    limit = content_limit(console)
    numbers = numbers or range(1, len(quotations) + 1)
    parents = [numbers[row - 1] if row else None for row in numbers_of_parents(quotations)]
    for number, quotation, parent in zip(numbers, quotations, parents, strict=True):
        table.add_row(
            str(number),
            _who(text, quotation, parent, clean),
            Text(shorten(clean(_joined(text, quotation.cue)), 40), style=CUE),
            _what(text, quotation, limit, clean),
        )
        if explain is not None:
            table.add_row("", "", "", explain(text, quotation))
    console.print(table)
    console.print()
    print_line(_sum_of_quotations(quotations, len(left_out)), console)
    _print_left_out(left_out, console)


def attribution_tables(result: Attributions, console: Console) -> None:
    """Print a table for each document, with what is left out of it counted below."""
    for document, quotations in result.results:
        shown, left = partition(quotations, result.choice)
        render_quotations(
            document.text,
            shown,
            console,
            title=name_of(document),
            left_out=left,
            explain=explanation if result.explain else None,
            numbers=numbers_in(quotations, shown),
            clean=shown_markdown if document.reader == "markdown" else str,
        )


def _print_left_out(left_out: Sequence[Quotation], console: Console) -> None:
    if left_out:
        words = f"Left out: {left_out_words(list(left_out))}. Show them with --only all."
        print_line(Text(words, style=QUIET), console)


def _who(text: str, quotation: Quotation, parent: int | None, clean: Callable[[str], str]) -> Text:
    """The speaker as far as known, with the article's own words for them, role and outlet.

    ``parent`` is the number of the row in whose words this one stands.
    """
    cell = Text()
    names = [shorten(speaker.name, 80) for speaker in quotation.speakers if speaker.name]
    words = shorten(clean(_joined(text, quotation.source)), 80)
    if names:
        cell.append(", ".join(names), style=SOURCE)
        if quotation.confidence < DOUBT:
            cell.append(" ?", style="bold")
        if words and not all(name in words for name in names):
            cell.append(f" ({words})", style="cyan")
    elif not quotation.is_speech:
        cell.append("-", style=QUIET)
    elif party := _party(quotation):
        cell.append(shorten(party, 80), style=SOURCE)
        if words and visible(party) not in words:
            cell.append(f" ({words})", style="cyan")
    else:
        cell.append("?", style="bold")
        if words:
            cell.append(f" ({words})", style="cyan")
    role = quotation.role or "; ".join(dict.fromkeys(o.role for o in quotation.speakers if o.role))
    if role and (names or visible(role) not in words):
        cell.append(f"\n{shorten(role, 80)}", style=QUIET)
    for link in relay_words(quotation):
        if visible(link).partition(" ")[2] in f"{role} {words}":  # "Kremlin spokesman" says it
            continue
        cell.append(f"\n{shorten(link, 80)}", style=QUIET)
    for outlet in quotation.via:
        cell.append(f"\nvia {shorten(outlet, 80)}", style=QUIET)
    if parent is not None:
        cell.append(f"\nas told in {parent}", style=QUIET)
    guesses = quotation.candidates[:3] if not names or quotation.confidence < DOUBT else ()
    for name, chance in guesses:
        cell.append(f"\nperhaps {shorten(name, 80)}, {percent(chance)}", style=QUIET)
    return cell


def _party(quotation: Quotation) -> str:
    """The words for a group, a body or a document that has no name; "" for anybody else."""
    if quotation.source_type not in _PARTIES:
        return ""
    return ", ".join(speaker.description for speaker in quotation.speakers if speaker.description)


def _what(text: str, quotation: Quotation, limit: int, clean: Callable[[str], str]) -> Text:
    """The content, then its kind, how sure the attribution is, and the facts of the utterance."""
    cell = Text(shorten(clean(_joined(text, quotation.content)), limit), style=CONTENT)
    facts = [shorten(words, 60) for words in fact_words(text, quotation)]
    kind = f"{KIND_LABELS[quotation.kind].table}, {sure_words(quotation)}"
    return cell.append("\n" + "; ".join([kind, *facts]), style=f"{QUIET} not bold")


def _joined(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def _sum_of_quotations(quotations: Sequence[Quotation], left_out: int) -> Text:
    kinds = Counter(quotation.kind for quotation in quotations)
    counted = ", ".join(
        f"{kinds[kind]} {label.table if is_speech(kind) else plural(kinds[kind], label.table)}"
        for kind, label in KIND_LABELS.items()
        if kinds[kind]
    )
    speech = [quotation_counted for quotation_counted in quotations if quotation_counted.is_speech]
    names = {
        quotation_counted.name
        for quotation in speech
        for quotation_counted in quotation.speakers
        if quotation_counted.name
    }
    nobody = sum(
        quotation_counted.speaker is None and not _party(quotation_counted)
        for quotation_counted in speech
    )
    total = len(quotations) + left_out
    shown = f", {len(quotations)} of them shown" if left_out else ""
    line = Text(f"{total} {plural(total, 'quotation')}{shown}: {counted}.")
    if names:
        line.append(f" {len(names)} {plural(len(names), 'speaker')}.")
    if nobody:
        line.append(f" {nobody} without a name (?).")
    doubted = sum(
        bool(quotation_counted.speaker) and quotation_counted.confidence < DOUBT
        for quotation_counted in speech
    )
    if doubted:
        line.append(f" {doubted} unsure (name ?).")
    return line
