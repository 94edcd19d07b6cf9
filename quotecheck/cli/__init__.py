"""The command line: options and exit codes, no logic.

Exit codes: 0 clean, 1 findings (a quotation that is not faithful, a file that failed), 2 error.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import TYPE_CHECKING, Any

import typer

from quotecheck.cli.application import application, commands_for
from quotecheck.errors import QuotecheckError
from quotecheck.weights.loading import claim_process

if TYPE_CHECKING:
    app: typer.Typer

__all__ = ["app", "main"]

ERROR = 2  # Exit code for bad input or usage, as of click; 1 is the gate of ``--fail-on``.
_INTERRUPTED = 130  # Exit code after Ctrl-C: 128 and the number of SIGINT, as shells have it.
_ERROR_CHARS = 4400
"""Of a line of an error: the longest path of Linux, and what happened to it."""

if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Build ``app``, the application with all commands, when it is first asked for."""
        if name != "app":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()["app"] = application()
        return globals()["app"]


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


def _discard_output() -> None:
    """Say nothing more on standard output, not what waits to be written either."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> None:
    """Run the command line; the only place where errors become words and exit codes."""
    claim_process()
    _take_any_characters()
    try:
        try:
            application(commands_for(sys.argv[1:]))()
        except SystemExit:
            # What cannot be written any more is reported like any other error, not when Python
            # ends.
            if sys.stdout is not None and not sys.stdout.closed:
                sys.stdout.flush()
            raise
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
            _discard_output()
            sys.exit(0)
        if not isinstance(error, OSError):
            if os.environ.get("QUOTECHECK_DEBUG"):
                raise
            typer.echo(
                f"quotecheck: a bug in quotecheck ({type(error).__name__}: {_shown(error)}).\n"
                "  Please report it with your command; QUOTECHECK_DEBUG=1 shows where it happened.",
                err=True,
            )
            sys.exit(ERROR)
        where = f"{error.filename}: " if error.filename else ""
        _discard_output()
        typer.echo(f"quotecheck: {_shown(f'{where}{error.strerror or error}')}", err=True)
        sys.exit(ERROR)
