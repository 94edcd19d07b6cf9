"""Direct quotations: whole sentences in quotation marks, and to whom their surroundings give them.

Rules in order, surest first, each with a name that the result carries (the sieves of Muzny et al.
2017 are the model): the credit behind the quotation, the credit before it, a quotation that goes
on, a paragraph that introduces the next. What no rule takes stays without a source.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quotecheck.annotations import Attribution, QuotedPassage, Span
from quotecheck.attribute.credit import Credit, credit_after, credit_before
from quotecheck.attribute.page import Page, Part, Stretch

__all__ = ["direct_quotations", "is_sentence"]

_INTRODUCERS = frozenset({",", ":", ";", "—", "–", "--", "-", "..."})


@dataclass(slots=True)
class _Open:
    """A quotation under construction, and where it may still go on."""

    attribution: Attribution
    paragraph: int
    whole: bool
    unclosed: bool


def direct_quotations(page: Page) -> tuple[list[Attribution], list[QuotedPassage]]:
    """Direct quotations with their credits, and the passages that are none.

    Returns:
        The attributions in text order, and the passages left for the rules on mixed quotations,
        scare quotes and titles.
    """
    found: list[Attribution] = []
    left: list[QuotedPassage] = []
    last: _Open | None = None
    lead: Credit | None = None
    for number in range(len(page.paragraphs)):
        waiting: list[QuotedPassage] = []
        stretches = page.stretches(number)
        for stretch in stretches:
            passages = [p.passage for p in stretch.parts if p.passage is not None]
            if not passages:
                lead = _introduction(stretch) if stretch is stretches[-1] else None
                continue
            credit, taken, rest = _credit(page, stretch)
            if taken and credit is not None:
                content = tuple(p.outer for p in (*waiting, *taken))
                waiting = []
                found.append(_attribution(content, credit))
                last = _Open(found[-1], number, True, not taken[-1].closed)
                left.extend(rest)
            elif _alone(stretch) and passages[0] is not None:
                passage = passages[0]
                joined = _goes_on(last, passage, number, len(waiting) > 0)
                if joined is not None and last is not None:
                    found[found.index(last.attribution)] = joined
                    last = _Open(joined, number, True, not passage.closed)
                elif lead is not None and lead.source:
                    found.append(_attribution((passage.outer,), replace(lead, rule="introduced")))
                    last = _Open(found[-1], number, True, not passage.closed)
                elif is_sentence(page, passage):
                    waiting.append(passage)
                else:
                    left.append(passage)
            else:
                left.extend(p for p in passages if p is not None)
                last = None
            lead = None
        for passage in waiting:
            found.append(_orphan(passage))
            last = _Open(found[-1], number, False, not passage.closed)
    return sorted(found, key=lambda a: a.content[0]), left


def is_sentence(page: Page, passage: QuotedPassage) -> bool:
    """Whether a passage reads as a sentence of its own rather than as a phrase."""
    words = passage.inner.of(page.text).split()
    if not words:
        return False
    first = next((c for c in words[0] if c.isalnum()), "")
    ends = passage.inner.of(page.text).rstrip("”\"’'»")[-1:] in set(".?!,…—-")
    return len(words) >= 2 and (first.isupper() or first.isdigit()) and (ends or len(words) >= 5)


def _attribution(content: tuple[Span, ...], credit: Credit) -> Attribution:
    return Attribution(
        content=tuple(sorted(content)),
        cue=credit.cue,
        source=credit.source,
        kind="direct",
        rule=f"quoted:{credit.rule}",
        confidence=credit.confidence,
        cue_lemma=credit.lemma,
    )


def _orphan(passage: QuotedPassage) -> Attribution:
    return Attribution(
        content=(passage.outer,),
        cue=(),
        source=(),
        kind="direct",
        rule="quoted:orphan",
        confidence=0.3,
    )


def _alone(stretch: Stretch) -> bool:
    """Whether nothing but passages, punctuation and a connective stands in the stretch."""
    return all(
        part.passage is not None or all(w.token.upos in {"PUNCT", "CCONJ"} for w in part.words)
        for part in stretch.parts
    )


def _introduction(stretch: Stretch) -> Credit | None:
    """The credit of a sentence that ends in a colon and so introduces what follows."""
    words = stretch.parts[-1].words
    if not words or words[-1].token.text != ":":
        return None
    return credit_before(words, strong=True)


def _goes_on(
    last: _Open | None, passage: QuotedPassage, paragraph: int, waiting: bool
) -> Attribution | None:
    """The quotation that ``passage`` continues, grown by it; None when it begins a new one."""
    if last is None or waiting or not last.whole:
        return None
    if passage.continues or (last.unclosed and paragraph == last.paragraph + 1):
        rule = last.attribution.rule
    elif paragraph == last.paragraph:
        rule = last.attribution.rule
    else:
        return None
    grown = (*last.attribution.content, passage.outer)
    return replace(last.attribution, content=grown, rule=rule)


def _credit(
    page: Page, stretch: Stretch
) -> tuple[Credit | None, list[QuotedPassage], list[QuotedPassage]]:
    """The credit of a stretch, the passages it holds for, and those it does not."""
    parts = stretch.parts
    first = next(i for i, p in enumerate(parts) if p.passage is not None)
    passage = parts[first].passage
    assert passage is not None  # noqa: S101 - the index was chosen for it
    lead = parts[first - 1].words if first else ()
    others = [p.passage for p in parts[first + 1 :] if p.passage is not None]
    following = next((p.words for p in parts[first + 1 :] if p.passage is None), ())
    bare_lead = all(w.token.upos in {"PUNCT", "CCONJ", "ADV", "INTJ"} for w in lead)
    if bare_lead:
        credit = credit_after(following) if following else None
        if credit is not None and (credit.source or credit.rule == "cue-alone"):
            taken, rest = _same_credit(page, parts, first)
            return credit, [passage, *taken], rest
        return None, [], [passage, *others]
    strong = _is_introduced(page, lead[-1].token.text if lead else "", passage)
    if strong:
        credit = credit_before(lead, strong=True)
        if credit is not None:
            taken, rest = _same_credit(page, parts, first)
            return credit, [passage, *taken], rest
    return None, [], [passage, *others]


def _is_introduced(page: Page, before: str, passage: QuotedPassage) -> bool:
    """Whether the quotation stands apart from the clause that leads up to it."""
    inner = passage.inner.of(page.text)
    first = next((c for c in inner if c.isalnum()), "")
    if before == ":":
        return True
    return before in _INTRODUCERS and (first.isupper() or first.isdigit() or len(inner) > 60)


def _same_credit(
    page: Page, parts: tuple[Part, ...], first: int
) -> tuple[list[QuotedPassage], list[QuotedPassage]]:
    """Which later passages of the stretch belong to the same quotation ("A," he said, "B")."""
    taken: list[QuotedPassage] = []
    rest: list[QuotedPassage] = []
    for number in range(first + 1, len(parts)):
        passage = parts[number].passage
        if passage is None:
            continue
        before = parts[number - 1]
        mark = before.words[-1].token if before.words and before.passage is None else None
        resumed = mark is None or mark.text in _INTRODUCERS or mark.upos == "VERB"
        short = len(passage.inner.of(page.text).split()) < 2
        (taken if resumed and not short else rest).append(passage)
    return taken, rest
