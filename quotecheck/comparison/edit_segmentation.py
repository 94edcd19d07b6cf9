"""Divides one differing stretch into the edits that a reader would name, each with its class.

"34 weeks in Spain" for "43 days in France" is a number, a unit and a name; "gonna" for "going to"
is one. The stretch is read word by word, and words that only together are one thing are kept
together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from quotecheck.comparison.edit_classes import TYPOGRAPHIC, classify_edit
from quotecheck.comparison.quantities import Difference
from quotecheck.comparison.quantity_alignment import QuantityWords, same_quantities
from quotecheck.comparison.quantity_classes import quantity_class
from quotecheck.comparison.spelling import is_misprint, number_value
from quotecheck.comparison.stretches import WordRun
from quotecheck.comparison.word_alignment import AlignmentBlock, Op, alike, between
from quotecheck.language.synonyms import are_synonyms
from quotecheck.language.units import is_same_unit
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.records.check import Edit

__all__ = ["segment_edits"]

_TOGETHER: Final = TYPOGRAPHIC | {
    "contraction", "transcription", "order", "name", "number", "date", "unit",
}  # fmt: skip
"""Classes of what several words may be as one."""
_MAX_GROUPED_STEPS: Final = 6
"""Steps that may be one change together, a phrase for a phrase."""
_GUARDS: Final = frozenset(
    "negation number date unit modality quantifier opposite person name".split()
)
_MIN_PHRASE_WORDS: Final = 3
"""Words on both sides from which on a phrase unlike the other is one change of the meaning."""
_MIN_LIKENESS: Final = 0.6
"""Likeness (0 to 1) of two words from which on one replaces the other."""
_MANY: Final = 40
"""Words in a stretch from which on it is another text, not a sum of edits."""


def segment_edits(
    block: AlignmentBlock,
    before: WordRun,
    after: WordRun,
    *,
    bracketed: bool = False,
    frequency: Callable[[str], int] | None = None,
    misprinted: bool = False,
) -> list[Edit]:
    """The edits of one block that is not equal, in order.

    Takes what `quotecheck.comparison.edit_classes.classify_edit` takes. No edit is lost by
    dividing: where the whole turns the sense and no part of it does, the whole is one edit.

    >>> was = WordRun(("43", "days"), ("43", "days"))
    >>> now = WordRun(("34", "weeks"), ("34", "weeks"))
    >>> block = AlignmentBlock("replace", 0, 2, 0, 2)
    >>> [(edit.kind, edit.after) for edit in segment_edits(block, was, now)]
    [('number', '34'), ('unit', 'weeks')]
    """
    if block.op == "replace":
        if _is_misprinted_within(before, after, frequency):
            return [Edit("misprint", before.text, after.text, "none")]
        divided = _by_quantities(
            before, after, bracketed=bracketed, frequency=frequency, misprinted=misprinted
        )
        if divided is not None:
            return divided

    def of(x: WordRun, y: WordRun) -> Edit:
        op: Op = "replace" if x.forms and y.forms else "delete" if x.forms else "insert"
        part = AlignmentBlock(op, 0, len(x.forms), 0, len(y.forms))
        return classify_edit(
            part, x, y, bracketed=bracketed, frequency=frequency, misprinted=misprinted
        )

    whole = of(before, after)
    n, m = len(before.forms), len(after.forms)
    if block.op != "replace" or n + m <= 2 or n + m > _MANY or whole.kind in TYPOGRAPHIC:
        return [whole]
    if whole.kind in ("contraction", "transcription", "order", "synonym", "masked word"):
        return [whole]
    steps = between(before.forms, 0, n, after.forms, 0, m)
    if min(n, m) >= _MIN_PHRASE_WORDS and whole.kind != "name" and _is_unlike(steps, before, after):
        return [Edit("word", whole.before, whole.after, "meaning")]
    edits: list[Edit] = []
    at = 0
    while at < len(steps):
        step_count, edit = 1, _one(steps[at], before, after, of)
        for size in range(min(_MAX_GROUPED_STEPS, len(steps) - at), 1, -1):
            first, last = steps[at], steps[at + size - 1]
            x = before.part(first.a0, last.a1)
            y = after.part(first.b0, last.b1)
            if not (x.forms and y.forms) or x.forms == y.forms:
                continue
            joined = of(x, y)
            if joined.kind not in _TOGETHER or not _is_one(joined.kind, x, y):
                continue
            step_count, edit = size, joined
            break
        if edit is not None:
            edits.append(edit)
        at += step_count
    edits = _gathered(edits)
    if whole.severity == "meaning" and all(edit.severity != "meaning" for edit in edits):
        # Nothing graver than a word for its like in any part: the parts know better than the whole,
        # unless the whole turns the sense as a whole.
        return [whole] if whole.kind in _GUARDS else edits
    return edits


def _is_misprinted_within(
    before: WordRun, after: WordRun, frequency: Callable[[str], int] | None
) -> bool:
    """Whether several words are the same except for misprints: "from 3 thruogh 5 May".

    A quantity differs as a whole where one of its words does, and a slip changes no quantity. A
    word that could be another number is never taken for a slip.
    """
    pairs = [
        (x, y, raw)
        for x, y, raw in zip(before.forms, after.forms, after.raw, strict=False)
        if x != y
    ]
    return (
        len(before.forms) == len(after.forms) == len(after.raw)
        and 0 < len(pairs) < len(before.forms)
        and all(
            x.isalpha() and y.isalpha() and number_value([y]) is None
            and is_misprint(x, raw, frequency=frequency)
            for x, y, raw in pairs
        )
    )  # fmt: skip


def _by_quantities(
    before: WordRun,
    after: WordRun,
    *,
    bracketed: bool,
    frequency: Callable[[str], int] | None,
    misprinted: bool,
) -> list[Edit] | None:
    """The edits of a stretch divided at the quantities of both sides that stand for one another.

    None where no quantity stands for another.
    """
    pairs = same_quantities(before.found_quantities, after.found_quantities)
    if not pairs:
        return None
    edits: list[Edit] = []

    def words(x: WordRun, y: WordRun) -> None:
        if x.forms == y.forms:
            return
        op: Op = "replace" if x.forms and y.forms else "delete" if x.forms else "insert"
        edits.extend(
            segment_edits(
                AlignmentBlock(op, 0, len(x.forms), 0, len(y.forms)), x, y,
                bracketed=bracketed, frequency=frequency, misprinted=misprinted,
            )
        )  # fmt: skip

    a = b = 0
    for x, y, change in pairs:
        if a < x.first or b < y.first:  # "by 5 to 10" for "from 5 to 10"
            x, y = _unframed(before, x), _unframed(after, y)
        words(before.part(a, x.first), after.part(b, y.first))
        edits.extend(_quantity_edits(before, after, x, y, change))
        a, b = x.last, y.last
    words(before.part(a, len(before.forms)), after.part(b, len(after.forms)))
    return edits


def _unframed(side: WordRun, quantity: QuantityWords) -> QuantityWords:
    """A range without the preposition before it."""
    if side.forms[quantity.first] in ("from", "between") and quantity.first + 1 < quantity.last:
        return quantity._replace(first=quantity.first + 1)
    return quantity


def _quantity_edits(
    before: WordRun, after: WordRun, x: QuantityWords, y: QuantityWords, change: Difference
) -> list[Edit]:
    """The edits of one quantity for another: its number and its unit apart where both differ."""
    old, new = before.part(x.first, x.last), after.part(y.first, y.last)
    if old.forms == new.forms and not change:
        return []
    kind, severity = quantity_class(x.quantity, y.quantity, change)
    if change != "value" or not (x.figure < x.last and y.figure < y.last):
        return [Edit(kind, old.written, new.written, severity)]
    units = [side.part(q.figure, q.last) for side, q in ((before, x), (after, y))]
    figures = [side.part(q.first, q.figure) for side, q in ((before, x), (after, y))]
    edits = [Edit(kind, figures[0].written, figures[1].written, severity)]
    same = any(
        is_same_unit(r.unit, s.unit) for r in x.quantity.readings for s in y.quantity.readings
    )
    if units[0].forms != units[1].forms:
        edits.append(
            Edit("numeral", units[0].written, units[1].written, "none")
            if same
            else Edit("unit", units[0].written, units[1].written, "meaning")
        )
    return edits


def _is_unlike(steps: Sequence[AlignmentBlock], before: WordRun, after: WordRun) -> bool:
    """Whether two phrases share nothing, so that pairing their words would be arbitrary."""
    for step in steps:
        if step.op == "equal":
            return False
        if step.op == "replace":
            x, y = before.forms[step.a0], after.forms[step.b0]
            if alike(x, y) >= _MIN_LIKENESS or are_synonyms(x, y):
                return False
            if before.part(step.a0, step.a1).is_figure and after.part(step.b0, step.b1).is_figure:
                return False
    return True


def _one(
    step: AlignmentBlock, before: WordRun, after: WordRun, of: Callable[[WordRun, WordRun], Edit]
) -> Edit | None:
    if step.op == "equal":
        return None
    return of(before.part(step.a0, step.a1), after.part(step.b0, step.b1))


def _is_one(kind: str, before: WordRun, after: WordRun) -> bool:
    """Whether several words are one name, number or date, and not one beside other words."""
    if kind == "name":
        words = zip((*before.raw, *after.raw), (*before.forms, *after.forms), strict=True)
        return all(raw[:1].isupper() or form in FUNCTION_WORDS for raw, form in words)
    if kind in ("number", "date", "unit"):
        return before.is_figure and after.is_figure
    return True


def _gathered(edits: Sequence[Edit]) -> list[Edit]:
    """Neighbouring words of no class of their own are one phrase for another."""
    out: list[Edit] = []
    for edit in edits:
        last = out[-1] if out else None
        if last is not None and (
            (last.kind == edit.kind and edit.kind in ("word", "omission", "insertion"))
            or {last.kind, edit.kind} in ({"word", "function word"}, {"word", "insertion"},
                                          {"word", "omission"})
        ):  # fmt: skip
            kind = last.kind if last.kind == edit.kind else "word"
            severity = max(last.severity, edit.severity, key=("none", "wording", "meaning").index)
            out[-1] = Edit(
                kind,
                f"{last.before} {edit.before}".strip(),
                f"{last.after} {edit.after}".strip(),
                severity,
            )
        else:
            out.append(edit)
    return out
