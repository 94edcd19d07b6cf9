"""Scores checks of quotations against a benchmark of misquotations.

A gold line is a case: the quotation, who is said to have said it (or null), the right verdict, and
where the words stand (``doc``, ``start``, ``end``, ``speaker``; ``alts`` are further places of the
same words, ``spans`` the parts of a splice, ``alt_speakers`` further right speakers). A system line
is an answer: ``id``, ``verdict``, ``doc``, ``start``, ``end``, ``speaker``, ``score``.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, get_args

from quotecheck.errors import InputError
from quotecheck.records.check import Verdict

__all__ = ["VERDICTS", "is_retrieved", "read_lines", "score_misquotes"]

Case = Mapping[str, Any]
Answer = Mapping[str, Any]

VERDICTS: Final[tuple[str, ...]] = get_args(Verdict)
"""The eight verdicts, in the order in which they are reported."""

_FAITHFUL: Final = frozenset({"verbatim", "typographic"})
_CHANGED: Final = frozenset({"truncated", "spliced", "altered", "paraphrase"})


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file, empty lines passed over.

    Raises:
        InputError: when the file cannot be read or a line is not a JSON object; names the line.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"cannot be read as UTF-8 text ({error})",
            where=str(path),
            remedy="Give a file that exists, saved as UTF-8.",
        ) from error
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except ValueError as error:
            raise InputError(
                f"is not JSON: {error}",
                where=f"{path}, line {number}",
                remedy="Each line of a JSON Lines file holds one object.",
            ) from error
        if not isinstance(record, dict):
            raise InputError(
                "is not a JSON object",
                where=f"{path}, line {number}",
                remedy="Each line of a JSON Lines file holds one object.",
            )
        yield record


def is_retrieved(case: Case, answer: Answer) -> bool:
    """Whether an answer names a right place.

    The document is right and the spans overlap by half of the shorter of the two.

    >>> is_retrieved({"doc": "a", "start": 0, "end": 10}, {"doc": "a", "start": 5, "end": 25})
    True
    """
    doc, start, end = answer.get("doc"), answer.get("start"), answer.get("end")
    if doc is None or start is None or end is None:
        return False
    return any(
        place == doc and 0 < 2 * _shared(first, last, start, end) >= min(last - first, end - start)
        for place, first, last in _right_places(case)
    )


def _shared(a: int, b: int, c: int, d: int) -> int:
    return max(0, min(b, d) - max(a, c))


def _right_places(case: Case) -> list[tuple[str, int, int]]:
    places = [(case["doc"], case["start"], case["end"])]
    for further in ("alts", "spans"):
        places.extend((doc, start, end) for doc, start, end in case.get(further) or ())
    return places


def score_misquotes(cases: Sequence[Case], answers: Iterable[Answer]) -> dict[str, Any]:
    """Every figure of the benchmark, rates in 0..1 rounded to four places, None where undefined.

    Args:
        cases: the gold lines.
        answers: the system's lines; a case without one counts as not found.

    Returns:
        cases; retrieval, document, speaker (of the cases that have a source); verdict,
        verdict_macro, coarse (faithful, changed, misattributed, not found); joint (verdict and,
        where there is a source, place); false_alarm (not in the corpus, and called found),
        false_alarm_fabricated; harmful (altered, and passed as faithful); misattribution_recall,
        wrongly_accused; score_auroc; confusion; kinds.

    Raises:
        InputError: when an answer's verdict is not one of the eight.
    """
    answers_by_id = {answer["id"]: answer for answer in answers}
    tally = _Tally()
    for case in cases:
        answer = answers_by_id.get(case["id"], {})
        verdict = answer.get("verdict") or "not_found"
        if verdict not in VERDICTS:
            raise InputError(
                f"{verdict!r} is not a verdict",
                where=str(case["id"]),
                remedy="Verdicts are " + ", ".join(VERDICTS) + ".",
            )
        tally.add(case, answer, verdict)
    return tally.figures()


class _Tally:
    """Counts over cases. ``count[name]`` are the cases asked, ``right[name]`` those that hold."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()
        self.right: Counter[str] = Counter()
        self.confusion: dict[str, Counter[str]] = {}
        self.kinds: dict[str, _Kind] = {}
        self.scores: dict[bool, list[float]] = {True: [], False: []}

    def add(self, case: Case, answer: Answer, verdict: str) -> None:
        gold = case["verdict"]
        self.confusion.setdefault(gold, Counter())[verdict] += 1
        right = verdict == gold
        located = True
        kind = self.kinds.setdefault(case["kind"], _Kind())
        kind.cases += 1
        kind.right += right
        if case["doc"] is not None:
            located = is_retrieved(case, answer)
            kind.sources += 1
            kind.located += located
            self._note("retrieval", located)
            self._note("document", answer.get("doc") in {p[0] for p in _right_places(case)})
            if case.get("speaker"):
                speakers = [case["speaker"], *(case.get("alt_speakers") or ())]
                self._note("speaker", answer.get("speaker") in speakers)
        kind.joint += right and located
        self._note("verdict", right)
        self._note("coarse", _coarse(verdict) == _coarse(gold))
        self._note("joint", right and located)
        self._sort(case, gold, verdict)
        if answer.get("score") is not None:
            self.scores[gold != "not_found"].append(answer["score"])

    def _sort(self, case: Case, gold: str, verdict: str) -> None:
        """The figures that only some cases enter."""
        if gold == "not_found":
            self._note("false_alarm", verdict != "not_found")
            if case["kind"].startswith("fabricated"):
                self._note("false_alarm_fabricated", verdict != "not_found")
        if gold == "altered":
            self._note("harmful", verdict in _FAITHFUL)
        if gold == "misattributed":
            self._note("misattribution_recall", verdict == gold)
        elif case.get("claimed_speaker"):
            self._note("wrongly_accused", verdict == "misattributed")

    def _note(self, figure: str, holds: bool) -> None:
        self.count[figure] += 1
        self.right[figure] += holds

    def _rate(self, figure: str) -> float | None:
        return _ratio(self.right[figure], self.count[figure])

    def figures(self) -> dict[str, Any]:
        recalls = [row[gold] / row.total() for gold, row in self.confusion.items()]
        rounded = [round(recall, 4) for recall in recalls]
        auroc = _auroc(self.scores[True], self.scores[False])
        return {
            "cases": self.count["verdict"],
            "retrieval": self._rate("retrieval"),
            "document": self._rate("document"),
            "verdict": self._rate("verdict"),
            "verdict_macro": round(sum(rounded) / len(rounded), 4) if rounded else None,
            "coarse": self._rate("coarse"),
            "joint": self._rate("joint"),
            "false_alarm": self._rate("false_alarm"),
            "false_alarm_fabricated": self._rate("false_alarm_fabricated"),
            "harmful": self._rate("harmful"),
            "misattribution_recall": self._rate("misattribution_recall"),
            "wrongly_accused": self._rate("wrongly_accused"),
            "speaker": self._rate("speaker"),
            "score_auroc": None if auroc is None else round(auroc, 4),
            "confusion": {
                gold: dict(self.confusion[gold]) for gold in VERDICTS if gold in self.confusion
            },
            "kinds": {name: kind.figures() for name, kind in sorted(self.kinds.items())},
        }


class _Kind:
    """Counts over the cases of one kind."""

    def __init__(self) -> None:
        self.cases = self.right = self.sources = self.located = self.joint = 0

    def figures(self) -> dict[str, Any]:
        return {
            "n": self.cases,
            "verdict": _ratio(self.right, self.cases),
            "retrieval": _ratio(self.located, self.sources),
            "joint": _ratio(self.joint, self.cases),
        }


def _coarse(verdict: str) -> str:
    if verdict in _FAITHFUL:
        return "faithful"
    return "changed" if verdict in _CHANGED else verdict


def _ratio(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """How likely a positive outscores a negative, ties half; None without one of each."""
    if not positives or not negatives:
        return None
    ordered = sorted(negatives)
    wins = sum(bisect_left(ordered, s) + bisect_right(ordered, s) for s in positives)
    return wins / 2 / (len(positives) * len(negatives))
