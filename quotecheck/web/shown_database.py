"""The library as Datasette reads it: its file by whatever name, and no question on the terminal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from datasette.database import Database

from quotecheck.library.file import connect_for_visitors

__all__ = ["ShownDatabase"]


def _without_reports(ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """A method that asks SQLite, and tells the visitor alone what it refuses."""

    async def asked(*arguments: Any, **options: Any) -> Any:
        return await ask(*arguments, **options | {"log_sql_errors": False})

    return asked


class ShownDatabase(Database):  # type: ignore[misc]
    """A database of Datasette's that opens its file as we do.

    Datasette puts the path into an address as it is, so that of "what?.db" it would open "what".
    And it prints each question that SQLite refuses, whatever characters are in it.
    """

    def connect(self, write: bool = False) -> Any:
        """A connection for reading.

        Raises:
            ValueError: one for writing is asked for.
        """
        if write or self.path is None:
            raise ValueError("Datasette cannot write to a library")
        connection = connect_for_visitors(Path(self.path), immutable=not self.is_mutable)
        # What it closes at its end; the list has another name in 0.65 than in the alphas of 1.0.
        connections = getattr(self, "_all_connections", None)
        (self._all_file_connections if connections is None else connections).append(connection)
        return connection

    execute = _without_reports(vars(Database)["execute"])  # handed on: no SQL of ours
