"""Results to where a command's options say: the terminal, standard output, a file, a folder."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import Any

from quotecheck.cli.console import show, to_stdout
from quotecheck.output.files import Target, check_target, write_result
from quotecheck.output.registry import ResultKind, format_of

__all__ = ["check_output", "target_of", "write"]


def target_of(output: Path | None) -> Target:
    """The file or folder of ``--output``, or standard output."""
    if output is None or to_stdout(output):
        return sys.stdout.buffer
    return output


def check_output(kind: ResultKind, name: str, output: Path | None) -> None:
    """Check that this output can take this format; asked before an hour's work, not after.

    Raises:
        InputError: the format needs a folder or a file, and the output is neither.
    """
    form = format_of(kind, name)
    if form.table is None:
        check_target(form, target_of(output))


def write(kind: ResultKind, name: str, result: Any, output: Path | None = None) -> None:
    """Write a result in the format of this name.

    Args:
        kind: what kind of result it is.
        name: one of its formats in `quotecheck.output.registry.RESULTS`.
        result: what to write.
        output: a file, a folder, or None for the terminal or standard output.

    Raises:
        InputError: the output cannot be written, or cannot take it.
    """
    form = format_of(kind, name)
    if form.table is not None:
        show(partial(form.table, result), output)
        return
    write_result(form, result, target_of(output))
    sys.stdout.flush()
