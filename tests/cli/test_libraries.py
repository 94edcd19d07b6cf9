"""Which library a command means where none is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import quotecheck
from quotecheck.cli import app
from quotecheck.errors import InputError
from tests.support import paths

WORDS = "No village will be asked to move twice."


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("named") / "library.db"
    quotecheck.build(paths.ROOT / "corpora" / "sample" / "sources", path, attribute=False)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Below a folder of its own, with no variable set."""
    monkeypatch.delenv("QUOTECHECK_DB", raising=False)
    place = tmp_path / "desk" / "today"
    place.mkdir(parents=True)
    monkeypatch.chdir(place)
    return place


def ran(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_none_is_named_and_none_is_there() -> None:
    for words in (
        ["check", WORDS],
        ["trace", WORDS],
        ["search", "village"],
        ["verify"],
        ["export"],
    ):
        error = ran(*words).exception
        assert isinstance(error, InputError), words
        assert "no library is named" in str(error)
        assert "--db" in (error.remedy or "")


def test_what_reads_takes_the_nearest_above(folder: Path, built: bytes) -> None:
    (folder.parent / "quotecheck.db").write_bytes(built)
    assert ran("check", WORDS).exit_code == 0
    assert ran("verify").exit_code == 0
    assert "village" in ran("search", "village").stdout


def test_the_variable_goes_before_the_folder(
    folder: Path, built: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "quotecheck.db").write_bytes(b"no library")
    (folder / "other.db").write_bytes(built)
    monkeypatch.setenv("QUOTECHECK_DB", str(folder / "other.db"))
    assert ran("check", WORDS).exit_code == 0
    assert ran("check", WORDS, "--db", str(folder / "none.db")).exit_code != 0


def test_what_writes_takes_this_folder_alone_and_says_so(folder: Path, built: bytes) -> None:
    above = folder.parent / "quotecheck.db"
    above.write_bytes(built)
    (folder / "a.txt").write_text("Nobody spoke.")
    done = ran("build", "a.txt", "--no-attribute")
    assert done.exit_code == 0
    assert (folder / "quotecheck.db").is_file()
    assert f"the library is {folder / 'quotecheck.db'}" in re.sub(r"\s+", " ", done.stderr)
    assert above.read_bytes() == built
    done = ran("speakers", "merge", "Ilse Norran", "I. Norran")
    assert done.exit_code != 0  # the library of this folder knows neither
    assert above.read_bytes() == built


def test_help_shows_flags_as_flags() -> None:
    page = ran("check", "--help").stdout
    assert "--strict-speaker" in page
    assert "<bool>" not in page
    assert "QUOTECHECK_DB" in page
    assert ran("-V").stdout.startswith("quotecheck ")
