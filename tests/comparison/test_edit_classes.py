"""The class of one difference, and whether it may turn the sense: fact by fact."""

from __future__ import annotations

import pytest

from quotecheck.comparison.edit_classes import classify_edit
from quotecheck.comparison.word_alignment import AlignmentBlock, Op
from quotecheck.records.check import Edit
from tests.support.word_runs import run_of

EDITS = {
    "a word with a denial is not the word without": (
        "isn't | is | negation | meaning", " | not | negation | meaning",
        " | never | negation | meaning", "isn't | is not | contraction | wording",
        "not or never | never | function word | wording",
        "not here and never | never | negation | meaning",
        "not and cannot | can | negation | meaning",
        "did not and would not | would not | negation | meaning",
        "nobody | no one | synonym | wording", "nobody | somebody | negation | meaning",
        "in't | in it | word | meaning", "on't | on | word | meaning",
    ),
    "some verbs and phrases deny what follows them": (
        "fail to sail | sail | negation | meaning", "failed | sailed | negation | meaning",
        "failed at | won | word | meaning", "neglected to sail | sailed | negation | meaning",
        "far from done | done | negation | meaning",
        "anything but done | done | negation | meaning",
        "instead of tea | tea | negation | meaning", "rather than | | negation | meaning",
        "rather | | omission | wording", "not able to | | negation | meaning",
    ),
    "what is tried, meant or said is not done": (
        "tried to sail | sailed | modality | meaning", "tried to | | modality | meaning",
        "plans to | | modality | meaning", "managed to sail | sailed | word | meaning",
        "is said to sail | sails | modality | meaning", "said to | told | word | meaning",
        "was reported to sail | sailed | modality | meaning", "want to | | function word | wording",
    ),
    "what leaves something open may not be dropped": (
        "allegedly | | modality | meaning", "reported to | | modality | meaning",
        "reported | | omission | meaning", "loudly reported by | | omission | wording",
        "said to | | modality | meaning",
        "said | | function word | wording", "up to | | modality | meaning",
        "up | | function word | wording", "ready to | | modality | meaning",
        "ready | | omission | wording", "entitled to | | modality | meaning",
        "nearly | | quantifier | meaning", "partly | | modality | meaning",
        "by law entitled to | | modality | meaning",
    ),
    "a word without which the noun names something else may not be dropped": (
        "possible | | omission | meaning", "former | | omission | meaning",
        "old former | | omission | meaning", "former old | | omission | wording",
        "so called | | omission | meaning", "called | | omission | wording",
        "deputy | | omission | meaning", "grand | | omission | wording",
        "pseudo | | omission | wording",
    ),
    "a condition may not be dropped": (
        "if | | omission | meaning", "when | | omission | meaning",
        "unless | | omission | meaning", "until | | omission | meaning",
    ),
    "a speaker's opinion is said more surely without its mark": (
        "I think | | modality | wording", "I believe that | | modality | wording",
        "and I think | | modality | wording", "in my view | | modality | wording",
        "kind of | | modality | wording", "kind | | omission | wording",
        "we the old people think | | omission | wording",
    ),
    "a modal verb is not another one": (
        "may | might | modality | meaning", "may | will | modality | meaning",
        "shall | will | modality | meaning", "shalt | shall | inflection | wording",
        "wilt | will | inflection | wording", "ought to | should | synonym | wording",
        "is going to | will | synonym | wording",
    ),
    "a quantifier is not another one": (
        "every | each | inflection | wording", "every | all | function word | wording",
        "all | each | quantifier | meaning", "some | any | quantifier | meaning",
        "some | all | quantifier | meaning", "anybody | anyone | inflection | wording",
        "somebody | anybody | quantifier | meaning", "but | except | synonym | wording",
    ),
    "a contraction is not the word that looks like it": (
        "its | it's | transcription | wording", "wed | we'd | modality | meaning",
        "we'd | wed | contraction | wording", "can't | cant | contraction | wording",
        "don't | dont | typography | none", "dont | don't | typography | none",
        "can't | cannot | contraction | wording", "gonna | going to | transcription | wording",
        "she's right | is right | function word | wording",
        "is right | she's right | function word | wording",
        "won't go | wont go | contraction | wording", "it's | its | typography | none",
        "we'll colour | well color | contraction | wording",
        "its colour | it's color | word | meaning",
        "they'll colour | theyll color | spelling | none",
        "it's colour | its color | spelling | none",
    ),
    "whose it is counts, of one and of many": (
        "the dogs' dish | the dog's dish | inflection | wording",
        "the dogs dish | the dogs' dish | typography | none",
    ),
    "the same word in another spelling": (
        "colour | color | spelling | none", "colour's | color's | spelling | none",
        "theatre | theater | spelling | none", "to-day | today | hyphenation | none",
        "rule1 | rule | typography | none", "rule | rule12 | typography | none",
        "rule123 | rule | word | meaning", "of1 | of | word | meaning",
        "rule1 | rules | word | meaning",
    ),
    "an abbreviation is what it stands for": (
        "UN | the United Nations | abbreviation | none",
        "the UN | United Nations | abbreviation | none",
        "the UN | the United Nations | abbreviation | none",
        "U.S. | United States | abbreviation | none", "US | United States | abbreviation | none",
        "us | United States | name | wording", "u.s. | United States | name | wording",
        "Dr. | Doctor | abbreviation | none", "un | United Nations | name | wording",
        "(BOA) | | abbreviation | none", "(Boa) | | omission | wording",
        "(A) | | function word | wording", "(BOA) one | | omission | wording",
        "(BOA) | (BOL) | name | meaning", "BOA | | omission | wording",
    ),
    "a misread letter is a slip, unless another number or word is read": (
        "five | fivc | misprint | none", "fivc | five | number | meaning",
        "five | hive | number | meaning", "34 | 43 | number | meaning",
        "starred | stared | word | meaning",
    ),
    "a name is not another name, though it sounds like it": (
        "Arvik | Holm | name | meaning", "Arvik | she | name | wording",
        "she | Arvik | name | wording", "Russia | Russian | name | wording",
        "Mrs. Clinton | Hillary Clinton | name | wording", "Peking | Beijing | name | wording",
        "Kiev | Kyiv | abbreviation | none", "Grey | Gray | name | wording",
        "grey | gray | abbreviation | none", "Dahlberg | Dahlborg | name | wording",
        "dahlberg | dahlborg | misprint | none", "Dahlberg | dahlborg | misprint | none",
        "dahlberg | Dahlborg | misprint | none",
    ),
    "a person of speech is not another one": (
        "I | you | person | meaning", "we | they | person | meaning",
        "we | us | function word | wording", "he | she | person | meaning",
    ),
    "an order that says the same, and one that does not": (
        "Arvik attacked Holm | Holm attacked Arvik | order | meaning",
        "men and women | women and men | order | wording",
        "men or women | women or men | order | wording",
        "men women | women men | order | meaning",
        "men and old women | women and old men | order | meaning",
        "the old men | old the men | order | wording",
        "never the men | the men never | order | meaning",
        "men of women | women of men | order | meaning",
    ),
    "a time, a day and a unit are not another": (
        "morning | evening | date | meaning", "Monday | Tuesday | date | meaning",
        "day | week | unit | meaning", "miles | kilometres | unit | meaning",
        "on | next | function word | wording", "last | next | word | meaning",
        "on last | on next | word | meaning", "this coming | on | function word | wording",
    ),
    "a word that turns round what another says": (
        "before | after | opposite | meaning", "north | south | opposite | meaning",
        "small | large | opposite | meaning", "big | large | synonym | wording",
        "know | say | word | meaning",
    ),
    "an inflection is the same word, unless who does it changes": (
        "walk | walked | inflection | wording", "walking | walk | inflection | wording",
        "developing | developed | inflection | meaning",
        "developed | developing | inflection | meaning",
        "fast developing | fast developed | inflection | meaning",
        "walk there | walked there | inflection | wording",
    ),
    "little words and adverbs add less than others": (
        " | stone | insertion | meaning", " | good | insertion | meaning",
        " | great | insertion | meaning", " | new | insertion | meaning",
        " | truly | insertion | wording", " | quickly and | insertion | wording",
        " | quickly built | insertion | meaning", " | very | function word | wording",
        "the | | function word | wording", "boat | | omission | wording",
        "in | at | function word | wording", "boat | house | word | meaning",
    ),
}  # fmt: skip
ROWS = [(fact, *map(str.strip, row.split("|"))) for fact, rows in EDITS.items() for row in rows]


def edit_of(before: str, after: str, *, bracketed: bool = False, misprinted: bool = False) -> Edit:
    """One text for another as one edit."""
    x, y = run_of(before), run_of(after)
    op: Op = "replace" if x.forms and y.forms else "delete" if x.forms else "insert"
    block = AlignmentBlock(op, 0, len(x.forms), 0, len(y.forms))
    return classify_edit(block, x, y, bracketed=bracketed, misprinted=misprinted)


@pytest.mark.parametrize(("fact", "before", "after", "kind", "severity"), ROWS)
def test_class(fact: str, before: str, after: str, kind: str, severity: str) -> None:
    edit = edit_of(before, after)
    assert (edit.kind, edit.severity) == (kind, severity), fact


@pytest.mark.parametrize(
    ("before", "after", "kind", "severity"),
    [
        # Brackets say that a word is the writer's; they may not turn the sense.
        ("she", "Ann Lee", "bracketed insertion", "wording"),
        ("", "stone", "bracketed insertion", "wording"),
        ("may", "will", "bracketed insertion", "wording"),
        ("may", "may not", "negation", "meaning"),
        ("north", "south", "opposite", "meaning"),
        ("Ann Lee", "Eva Holm", "name", "meaning"),
        ("Lee", "Eva Holm", "bracketed insertion", "wording"),
    ],
)
def test_class_in_brackets(before: str, after: str, kind: str, severity: str) -> None:
    edit = edit_of(before, after, bracketed=True)
    assert (edit.kind, edit.severity) == (kind, severity)


def test_a_name_is_a_slip_where_others_are() -> None:
    assert edit_of("Dahlberg", "Dahlborg").kind == "name"
    assert edit_of("Dahlberg", "Dahlborg", misprinted=True).kind == "misprint"


def test_an_edit_is_shown_as_it_is_written() -> None:
    division = edit_of("to-day", "today")
    assert (division.before, division.after) == ("to-day", "today")
    other = edit_of("to-day", "boat")
    assert (other.before, other.after) == ("to day", "boat")
