"""What was said: found by words, speaker, time and paper, and counted over time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from quotecheck.errors import InputError
from quotecheck.library.library import Library, open_library
from quotecheck.library.verification import Verification
from quotecheck.output.terminal.search import render_search, render_timeline
from quotecheck.records.document import Segment
from quotecheck.records.quotation import Facts, Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.searching.search import Period, Timeline, over_time, search_library
from quotecheck.speakers.changes import merge_speakers
from quotecheck.text.passages import split_passages
from tests.support.commands import Run
from tests.support.speaker_samples import add, debate, document, report

SPEECH = (
    "Fellow citizens, the dam is a promise. A promise is kept or broken, and the dam is built.\n"
)
DENIAL = "Ilse Norran has never said that the dam would leak.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(tmp_path / "library.db", create=True) as library:
        add(library, debate())  # 2030-05
        add(library, *report())  # 2030-06-02, The Courier
        add(library, document("speech", SPEECH, author="Karin Quist", date="1861", genre="speech"))
        add(library, document("undated", "Nobody knows when the dam was planned.\n"))
        start = DENIAL.index("the dam")
        denied = Quotation(
            (Span(start, len(DENIAL) - 2),), (), (), "indirect", "r", 0.9,
            speakers=(Speaker("Ilse Norran"),), facts=Facts("say", negated=True),
        )  # fmt: skip
        article = document("denial", DENIAL, date="2030-07-11", publication="Züri Zeitung")
        number = library.start_run("build", version="1")
        added = library.add_document(article, passages=None, run=number)
        library.add_quotations(added.id, [denied], run=number)
        yield library


def told(library: Library, words: str, **filters: Any) -> list[tuple[str, str, tuple[str, ...]]]:
    found = search_library(library, words, **filters)
    texts = {one.id: one.text for one in library.documents()}
    for hit in found.hits:  # every place gives the words back
        assert texts[hit.document][hit.start : hit.end] == hit.text
        assert hit.matches
        for span in hit.matches:
            assert span.of(hit.text).strip() == span.of(hit.text) != ""
    assert found.complete
    assert len(found.hits) == found.total
    return sorted((hit.document, hit.kind, hit.speakers) for hit in found.hits)


def test_turns_texts_and_quotations_are_searched(library: Library) -> None:
    assert told(library, "dam") == [
        ("debate", "text", ("CHAIR",)),
        ("denial", "indirect", ("Ilse Norran",)),
        ("speech", "text", ("Karin Quist",)),
        ("undated", "text", ()),
    ]
    # The passage around a quotation is not given beside it.
    assert told(library, "move twice") == [("report", "direct", ("Ilse Norran",))]
    assert told(library, "NOBODY") == [
        ("report", "direct", ("Ilse Norran", "Jonas Veld")),
        ("undated", "text", ()),
    ]
    assert [hit.negated for hit in search_library(library, "leak").hits] == [True]


def test_all_words_must_stand_in_one_mouth(library: Library) -> None:
    assert told(library, "village stays") == [("debate", "text", ("NORRAN",))]
    # "village" and "pay" are two people's words, in one passage.
    assert told(library, "village pay") == [("debate", "text", ())]
    assert told(library, "village pay", speaker="NORRAN") == []


def test_phrases_accents_and_case(library: Library) -> None:
    assert told(library, '"dam is a promise"') == [("speech", "text", ("Karin Quist",))]
    assert told(library, "“dam is a promise”") == [("speech", "text", ("Karin Quist",))]
    assert told(library, '"promise is a dam"') == []
    assert told(library, "DÀM prömise") == [("speech", "text", ("Karin Quist",))]
    assert told(library, "da*") == []  # a star is no star
    (hit,) = search_library(library, '"a promise" built').hits
    assert [span.of(hit.text) for span in hit.matches] == ["a promise", "A promise", "built"]


def test_a_speaker_by_any_name(library: Library) -> None:
    assert told(library, "village", speaker="Ilse Norran") == []
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    for name in ("Ilse Norran", "NORRAN", "Mrs Norran", "norran", "Norran"):
        assert told(library, "village", speaker=name) == [("debate", "text", ("Ilse Norran",))]
    assert told(library, "dam", speaker="Karin Quist") == [("speech", "text", ("Karin Quist",))]
    assert told(library, "dam", speaker="Quist") == [("speech", "text", ("Karin Quist",))]
    assert search_library(library, "dam", speaker="Quist").speaker == ("Karin Quist",)
    with pytest.raises(InputError, match="nobody here is called 'Karen Kwist'") as caught:
        search_library(library, "dam", speaker="Karen Kwist")
    assert "Karin Quist" in (caught.value.remedy or "")


def test_an_author_of_news_is_not_their_speaker(library: Library) -> None:
    text = "The dam is a disgrace, people say.\n"
    add(library, document("news", text, author="Nell Haas", publication="The Courier"))
    assert ("news", "text", ()) in told(library, "dam")
    assert told(library, "dam", speaker="Nell Haas") == []


@pytest.mark.parametrize(
    ("first", "last", "documents"),
    [
        ("1861-03", None, {"debate", "denial", "speech"}),
        ("1861-03", "1861-04", {"speech"}),  # of 1861 it may be any month
        ("1862", "2030-05", {"debate"}),
        ("2030-05-20", "2030-05-21", {"debate"}),
        (None, "1861", {"speech"}),
        ("2030-07-11", "2030-07-11", {"denial"}),
        ("2030-07-12", None, set()),
        (None, "1860-12-31", set()),
        (None, None, {"debate", "denial", "speech", "undated"}),
    ],
)
def test_dates_as_precise_as_they_are_known(
    library: Library, first: str | None, last: str | None, documents: set[str]
) -> None:
    found = told(library, "dam", date_from=first, date_to=last)
    assert {one[0] for one in found} == documents


@pytest.mark.parametrize("date", ["yesterday", "1861-13", "61", "1861-02-40", "", "١٨٦١"])
def test_what_is_no_date(library: Library, date: str) -> None:
    with pytest.raises(InputError, match="is not a date"):
        search_library(library, "dam", date_from=date)


def test_publications_and_kinds(library: Library) -> None:
    assert told(library, "dam", publication="züri") == [("denial", "indirect", ("Ilse Norran",))]
    with pytest.raises(InputError, match="no publication") as caught:
        search_library(library, "dam", publication="Gazette")
    assert "The Courier" in (caught.value.remedy or "")
    assert told(library, "dam", kinds=["indirect"]) == [("denial", "indirect", ("Ilse Norran",))]
    assert len(told(library, "dam", kinds=["text"])) == 3
    assert told(library, "dam", kinds=["direct", "title"]) == []
    with pytest.raises(InputError, match="no kind"):
        search_library(library, "dam", kinds=["shouted"])


def test_titles_and_scare_quotes_only_when_asked_for(library: Library) -> None:
    text = "They call it “the wet dream” of engineers.\n"
    span = Span(text.index("the wet"), text.index("”"))
    found = [Quotation((span,), (), (), "scare", "r", 0.9)]
    number = library.start_run("build", version="1")
    added = library.add_document(document("scare", text), passages=None, run=number)
    library.add_quotations(added.id, found, run=number)
    assert told(library, "engineers wet") == told(library, "dream") == []
    assert told(library, "dream", kinds=["scare"]) == [("scare", "scare", ())]


def test_order_and_pages(library: Library) -> None:
    def dates(**filters: Any) -> list[str | None]:
        return [hit.date for hit in search_library(library, "dam", **filters).hits]

    assert dates(order="oldest") == ["1861", "2030-05", "2030-07-11", None]
    assert dates(order="newest") == ["2030-07-11", "2030-05", "1861", None]
    best = search_library(library, "dam")
    scores = [hit.score for hit in best.hits]
    assert scores == sorted(scores, reverse=True)
    pages = [search_library(library, "dam", limit=1, offset=n).hits for n in range(5)]
    assert tuple(hit for page in pages for hit in page) == best.hits
    assert search_library(library, "dam", limit=0).total == 4


def test_ranked_by_relevance(library: Library) -> None:
    add(library, document("much", "Gulls. Gulls and gulls over gulls!\n", genre="speech"))
    add(library, document("little", "A gull, gulls, and " + "many other things " * 30 + "\n"))
    assert [hit.document for hit in search_library(library, "gulls").hits] == ["much", "little"]


def test_only_what_is_current_is_found(library: Library) -> None:
    newer = document("debate", "All is quiet.\n", date="2031")
    number = library.start_run("build", version="1")
    assert library.add_document(newer, passages=[Span(0, 13)], run=number).status == "replaced"
    assert told(library, "village") == []
    _, found = report()
    row = library.db.execute("SELECT id FROM documents WHERE key = 'report'").fetchone()
    again = library.start_run("recheck", version="2")
    library.add_quotations(row[0], found[:1], run=again, again=True)
    assert told(library, "nobody", kinds=["direct"]) == []  # no longer attributed
    assert told(library, "move twice") == [("report", "direct", ("Ilse Norran",))]


def test_the_index_of_quotations_is_kept(library: Library) -> None:
    library.db.execute("UPDATE quotations SET content = 'zebra' WHERE kind = 'indirect'")
    assert search_library(library, "zebra", kinds=["indirect"]).total == 1
    library.db.execute("PRAGMA foreign_keys = OFF")
    library.db.execute("DELETE FROM quotations WHERE content = 'zebra'")
    assert search_library(library, "zebra").total == 0
    library.db.execute("INSERT INTO quotations_fts (quotations_fts) VALUES ('integrity-check')")
    library.db.execute("INSERT INTO quotations_fts (rowid, content) VALUES (999, 'ghost')")
    with Verification(library.path) as verification:
        found = [one for one in verification.findings() if one.check == "search"]
    assert [one.place for one in found] == ["quotations_fts"]
    assert "rebuild" in found[0].what


@pytest.mark.parametrize("words", ["", "   ", "!!!", '""', "* - ^", "“”"])
def test_a_search_without_a_word(library: Library, words: str) -> None:
    with pytest.raises(InputError, match="no word"):
        search_library(library, words)
    with pytest.raises(InputError, match="longer than"):
        search_library(library, "dam " * 1000)


HOSTILE = [
    "dam AND", "NOT dam", "NEAR(dam promise, 2)", "text:dam", "{text}: dam", "dam*", "^dam", '"dam',
    'd"a"m', '"" dam', "dam'; DROP TABLE runs; --", "(dam", "dam)", "dam + promise", "-dam",
    "dam\0", "\ud800 dam", "“dam", "dam “”", '"dam" "', "dam:promise", "dam\n\tpromise", "%_dam",
]  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_are_syntax(library: Library, words: str) -> None:
    search_library(library, words)
    over_time(library, words)


def test_any_words_at_all(library: Library) -> None:
    @settings(max_examples=300, deadline=None)
    @given(
        st.lists(st.sampled_from([*"\"'*^:(){}+-,.\0\ud800“”é߰ ", "dam", "AND", "NEAR"]), max_size=9)
        | st.text(max_size=20)
    )
    def holds(parts: list[str] | str) -> None:
        try:
            found = search_library(library, "".join(parts))
        except InputError:
            return
        assert found.total == len(found.hits)

    holds()


def test_words_of_any_text_are_found_in_it(library: Library) -> None:
    numbers = iter(range(10**6))

    @settings(max_examples=60, deadline=None)
    @given(st.text(alphabet="aäeßιΣ0½ _-'’“”.\n中éDž🎉\u0301", min_size=1, max_size=40))
    def holds(text: str) -> None:
        one = document(f"any-{next(numbers)}", text, genre="speech", author="Any One")
        number = library.start_run("build", version="1")
        added = library.add_document(one, passages=split_passages(text), run=number)
        try:
            found = search_library(library, f'"{text}"'.replace("\n", " "), limit=1000)
        except InputError:
            return
        assert added.status == "present" or one.id in {hit.document for hit in found.hits}

    holds()


# Over time


def test_over_time(library: Library) -> None:
    merge_speakers(library, "Ilse Norran", ["NORRAN"])
    line = over_time(library, "dam")
    assert line.periods == (Period("1861", 0, 1, 1), Period("2030", 0, 1, 1))
    assert (line.by, line.undated, line.imprecise) == ("year", 1, 0)
    assert len(line.every_period()) == 2030 - 1861 + 1
    assert sum(one.total for one in line.every_period()) == 2
    # What somebody is said to have never said, they did not say.
    line = over_time(library, speaker="Ilse Norran")
    assert line.by == "month"
    assert line.periods == (Period("2030-05", 0, 1, 1), Period("2030-06", 2, 0, 1))
    line = over_time(library, "dam", by="month", date_to="2030-05")
    assert (line.periods, line.imprecise) == ((Period("2030-05", 0, 1, 1),), 1)
    assert over_time(library, "nothingofthekind").periods == ()
    with pytest.raises(InputError, match="nothing to count"):
        over_time(library)


def test_folding_letter_by_letter_is_folding_whole_words(library: Library) -> None:
    from quotecheck.library.passage_index import search_terms
    from quotecheck.searching.terms import SearchWords

    alphabet = "aÄéñßΣςσıİŞ\u0301한가中ǅﬁ½²_-’ .A"

    @settings(max_examples=400, deadline=None)
    @given(st.text(alphabet=alphabet, min_size=1, max_size=12), st.text(alphabet=alphabet))
    def holds(text: str, more: str) -> None:
        terms = search_terms(text)
        if terms:
            words = SearchWords(f'"{" ".join(terms)}"')
            (place, *_) = words.places(f"{more} {text}")
            found = search_terms(f"{more} {text}"[place.start : place.end])
            assert [term.replace("ς", "σ") for term in found] == [
                term.replace("ς", "σ") for term in terms
            ]

    holds()


def test_a_wire_story_in_several_papers_counts_once(library: Library) -> None:
    story = "The dam will leak before the winter, an engineer warned on Monday.\n"
    for key, date in (("gazette", "2031-03-02"), ("courier", "2031-03-01"), ("later", "2031-04")):
        add(library, document(key, story, date=date, publication=key.title()))
    assert over_time(library, "engineer warned").periods == (
        Period("2031-03", 0, 2, 2), Period("2031-04", 0, 1, 1),
    )  # fmt: skip
    library.db.execute(
        "INSERT INTO document_copies SELECT d.id, o.id, 0.9 FROM documents AS d, documents AS o"
        " WHERE o.key = 'courier' AND d.key IN ('gazette', 'later')"
    )
    line = over_time(library, "engineer warned")
    assert (line.periods, line.copies) == ((Period("2031-03", 0, 1, 1),), 2)
    # Where the first is not looked through, the next stands for it.
    line = over_time(library, "engineer warned", publication="gazette")
    assert (line.periods, line.copies) == ((Period("2031-03", 0, 1, 1),), 0)
    line = over_time(library, "engineer warned", date_from="2031-03-02")
    assert (line.periods, line.copies) == ((Period("2031-03", 0, 1, 1),), 1)
    assert search_library(library, "engineer warned").total == 3


def test_every_period_has_no_gaps() -> None:
    ends = (Period("2029-11", 1, 0, 1), Period("2030-02", 0, 2, 1))
    line = Timeline("x", (), "month", ends, 0, 0, "")
    labels = [one.label for one in line.every_period()]
    assert labels == ["2029-11", "2029-12", "2030-01", "2030-02"]
    assert line.every_period(most=3) == ends
    assert Timeline("x", (), "year", (), 0, 0, "").every_period() == ()


def charted(line: Timeline, *, terminal: bool, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors="strict")
    render_timeline(line, Console(file=file, force_terminal=terminal, width=80, color_system=None))
    file.flush()
    return raw.getvalue().decode(encoding)


def test_the_chart(library: Library) -> None:
    periods = (Period("1861", 1, 3, 2), Period("1862", 0, 1, 1), Period("1901", 0, 8, 1))
    line = Timeline("dam", (), "year", periods, 2, 0, "9 documents (1861 to 1901)")
    shown = charted(line, terminal=True)
    bars = {part.split()[0]: part.count("█") for part in shown.splitlines() if "█" in part}
    assert bars == {"1861": 20, "1862": 5, "1901": 40}
    assert "1 quoted, 3 in texts" in shown
    assert len(shown.splitlines()) < 12  # the empty years are not shown one by one
    assert "Undated: 2." in shown
    assert "█" not in charted(line, terminal=True, encoding="ascii")
    plain = [part.split() for part in charted(line, terminal=False).splitlines()]
    assert plain[0] == ["1861", "4"]
    assert len(plain) == 41
    empty = Timeline("dam", (), "year", (), 0, 0, "9 documents")
    assert "Nothing in these 9 documents." in charted(empty, terminal=True)


def test_a_long_passage_is_shown_around_the_words(library: Library) -> None:
    text = "word " * 400 + "needle in it " + "word " * 400
    add(library, document("long", text, genre="speech"))
    file = io.StringIO()
    render_search(search_library(library, "needle"), Console(file=file, width=100))
    assert "needle" in file.getvalue()
    assert file.getvalue().count("word") < 80


# The command


def test_the_command(library: Library, tmp_path: Path, run: Run) -> None:
    path = library.path
    ran = run("search", "dam", "promise", "--db", path)
    assert (ran.code, "Karin Quist" in ran.out, "1 place." in ran.out) == (0, True, True)
    ran = run("search", "zzz", "--db", path)
    assert (ran.code, ran.err) == (0, "")
    assert "Nothing in these 5 documents (1861 to 2030-07-11)." in ran.out
    ran = run("search", "dam", "--from", "1990", "--to", "1999", "--db", path)
    assert "Nothing in these 0 documents." in ran.out
    record = json.loads(run("search", "dam", "--db", path, "-f", "json", "--limit", "2").out)
    assert (record["total"], len(record["hits"]), record["complete"]) == (4, 2, True)
    lines = run("search", "dam", "--db", path, "-f", "jsonl", "--order", "oldest").out.splitlines()
    assert [json.loads(line)["date"] for line in lines][:2] == ["1861", "2030-05"]
    there = tmp_path / "hits.csv"
    assert run("search", "dam", "--db", path, "-f", "csv", "-o", there).out == ""
    rows = list(csv.DictReader(io.StringIO(there.read_text(encoding="utf-8"))))
    assert {row["speaker"] for row in rows} == {"", "CHAIR", "Ilse Norran", "Karin Quist"}
    ran = run("search", "leak", "--kind", "indirect", "--kind", "direct", "--db", path)
    assert "was not said" in ran.out
    assert run("search", "dam", "--chart", "--db", path).out.split()[:2] == ["1861", "1"]
    ran = run("search", "--speaker", "Karin Quist", "--chart", "-f", "json", "--db", path)
    assert [one["passages"] for one in json.loads(ran.out)["periods"]] == [1]  # her speech
    ran = run("search", "dam", "--chart", "--by", "month", "-f", "csv", "--db", path)
    assert ran.out.splitlines() == ["period,quotations,passages,total,documents", "2030-05,0,1,1,1"]
    for arguments in (["--speaker", "Nobody At All"], ["--from", "soon"], ["--publication", "x"]):
        assert run("search", "dam", *arguments, "--db", path).code == 2
    assert run("search", "--db", path).code == 2
    assert run("search", "dam", "--db", tmp_path / "none.db").code == 2


def test_a_search_needs_neither_torch_nor_stanza(library: Library) -> None:
    code = (
        "import sys; from quotecheck import cli\n"
        f"sys.argv = ['quotecheck', 'search', 'dam', '--db', {str(library.path)!r}]\n"
        "cli.main()\n"
        "assert not {'torch', 'stanza', 'pyarrow', 'datasette'} & set(sys.modules)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_a_library_open_for_reading_is_searched(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with open_library(path, create=True) as library:
        add(library, document("a", "I speak.", Segment(0, 8, "Ann")))
    with open_library(path) as library:
        assert search_library(library, "speak", speaker="ann").total == 1
        assert over_time(library, speaker="Ann").undated == 1
