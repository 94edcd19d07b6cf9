"""Decide what a check says: one ordered table for all eight verdicts, one for the speaker.

`quotecheck.comparison` says what differs; this module says what that means. Nothing else in the
project sets a verdict, a severity of a check, or what stops a gate.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from quotecheck.checking.evidence import CheckEvidence, ClaimEvidence, SpokenEvidence
from quotecheck.language.person_names import same_person
from quotecheck.records.check import Check, Reason, Severity, Verdict

__all__ = [
    "CLAIM_RULES",
    "DEFAULT_GATE",
    "DIFFERENCES",
    "VERDICT_RULES",
    "ClaimRule",
    "Decision",
    "Gate",
    "Standing",
    "VerdictRule",
    "closest_reading",
    "decide",
    "is_at_fault",
    "least_accusing",
    "wording_rank",
]

Gate = Literal["meaning", "wording", "any"]
"""What makes `check` end with exit code 1 (``--fail-on``)."""

DEFAULT_GATE: Final[Gate] = "any"
"""The gate of `check` without ``--fail-on``."""

Standing = Literal["not asked", "confirmed", "undecided", "refuted"]
"""Whether the claimed speaker spoke."""

DIFFERENCES: Final = {
    "number": "other numbers",
    "name": "other names",
    "negation": "one of the two denies",
    "opposite": "a word and its opposite",
}
"""What keeps a sentence near in meaning from being the same statement, in words."""

_SHOWN_CHARS: Final = 200
"""Code points of a sentence that a reason shows."""
_FROM_FAITHFUL: Final[tuple[Verdict, ...]] = (
    "verbatim", "typographic", "truncated", "spliced", "altered", "paraphrase", "misattributed",
    "not_found",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Decision:
    """A verdict with its severity, the verdict on the words alone, the speaker, the reasons."""

    verdict: Verdict
    wording: Verdict
    severity: Severity
    speaker: str | None
    reasons: tuple[Reason, ...]


# Did the claimed speaker say it? The first rule that holds.


@dataclass(frozen=True, slots=True)
class ClaimRule:
    """One row: what must hold, and whether the claimed speaker spoke then."""

    name: str
    standing: Standing
    holds: Callable[[SpokenEvidence, ClaimEvidence], bool]


def _is_relayed(spoken: SpokenEvidence, claim: ClaimEvidence) -> bool:
    """Whether the words are all of others whom the author quotes."""
    quoted = claim.is_quoted
    return spoken.turn is None and bool(quoted) and all(each is False for each in quoted)


CLAIM_RULES: Final = (
    ClaimRule("quoted", "confirmed", lambda _, claim: True in claim.is_quoted),
    ClaimRule("passed on", "refuted", _is_relayed),
    ClaimRule("speaks", "confirmed", lambda _, claim: claim.speaks is True),
    ClaimRule("unsure", "undecided", lambda _, claim: claim.speaks is None),
    ClaimRule(
        "may be quoted",
        "undecided",
        lambda spoken, claim: spoken.in_marks and (None in claim.is_quoted or claim.leads),
    ),
    ClaimRule("somebody else", "refuted", lambda _, claim: claim.speaks is False),
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
    near = evidence.paraphrase
    return (
        near is not None
        and near.is_likely
        and not near.differences
        and near.spoken_by_claimed is not False
    )


def _words_are(verdict: Verdict) -> Callable[[CheckEvidence, Standing], bool]:
    return lambda evidence, _: evidence.wording is not None and evidence.wording.verdict == verdict


VERDICT_RULES: Final = (
    VerdictRule("paraphrase", "wording", lambda e, _: not e.is_found and _is_paraphrase(e)),
    VerdictRule("not_found", "none", lambda e, _: not e.is_found),
    VerdictRule("misattributed", "meaning", lambda _, standing: standing == "refuted"),
    VerdictRule("altered", None, _words_are("altered")),
    VerdictRule("spliced", None, _words_are("spliced")),
    VerdictRule("truncated", None, _words_are("truncated")),
    VerdictRule("typographic", None, _words_are("typographic")),
    VerdictRule("verbatim", None, _words_are("verbatim")),
)


def decide(evidence: CheckEvidence) -> Decision:
    """Decide a check by the two tables."""
    claim_rule = _claim_rule(evidence)
    standing = claim_rule.standing if claim_rule else "not asked"
    rule = next(rule for rule in VERDICT_RULES if rule.holds(evidence, standing))
    words = evidence.wording
    reasons = [*_reasons(evidence, claim_rule)]
    if evidence.denied:
        reasons.append(Reason("denied", "the article says that this was not said"))
    return Decision(
        rule.verdict,
        words.verdict if words is not None and evidence.is_found else rule.verdict,
        rule.severity or (words.severity if words is not None else "none"),
        _speaker(evidence, claim_rule),
        tuple(reasons),
    )


def _speaker(evidence: CheckEvidence, rule: ClaimRule | None) -> str | None:
    if not evidence.is_found:
        return evidence.paraphrase.speaker if evidence.paraphrase else None
    if rule is not None and rule.name in {"quoted", "passed on"}:
        return evidence.spoken.quoted[0]
    return evidence.spoken.speaker


# Reasons


def _reasons(evidence: CheckEvidence, rule: ClaimRule | None) -> Iterator[Reason]:
    if not evidence.is_found:
        yield from _nearest(evidence)
        yield from evidence.coverage
        return
    claim = evidence.claim
    if rule is not None and claim is not None and rule.standing == "refuted":
        yield _accusation(evidence.spoken, claim, rule)
    yield from evidence.wording.reasons if evidence.wording is not None else ()
    yield from _quoting(evidence.spoken)
    if rule is not None and claim is not None and rule.standing == "undecided":
        yield from _doubt(evidence.spoken, claim, rule)


def _accusation(spoken: SpokenEvidence, claim: ClaimEvidence, rule: ClaimRule) -> Reason:
    passed_on = rule.name == "passed on"
    whose = spoken.quoted[0] if passed_on else spoken.speaker or spoken.author or "somebody else"
    if passed_on and claim.relays:
        told = f"the words are {whose}’s, which {claim.claimed} only passes on"
    else:
        told = f"the words are {whose}’s, not {claim.claimed}’s"
    return Reason("speaker", told, whose, "meaning")


def _quoting(spoken: SpokenEvidence) -> Iterator[Reason]:
    relayer = spoken.relayer
    if not spoken.in_marks or not relayer:
        return
    if not spoken.quoted:
        told = f"stands in quotation marks, in {relayer}’s words or text"
        yield Reason("quoted", told)
    elif not all(same_person(name, relayer) for name in spoken.quoted):
        names = " and ".join(spoken.quoted)
        yield Reason("quoted", f"{relayer} quotes {names} here", spoken.quoted[0])


def _doubt(spoken: SpokenEvidence, claim: ClaimEvidence, rule: ClaimRule) -> Iterator[Reason]:
    claimed = claim.claimed
    if rule.name == "may be quoted":
        yield Reason("undecided", f"the place may be quoting {claimed}", claimed)
    elif len(claim.people) > 1:
        either = " or ".join(claim.people[:4])
        yield Reason("undecided", f"“{claimed}” may be {either}", claimed)
    elif spoken.speaker is None:
        yield Reason("undecided", "the document does not say who speaks there", claimed)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else f"{text[: _SHOWN_CHARS - 1]}…"


def _nearest(evidence: CheckEvidence) -> Iterator[Reason]:
    """The sentence that comes nearest in meaning, and what speaks against it."""
    near = evidence.paraphrase
    if near is None:
        return
    same = _is_paraphrase(evidence)
    first = "the same statement in other words?" if same else "nearest in meaning:"
    yield Reason(
        "other words",
        f"{first} “{_shortened(near.text)}” ({near.document}), likeness {near.likeness:.2f}, "
        f"{near.chance:.0%} likely; a candidate for you to read: its words are others",
        near.document,
        "meaning" if near.differences else "none",
    )
    for kind in near.differences:
        yield Reason(f"differs: {kind}", DIFFERENCES[kind], "", "meaning")
    claimed = evidence.claimed or ""
    if near.spoken_by_claimed is False:
        yield Reason("differs: speaker", f"spoken by {near.speaker}, not {claimed}", claimed)
    if not same:
        for document, text in near.next_nearest:
            yield Reason("also near", f"or: “{_shortened(text)}” ({document})", document)


# Gates, and the choice between several checks of one quotation


def is_at_fault(check: Check, gate: Gate) -> bool:
    """Whether a check should stop a gate (`check --fail-on`).

    "meaning" stops at another meaning and another's words; "wording" at other wording too; "any" at
    whatever is not there word for word, the quotations that were not found among them.
    """
    if gate == "any":
        return check.verdict not in ("verbatim", "typographic")
    return check.severity == "meaning" or (gate == "wording" and check.severity == "wording")


def wording_rank(verdict: Verdict) -> int:
    """0 for verbatim, more the further a verdict is from it."""
    return _FROM_FAITHFUL.index(verdict)


def closest_reading(checks: Sequence[Check]) -> Check:
    """Of several readings of one quotation, the first unless another is word for word."""
    return next((check for check in checks if check.verdict == "verbatim"), checks[0])


def least_accusing(checks: Sequence[Check]) -> Check:
    """Of joint speakers it is enough that one said it."""
    return next((check for check in checks if check.verdict != "misattributed"), checks[0])
