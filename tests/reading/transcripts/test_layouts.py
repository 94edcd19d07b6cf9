"""Forms of transcripts: parliaments, courts, plays; and prose that has colons and capitals."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.reading.transcripts.turns import segments


def turns(text: str, answers: str | None = None) -> list[tuple[str | None, str]]:
    return [(s.speaker, text[s.start : s.end]) for s in segments(text, answers=answers)]


def speakers(text: str) -> list[str | None]:
    return [speaker for speaker, _ in turns(text)]


# ------------------------------------------------------------------------------------- parliaments


def test_members_with_seats_parties_and_offices() -> None:
    text = (
        "Mr Speaker: Order. We come to the quay.\n\n"
        "Ann Lee (Tarn East) (Lab): What does the Minister say about the quay at Tarn?\n\n"
        "The Minister of State, Department for Harbours (Jane Doe): I say that it will stay open."
        "\n\n"
        "Mr Koss (Upper Tarn and the Fells) (Ind): It was closed on Monday. [Interruption.]\n\n"
        "Hon. Members: Shame!\n\n"
        "Jane Doe: It will be open tomorrow.\n\n"
        "Sir Rudi Moor (Fenwick) (LD): And the day after?\n\n"
        "Ann Lee: I thank the Minister.\n\n"
        "Madam Deputy Speaker (Dame Ida Fell): Order. One at a time.\n\n"
        "Several hon. Members rose—\n\n"
        "Madam Deputy Speaker: Order."
    )
    assert speakers(text) == [
        "Mr Speaker", "Ann Lee", "Jane Doe", "Mr Koss", "Hon. Members", "Jane Doe", "Rudi Moor",
        "Ann Lee", "Ida Fell", "Ida Fell",
    ]  # fmt: skip
    assert turns(text)[2][1] == "I say that it will stay open."


def test_a_surname_with_a_title_stands_for_the_name_in_full() -> None:
    text = (
        "Rudi Koss (Tarn) (Lab): Is it open this week?\n\n"
        "The Minister for Harbours (Jane Doe): It is open today.\n\n"
        "Mr Koss: Since when is it?\n\nThe Minister for Harbours: Since Monday at noon.\n\n"
        "Mr Koss: I thank the Minister."
    )
    assert speakers(text) == ["Rudi Koss", "Jane Doe", "Rudi Koss", "Jane Doe", "Rudi Koss"]


def test_questions_with_numbers_before_a_committee() -> None:
    text = (
        "Q1 Chair: Good morning. Who is to blame?\n\nDr Lee: Nobody is, Chair.\n\n"
        "Q2 Mr Koss: Somebody must be.\n\nDr Lee: The tide of that day.\n\n"
        "Q3 Chair: Thank you for that.\n\nDr Lee: Not at all, Chair."
    )
    assert speakers(text) == ["Chair", "Dr Lee", "Mr Koss", "Dr Lee", "Chair", "Dr Lee"]


def test_the_old_print_with_a_stop_and_a_dash() -> None:
    text = (
        "MR. MOOR.—Sir, the quay is closed.\nThe SECRETARY.—It is not.\nMR. MOOR.—I saw it.\n"
        "MR. FELL.—So did I.\nMR. MOOR.—There.\n"
    )
    assert speakers(text) == [
        "Mr. Moor", "The Secretary", "Mr. Moor", "Mr. Fell", "Mr. Moor",
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------ courts

RECORD = """\
JOHN DOE, called as a witness on behalf of the harbour, having been
duly sworn, testified as follows:

DIRECT EXAMINATION
BY MR. KOSS:

Q. Were you on the quay?
A. I was on the quay.

     MS. FELL: Objection.
     THE COURT: Overruled.

Q. Alone?
A. With a goat, yes.

CROSS-EXAMINATION BY MS. FELL:

Q. Whose goat was it?
A. Not mine.
     THE WITNESS: May I have some water?

IDA MOOR, having been first duly sworn, testified as follows:

EXAMINATION BY MR. KOSS

Q.  Is the goat yours?
A.  It was.
"""


def test_who_asks_and_answers_in_a_record() -> None:
    assert turns(RECORD) == [
        ("Mr. Koss", "Were you on the quay?"),
        ("John Doe", "I was on the quay."),
        ("Ms. Fell", "Objection."),
        ("The Court", "Overruled."),
        ("Mr. Koss", "Alone?"),
        ("John Doe", "With a goat, yes."),
        ("Ms. Fell", "Whose goat was it?"),
        ("John Doe", "Not mine."),
        ("John Doe", "May I have some water?"),
        ("Mr. Koss", "Is the goat yours?"),
        ("Ida Moor", "It was."),
    ]


def test_an_answer_without_a_witness_is_whose_the_metadata_say() -> None:
    text = "BY MR. KOSS:\nQ. Were you there?\nA. I was.\nQ. Alone?\nA. Yes, alone."
    assert [speaker for speaker, _ in turns(text, "Ida Moor")] == ["Mr. Koss", "Ida Moor"] * 2
    assert speakers(text) == ["Mr. Koss", None] * 2


def test_a_byline_asks_nothing() -> None:
    text = "By Ann Lee\n\nQ. Were you there?\nA. I was.\nQ. Alone?\nA. Yes, alone."
    assert speakers(text) == [None] * 4


# ---------------------------------------------------------------------------------- other writings


def test_roles_in_brackets_and_interruptions() -> None:
    text = (
        "ANN LEE (Mayor of Tarn): I shall say only—\nRUDI KOSS (interrupting): Say nothing!\n"
        "ANN LEE (continuing): —that the quay [laughter] is open.\n[Applause.]\n"
        "VOICE [from the gallery]: Since when?\nANN LEE: Since May."
    )
    assert turns(text) == [
        ("Ann Lee", "I shall say only—"),
        ("Rudi Koss", "Say nothing!"),
        ("Ann Lee", "—that the quay [laughter] is open."),
        (None, "Since when?"),
        ("Ann Lee", "Since May."),
    ]


def test_the_time_before_a_label() -> None:
    text = (
        "[00:00:01] ANN LEE: Is it open?\n[00:00:04] RUDI KOSS: It is.\n"
        "[00:01:10] ANN LEE: Since when?\n[01:02:03] RUDI KOSS: Since May."
    )
    assert turns(text)[1] == ("Rudi Koss", "It is.\n[00:01:10]") or turns(text)[1] == (
        "Rudi Koss", "It is.",
    )  # fmt: skip
    assert speakers(text) == ["Ann Lee", "Rudi Koss"] * 2


PLAY = """\
ACT I

SCENE I. A quay.

[Enter the KEEPER and the CLERK.]

KEEPER
Who is there? The lamp is out,
And nobody walks here by night.

CLERK (aside)
He does not see me.

KEEPER.
I see you well.

[Exit CLERK.]

IDA
Has he gone, Honest Keeper? Tell me, Honest Keeper.

KEEPER
He has gone,
And took the lamp.

CLERK
Not so!
"""


def test_a_play() -> None:
    assert turns(PLAY) == [
        ("Keeper", "Who is there? The lamp is out,\nAnd nobody walks here by night."),
        ("Clerk", "He does not see me."),
        ("Keeper", "I see you well."),
        ("Ida", "Has he gone, Honest Keeper? Tell me, Honest Keeper."),
        ("Keeper", "He has gone,\nAnd took the lamp."),
        ("Clerk", "Not so!"),
    ]


# ---------------------------------------------------------------------- what is no transcript

PROSE = (
    "The Minister had three things to say: the quay was old, the tide was high, "
    "and the money was gone.\n\nHe went on: nobody would be blamed.\n\nThe Mayor of "
    "Tarn: a portrait\n\nShe keeps two goats: one is white.\n\nOne thing is sure: it "
    "rained.\n\nAnother is not: who paid.\n\nThe Mayor of Tarn: the second part\n\nShe "
    "was born in Fell: a village of nine houses."
)
HEADINGS = (
    "INTRODUCTION\n\nThe quay is old.\n\nRESULTS\n\nIt is older than the wall.\n\nTHE "
    "WALL\n\nIt fell.\n\nDISCUSSION\n\nNobody mended it.\n\nCONCLUSION\n\nSomebody "
    "should.\n\nREFERENCES\n\nNone."
)
ADVERTISEMENTS = (
    "The quay is closed.\n\nADVERTISEMENT\n\nBuy a boat now.\n\nThe board met on "
    "Monday.\n\nADVERTISEMENT\n\nSell a boat now.\n\nIt meets again.\n\nADVERTISEMENT\n\nLet "
    "a boat.\n\nMORE NEWS\n\nIt rained.\n\nADVERTISEMENT\n\nRow a boat."
)
LIST = (
    "Opening hours\n\nMonday: nine to five\nTuesday: nine to five\nWednesday: "
    "closed\nMonday: also by night\nTuesday: never by night\nAdmission (Adults): two "
    "crowns\nAdmission (Children): one crown"
)
RECIPE = (
    "Fish Soup: a dish of the coast\n\nServes: four people or so\nTime: an hour and a "
    "half\n\nStep One: clean the fish well\nStep Two: boil the fish well\nStep Three: "
    "eat the fish soon\n"
)
VERSES = (
    "John 3:16 is a verse.\nLuke 2:1 is another.\nJohn 3:17: a third of them\nLuke 2:2: a fourth of"
    " them\nJohn 3:18: the fifth of them"
)


@pytest.mark.parametrize(
    "text", [PROSE, PROSE * 20, HEADINGS, ADVERTISEMENTS, LIST, RECIPE, VERSES],
    ids=["prose", "much prose", "headings", "advertisements", "list", "recipe", "verses"],
)  # fmt: skip
def test_prose_with_colons_and_capitals_has_no_turns(text: str) -> None:
    assert segments(text) == ()


LINES = st.sampled_from(
    [
        "KEEPER", "CLERK", "Who is there?", "", "ACT I", "[Exit.]", "BY MR. KOSS:", "Q. So?",
        "A. No.", "JOHN DOE, having been duly sworn,", "EXAMINATION OF IDA MOOR",
        "Mr Koss (Tarn) (Lab): Well?", "The Minister (Jane Doe): No.", "The Minister: Yes.",
        "MR. FELL.—So?", "[00:01] ANN: Hm?", "THE WITNESS: I?", "Q12 Chair: And?", "(", "[",
        "Hon. Members: Oh!",
    ]
)  # fmt: skip


@given(st.lists(LINES, max_size=20).map("\n".join))
def test_turns_of_any_form_are_ordered_trimmed_and_within_the_text(text: str) -> None:
    found = segments(text)
    for segment in found:
        words = text[segment.start : segment.end]
        assert words
        assert words == words.strip()
        assert segment.speaker is None or segment.speaker.strip()
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_hostile_texts_take_linear_time() -> None:
    start = time.process_time()
    for text in (
        "Q. a\nA. b\n" + "EXAMINATION BY MR. " * 30_000,
        "Q. a\nA. b\n" + "A B C D, \n" * 40_000,
        "KING\nWho?\n\nFOOL\nI.\n\n" * 10_000,
        "The Minister (" * 40_000 + ":",
        "Q. a\nA. b\n" + "CROSS-EXAMINATION\n" * 30_000 + "Q. c\nA. d\n" * 10_000,
        "[1:00] " * 60_000,
        "A." * 200_000 + "—",
    ):
        segments(text)
    assert time.process_time() - start < 30
