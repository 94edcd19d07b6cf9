"""Scores who is named as the speaker of each attribution, in what role, and through whom.

A gold line is an attribution: ``doc`` and ``content`` (``[[start, end], ...]``); ``speaker``, the
fullest name that the article gives, a list of joint speakers, or null where it gives none. It may
have ``source`` (as ``content``); ``aliases`` that are right too (of joint speakers, a list for
each); ``role`` and ``roles_also``; ``via``; ``source_form`` (name, partial-name, pronoun, nominal,
none) and ``kind``. What a line lacks is not scored on it: gold of novels has names alone.
A system line is a document: ``doc`` and ``attributions``, each with ``content``, ``source`` and
``speaker``, and if it likes ``role``, ``via``, ``source_form`` and ``kind``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.evaluation.gold import spans_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotecheck.records.text import Span

__all__ = ["Grade", "grade_speaker", "score_speakers"]

_NEEDED: Final = ("doc", "content", "speaker")
_LEAST_IOU: Final = 0.5
"""Overlap over union, 0..1, as `quotecheck.evaluation.metrics.attribution` has it."""

_SMALL_WORDS: Final = frozenset({"a", "an", "and", "the"})
_GENERATIONS: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
_TITLES: Final = frozenset({"mr", "mrs", "ms", "dr", "rev", "sen", "rep", "gov", "del"})
_POSSESSIVE: Final = re.compile(r"['’]s?(?!\w)")


class Grade(IntEnum):
    """How well a name fits the gold one: LENIENT when it is right but not the fullest."""

    WRONG = 0
    LENIENT = 1
    STRICT = 2


def grade_speaker(gold: Mapping[str, Any], answer: str | Sequence[str] | None) -> Grade:
    """Compare the speaker of a system with a gold line's.

    STRICT: all words of the gold name or of an alias, whatever the case and punctuation, and the
    last word of each is in the other; nobody meets null; all of several joint speakers.
    LENIENT: only some of those words, the last among them; one of several joint speakers; for a
    null speaker, the gold role.

    >>> grade_speaker({"speaker": "Ann Lee"}, "Sen. Ann Lee").name
    'STRICT'
    >>> grade_speaker({"speaker": "Ann Lee"}, "Lee").name
    'LENIENT'
    """
    if isinstance(gold["speaker"], list):
        return _grade_joint(gold["speaker"], gold.get("aliases") or (), answer)
    if answer is not None and not isinstance(answer, str):
        best = max((grade_speaker(gold, name) for name in answer), default=Grade.WRONG)
        return best if len(answer) == 1 else min(Grade.LENIENT, best)
    best = max(_compare(name, answer) for name in (gold["speaker"], *(gold.get("aliases") or ())))
    role = gold.get("role")
    if best or gold["speaker"] is not None or not role:
        return best
    roles = role if isinstance(role, list) else [role]
    return min(Grade.LENIENT, max(_compare(gold_name, answer) for gold_name in roles))


def _grade_joint(
    names: Sequence[str], aliases: Sequence[Sequence[str]], answer: str | Sequence[str] | None
) -> Grade:
    """Several gold speakers against one string (which may name them all) or a list."""
    also = aliases or [()] * len(names)
    people = [(name, *others) for name, others in zip(names, also, strict=False)]
    if answer is None or isinstance(answer, str):
        each = [max(_within(name, answer) or _compare(name, answer) for name in x) for x in people]
        complete = True
    else:
        each = [
            max(_compare(name, answer_name) for name in x for answer_name in answer) for x in people
        ]
        complete = len(answer) == len(people)
    if complete and min(each) == Grade.STRICT:
        return Grade.STRICT
    return min(Grade.LENIENT, max(each))


def _within(name: str, answer: str | None) -> Grade:
    """STRICT when all words of a name are in a string, in whatever order."""
    return Grade.STRICT if set(_words(name)) <= set(_words(answer)) else Grade.WRONG


def _compare(gold: str | None, answer: str | None) -> Grade:
    """One name against one name, titles left out."""
    ours, theirs = ([w for w in _words(name) if w not in _TITLES] for name in (gold, answer))
    if not ours or not theirs:
        return Grade.WRONG if ours or theirs else Grade.STRICT
    if _surname(ours) not in theirs or _surname(theirs) not in ours:
        return Grade.WRONG
    their_words, gold_words = set(theirs), set(ours)
    if their_words & (_GENERATIONS - gold_words):  # the son is not the father
        return Grade.WRONG
    if gold_words <= their_words:
        return Grade.STRICT
    return Grade.LENIENT if their_words <= gold_words else Grade.WRONG


def _surname(words: Sequence[str]) -> str:
    return next((word for word in reversed(words) if word not in _GENERATIONS), words[-1])


def _words(name: str | None) -> list[str]:
    """The words of a name in lower case: "Ann O'Dell's" gives ann, odell."""
    folded = _POSSESSIVE.sub("", (name or "").casefold())
    return [
        word
        for word in re.findall(r"\w+", re.sub(r"[.'’]", "", folded))
        if word not in _SMALL_WORDS
    ]


def score_speakers(
    gold: Iterable[Mapping[str, Any]], lines: Iterable[Mapping[str, Any]], *, errors: int = 0
) -> dict[str, Any]:
    """Every figure of speakers; shares in 0..1 rounded to four places.

    Attributions are paired one to one by their contents, best IoU first, 0.5 or more; of equals,
    those whose sources meet best.

    Args:
        gold: the gold lines.
        lines: the system's lines; documents that the gold lacks are left out, a gold document
            without a line counts as one with no attributions.
        errors: how many speakers that are not strictly right to list.

    Returns:
        - ``documents``: how many the gold names.
        - ``slices``: ``all``, ``named`` (the gold has a speaker), ``form F`` and ``kind K``, as far
          as the gold has any. Each with the counts gold, paired, claims, strict and lenient (which
          includes strict), and for both of these an accuracy over the pairs and [precision, recall,
          F1] over all. An unpaired claim counts where its own form, kind and speaker put it.
        - ``role`` and ``via``: over the pairs, accuracy (nothing must meet null), precision of
          those given, recall of those in the gold. Right when one has all words of the other, or
          they share half of all their words.
        - ``errors``.

    Raises:
        InputError: a line is of another form.
    """
    documents: dict[str, list[_Marked]] = {}
    for number, line in enumerate(gold, 1):
        where = f"gold line {number}"
        _check_gold(line, where)
        documents.setdefault(line["doc"], []).append(_marked(line, where))
    system = dict(_system(lines))
    slices: dict[str, _Slice] = {}
    fields = {"role": _Field(), "via": _Field()}
    wrong: list[dict[str, Any]] = []
    for name, gold_lines in documents.items():
        answers = system.get(name, [])
        partner = _pairs(gold_lines, answers)
        for i, gold_line in enumerate(gold_lines):
            answer = answers[partner[i]].line if i in partner else None
            grade = grade_speaker(gold_line.line, answer.get("speaker") or None) if answer else None
            for key in _slices(gold_line.line):
                slices.setdefault(key, _Slice()).count(grade)
            if answer is None or grade is None:
                continue
            for key, tally in fields.items():
                if key in gold_line.line:
                    tally.count(key, gold_line.line, answer)
            if grade is not Grade.STRICT:
                wrong.append(_error(name, gold_line.line, answer, grade))
        for j in set(range(len(answers))) - set(partner.values()):
            for key in _slices(answers[j].line):
                slices.setdefault(key, _Slice()).claims += 1
    order = sorted(slices, key=lambda key: (key != "all", key != "named", key))
    return {
        "documents": len(documents),
        "slices": {key: slices[key].figures() for key in order if slices[key].gold},
        "errors": wrong[:errors],
        **{key: tally.figures() for key, tally in fields.items()},
    }


def _check_gold(line: Mapping[str, Any], where: str) -> None:
    missing = [name for name in _NEEDED if name not in line]
    if missing:
        raise InputError(
            f"has no {', no '.join(missing)}",
            where=where,
            remedy=f"A gold line needs {', '.join(_NEEDED)}.",
        )
    if not isinstance(line["doc"], str) or line["speaker"] == []:
        raise InputError(
            "doc is not text, or speaker an empty list",
            where=where,
            remedy="Write the document's name, and null where there is no speaker.",
        )


def _slices(line: Mapping[str, Any]) -> list[str]:
    """Where an attribution counts."""
    forms = [f"form {line['source_form']}"] if "source_form" in line else []
    kinds = [f"kind {line['kind']}"] if "kind" in line else []
    return ["all", *forms, *kinds, *(["named"] if line.get("speaker") else [])]


def _error(
    name: str, gold: Mapping[str, Any], answer: Mapping[str, Any], grade: Grade
) -> dict[str, Any]:
    return {
        "doc": name,
        "content": gold["content"],
        "form": gold.get("source_form"),
        "gold": gold["speaker"],
        "system": answer.get("speaker"),
        "lenient": grade is Grade.LENIENT,
    }


@dataclass(slots=True)
class _Slice:
    """Counts over some of the attributions."""

    gold: int = 0
    paired: int = 0
    claims: int = 0
    strict: int = 0
    lenient: int = 0

    def count(self, grade: Grade | None) -> None:
        """Count a gold attribution; None: no system attribution goes with it."""
        self.gold += 1
        if grade is not None:
            self.paired += 1
            self.claims += 1
            self.strict += grade >= Grade.STRICT
            self.lenient += grade >= Grade.LENIENT

    def figures(self) -> dict[str, Any]:
        figures: dict[str, Any] = {
            "gold": self.gold,
            "paired": self.paired,
            "claims": self.claims,
            "strict": self.strict,
            "lenient": self.lenient,
        }
        for how, right in (("strict", self.strict), ("lenient", self.lenient)):
            figures[f"{how}_accuracy"] = _ratio(right, self.paired)
            figures[f"{how}_prf"] = [
                _ratio(right, self.claims),
                _ratio(right, self.gold),
                _ratio(2 * right, self.claims + self.gold),
            ]
        return figures


class _Field:
    """Counts over the pairs of a role or a medium."""

    def __init__(self) -> None:
        self.paired = self.right = self.gold = self.system = self.both = 0

    def count(self, field: str, gold: Mapping[str, Any], answer: Mapping[str, Any]) -> None:
        gold_value, value = gold[field], answer.get(field)
        also = gold.get("roles_also") or () if field == "role" else ()
        theirs = _bag(value, medium=field == "via")
        right = any(_alike(_bag(x, medium=field == "via"), theirs) for x in (gold_value, *also))
        self.paired += 1
        self.right += right
        self.gold += bool(gold_value)
        self.system += bool(value)
        self.both += bool(right and gold_value)

    def figures(self) -> dict[str, Any]:
        return {
            "paired": self.paired,
            "right": self.right,
            "gold": self.gold,
            "system": self.system,
            "both": self.both,
            "accuracy": _ratio(self.right, self.paired),
            "precision": _ratio(self.both, self.system),
            "recall": _ratio(self.both, self.gold),
        }


def _bag(phrase: str | Sequence[str | None] | None, *, medium: bool) -> set[str]:
    """The words of a role or of several; of a medium without the s, tweets being Twitter."""
    if phrase is not None and not isinstance(phrase, str):
        phrase = " ".join(part or "" for part in phrase)
    words = set(_words(phrase))
    if not medium:
        return words
    return {"twitter" if x.startswith(("tweet", "retweet")) else x.rstrip("s") for x in words}


def _alike(ours: set[str], theirs: set[str]) -> bool:
    if not ours or not theirs:
        return ours == theirs
    common = len(ours & theirs)
    return common in (len(ours), len(theirs)) or 2 * common >= len(ours | theirs)


def _ratio(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


@dataclass(frozen=True, slots=True)
class _Marked:
    """A line with its spans read: sorted, and none overlapping another."""

    line: Mapping[str, Any]
    content: tuple[tuple[int, int], ...]
    source: tuple[tuple[int, int], ...]


def _marked(line: Mapping[str, Any], where: str) -> _Marked:
    for field in ("speaker", "role", "via"):
        value = line.get(field)
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or isinstance(part, str) for part in parts):
            raise InputError(
                f"{field} is neither text, nor a list of texts, nor null",
                where=where,
                remedy=f'Write "{field}": "Name", ["Name", "Other"] or null.',
            )
    content, source = (
        _merged(spans_in(line, field, where=where)) for field in ("content", "source")
    )
    return _Marked(line, content, source)


def _system(lines: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, list[_Marked]]]:
    for number, line in enumerate(lines, 1):
        where = f"line {number}"
        try:
            yield line["doc"], [_marked(x, where) for x in line["attributions"]]
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "is not a document with attributions",
                where=where,
                remedy='A line is {"doc": NAME, "attributions": [{"content": [[0, 9]], ...}]}.',
            ) from error


def _pairs(gold: Sequence[_Marked], system: Sequence[_Marked]) -> dict[int, int]:
    """Gold to system attributions, one to one; ties in order of the lists."""
    ranked = sorted(
        (-content, -_iou(g.source, s.source), i, j)
        for i, g in enumerate(gold)
        for j, s in enumerate(system)
        if (content := _iou(g.content, s.content)) >= _LEAST_IOU and g.content
    )
    partner: dict[int, int] = {}
    paired: set[int] = set()
    for _, _, i, j in ranked:
        if i not in partner and j not in paired:
            partner[i] = j
            paired.add(j)
    return partner


def _merged(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for span in sorted(spans):
        if span.start == span.end:
            continue
        if merged and span.start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], span.end))
        else:
            merged.append((span.start, span.end))
    return tuple(merged)


def _iou(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> float:
    """Common places over all places; 1 if both have none."""
    common = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    whole = sum(end - start for side in (a, b) for start, end in side) - common
    return common / whole if whole else 1.0
