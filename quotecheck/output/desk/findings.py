"""Checks for other tools: SARIF, annotations of GitHub Actions, JUnit.

What is a finding is decided by the same gate as the exit code (``--fail-on``). A place has a line
and a column where the article is plain text, whose characters are those of its file.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from lxml import etree

from quotecheck._version import __version__
from quotecheck.checking.verdict import is_at_fault
from quotecheck.output.desk.summaries import CheckSummary, summaries
from quotecheck.output.plain_text import shorten
from quotecheck.output.serialising import dumps
from quotecheck.output.unprintable import printable
from quotecheck.output.verdict_labels import VERDICTS

if TYPE_CHECKING:
    from quotecheck.output.registry import ArticleChecks
    from quotecheck.records.check import Check
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["as_annotations", "as_junit", "as_sarif"]

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_PLAIN_READERS: Final = frozenset({"text", "markdown"})
"""Readers whose text is that of the file, so that its lines are the file's."""


def as_sarif(result: ArticleChecks) -> str:
    """SARIF 2.1.0: one result a quotation; those that pass have the level "none"."""
    places = _Places()
    results: list[dict[str, Any]] = []
    for document, row, check, quotation in summaries(result):
        level = _level(check, result)
        finding: dict[str, Any] = {
            "ruleId": check.verdict,
            "level": level,
            "kind": "pass" if level == "none" else "fail",
            "message": {"text": _message(row)},
            "partialFingerprints": {"quotation/v1": shorten(check.quote, 2_000)[:200]},
        }
        if (location := _location(places, document, quotation)) is not None:
            finding["locations"] = [location]
        results.append(finding)
    run = {
        "tool": {
            "driver": {
                "name": "quotecheck",
                "version": __version__,
                "rules": [
                    {"id": verdict, "shortDescription": {"text": f"{label}: {meaning}"}}
                    for verdict, (label, _, meaning) in VERDICTS.items()
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def as_annotations(result: ArticleChecks) -> Iterator[str]:
    """Workflow commands of GitHub Actions, one line a finding; nothing for what passes."""
    places = _Places()
    for document, row, check, quotation in summaries(result):
        level = _level(check, result)
        if level == "none":
            continue
        fields = [f"title={_property(f'quotation {row.number}: {row.verdict}')}"]
        if document is not None and document.path:
            fields.insert(0, f"file={_property(document.path)}")
            if (place := places.of(document, quotation)) is not None:
                line, column, end_line, end_column = place
                fields[1:1] = [f"line={line}", f"endLine={end_line}"]
                if line == end_line:
                    fields[3:3] = [f"col={column}", f"endColumn={end_column}"]
        yield f"::{level} {','.join(fields)}::{_data(_message(row))}\n"


def as_junit(result: ArticleChecks) -> str:
    """JUnit's XML: a suite for each article, a test case for each quotation."""
    suites = etree.Element("testsuites", name="quotecheck")
    suite = None
    current: object = suites
    counts: dict[Any, list[int]] = {}
    for document, row, check, _ in summaries(result):
        if suite is None or document is not current:
            current = document
            name = (document.path or document.title or document.id) if document else "quotations"
            suite = etree.SubElement(suites, "testsuite", name=_xml(name))
            counts[suite] = [0, 0]
        counts[suite][0] += 1
        case = etree.SubElement(
            suite, "testcase", classname=_xml(suite.get("name") or ""),
            name=_xml(f"{row.number}. {row.quotation[:120]}"),
        )  # fmt: skip
        if _level(check, result) != "none":
            counts[suite][1] += 1
            failure = etree.SubElement(
                case, "failure", type=check.verdict, message=_xml(f"{row.verdict} {row.severity}")
            )
            failure.text = _xml(_message(row))
    for suite_element, (tests, failures) in counts.items():
        suite_element.set("tests", str(tests))
        suite_element.set("failures", str(failures))
    suites.set("tests", str(sum(tests for tests, _ in counts.values())))
    suites.set("failures", str(sum(failures for _, failures in counts.values())))
    written: bytes = etree.tostring(
        suites, pretty_print=True, xml_declaration=True, encoding="UTF-8"
    )
    return written.decode()


def _level(check: Check, result: ArticleChecks) -> str:
    """How grave a check is: "error" (another meaning or speaker), "warning", or "none"."""
    if not is_at_fault(check, result.gate, strict_speaker=result.strict_speaker):
        return "none"
    return "error" if check.severity == "meaning" else "warning"


def _message(row: CheckSummary) -> str:
    credited = f" Credited to {row.credited_to}." if row.credited_to else ""
    differs = f" Difference: {row.difference}." if row.difference else ""
    return f"“{row.quotation[:300]}” {row.in_words}{credited}{differs}"


def _location(
    places: _Places, document: Document | None, quotation: Quotation | None
) -> dict[str, Any] | None:
    if document is None or not document.path:
        return None
    physical: dict[str, Any] = {
        "artifactLocation": {"uri": quote(document.path.replace("\\", "/"), safe="/:")}
    }
    if (place := places.of(document, quotation)) is not None:
        names = ("startLine", "startColumn", "endLine", "endColumn")
        physical["region"] = dict(zip(names, place, strict=True))
    return {"physicalLocation": physical}


class _Places:
    """Lines and columns of places, from 1; the breaks of an article are looked for once."""

    def __init__(self) -> None:
        self._document: Document | None = None
        self._starts: list[int] = []

    def of(
        self, document: Document, quotation: Quotation | None
    ) -> tuple[int, int, int, int] | None:
        """Line and column of the beginning and of the end; None where the file has no lines."""
        if quotation is None or document.reader not in _PLAIN_READERS:
            return None
        if document is not self._document:
            self._document = document
            breaks = (place + 1 for place, char in enumerate(document.text) if char == "\n")
            self._starts = [0, *breaks]
        start, end = quotation.content[0].start, quotation.content[-1].end
        line, column = self._place(start)
        return (line, column, *self._place(end))

    def _place(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _xml(text: str) -> str:
    """The text without what XML cannot hold."""
    return "".join(char for char in printable(text) if char in "\t\n" or char >= " ")
