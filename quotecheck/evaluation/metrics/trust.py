"""Scores checks for trust: what passes that should not, and who is accused that should not be.

A case is a real quotation in which one thing was done (`quotecheck.evaluation.synthetic.trust`); an
answer is a line of `quotecheck.evaluation.runs.case_answers`. What happened to a case is its
outcome:

========  =========  ========================================================================
group     outcome    meaning
========  =========  ========================================================================
changed   green      the exit code is 0: the gate says that all is well (a failure)
changed   mild       the exit code is 1, but the severity is less than is right (a failure)
faithful  accused    the severity is "meaning", or the verdict misattributed (a failure)
faithful  stopped    not accused, but verdict or severity are not among those that are right
mouth     accused    right or open speakers: misattributed, or severity "meaning" (a failure);
                     another speaker: misattributed, which is right
mouth     missed     another speaker, and it was not noticed (a failure)
invented  alarm      anything but not found (a failure)
any       lost       not found, though it is there
changed   caught     stopped as it should be
any       clean      right
========  =========  ========================================================================
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

__all__ = ["is_failure", "outcome_of", "score_trust"]

Case = Mapping[str, Any]
Answer = Mapping[str, Any]

_FAITHFUL: Final = frozenset({"verbatim", "typographic"})
_SCORES: Final = {
    "pass_through": ("changed", ("green", "mild", "lost")),
    "false_accusation": ("faithful", ("accused", "stopped", "lost")),
    "wrongly_accused": ("mouth true", ("accused", "lost")),
    "misattribution_recall": ("mouth other", ("accused", "missed", "lost")),
    "false_alarm": ("invented", ("alarm",)),
}
"""Each score: the cases that it is of, and the outcomes that are counted beside it."""


def outcome_of(case: Case, answer: Answer) -> str:
    """What happened to a case, in a word; a case without an answer was not found.

    >>> case = {"group": "changed", "accept": ["altered"], "severity": ["meaning"]}
    >>> outcome_of(case, {"verdict": "altered", "severity": "wording", "exit": 1})
    'mild'
    """
    verdict = answer.get("verdict") or "not_found"
    severity = answer.get("severity")
    group = case["group"]
    if group == "invented":
        return "clean" if verdict == "not_found" else "alarm"
    if group == "changed":
        return _of_changed(case, answer, verdict, severity)
    if group == "faithful":
        return _of_faithful(case, verdict, severity)
    return _of_mouth(case, verdict, severity)


def _of_changed(case: Case, answer: Answer, verdict: str, severity: str | None) -> str:
    if verdict == "not_found":
        return "lost"
    if answer.get("exit", 0 if verdict in _FAITHFUL else 1) == 0:
        return "green"
    if verdict != "misattributed" and severity is not None and severity not in case["severity"]:
        return "mild"
    return "caught"


def _of_faithful(case: Case, verdict: str, severity: str | None) -> str:
    if verdict == "not_found":
        return "lost"
    if severity == "meaning" or verdict == "misattributed":
        return "accused"
    is_right = verdict in case["accept"] and (severity is None or severity in case["severity"])
    return "clean" if is_right else "stopped"


def _of_mouth(case: Case, verdict: str, severity: str | None) -> str:
    if case.get("sub") == "other":
        if verdict == "misattributed":
            return "accused"
        return "lost" if verdict == "not_found" else "missed"
    if verdict == "misattributed" or severity == "meaning":
        return "accused"
    is_lost = verdict == "not_found" and "not_found" not in case["accept"]
    return "lost" if is_lost else "clean"


def is_failure(case: Case, outcome: str) -> bool:
    """Whether an outcome is one of the errors that a checker must not make."""
    if case["group"] == "mouth":
        return outcome != "accused" if case.get("sub") == "other" else outcome == "accused"
    return (
        outcome in ("green", "mild")
        or outcome == "alarm"
        or (case["group"] == "faithful" and outcome == "accused")
    )


def _heading(case: Case) -> str:
    """The group of a case, true and false claims about the speaker apart."""
    if case["group"] != "mouth":
        return str(case["group"])
    return "mouth other" if case.get("sub") == "other" else "mouth true"


def score_trust(cases: Sequence[Case], answers: Iterable[Answer]) -> dict[str, Any]:
    """Score the answers to cases, in all and by kind.

    Args:
        cases: with id, group, sub (of mouth), kind, accept and severity.
        answers: with id, verdict, severity and exit; a case without one was not found.

    Returns:
        ``cases`` (how many), ``scores`` and ``kinds``. A score has ``rate`` (0..1, None where there
        is not a case), ``n`` (cases it is of), the counts of outcomes, and of pass_through and
        false_accusation ``by_kind``, the mean of the rates of the kinds. The rate of
        misattribution_recall is that of the wrong speakers found out; the others are rates of
        failures. A kind has ``n``, ``failed`` and the counts of its outcomes.
    """
    answers_by_id = {answer["id"]: answer for answer in answers}
    totals: dict[str, Counter[str]] = {}
    kinds: dict[tuple[str, str], Counter[str]] = {}
    for case in cases:
        outcome = outcome_of(case, answers_by_id.get(case["id"], {}))
        heading = _heading(case)
        for tally in (
            totals.setdefault(heading, Counter()),
            kinds.setdefault((heading, case["kind"]), Counter()),
        ):
            tally["n"] += 1
            tally["failed"] += is_failure(case, outcome)
            tally[outcome] += 1
    return {
        "cases": len(cases),
        "scores": {name: _score(name, totals, kinds) for name in _SCORES},
        "kinds": {
            f"{heading}: {kind}": {"n": tally["n"], "failed": tally["failed"], **_outcomes(tally)}
            for (heading, kind), tally in kinds.items()
        },
    }


def _outcomes(tally: Counter[str]) -> dict[str, int]:
    return {name: tally[name] for name in sorted(tally) if name not in ("n", "failed")}


def _score(
    name: str, totals: Mapping[str, Counter[str]], kinds: Mapping[tuple[str, str], Counter[str]]
) -> dict[str, Any]:
    heading, outcomes = _SCORES[name]
    tally = totals.get(heading, Counter())
    right = tally["accused"] if name == "misattribution_recall" else tally["failed"]
    score: dict[str, Any] = {"rate": _ratio(right, tally["n"])}
    if name in ("pass_through", "false_accusation"):
        rates = [k["failed"] / k["n"] for (of, _), k in kinds.items() if of == heading]
        score["by_kind"] = _ratio(sum(rates), len(rates))
    return {**score, "n": tally["n"], **{outcome: tally[outcome] for outcome in outcomes}}


def _ratio(part: float, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
