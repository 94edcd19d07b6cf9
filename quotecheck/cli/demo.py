"""`quotecheck demo`: the first three minutes, in a folder of its own."""

from __future__ import annotations

import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Final

import typer

from quotecheck.errors import InputError

__all__ = ["demo_command"]

_FILES: Final = ("article.txt", "article-misquotes.txt", "article-second-round.txt")
_SOURCES: Final = "sources"
_TRY: Final = (
    ("who said what in an article", "quotecheck attribute article.txt"),
    (
        "a quotation, true to its source",
        'quotecheck check "No village will be asked to move twice."',
    ),
    (
        "one that was cut unfairly",
        'quotecheck check "We will close the gate in October." --speaker "Ruth Amadi"',
    ),
    ("every quotation of an article", "quotecheck check article-misquotes.txt"),
    (
        "the same as a page to read",
        "quotecheck check article-misquotes.txt --format html -o report.html",
    ),
    ("where words come from", 'quotecheck trace "No village will be asked to move twice."'),
    ("what somebody said", 'quotecheck search village --speaker "Ilse Norran"'),
    ("all of it in a browser, with the extra [web]", "quotecheck serve quotecheck.db --open"),
)


def demo_command(
    folder: Annotated[Path, typer.Argument(help="A new folder, or an empty one.")] = Path(
        "quotecheck-demo"
    ),
) -> None:
    """Make a folder with a sample, build a library from it, and say what to try next.

    Two invented countries quarrel over a dam, and a newspaper gets most of their words wrong.
    Nothing is fetched. Exit code 0: made. 2: an error.

    Examples:

      quotecheck demo

      quotecheck demo my-first-look
    """
    from quotecheck.building.build import build
    from quotecheck.output.terminal.builds import render_build

    _require_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with as_file(files("quotecheck") / "sample") as travelled:
        sample = travelled if travelled.is_dir() else _checkout()
        for name in _FILES:
            shutil.copyfile(sample / name, folder / name)
        shutil.copytree(sample / _SOURCES, folder / _SOURCES)
    report = build([folder / _SOURCES], folder / "quotecheck.db", attribute=False)
    from quotecheck.cli.console import console

    render_build(report, console())
    typer.echo(f"\nNow try, in that folder:\n\n  cd {folder}")
    for comment, command in _TRY:
        typer.echo(f"\n  # {comment}\n  {command}")


def _require_empty(folder: Path) -> None:
    if folder.is_file() or (folder.is_dir() and any(folder.iterdir())):
        raise InputError(
            "the folder is not empty",
            where=str(folder),
            remedy="Name a new folder: quotecheck demo FOLDER",
        )


def _checkout() -> Path:
    """The sample of a checkout, where the package was not installed from a wheel."""
    sample = Path(__file__).parents[2] / "corpora" / "sample"
    if not sample.is_dir():
        raise InputError(
            "this installation does not contain the sample",
            remedy="Install the wheel of a release, or run it in a checkout.",
        )
    return sample
