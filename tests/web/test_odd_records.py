"""Pages about records with dates that are none, ids of 5,000 characters and unnamed speakers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from quotecheck.library.library import open_library
from quotecheck.records.document import Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.text.passages import split_passages
from tests.support.web_cases import Marks, document

pytest.importorskip("datasette", reason="the extra [web] (Datasette) is not installed")

from quotecheck.web.server import application
from tests.support.web_pages import Get, all_addresses, checked, text_of

TEXT = (
    "Prosecutors said the velvet comet was weighed and found to be heavier than the council had"
    " thought in the spring."
)
DATES = {"03/04/2024": "a", "last spring": "b", "2024-13-45": "c", "٢٠٢٤": "d", "2024-03": "e"}


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("odd") / "odd.db"
    whole = Span(0, len(TEXT))
    said = Quotation(
        (Span(17, 50),), (Span(12, 16),), (Span(0, 11),), "indirect", "said", 0.8,
        source_form="nominal", speakers=(Speaker("Prosecutors", Span(0, 11), None, "group"),),
    )  # fmt: skip
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="1")
        for date, key in DATES.items():
            made = document(
                key if key != "a" else "x" * 5000, f"{TEXT} {key}", date=date, author=f"Ada {key}",
                segments=(Segment(0, whole.end, "Speaker 1"),) if key == "b" else (),
            )  # fmt: skip
            spans = list(split_passages(made.text, made.segments))
            added = library.add_document(made, passages=spans, run=run)
            library.add_quotations(added.id, [said], run=run)
        library.finish_run(run)
    return path


@pytest.fixture(scope="module")
def get_odd(odd: Path, serving: Callable[[Any], Get]) -> Get:
    return serving(application(odd, load=Marks))


def test_every_page_answers(odd: Path, get_odd: Get) -> None:
    for address in all_addresses(odd):
        answer = get_odd(address)
        assert answer.status_code in (200, 404), address
        checked(answer, answer.status_code)


def test_charts_and_traces_over_dates_that_are_none(get_odd: Get) -> None:
    for address in (
        "/trace?quote=the+velvet+comet+was+weighed",
        "/trace.svg?quote=the+velvet+comet+was+weighed",
        "/search?q=velvet&order=newest", "/search?q=velvet&from=2024", "/documents?order=date",
    ):  # fmt: skip
        assert get_odd(address).status_code == 200, address


def test_a_description_is_shown_with_its_quotation_and_is_no_speaker(get_odd: Get) -> None:
    assert "Prosecutors" in text_of(checked(get_odd("/quotation/1")))
    assert "Prosecutors" not in text_of(checked(get_odd("/speakers")))
    assert "Speaker 1" not in text_of(checked(get_odd("/speakers")))
