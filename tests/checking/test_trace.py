from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from quotecheck.building.near_copies import link_copies
from quotecheck.checking.checker import Checker
from quotecheck.checking.trace import Trace, trace_quote
from quotecheck.errors import InputError
from quotecheck.library.library import Library, open_library
from quotecheck.output.timeline_svg import trace_svg
from quotecheck.output.traces import trace_lines, trace_record, trace_schema
from tests.support.commands import Run
from tests.support.documents import document, fill, turns
from tests.support.json_schemas import fits

ORIGIN = (
    "The winter has been long. A harbour that forgets its ferries will soon forget its children. "
    "Let us vote the money tonight and mend the quay before the ice is gone."
)
COPY = (
    "At the meeting of last week much was said. As Greta Falk said, “A harbour that forgets its "
    "ferries will soon lose its children.” The hall was cold and nobody stayed for the tea."
)
COPY_OF_COPY = (
    "Our editor keeps an old saying on the wall: a harbour that forgets its ferries will soon lose "
    "its children. We could not say who wrote it first, and we like it all the same."
)
REPRINT = f"From the archive of the parish, with thanks to the clerk. {ORIGIN} Printed by hand."
HEARING = (
    "DAHL: The quay is mended now.\n\n"
    "HOLM: Still, a harbour which forgets its ferries will soon forget its children."
)
QUOTE = "A harbour that forgets its ferries will soon forget its children."


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    documents = [
        document("wall", COPY_OF_COPY, author="Pia Noor", date="1961", title="On the <wall> & off"),
        document("speech", ORIGIN, author="Greta Falk", date="1921-02-03", title="The quay"),
        document("paper", COPY, author="Nils Bo", date="1934-05", genre="news"),
        document("reprint", REPRINT, author="Greta Falk", date="1950"),
        document("hearing", HEARING, date="1970", segments=turns(HEARING)),
        document("leaflet", f"Undated, this leaflet. {QUOTE} It has no printer and no year."),
    ]
    with fill(tmp_path_factory.mktemp("trace") / "sources.db", documents) as library:
        yield library


@pytest.fixture(scope="module")
def trace(library: Library) -> Trace:
    return trace_quote(Checker(library), f"“{QUOTE}”")


def test_occurrences_come_in_order_of_time_and_the_undated_last(trace: Trace) -> None:
    assert [one.document for one in trace.occurrences] == [
        "speech", "paper", "reprint", "wall", "hearing", "leaflet",
    ]  # fmt: skip
    assert [one.number for one in trace.occurrences] == [1, 2, 3, 4, 5, 6]


def test_places_give_their_words_back(trace: Trace) -> None:
    texts = {"speech": ORIGIN, "paper": COPY, "reprint": REPRINT, "wall": COPY_OF_COPY}
    for one in trace.occurrences:
        if one.document in texts:
            assert one.span.of(texts[one.document]) == one.words
    assert trace.occurrences[4].speaker == "Holm"


def test_variants_are_told_apart_by_words_not_by_typography(trace: Trace) -> None:
    assert [one.variant for one in trace.occurrences] == [1, 2, 1, 2, 3, 1]
    first, second, third = trace.variants
    assert (trace.earliest, trace.best) == (1, 1)
    assert (first.first_date, third.first_date) == ("1921-02-03", "1970")
    assert second.occurrences == (2, 4)
    assert "lose" in second.words
    assert [(op, a, b) for op, a, b in trace.occurrences[1].diff if op != "equal"] == [
        ("replace", "forget", "lose")
    ]


def test_copies_and_copies_of_copies_are_told_with_their_evidence(trace: Trace) -> None:
    _, paper, reprint, wall, hearing, leaflet = trace.occurrences
    assert (paper.copies, paper.quoted, paper.in_marks) == (1, ("Greta Falk",), True)
    assert paper.evidence == "it quotes Greta Falk"
    assert (reprint.copies, reprint.evidence) == (1, "the text around it is the same")
    assert (wall.copies, wall.evidence) == (
        2, "it departs from the earliest wording in the same way",
    )  # fmt: skip
    assert hearing.copies is None
    assert leaflet.copies is None


def test_a_limit_keeps_the_earliest(library: Library) -> None:
    trace = trace_quote(Checker(library), QUOTE, limit=2)
    assert [one.document for one in trace.occurrences] == ["speech", "paper"]
    assert trace.left_out == 4


def test_short_phrases_and_phrases_said_twice(library: Library) -> None:
    trace = trace_quote(Checker(library), "forgets its ferries")
    assert len(trace.occurrences) == 6
    assert len(trace_quote(Checker(library), "its children").occurrences) == 6


@pytest.mark.parametrize("quote", ["", "“…”", "?!"])
def test_no_words_no_trace(library: Library, quote: str) -> None:
    with pytest.raises(InputError, match="no word"):
        trace_quote(Checker(library), quote)


def test_what_is_not_there_has_no_trace(library: Library) -> None:
    trace = trace_quote(Checker(library), "Velvet comets rarely vote for herring")
    assert (trace.occurrences, trace.variants, trace.best) == ((), (), None)
    assert "Not in these 6 documents" in "".join(trace_svg(trace))


def test_data_for_programs(trace: Trace) -> None:
    record = json.loads(json.dumps(trace_record(trace)))
    fits(record, trace_schema())
    assert record["schema"] == "quotecheck/trace/1"
    assert [one["copies"] for one in record["occurrences"]] == [None, 1, 1, 2, None, None]
    lines = [json.loads(line) for line in trace_lines(trace)]
    assert [line["n"] for line in lines] == [1, 2, 3, 4, 5, 6]
    assert {line["schema"] for line in lines} == {"quotecheck/trace/1"}
    for line in lines:
        fits(line, trace_schema(), "line")


def test_the_picture_is_whole_escaped_and_readable_in_dark(trace: Trace) -> None:
    picture = "".join(trace_svg(trace))
    root = ElementTree.fromstring(picture)  # noqa: S314 - our own
    assert root.attrib["role"] == "img"
    words = " ".join("".join(root.itertext()).split())
    assert "On the <wall> & off" in words
    assert "1921-02-03" in words
    assert "prefers-color-scheme: dark" in picture
    assert not re.search(r"<script|href|url\(|<image|javascript", picture)
    arcs = [one for one in root.iter() if one.attrib.get("class") == "arc"]
    assert len(arcs) == 3


def test_the_command(library: Library, tmp_path: Path, run: Run) -> None:
    path = library.path
    shown = run("trace", QUOTE, "--db", path)
    assert shown.code == 0
    assert "earliest and best attested wording" in shown.out
    assert {"[-forget-]", "{+lose+}"} <= set(shown.out.split())
    assert "← 2: it departs" in " ".join(shown.out.split())
    picture = tmp_path / "way.svg"
    assert run("trace", QUOTE, "--db", path, "--format", "svg", "--output", picture).code == 0
    assert picture.read_text(encoding="utf-8").startswith("<svg ")
    held = json.loads(run("trace", QUOTE, "--db", path, "--format", "json").out)
    assert held["searched"] == "6 documents (1921-02-03 to 1970)"
    assert len(run("trace", QUOTE, "--db", path, "-f", "jsonl").out.splitlines()) == 6
    assert run("trace", "Velvet comets rarely vote", "--db", path).code == 1
    assert run("trace", "?!", "--db", path).code == 2
    assert run("trace", QUOTE, "--db", tmp_path / "none.db").code == 2


WIRE = (
    "The council of the island met on Thursday and voted the money for the quay by nine to four. "
    "Speaking for the ferrymen, Greta Falk reminded the room of what her father used to say. "
    f"{QUOTE} The mayor answered that children are reared on bread and not on harbours, and that "
    "the school roof has leaked since the spring before last. The work is to begin when the ice "
    "has gone, and two masons from the mainland have been asked what they would take for it. "
    "Nobody in the room could say where the granite is to come from."
)


def test_near_copies_of_one_report_are_one_row(tmp_path: Path, run: Run) -> None:
    documents = [
        document("post", f"Quay to be mended. {WIRE}", date="1921-02-05", title="Post"),
        document("agency", WIRE, date="1921-02-04", title="Agency"),
        document("mail", WIRE[: WIRE.index("Nobody")], date="1921-02-06", title="Mail"),
        document("speech", ORIGIN, author="Greta Falk", date="1921-02-03", title="The quay"),
    ]
    path = tmp_path / "wire.db"
    fill(path, documents).close()
    assert link_copies(path).copies == 2
    with open_library(path) as library:
        trace = trace_quote(Checker(library), QUOTE)
    speech, agency, post, mail = trace.occurrences
    assert [one.reprint_of for one in (speech, agency, post, mail)] == [None, None, 2, 2]
    assert (post.copies, mail.copies) == (2, 2)
    assert post.evidence == "its document is a near copy of that one"
    fits(json.loads(json.dumps(trace_record(trace))), trace_schema())
    shown = " ".join(run("trace", QUOTE, "--db", path).out.split())
    assert "and 2 copies: Post, Mail" in shown
    assert "4 places in 4 documents" in shown
