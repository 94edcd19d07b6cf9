"""What a later version of the rules and weights finds otherwise in a document of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from quotecheck.records.quotation import Facts, Quotation
from quotecheck.records.text import Span

__all__ = ["AttributionChange", "differences"]


@dataclass(frozen=True, slots=True)
class AttributionChange:
    """One quotation that would be attributed otherwise.

    ``change`` is "new" (only found now), "dropped" (no longer found), or "otherwise", with the
    fields that differ as (name, before, after) in words. ``span`` covers its content, ``words``
    are those of its content.
    """

    document: str
    change: Literal["new", "dropped", "otherwise"]
    span: Span
    words: str
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(
    document: str, text: str, before: Sequence[Quotation], after: Sequence[Quotation]
) -> Iterator[AttributionChange]:
    """How two attributions of a text differ, in text order.

    Quotations with the same content belong together, then those that share most of it. Confidence,
    evidence and rules are not compared: they change with every training, and what is said by whom
    may stay. Facts are not compared where the older quotation has none at all.

    Args:
        document: its key.
        text: its text.
        before: what is stored.
        after: what is found now.
    """
    pairs = _paired(before, after)
    changes = []
    for old, new in pairs:
        quotation = new or old
        if quotation is None:
            continue
        fields = () if old is None or new is None else tuple(_fields(text, old, new))
        if old is not None and new is not None and not fields:
            continue
        change: Literal["new", "dropped", "otherwise"] = "otherwise"
        if old is None:
            change = "new"
        elif new is None:
            change = "dropped"
        span = Span.cover(quotation.content)
        changes.append(
            AttributionChange(document, change, span, _words(text, quotation.content), fields)
        )
    yield from sorted(changes, key=lambda change: (change.span, change.change))


def _paired(
    before: Sequence[Quotation], after: Sequence[Quotation]
) -> list[tuple[Quotation | None, Quotation | None]]:
    left = list(after)
    pairs: list[tuple[Quotation | None, Quotation | None]] = []
    alone = []
    for old in before:
        same = next((new for new in left if new.content == old.content), None)
        if same is None:
            alone.append(old)
        else:
            left.remove(same)
            pairs.append((old, same))
    for old in alone:
        best = max(left, key=lambda new: _shared(old, new), default=None)
        if best is not None and _shared(old, best) > 0.5:
            left.remove(best)
            pairs.append((old, best))
        else:
            pairs.append((old, None))
    return pairs + [(None, new) for new in left]


def _shared(first: Quotation, second: Quotation) -> float:
    """The share of the characters of either content that both have, 0..1."""
    both = sum(
        max(0, min(a.end, b.end) - max(a.start, b.start))
        for a in first.content
        for b in second.content
    )
    total = sum(span.end - span.start for span in (*first.content, *second.content)) - both
    return both / total if total else 0.0


def _fields(text: str, old: Quotation, new: Quotation) -> Iterator[tuple[str, str, str]]:
    def words(spans: Callable[[Quotation], Sequence[Span]]) -> tuple[str, str] | None:
        if spans(old) == spans(new):
            return None
        return _words(text, spans(old)), _words(text, spans(new))

    values = {
        "speaker": (_speakers(old), _speakers(new)),
        "kind": (old.kind, new.kind),
        "content": words(lambda quotation_part: quotation_part.content),
        "cue": words(lambda quotation_part: quotation_part.cue),
        "source": words(lambda quotation_part: quotation_part.source),
        "via": (", ".join(old.via), ", ".join(new.via)),
    }
    if old.facts != Facts():
        values["facts"] = (_facts(text, old.facts), _facts(text, new.facts))
    for name, pair in values.items():
        if pair is not None and (pair[0] != pair[1] or name in ("content", "cue", "source")):
            yield name, *pair


def _speakers(quotation: Quotation) -> str:
    return " and ".join(s.name or s.description or "somebody" for s in quotation.speakers)


def _facts(text: str, facts: Facts) -> str:
    labels = [facts.cue_class, "not said" if facts.negated else "", facts.tense, facts.modality]
    for name in ("addressee", "time", "place"):
        words = _words(text, getattr(facts, name))
        labels.append(f"{name}: {words}" if words else "")
    return ", ".join(part for part in labels if part)


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)
