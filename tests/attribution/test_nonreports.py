"""What looks like a report and tells how things are: both ways."""

from __future__ import annotations

import pytest

from quotecheck.attribution.nonreports import tells_what_is
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span


def reading(text: str, source: str, cue: str, content: str, lemma: str) -> Attribution:
    def at(words: str) -> tuple[Span, ...]:
        place = text.index(words)
        return (Span(place, place + len(words)),)

    return Attribution(
        at(content), at(cue), at(source) if source else (), "indirect", "test", 0.9, lemma
    )


STATES = [
    ("He said nothing and left.", "He", "said", "nothing and left", "say"),
    ("She said no more.", "She", "said", "no more", "say"),
    ("Ann Lee is known for her temper.", "", "is known for", "her temper", "know"),
    ("The tower is known as the Needle.", "", "is known", "the Needle", "know"),
    ("They queue at the chapel, as his shed is known.", "", "is known", "They queue", "know"),
    ("The photo shows a boy with a kite.", "The photo", "shows", "a boy with a kite", "show"),
    ("What he considers “smart” may be rash.", "he", "considers", "“smart”", "consider"),
    ("She has shown no sign of age.", "She", "shown", "no sign of age", "show"),
]
REPORTS = [
    ("He said nothing would change.", "He", "said", "nothing would change", "say"),
    ("What he called “smart” was rash.", "he", "called", "“smart”", "call"),
    ("“Nothing,” he said.", "he", "said", "“Nothing,”", "say"),
    ("It is known that the dam leaks.", "", "is known", "that the dam leaks", "know"),
    ("The map shows how he fled.", "The map", "shows", "how he fled", "show"),
    ("A study shows a rise in cancer.", "A study", "shows", "a rise in cancer", "show"),
    ("The photo shows that he was there.", "The photo", "shows", "that he was there", "show"),
]


@pytest.mark.parametrize("row", STATES, ids=lambda row: row[0])
def test_states_are_no_reports(row: tuple[str, str, str, str, str]) -> None:
    assert tells_what_is(row[0], reading(*row))


@pytest.mark.parametrize("row", REPORTS, ids=lambda row: row[0])
def test_reports_are_kept(row: tuple[str, str, str, str, str]) -> None:
    assert not tells_what_is(row[0], reading(*row))
