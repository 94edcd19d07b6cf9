"""brat's standoff: written, read back, and as the published corpora lay it out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.output.interchange.brat import read_standoff, standoff, standoff_files
from quotecheck.records.quotation import Quotation
from quotecheck.records.text import Span
from tests.support import paths
from tests.support.gold_sample import document, document_of, quotations

POLNEAR = paths.SHARED / "polnear" / "dev"


@pytest.mark.parametrize("name", ["article", "article-misquotes"])
def test_what_is_written_is_read_back(name: str) -> None:
    given_ = quotations(name)
    back = read_standoff(standoff(document(name).text, given_))
    assert len(back) == len(given_)
    for event, quotation in zip(back, given_, strict=True):
        assert event.content == quotation.content
        assert event.cue == quotation.cue
        assert event.source == quotation.source
        assert event.via == quotation.via_spans
        assert event.kind == quotation.kind
        assert event.facts is not None
        names = event.facts["speaker"]
        assert (tuple(names) if isinstance(names, list) else names) == quotation.speaker
        assert event.facts["via"] == list(quotation.via)


def test_every_text_bound_line_repeats_the_text() -> None:
    text = document().text
    for line in standoff(text, quotations()).splitlines():
        cells = line.split("\t")
        if cells[0].startswith("T"):
            offsets = cells[1].partition(" ")[2].split(";")
            pieces = [text[int(start) : int(end)] for start, end in map(str.split, offsets)]
            assert cells[2] == " ".join(pieces)


@given(st.text(alphabet="ab \t\n\r\u2028\x85😀", min_size=1, max_size=30), st.data())
def test_spans_are_parted_at_line_ends_and_nowhere_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    written = standoff(text, [Quotation((Span(start, end),), (), (), "indirect", "r", 1.0)])
    assert written.count("\n") == len(written.splitlines())
    held = {i for e in read_standoff(written) for s in e.content for i in range(s.start, s.end)}
    assert held == {i for i in range(start, end) if text[i].splitlines() != [""]}


def test_files_are_named_after_the_document() -> None:
    article = document_of("Said.", id="../a b/ü=1")
    files = standoff_files(article, [])
    assert set(files) == {"_a_b_ü_1.txt", "_a_b_ü_1.ann", "annotation.conf"}
    assert files["_a_b_ü_1.txt"] == "Said."
    assert set(standoff_files(document_of("x", id=".."), [])) >= {"document.txt"}


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("T1\tContent 3 x\tab\n", "offsets"),
        ("T1\tContent 9 3\tab\n", "offsets"),
        ("T1\tContent\tab\n", "offsets"),
        ("E1\tAttribution:T9 Content:T8\n", "T8"),
    ],
)
def test_a_broken_file_says_where(written: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_standoff(written)
    assert caught.value.where == "line 1"
    assert caught.value.remedy


def test_foreign_lines_are_passed_over() -> None:
    written = (
        "T1\tContent 0 2\tab\nT2\tNews 0 1\ta\nR1\tcoref Arg1:T1 Arg2:T2\nnote\n\n"
        "T3\tContent 3 4\tc\nE1\tAttribution:T1 Content:T1 Content2:T3 Other:T9\n"
        "#1\tAnnotatorNotes E1\tplain words\n#2\tAnnotatorNotes E1\n*\tEquiv T1 T2\n"
    )
    (event,) = read_standoff(written)
    assert event.content == (Span(0, 2), Span(3, 4))
    assert (event.kind, event.facts) == ("", None)


@pytest.mark.shared("polnear")
def test_reads_the_published_corpus() -> None:
    events = [
        event
        for path in sorted((POLNEAR / "attributions").glob("*.ann"))
        for event in read_standoff(path.read_text(encoding="utf-8"))
    ]
    assert len(events) > 2000
    assert sum(bool(event.content) for event in events) > 0.95 * len(events)
