"""What runs beside a served library in the tests: the server, its visitors, and other programs.

Each is a process of its own: `python serving_load.py PART ...`. A part goes on for some seconds and
prints what it was promised as lines of JSON: whatever it prints has to be in the library at the
end. Visitors need the machine's own network, so they are started without the suite's cut.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

PAGES = (
    "/",
    "/documents",
    "/speakers",
    "/search?q=lamps",
    "/check?quote=carry+every+cart+in+the+valley",
    "/trace?quote=carry+every+cart+in+the+valley",
    "/document?key=hearing",
    "/library/documents.json?_size=5",
    "/library/who_said_what.json?_size=5",
    "/-/databases.json",
)
LINE = "The bridge over the Wend will stand for a hundred winters"
HEARD = "And who will pay for the lamps on it?"
"""Words of a source that nobody takes away."""
PATIENCE_SECONDS = 120.0
"""How long an answer may take where many wait for two processors."""


def serve(path: str) -> None:
    """Run `quotecheck serve`, with an attributor that needs no weights.

    Where the environment has KILL_AT_STEP, the server kills itself after so many steps of SQLite's
    machine that it takes to keep articles; with 0 it prints their number at its end.
    """
    from quotecheck.__main__ import main
    from quotecheck.web import explorer, keeping, server
    from tests.support.article_attributors import Obedient
    from tests.support.kill_moments import count_steps

    explorer._load = Obedient  # type: ignore[assignment]
    patient = explorer.Limits(seconds=PATIENCE_SECONDS, attribution_seconds=PATIENCE_SECONDS)
    made = server.Explorer
    server.Explorer = lambda *a, **k: made(*a, **{**k, "limits": patient})  # type: ignore[assignment, misc]
    counter = count_steps(keeping, os.environ.get("KILL_AT_STEP"), only_writing=True)
    sys.argv = ["quotecheck", "serve", path, "--port", "0"]
    try:
        main()
    finally:
        if counter is not None:
            print(counter.done, flush=True)


def _promise(*told: object) -> None:
    print(json.dumps(told), flush=True)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Send what commands print to nowhere."""
    with Path(os.devnull).open("w") as nowhere, contextlib.redirect_stdout(nowhere):
        yield


def _rounds(seconds: str) -> Iterator[int]:
    """Numbers until some seconds are over, at least two of them."""
    until = time.monotonic() + float(seconds)
    number = 0
    while number < 2 or time.monotonic() < until:
        yield number
        number += 1


def _run(*arguments: str, codes: tuple[int, ...] = (0,)) -> None:
    from quotecheck.cli import app

    with _quiet():
        code = app(list(arguments), standalone_mode=False)
    assert (code or 0) in codes, (arguments, code)


# Visitors


def _visitor() -> OpenerDirector:
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


def keep(address: str, seconds: str, name: str, token: str) -> None:
    """Keep articles; promised is the address of each one's page, and its title."""
    visitor = _visitor()
    for n in _rounds(seconds):
        with visitor.open(f"{address}article", timeout=PATIENCE_SECONDS) as answer:
            form = answer.read().decode()
        title = f"Kept {name} {n}"
        fields = {
            "csrftoken": re.findall(r'name="csrftoken" value="([^"]+)"', form)[0],
            "text": f"News {name} {n}\n\n“{LINE}, said {name} {n}.” Then it rained.",
            "title": title,
            "keep": "1",
            "token": token,
        }
        sent = urlencode(fields).encode()
        with visitor.open(f"{address}article", sent, timeout=PATIENCE_SECONDS) as answer:
            page = answer.read().decode()
        assert "It is kept" in re.sub(r"\s+", " ", page), page
        place = re.findall(r'href="(/document/\d+)"', page)[0]
        _promise("kept", place, title)
        with visitor.open(address + place[1:], timeout=PATIENCE_SECONDS) as answer:
            assert title in answer.read().decode(), "it is there at once"


def read(address: str, seconds: str, name: str) -> None:
    """Ask for pages; promised is nothing, but each of them answers."""
    rng = random.Random(name)
    visitor = _visitor()
    answered = 0
    for _ in _rounds(seconds):
        page = rng.choice(PAGES)
        with visitor.open(address + page[1:], timeout=PATIENCE_SECONDS) as answer:
            assert answer.status == 200
            assert answer.read()
        answered += 1
        time.sleep(rng.random() * 0.05)
    _promise("pages", answered)


# Other programs


def build(library: str, seconds: str, name: str, folder: str) -> None:
    """Build one file after another; promised are the ids of the documents in it."""
    from quotecheck.building.build import build as build_library
    from tests.support.building_cases import make_attributor

    for n in _rounds(seconds):
        source = Path(folder) / f"{name}-{n}.jsonl"
        keys = [f"{name}-{n}-{k}" for k in range(3)]
        lines = [
            {"id": key, "text": f"Minutes {key}.\n\n“The ferry was late again,” said {name}."}
            for key in keys
        ]
        source.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
        if n % 2:
            _run("build", str(source), "--db", library, "--no-attribute")
        else:
            report = build_library(
                [source], library, attributor_factory=make_attributor, link_copies=True
            )
            assert (report.added, report.failed) == (3, 0)
        _promise("built", *keys)


def merge(library: str, seconds: str, *_: str) -> None:
    """Merge two speakers and take that back; promised is how often. At the end they are one."""
    changes = 0
    for n in _rounds(seconds):
        if n:
            _run("speakers", "undo", "--db", library)
        _run("speakers", "merge", "Ada Fenwick", "Jon Parr", "--db", library)
        changes += 1 + bool(n)
    _promise("changes", changes)


class Renaming:
    """Attributes as the tests' attributor does, but to whom it is told."""

    weights_sha256: dict[str, str] = {"renaming": "ef" * 32}  # noqa: RUF012 (never changed)
    name = ""

    def __call__(self, document: object) -> object:
        from dataclasses import replace

        from quotecheck.records.quotation import Speaker
        from tests.support.building_cases import attribute

        found = attribute(document)  # type: ignore[arg-type]
        return [replace(one, speakers=(Speaker(self.name),)) for one in found]


def recheck(library: str, seconds: str, *_: str) -> None:
    """Attribute all again, each time to another, and store it; promised is how many runs there are.

    What others store meanwhile has to be looked through too, so it may be interrupted by nothing.
    """
    from quotecheck.pipeline import attributor as attributing

    attributor = Renaming()
    attributing.load_attributor = lambda **_: attributor  # type: ignore[assignment, return-value]
    runs = 0
    for n in _rounds(seconds):
        attributor.name = f"Witness {n % 2}"
        _run("recheck", "--db", library, "--attribute", "--store", codes=(0, 1))
        runs += 1
        time.sleep(0.2)
    _promise("rechecks", runs)


def look(library: str, seconds: str, *_: str) -> None:
    """Search and check from the command line; what is in a source is found each time."""
    for n in _rounds(seconds):
        if n % 3 == 0:
            _run("check", HEARD, "--db", library)
        elif n % 3 == 1:
            _run("search", "winters", "--db", library)
        else:
            _run("speakers", "list", "--db", library)
    _promise("looks", n)


def twice(library: str, seconds: str, *_: str) -> None:
    """Open a library again and again beside itself, for reading and for writing, and close it.

    Promised are names that it gives to a speaker. Whenever one is closed, the others keep the locks
    by which other programs know that the library is open.
    """
    from quotecheck.library.library import open_library
    from tests.support.library_locks import is_registered

    with open_library(library) as first:
        for n in _rounds(seconds):
            with open_library(library) as second, open_library(library, create=True) as third:
                name = f"A. F. {n}"
                third.add_alias("Ada Fenwick", name)
                assert second.document("hearing") is not None
            assert is_registered(Path(library))
            assert first.statistics().documents > 0
            _promise("alias", name)
            time.sleep(0.05)


def forget(library: str, seconds: str, name: str, *_: str) -> None:
    """Put documents in and take them out again; promised is that they are not there."""
    from quotecheck.library.library import open_library
    from tests.support.library_samples import make, whole

    for n in _rounds(seconds):
        key = f"{name}-secret-{n}"
        one = make(key, f"The umbratile letter of {key} is nobody's business.")
        with open_library(library, create=True) as opened:
            run = opened.start_run("build", version="0")
            opened.add_document(one, passages=whole(one), run=run)
            opened.finish_run(run)
        # 1: another program was reading the file as it was.
        _run("forget", key, "--db", library, "--yes", codes=(0, 1))
        _promise("forgotten", key)
        time.sleep(0.5)


PARTS: dict[str, Callable[..., None]] = {
    "serve": serve, "keep": keep, "read": read, "build": build, "merge": merge,
    "recheck": recheck, "look": look, "twice": twice, "forget": forget,
}  # fmt: skip

if __name__ == "__main__":
    PARTS[sys.argv[1]](*sys.argv[2:])
