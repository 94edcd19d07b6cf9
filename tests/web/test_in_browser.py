"""The explorer in a real browser: phone, desk, dark, keyboard, screen reader, no JavaScript.

Needs playwright (Python) and a Chromium of the system: Debian's package `chromium`. The checks of
accessibility need axe-core, which the package axe-playwright-python carries.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.web_cases import LINE, TURNED, write_library

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")
playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright (Python) is not installed"
)

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
BROWSER = os.environ.get("QUOTECHECK_CHROMIUM") or next(
    filter(None, map(shutil.which, BROWSERS)), None
)
AXE = find_spec("axe_playwright_python")

pytestmark = pytest.mark.skipif(
    BROWSER is None, reason="no Chromium is installed (Debian: apt-get install chromium)"
)

PHONE, DESK = (390, 800), (1280, 900)
OTHER = LINE.replace("hundred", "dozen")
ARTICLE = f"News\n\n“{OTHER}.” said Ada.\n\n“{LINE}.”\n\n“The moon was sold.”"

PLACES = {
    "home": "/",
    "find": f"/find?q={OTHER}",
    "find words": "/find?q=lamps",
    "empty check": "/check",
    "empty search": "/search",
    "authors": "/speakers?show=authors",
    "checks": "/checks",
    "kept check": "/checks/1",
    "hostile check": "/checks/2",
    "tables": "/tables",
    "check": f"/check?quote={OTHER}&speaker=Jon+Parr",
    "trace": f"/trace?quote={LINE}",
    "quotation": "/quotation/2",
    "speakers": "/speakers",
    "speaker": "/speaker?name=Ada+Fenwick",
    "documents": "/documents",
    "document": "/document?key=article",
    "turns": "/document?key=hearing&at=20-60",
    "book": "/document?key=book",
    "hostile": "/quotation/6",
    "hostile document": "/document/3",
    "search": "/search?q=lamps",
    "article": "/article",
    "missing": "/document/999",
}

SERVER = """
import sys
from tests.support.web_cases import Marks
from quotecheck.web.server import application, listen, serve
held = listen("127.0.0.1", 0)
print(held.getsockname()[1], flush=True)
serve(application(sys.argv[1], load=Marks), held)
"""

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server in a process of its own; it ends by Ctrl-C as it should."""
    library = write_library(tmp_path_factory.mktemp("browser") / "valley.db")
    paths = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    started = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(library)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    assert started.stdout is not None
    assert started.stderr is not None
    port = started.stdout.readline().strip()
    assert port, started.stderr.read()
    yield f"http://127.0.0.1:{port}"
    started.send_signal(signal.SIGINT)
    try:
        assert started.wait(timeout=20) == 0
        assert "Traceback" not in started.stderr.read()
    finally:
        started.kill()
        started.stdout.close()
        started.stderr.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        launched = running.chromium.launch(executable_path=BROWSER)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Any, server: str) -> Iterator[Open]:
    """Opens a page; fails if it asked elsewhere, ran a script, or complained about anything."""
    contexts = []
    trouble: list[str] = []

    def open_(name: str, size: tuple[int, int] = DESK, dark: bool = False, **more: Any) -> Any:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            **more,
        )
        contexts.append(context)
        context.set_default_timeout(120_000)
        page = context.new_page()
        page.on(
            "console",
            lambda said: trouble.append(said.text) if "404" not in said.text else None,
        )
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "request",
            lambda asked: trouble.append(asked.url) if not asked.url.startswith(server) else None,
        )
        page.goto(server + PLACES.get(name, name))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


@pytest.mark.parametrize("name", PLACES)
def test_pages_fit_a_phone(opened: Open, name: str) -> None:
    page = opened(name, PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate("window.hacked") is None
    assert page.locator("script").count() == 0
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "17px", "the style is there"


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python, which carries axe-core, is missing")
@pytest.mark.parametrize("name", PLACES)
def test_axe_finds_nothing(opened: Open, name: str) -> None:
    """Contrast (AA), names, landmarks, order of headings and the rest; on a desk and on a phone,
    light and dark, with everything folded opened."""
    assert AXE is not None
    assert AXE.origin is not None
    script = (Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8")
    page = opened(name, DESK, bypass_csp=True)
    page.evaluate(script)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for (width, height), dark in itertools.product((DESK, PHONE), (False, True)):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme="dark" if dark else "light")
        found = page.evaluate(
            """axe.run(document, {
                runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
            })"""
        )
        assert [
            (rule["id"], rule["impact"], [node["target"] for node in rule["nodes"]][:3])
            for rule in found["violations"]
        ] == []
        assert "color-contrast" in {rule["id"] for rule in found["passes"]}


def test_an_article_is_read_without_javascript(opened: Open) -> None:
    page = opened("home", PHONE, java_script_enabled=False)
    page.get_by_label("The article’s text").fill(ARTICLE)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_load_state("load")  # the words of a chip stand apart by the style sheet
    assert "Who said what" in page.locator("main").inner_text()
    assert page.locator("li.note .chip").count() == 3
    assert page.locator("#n1 ins").first.inner_text() == "a dozen"
    assert page.locator("#n1 .chip").inner_text().split() == ["≠", "altered:", "other", "meaning"]
    assert page.locator("#n1 details").get_attribute("open") is not None, "what is wrong is open"
    assert page.locator("#n2 details").get_attribute("open") is None
    page.get_by_role("link", name="Quotation 2, verbatim").click()
    assert page.url.endswith("#n2")


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python, which carries axe-core, is missing")
def test_a_read_article_is_accessible(opened: Open) -> None:
    assert AXE is not None
    assert AXE.origin is not None
    page = opened("article", PHONE, True, bypass_csp=True)
    page.get_by_label("The article’s text").fill(ARTICLE)
    page.get_by_role("button", name="Read it").click()
    page.evaluate((Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document)")
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_quotation_is_checked_by_keyboard_alone(opened: Open) -> None:
    page = opened("home")
    focused = "document.activeElement"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate(f"{focused}.id") == "find"
    assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") == "solid"
    page.keyboard.type(TURNED)
    page.keyboard.press("Enter")
    page.wait_for_url("**/check?**")
    assert "Taken as a quotation" in page.locator("main").inner_text()
    assert "Ada Fenwick" in page.locator("article.check").inner_text()
    page.get_by_role("link", name="Search for the words instead").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?**")
    assert "Taken as words" in page.locator("main").inner_text()


@pytest.mark.parametrize("name", ["check", "document", "speaker", "checks", "missing"])
def test_everything_is_reached_by_keyboard_and_seen(opened: Open, name: str) -> None:
    page = opened(name, PHONE)
    wanted = page.evaluate(
        """[...document.querySelectorAll('a, button, summary, input, select, textarea')]
           .filter(one => one.checkVisibility() && one.type !== 'hidden').length"""
    )
    seen = 0
    for _ in range(wanted):
        page.keyboard.press("Tab")
        focused = "document.activeElement"
        style = page.evaluate(f"[{focused}.tagName, getComputedStyle({focused}).outlineStyle]")
        assert style[0] != "BODY"
        assert style[1] != "none", style
        seen += 1
    assert seen == wanted


@pytest.mark.parametrize("name", PLACES)
def test_every_page_has_the_menu(opened: Open, name: str) -> None:
    page = opened(name)
    menu = page.get_by_role("navigation", name="Site")
    labels = [one.inner_text() for one in menu.get_by_role("link").all()]
    assert labels == ["Check a quotation", "Read an article", "Search", "Speakers", "Documents",
                      "Kept checks", "Tables"]  # fmt: skip
    assert page.get_by_role("search").count() >= 1


def test_paper_has_the_verdict_in_black_and_white(opened: Open) -> None:
    page = opened("check", DESK, dark=True)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Site").is_visible()
    chip = page.locator(".chip").first
    assert chip.evaluate("one => getComputedStyle(one).color") == "rgb(0, 0, 0)"
    assert chip.inner_text().split() == ["✗", "misattributed"]


def test_the_timeline_is_a_picture_that_can_be_scrolled(opened: Open) -> None:
    page = opened("trace", PHONE, True)
    image = page.locator("figure.timeline img")
    image.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('figure.timeline img').naturalWidth > 0")
    assert image.evaluate("one => one.naturalWidth") == 960
    assert page.locator("figure.timeline").evaluate("one => one.scrollWidth > one.clientWidth")
    page.locator("figure.timeline").focus()
    page.keyboard.press("ArrowRight")
    deadline = time.monotonic() + 5
    moved = 0
    while not moved and time.monotonic() < deadline:
        moved = page.locator("figure.timeline").evaluate("one => one.scrollLeft")
    assert moved


def test_a_place_in_a_document_is_shown(opened: Open) -> None:
    page = opened("turns", PHONE)
    assert page.url.endswith("#at")
    marked = page.locator("#at")
    assert marked.is_visible()
    assert 0 <= marked.bounding_box()["y"] < PHONE[1]


def test_links_lead_from_the_tables_to_the_pages_and_back(browser: Any, server: str) -> None:
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{server}/library/who_said_what")
    page.get_by_role("link", name="article", exact=True).first.click()
    page.wait_for_function("document.title == 'Bridge will stand · quotecheck'", timeout=20_000)
    page.get_by_role("link", name="Tables").click()
    page.wait_for_url(f"{server}/tables", timeout=20_000)
    page.get_by_role("link", name="who_spoke").click()
    page.wait_for_url(f"{server}/library/who_spoke", timeout=20_000)
    page.get_by_role("link", name="Kept checks").click()
    page.wait_for_url(f"{server}/checks", timeout=20_000)
    page.close()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_walk_through_every_page_ends_nowhere(
    opened: Open, size: tuple[int, int], dark: bool
) -> None:
    """By links and forms alone: the example, its places, words, a speaker, a document, a check."""
    page = opened("home", size, dark)

    def here(address: str, heading: str) -> None:
        page.wait_for_url(address)
        page.wait_for_load_state()
        assert heading in page.locator("main").inner_text()
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], address
        menu = page.get_by_role("navigation", name="Site")
        assert menu.is_visible()

    def by_menu(name: str) -> None:
        page.get_by_role("navigation", name="Site").get_by_role("link", name=name).click()

    page.locator(".try a").first.click()
    here("**/check?**", "Taken as a quotation")
    page.get_by_role("link", name="Every place where these words stand").click()
    here("**/trace?**", "Every place, in order of time")
    page.locator("#find").fill("winters")
    page.keyboard.press("Enter")
    here("**/search?**", "Taken as words")
    page.locator("ul.known a.chip").first.click()
    here("**/checks/*", "Where it stands")
    page.get_by_role("link", name="Check it again").click()
    here("**/check?**", "Another quotation")
    by_menu("Speakers")
    here("**/speakers", "Who is quoted or speaks")
    page.get_by_role("link", name="Ada Fenwick").first.click()
    here("**/speaker/*", "What they said")
    by_menu("Documents")
    here("**/documents", "Documents")
    page.get_by_role("link", name="Bridge will stand").first.click()
    here("**/document/*", "Where it comes from")
    by_menu("Kept checks")
    here("**/checks", "Kept checks")
    by_menu("Read an article")
    page.get_by_label("The article’s text").fill(ARTICLE)
    page.get_by_role("button", name="Read it").click()
    page.wait_for_selector("#h-checks")
    assert "3 quotations, all checked" in page.locator("main").inner_text()
    by_menu("Tables")
    here("**/tables", "one SQLite file")
