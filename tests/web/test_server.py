"""The server: libraries of every state, as a plugin of Datasette, without it, and its end."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
import os
import sqlite3
import subprocess
import sys
import threading
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from typer.testing import CliRunner

from quotecheck.cli import app
from quotecheck.errors import LibraryError, MissingExtraError, QuotecheckError
from quotecheck.held_files import is_held
from quotecheck.library.library import open_library
from tests.support.web_cases import document, write_library
from tests.support.web_pages import (
    Get,
    checked,
    follow,
    rows,
    text_of,
)

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.explorer import BusyError, Explorer, Reading
from quotecheck.web.server import application
from quotecheck.web.table_metadata import datasette_metadata


def test_a_library_that_is_written_to_meanwhile(
    tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    place = write_library(tmp_path / "busy.db")
    ask = serving(application(place))
    assert "4 documents" in text_of(checked(ask("/")))
    question = "/check?" + urlencode({"quote": "The grey heron owns the weir in the winter months"})
    assert "not found" in text_of(checked(ask(question)))
    with open_library(place, create=True) as library:
        run = library.start_run("build", version="0")
        with library.write():
            text = "The grey heron owns the weir in the winter months."
            library.add_document(document("heron", text), passages=split(text), run=run)
            assert "4 documents" in text_of(checked(ask("/"))), "not yet committed"
    assert "5 documents" in text_of(checked(ask("/")))
    assert "verbatim" in text_of(checked(ask(question)))


def split(text: str) -> Any:
    from quotecheck.text.passages import split_passages

    return list(split_passages(text, ()))


def test_what_is_no_library_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        application(tmp_path / "none.db")
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"SQLite format 3\0" + b"\0" * 2000)
    with pytest.raises(LibraryError):
        Explorer(foreign)
    foreign.write_text("hello")
    ran = subprocess.run(
        [sys.executable, "-m", "quotecheck", "serve", str(foreign)],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 2
    assert "this is not a quotecheck library" in ran.stderr


@pytest.mark.parametrize(
    "name",
    ["what?.db", "a#b.db", "50%41.db", "two words.db", "q?mode=rwc.db", "é ü.db", "a&b=c;d.db"],
)
def test_a_library_of_whatever_name_is_shown(
    tmp_path: Path, serving: Callable[[Any], Get], name: str
) -> None:
    place = write_library(tmp_path / name)
    ask = serving(application(place))
    assert "4 documents" in text_of(checked(ask("/")))
    told = ask("/library/documents.json?_shape=array&_size=max")
    assert len(told.json()) == 4
    assert len(follow(ask, "/library.json?sql=select+id+from+documents&_shape=array").json()) == 4
    assert "hearing" in ask("/library/who_spoke").text
    assert {one.name.partition(".db")[0] for one in tmp_path.iterdir()} == {name[:-3]}


def test_a_read_only_library_is_shown(tmp_path: Path, serving: Callable[[Any], Get]) -> None:
    place = write_library(tmp_path / "still.db")
    place.chmod(0o444)
    tmp_path.chmod(0o555)
    try:
        ask = serving(application(place))
        assert "4 documents" in text_of(checked(ask("/")))
        assert ask("/library/documents.json?_shape=array").status_code == 200
    finally:
        tmp_path.chmod(0o755)


def test_nothing_heavy_is_loaded_before_an_article_comes(path: Path) -> None:
    code = (
        "import asyncio, sys\n"
        "from quotecheck.web.server import application\n"
        f"shown = application({str(path)!r})\n"
        "async def look():\n"
        "    await shown.invoke_startup()\n"
        "    for place in ('/', '/check?quote=the+lamps+are+paid+for', '/document/1'):\n"
        "        assert (await shown.client.get(place)).status_code == 200\n"
        "asyncio.run(look())\n"
        "shown.quotecheck.close()\n"
        "print([name for name in ('torch', 'stanza', 'transformers') if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True, encoding="utf-8", timeout=60, check=False,
    )  # fmt: skip
    assert ran.stdout == "[]\n", ran.stderr


PLAIN = """
import asyncio, json, sys
from datasette.app import Datasette
shown = Datasette([sys.argv[1]], metadata=json.load(open(sys.argv[2], encoding="utf-8")))
async def look():
    await shown.invoke_startup()
    told = [(await shown.client.get(place)).text for place in sys.argv[3:]]
    print(json.dumps(told))
asyncio.run(look())
"""


def test_the_library_opens_in_plain_datasette(path: Path, tmp_path: Path) -> None:
    """The tables make sense without us: names, descriptions, readable views, full-text search."""
    told = tmp_path / "tables.json"
    told.write_text(json.dumps(datasette_metadata("valley", name="valley.db")), encoding="utf-8")
    described = json.loads(told.read_text())["databases"]["valley"]["tables"]
    names = (
        "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        " AND name NOT LIKE '%fts%' AND name NOT LIKE 'sqlite%'"
    )
    held = {name for (name,) in rows(path, names)}
    assert held - {"_sqlite_migrations", "passages_vocab"} <= set(described), "all are described"
    for table, about in described.items():
        columns = {row[1] for row in rows(path, f"PRAGMA table_info('{table}')")}
        assert set(about.get("columns", ())) <= columns, table
    addresses = [
        "/valley",
        "/valley/who_said_what.json?_shape=array&speaker=Ada+Fenwick",
        "/valley/passages.json?_shape=array&_search=oil",
    ]
    ran = subprocess.run(
        [sys.executable, "-c", PLAIN, str(path), str(told), *addresses],
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        env={**os.environ, "DATASETTE_LOAD_PLUGINS": ""},
    )
    assert ran.returncode == 0, ran.stderr
    page, said, searched = json.loads(ran.stdout)
    assert "Begin with the views who_said_what" in page
    assert [row["document_title"] for row in json.loads(said)] == ["Bridge will stand"] * 2
    assert "oil is not" in json.loads(searched)[0]["text"]


def test_as_a_plugin_it_adds_pages_to_libraries_alone(
    path: Path, tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    from datasette.app import Datasette

    ask = serving(Datasette([str(path)]))
    assert "quotecheck" not in ask("/").text.replace('href="/quotecheck"', ""), "it is its own"
    assert 'href="/valley"' in ask("/").text
    assert '<a href="/quotecheck">Quotations</a>' in ask("/").text
    page = checked(ask("/quotecheck"))
    assert "valley.db holds 4 documents" in text_of(page)
    assert '<a href="/quotecheck" aria-current="page">' in page
    assert "To the front page" in text_of(checked(ask("/document/999"), 404))
    assert 'href="/quotecheck"' in checked(ask("/document/999"), 404)
    assert ask("/find?q=").headers["location"] == "/quotecheck"
    assert ask("/valley/documents.json").status_code == 200
    assert "content-security-policy" not in ask("/valley").headers, "the tables are its own"
    foreign = tmp_path / "foreign.db"
    with contextlib.closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE eggs (id INTEGER PRIMARY KEY)")
    ask = serving(Datasette([str(foreign)]))
    assert "eggs" in ask("/").text
    assert ask("/check").status_code == 404


def test_the_command_prints_what_describes_the_tables(path: Path) -> None:
    ran = CliRunner().invoke(app, ["serve", str(path), "--metadata"])
    assert ran.exit_code == 0
    assert json.loads(ran.stdout) == datasette_metadata("valley", name="valley.db")


def test_without_datasette_one_is_told_how_to_get_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "datasette", None)
    with pytest.raises(MissingExtraError, match=r"quotecheck-toolkit\[web\]"):
        application(path)


def test_closing_breaks_off_what_is_being_asked(tmp_path: Path) -> None:
    path = write_library(tmp_path / "valley.db")
    explorer = Explorer(path)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    begun = threading.Event()

    def ask(reading: Reading) -> Any:
        begun.set()
        return reading.library.db.execute(endless).fetchone()

    async def stop() -> None:
        asked = asyncio.create_task(explorer.read(ask))
        await asyncio.to_thread(begun.wait, 10)
        await asyncio.to_thread(explorer.close)
        with pytest.raises(BusyError):
            await asked

    asyncio.run(stop())  # else it would not come back: the question has no end
    assert not is_held(path)


def test_a_datasette_with_another_sqlite_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch, serving: Callable[[Any], Get]
) -> None:
    from datasette.app import Datasette

    other = types.ModuleType("pysqlite3")
    other.__dict__.update({k: v for k, v in vars(sqlite3).items() if not k.startswith("__")})
    monkeypatch.setattr("datasette.utils.sqlite.sqlite3", other)
    with pytest.raises(QuotecheckError, match="another SQLite here") as caught:
        application(path)
    assert "pysqlite3" in (caught.value.remedy or "")
    ask = serving(Datasette([str(path)]))  # as a plugin it leaves the other's pages alone
    assert ask("/valley/documents.json").status_code == 200
    assert ask("/check").status_code == 404


def test_what_datasette_takes_for_unchangeable_is_read_without_locks(
    tmp_path: Path, serving: Callable[[Any], Get]
) -> None:
    from datasette.app import Datasette

    path = write_library(tmp_path / "valley.db")
    ask = serving(Datasette(immutables=[str(path)]))
    assert "valley.db holds 4 documents" in text_of(checked(ask("/quotecheck")))
    # To hash the file, Datasette opens it beside SQLite. The suite's guard lets that pass only
    # where no locks are held.
    known = ask("/-/databases.json").json()
    (held,) = known if isinstance(known, list) else known["databases"]  # 0.65, 1.0
    assert held["hash"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert ask("/documents").status_code == 200
