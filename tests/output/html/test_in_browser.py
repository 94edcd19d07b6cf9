"""The page in a real browser: phone, desk, dark, paper, keyboard, screen reader.

Needs playwright (Python) and a Chromium of the system: Debian's package `chromium`. The checks of
accessibility need axe-core, which the package axe-playwright-python carries.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, get_args

import pytest

from quotecheck.library.document_lookup import SourceFacts
from quotecheck.output.html.article import VARIANTS, page_html
from quotecheck.output.html.checks import page_checks
from quotecheck.output.registry import CheckedWith
from quotecheck.output.unprintable import printable
from quotecheck.records.check import Check, Edit, Verdict
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.text.paragraphs import paragraphs
from tests.support.formats_samples import ODD, rich
from tests.support.gold_sample import document, document_of, quotations

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

Open = Callable[..., Any]
PHONE, DESK = (360, 740), (1280, 900)


def hostile() -> tuple[Document, list[Quotation]]:
    """Words that would break a page, odd characters, and spans that cross."""
    bad = "<script>window.hacked = 1</script>\"'><img src=x onerror='window.hacked = 2'>"
    text = f"“{bad} & {'W' * 300}” &amp; {''.join(ODD)} said </p></div> Ann.\n\n“More," + "-" * 200
    speaker = Speaker(bad, None, bad, "Person", None, None, bad)
    found = [
        Quotation((Span(start, start + 120),), (Span(start + 60, start + 90),),
                  (Span(start + 30, start + 70),), "direct", "r", 0.4, speakers=(speaker,),
                  via=(bad,), candidates=((bad, 0.4),))
        for start in range(0, 300, 40)
    ]  # fmt: skip
    return document_of(text, id=bad, title=bad, publication="W" * 200, url="javascript:x()"), found


SAMPLES = {"rich": rich, "sample": lambda: (document(), quotations()), "hostile": hostile}


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as running:
        launched = running.chromium.launch(executable_path=BROWSER)
        yield launched
        launched.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from a file; fails if it fetched, ran or complained about anything."""
    contexts = []
    trouble: list[str] = []

    def open_(name: str, size: tuple[int, int] = DESK, dark: bool = False, **more: Any) -> Any:
        path = tmp_path / f"{name}.html"
        if name == "report":
            written = report()
        else:
            article, found = SAMPLES[name]()
            written = "".join(page_html(article, found, weights={"pos.pt": "0" * 64}))
        path.write_bytes(written.encode("utf-8"))
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: trouble.append(said.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on(
            "request",
            lambda asked: trouble.append(asked.url) if asked.url != path.as_uri() else None,
        )
        page.goto(path.as_uri())
        return page

    yield open_
    for context in contexts:
        context.close()
    assert trouble == []


def report() -> str:
    """A report on checks of every verdict, one with hostile words."""
    bad = "<script>window.hacked = 1</script>\"'><img src=x onerror='window.hacked = 2'>"
    source = {"document": "d", "spans": (Span(3, 40),), "speaker": "Inge Roos", "title": "Hearing"}
    edit = Edit("number", "two", "three", "meaning")
    words = "We will mend two lamps in the harbour before the winter comes"
    checks = [
        Check(
            words.replace("two", "three") if verdict == "altered" else words,
            verdict, verdict, "meaning" if verdict in ("altered", "misattributed") else "none",
            0.9, claimed_speaker="Lise Hahn", origin_text=words, surroundings=f"Yes. {words}. No.",
            edits=(edit,) if verdict == "altered" else (),
            diff=(("replace", "two", "three"),) if verdict == "altered" else (),
            reasons=("a reason", "another"), searched="2 documents", locator="page 12", **source,
        )
        for verdict in get_args(Verdict) if verdict != "not_found"
    ]  # fmt: skip
    checks.append(Check(bad + "W" * 300, "not_found", "not_found", "none", 0.0, bad, title=bad))
    held = document_of("Lamps to be lit\n\nOne.", url="https://example.org/a", path="/d/lamps.txt")
    return "".join(
        page_checks(
            [(held, [(one, None) for one in checks])],
            weights={"pos.pt": "0" * 64},
            sources={"d": SourceFacts("Record", "https://example.org/hearing.pdf", None)},
            checked=CheckedWith("valley.db", "2 documents", "2026-11-30", "ann"),
        )
    )


def boxes(page: Any, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.eval_on_selector_all(
        selector, "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    return found


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_runs_over_the_side(opened: Open, name: str, width: int) -> None:
    page = opened(name, (width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for box in boxes(page, ".note, .text, nav tr"):
        assert box["left"] >= 0
        assert box["right"] <= width + 0.5


@pytest.mark.parametrize("name", SAMPLES)
def test_the_browser_shows_the_articles_text(opened: Open, name: str) -> None:
    article, _ = SAMPLES[name]()
    page = opened(name)
    shown = page.eval_on_selector_all(
        ".text",
        """all => all.map(one => {
            const copy = one.cloneNode(true);
            copy.querySelectorAll('.ref').forEach(ref => ref.remove());
            return copy.textContent;
        })""",
    )
    wanted = [printable(p.of(article.text)) for p in paragraphs(article.text)]
    assert shown == [re.sub("\r\n?", "\n", words) for words in wanted]
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, img, iframe, object, embed, form").count() == 0


def test_notes_are_below_the_paragraph_on_a_phone(opened: Open) -> None:
    page = opened("sample", PHONE)
    for row in page.locator(".row").all():
        notes = row.locator(".note")
        text = row.locator(".text").bounding_box()
        for note in notes.all():
            assert note.is_visible()
            assert note.bounding_box()["y"] >= text["y"] + text["height"] - 8
            assert note.bounding_box()["height"] >= 15


def test_notes_are_beside_the_paragraph_on_a_desk(opened: Open) -> None:
    page = opened("sample", DESK)
    text, notes = boxes(page, ".text"), boxes(page, ".note")
    assert len(notes) == 45
    assert min(box["left"] for box in notes) > max(box["right"] for box in text)
    assert max(box["width"] for box in text) < 640, "a line that can be read: under 80 letters"


def test_paper_is_black_and_white_with_notes_in_the_margin(opened: Open) -> None:
    page = opened("sample", (700, 900), dark=True)
    page.emulate_media(media="print")
    text, notes = boxes(page, ".text"), boxes(page, ".note")
    assert min(box["left"] for box in notes) > max(box["right"] for box in text)
    colours = page.eval_on_selector_all(
        "body *",
        """all => [...new Set(all.flatMap(one => {
            const style = getComputedStyle(one);
            return [style.color, style.backgroundColor, style.borderLeftColor];
        }))]""",
    )
    for colour in colours:
        numbers = [float(n) for n in re.findall(r"[\d.]+", colour)][:3]
        assert len(set(numbers)) == 1, f"{colour} is no grey"
    assert not page.locator(".skip").is_visible()
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert pdf.startswith(b"%PDF-")
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 6


def test_speakers_are_told_apart_without_colour(opened: Open) -> None:
    page = opened("sample")
    kinds = page.evaluate(
        """names => names.map(name => {
            const made = document.createElement('span');
            made.className = `said ${name}`;
            document.querySelector('.text').append(made);
            const style = getComputedStyle(made);
            return `${style.textDecorationStyle} ${style.textDecorationThickness}`;
        })""",
        [f"v{n}" for n in range(1, VARIANTS + 1)] + ["v-unknown", "v-none"],
    )
    assert len(set(kinds)) == len(kinds)
    style = "one => getComputedStyle(one)"
    assert page.locator("article .cue").first.evaluate(f"{style}.fontStyle") == "italic"
    assert int(page.locator("article .who").first.evaluate(f"{style}.fontWeight")) >= 600


def test_everything_is_reached_by_keyboard(opened: Open) -> None:
    page = opened("rich")
    page.keyboard.press("Tab")
    focused = "document.activeElement"
    assert page.evaluate(f"{focused}.textContent") == "Skip to the article"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate(f"{focused}.id") == "article"
    reached = []
    for _ in range(page.locator("a, summary").count() - 1):  # without the skip link
        page.keyboard.press("Tab")
        reached.append(page.evaluate(f"{focused}.getAttribute('href')"))
        assert page.evaluate(f"getComputedStyle({focused}).outlineStyle") != "none"
    assert reached[:2] == ["#n1", "#q1"]
    assert {f"#n{n}" for n in range(1, 11)} | {f"#q{n}" for n in range(1, 11)} <= set(reached)
    page.get_by_role("link", name="Note 2: direct, Inge Roos").first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#n2"


def test_a_screen_reader_finds_its_way(opened: Open) -> None:
    page = opened("rich")
    assert page.evaluate("document.documentElement.lang") == "en"
    for role, name in (
        ("banner", None), ("main", None), ("contentinfo", None), ("navigation", "Speakers"),
        ("complementary", "How to read it:"), ("article", "Article"),
    ):  # fmt: skip
        place = page.get_by_role(role, **({"name": name} if name else {}))
        assert place.count() == 1, role
    assert page.get_by_role("heading", level=1).count() == 1
    assert page.get_by_role("list", name="Notes on paragraph 3").count() == 1
    assert page.get_by_role("link", name="Note 10: direct, speaker not known").count() == 1
    row = page.get_by_role("rowheader", name="Inge Roos, harbour chief")
    assert row.count() == 1


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python, which carries axe-core, is missing")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("name", SAMPLES)
def test_axe_finds_nothing(opened: Open, name: str, size: tuple[int, int], dark: bool) -> None:
    """Contrast (AA), names, landmarks, order of headings and the rest of axe-core's rules."""
    assert AXE is not None
    assert AXE.origin is not None
    page = opened(name, size, dark, bypass_csp=True)
    page.evaluate((Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        """axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })"""
    )
    assert [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found["violations"]
    ] == []
    checked = {rule["id"] for rule in found["passes"]}
    assert {"color-contrast", "link-name", "region", "html-has-lang"} <= checked


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_a_report_fits_every_screen(opened: Open, width: int) -> None:
    page = opened("report", (width, 800))
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("window.hacked") is None
    assert page.locator("script, img, iframe, form").count() == 0


def test_a_report_has_its_summary_first_and_each_quotation_once(opened: Open) -> None:
    page = opened("report")
    assert page.title() == "Lamps to be lit · quotations checked"
    assert page.get_by_role("heading", level=1).inner_text() == "Lamps to be lit"
    told = page.locator("header").inner_text()
    assert "Checked by ann on 2026-11-30 with quotecheck" in told
    assert "the library valley.db, which holds 2 documents" in told
    tops = boxes(page, "main table, main article")
    assert min(tops, key=lambda box: box["top"]) == tops[0]
    assert page.locator("article.check").count() == 8
    opened_ones = page.locator("article.check > details[open]")
    assert opened_ones.count() == 2, "what has another meaning is open"
    assert page.get_by_role("link", name="Hearing").first.get_attribute("href") == (
        "https://example.org/hearing.pdf#page=12"
    )
    signs = page.locator("article .chip .sign").all_inner_texts()
    assert len(set(signs)) == 8, "each verdict has a sign of its own"
    cite = page.locator(".cite").first
    assert cite.evaluate("one => getComputedStyle(one).userSelect") == "all"
    assert "(Inge Roos, Hearing, page 12)" in cite.text_content()


def test_a_report_on_paper_hides_nothing(opened: Open) -> None:
    page = opened("report", (700, 900), dark=True)
    page.emulate_media(media="print")
    assert page.locator(".because").first.is_visible()
    colour = page.locator(".chip").first.evaluate("one => getComputedStyle(one).color")
    assert colour == "rgb(0, 0, 0)"
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 8


@pytest.mark.skipif(AXE is None, reason="axe-playwright-python, which carries axe-core, is missing")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [(390, 800), DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_in_a_report(opened: Open, size: tuple[int, int], dark: bool) -> None:
    assert AXE is not None
    assert AXE.origin is not None
    page = opened("report", size, dark, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    page.evaluate((Path(AXE.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        """axe.run(document, {
            runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        })"""
    )
    assert [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3]) for rule in found["violations"]
    ] == []
