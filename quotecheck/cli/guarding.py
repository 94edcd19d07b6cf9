"""Look over a command's options before it begins: what it reads is there, and is not replaced."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup

from quotecheck.errors import InputError

__all__ = ["GuardedCommand", "GuardedGroup"]

_READ: Final = ("paths", "files", "entities", "speakers", "quotes", "table")
"""Parameters that name what must be there."""
_DATABASE_FILES: Final = ("", "-wal", "-shm", "-journal")
_SQLITE: Final = b"SQLite format 3\0"


class GuardedCommand(TyperCommand):
    """A command that refuses a missing input, and an output that is one of its inputs.

    Its help shows flags as flags ("--explain"), without the word "bool" after them, and arguments
    in capitals ("FILES").
    """

    def get_params(self, ctx: Any) -> Any:
        """The parameters, with placeholders for those that take a value."""
        params = super().get_params(ctx)
        for param in params:
            if param.metavar is not None:
                continue
            if getattr(param, "is_flag", False):
                param.metavar = ""
            elif param.param_type_name == "argument":
                param.metavar = str(param.name).upper()
        return params

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the options; a value that an option does not take gets a one-line guess."""
        with _guessing():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command.

        Raises:
            InputError: a path that it is to read does not exist, or ``--output`` would replace an
                input, the library or a file that belongs to a library.
        """
        _require_inputs(ctx.params)
        output = ctx.params.get("output")
        if isinstance(output, Path) and str(output) != "-":
            _require_replaceable(output, ctx.params)
        return super().invoke(ctx)


class GuardedGroup(TyperGroup):
    """A group of commands whose own options guess what was meant, as those of a command do."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read the options before a command."""
        with _guessing():
            return super().parse_args(ctx, args)


@contextmanager
def _guessing() -> Iterator[None]:
    """Say in one sentence which words an option takes, and which may be meant."""
    try:
        yield
    except BadParameter as error:
        quoted_value = re.search(r"'([^']*)' is not one of (.+)", error.message)
        names = re.findall("'([^']*)'", quoted_value[2]) if quoted_value else []
        if quoted_value is None or not names:
            raise
        near = get_close_matches(quoted_value[1].lower(), names, n=1)
        message = f"there is no {quoted_value[1]!r}; take {', '.join(names[:-1])} or {names[-1]}."
        error.message = f"{message} Did you mean {near[0]!r}?" if near else message
        raise


def _require_inputs(params: Mapping[str, Any]) -> None:
    from quotecheck.reading.inputs import find_inputs

    for name in _READ:
        for path in _paths(params.get(name)):
            # A folder is listed by the command; here only what is named is looked for.
            if str(path) != "-" and not os.path.isdir(path):  # noqa: PTH112 - odd names are not an error
                find_inputs([path])


def _require_replaceable(output: Path, params: Mapping[str, Any]) -> None:
    for name, value in params.items():
        for path in () if name == "output" else _paths(value):
            if any(_is_same(output, Path(f"{path}{suffix}")) for suffix in _DATABASE_FILES):
                raise _refusal("this command reads that file, and would replace it", output)
            if _is_input_within(output, path):
                raise _refusal(
                    "it lies in a folder that this command reads, and would be replaced", output
                )
    for suffix in _DATABASE_FILES:
        database = Path(str(output).removesuffix(suffix))
        if (suffix == "" or str(database) != str(output)) and _is_database(database):
            raise _refusal("this file belongs to a database, and would be replaced", output)


def _refusal(what: str, output: Path) -> InputError:
    return InputError(what, where=str(output), remedy="Name another file: --output FILE")


def _paths(value: Any) -> Iterator[Path]:
    for item in value if isinstance(value, (list, tuple)) else (value,):
        if isinstance(item, (str, Path)) and str(item):
            yield Path(item)


def _is_same(output: Path, other: Path) -> bool:
    try:
        if os.path.samefile(output, other):  # noqa: PTH121 - takes what does not exist apart below
            return True
    except (OSError, ValueError):
        pass
    try:
        return other.exists() and os.path.realpath(output) == os.path.realpath(other)
    except (OSError, ValueError):
        return False


def _is_input_within(output: Path, folder: Path) -> bool:
    from quotecheck.reading.inputs import SUFFIXES

    try:
        return (
            folder.is_dir()
            and output.is_file()
            and output.name.lower().endswith(tuple(SUFFIXES))
            and Path(os.path.realpath(output)).is_relative_to(os.path.realpath(folder))
        )
    except (OSError, ValueError):
        return False


def _is_database(path: Path) -> bool:
    from quotecheck.held_files import is_held

    if is_held(path):
        return True
    try:
        with path.open("rb") as file:
            return path.is_file() and file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        return False
