"""Writes docs/verdicts.md: ``python -m tests.support.verdicts_page``.

The words are those of tests/data/verdicts_page.md; each ``@name@`` in them is a table of cases of
tests/cases, answered when the page is made. tests/docs/test_verdicts_page.py holds the page to it.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Any, get_args

from quotecheck.checking.checker import Checker
from quotecheck.checking.verdict import CLAIM_RULES, DEFAULT_GATE, Gate, is_at_fault
from quotecheck.library.library import Library
from quotecheck.records.check import Check, Severity, Verdict
from quotecheck.records.document import Document, Segment
from tests.support.cases import cases
from tests.support.documents import document, fill
from tests.support.paths import ROOT, TESTS

PAGE = ROOT / "docs" / "verdicts.md"
WORDS = TESTS / "data" / "verdicts_page.md"
COMMAND = "python -m tests.support.verdicts_page"
NUMBERS_OF_A_KIND = 3
CUTS_OF_A_KIND = 8
FAIR_CUTS = 40
COMPOUNDS_OF_A_KIND = 10
"""Cases that a table shows, the first of their file: a further case does not change the page."""
SEVERITIES: dict[str, Sequence[str]] = {
    "verbatim": ("none", "wording"), "typographic": ("none",), "paraphrase": ("wording",),
    "misattributed": ("meaning",), "not_found": ("none",),
}  # fmt: skip
"""The severities that a verdict comes with; all three where it is not named."""


def library_of_edges(path: Path) -> Library:
    """The documents that the cases of the edges are checked against."""
    return fill(path, [_document(row) for row in _sources()])


def _sources() -> list[dict[str, Any]]:
    rows = (TESTS / "data" / "verdict_sources.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows]


def _document(row: dict[str, Any]) -> Document:
    fields = {name: row[name] for name in ("author", "genre", "date") if name in row}
    if "turns" not in row:
        return document(row["id"], row["text"], **fields)
    text, segments = "", []
    for speaker, words in row["turns"]:
        text += f"{speaker.upper()}: "
        segments.append(Segment(len(text), len(text) + len(words), speaker))
        text += f"{words}\n\n"
    return document(row["id"], text, segments=tuple(segments), **fields)


def page() -> str:
    """The page as it should be."""
    tables = {
        "command": COMMAND,
        "default": DEFAULT_GATE,
        "gates": _gates(),
        "claim rules": _claim_rules(),
        "cuts": _cuts(),
        "fair": _source_and_quotation(cases("wording-negative")[:FAIR_CUTS]),
        "compounds": _compounds(),
        **_quantities(),
        **{f"edges: {section}": table for section, table in _edges().items()},
    }
    words = WORDS.read_text(encoding="utf-8")
    text = re.sub(r"@([a-z_: ]+)@", lambda match: tables[match[1]], words)
    return re.sub(r"\n{3,}", "\n\n", text).rstrip("\n") + "\n"


def _gates() -> str:
    """Exit codes by verdict and severity, as the one function decides them."""
    rows = []
    for verdict, severity in product(get_args(Verdict), get_args(Severity)):
        if severity in SEVERITIES.get(verdict, get_args(Severity)):
            check = Check("", verdict, verdict, severity, 1.0, None)
            codes = [str(int(is_at_fault(check, gate))) for gate in get_args(Gate)]
            rows.append([verdict.replace("_", " "), severity, *codes])
    gates = (f"`--fail-on {gate}`" for gate in get_args(Gate))
    return _table(["verdict", "severity", *gates], rows)


def _claim_rules() -> str:
    doubts = [rule.doubt for rule in CLAIM_RULES if rule.standing == "undecided"]
    return "".join(f"{n}. {doubt}\n" for n, doubt in enumerate(doubts, 1))


def _edges() -> dict[str, str]:
    """The table of each section, with the answers of the checker."""
    rows: dict[str, list[list[str]]] = defaultdict(list)
    with (
        tempfile.TemporaryDirectory() as folder,
        library_of_edges(Path(folder) / "edges.db") as library,
    ):
        checker = Checker(library)
        for case in cases("verdicts"):
            check = checker.check(case["quote"], speaker=case.get("speaker"))
            rows[case["section"]].append(_edge(case, check))
    heads = ["case", "the source has", "quoted as", "verdict, severity", "exit", "reported"]
    return {section: _table(heads, found) for section, found in rows.items()}


def _edge(case: dict[str, Any], check: Check) -> list[str]:
    claimed = f" ({case['speaker']})" if case.get("speaker") else ""
    return [
        case["label"],
        _source(check),
        f"“{case['quote'].strip('“”')}”{claimed}",
        f"{check.verdict.replace('_', ' ')}, {check.severity}",
        str(int(is_at_fault(check, DEFAULT_GATE))),
        "; ".join(map(str, check.reasons)) or case.get("comment", ""),
    ]


def _source(check: Check) -> str:
    if check.document is None:
        return ""
    text = check.surroundings if len(check.spans) == 1 else check.origin_text
    return f"{text} ({check.speaker})" if check.speaker else str(text)


def _cuts() -> str:
    """Cases in which what was left out, or the order, changed the meaning."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for case in cases("wording"):
        if "meaning" not in case["expect"]["severity"]:
            continue
        groups[", ".join(case["expect"].get("reasons", ())) or "other changes"].append(case)
    return "\n".join(
        f"**{kinds}**\n\n{_source_and_quotation(found[:CUTS_OF_A_KIND])}"
        for kinds, found in groups.items()
    )


def _source_and_quotation(found: Iterable[dict[str, Any]]) -> str:
    rows = [[case["label"], case["source"], case["quotation"]] for case in found]
    return _table(["case", "the source has", "quoted as"], rows)


def _quantities() -> dict[str, str]:
    """Some numbers of each kind, the same ones written otherwise and others."""
    shown: dict[tuple[str, str], int] = defaultdict(int)
    rows: dict[str, list[list[str]]] = defaultdict(list)
    for case in cases("quantities"):
        kind = (case["expect"], case["comment"])
        shown[kind] += 1
        if shown[kind] <= NUMBERS_OF_A_KIND:
            rows[case["expect"]].append([case["comment"], case["a"], case["b"]])
    heads = ["kind", "the source has", "quoted as"]
    return {
        f"quantities: {expect}": _table(heads, sorted(found, key=lambda row: row[0]))
        for expect, found in rows.items()
    }


def _compounds() -> str:
    rows = [
        [case["label"], case["a"], case["b"], case["expect"]]
        for expect in ("none", "wording", "meaning")
        for case in [c for c in cases("compounds") if c["expect"] == expect][:COMPOUNDS_OF_A_KIND]
    ]
    return _table(["case", "the source has", "quoted as", "severity"], rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join(_lines([heads, ["---"] * len(heads), *rows]))


def _lines(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for row in rows:
        cells = (" ".join(cell.replace("\n", " ⏎ ").split()).replace("|", "\\|") for cell in row)
        yield f"| {' | '.join(cells)} |\n"


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
