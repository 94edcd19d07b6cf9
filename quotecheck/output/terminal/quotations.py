"""Results for people: who said what, and what a build did, on a terminal, in a pipe or a log.

Nothing rests on colour alone: a changed word has brackets, a doubtful name a question mark. Whether
there are colours and how wide the lines are is rich's decision (NO_COLOR, TERM=dumb, a pipe).
Words from documents are data: what a terminal would obey in them is made visible instead.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from typing import TYPE_CHECKING, Protocol, TextIO

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from quotecheck.output.terminal.facts import fact_words, left_out_words, relay_words
from quotecheck.records.text import Kind, Quotation, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from quotecheck.errors import QuotecheckError

__all__ = [
    "CONTENT",
    "CUE",
    "QUIET",
    "SOURCE",
    "UNSURE",
    "Built",
    "console_for",
    "content_limit",
    "plain_table",
    "plural",
    "print_line",
    "render_build",
    "render_quotations",
    "shorten",
    "visible",
]

UNSURE = 0.5
"""Below this confidence a speaker is shown with a question mark."""

SOURCE, CUE, CONTENT, QUIET = "bold cyan", "yellow", "green", "dim"
"""The styles of a speaker, of a cue, of what was said, and of what stands back."""

_KINDS: dict[Kind, str] = {
    "direct": "direct",
    "mixed": "mixed",
    "indirect": "indirect",
    "scare": "scare quote",
    "title": "title",
}

_WIDEST = 140
_FAILURES_SHOWN = 20

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Built(Protocol):
    """What a build tells of itself (`api.building.BuildReport`)."""

    @property
    def library(self) -> Path: ...

    @property
    def added(self) -> int: ...

    @property
    def replaced(self) -> int: ...

    @property
    def updated(self) -> int: ...

    @property
    def skipped(self) -> int: ...

    @property
    def attributed(self) -> int: ...

    @property
    def quotations(self) -> int: ...

    @property
    def failed(self) -> int: ...

    @property
    def failures(self) -> tuple[QuotecheckError, ...]: ...

    @property
    def bytes_read(self) -> int: ...

    @property
    def seconds(self) -> float: ...


def visible(text: str) -> str:
    r"""The text as a terminal may have it: white space single, control characters as pictures.

    >>> visible("so\n it\x1b[31m goes")
    'so it␛[31m goes'
    """
    return " ".join(_CONTROL.sub(_picture, text).split())


def shorten(text: str, limit: int) -> str:
    """The visible text, with words left out of its middle where it is longer than ``limit``.

    The gap is "[…]", which no article uses for its own. Two thirds of what is kept stand before it,
    for a quotation is known by its beginning. Never longer than ``limit`` (at least 9 code points).

    >>> shorten("We have paid in floods. We will not pay in coin.", 36)
    'We have paid in […] in coin.'
    """
    limit = max(limit, 9)
    if len(text) > 8 * limit:  # a line of 20 MB is not split into words to show fifty of them
        text = f"{text[: 4 * limit]} {text[-4 * limit :]}"
        text = visible(text)
        text = text if len(text) > limit else f"{text} [cut]"
    else:
        text = visible(text)
    if len(text) <= limit:
        return text
    room = limit - len(" […] ")
    back = room // 3
    front = room - back
    head, tail = text[:front], text[len(text) - back :] if back else ""
    if not text[front].isspace() and " " in head.strip():
        head = head[: head.rindex(" ")]
    if back and not text[-back - 1].isspace() and " " in tail.strip():
        tail = tail[tail.index(" ") :]
    return f"{head.rstrip()} […] {tail.lstrip()}".rstrip()


def render_quotations(
    text: str,
    quotations: Sequence[Quotation],
    console: Console,
    *,
    title: str | None = None,
    left_out: Sequence[Quotation] = (),
    explain: Callable[[str, Quotation], Text] | None = None,
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
    """
    if title:
        print_line(Text(visible(title), style="bold"), console)
    if not quotations:
        print_line(Text("No quotations found."), console)
        _tell_left_out(left_out, console)
        return
    table = plain_table(console)
    table.add_column("", justify="right", style=QUIET, no_wrap=True)
    table.add_column("who", ratio=9, overflow="fold")
    table.add_column("cue", ratio=4, overflow="fold")
    table.add_column("what", ratio=17, overflow="fold")
    limit = content_limit(console)
    for number, quotation in enumerate(quotations, start=1):
        table.add_row(
            str(number),
            _who(text, quotation),
            Text(shorten(_joined(text, quotation.cue), 40), style=CUE),
            _what(text, quotation, limit),
        )
        if explain is not None:
            table.add_row("", "", "", explain(text, quotation))
    console.print(table)
    console.print()
    print_line(_sum_of_quotations(quotations), console)
    _tell_left_out(left_out, console)


def _tell_left_out(left_out: Sequence[Quotation], console: Console) -> None:
    if left_out:
        words = f"Left out: {left_out_words(list(left_out))}. Show them with --only all."
        print_line(Text(words, style=QUIET), console)


def render_build(report: Built, console: Console) -> None:
    """Print what a build did, and each file that failed with its reason and the remedy."""
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


def console_for(stream: TextIO, *, width: int | None = None) -> Console:
    """A console that writes to ``stream`` and never fails on a letter that its encoding lacks.

    Colours and width are found out by rich: none and 80 in a pipe or on a dumb terminal.

    Args:
        stream: standard output, say; it is told to put "?" for what it cannot encode.
        width: columns, where they are not to be found out.
    """
    if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
        stream.reconfigure(errors="replace")
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def print_line(line: Text, console: Console) -> None:
    """Print a line of text; in a pipe it stays one line however long it is."""
    console.print(line, highlight=False, soft_wrap=not console.is_terminal)


def content_limit(console: Console) -> int:
    """How many characters of a quotation a table shows: about four lines of them."""
    return max(120, 2 * min(console.width, _WIDEST))


def plain_table(console: Console) -> Table:
    """A table as wide as can be read in comfort, without side borders.

    Rich draws its line in ASCII where the encoding has nothing else.
    """
    return Table(
        box=box.SIMPLE_HEAD,
        width=min(console.width, _WIDEST),
        padding=(0, 1, 0, 0),
        show_edge=False,
        pad_edge=False,
    )


def _who(text: str, quotation: Quotation) -> Text:
    """The speaker as far as known, with the article's own words for them, role and outlet."""
    cell = Text()
    names = [shorten(one.name, 80) for one in quotation.speakers if one.name]
    words = shorten(_joined(text, quotation.source), 80)
    if names:
        cell.append(", ".join(names), style=SOURCE)
        if quotation.confidence < UNSURE:
            cell.append(" ?", style="bold")
        if words and not all(name in words for name in names):
            cell.append(f" ({words})", style="cyan")
    elif quotation.kind in ("scare", "title"):
        cell.append("-", style=QUIET)
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
    guesses = quotation.candidates[:3] if not names or quotation.confidence < UNSURE else ()
    for name, chance in guesses:
        cell.append(f"\nperhaps {shorten(name, 80)}, {chance:.0%}", style=QUIET)
    return cell


def _what(text: str, quotation: Quotation, limit: int) -> Text:
    """The content, then its kind, how sure the attribution is, and the facts of the utterance."""
    cell = Text(shorten(_joined(text, quotation.content), limit), style=CONTENT)
    told = [shorten(words, 60) for words in fact_words(text, quotation)]
    kind = f"{_KINDS[quotation.kind]}, {quotation.confidence:.0%} sure"
    return cell.append("\n" + "; ".join([kind, *told]), style=f"{QUIET} not bold")


def _joined(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def _sum_of_quotations(quotations: Sequence[Quotation]) -> Text:
    kinds = Counter(quotation.kind for quotation in quotations)
    told = ", ".join(
        f"{kinds[kind]} {plural(kinds[kind], label) if kind in ('scare', 'title') else label}"
        for kind, label in _KINDS.items()
        if kinds[kind]
    )
    said = [one for one in quotations if one.kind not in ("scare", "title")]
    names = {one.name for quotation in said for one in quotation.speakers if one.name}
    nobody = sum(quotation.speaker is None for quotation in said)
    line = Text(f"{len(quotations)} {plural(len(quotations), 'quotation')}: {told}.")
    if names:
        line.append(f" {len(names)} {plural(len(names), 'speaker')}.")
    if nobody:
        line.append(f" {nobody} without a name (?).")
    doubted = sum(bool(one.speaker) and one.confidence < UNSURE for one in said)
    if doubted:
        line.append(f" {doubted} unsure (name ?).")
    return line


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if found[0].isspace():
        return " "
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else "\ufffd"


def plural(number: int, word: str) -> str:
    """The word as it stands behind the number."""
    return word if number == 1 else f"{word}s"
