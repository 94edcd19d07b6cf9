"""Deeds and states told from reports, and what the filters make of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotecheck.facts.filters import REPORTED, is_statement, omitted_label, parse_filter
from quotecheck.facts.report_likelihood import load_report_weights, report_probability
from quotecheck.reading.documents import document_of
from quotecheck.records.quotation import Facts, Quotation, Speaker
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from quotecheck.pipeline.attributor import Attributor

SAID = Quotation((Span(9, 20),), (Span(3, 7),), (), "indirect", "", 1.0, facts=Facts("say"))
DEEDS = (
    "Lena Marsh was charged with theft and released on bail.",
    "The board approved the budget by six votes to one.",
    "The results show a clear preference.",
    "Volunteers have been asked to register.",
    "Dowd was shown a second yellow card.",
    "The storm is forecast to clear by noon.",
)
REPORTS = (
    "The minister said the treaty would be signed on Monday.",
    "Doctors warned of a hard winter.",
    "The hearing was told that the brakes had failed.",
    "A study shows that sleep helps memory.",
    "The party has pledged to cut bills.",
    "He accused the company of lying.",
)


def test_the_probability_is_one_and_depends_on_the_weights() -> None:
    assert 0 < report_probability({"bias": 1.0}) < 1
    assert report_probability({"bias": 1.0, "lemma=say": 1.0}) != report_probability({"bias": 1.0})
    assert all(isinstance(weight, float) for weight in load_report_weights().values())


def test_what_is_unlikely_a_report_is_left_out_as_an_act() -> None:
    unlikely = replace(SAID, facts=Facts("say", report_probability=REPORTED - 0.1))
    assert (omitted_label(SAID), omitted_label(unlikely)) == (None, "act")
    assert is_statement(SAID)
    assert not is_statement(unlikely)
    marked = replace(unlikely, kind="mixed")
    assert omitted_label(marked) is None


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("person", "Ann Lee", "named person"),
        ("person", None, "unnamed person"),
        ("anonymous", None, "unnamed person"),
        ("group", None, "group"),
        ("document", None, "document"),
        ("organisation", "Lorne", "organisation"),
    ],
)
def test_types_of_sources_choose(label: str, name: str | None, kind: str) -> None:
    one = replace(SAID, speakers=(Speaker(name, label=label),))
    assert one.source_type == kind
    assert parse_filter(kind).takes(one)
    assert parse_filter(f"statements, {kind.replace(' ', '-')}").takes(one)
    assert not parse_filter(f"attitudes, {kind}").takes(one)
    other = "group" if kind != "group" else "document"
    assert not parse_filter(other).takes(one)


def test_no_source_has_no_type() -> None:
    assert SAID.source_type is None
    assert replace(SAID, source=(Span(0, 2),)).source_type == "other"
    assert replace(SAID, kind="scare", source=(Span(0, 2),)).source_type is None


@pytest.mark.weights
def test_deeds_are_left_out_and_reports_shown(attributor: Attributor) -> None:
    texts = [*DEEDS, *REPORTS]
    found = attributor.each(document_of(text) for text in texts)
    shown = {
        text: [one for one in quotations if omitted_label(one) is None]
        for text, (_, quotations) in zip(texts, found, strict=True)
        if isinstance(quotations, tuple)
    }
    assert not any(shown[text] for text in DEEDS)
    assert all(shown[text] for text in REPORTS)
