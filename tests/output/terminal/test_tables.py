"""What people see: legible at 80 columns and without colour, honest about doubt, harmless."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from quotecheck.building.build import BuildReport
from quotecheck.errors import InputError
from quotecheck.output.plain_text import shorten
from quotecheck.output.terminal.builds import render_build
from quotecheck.output.terminal.checks import render_check, render_checks
from quotecheck.output.terminal.console import console_for
from quotecheck.output.terminal.explanation import explanation
from quotecheck.output.terminal.quotations import render_quotations
from quotecheck.output.unprintable import visible
from quotecheck.records.check import Check, Edit
from quotecheck.records.quotation import ConfidenceParts, Quotation, Speaker
from quotecheck.records.text import Span
from tests.support.gold_sample import document, document_of, quotations

ESCAPE = re.compile("\x1b")
HOSTILE = "[red]no[/red] [/] :smile: \x1b[31mred\x1b]0;title\x07 \x9b2J\u202egnol\ud800"
DRY = "sign a paper that leaves the mills dry."
CHECK = Check(
    quote="I will sign a paper that leaves the mills dry.",
    verdict="altered",
    wording="altered",
    severity="meaning",
    score=0.97,
    claimed_speaker="Ilse Norran",
    document="norran-tarn-speech",
    spans=(Span(310, 360),),
    speaker="Ilse Norran",
    date="2024-03-11",
    title="Remarks at the close of the Tarn talks",
    origin_text="I will not sign a paper that leaves the mills dry.",
    surroundings="It was said. I will not sign a paper that leaves the mills dry. I have said so.",
    edits=(Edit("negation", "not", "", "meaning"),),
    diff=(
        ("equal", "I will", "I will"),
        ("delete", "not", ""),
        ("equal", DRY, DRY),
    ),
    reasons=("drops “not” (negation)",),
    others=tuple((f"other-{n}", n, n + 9, "Ilse Norran" if n % 2 else None) for n in range(8)),
    searched="7 documents (2023-11 to 2024-03-12)",
)
NOT_FOUND = Check(
    "No such words", "not_found", "not_found", "none", 0.0, "Osric Vane",
    reasons=("not in these 7 documents (2023-11 to 2024-03-12)", "nearest: “no words” (a)"),
    searched="7 documents (2023-11 to 2024-03-12)",
)  # fmt: skip


def report(**fields: Any) -> BuildReport:
    told: dict[str, Any] = {
        "library": Path("quotations.db"), "run": 1, "added": 5, "updated": 1, "skipped": 1200,
        "attributed": 5, "quotations": 56, "bytes_read": 12_300_000, "seconds": 4.2,
        "words": 8412, "documents": 1206, "library_bytes": 12_345_678,
    }  # fmt: skip
    return BuildReport(**told | fields)


def console(width: int = 80, *, colour: bool = False) -> Console:
    return Console(
        file=io.StringIO(), width=width, force_terminal=colour, _environ={"TERM": "xterm-256color"},
        color_system="256" if colour else None,
    )  # fmt: skip


def printed(to: Console) -> str:
    assert isinstance(to.file, io.StringIO)
    return to.file.getvalue()


def words(text: str) -> str:
    return " ".join(text.split())


def test_every_quotation_is_in_the_table() -> None:
    to = console(200)
    render_quotations(document().text, quotations(), to, title="article.txt")
    shown = printed(to)
    rows = [row for row in shown.splitlines() if re.match(r" *\d+  ", row)]
    assert len(rows) == 45
    assert rows[2].split("  ")[1:2] == ["Ilse Norran (she)"]
    for row, quotation in zip(rows, quotations(), strict=True):
        first = quotation.content[0].of(document().text).split()[0]
        assert first in row
        assert (quotation.speakers[0].name or "?") in row if quotation.speakers else True
    assert "45 quotations: 17 direct, 4 partial, 21 indirect, 2 scare quotes, 1 title." in shown
    assert "14 speakers. 6 without a name (?)." in shown


@pytest.mark.parametrize("width", [20, 40, 80, 132])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    to = console(width, colour=True)
    render_quotations(document().text, quotations(), to)
    render_check(CHECK, to)
    render_checks([CHECK, NOT_FOUND], to)
    plain = re.sub(r"\x1b\[[\d;]*m", "", printed(to))
    assert max(len(line) for line in plain.splitlines()) <= width


def test_a_pipe_gets_no_escape_codes_and_whole_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "40")
    for name in ("FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    stream = io.StringIO()
    to = console_for(stream)
    render_quotations(document().text, quotations(), to)
    render_check(CHECK, to)
    render_build(report(), to)
    assert not ESCAPE.search(stream.getvalue())
    assert any(
        len(line) > 40 and "45 quotations" in line for line in stream.getvalue().splitlines()
    )


def test_colours_where_there_are_some() -> None:
    to = console(colour=True)
    render_quotations(document().text, quotations()[:1], to)
    assert ESCAPE.search(printed(to))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437", "utf-8"])
def test_any_encoding_takes_it(encoding: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    to = console_for(stream, width=80)
    render_quotations(document().text, quotations(), to)
    render_check(CHECK, to)
    stream.flush()
    assert "Ilse Norran" in raw.getvalue().decode(encoding)


def test_an_orphan_has_guesses_and_no_speaker() -> None:
    to = console()
    render_quotations(document().text, [quotations()[6]], to)
    shown = words(printed(to))
    assert "? “No village will be asked to move twice.”" in shown
    assert "perhaps Dalen Orrick, direct, doubtful (40%) 31%" in shown
    assert "1 without a name (?)." in shown
    assert "speaker" not in shown


def test_speech_within_speech_says_where_it_is_told() -> None:
    text = "Koss said Amadi had told her: “Sign it.”"
    outer = Quotation(
        (Span(10, 40),), (Span(5, 9),), (Span(0, 4),), "indirect", "r", 0.95,
        speakers=(Speaker("Koss"),),
    )  # fmt: skip
    inner = Quotation(
        (Span(30, 40),), (Span(20, 24),), (Span(10, 15),), "direct", "r", 0.56, via=("Koss",),
        speakers=(Speaker("Amadi"),), confidence_parts=ConfidenceParts(0.95, 0.98, 0.6),
        parent=outer.content,
    )  # fmt: skip
    to = console()
    render_quotations(text, [outer, inner], to, explain=explanation)
    shown = words(printed(to))
    assert "as told in 1" in shown
    assert "direct, unsure of the name (56%)" in shown
    assert "confidence: words 95%, source 98%, name 60%" in shown
    alone = console()
    render_quotations(text, [inner], alone)
    assert "as told in" not in printed(alone)


def test_an_unsure_speaker_has_a_question_mark() -> None:
    to = console()
    render_quotations(document().text, [replace(quotations()[2], confidence=0.3)], to)
    shown = words(printed(to))
    assert "Ilse Norran ? (she)" in shown
    assert "1 unsure (name ?)." in shown


def test_an_unnamed_source_is_shown_as_written() -> None:
    to = console(120)
    render_quotations(document().text, [quotations()[34]], to)
    assert "? (a woman at the back of" in printed(to)


def test_role_and_outlet_are_shown() -> None:
    to = console(120)
    render_quotations(document().text, quotations()[11:12], to)
    shown = printed(to)
    assert "columnist" in shown
    assert "via Harbour Gazette" in shown


def test_joint_speakers_have_their_roles() -> None:
    to = console(120)
    render_quotations(document().text, [quotations()[0]], to)
    assert "Prime Minister; President" in printed(to)


def test_guesses_are_for_those_without_a_speaker() -> None:
    to = console(120)
    render_quotations(
        document().text, [replace(quotations()[2], candidates=(("Osric Vane", 0.2),))], to
    )
    assert "perhaps" not in printed(to)


def test_no_quotations() -> None:
    to = console()
    render_quotations("Nothing.", [], to)
    render_checks([], to)
    assert printed(to) == "No quotations found.\nNo quotations to check.\n"


def test_hostile_text_prints_harmlessly() -> None:
    spans = (Span(0, len(HOSTILE)),)
    speaker = Speaker(HOSTILE, None, HOSTILE)
    quotation = Quotation(
        spans, spans, spans, "direct", "r", 0.9, speakers=(speaker,), role=HOSTILE,
        via=(HOSTILE,), candidates=((HOSTILE, 0.5),),
    )  # fmt: skip
    check = Check(
        HOSTILE, "altered", "altered", "meaning", 0.5, HOSTILE, HOSTILE, (Span(0, 3),), HOSTILE,
        HOSTILE, HOSTILE, HOSTILE, f"so {HOSTILE} so", (Edit("name", HOSTILE, HOSTILE, "meaning"),),
        (("replace", HOSTILE, HOSTILE), ("equal", HOSTILE, HOSTILE)), (HOSTILE,),
        ((HOSTILE, 0, 1, HOSTILE),), HOSTILE,
    )  # fmt: skip
    failure = InputError(HOSTILE, where=HOSTILE, remedy=HOSTILE)
    to = console(400)
    render_quotations(document_of(HOSTILE).text, [quotation], to, title=HOSTILE)
    render_check(check, to)
    render_check(replace(check, verdict="not_found", document=None), to)
    render_checks([check], to, title=HOSTILE)
    render_build(report(failed=1, failures=(failure,), library=Path(HOSTILE)), to)
    shown = printed(to)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\ud800]", shown)
    assert "[red]no[/red] [/] :smile:" in shown
    assert "␛[31mred␛]0;title␇" in shown


def test_a_check_says_all_that_is_known() -> None:
    to = console()
    render_check(CHECK, to)
    shown = printed(to)
    assert shown.startswith("ALTERED  words are changed (other meaning)\n")
    shown = words(shown)
    assert "quoted I will sign a paper that leaves the mills dry." in shown
    assert "credited to Ilse Norran said by Ilse Norran said in Remarks at the close" in shown
    assert "2024-03-11 (norran-tarn-speech 310-360)" in shown
    assert "there It was said. *I will not sign a paper that leaves the mills dry.* I have" in shown
    assert "differences I will [-not-] sign a paper that leaves the mills dry." in shown
    assert "because drops “not” (negation)" in shown
    assert "also in other-0, 0-9 other-1, 1-10 (Ilse Norran)" in shown
    assert "and 3 more places" in shown
    assert "these 7 documents (2023-11 to 2024-03-12)" in shown


def test_not_found_says_where_it_looked_once() -> None:
    to = console(120)
    render_check(NOT_FOUND, to)
    shown = printed(to)
    told = "not in these 7 documents (2023-11 to 2024-03-12), which does not make it false"
    assert shown.startswith(f"NOT FOUND  {told}\n")
    assert shown.count("7 documents") == 1
    assert "nearest: “no words” (a)" in shown


def test_words_in_the_wrong_mouth() -> None:
    to = console(120)
    check = replace(CHECK, verdict="misattributed", claimed_speaker="Jana Koss")
    render_check(check, to)
    assert "MISATTRIBUTED  somebody else said it; the words are altered (other meaning)" in printed(
        to
    )


def test_a_splice_shows_both_places() -> None:
    to = console(120)
    check = replace(
        CHECK,
        verdict="spliced",
        spans=(Span(0, 18), Span(90, 120)),
        diff=(("equal", "sound", "sound"), ("delete", "[…]", ""), ("equal", "The", "The")),
        origin_text="The lock is sound. … The gate will be finished by May",
        surroundings="The lock is sound. The wall is tired. The gate will be finished by May, if.",
    )
    render_check(check, to)
    assert (
        "there *The lock is sound.* The wall is tired. *The gate will be finished by May*, if."
        in (words(printed(to)))
    )
    assert "differences sound […] The" in words(printed(to))


def test_long_unchanged_stretches_are_left_out_of_the_diff() -> None:
    long = " ".join(f"w{n}" for n in range(5000))
    check = replace(CHECK, quote=long, diff=(("equal", long, long), ("insert", "", "new")))
    to = console()
    render_check(check, to)
    assert "… w4988 w4989" in words(printed(to))
    assert "{+new+}" in printed(to)
    assert len(printed(to)) < 5000


def test_the_table_of_checks() -> None:
    to = console(120)
    verbatim = replace(CHECK, verdict="verbatim", wording="verbatim", severity="none", diff=())
    render_checks([CHECK, NOT_FOUND, verbatim, replace(CHECK, claimed_speaker=None)], to)
    shown = printed(to)
    assert "I will [-not-] sign" in shown
    assert "4 quotations checked: 1 verbatim, 2 altered, 1 not found." in shown
    assert "2 with another meaning." in shown
    assert "Searched: these 7 documents" in shown


def test_a_build_is_told_with_its_failures() -> None:
    failures = tuple(
        InputError("not text", where=f"f{n}.bin", remedy="Leave it out.") for n in range(25)
    )
    to = console(120)
    render_build(report(failed=30, failures=failures), to)
    shown = printed(to)
    assert shown.startswith(
        "Took in 5 documents with 8,412 words and 56 quotations; 1 has new metadata; 1,200 were"
        " there already; quotations.db now holds 1,206 documents in 12.3 MB (4.2 s).\n"
        "30 could not be read or stored; the rest is in the library.\n"
        "  f0.bin: not text\n    Leave it out.\n"
    )
    assert "f19.bin" in shown
    assert "f20.bin" not in shown
    assert shown.endswith("and 10 more (in the library's table failures)\n")


def test_a_build_without_anything_new_says_so() -> None:
    to = console(200)
    nothing = {"added": 0, "updated": 0, "attributed": 0, "quotations": 0, "words": 0}
    render_build(report(**nothing, skipped=1, documents=1, library_bytes=812), to)
    render_build(report(**nothing | {"attributed": 2, "quotations": 1}, skipped=2), to)
    render_build(report(**nothing | {"replaced": 1, "words": 1}, skipped=0), to)
    told = [line.partition("; quotations.db now holds ") for line in printed(to).splitlines()]
    assert [first for first, *_ in told] == [
        "Took in no new document; 1 was there already",
        "Took in no new document, but 1 quotation of those that were there; 2 were there already",
        "Took in 1 document with 1 word; 1 took the place of an older text",
    ]
    assert told[0][2] == "1 document in 812 bytes (4.2 s)."


@given(st.text(), st.integers(9, 60))
def test_shorten_keeps_its_limit(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert len(short) <= limit
    assert short == visible(short)
    assert shorten(short, limit) == short
    if len(visible(text)) <= limit and len(text) <= 8 * limit:
        assert short == visible(text)


def test_shorten_keeps_words_whole() -> None:
    text = " ".join(f"word{n}" for n in range(100))
    short = shorten(text, 50)
    front, back = short.split(" […] ")
    assert text.startswith(f"{front} ")
    assert text.endswith(f" {back}")


def test_shorten_is_quick_on_one_long_line() -> None:
    assert len(shorten("x" * 20_000_000, 100)) == 100
    assert len(shorten("x " * 10_000_000, 100)) <= 100
    assert len(shorten(" " * 20_000_000, 100)) <= 100
