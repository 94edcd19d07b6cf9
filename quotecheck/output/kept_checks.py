"""Kept checks: a table for people, JSON Lines and CSV for programs, ClaimReview to publish."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

from rich.text import Text

from quotecheck.output.interchange.claim_review import kept_review
from quotecheck.output.plain_text import plural, shorten
from quotecheck.output.readable_checks import readable_kept
from quotecheck.output.serialising import csv_row, dumps
from quotecheck.output.terminal.console import CONTENT, QUIET, SOURCE, plain_table, print_line
from quotecheck.output.unprintable import visible
from quotecheck.output.verdict_labels import VERDICTS

if TYPE_CHECKING:
    from rich.console import Console

    from quotecheck.library.kept_checks import KeptCheck

__all__ = ["KeptChecks", "kept_claim_reviews", "kept_lines", "kept_rows", "kept_table"]

_COLUMNS: Final = (
    "id", "made", "status", "note", "who", "changed", "verdict", "severity", "quotation",
    "credited_to", "article", "article_title", "article_url", "article_date", "number", "version",
)  # fmt: skip
_SHOWN_CHARS: Final = 160  # Code points of a cell: two lines of a wide terminal.
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
    for check in map(readable_kept, result.checks):
        label, style, _ = VERDICTS[check.verdict]  # type: ignore[index]
        words = Text(shorten(check.quotation, _SHOWN_CHARS), style=CONTENT)
        where = check.article_title or check.article
        if where:
            words.append(f"\n{shorten(where, _SHOWN_CHARS)}", style=QUIET)
        if check.note:
            by = f" ({visible(check.who)})" if check.who else ""
            words.append(f"\n{visible(check.note)}{by}")
        table.add_row(
            str(check.id),
            Text(check.status, style=_STYLES.get(check.status, "")),
            Text(label, style=style),
            Text(visible(check.credited_to or "?"), style=SOURCE if check.credited_to else QUIET),
            words,
        )
    console.print(table)
    console.print()
    still = sum(check.status == "open" for check in result.checks)
    number = len(result.checks)
    print_line(Text(f"{number} kept {plural(number, 'check')}, {still} of them open."), console)


def kept_lines(result: KeptChecks) -> Iterator[str]:
    """JSON Lines: one kept check a line, with the whole check under ``check``."""
    for check in result.checks:
        record: dict[str, Any] = asdict(check)
        record["check"] = record.pop("record")
        yield dumps(record) + "\n"


def kept_rows(result: KeptChecks) -> Iterator[str]:
    """CSV with a header: one kept check a row."""
    yield csv_row(_COLUMNS)
    for check in result.checks:
        yield csv_row(getattr(check, name) for name in _COLUMNS)


def kept_claim_reviews(result: KeptChecks) -> str:
    """A graph of ClaimReviews, as sites that publish fact-checks carry them."""
    graph = [kept_review(check, result.publisher) for check in result.checks]
    return dumps({"@context": "https://schema.org", "@graph": graph}, indent=2) + "\n"
