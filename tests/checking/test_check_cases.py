"""Small cases of sense: what an editor would call each quotation, and how grave it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from quotecheck.checking.checker import check_quote
from quotecheck.library.library import Library
from quotecheck.records.check import Reason
from quotecheck.records.document import Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.cases import cases
from tests.support.checking_sources import DOCUMENTS
from tests.support.documents import document, fill, turns

TALK = (
    "LIND: I was there when it opened. As Ida Brandt said, “The bridge will hold for a hundred "
    "winters.” I believed her then.\n\n"
    "THOMAS MARR: My opponents say that the ferries should be sold to the highest bidder. Shall we "
    "sell the lighthouse as well? Every captain on this coast is a thief. That is what they say. "
    "And if the dredger sinks tomorrow, who will pay? I would not pay a penny, but I think the "
    "ferrymen deserve their pay. I do not for a moment believe that the locks are sound. Has "
    "anybody asked Mrs. Holm about the mill? We will, and we are going to ask her. Tomorrow the "
    "work begins and the boats leave.\n\n"
    "MARIA MARR: We have waited long enough, and the toll must fall before the frost."
)
NAMES = {"Lind": "Oskar Lind", "Thomas Marr": "Thomas Marr", "Maria Marr": "Maria Jane Marr"}
NEWS = "“Nobody has counted the herring since spring,” said Halvor Moe, who sells nets."
BOOK = "I have never trusted a calm sea. My father had, and my mother mended nets alone."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    segments = tuple(Segment(s.start, s.end, NAMES[s.speaker or ""]) for s in turns(TALK))
    article = document("news", NEWS, author="Nora Vik", date="2021-05-02", genre="news")
    documents = [
        *DOCUMENTS,
        document("talk", TALK, date="2020-01-09", segments=segments),
        article,
        document("book", BOOK, author="Selma Roth", date="1911", genre="novel"),
    ]
    with fill(tmp_path_factory.mktemp("cases") / "sources.db", documents) as library:
        words = Span(NEWS.index("Nobody"), NEWS.index(",”"))
        said = Quotation((words,), (), (), "direct", "r", 0.9, speakers=(Speaker("Halvor Moe"),))
        run = library.start_run("build", version="0")
        (row,) = library.db.execute("SELECT id FROM documents WHERE key = 'news'").fetchone()
        library.add_quotations(row, [said], run=run)
        yield library


@pytest.mark.parametrize(
    "case", [*cases("checks"), *cases("checks-negative")], ids=lambda case: case["label"]
)
def test_case(library: Library, case: dict[str, Any]) -> None:
    check = check_quote(library, f"“{case['quote']}”", speaker=case.get("speaker"))
    expect = case["expect"]
    assert (check.verdict, check.severity) == (expect["verdict"], expect["severity"]), check
    kinds = [edit.kind for edit in check.edits]
    assert [kind for kind in kinds if kind in expect.get("edits", ())] == expect.get("edits", []), (
        check
    )
    reasons = {reason.kind: reason for reason in check.reasons if isinstance(reason, Reason)}
    assert len(reasons) == len({r.kind for r in check.reasons if isinstance(r, Reason)})
    assert set(expect.get("reasons", ())) <= set(reasons), check
    if "words" in expect:
        (kind,) = expect["reasons"]
        assert reasons[kind].words == expect["words"]
        assert expect["words"] in reasons[kind]
