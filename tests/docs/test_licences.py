"""NOTICE names the licence of everything that is installed; README those that ask for attention."""

from __future__ import annotations

import re
from email.message import Message

import pytest

from tests.support.licences import REMEDY, installed, is_of_torch, licence_of, listed
from tests.support.paths import ROOT

INSTALLED = installed()
_COPYLEFT = re.compile(r"\b(?:A?GPL|LGPL|MPL|EUPL|CDDL)\b")


def test_base_and_stanza_are_looked_through() -> None:
    names = {one.name for one in INSTALLED}
    assert {"stanza", "lxml", "rapidfuzz", "udtools", "udapi"} <= names


def test_every_distribution_has_a_licence() -> None:
    assert [one.name for one in INSTALLED if not one.licence and not is_of_torch(one.name)] == []


def test_notice_names_every_distribution() -> None:
    missing = {one.name for one in INSTALLED if not is_of_torch(one.name)} - set(listed())
    assert missing == set(), REMEDY


def test_notice_gives_the_licences_that_the_metadata_give() -> None:
    told = listed()
    others = {
        one.name: (told[one.name], one.licence)
        for one in INSTALLED
        if one.name in told and told[one.name] != one.licence and not is_of_torch(one.name)
    }
    # A newer release may word its licence otherwise; that it is a copyleft licence must be said.
    assert {
        name: pair
        for name, pair in others.items()
        if set(_COPYLEFT.findall(pair[1])) - set(_COPYLEFT.findall(pair[0]))
    } == {}, REMEDY


@pytest.mark.parametrize("page", ["README.md", "NOTICE"])
def test_copyleft_is_named(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").partition("\nalways:")[0]
    for one in INSTALLED:
        if _COPYLEFT.search(one.licence) and not is_of_torch(one.name):
            assert re.search(rf"\b{re.escape(one.name)}\b", text), one


def test_what_is_not_asked_for_is_not_in_the_base() -> None:
    groups = {one.name: one.asked_by for one in INSTALLED}
    assert groups.get("datasette", "web") == "web"
    assert groups["typer"] == "base"


@pytest.mark.parametrize(
    ("fields", "licence"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("License", "x")], "MIT OR Apache-2.0"),
        ([("License", "Apache License, Version 2.0")], "Apache-2.0"),
        ([("Classifier", "License :: OSI Approved :: MIT License")], "MIT"),
        ([("License", "Redistribution and use\nin source …")], ""),
        ([("License", "UNKNOWN")], ""),
        ([("License", "Zope")], "Zope"),
        ([], ""),
    ],
)
def test_licences_are_read_from_metadata(fields: list[tuple[str, str]], licence: str) -> None:
    metadata = Message()
    for name, value in fields:
        metadata[name] = value
    assert licence_of(metadata) == licence
