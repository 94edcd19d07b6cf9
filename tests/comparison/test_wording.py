from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotecheck.comparison.alignment import align
from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.spelling import is_misprint, number_value, same_spelling
from quotecheck.comparison.wording import WordingVerdict, compare_wording, strip_marks
from quotecheck.comparison.words import quotation_words, source_words
from quotecheck.records.check import max_severity

SPEECH = (
    "CHAIR: Order. NORRAN: We will not close the gate in March, but we shall mend it for as long "
    "as 43 days, unless the ferrymen ask us to stop. (LAUGHTER) Senator Koss doesn't think that "
    "the wall can hold. It is a well-built wall; it's my colleague's wall, and I have seen ten "
    "winters of it.\n\nThe council has promised every farmer a barrel of salted herring before the "
    "first frost of the year. I saw that the mills were strain'd and the ferries full. Now we "
    "wait."
)


def weight(form: str) -> float:
    return 1.0 if len(form) < 4 else 6.0


def verdict_on(quote: str, source: str = SPEECH) -> WordingVerdict:
    quote = strip_marks(quote)
    words, read = quotation_words(quote), source_words(source)
    found = align(words, read, weight)
    assert found is not None
    return compare_wording(quote, words, [MatchContext(source, 0, read, found, 0, "speech")])


@pytest.mark.parametrize(
    ("quote", "verdict", "severity"),
    [
        # The same characters, up to white space, outer marks and a final comma or stop.
        ("“We shall mend it for as long as 43 days”", "truncated", "meaning"),
        ("we shall mend it for as long as 43 days,", "truncated", "meaning"),
        ("I have seen  ten winters\nof it.", "verbatim", "none"),
        ("I have seen ten winters", "verbatim", "none"),
        ("We will not close the gate in March", "verbatim", "wording"),
        # Typography.
        ("it’s my colleague’s wall", "typographic", "none"),
        ("It is a wellbuilt wall", "typographic", "none"),
        ("It is a well built wall", "typographic", "none"),
        ("I have seen 10 winters of it", "typographic", "none"),
        ("I HAVE SEEN TEN WINTERS OF IT", "typographic", "none"),
        ("Sen. Koss doesn't think that the wall can hold", "typographic", "none"),
        ("I saw that the mills were strained and the ferries full", "typographic", "none"),
        ("the rnills were strain'd and the fcrries full", "typographic", "none"),
        ("Now we wait!", "typographic", "none"),
        ("It is a well-built wall, it's my colleague's wall", "typographic", "none"),
        ("is my colleague’s wall", "altered", "wording"),  # half of a contraction
        ("The council has prom- ised every farmer a barrel", "typographic", "none"),
        # Cut.
        ("The council has promised every farmer … before the first frost", "truncated", "none"),
        ("The council has promised every farmer before the first frost", "truncated", "wording"),
        ("The council has promised every farmer a barrel.", "truncated", "none"),
        ("The council has promised every farmer a barrel …", "truncated", "none"),
        ("Mend it for as long as 43 days", "truncated", "meaning"),
        ("… farmer a barrel of salted herring", "truncated", "none"),
        # Changed.
        ("We will close the gate in March", "altered", "meaning"),
        ("we shall mend it for as long as 34 days", "altered", "meaning"),
        ("we should mend it for as long as 43 days", "altered", "meaning"),
        ("The council has promised some farmer a barrel", "altered", "meaning"),
        ("Senator Amadi doesn't think that the wall can hold", "altered", "meaning"),
        ("Senator Koss does not think that the wall can hold", "altered", "wording"),
        ("I have seen ten winter of it", "altered", "wording"),
        ("I have [never] seen ten winters of it", "altered", "meaning"),
        ("I have [now] seen ten winters of it", "altered", "wording"),
        ("The council promised every farmer a barrel", "altered", "wording"),
        ("we shall mend it for as long as 43 weeks", "altered", "meaning"),
        ("The council has promised every farmer a barrel of smoked herring", "altered", "meaning"),
    ],
)
def test_verdicts(quote: str, verdict: str, severity: str) -> None:
    judgement = verdict_on(quote)
    assert (judgement.verdict, judgement.severity) == (verdict, severity), judgement


def test_a_negation_cut_off_in_front_is_said() -> None:
    judgement = verdict_on("close the gate in March")
    assert (judgement.verdict, judgement.severity) == ("truncated", "meaning")
    assert any("cuts off “not” in front" in reason for reason in judgement.reasons)
    judgement = verdict_on("the wall can hold.")
    assert judgement.severity == "meaning"


def test_a_condition_left_out_is_said() -> None:
    judgement = verdict_on("for as long as 43 days")
    assert judgement.severity == "meaning"
    assert any("unless the ferrymen" in reason for reason in judgement.reasons)


def test_the_diff_gives_both_texts_back() -> None:
    judgement = verdict_on("We will close the gate in April")
    assert " ".join(a for _, a, _ in judgement.diff if a) == "We will not close the gate in March"
    assert " ".join(b for _, _, b in judgement.diff if b) == "We will close the gate in April"
    assert {edit.kind for edit in judgement.edits} == {"negation", "date"}


def test_words_of_two_speakers_joined_are_grave() -> None:
    one, two = "We came to listen and to learn.", "The dam will be finished by next winter."
    quote = "We came to listen … the dam will be finished"
    words = quotation_words(quote)
    parts = []
    for first, last, text, name in ((0, 4, one, "Norran"), (4, 9, two, "Vane")):
        read = source_words(text)
        found = align(words.slice(first, last), read, weight)
        assert found is not None
        parts.append(MatchContext(text, 0, read, found, first, name, name))
    judgement = compare_wording(quote, words, parts)
    assert (judgement.verdict, judgement.severity) == ("spliced", "meaning")
    assert any("of Norran and of Vane" in reason for reason in judgement.reasons)


@pytest.mark.parametrize(
    ("source", "raw", "misprint"),
    [
        ("because", "becausc", True),
        ("know", "kn0w", True),
        ("technology", "tecbnology", True),
        ("will", "wiU", True),
        ("acquisition", "acquisifion", True),
        ("receive", "recieve", True),
        ("committee", "comittee", True),
        ("hat", "bat", False),
        ("fear", "tear", False),
        ("interest", "interests", False),
        ("not", "now", False),
        ("43", "4S", False),
        ("labor", "work", False),
        ("deal", "dealt", False),
    ],
)
def test_misprints(source: str, raw: str, misprint: bool) -> None:
    assert is_misprint(source, raw) is misprint


def test_a_word_that_the_library_knows_is_no_misprint() -> None:
    assert is_misprint("modern", "modem") is False  # an ordinary word
    assert is_misprint("lamp", "lomp") is True
    assert is_misprint("lamp", "lomp", frequency={"lomp": 9, "lamp": 9}.__getitem__) is False


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("labour", "labor", True),
        ("organise", "organize", True),
        ("theatre", "theater", True),
        ("strain'd", "strained", True),
        ("travelled", "traveled", True),
        ("programme", "program", True),
        ("our", "or", False),
        ("rise", "rize", False),
        ("hour", "hor", False),
        ("four", "for", False),
        ("full", "ful", False),
        ("feed", "fed", False),
        ("filled", "filed", False),
        ("poet", "pet", False),
        ("anaemia", "anemia", True),
        ("mediaeval", "medieval", True),
        ("agree'd", "agreed", True),
    ],
)
def test_spellings(a: str, b: str, same: bool) -> None:
    assert same_spelling(a, b) is same


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("ten", 10),
        ("10", 10),
        ("twenty five", 25),
        ("two hundred and fifty", 250),
        ("2 million", 2_000_000),
        ("three hundred thousand", 300_000),
        ("1st", 1),
        ("first", 1),
        ("harbour", None),
        ("ten barrels", None),
    ],
)
def test_numbers(words: str, value: float | None) -> None:
    assert number_value(words.split()) == value


def test_marks_are_stripped_once() -> None:
    assert strip_marks("“We wait.”") == "We wait."
    assert strip_marks("«We wait»") == "We wait"
    assert strip_marks("'We wait'") == "We wait"
    assert strip_marks("“We wait") == "We wait"
    assert strip_marks("We wait.”") == "We wait."
    assert strip_marks("He said “wait”") == "He said “wait”"
    assert strip_marks(" \n ") == ""


def test_the_worst_of_severities() -> None:
    assert max_severity(["none", "meaning", "wording"]) == "meaning"
    assert max_severity([]) == "none"


@given(st.text(alphabet="abnot wil clse.…'“”[]() 43", max_size=120))
def test_any_quotation_is_judged(quote: str) -> None:
    quote = strip_marks(quote)
    words, read = quotation_words(quote), source_words(SPEECH)
    found = align(words, read, weight)
    if found is not None:
        judgement = compare_wording(
            quote, words, [MatchContext(SPEECH, 0, read, found, 0, "speech")]
        )
        quoted = [w for _, _, b in judgement.diff for w in b.split()]
        assert "".join(quoted) == "".join(
            quote[a:b] for a, b in zip(words.starts, words.ends, strict=True)
        )


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (12, "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11"),
        (13, "w0 w1 w2 w3 w4 w5 … w7 w8 w9 w10 w11 w12"),
    ],
)
def test_a_long_omission_is_shown_by_both_ends(number: int, shown: str) -> None:
    left_out = " ".join(f"w{n}" for n in range(number))
    source = f"The keeper of the lamp said {left_out} and went home to bed."
    judgement = verdict_on("The keeper of the lamp said and went home to bed.", source)
    assert any(f"“{shown}”" in str(reason) for reason in judgement.reasons)


def two_places(first: str, second: str, *, same_document: bool, apart: str) -> WordingVerdict:
    """A quotation of two sentences that stand in the other order, or in two documents."""
    quote = f"{first} {second}"
    words = quotation_words(quote)
    source = f"{second} {apart} {first}"
    parts = []
    for sentence, document in ((first, "one"), (second, "one" if same_document else "two")):
        text = source if same_document else sentence
        own = quotation_words(sentence)
        read = source_words(text)
        found = align(own, read, weight)
        assert found is not None
        offset = 0 if sentence == first else len(quotation_words(first).forms)
        parts.append(MatchContext(text, 0, read, found, offset, document))
    return compare_wording(quote, words, parts)


@pytest.mark.parametrize(
    ("same_document", "apart", "words"),
    [
        (False, "", "joins words from two documents"),
        (True, "It rained on the quay for a while. " * 12, "joins words from two places"),
        (True, "", "after what it stands before"),
    ],
)
def test_words_from_two_places_say_whether_they_are_of_one_document(
    same_document: bool, apart: str, words: str
) -> None:
    judgement = two_places(
        "The mills were full of rye.", "Nobody crossed the weir at night.",
        same_document=same_document, apart=apart,
    )  # fmt: skip
    assert any(words in str(reason) for reason in judgement.reasons), judgement.reasons
