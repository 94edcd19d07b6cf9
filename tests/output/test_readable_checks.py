"""Checks of drafts and sources in Markdown, as people read them and as programs do."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.console import Console

from quotecheck.building.build import build
from quotecheck.checking.checker import check_quote
from quotecheck.library.document_lookup import source_facts
from quotecheck.library.kept_checks import keep_check, kept_checks
from quotecheck.library.library import open_library
from quotecheck.output.checks import as_json
from quotecheck.output.desk.findings import as_junit, as_sarif
from quotecheck.output.desk.notes import as_markdown, as_text
from quotecheck.output.desk.sheets import sheet_rows
from quotecheck.output.html.checks import checks_page
from quotecheck.output.kept_checks import KeptChecks, kept_table
from quotecheck.output.readable_checks import is_markdown_file, readable_check
from quotecheck.output.registry import ArticleChecks
from quotecheck.output.terminal.checks import check_tables
from quotecheck.reading.documents import read_documents
from quotecheck.records.check import Check
from quotecheck.records.document import Document
from quotecheck.records.plain import check_record

SPEECH = """# Speech at the *Orle* quay

We will **never** sell the [old quay](https://example.org/quay), and we will _not_ lease it to
anybody, whatever `somebody` offers.

The quay has stood for **two hundred** years.
"""
QUOTES = (
    "We will **never** sell the [old quay](https://example.org/quay), and we will _not_ lease it",
    "The quay has stood for **three hundred** years.",
    "Nobody **swims** in the [harbour](https://example.org/h) any more and _nobody_ minds.",
)
MARKS = re.compile(r"\*\*\w|\w\*\*|\b_not_|_nobody_|\]\(http|\*Orle\*|`somebody`")


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> ArticleChecks:
    folder = tmp_path_factory.mktemp("markdown")
    (folder / "speech.md").write_text(SPEECH, encoding="utf-8")
    (folder / "draft.md").write_text("# Quay **kept**\n\nText.\n", encoding="utf-8")
    build([str(folder / "speech.md")], str(folder / "m.db"), attribute=False)
    (draft,) = read_documents(folder / "draft.md")
    assert isinstance(draft, Document)
    with open_library(folder / "m.db", create=True) as library:
        checks = [check_quote(library, quote) for quote in QUOTES]
        with library.write() as connection:
            for number, check in enumerate(checks, 1):
                keep_check(connection, check_record(check), article=draft, number=number,
                           version="1")  # fmt: skip
        keys = {check.document for check in checks if check.document}
        facts = source_facts(library.db, sorted(keys))
    return ArticleChecks([(draft, [(check, None) for check in checks])], sources=facts)


def verdicts(result: ArticleChecks) -> list[str]:
    return [check.verdict for _, pairs in result.articles for check, _ in pairs]


def test_people_see_no_marks(result: ArticleChecks) -> None:
    assert verdicts(result)[1:] == ["altered", "not_found"]
    terminal = Console(file=io.StringIO(), width=160)
    check_tables(result, terminal)
    outputs = {
        "table": terminal.file.getvalue(),  # type: ignore[attr-defined]
        "text": "".join(as_text(result)),
        "html": "".join(checks_page(result)),
        "sheet": "".join(sheet_rows(result)),
        "junit": as_junit(result),
        "sarif": "\n".join(
            found["message"]["text"] for found in json.loads(as_sarif(result))["runs"][0]["results"]
        ),
        "markdown": "".join(as_markdown(result)).replace("| **", "| ").replace("** |", " |"),
    }
    for output, shown in outputs.items():
        assert MARKS.search(shown.replace("\\", "")) is None, (output, MARKS.search(shown))
    assert "Quay kept" in outputs["table"]
    assert "<h1><bdi>Quay kept</bdi></h1>" in outputs["html"]
    assert "<ins>three hundred</ins> years" in outputs["html"]
    assert "<del>two hundred</del> years" in outputs["html"]
    assert "sell the old quay, and we will not lease it" in outputs["text"]


def test_programs_get_the_words_as_they_are(result: ArticleChecks) -> None:
    record = json.loads("".join(as_json(result)))
    assert [check["quote"] for check in record["checks"]] == list(QUOTES)
    origin = record["checks"][1]["origin_text"]
    (span,) = record["checks"][1]["spans"]
    assert "**two hundred**" in origin
    assert SPEECH[span["start"] : span["end"]] == origin


def test_kept_checks_show_no_marks(result: ArticleChecks) -> None:
    (draft, _) = result.articles[0]
    assert draft is not None
    assert draft.path is not None
    with open_library(Path(draft.path).parent / "m.db") as library:
        kept = kept_checks(library.db)
    assert [check.quotation for check in kept] == list(reversed(QUOTES)), "kept as they are"
    terminal = Console(file=io.StringIO(), width=160)
    kept_table(KeptChecks(kept), terminal)
    shown = terminal.file.getvalue()  # type: ignore[attr-defined]
    assert MARKS.search(shown) is None
    assert "Nobody swims in the harbour any more" in shown


def test_a_plain_draft_keeps_its_stars() -> None:
    check = Check("We paid 2 * 3 and **swore**", "not_found", "not_found", "none", 0.5)
    assert readable_check(check, draft=False, source=False) is check
    assert readable_check(check, draft=False, source=True).quote == check.quote
    assert readable_check(check, draft=True, source=False).quote == "We paid 2 * 3 and swore"
    assert [is_markdown_file(name) for name in ("a.md", "B.MARKDOWN", "md", "a.txt", None)] == [
        True, True, False, False, False,
    ]  # fmt: skip
