"""The command line: options and exit codes, no logic.

Exit codes: 0 clean, 1 findings (a quotation that is not faithful, a file that failed), 2 error.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from enum import StrEnum
from typing import Annotated

import typer

from quotecheck._version import __version__
from quotecheck.cli import console
from quotecheck.cli.attribute import attribute_command
from quotecheck.cli.build import build_command
from quotecheck.cli.check import check_command
from quotecheck.cli.checks import checks_app
from quotecheck.cli.demo import demo_command
from quotecheck.cli.doctor import doctor_command
from quotecheck.cli.evaluate import evaluate_app
from quotecheck.cli.export import export_command
from quotecheck.cli.forget import forget_command
from quotecheck.cli.guarding import GuardedCommand, GuardedGroup
from quotecheck.cli.load import load_command
from quotecheck.cli.mcp import mcp_command
from quotecheck.cli.recheck import recheck_command
from quotecheck.cli.search import search_command
from quotecheck.cli.serve import serve_command
from quotecheck.cli.speakers import speakers_app
from quotecheck.cli.trace import trace_command
from quotecheck.cli.verify import verify_command
from quotecheck.errors import QuotecheckError
from quotecheck.weights.loading import claim_process

__all__ = ["app", "main"]

ERROR = 2
_INTERRUPTED = 130
_ERROR_CHARS = 4400
"""Of a line of an error: the longest path of Linux, and what happened to it."""

app = typer.Typer(
    name="quotecheck",
    cls=GuardedGroup,
    help="Find who said what: the speakers of an article's quotations. Check "
    "quotations against a library of sources. Works offline.",
    epilog="Exit codes: 0 all is well, 1 something was found, 2 an error.",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo", cls=GuardedCommand)(demo_command)
app.command("attribute", cls=GuardedCommand)(attribute_command)
app.command("build", cls=GuardedCommand)(build_command)
app.command("load", cls=GuardedCommand)(load_command)
app.command("check", cls=GuardedCommand)(check_command)
app.command("trace", cls=GuardedCommand)(trace_command)
app.command("serve", cls=GuardedCommand)(serve_command)
app.command("mcp", cls=GuardedCommand)(mcp_command)
app.command("search", cls=GuardedCommand)(search_command)
app.command("export", cls=GuardedCommand)(export_command)
app.command("recheck", cls=GuardedCommand)(recheck_command)
app.command("verify", cls=GuardedCommand)(verify_command)
app.command("forget", cls=GuardedCommand)(forget_command)
app.add_typer(checks_app, name="checks")
app.add_typer(speakers_app, name="speakers")
app.add_typer(evaluate_app, name="evaluate")
app.command("doctor", cls=GuardedCommand)(doctor_command)


class Color(StrEnum):
    """When tables have colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"quotecheck {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", "-V", help="Print the version.", callback=_version, is_eager=True
        ),
    ] = False,
    color: Annotated[
        Color, typer.Option("--color", help="Colours on a terminal alone, always or never.")
    ] = Color.AUTO,
    width: Annotated[
        int | None,
        typer.Option("--width", min=40, max=1000, help="Columns of tables that go into a pipe."),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="No progress on standard error.", metavar="")
    ] = False,
    verbose: Annotated[
        bool,
        typer.Option("--verbose", "-v", help="Say on standard error what is done.", metavar=""),
    ] = False,
) -> None:
    """Find who said what, and check quotations."""
    del version  # its callback has answered
    if color is not Color.AUTO:
        os.environ["FORCE_COLOR" if color is Color.ALWAYS else "NO_COLOR"] = "1"
        os.environ.pop("NO_COLOR" if color is Color.ALWAYS else "FORCE_COLOR", None)
    console.SETTINGS.width = width
    console.SETTINGS.quiet = quiet
    if verbose:
        import logging

        logging.basicConfig(level=logging.INFO, format="%(name)s: %(message)s")


def _shown(error: object) -> str:
    """The lines of an error, its control characters as pictures: names of files may hold any."""
    from quotecheck.output.plain_text import shorten

    first, *rest = str(error).split("\n  ")
    return "\n  ".join(shorten(line, _ERROR_CHARS) for line in (first, *rest))


def _take_any_characters() -> None:
    """Let a terminal of another encoding than UTF-8 have "?" for what it cannot show.

    So it is on Windows with an older code page. Tables and data in a pipe are in UTF-8 anyway.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _is_reader_gone(error: OSError) -> bool:
    """Whether who read our output has gone, as `head` does; Windows calls it a wrong argument."""
    if isinstance(error, BrokenPipeError):
        return True
    return os.name == "nt" and error.errno == errno.EINVAL and error.filename is None


def main() -> None:
    """Run the command line; the only place where errors become words and exit codes."""
    claim_process()
    _take_any_characters()
    try:
        try:
            app()
        except RuntimeError as error:
            # Python 3.11 wraps whatever stops the making of a class, Ctrl-C in an import too.
            if isinstance(error.__cause__, KeyboardInterrupt):
                raise error.__cause__ from None
            raise
    except QuotecheckError as error:
        typer.echo(f"quotecheck: {_shown(error)}", err=True)
        sys.exit(ERROR)
    except (KeyboardInterrupt, SystemExit) as error:
        # Typer turns Ctrl-C into an exit without a word.
        if isinstance(error, SystemExit) and error.code != _INTERRUPTED:
            raise
        typer.echo("quotecheck: stopped; what was stored stays stored.", err=True)
        sys.exit(_INTERRUPTED)
    except MemoryError:
        typer.echo("quotecheck: out of memory.\n  Split the input into smaller files.", err=True)
        sys.exit(ERROR)
    except Exception as error:
        if isinstance(error, OSError) and _is_reader_gone(error):
            # Nothing more is to be said to it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        if not isinstance(error, OSError):
            if os.environ.get("QUOTECHECK_DEBUG"):
                raise
            typer.echo(
                f"quotecheck: an error of its own ({type(error).__name__}: {_shown(error)}).\n"
                "  Please report it with what you did; QUOTECHECK_DEBUG=1 shows where it happened.",
                err=True,
            )
            sys.exit(ERROR)
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"quotecheck: {_shown(f'{where}{error.strerror or error}')}", err=True)
        sys.exit(ERROR)
