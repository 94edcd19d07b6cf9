"""What runs beside a served library in the tests: the server, its visitors, and other commands.

Each is a process of its own: `python serving_load.py serve|keep|read|commands ...`. Visitors need
the machine's own network, so they are started without the suite's cut.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, build_opener

PAGES = (
    "/",
    "/documents",
    "/speakers",
    "/search?q=lamps",
    "/check?quote=carry+every+cart+in+the+valley",
    "/document?key=hearing",
    "/library/documents.json?_size=5",
    "/library/who_said_what.json?_size=5",
    "/-/databases.json",
)
LINE = "The bridge over the Wend will stand for a hundred winters"


def serve(arguments: list[str]) -> None:
    """Run `quotecheck serve`, with an attributor that needs no weights."""
    from quotecheck.__main__ import main
    from quotecheck.web import explorer
    from tests.support.article_attributors import Obedient

    explorer._load = Obedient  # type: ignore[assignment]
    sys.argv = ["quotecheck", "serve", *arguments]
    main()


def commands(given: list[str]) -> None:
    """Run commands one after another (each a JSON list of arguments), and stop at a failure."""
    from quotecheck.cli import app

    for line in given:
        app(json.loads(line), standalone_mode=False)
    print(json.dumps("done"))


def _visitor() -> OpenerDirector:
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


def keep(address: str, token: str, name: str, number: str) -> None:
    """Keep articles; print for each of them the address of its page and its title."""
    visitor = _visitor()
    for n in range(int(number)):
        with visitor.open(f"{address}article", timeout=30) as answer:
            form = answer.read().decode()
        title = f"Kept {name} {n}"
        fields = {
            "csrftoken": re.findall(r'name="csrftoken" value="([^"]+)"', form)[0],
            "text": f"News {name} {n}\n\n“{LINE}, said {name} {n}.” Then it rained.",
            "title": title,
            "keep": "1",
            "token": token,
        }
        with visitor.open(f"{address}article", urlencode(fields).encode(), timeout=60) as answer:
            page = answer.read().decode()
        assert "It is kept" in re.sub(r"\s+", " ", page), page
        place = re.findall(r'href="(/document/\d+)"', page)[0]
        with visitor.open(address + place[1:], timeout=30) as answer:  # it is there at once
            assert title in answer.read().decode()
        print(json.dumps([place, title]), flush=True)


def read(address: str, seconds: str, seed: str) -> None:
    """Ask for pages for some seconds; print how many answered."""
    rng = random.Random(int(seed))
    visitor = _visitor()
    until = time.monotonic() + float(seconds)
    answered = 0
    while time.monotonic() < until:
        page = rng.choice(PAGES)
        with visitor.open(address + page[1:], timeout=30) as answer:
            assert answer.status == 200
            assert answer.read()
        answered += 1
        time.sleep(rng.random() * 0.05)
    print(json.dumps(["pages", answered]))


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "serve":
        serve(rest)
    elif what == "commands":
        commands(rest)
    elif what == "keep":
        keep(*rest)
    else:
        read(*rest)
