"""One article has the same figures on its page in the explorer and in every output of `check`."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rich.console import Console

from quotecheck.building.build import build
from quotecheck.checking.articles import checked_quotations
from quotecheck.library.library import open_library
from quotecheck.output.checks import as_json, as_lines, as_rows
from quotecheck.output.desk.notes import as_markdown, as_text
from quotecheck.output.desk.sheets import sheet_rows
from quotecheck.output.html.checks import checks_page
from quotecheck.output.registry import ArticleChecks
from quotecheck.output.terminal.checks import check_tables
from quotecheck.output.terminal.quotations import render_quotations
from tests.support.gold_sample import SAMPLE, document
from tests.support.web_pages import Get, post, text_of

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")
pytestmark = pytest.mark.weights

DRAFTS = ("article", "article-misquotes", "article-second-round")


@dataclass(frozen=True)
class Draft:
    """A checked draft, and the numbers of the quotations that were checked."""

    result: ArticleChecks
    total: int
    numbers: list[int]

    @property
    def counted(self) -> str:
        return f"{self.total} quotations, {len(self.numbers)} of them checked"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("numbers") / "sources.db"
    build([str(SAMPLE / "sources")], str(path), attribute=False)
    return path


@pytest.fixture(scope="module")
def drafts(attributor: Attributor, sources: Path) -> dict[str, Draft]:
    found = {}
    for name in DRAFTS:
        article = document(name)
        quotations = attributor(article)
        with open_library(sources) as library:
            pairs = checked_quotations(library, article, quotations)
        every = [number for number, one in enumerate(quotations, 1) if one.is_verbatim]
        result = ArticleChecks([(article, pairs)], attributed={article.id: quotations})
        found[name] = Draft(result, len(quotations), every)
    return found


@pytest.fixture(scope="module")
def site(sources: Path, serving: Callable[[Any], Get]) -> Get:
    from quotecheck.web.server import application

    return serving(application(sources))


@pytest.mark.parametrize("name", DRAFTS)
def test_the_figures_are_the_same_everywhere(
    drafts: dict[str, Draft], site: Get, name: str
) -> None:
    draft = drafts[name]
    assert draft.total > len(draft.numbers), "something is left unchecked, so that it can differ"
    terminal = Console(file=io.StringIO(), width=160)
    check_tables(draft.result, terminal)
    told = terminal.file.getvalue()  # type: ignore[attr-defined]
    outputs = {
        "table": told,
        "markdown": "".join(as_markdown(draft.result)),
        "text": "".join(as_text(draft.result)),
        "html": text_of("".join(checks_page(draft.result))),
        "page": text_of(post(site, text=document(name).text).text),
    }
    for output, shown in outputs.items():
        assert draft.counted in " ".join(shown.split()), output
    sentences = {
        line.partition("checked: ")[2]
        for output in ("markdown", "text")
        for line in outputs[output].splitlines()
        if draft.counted in line
    }
    assert len(sentences) == 1
    assert sentences.pop() in " ".join(told.split())


@pytest.mark.parametrize("name", DRAFTS)
def test_a_quotation_has_the_same_number_everywhere(
    drafts: dict[str, Draft], site: Get, name: str
) -> None:
    draft = drafts[name]
    record = json.loads("".join(as_json(draft.result)))
    assert record["quotations"] == {"found": draft.total, "checked": len(draft.numbers)}
    assert [one["quotation"]["n"] for one in record["checks"]] == draft.numbers
    lines = [json.loads(line)["quotation"]["n"] for line in as_lines(draft.result)]
    assert lines == draft.numbers
    rows = list(csv.DictReader(io.StringIO("".join(as_rows(draft.result)))))
    assert [int(row["n"]) for row in rows] == draft.numbers
    sheet = list(csv.DictReader(io.StringIO("".join(sheet_rows(draft.result)))))
    assert [int(row["no."]) for row in sheet] == draft.numbers
    report = "".join(checks_page(draft.result))
    page = post(site, text=document(name).text).text
    for number in draft.numbers:
        assert f'id="c1-{number}"' in report
        assert f'aria-label="Quotation {number}, ' in page
    for number in set(range(1, draft.total + 1)) - set(draft.numbers):
        assert f'aria-label="Quotation {number}, ' not in report + page.partition("h-text")[0]


def test_what_is_left_out_of_the_table_keeps_its_number(drafts: dict[str, Draft]) -> None:
    ((article, _),) = drafts["article"].result.articles
    assert article is not None
    quotations = drafts["article"].result.attributed[article.id]
    terminal = Console(file=io.StringIO(), width=160)
    shown = [*quotations[:2], quotations[6]]
    render_quotations(article.text, shown, terminal, left_out=quotations[2:6], numbers=[1, 2, 7])
    told = terminal.file.getvalue()  # type: ignore[attr-defined]
    assert any(line.startswith("7  ") for line in told.splitlines())
    assert "7 quotations, 3 of them shown: " in told
