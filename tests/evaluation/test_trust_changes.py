"""Changes of quotations, one by one: what each makes of a sentence, and what it leaves alone."""

from __future__ import annotations

import random

import pytest

from quotecheck.evaluation.synthetic.changes import Changed
from quotecheck.evaluation.synthetic.real_quotations import RealQuotation, sentence_spans, squeeze
from quotecheck.evaluation.synthetic.speaker_claims import is_person_name
from quotecheck.evaluation.synthetic.trust import KINDS

BY_NAME = {(kind.group, kind.name): kind for kind in KINDS}


def changed(kind: tuple[str, str], sentence: str) -> str | None:
    quotation = RealQuotation("d", 0, len(sentence), sentence, None)
    made: Changed | None = BY_NAME[kind].change(quotation, random.Random(1), None)  # type: ignore[arg-type]
    return made.quote if made else None


MEANING = [
    ("decimal point lost", "It cost 4.3 million.", "It cost 43 million."),
    ("decimal point lost", "It cost 0.5 million.", "It cost 5 million."),
    ("decimal point lost", "See section 4.3.1 of it.", None),
    ("decimal point moved", "She ran it in 9.58 seconds.", "She ran it in 95.8 seconds."),
    ("minus sign lost", "It was -3 degrees.", "It was 3 degrees."),
    ("minus sign lost", "A well-known 3-2 win.", None),
    ("currency sign changed", "We paid £500 for it.", "We paid $500 for it."),
    ("currency sign lost", "We paid £500 for it.", "We paid 500 for it."),
    ("score glued", "We won 3-2 at home.", "We won 32 at home."),
    ("score glued", "It is of 2019-2020.", None),
    ("score turned round", "We won 3-2 at home.", "We won 2-3 at home."),
    ("percent for percentage points", "Up 3 percent.", "Up 3 percentage points."),
    ("percent for percentage points", "Up 3 percentage points.", None),
    ("unit changed", "It is two miles long.", "It is two kilometres long."),
    ("unit changed", "It took the years it took.", None),
    ("not dropped", "We are not ready for it.", "We are ready for it."),
    ("not dropped", "We are not only ready for it.", None),
    ("not dropped", "Are we not ready for it?", None),
    ("n’t dropped", "They don’t want it.", "They do want it."),
    ("n’t dropped", "I can't see it.", "I can see it."),
    ("not put in", "The wall will stand for years.", "The wall will not stand for years."),
    ("not put in", "The wall will never stand.", None),
    ("negative word turned", "Nobody asked them.", "Everybody asked them."),
    ("modal changed", "They may do it.", "They will do it."),
    ("quantifier changed", "All of them left.", "Some of them left."),
    ("quantifier changed", "Not all of them left.", "Not some of them left."),
    ("antonym", "Their enemies cheered.", "Their friends cheered."),
    ("words glued or split", "Nobody resigned.", "Nobody re-signed."),
    ("condition cut in front", "If it holds, we will cross it.", None),
    (
        "condition cut in front",
        "If it holds, we will cross it at dawn.",
        "We will cross it at dawn.",
    ),
    ("condition cut in front", "If it holds, good.", None),
    ("doubt cut in front", "I doubt that the wall is safe now.", "The wall is safe now."),
    ("hope cut in front", "I hope the wall is safe now.", None),
    ("source cut in front", "Critics say that the wall is not safe.", "The wall is not safe."),
    ("source cut in front", "We say that the wall is not safe.", None),
    (
        "condition cut behind",
        "The dredger will arrive on Monday, unless the strike goes on.",
        "The dredger will arrive on Monday.",
    ),
    ("condition cut behind", "I would like to know now, today, if the strike goes on.", None),
    (
        "ellipsis over a negation",
        "I will not sell a single boat here.",
        "I will … single boat here.",
    ),
    ("question as a statement", "Do we want a harbour?", "We want a harbour."),
    ("question as a statement", "Is it over now?", "It is over now."),
    ("question as a statement", "What is over now?", None),
    ("question without its mark", "You call that a harbour?", "You call that a harbour."),
    ("question without its mark", "You know what it is?", None),
    (
        "cause turned round",
        "The school closed early because the boiler failed.",
        "The boiler failed because the school closed early.",
    ),
    ("agent and patient swapped", "We trust them.", "They trust us."),
]
FORM = [
    ("small letters", "The Wall held.", "the wall held."),
    ("final stop left out", "The wall held.", "The wall held"),
    ("ligatures", "It is finished.", "It is ﬁnished."),
    ("bracketed letter", "But the wall held.", "[T]he wall held."),
    ("joining word cut in front", "And the wall held.", "The wall held."),
    ("joining word cut in front", "Andrew built it.", None),
    ("stress cut in front", "It is clear that the wall held.", "The wall held."),
    ("stress cut in front", "It is possible that the wall held.", None),
    ("ellipsis over an aside", "The wall, of course, held.", "The wall … held."),
    ("spelling of another country", "It has no colour.", "It has no color."),
    ("contraction", "We do not know it.", "We don’t know it."),
    ("contraction", "It’s over now.", "It is over now."),
    ("contraction", "That is what it is.", "That’s what it is."),
    ("figure in words", "There were 42 of us.", "There were forty-two of us."),
    ("figure in words", "It was on 12 March.", None),
    ("figure in words", "It cost $42 then.", None),
    ("words in figures", "All twelve boats left.", "All 12 boats left."),
    ("million written out", "It cost 1.25 million.", "It cost 1,250,000."),
    ("million in a word", "It cost 1,250,000.", "It cost 1.25 million."),
    ("million in a word", "It cost 1,250,001.", None),
    ("percent sign", "It rose 3 percent.", "It rose 3%."),
    ("percent sign", "It rose 3 percent points.", None),
    ("currency in a word", "It cost $3 million.", "It cost 3 million dollars."),
    ("currency in a word", "It cost $3 million dollars.", None),
    ("short money", "It cost £3 billion.", "It cost £3bn."),
    ("day before month", "On May 3, 2025, it opened.", "On 3 May 2025, it opened."),
    ("possessive", "It is Jones’s boat.", "It is Jones’ boat."),
]


@pytest.mark.parametrize(("name", "sentence", "expected"), MEANING)
def test_a_change_of_meaning(name: str, sentence: str, expected: str | None) -> None:
    assert changed(("changed", name), sentence) == expected


@pytest.mark.parametrize(("name", "sentence", "expected"), FORM)
def test_a_change_of_form(name: str, sentence: str, expected: str | None) -> None:
    assert changed(("faithful", name), sentence) == expected


@pytest.mark.parametrize(
    ("name", "is_person"),
    [
        ("Ada Fenwick", True),
        ("John F. Kennedy", True),
        ("Mary-Jane O'Neil", True),
        ("Martin Luther King Jr.", True),
        ("The PRESIDING OFFICER", False),
        ("Mr. REID", False),
        ("Staff of the Harbour Herald", False),
        ("Press Office of the Ministry of Energy", False),
        ("CHAIR", False),
    ],
)
def test_who_is_a_person(name: str, is_person: bool) -> None:
    assert is_person_name(name) is is_person


def test_sentences_end_where_they_end() -> None:
    text = "Mr. Ek paid 4.5 percent. Dr. J. Lind left!\n\nWho came? “Nobody,” he said."
    found = [squeeze(text[a:b]) for a, b in sentence_spans(text, 0, len(text))]
    assert found == [
        "Mr. Ek paid 4.5 percent.", "Dr. J. Lind left!", "Who came?", "“Nobody,” he said.",
    ]  # fmt: skip
