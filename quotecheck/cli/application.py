"""The commands by their names, and an application of all of them or of the one that is asked for.

A command's module is imported when the command is built: `quotecheck check` needs neither the
options of twenty other commands nor what their modules import.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from enum import StrEnum
from importlib import import_module
from typing import Annotated, Final

import typer

from quotecheck._version import __version__
from quotecheck.cli import console
from quotecheck.cli.guarding import GuardedCommand, GuardedGroup

__all__ = ["application", "commands_for"]

_COMMANDS: Final = (
    "demo",
    "attribute",
    "build",
    "load",
    "check",
    "trace",
    "serve",
    "mcp",
    "search",
    "export",
    "recheck",
    "verify",
    "forget",
    "doctor",
)
"""In the order of the help; each is ``NAME_command`` of ``quotecheck.cli.NAME``."""
_GROUPS: Final = ("checks", "speakers", "evaluate")
"""Below the commands in the help; each is ``NAME_app`` of ``quotecheck.cli.NAME``."""


def application(names: Collection[str] | None = None) -> typer.Typer:
    """Build the command line with the commands and groups of these names, None for all of them."""
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
    app.callback()(_root)
    for name in _COMMANDS:
        if names is None or name in names:
            module = import_module(f"quotecheck.cli.{name}")
            app.command(name, cls=GuardedCommand)(getattr(module, f"{name}_command"))
    for name in _GROUPS:
        if names is None or name in names:
            module = import_module(f"quotecheck.cli.{name}")
            app.add_typer(getattr(module, f"{name}_app"), name=name)
    return app


def commands_for(arguments: Sequence[str]) -> frozenset[str] | None:
    """The commands that these arguments need, None where help, a guess or completion needs all.

    >>> sorted(commands_for(["--quiet", "check", "build"]))
    ['check']
    >>> commands_for(["-V"])
    frozenset()
    >>> commands_for(["chekc"]), commands_for(["--help"]), commands_for([])
    (None, None, None)
    """
    if list(arguments) in (["-V"], ["--version"]):
        return frozenset()
    word = next((argument for argument in arguments if not argument.startswith("-")), None)
    return frozenset((word,)) if word in _COMMANDS or word in _GROUPS else None


class Color(StrEnum):
    """When tables have colours."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


def _version(show: bool) -> None:
    if show:
        typer.echo(f"quotecheck {__version__}")
        raise typer.Exit


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
        typer.Option(
            "--width", min=40, max=1000, help="Width in columns of tables that go into a pipe."
        ),
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
