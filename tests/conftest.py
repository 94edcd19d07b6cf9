"""Fixtures of the whole suite. The network is cut in every test, and in every process it starts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
OFFLINE = Path(__file__).parent / "offline"

sys.path.insert(0, str(OFFLINE))
# Not "import sitecustomize": an environment may have one of its own, imported long ago.
sys.modules.pop("sitecustomize", None)
import sitecustomize as offline  # noqa: E402 - found in the folder put in front above

sys.path.remove(str(OFFLINE))

# No test measures time: a busy machine would fail it.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = [
    "tests.support.commands",  # its fixtures `run` and `loaded`
    "tests.support.cpu_limit",  # its fixture `no_hang`
]

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.text import ParsedDocument


SLOW_FOLDERS = {"fuzz", "journeys", "robustness"}
"""Whole commands, kills, full disks, hostile files: minutes, not seconds."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks journeys, hardening and browsers ``slow``: ``-m "not slow"`` leaves them out."""
    for item in items:
        hostile = "no_hang" in getattr(item, "fixturenames", ())
        if hostile or SLOW_FOLDERS & {*item.path.parts} or item.path.stem == "test_in_browser":
            item.add_marker(pytest.mark.slow)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips a test marked ``shared("polnear")`` where ../shared/polnear is not there."""
    for mark in item.iter_markers("shared"):
        for name in mark.args or (".",):
            if not (SHARED / name).exists():
                pytest.skip(f"{SHARED.name}/{name} is not beside the project")


@pytest.fixture(scope="session", autouse=True)
def no_network_in_children() -> Iterator[None]:
    """Cuts the network in the processes that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        old = os.environ.get("PYTHONPATH")
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(OFFLINE), old])))
        yield


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fails a test in which the network was reached for, even if the error was swallowed."""
    before = len(offline.ATTEMPTS)
    yield
    assert offline.ATTEMPTS[before:] == []


@pytest.fixture(autouse=True)
def no_library_opened_beside_sqlite() -> Iterator[None]:
    """Fails a test in which a file was opened that SQLite has locked, even if it was swallowed."""
    before = len(offline.OPENED)
    yield
    assert offline.OPENED[before:] == []


@pytest.fixture(scope="session")
def attributor() -> Attributor:
    """The whole pipeline with the weights that are shipped; loaded once. Mark tests `weights`."""
    from quotecheck.pipeline.attributor import load_attributor

    return load_attributor()


@pytest.fixture(scope="session")
def sample() -> Path:
    """The sample corpus, which travels with the project."""
    return ROOT / "corpora" / "sample"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The measuring data beside the project. Mark tests ``shared``, with what they need of it."""
    return SHARED


@pytest.fixture(scope="session")
def stored_parse() -> Callable[[str, str], ParsedDocument]:
    """Gives a stored parse by file and label; see store_parses."""
    from tests.support.store_parses import parsed

    return parsed
