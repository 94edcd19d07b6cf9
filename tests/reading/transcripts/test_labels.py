"""Labels as recorders, meetings, parliaments, broadcasters and chats write them."""

from __future__ import annotations

import pytest

from quotecheck.reading.transcripts.speaker_labels import Label, label_of
from quotecheck.reading.transcripts.turns import segments

TALK = [
    ("Dora Quill", "Good morning. The weir is shut."),
    ("Martin Tarr", "It was open at nine: I saw it."),
    ("Dora Quill", "Then you saw wrong."),
    ("Martin Tarr", "I often do."),
]


def _talk(line: str, between: str = "\n\n") -> str:
    return between.join(
        line.format(name=name, upper=name.upper(), said=said, time=f"0{n}:0{n + 3}")
        for n, (name, said) in enumerate(TALK)
    )


def _turns(text: str) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.start : s.end]) for s in segments(text)]


@pytest.mark.parametrize(
    "line",
    [
        "{name}  {time}\n{said}",
        "{name} {time} AM\n{said}",
        "{name} ({time}):\n{said}",
        "{name} [{time}]\n{said}",
        "{name} — Today at {time}\n{said}",
        "{name} ({time}): {said}",
        "[{time}] {name} {said}",
        "[00:{time}] {name}: {said}",
        "{name}\n{time}\n{said}",
        "0:{time}.270 --> 0:{time}.510\n{name}\n{said}",
        "[05/03/2024, {time}] {name}: {said}",
        "05/03/2024, {time} - {name}: {said}",
        "<{name}> {said}",
        "[{time}] <{name}> {said}",
        "**{name}:** {said}",
        "**{name}**: {said}",
        ">> {name}: {said}",
        ">> {upper}: {said}",
        "{name}\n\n{said}",
        "{upper}:\n{said}",
        "          {upper}\n     {said}",
    ],
)
def test_every_way_to_label_a_turn(line: str) -> None:
    assert _turns(_talk(line)) == TALK


def test_captions_mark_that_another_speaks_without_a_name() -> None:
    text = (
        ">> Order, please.\n>> Dora Quill: So?\n>> No.\n>> Dora Quill: Why not?\n>>> The weather."
    )
    assert _turns(text) == [
        (None, "Order, please."),
        ("Dora Quill", "So?"),
        (None, "No."),
        ("Dora Quill", "Why not?"),
        (None, "The weather."),
    ]


def test_a_parliament_names_seats_and_offices_once() -> None:
    text = (
        "Mr Speaker\n\nOrder.\n\nDora Quill (Harl) (Con)\n\nWill he shut the weir?\n\n"
        "The Minister of State for Weirs (Martin Tarr)\n\nI will.\n\nIt is\nlate.\n\n"
        "Dora Quill\n\nWhen?\n\nThe Minister of State for Weirs\n\nSoon.\n"
    )
    assert [speaker for speaker, _ in _turns(text)] == [
        "Mr Speaker", "Dora Quill", "Martin Tarr", "Dora Quill", "Martin Tarr",
    ]  # fmt: skip
    assert _turns(text)[2][1] == "I will.\n\nIt is\nlate."


def test_a_seat_may_stand_on_the_line_below_the_name() -> None:
    text = (
        "Dora Quill\n(Harl) (Con)\n\nWill he?\n\nThe Minister for Weirs\n(Martin Tarr)\n\nI will."
        "\n\nDora Quill\n\nWhen?\n"
    )
    assert _turns(text) == [
        ("Dora Quill", "Will he?"), ("Martin Tarr", "I will."), ("Dora Quill", "When?"),
    ]  # fmt: skip


def test_the_congressional_record_sets_surnames_in_capitals_before_a_stop() -> None:
    text = (
        "  The PRESIDING OFFICER. The Senator from Harl is recognized.\n"
        "  Ms. QUILL of Harl. Mr. President, I rise. Mr. TARR knows\nwhy.\n"
        "  Mr. McTARR. Will the Senator yield?\n  Ms. QUILL. I will.\n"
    )
    assert _turns(text) == [
        ("The Presiding Officer", "The Senator from Harl is recognized."),
        ("Ms. Quill", "Mr. President, I rise. Mr. TARR knows\nwhy."),
        ("Mr. McTarr", "Will the Senator yield?"),
        ("Ms. Quill", "I will."),
    ]


def test_broadcasters_set_the_role_behind_a_comma() -> None:
    text = (
        "ANN COLE, HOST: Good evening. The weir broke.\n\n"
        "MARTIN TARR, HARLWIRE CORRESPONDENT: It broke at nine.\n\nCOLE: Was anybody there?\n\n"
        "SEN. DORA QUILL (D-TARN), MAJORITY LEADER: I was.\n\nCOLE: And?\n\nQUILL: It was wet.\n"
    )
    assert [speaker for speaker, _ in _turns(text)] == [
        "Ann Cole", "Martin Tarr", "Ann Cole", "Dora Quill", "Ann Cole", "Dora Quill",
    ]  # fmt: skip
    assert label_of("ANN COLE, HOST") == Label("ANN COLE", "HOST", apposed=True)
    assert label_of("Martin Luther Quill, Jr.") == Label("Martin Luther Quill, Jr.")
    assert label_of("In Tarn, the mayor of the town") is None


def test_what_is_done_in_a_film_is_not_said() -> None:
    text = (
        "INT. WEIR HOUSE - NIGHT\n\nDora sits by the wheel.\n\n        DORA\n    Who shut it?\n\n"
        "        TARR (O.S.)\n    I did.\n\nHe comes in.\n\n        DORA (CONT'D)\n    Open it.\n\n"
        "        TARR\n    No.\n\nEXT. WEIR - DAY\n\nWater.\n\n        DORA\n    It is open.\n"
    )
    assert _turns(text) == [
        ("Dora", "Who shut it?"), ("Tarr", "I did."), ("Dora", "Open it."), ("Tarr", "No."),
        ("Dora", "It is open."),
    ]  # fmt: skip


@pytest.mark.parametrize("line", ["Speaker {n}  0:0{n}\n{said}", "Speaker {n}: {said}"])
def test_numbered_speakers_are_nobody(line: str) -> None:
    text = "\n\n".join(line.format(n=n % 2 + 1, said=said) for n, (_, said) in enumerate(TALK))
    assert {speaker for speaker, _ in _turns(text)} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "Opening Remarks 9:30\nDora Quill\n\nCoffee Break 10:00\nin the hall\n\nCoffee Break"
        " 14:00\nin the hall\n",
        "> I did.\n>> Dora Quill: did you?\n> Yes.\n>> Martin Tarr: no\n",
        "Dora Quill\n\nShe keeps the weir.\n\nMartin Tarr\n\nHe keeps hens.\n\nBo Marsh\n\nBees.\n",
        "By Dora Quill\n\nThe weir was shut on Monday.\n\nMartin Tarr\n\nThe hens disagree.\n",
        "The weir opens at 10:30.\nDora Quill 10:45\nis the name of a boat.\n",
        "  Mr. Quill. He came.\n  Mr. Tarr. He went.\n  Mr. Quill. He came again.\n",
        "Use <b> and <i> and <b>.\n<b> makes it bold.\nThe rest is prose and goes on.\nSo.\nSo.\n",
    ],
)
def test_what_only_looks_like_labels_makes_no_turns(text: str) -> None:
    assert segments(text) == ()
