"""Kept checks: a table for people, JSON Lines and CSV for programs, ClaimReview to publish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from quotecheck.output.interchange.claim_review import kept_review
from quotecheck.output.plain_text import plural, shorten
from quotecheck.output.serialising import csv_row, dumps
from quotecheck.output.terminal.checks import VERDICTS
from quotecheck.output.terminal.console import CONTENT, QUIET, SOURCE, plain_table, print_line
from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.library.kept_checks import KeptCheck

__all__ = ["KeptChecks", "kept_claim_reviews", "kept_lines", "kept_rows", "kept_table"]

_COLUMNS: Final = (
    "id", "made", "status", "note", "who", "changed", "verdict", "severity", "quotation",
    "credited_to", "article", "article_title", "article_url", "article_date", "number", "version",
)  # fmt: skip
_SHOWN_CHARS: Final = 160
_STYLES: Final = {"confirmed": "green", "corrected": "green", "disputed": "bold red"}


@dataclass(frozen=True, slots=True)
class KeptChecks:
    """Kept checks to be written; ``publisher`` is who publishes a ClaimReview of them."""

    checks: Sequence[KeptCheck]
    publisher: str | None = None


def kept_table(result: KeptChecks, console: Console) -> None:
    """Print a table of kept checks."""
    if not result.checks:
        print_line(Text("No checks are kept. quotecheck check … --keep keeps them."), console)
        return
    table = plain_table(console)
    table.add_column("", justify="right", style=QUIET, no_wrap=True)
    table.add_column("status", min_width=9)
    table.add_column("verdict", min_width=13)
    table.add_column("credited to", ratio=6, overflow="fold")
    table.add_column("quotation, article and note", ratio=20, overflow="fold")
    for one in result.checks:
        label, style, _ = VERDICTS[one.verdict]  # type: ignore[index]
        told = Text(shorten(one.quotation, _SHOWN_CHARS), style=CONTENT)
        where = one.article_title or one.article
        if where:
            told.append(f"\n{shorten(where, _SHOWN_CHARS)}", style=QUIET)
        if one.note:
            by = f" ({visible(one.who)})" if one.who else ""
            told.append(f"\n{visible(one.note)}{by}")
        table.add_row(
            str(one.id),
            Text(one.status, style=_STYLES.get(one.status, "")),
            Text(label, style=style),
            Text(visible(one.credited_to or "?"), style=SOURCE if one.credited_to else QUIET),
            told,
        )
    console.print(table)
    console.print()
    still = sum(one.status == "open" for one in result.checks)
    number = len(result.checks)
    print_line(Text(f"{number} kept {plural(number, 'check')}, {still} of them open."), console)


def kept_lines(result: KeptChecks) -> Iterator[str]:
    """JSON Lines: one kept check a line, with the whole check under ``check``."""
    for one in result.checks:
        record: dict[str, Any] = asdict(one)
        record["check"] = record.pop("record")
        yield dumps(record) + "\n"


def kept_rows(result: KeptChecks) -> Iterator[str]:
    """CSV with a header: one kept check a row."""
    yield csv_row(_COLUMNS)
    for one in result.checks:
        yield csv_row(getattr(one, name) for name in _COLUMNS)


def kept_claim_reviews(result: KeptChecks) -> str:
    """A graph of ClaimReviews, as sites that publish fact-checks carry them."""
    graph = [kept_review(one, result.publisher) for one in result.checks]
    return dumps({"@context": "https://schema.org", "@graph": graph}, indent=2) + "\n"
