"""Where a link of Markdown leads was not said; the words that it stands on were."""

from __future__ import annotations

import pytest

from quotecheck.comparison.words import quotation_words, source_words


def words(text: str) -> tuple[list[str], list[str]]:
    return list(source_words(text).forms), list(quotation_words(text).forms)


@pytest.mark.parametrize(
    "text",
    [
        "We sell the [old quay](https://example.org/quay) today",
        "We sell the [old](/a) [quay](#b) today",
        'We sell the [old quay](http://example.org "The harbour") today',
    ],
)
def test_an_address_is_passed_over(text: str) -> None:
    for forms in words(text):
        assert forms == ["we", "sell", "the", "old", "quay", "today"]


def test_what_stands_in_brackets_otherwise_stays_as_it_was() -> None:
    source, _ = words("We sell the [old] quay (as he said) today")
    assert source == ["we", "sell", "the", "quay", "as", "he", "said", "today"]
    source, _ = words("We sell it [laughter](he laughed) today")
    assert "laughed" in source
