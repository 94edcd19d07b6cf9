"""Sources that have changed, moved or gone, and attributions that would be others now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.building.build import build, store_attributed
from quotecheck.errors import InputError, LibraryError
from quotecheck.library.library import Library, open_library
from quotecheck.rechecking.attribution_diff import differences
from quotecheck.rechecking.recheck import DocumentState, QuotationState, Recheck, Result
from quotecheck.rechecking.relocation import RevisedText
from quotecheck.records.document import Document
from quotecheck.records.quotation import Facts, Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.building_cases import Marks, attribute, make_attributor
from tests.support.commands import Run
from tests.support.older_libraries import older_library

ARTICLE = (
    "The council met in the old hall.\n\n“The bridge is safe,” said Ada Fenwick.\n\n"
    "Later she added: “Nobody will close it before the winter is over.” The engineer left.\n"
)
LINES = [
    {"id": "one", "text": "“The tide is late,” said Ada.", "date": "1861"},
    {"id": "two", "text": "“The lamp is out,” said Ada.", "date": "1862"},
]


def write_lines(path: Path, lines: Sequence[dict[str, str]]) -> None:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "article.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "page.html").write_text(
        "<html><head><title>Fog</title></head><body><article><p>There was fog over the harbour"
        " on Monday, and nobody went out.</p><p>“We wait for the wind,” said Ada, who has the"
        " boat.</p></article></body></html>",
        encoding="utf-8",
    )
    write_lines(folder / "minutes.jsonl", LINES)
    return folder


@pytest.fixture
def path(tmp_path: Path, sources: Path) -> Path:
    path = tmp_path / "library.db"
    report = build([sources], path, attributor_factory=make_attributor)
    assert (report.added, report.quotations, report.failed) == (4, 5, 0)
    return path


def recheck(path: Path, *paths: Path) -> tuple[Recheck, list[Result]]:
    with open_library(path) as library:
        looked = Recheck(library, paths)
        return looked, list(looked.sources())


def states(results: Sequence[Result]) -> dict[str, str]:
    return {
        Path(r.path or "").name + ("" if "article" in r.document else f" {r.document}"): r.state
        for r in results
        if isinstance(r, DocumentState) and r.state != "unchanged"
    }


def quotations(results: Sequence[Result]) -> list[QuotationState]:
    return [result for result in results if isinstance(result, QuotationState)]


def test_sources_that_are_as_they_were(path: Path) -> None:
    before = path.read_bytes()
    looked, results = recheck(path)
    assert looked.clean
    assert looked.documents == {"unchanged": 4}
    assert looked.quotations == {"unchanged": 5}
    assert len(results) == 4
    assert path.read_bytes() == before


def test_a_source_that_has_changed(path: Path, sources: Path) -> None:
    text = "A correction was added.\n\n" + ARTICLE.replace("is safe", "is not safe at all")
    (sources / "article.txt").write_text(text, encoding="utf-8")
    looked, results = recheck(path)
    assert not looked.clean
    assert states(results) == {"article.txt": "changed"}
    changed, moved = quotations(results)
    assert (changed.state, changed.exact) == ("changed", "The bridge is safe,")
    assert changed.words == "The bridge is not safe at all,"
    assert changed.span is not None
    assert changed.span.of(text) == changed.words
    assert 0.5 < changed.likeness < 1
    assert (moved.state, moved.likeness) == ("moved", 1.0)
    assert moved.span is not None
    assert moved.span.of(text) == moved.exact == "Nobody will close it before the winter is over."
    assert looked.quotations == {"unchanged": 3, "changed": 1, "moved": 1}
    with open_library(path) as library:  # what is stored has not changed
        key = changed.document
        document = library.document(key)
        assert document is not None
        assert document.text == ARTICLE
        assert next(iter(library.quotations(key))).exact == "The bridge is safe,"


def test_quotations_that_only_moved_are_one_line_and_no_finding(
    path: Path, sources: Path, run: Run
) -> None:
    (sources / "article.txt").write_text("A correction.\n\n" + ARTICLE, encoding="utf-8")
    looked, results = recheck(path)
    assert looked.clean
    assert states(results) == {"article.txt": "edited"}
    assert [q.state for q in quotations(results)] == ["moved", "moved"]
    assert looked.quotations == {"unchanged": 3, "moved": 2}
    ran = run("recheck", "--db", path)
    assert ran.code == 0
    line, *places, documents, told = ran.out.splitlines()
    assert line.startswith("edited")
    assert "each quotation holds; 2 moved" in line
    assert [place.split()[0] for place in places] == ["from:"]
    assert documents == "Documents: 3 unchanged, 1 edited."
    assert told == "Quotations: 3 unchanged, 2 moved."
    assert ran.out.count("\n") == len(places) + 3
    assert "→" in run("recheck", "--db", path, "--all").out
    ran = run("recheck", "--db", path, "--format", "jsonl")
    assert ran.code == 0
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line.get("state") for line in lines] == ["edited", "moved", "moved", None]
    assert lines[0]["quotations_moved"] == 2


def test_an_edit_behind_the_quotations_is_no_finding(path: Path, sources: Path) -> None:
    (sources / "article.txt").write_text(ARTICLE + "Corrected on Friday.\n", encoding="utf-8")
    looked, results = recheck(path)
    assert looked.clean
    assert looked.documents == {"unchanged": 3, "edited": 1}
    assert {q.state for q in quotations(results)} == {"unchanged"}


def test_a_changed_source_without_quotations_is_a_finding(tmp_path: Path, run: Run) -> None:
    source, path = tmp_path / "speech.txt", tmp_path / "library.db"
    source.write_text("We have paid for the weir in floods.", encoding="utf-8")
    build([source], path, attribute=False)
    source.write_text("We have not paid for the weir in floods.", encoding="utf-8")
    ran = run("recheck", "--db", path)
    assert ran.code == 1
    assert "Documents: 1 changed." in ran.out


NEWS = (
    "Ada Fenwick came in late. The hall was full.\n\n"
    "“The bridge is safe,” she said, and nobody spoke. Then it rained on the quay.\n"
)


def at(words: str) -> Span:
    return Span(NEWS.index(words), NEWS.index(words) + len(words))


SHE = Quotation(
    (at("The bridge is safe,"),), (at("said"),), (at("she"),), "direct", "r", 0.9, "say",
    speakers=(Speaker("Ada Fenwick", at("Ada Fenwick")),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "state"),
    [
        ("Then it rained", "Then it snowed", "edited"),
        ("The hall was full.", "The hall was full, as always.", "edited"),
        ("she said", "he said", "changed"),
        ("she said", "she never said", "changed"),
        ("Ada Fenwick came", "Ida Fenwick came", "changed"),
        ("safe", "sound", "changed"),
    ],
)
def test_who_said_it_has_to_stand_as_well(
    tmp_path: Path, run: Run, old: str, new: str, state: str
) -> None:
    source, path = tmp_path / "news.txt", tmp_path / "library.db"
    source.write_text(NEWS, encoding="utf-8")
    build([source], path, attribute=False)
    with open_library(path, create=True) as library:
        run_ = library.start_run("build", version="0")
        (row,) = library.db.execute("SELECT id FROM documents").fetchone()
        library.add_quotations(row, [SHE], run=run_)
        library.finish_run(run_)
    assert old in NEWS
    source.write_text("Late edition.\n\n" + NEWS.replace(old, new), encoding="utf-8")
    looked, results = recheck(path)
    assert looked.documents == {state: 1}
    assert looked.clean is (state == "edited")
    ran = run("recheck", "--db", path)
    assert ran.code == (0 if state == "edited" else 1)
    (one,) = quotations(results)
    assert one.state == ("moved" if state == "edited" else "changed")
    if one.words == one.exact and state == "changed":
        assert one.why in " ".join(ran.out.split())


def test_words_that_are_gone(path: Path, sources: Path) -> None:
    (sources / "article.txt").write_text("The council did not meet.\n", encoding="utf-8")
    _, results = recheck(path)
    assert {q.state for q in quotations(results)} == {"gone"}
    assert {q.why for q in quotations(results)} == {"its words are not in the text any more"}


def test_a_file_that_is_gone(path: Path, sources: Path) -> None:
    (sources / "article.txt").unlink()
    looked, results = recheck(path)
    assert states(results) == {"article.txt": "gone"}
    assert [(q.state, q.why) for q in quotations(results)] == [("gone", "its source is gone")] * 2
    assert looked.quotations["gone"] == 2


def test_a_file_that_has_moved_is_found_where_it_is_looked_for(path: Path, sources: Path) -> None:
    new = sources.with_name("archive")
    sources.rename(new)
    (new / "article.txt").rename(new / "bridge.txt")
    _, results = recheck(path)
    assert set(states(results).values()) == {"gone"}
    looked, results = recheck(path, new)
    assert looked.documents == {"moved": 4}
    assert looked.quotations == {"unchanged": 5}
    (article,) = [r for r in results if isinstance(r, DocumentState) and "article" in r.document]
    assert article.found == str(new / "bridge.txt")
    assert not looked.clean  # the library names another place


def test_a_file_that_has_moved_and_changed_is_known_by_its_name(path: Path, sources: Path) -> None:
    new = sources.with_name("archive")
    sources.rename(new)
    text = ARTICLE.replace("safe", "sound")
    (new / "article.txt").write_text(text, encoding="utf-8")
    write_lines(new / "minutes.jsonl", [LINES[0], LINES[1] | {"text": "It rained."}])
    _, results = recheck(path, new)
    assert states(results) == {
        "article.txt": "changed",
        "minutes.jsonl one": "moved",
        "minutes.jsonl two": "changed",
        f"page.html {next(r.document for r in results if 'page' in r.document)}": "moved",
    }


def test_documents_of_other_places_are_left_out(path: Path, sources: Path) -> None:
    (sources / "article.txt").unlink()
    looked, _ = recheck(path, sources / "minutes.jsonl")
    assert looked.documents == {"unchanged": 2}
    assert looked.elsewhere == 2
    assert looked.clean
    with pytest.raises(InputError, match="no such"):
        recheck(path, sources / "none")


def test_lines_that_are_gone_changed_or_broken(path: Path, sources: Path) -> None:
    lines = sources / "minutes.jsonl"
    write_lines(lines, [LINES[1]])
    _, results = recheck(path)
    assert states(results) == {"minutes.jsonl one": "gone"}
    with lines.open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    looked, results = recheck(path)
    assert states(results) == {"minutes.jsonl one": "unreadable"}
    assert looked.quotations["not read"] == 1
    assert not looked.clean


def test_a_file_that_cannot_be_read(path: Path, sources: Path) -> None:
    (sources / "article.txt").write_bytes(b"")
    _, results = recheck(path)
    assert states(results) == {"article.txt": "unreadable"}
    (state,) = [r for r in results if isinstance(r, DocumentState) and r.state == "unreadable"]
    assert "empty" in state.why


def test_bytes_that_are_others_where_the_text_is_not(path: Path, sources: Path) -> None:
    (sources / "article.txt").write_bytes(b"\xef\xbb\xbf" + ARTICLE.encode())
    looked, results = recheck(path)
    assert looked.clean
    whys = {r.why for r in results if isinstance(r, DocumentState)}
    assert whys == {"", "the file's bytes are others, its text is the same"}


def test_a_reader_that_reads_otherwise_is_named(path: Path) -> None:
    with sqlite3.connect(path) as conn:  # as an older reader would have left it
        conn.execute(
            "UPDATE documents SET text = replace(text, 'fog', 'mist'), text_sha256 = ?,"
            " reader_version = 'quotecheck 0.0.1' WHERE reader = 'html'",
            ["f" * 64],
        )
    conn.close()
    _, results = recheck(path)
    (state,) = [r for r in results if isinstance(r, DocumentState) and r.state == "changed"]
    assert "read otherwise now than by quotecheck 0.0.1 (reader html)" in state.why


def test_what_read_a_document_is_kept(path: Path) -> None:
    with open_library(path) as library:
        told = dict(library.db.execute("SELECT reader, reader_version FROM documents").fetchall())
    assert "trafilatura " in told["html"]
    assert told["text"].startswith("quotecheck ")


def test_what_came_from_standard_input_has_no_place(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with open_library(path, create=True) as library:
        added = library.start_run("build", version="1")
        document = Document("stdin-1", "Words.", "0" * 64, "0" * 64)
        library.add_document(document, passages=[], run=added)
    looked, (state,) = recheck(path)
    assert isinstance(state, DocumentState)
    assert (state.state, looked.clean) == ("no place", True)


# Finding words again


@pytest.mark.parametrize(
    ("text", "state", "words"),
    [
        ("He said: “We go home now.” Then he left.", "unchanged", "We go home now."),
        ("Once he said: “We go home now.” Then he left.", "moved", "We go home now."),
        ("He said: “We stay, all of us.” Then he left.", "changed", "We stay, all of us."),
        ("A voice: “we go home, now!” And on.", "changed", "we go home, now"),
        ("Nothing of the kind.", "gone", None),
        ("", "gone", None),
    ],
)
def test_words_are_found_again(text: str, state: str, words: str | None) -> None:
    found = RevisedText(text).find("He said: “", "We go home now.", "” Then he left.", 10)
    assert found.state == state
    assert (found.span.of(text) if found.span else None) == words


def test_of_the_same_words_those_in_the_same_surroundings_are_taken() -> None:
    text = "“No,” said the cook.\n\n“No,” said the clerk.\n\n“No,” said the crier.\n"
    second = text.index("No", 5)
    found = RevisedText(text).find("cook.\n\n“", "No", ",” said the clerk.", 1)
    assert found.span == Span(second, second + 2)
    # Without surroundings to go by, the nearest.
    assert RevisedText("No no No").find("x", "No", "x", 7).span == Span(6, 8)


@given(st.text(max_size=40), st.text(max_size=12), st.text(max_size=20), st.text(max_size=20))
def test_a_selector_always_finds_its_own_words(
    before: str, exact: str, after: str, more: str
) -> None:
    text = before + exact + after
    start = len(before)
    found = RevisedText(text).find(before[-32:], exact, after[:32], start)
    if exact:
        assert (found.state, found.span) == ("unchanged", Span(start, start + len(exact)))
    found = RevisedText(more + text).find(before[-32:], exact, after[:32], start)
    if found.span is not None and found.state in ("moved", "unchanged"):
        assert found.span.of(more + text) == exact


def test_a_long_text_that_repeats_itself_takes_no_time() -> None:
    text = "no " * 200_000
    assert RevisedText(text).find("x", "no no no yes", "x", 5).state in ("changed", "gone")
    assert RevisedText(text).find("no " * 10, "no", "no " * 10, 500).state in ("unchanged", "moved")


# Attributions


TEXT = "“It is so,” said Ada. “It was so,” said Bo. She said that it would be."
ADA = Quotation(
    (Span(1, 10),), (Span(12, 16),), (Span(17, 20),), "direct", "r", 0.9, "say",
    speakers=(Speaker("Ada"),), facts=Facts("say", tense="past"),
)  # fmt: skip
BO = replace(ADA, content=(Span(23, 33),), speakers=(Speaker("Bo"),))


def test_differences_are_told_in_words() -> None:
    assert list(differences("d", TEXT, [ADA, BO], [ADA, BO])) == []
    surer = replace(ADA, confidence=0.1, rule="other", candidates=(("X", 0.5),))
    assert list(differences("d", TEXT, [ADA], [surer])) == []
    (change,) = differences("d", TEXT, [ADA], [replace(ADA, speakers=(Speaker("Bo"),))])
    assert (change.change, change.fields) == ("otherwise", (("speaker", "Ada", "Bo"),))
    assert (change.words, change.span) == ("It is so,", Span(1, 10))
    dropped, new = differences("d", TEXT, [ADA], [BO])
    assert (dropped.change, new.change) == ("dropped", "new")
    (change,) = differences("d", TEXT, [ADA], [replace(ADA, content=(Span(0, 11),))])
    assert change.fields == (("content", "It is so,", "“It is so,”"),)
    (change,) = differences("d", TEXT, [ADA], [replace(ADA, facts=Facts("deny", negated=True))])
    assert change.fields == (("facts", "say, past", "deny, not said"),)
    # An older run that did not look for facts does not differ for it.
    assert list(differences("d", TEXT, [replace(ADA, facts=Facts())], [ADA])) == []


class Otherwise(Marks):
    """Finds the same as before, but takes Bo for the speaker of what is said of bridges."""

    def __call__(self, document: Document) -> list[Quotation]:
        return [
            replace(one, speakers=(Speaker("Bo"),))
            if "bridge" in one.content[0].of(document.text)
            else one
            for one in attribute(document)
        ]


def again(library: Library, attributor: Any, *, store: bool = False) -> tuple[Recheck, list[Any]]:
    looked = Recheck(library)
    list(looked.sources())
    return looked, list(looked.attributions(attributor, store=store))


def test_attributions_that_would_be_others_are_told_and_nothing_is_overwritten(path: Path) -> None:
    before = path.read_bytes()
    with open_library(path) as library:
        looked, changes = again(library, Otherwise())
        assert [change.fields for change in changes] == [(("speaker", "Ada", "Bo"),)]
        assert looked.changes == {"otherwise": 1}
        assert not looked.clean
        looked, changes = again(library, Marks())
        assert (changes, looked.clean) == ([], True)
    assert path.read_bytes() == before


def test_a_speaker_who_was_merged_or_renamed_is_no_other_speaker(path: Path) -> None:
    from quotecheck.speakers.changes import merge_speakers, rename_speaker

    with open_library(path, create=True) as library:
        rename_speaker(library, "Ada", "Ada Fenwick")
        _, changes = again(library, Marks())
        assert changes == []
        _, (change,) = again(library, Otherwise(), store=True)
        assert change.fields == (("speaker", "Ada Fenwick", "Bo"),)
        merge_speakers(library, "Ada Fenwick", ["Bo"])
        _, changes = again(library, Otherwise())
        assert changes == []


def test_they_may_be_kept_as_a_run_beside_the_older_ones(path: Path) -> None:
    with open_library(path, create=True) as library:
        (count,) = library.db.execute("SELECT count(*) FROM quotations").fetchone()
        _, (change,) = again(library, Otherwise(), store=True)
        assert [q.quotation.speaker for q in library.quotations(change.document)] == ["Bo", "Ada"]
        rows = library.db.execute("SELECT count(*) FROM quotations").fetchone()
        assert rows == (count + 2,)  # the document's older quotations are there too
        (ran,) = library.db.query("SELECT * FROM runs WHERE command = 'recheck'")
        assert (ran["status"], ran["attributed"], ran["quotations"]) == ("finished", 1, 2)
        assert json.loads(ran["weights"]) == Marks.weights_sha256
        _, changes = again(library, Otherwise(), store=True)
        assert changes == []
    with open_library(path) as reader, pytest.raises(LibraryError, match="reading only"):
        again(reader, Otherwise(), store=True)


def test_what_was_done_before_an_interruption_stays(path: Path) -> None:
    class Stopped(Otherwise):
        def __call__(self, document: Document) -> list[Quotation]:
            if "lamp" in document.text:
                raise KeyboardInterrupt
            return super().__call__(document)

    with open_library(path, create=True) as library:
        looked = Recheck(library)
        list(looked.sources())
        with pytest.raises(KeyboardInterrupt):
            list(looked.attributions(Stopped(), store=True))
        (ran,) = library.db.query("SELECT * FROM runs WHERE command = 'recheck'")
        assert (ran["status"], ran["attributed"]) == ("interrupted", 1)
        said = library.db.execute("SELECT count(*) FROM who_said_what WHERE speaker = 'Bo'")
        assert said.fetchone() == (1,)


# The command


def test_the_command_says_that_all_holds(path: Path, run: Run) -> None:
    ran = run("recheck", "--db", path)
    assert ran.code == 0
    assert ran.out.splitlines() == ["Documents: 4 unchanged.", "Quotations: 5 unchanged."]
    assert len(run("recheck", "--db", path, "--all").out.splitlines()) == 6


def test_the_command_says_what_does_not_hold(path: Path, sources: Path, run: Run) -> None:
    text = "New.\n\n" + ARTICLE.replace("is safe", "is not safe")
    (sources / "article.txt").write_text(text, encoding="utf-8")
    (sources / "minutes.jsonl").unlink()
    ran = run("recheck", "--db", path)
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "changed Ada: “The bridge is safe,” now “The bridge is not safe,”" in told
    assert "(2 quotations): its text is another; 1 only moved" in told
    assert "Nobody will close it" not in told
    assert "gone one (1 quotation): the file is not there any more" in told
    assert "Documents: 1 unchanged, 1 changed, 2 gone." in told
    ran = run("recheck", "--db", path, "--format", "jsonl")
    assert ran.code == 1
    *lines, summary = map(json.loads, ran.out.splitlines())
    assert [line["type"] for line in lines].count("document") == 3
    assert summary["documents"] == {"changed": 1, "gone": 2, "unchanged": 1}
    (changed,) = [line for line in lines if line["state"] == "changed" and "exact" in line]
    start, end = changed["span"]
    assert text[start:end] == changed["words"] == "The bridge is not safe,"


def test_the_command_attributes_again(
    path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        "quotecheck.pipeline.attributor.load_attributor", lambda **_options: Otherwise()
    )
    ran = run("recheck", "--db", path, "--attribute")
    assert ran.code == 1
    assert "speaker: Ada → Bo" in ran.out
    assert "Attributions that would change: 1 otherwise." in ran.out
    ran = run("recheck", "--db", path, "--attribute", "--store", "-f", "jsonl")
    change, summary = map(json.loads, ran.out.splitlines())
    assert change["fields"] == [{"field": "speaker", "before": "Ada", "after": "Bo"}]
    assert summary["attributions"] == {"otherwise": 1}
    assert run("recheck", "--db", path, "--attribute").code == 0  # it is the newest opinion now
    assert run("recheck", "--db", path, "--store").code == 2


def test_the_command_on_no_library_or_no_such_path(
    path: Path,
    tmp_path: Path,
    run: Run,
) -> None:
    assert run("recheck", "--db", tmp_path / "none.db").code == 2
    assert run("recheck", "--db", path, tmp_path / "none").code == 2
    assert not (tmp_path / "none.db").exists()


def test_the_command_on_an_older_library(tmp_path: Path, run: Run) -> None:
    older_library(tmp_path / "old.db", 4)
    ran = run("recheck", "--db", tmp_path / "old.db")
    assert (ran.code, "quotecheck verify --upgrade" in ran.err) == (2, True)


def test_hostile_words_do_not_reach_the_terminal(tmp_path: Path, run: Run) -> None:
    source = tmp_path / "a.jsonl"
    line = {"id": "a\x1b[31m", "text": "“Do \x1b]0;this\x07 [bold]now[/bold],” said Ada."}
    write_lines(source, [line])
    path = tmp_path / "library.db"
    build([source], path, attributor_factory=make_attributor)
    write_lines(source, [line | {"text": "So: " + line["text"].replace("[bold]n", "[bold]N")}])
    for form in ("table", "jsonl"):
        ran = run("recheck", "--db", path, "-f", form)
        assert ran.code == 1
        assert "\x1b" not in ran.out
        assert "[bold]now[/bold]" in ran.out
        assert "[bold]Now[/bold" in ran.out


def test_the_settings_of_an_attribution_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    list(store_attributed([], path, settings={"full_parse": True}))
    with open_library(path) as library:
        (ran,) = library.db.query("SELECT * FROM runs")
        assert json.loads(ran["settings"]) == {"full_parse": True}
