"""`quotecheck recheck`: do the sources still say what is stored of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from quotecheck.cli.console import Package, StanzaDir, report_failures
from quotecheck.cli.formats import LinesFormat
from quotecheck.cli.libraries import ReadDb
from quotecheck.cli.progress import progress_bar
from quotecheck.cli.results import write

if TYPE_CHECKING:
    from quotecheck.rechecking.recheck import Progress, Result

__all__ = ["recheck_command"]


def recheck_command(
    db: ReadDb,
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Look only here: files and folders that documents came from, or were moved to.",
            show_default=False,
        ),
    ] = None,
    attribute: Annotated[
        bool,
        typer.Option(
            "--attribute", help="Say also which attributions this version would make differently."
        ),
    ] = False,
    store: Annotated[
        bool,
        typer.Option(
            "--store",
            help="With --attribute: keep what differs as a new run, beside the older ones.",
        ),
    ] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Show what is unchanged or only moved too.")
    ] = False,
    format: Annotated[  # noqa: A002 - the option's name
        LinesFormat, typer.Option("--format", "-f", help="Table, or JSON Lines for programs.")
    ] = "table",
    stanza_dir: StanzaDir = None,
    package: Package = None,
) -> None:
    """Read the sources again, and say which stored quotations no longer hold, and why.

    A quotation is unchanged, moved (the same words and speaker at another place of the text),
    changed, or gone. An edit that only moves quotations is one line and no finding; what changed or
    went is. Nothing that is stored is changed. verify checks whether the library itself is intact.
    Exit code 0: all holds. 1: something does not, or is attributed otherwise. 2: an error.

    Examples:

      quotecheck recheck --db library.db

      quotecheck recheck --db library.db news/2031/ --format jsonl

      quotecheck recheck --db library.db --attribute --store
    """
    from quotecheck.errors import InputError
    from quotecheck.library.library import open_library
    from quotecheck.rechecking.recheck import Recheck

    if store and not attribute:
        raise InputError(
            "--store keeps new attributions, and none are made without --attribute",
            remedy="Add --attribute.",
        )
    if store and not (db.exists() and db.stat().st_size):
        open_library(db).close()  # missing: it is not made here
    attributor = None
    if attribute:
        from quotecheck.pipeline.attributor import load_attributor

        attributor = load_attributor(stanza_dir=stanza_dir, package=package)
    with open_library(db, create=store) as library:
        recheck = Recheck(library, paths or ())
        _write(recheck.sources, "rechecking", format, every=every)
        if attributor is not None:
            find = attributor

            def again(progress: Progress) -> Iterator[Result]:
                return recheck.attributions(find, store=store, progress=progress)

            _write(again, "attributing", format, every=every)
    write("recheck summary", format, recheck)
    report_failures(recheck.failures)
    if not recheck.clean:
        raise typer.Exit(1)


def _write(
    results: Callable[[Progress], Iterator[Result]],
    label: str,
    format: LinesFormat,  # noqa: A002
    *,
    every: bool,
) -> None:
    """Write each result as it comes, so that none is lost when the command is stopped."""
    with progress_bar(label) as progress:
        for result in results(progress):
            if every or not _is_quiet(result, table=format == "table"):
                write("recheck", format, result)


def _is_quiet(result: Result, *, table: bool) -> bool:
    """Whether a result is left out: it holds, and in a table its document's line says so."""
    from quotecheck.rechecking.recheck import QuotationState

    state = getattr(result, "state", "")
    if isinstance(result, QuotationState) and state == "moved":
        return table
    return state in ("unchanged", "no place")
