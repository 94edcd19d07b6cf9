"""A library and a server that shows it, for the tests of the explorer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.web_cases import Marks, write_library
from tests.support.web_pages import Get


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_library(tmp_path_factory.mktemp("web") / "valley.db")


@pytest.fixture(scope="module")
def serving() -> Iterator[Callable[[Any], Get]]:
    """Gives what asks a server: in one loop for all questions, as a real server has."""
    loop = asyncio.new_event_loop()
    started = []

    def asker(shown: Any) -> Get:
        def ask(path: str, method: str = "GET", **more: Any) -> Any:
            return loop.run_until_complete(shown.client.request(method, path, **more))

        started.append(shown)
        loop.run_until_complete(shown.invoke_startup())
        return ask

    yield asker
    for shown in started:
        if shown.quotecheck is not None:
            shown.quotecheck.close()
        shown.executor.shutdown()
        for database in shown.databases.values():
            database.close()
    loop.close()


@pytest.fixture(scope="module")
def get(path: Path, serving: Callable[[Any], Get]) -> Get:
    from quotecheck.web.server import application  # only where Datasette is

    return serving(application(path, load=Marks))
