"""WebVTT and SRT: times, voices, captions that roll."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import webvtt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quotecheck.errors import InputError
from quotecheck.reading.formats.subtitles import read_subtitles
from tests.support.reading_checks import located, read_all, read_one

if TYPE_CHECKING:
    from pathlib import Path

    from quotecheck.records.document import Document

VOICES = """WEBVTT - a talk
Kind: captions

NOTE made by hand

1
00:00:01.000 --> 00:00:03.000
<v Ann Lee>Will the <i>bridge</i> open

2
00:00:03.000 --> 00:00:05.500 align:start
<v Ann Lee>in May &amp; June?</v>
<v.loud Rudi Koss>It will not.

01:02:09.250 --> 01:02:10.000
<v Rudi Koss>Never.
"""
ROLLING = """WEBVTT

00:00:01.000 --> 00:00:02.990
we<00:00:01.500><c> begin</c><00:00:01.900><c> tonight</c>

00:00:02.990 --> 00:00:03.000
we begin tonight

00:00:03.000 --> 00:00:05.000
we begin tonight
with<00:00:03.500><c> the</c> bridge

00:00:05.000 --> 00:00:05.010
with the bridge

00:00:05.010 --> 00:00:08.000
with the bridge
and its colour
"""


def text_of(source: str, kind: str = "webvtt") -> str:
    return read_subtitles(source, "utf-8", kind).text


def test_voices_are_speakers_and_times_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "talk.vtt"
    path.write_text(VOICES, encoding="utf-8")
    document = read_one(path)
    assert document.text == "Will the bridge open in May & June?\n\nIt will not.\n\nNever."
    assert [(turn.speaker, document.text[turn.start : turn.end]) for turn in document.segments] == [
        ("Ann Lee", "Will the bridge open in May & June?"),
        ("Rudi Koss", "It will not.\n\nNever."),
    ]
    assert [at.label for at in document.locators] == ["00:00:01", "00:00:03", "01:02:09.250"]
    assert located(document, "May & June") == ["00:00:03"]
    assert (document.reader, document.headline) == ("webvtt", None)


def test_captions_that_roll_are_said_once() -> None:
    assert text_of(ROLLING) == "we begin tonight with the bridge and its colour"


def test_captions_painted_word_by_word_are_said_once() -> None:
    painted = "WEBVTT\n\n" + "\n\n".join(
        f"00:00:0{n}.000 --> 00:00:0{n + 1}.000\n{words}"
        for n, words in enumerate(("We", "We shall", "We shall not", "We shall not\npass here"))
    )
    assert text_of(painted) == "We shall not pass here"


def test_what_is_said_twice_is_kept_twice() -> None:
    said = "WEBVTT\n\n00:01.000 --> 00:02.000\nNo.\n\n00:03.000 --> 00:04.000\nNo.\n"
    assert text_of(said) == "No. No."


def test_srt_with_changes_of_speaker_and_silence(tmp_path: Path) -> None:
    path = tmp_path / "film.srt"
    path.write_bytes(
        "\ufeff1\r\n00:00:01,000 --> 00:00:03,000\r\n<i>Good evening.</i>\r\n\r\n"
        "2\r\n00:00:03,100 --> 00:00:05,500\r\n{\\an8}- Will it open?\r\n- It will not.\r\n\r\n"
        "3\r\n00:01:09,000 --> 00:01:10,000\r\nRain, and\r\n\r\n"
        "4\r\n00:01:10,100 --> 00:01:12,000\r\nmore rain.\r\n".encode()
    )
    document = read_one(path)
    assert (
        document.text
        == "Good evening.\n\n- Will it open?\n\n- It will not.\n\nRain, and more rain."
    )
    assert located(document, "more rain") == ["00:01:10.100"]
    assert (document.reader, document.encoding) == ("srt", "utf-8")


def test_names_in_captions_are_turns(tmp_path: Path) -> None:
    path = tmp_path / "news.srt"
    lines = (
        ">> ANN LEE: Will it open?",
        ">> RUDI KOSS: It will not.",
        ">> LEE: Why?",
        ">> KOSS: Rain.",
    )
    path.write_text(
        "\n\n".join(
            f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}" for n, line in enumerate(lines, 1)
        ),
        encoding="utf-8",
    )
    assert [turn.speaker for turn in read_one(path).segments] == ["Ann Lee", "Rudi Koss"] * 2


def test_files_that_webvtt_py_writes(tmp_path: Path) -> None:
    made = webvtt.WebVTT(
        captions=[
            webvtt.Caption("00:00:00.500", "00:00:07.000", "First words, and"),
            webvtt.Caption("00:00:07.000", "00:00:11.890", ["then the second", "and third."]),
        ]
    )
    made.save(str(tmp_path / "made.vtt"))
    made.save_as_srt(str(tmp_path / "made.srt"))
    texts = {read_one(tmp_path / name).text for name in ("made.vtt", "made.srt")}
    assert texts == {"First words, and then the second and third."}


@pytest.mark.parametrize(
    "source",
    ["WEBVTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "No captions here.", "WEBVTT\n\n-->\n-->"],
)
def test_files_without_captions(tmp_path: Path, source: str) -> None:
    for name in ("x.vtt", "x.srt"):
        path = tmp_path / name
        path.write_text(source, encoding="utf-8")
        documents, errors = read_all(path)
        assert not documents
        assert len(errors) == 1


PIECES = st.sampled_from(
    [
        "WEBVTT", "\n", "\n\n", "1", "00:00:01.000 --> 00:00:02.000", "<v Ann>", "<v  >", "</v>",
        "00:00:01,000 --> 00:00:09,000", "-->", "Words.", "&amp;", "<c.x>", "<", ">>", "NOTE x",
        "99:99:99.999 --> 0:0:0.0", "{\\an8}", "- No.", "\0",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from(["webvtt", "srt"]))
def test_any_captions_have_their_places_in_the_text(source: str, kind: str) -> None:
    try:
        found = read_subtitles("WEBVTT\n\n" + source if kind == "webvtt" else source, "utf-8", kind)
    except InputError:
        return
    end = 0
    for at in found.locators:
        assert end <= at.start < at.end <= len(found.text)
        end = at.end
    for turn in found.segments:
        assert 0 <= turn.start < turn.end <= len(found.text)
        assert turn.speaker


def test_an_evening_of_captions_takes_linear_time() -> None:
    source = "WEBVTT\n\n" + "\n\n".join(
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.000 --> "
        f"{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}.999\n<v Ann>Line {n}\n<<<<{'<v ' * 20}"
        for n in range(3_000)
    )
    assert "Line 2999" in text_of(source)


def _captions(tmp_path: Path, *lines: str) -> Document:
    path = tmp_path / "meeting.vtt"
    cues = "\n\n".join(
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n + 1:02}.000\n{line}" for n, line in enumerate(lines)
    )
    path.write_text(f"WEBVTT\n\n{cues}\n", encoding="utf-8")
    return read_one(path)


def test_a_label_in_every_caption_is_its_voice(tmp_path: Path) -> None:
    document = _captions(
        tmp_path,
        "Dora Quill: Good morning. The weir was shut when",
        "Dora Quill: I came in, and the door stood open.",
        "Martin Tarr: It was not",
        "Martin Tarr: shut at nine. I said: look.",
    )
    assert [(t.speaker, document.text[t.start : t.end]) for t in document.segments] == [
        ("Dora Quill", "Good morning. The weir was shut when I came in, and the door stood open."),
        ("Martin Tarr", "It was not shut at nine. I said: look."),
    ]
    assert "Quill:" not in document.text


def test_words_before_a_colon_in_a_few_captions_are_words(tmp_path: Path) -> None:
    document = _captions(
        tmp_path, "Three things are here: tyres,", "candles and a map.", "Note: the map is", "old."
    )
    assert document.text == "Three things are here: tyres, candles and a map. Note: the map is old."
    assert document.segments == ()


def test_what_a_meeting_adds_to_a_name_is_no_part_of_it(tmp_path: Path) -> None:
    document = _captions(tmp_path, "<v Dora Quill (Guest)>Is it shut?</v>", "<v Tarr>It is.</v>")
    assert [turn.speaker for turn in document.segments] == ["Dora Quill", "Tarr"]


def test_a_label_where_another_begins_holds_the_captions_that_follow(tmp_path: Path) -> None:
    document = _captions(
        tmp_path,
        "Dora Quill: Good morning. The weir",
        "was shut when I came in.",
        "Martin Tarr: It was not shut.",
        "I had leaned on it,",
        "and so had you.",
        "Dora Quill: Not I.",
    )
    assert [(t.speaker, document.text[t.start : t.end]) for t in document.segments] == [
        ("Dora Quill", "Good morning. The weir was shut when I came in."),
        ("Martin Tarr", "It was not shut. I had leaned on it, and so had you."),
        ("Dora Quill", "Not I."),
    ]


def test_words_before_a_colon_that_come_again_are_no_voices(tmp_path: Path) -> None:
    document = _captions(
        tmp_path, "Warning: hens ahead.", "They sleep.", "Notice: no boats.", "Warning: more hens."
    )
    assert document.segments == ()
