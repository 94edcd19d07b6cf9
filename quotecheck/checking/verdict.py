"""Decide what a check says: one ordered table for all eight verdicts, one for the speaker.

`quotecheck.comparison` says what differs; this module says what that means. Nothing else in the
project sets a verdict, a severity of a check, or what stops a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from quotecheck.checking.evidence import (
    CheckEvidence,
    ClaimEvidence,
    ParaphraseEvidence,
    SpokenEvidence,
)
from quotecheck.checking.other_words import other_words_reasons
from quotecheck.comparison.wording import WordingVerdict
from quotecheck.language.person_names import same_person
from quotecheck.records.check import (
    Check,
    Reason,
    Severity,
    SpeakerBasis,
    Standing,
    Verdict,
)
from quotecheck.text.percentages import percent

__all__ = [
    "CLAIM_RULES",
    "DEFAULT_GATE",
    "VERDICT_RULES",
    "ClaimRule",
    "Decision",
    "Gate",
    "VerdictRule",
    "closest_reading",
    "decide",
    "faultiest",
    "is_at_fault",
    "is_fair",
    "is_same_statement",
    "least_accusing",
    "outweighs_words",
    "wording_rank",
]

Gate = Literal["meaning", "wording", "any"]
"""What makes `check` end with exit code 1 (``--fail-on``)."""

DEFAULT_GATE: Final[Gate] = "any"
"""The gate of `check` without ``--fail-on``."""

_LIKELIER: Final = 0.5
"""The probability from which a sentence elsewhere counts for more than a faint find."""
_FROM_FAITHFUL: Final[tuple[Verdict, ...]] = (
    "verbatim", "typographic", "truncated", "spliced", "altered", "paraphrase", "misattributed",
    "not_found",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its severity, the verdict on the words alone, the speaker, the reasons.

    ``basis`` says how the speaker is known, ``confidence`` how surely where a machine read it.
    """

    verdict: Verdict
    wording: Verdict
    severity: Severity
    claim: Standing
    speaker: str | None
    basis: SpeakerBasis | None
    confidence: float | None
    reasons: tuple[Reason, ...]


# Did the claimed speaker say it? The first rule that holds. Only the last one accuses.


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """One row: what must hold, whether the claimed speaker spoke then, and why it stays open.

    In ``doubt`` stand {claimed}, {speaker} (who speaks there) and {quoted} (whom the text quotes).
    """

    name: str
    standing: Standing
    holds: Callable[[SpokenEvidence, ClaimEvidence], bool]
    doubt: str = ""


CLAIM_RULES: Final = (
    ClaimRule("quoted", "confirmed", lambda _, claim: True in claim.is_quoted),
    ClaimRule(
        "speaks", "confirmed", lambda spoken, claim: claim.speaks is True and bool(spoken.turn)
    ),
    ClaimRule(
        "quotes another",
        "undecided",
        lambda spoken, _: bool(spoken.quoted) and not spoken.is_work,
        "found here in the words of {quoted}; not decided for {claimed}",
    ),
    ClaimRule(
        "two may be meant",
        "undecided",
        lambda _, claim: claim.speaks is None and len(claim.people) > 1,
        "“{claimed}” may be {people}",
    ),
    ClaimRule(
        "nobody is named",
        "undecided",
        lambda spoken, _: spoken.speaker is None,
        "the document does not say who speaks there",
    ),
    ClaimRule(
        "names leave it open",
        "undecided",
        lambda _, claim: claim.speaks is not False,
        "whether {speaker} is {claimed} is not sure",
    ),
    ClaimRule(
        "may be quoted",
        "undecided",
        lambda _, claim: claim.is_reported,
        "the place may be quoting {claimed}",
    ),
    ClaimRule(
        "in quotation marks",
        "undecided",
        lambda spoken, _: spoken.in_marks and not spoken.is_work,
        "found here in quotation marks, in a text of {speaker}; not decided for {claimed}",
    ),
    ClaimRule(
        "named in a report",
        "undecided",
        lambda spoken, claim: (
            claim.is_named and not spoken.has_turns and (spoken.relays_others or spoken.is_work)
        ),
        "found here in a text of {speaker} that names {claimed}; not decided",
    ),
    ClaimRule(
        "no person",
        "undecided",
        lambda _, claim: not claim.speaker_is_person,
        "found here under the name {speaker}, which may be no person’s; not decided for {claimed}",
    ),
    ClaimRule(
        "no name is claimed",
        "undecided",
        lambda _, claim: claim.is_office,
        "found here in the words of {speaker}, who may speak as {claimed}; not decided",
    ),
    ClaimRule(
        "said by many",
        "undecided",
        lambda _, claim: not claim.is_distinctive,
        "found here in the words of {speaker}, but many people say this; not decided for {claimed}",
    ),
    ClaimRule(
        "repeats others",
        "undecided",
        lambda spoken, _: spoken.is_derived,
        "found here under the name {speaker}, in a document that repeats others; not decided for"
        " {claimed}",
    ),
    ClaimRule("somebody else", "refuted", lambda *_: True),
)


def _claim_rule(evidence: CheckEvidence) -> ClaimRule | None:
    claim = evidence.claim
    if claim is None or evidence.denied or not evidence.is_found:
        return None
    return next(rule for rule in CLAIM_RULES if rule.holds(evidence.spoken, claim))


# All eight verdicts. The first rule that holds.


@dataclass(frozen=True, slots=True)
class VerdictRule:
    """One row: what must hold, the verdict, and its severity (None: that of the words)."""

    verdict: Verdict
    severity: Severity | None
    holds: Callable[[CheckEvidence, Standing], bool]


def _is_paraphrase(evidence: CheckEvidence) -> bool:
    return evidence.paraphrase is not None and is_same_statement(evidence.paraphrase)


def is_same_statement(near: ParaphraseEvidence) -> bool:
    """Whether a sentence near in meaning is called the same statement."""
    return near.is_likely and not near.differences and near.spoken_by_claimed is not False


def outweighs_words(near: ParaphraseEvidence, *, is_elsewhere: bool) -> bool:
    """Whether a sentence near in meaning counts for more than a faint find of the words.

    It does where it is called the same statement, and where it lies elsewhere and is likelier than
    not to be that.

    Args:
        near: the sentence.
        is_elsewhere: whether the words were found at another place.
    """
    return is_same_statement(near) or (is_elsewhere and near.chance >= _LIKELIER)


def _words_are(*verdicts: Verdict) -> Callable[[CheckEvidence, Standing], bool]:
    return lambda evidence, _: evidence.wording is not None and evidence.wording.verdict in verdicts


def _mean_otherwise(evidence: CheckEvidence) -> bool:
    """Whether the same words mean something else here: asked there, denied there, cut short."""
    words = evidence.wording
    return (
        words is not None
        and words.verdict in ("verbatim", "typographic")
        and words.severity == "meaning"
    )


def _is_cut_off(evidence: CheckEvidence) -> bool:
    """Whether what gives the words their meaning was left out in front or after."""
    reasons = evidence.wording.reasons if evidence.wording is not None else ()
    return any(r.kind.startswith("cut off") and r.severity == "meaning" for r in reasons)


VERDICT_RULES: Final = (
    VerdictRule("not_found", "none", lambda e, _: e.is_common),
    VerdictRule("paraphrase", "wording", lambda e, _: not e.is_found and _is_paraphrase(e)),
    VerdictRule("not_found", "none", lambda e, _: not e.is_found),
    VerdictRule("misattributed", "meaning", lambda _, standing: standing == "refuted"),
    VerdictRule("altered", None, _words_are("altered")),
    VerdictRule("spliced", None, _words_are("spliced")),
    VerdictRule("truncated", "meaning", lambda e, _: _mean_otherwise(e) and _is_cut_off(e)),
    VerdictRule("altered", "meaning", lambda e, _: _mean_otherwise(e)),
    VerdictRule("truncated", None, _words_are("truncated")),
    VerdictRule("typographic", None, _words_are("typographic")),
    VerdictRule("verbatim", None, _words_are("verbatim")),
)


def decide(evidence: CheckEvidence) -> Decision:
    """Decide a check by the two tables."""
    claim_rule = _claim_rule(evidence)
    standing = claim_rule.standing if claim_rule else "not asked"
    verdict, severity = _verdict(evidence, standing)
    reasons = [*_reasons(evidence, claim_rule)]
    if evidence.denied:
        reasons.append(Reason("denied", "the article says that this was not said"))
    speaker, basis, confidence = _speaker(evidence, claim_rule)
    return Decision(
        verdict,
        _verdict(evidence, "not asked")[0],
        severity,
        standing,
        speaker,
        basis,
        confidence,
        tuple(reasons),
    )


def _verdict(evidence: CheckEvidence, standing: Standing) -> tuple[Verdict, Severity]:
    rule = next(rule for rule in VERDICT_RULES if rule.holds(evidence, standing))
    words = evidence.wording
    return rule.verdict, rule.severity or (words.severity if words is not None else "none")


def _speaker(
    evidence: CheckEvidence, rule: ClaimRule | None
) -> tuple[str | None, SpeakerBasis | None, float | None]:
    """Who is named as the speaker, how that is known, and how surely where a machine read it."""
    if not evidence.is_found:
        return evidence.paraphrase.speaker if evidence.paraphrase else None, None, None
    spoken = evidence.spoken
    if spoken.quoted and (spoken.turn is None or (rule is not None and rule.name == "quoted")):
        if spoken.confidence is None:
            return spoken.quoted[0], "beside marks", None
        return spoken.quoted[0], "attributed", spoken.confidence
    if spoken.turn is None:
        return None, None, None
    return spoken.turn, "turn" if spoken.has_turns else "author", None


# Reasons


def _reasons(evidence: CheckEvidence, rule: ClaimRule | None) -> Iterator[Reason]:
    if not evidence.is_found:
        if evidence.paraphrase is not None:
            yield from other_words_reasons(
                evidence.paraphrase, evidence.claimed, is_same=_is_paraphrase(evidence)
            )
        yield from evidence.coverage
        return
    claim = evidence.claim
    if rule is not None and claim is not None and rule.standing == "refuted":
        yield _accusation(evidence.spoken, claim)
    yield from evidence.wording.reasons if evidence.wording is not None else ()
    yield from _quoting(evidence.spoken)
    if evidence.only_in is not None:
        note = f"found only in what repeats others ({evidence.only_in}), not in a source of its own"
        yield Reason("derived", note, evidence.only_in)
    if rule is not None and claim is not None and rule.standing == "undecided":
        yield _doubt(evidence.spoken, claim, rule)


def _accusation(spoken: SpokenEvidence, claim: ClaimEvidence) -> Reason:
    whose = spoken.turn or spoken.author or ""
    return Reason("speaker", f"the words are {whose}’s, not {claim.claimed}’s", whose, "meaning")


def _quoting(spoken: SpokenEvidence) -> Iterator[Reason]:
    relayer = spoken.relayer
    if relayer and spoken.quoted:
        if not all(same_person(name, relayer) for name in spoken.quoted):
            note = f"{relayer} quotes {_quoted(spoken)} here"
            yield Reason("quoted", note, spoken.quoted[0])
    elif relayer and spoken.in_marks:
        yield Reason("quoted", f"stands in quotation marks, in {relayer}’s words or text")


def _quoted(spoken: SpokenEvidence) -> str:
    """Whom the text quotes, and how surely a machine read that."""
    names = " and ".join(spoken.quoted)
    if spoken.confidence is None:
        return names
    return f"{names} (read by machine, {percent(spoken.confidence)})"


def _doubt(spoken: SpokenEvidence, claim: ClaimEvidence, rule: ClaimRule) -> Reason:
    note = rule.doubt.format(
        claimed=claim.claimed,
        speaker=spoken.speaker or spoken.author,
        quoted=_quoted(spoken),
        people=" or ".join(claim.people[:4]),
    )
    return Reason("undecided", note, claim.claimed)


# Gates, and the choice between several checks of one quotation


def is_at_fault(check: Check, gate: Gate, *, strict_speaker: bool = False) -> bool:
    """Whether a check should stop a gate (`check --fail-on`).

    Each gate stops what the one before it stops: "meaning" another meaning and another's words,
    "wording" other wording too, "any" whatever is not there word for word, the quotations that
    were not found among them. What is fairly cut at its edges alone stops no gate: where a
    quotation ends within a sentence, its full stop changes nothing. ``strict_speaker`` stops also
    where it stays open whether the claimed speaker said it.
    """
    if check.severity == "meaning" or (strict_speaker and check.claim == "undecided"):
        return True
    if gate == "meaning" or check.verdict in ("verbatim", "typographic"):
        return False
    if gate == "wording":
        return check.severity == "wording"
    fair_edges = (check.verdict, check.severity, check.edits) == ("truncated", "none", ())
    return not fair_edges


def wording_rank(words: WordingVerdict) -> tuple[bool, int]:
    """An order of wordings from the most faithful; another meaning comes after all others.

    Of several places with the same words the quotation is held against the one it is truest to.
    """
    return words.severity == "meaning", _FROM_FAITHFUL.index(words.verdict)


def closest_reading(checks: Sequence[Check]) -> Check:
    """Of several readings of one quotation, the first unless another is word for word."""
    return next((check for check in checks if check.verdict == "verbatim"), checks[0])


def is_fair(check: Check) -> bool:
    """Whether the words are there, at most cut at their edges or at a mark, with their sense."""
    there = check.verdict in ("verbatim", "typographic", "truncated")
    return there and check.severity != "meaning"


def faultiest(checks: Sequence[Check]) -> Check:
    """Of the passages of one quotation the one that is furthest from its source."""
    return max(checks, key=lambda check: _FROM_FAITHFUL.index(check.verdict))


def least_accusing(checks: Sequence[Check]) -> Check:
    """Of joint speakers it is enough that one said it."""
    return next((check for check in checks if check.verdict != "misattributed"), checks[0])
