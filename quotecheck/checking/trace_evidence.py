"""Which of the places of some words takes them from which earlier one, and on what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from quotecheck.checking.checker import Checker
from quotecheck.checking.matches import Match
from quotecheck.checking.utterance_speaker import ReportedSpeaker
from quotecheck.language.person_names import surname_of
from quotecheck.library.copies import copies_of
from quotecheck.records.check import Severity, Verdict

__all__ = ["OccurrenceDraft", "find_source_occurrence", "group_reprints", "opcodes"]

_SHORT: Final = 5  # Words. By eye: two texts can depart alike by chance in fewer.
_SAME_AROUND: Final = 0.7
"""Likeness of the words around, 0..1, of a reprint. By eye."""
_TEXT_WORDS: Final = 12
"""Words around two places that must be comparable. By eye: fewer may be alike by chance."""


@dataclass(slots=True)
class OccurrenceDraft:
    """An occurrence in the making. ``copies`` and ``reprint_of`` are indices of earlier ones."""

    place: Match
    verdict: Verdict
    severity: Severity
    forms: tuple[str, ...]
    words: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    quoted: ReportedSpeaker | None
    variant: int = 0
    copies: int | None = None
    evidence: str = ""
    reprint_of: int | None = None


def opcodes(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Operations from one run of words to another, neighbours that differ joined to one."""
    out: list[tuple[str, int, int, int, int]] = []
    for op in Levenshtein.opcodes(a, b):
        if out and out[-1][0] != "equal" and op.tag != "equal":
            _, a0, _, b0, _ = out[-1]
            a1, b1 = op.src_end, op.dest_end
            tag = "replace" if a1 > a0 and b1 > b0 else "delete" if a1 > a0 else "insert"
            out[-1] = (tag, a0, a1, b0, b1)
        else:
            out.append((op.tag, op.src_start, op.src_end, op.dest_start, op.dest_end))
    return out


def find_source_occurrence(checker: Checker, drafts: Sequence[OccurrenceDraft], at: int) -> None:
    """Set which earlier occurrence this one copies, and by what evidence."""
    occurrence = drafts[at]
    earlier = [
        k
        for k in range(at)
        if drafts[k].place.origin.row != occurrence.place.origin.row
        and (drafts[k].place.origin.date or "9999") <= (occurrence.place.origin.date or "9999")
    ]
    if not earlier:
        return
    around = {k: _likeness(drafts[k], occurrence) for k in earlier}
    like = max(earlier, key=lambda k: (around[k], -k))
    if around[like] >= _SAME_AROUND:
        occurrence.copies, occurrence.evidence = like, "the text around it is the same"
        return
    by = occurrence.quoted.by if occurrence.quoted is not None else ()
    departs = occurrence.variant != drafts[0].variant and any(
        op != "equal" for op, *_ in opcodes(drafts[0].forms, occurrence.forms)
    )
    sharing = [k for k in earlier if drafts[k].variant == occurrence.variant]
    if departs and sharing and len(occurrence.forms) >= _SHORT:
        occurrence.copies, occurrence.evidence = (
            sharing[0],
            "it departs from the earliest wording in the same way",
        )
        return
    if occurrence.quoted is None:
        named = next((k for k in earlier if _names(occurrence, drafts[k])), None)
        if named is not None:
            who = drafts[named].place.speaker or drafts[named].place.origin.author
            occurrence.copies, occurrence.evidence = named, f"it names {who} beside the words"
        return
    known = checker.finder.utterances.names
    by_speaker = [
        k
        for k in earlier
        if any(
            known.same_person(name, who)
            for name in by
            for who in (drafts[k].place.speaker, drafts[k].place.origin.author)
            if who
        )
    ]
    if by and by_speaker:
        occurrence.copies, occurrence.evidence = (
            _nearest(drafts, occurrence, by_speaker),
            f"it quotes {' and '.join(by)}",
        )
    elif not by:
        occurrence.copies, occurrence.evidence = (
            _nearest(drafts, occurrence, earlier),
            "it stands in quotation marks",
        )


def _names(first: OccurrenceDraft, second: OccurrenceDraft) -> bool:
    """Whether the text around a place names the speaker of another."""
    who = second.place.speaker or second.place.origin.author
    first_speaker = first.place.speaker or first.place.origin.author
    if not who or who == first_speaker:
        return False
    surname = surname_of(who)
    return len(surname) > 2 and bool({surname, f"{surname}'s"} & {*first.before, *first.after})


def _nearest(
    drafts: Sequence[OccurrenceDraft], occurrence: OccurrenceDraft, among: Sequence[int]
) -> int:
    return min(among, key=lambda k: (Levenshtein.distance(drafts[k].forms, occurrence.forms), k))


def _likeness(a: OccurrenceDraft, b: OccurrenceDraft) -> float:
    """How alike the words around two places are, 0..1; 0 where too few can be compared.

    As many words are compared on each side as both places have: a reprint may begin later.
    """
    before, after = min(len(a.before), len(b.before)), min(len(a.after), len(b.after))
    if before + after < _TEXT_WORDS:
        return 0.0
    x = (*a.before[len(a.before) - before :], "|", *a.after[:after])
    y = (*b.before[len(b.before) - before :], "|", *b.after[:after])
    return float(Levenshtein.normalized_similarity(x, y, score_cutoff=0.5))


def group_reprints(checker: Checker, drafts: Sequence[OccurrenceDraft]) -> None:
    """Set whose document's near copy each occurrence's document is, as papers print one report.

    Told is the first occurrence of the same wording in the original, or in the first of the copies.
    """
    keys = [occurrence.place.origin.key for occurrence in drafts]
    models = {
        copy: model for model, copies in copies_of(checker.library, keys).items() for copy in copies
    }
    for at, occurrence in enumerate(drafts):
        model = models.get(keys[at])
        for k, other in enumerate(drafts):
            if k != at and keys[k] == model and other.variant == occurrence.variant:
                occurrence.reprint_of = k
                if k < at:
                    occurrence.copies, occurrence.evidence = (
                        k,
                        "its document is a near copy of that one",
                    )
                break
