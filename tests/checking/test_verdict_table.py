"""The verdict table as a catalogue: what is known, and what a check says of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from quotecheck.checking.evidence import (
    CheckEvidence,
    ClaimEvidence,
    NearPlace,
    ParaphraseEvidence,
    SpokenEvidence,
)
from quotecheck.checking.other_words import DIFFERENCES
from quotecheck.checking.verdict import (
    CLAIM_RULES,
    VERDICT_RULES,
    closest_reading,
    decide,
    is_at_fault,
    least_accusing,
    outweighs_words,
)
from quotecheck.comparison.wording import WordingVerdict
from quotecheck.paraphrase.contradictions import Contradiction
from quotecheck.records.check import Check, Edit, Reason, Severity, Verdict


def words(verdict: Verdict, severity: Severity = "none", *kinds: str) -> WordingVerdict:
    reasons = tuple(Reason(kind, kind, "", severity) for kind in kinds)
    return WordingVerdict(verdict, severity, (), (), reasons)


def found(wording: WordingVerdict, **more: Any) -> CheckEvidence:
    return CheckEvidence(is_found=True, wording=wording, **more)


NEAR = ParaphraseEvidence(
    "talk", None, None, 0, 9, "Boats left.", "Boats left.", "Ada Venn", 0.8, 0.9, is_likely=True
)

WORDS = [
    # what was found of the words, verdict, severity, the gates it stops
    (CheckEvidence(is_common=True), "not_found", "none", "any"),
    (CheckEvidence(), "not_found", "none", "any"),
    (CheckEvidence(paraphrase=NEAR), "paraphrase", "wording", "wording any"),
    (CheckEvidence(paraphrase=replace(NEAR, is_likely=False)), "not_found", "none", "any"),
    (
        CheckEvidence(paraphrase=replace(NEAR, differences=(Contradiction("number", "9", "7"),))),
        "not_found",
        "none",
        "any",
    ),
    (
        CheckEvidence(paraphrase=replace(NEAR, spoken_by_claimed=False)),
        "not_found",
        "none",
        "any",
    ),
    (found(words("verbatim")), "verbatim", "none", ""),
    (found(words("typographic")), "typographic", "none", ""),
    (found(words("verbatim", "wording", "cut off: contrast")), "verbatim", "wording", ""),
    (found(words("truncated", "none", "ends within")), "truncated", "none", ""),
    (found(words("truncated", "wording", "omission")), "truncated", "wording", "wording any"),
    (found(words("truncated", "meaning")), "truncated", "meaning", "meaning wording any"),
    (found(words("spliced", "wording")), "spliced", "wording", "wording any"),
    (found(words("altered", "wording")), "altered", "wording", "wording any"),
    (found(words("altered", "none")), "altered", "none", "any"),
    (found(words("altered", "meaning")), "altered", "meaning", "meaning wording any"),
    # the same words with another meaning are never "verbatim"
    (
        found(words("verbatim", "meaning", "cut off: condition")),
        "truncated",
        "meaning",
        "meaning wording any",
    ),
    (
        found(words("typographic", "meaning", "cut off: negation")),
        "truncated",
        "meaning",
        "meaning wording any",
    ),
    (
        found(words("verbatim", "meaning", "question")),
        "altered",
        "meaning",
        "meaning wording any",
    ),
]


def check_of(evidence: CheckEvidence) -> Check:
    decision = decide(evidence)
    return Check(
        "q", decision.verdict, decision.wording, decision.severity, 0.9, claim=decision.claim
    )


@pytest.mark.parametrize(("evidence", "verdict", "severity", "gates"), WORDS)
def test_words(evidence: CheckEvidence, verdict: Verdict, severity: Severity, gates: str) -> None:
    check = check_of(evidence)
    assert (check.verdict, check.severity) == (verdict, severity)
    stopped = [gate for gate in ("meaning", "wording", "any") if is_at_fault(check, gate)]  # type: ignore[arg-type]
    assert stopped == gates.split()


TURN = SpokenEvidence("Ada Venn", has_turns=True)
BYLINE = SpokenEvidence("Ada Venn", "Ada Venn")
REPORTED = SpokenEvidence(None, "Nora Vik", in_marks=True, quoted=("Ada Venn",), relays_others=True)
READ = replace(REPORTED, confidence=0.69)
NOVEL = SpokenEvidence("Ada Venn", "Ada Venn", in_marks=True, quoted=("Mr. Orr",), is_work=True)
OTHER = ClaimEvidence("Jon Orr", False)

SPEAKERS = [
    # who spoke, what is known of the claimed one, whether they spoke, by which rule
    (TURN, ClaimEvidence("Venn", True), "confirmed", "speaks"),
    (TURN, OTHER, "refuted", "somebody else"),
    (BYLINE, OTHER, "refuted", "somebody else"),
    (TURN, replace(OTHER, speaks=None, people=("Jon Orr", "Jim Orr")), "undecided", "two may be"),
    (TURN, replace(OTHER, speaks=None), "undecided", "names leave"),
    (SpokenEvidence(), replace(OTHER, speaks=None), "undecided", "nobody is named"),
    (REPORTED, replace(OTHER, is_quoted=(True,)), "confirmed", "quoted"),
    (READ, replace(OTHER, is_quoted=(True,)), "confirmed", "quoted"),
    (REPORTED, replace(OTHER, is_quoted=(False,)), "undecided", "quotes another"),
    (READ, replace(OTHER, is_quoted=(False,)), "undecided", "quotes another"),
    (READ, replace(OTHER, speaks=True, is_quoted=(False,)), "undecided", "quotes another"),
    (replace(TURN, in_marks=True), OTHER, "undecided", "in quotation"),
    (TURN, replace(OTHER, is_reported=True), "undecided", "may be quoted"),
    (replace(BYLINE, relays_others=True), OTHER, "refuted", "somebody else"),
    (
        replace(BYLINE, relays_others=True),
        replace(OTHER, is_named=True),
        "undecided",
        "named in a report",
    ),
    (TURN, replace(OTHER, is_named=True), "refuted", "somebody else"),
    (BYLINE, replace(OTHER, speaker_is_person=False), "undecided", "no person"),
    (TURN, replace(OTHER, is_office=True), "undecided", "no name is claimed"),
    (TURN, replace(OTHER, is_distinctive=False), "undecided", "said by many"),
    (replace(TURN, is_derived=True), OTHER, "undecided", "repeats others"),
    (replace(TURN, is_derived=True), ClaimEvidence("Venn", True), "confirmed", "speaks"),
    (NOVEL, replace(OTHER, is_quoted=(False,)), "refuted", "somebody else"),
    (NOVEL, replace(OTHER, is_quoted=(None,), is_named=True), "undecided", "named in a report"),
]


@pytest.mark.parametrize(("spoken", "claim", "standing", "rule"), SPEAKERS)
def test_speakers(spoken: SpokenEvidence, claim: ClaimEvidence, standing: str, rule: str) -> None:
    evidence = found(words("verbatim"), spoken=spoken, claimed=claim.claimed, claim=claim)
    decision = decide(evidence)
    named = next(row for row in CLAIM_RULES if row.holds(spoken, claim))
    assert named.name.startswith(rule)
    assert decision.claim == standing
    assert (decision.verdict, decision.severity) == (
        ("misattributed", "meaning") if standing == "refuted" else ("verbatim", "none")
    )
    assert (decision.wording, bool(decision.reasons)) == (
        "verbatim",
        decision.claim != "confirmed" or bool(spoken.quoted),
    )
    strict = is_at_fault(check_of(evidence), "any", strict_speaker=True)
    assert strict == (standing != "confirmed")


@pytest.mark.parametrize(
    ("claim", "speaker"),
    [
        (None, "Ada Venn"),
        (OTHER, "Ada Venn"),
        (replace(OTHER, is_quoted=(True,)), "Mr. Orr"),
        (replace(OTHER, is_quoted=(None,), is_named=True), "Ada Venn"),
    ],
)
def test_a_speaker_in_a_work_is_named_only_where_asked_for(
    claim: ClaimEvidence | None, speaker: str
) -> None:
    decision = decide(found(words("verbatim"), spoken=NOVEL, claimed="Jon Orr", claim=claim))
    assert decision.speaker == speaker


def test_an_open_speaker_stops_no_gate_unless_asked() -> None:
    undecided = found(words("verbatim"), spoken=SpokenEvidence(), claimed="Jon Orr", claim=OTHER)
    check = check_of(undecided)
    assert check.claim == "undecided"
    assert [is_at_fault(check, "any"), is_at_fault(check, "any", strict_speaker=True)] == [
        False,
        True,
    ]


def test_what_a_machine_read_is_told_with_its_confidence() -> None:
    claim = replace(OTHER, is_quoted=(False,))
    decision = decide(found(words("verbatim"), spoken=READ, claimed="Jon Orr", claim=claim))
    assert (decision.speaker, decision.basis, decision.confidence) == (
        "Ada Venn",
        "attributed",
        0.69,
    )
    told = "found here in the words of Ada Venn (read by machine, 69%); not decided for Jon Orr"
    assert told in decision.reasons
    sure = replace(READ, confidence=1.0)
    decision = decide(found(words("verbatim"), spoken=sure, claimed="Jon Orr", claim=claim))
    assert not any("100%" in reason for reason in decision.reasons)


def reasons_of(evidence: CheckEvidence) -> dict[str, str]:
    return {reason.kind: str(reason) for reason in decide(evidence).reasons}  # type: ignore[attr-defined]


def test_a_likely_paraphrase_is_told_as_probable_without_further_candidates() -> None:
    near = replace(NEAR, next_nearest=(NearPlace("song", 0, 12, "A boat left."),))
    reasons = reasons_of(CheckEvidence(paraphrase=near))
    assert reasons["other words"].startswith(
        "probably the same statement in other words: “Boats left.” (talk), said by Ada Venn"
    )
    assert "also near" not in reasons


def test_what_is_only_near_says_why_and_shows_the_next() -> None:
    near = replace(
        NEAR,
        differences=(Contradiction("number", "", ""),),
        next_nearest=(NearPlace("song", 0, 12, "A boat left."),),
    )
    reasons = reasons_of(CheckEvidence(paraphrase=near))
    assert reasons["other words"].startswith("nearest in meaning: “Boats left.”")
    assert reasons["differs: number"] == DIFFERENCES["number"]
    assert reasons["also near"] == "or: “A boat left.” (song)"


@pytest.mark.parametrize(
    ("length", "shown"), [(200, "“" + 200 * "a" + "”"), (201, 199 * "a" + "…”")]
)
def test_a_long_sentence_is_shown_up_to_two_hundred_characters(length: int, shown: str) -> None:
    near = replace(NEAR, text=length * "a")
    assert shown in reasons_of(CheckEvidence(paraphrase=near))["other words"]


def test_an_author_is_named_where_no_turn_has_a_speaker() -> None:
    spoken = SpokenEvidence(author="Ada Venn", quoted=())
    claim = ClaimEvidence("Venn", None, is_named=True)
    evidence = found(words("verbatim"), spoken=spoken, claimed="Venn", claim=claim)
    (doubt,) = (r for r in decide(evidence).reasons if r.kind == "undecided")  # type: ignore[attr-defined]
    assert "None" not in doubt


@pytest.mark.parametrize(("number", "shown"), [(2, "A1 or A2"), (5, "A1 or A2 or A3 or A4")])
def test_up_to_four_people_that_a_name_may_refer_to_are_listed(number: int, shown: str) -> None:
    people = tuple(f"A{n}" for n in range(1, number + 1))
    claim = ClaimEvidence("Venn", None, people=people)
    evidence = found(words("verbatim"), spoken=TURN, claimed="Venn", claim=claim)
    assert reasons_of(evidence)["undecided"] == f"“Venn” may be {shown}"


def test_a_name_that_only_one_person_has_is_left_open_otherwise() -> None:
    claim = ClaimEvidence("Venn", None, people=("A1",))
    evidence = found(words("verbatim"), spoken=TURN, claimed="Venn", claim=claim)
    assert reasons_of(evidence)["undecided"] == "whether Ada Venn is Venn is not sure"


def test_what_was_cut_off_only_counts_as_grave_where_it_turns_the_sense() -> None:
    for severity, verdict in (("wording", "verbatim"), ("meaning", "truncated")):
        cut = found(words("verbatim", severity, "cut off: condition"))  # type: ignore[arg-type]
        assert decide(cut).verdict == verdict


def test_nobody_is_accused_of_what_the_article_says_was_not_said() -> None:
    evidence = found(words("verbatim"), spoken=TURN, claimed="Jon Orr", claim=OTHER, denied=True)
    decision = decide(evidence)
    assert (decision.verdict, decision.claim) == ("verbatim", "not asked")
    assert decision.reasons[-1].kind == "denied"


def test_an_accusation_says_whose_the_words_are_and_keeps_their_wording() -> None:
    evidence = found(words("altered", "wording"), spoken=TURN, claimed="Jon Orr", claim=OTHER)
    decision = decide(evidence)
    assert (decision.verdict, decision.wording) == ("misattributed", "altered")
    assert decision.reasons[0] == "the words are Ada Venn’s, not Jon Orr’s"


def test_every_verdict_has_a_row_and_every_gate_stops_what_the_one_before_it_stops() -> None:
    assert {rule.verdict for rule in VERDICT_RULES} == set(Verdict.__args__)  # type: ignore[attr-defined]
    for verdict in Verdict.__args__:  # type: ignore[attr-defined]
        for severity in Severity.__args__:  # type: ignore[attr-defined]
            for edits in ((), (Edit("omission", "a", "", severity),)):
                check = Check("q", verdict, verdict, severity, 0.9, edits=edits)
                meaning, wording, every = (
                    is_at_fault(check, gate) for gate in ("meaning", "wording", "any")
                )
                assert every >= wording >= meaning == (severity == "meaning")


def test_of_several_checks_the_kindest_that_is_true() -> None:
    one, other = (Check("q", v, v, "none", 0.9) for v in ("typographic", "verbatim"))  # type: ignore[arg-type]
    assert closest_reading([one, other]) is other
    accused = Check("q", "misattributed", "verbatim", "meaning", 0.9)
    assert least_accusing([accused, one]) is one
    assert least_accusing([accused]) is accused


@pytest.mark.parametrize(
    ("likely", "chance", "is_elsewhere", "counts_for_more"),
    [
        (True, 0.1, False, True),
        (False, 0.5, True, True),
        (False, 0.49, True, False),
        (False, 0.9, False, False),
    ],
)
def test_a_sentence_near_in_meaning_outweighs_a_faint_find(
    likely: bool, chance: float, is_elsewhere: bool, counts_for_more: bool
) -> None:
    near = replace(NEAR, is_likely=likely, chance=chance)
    assert outweighs_words(near, is_elsewhere=is_elsewhere) is counts_for_more


def test_words_in_marks_of_nobody_known_are_said_to_stand_in_marks() -> None:
    spoken = SpokenEvidence("Nora Vik", "Nora Vik", in_marks=True)
    decision = decide(found(words("verbatim"), spoken=spoken))
    (reason,) = [reason for reason in decision.reasons if reason.kind == "quoted"]
    assert "stands in quotation marks" in str(reason)


def test_words_that_quote_somebody_say_whom() -> None:
    spoken = SpokenEvidence("Nora Vik", "Nora Vik", in_marks=True, quoted=("Ada Venn",))
    decision = decide(found(words("verbatim"), spoken=spoken))
    (reason,) = [reason for reason in decision.reasons if reason.kind == "quoted"]
    assert reason.words == "Ada Venn"
    assert "Nora Vik quotes" in str(reason)
