"""Decide what the wording of a quotation is by its edits, never by a similarity score.

The eight verdicts and their order are those of `quotecheck.records.check.Verdict`. What the words
alone say is decided here; whether they were found at all, and who uttered them, is decided where
the library is known (`quotecheck.checking.checker`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quotecheck.comparison.article_words import ARTICLE_GAP, NO_ARTICLE, ArticleReport
from quotecheck.comparison.characters import character_differences, strip_marks
from quotecheck.comparison.context import (
    MatchContext,
    interruption,
    is_enumerator,
    shorten,
    speakers_of,
    squeeze,
)
from quotecheck.comparison.cuts import Cut, cut_quantity, cuts_at_joint, find_cuts
from quotecheck.comparison.edit_classes import TYPOGRAPHIC, classify_edit
from quotecheck.comparison.edit_segmentation import segment_edits
from quotecheck.comparison.elisions import severity_of_elision
from quotecheck.comparison.look_alikes import look_alikes
from quotecheck.comparison.moves import with_moves
from quotecheck.comparison.omissions import (
    as_form_of_time,
    changes_degree,
    is_few,
    is_grave,
    is_told_aside_at,
    joins_sentences,
    leaves_other_sentences,
    limits_rest,
    limits_there,
    loses_start,
    says_nothing_else,
    stands_there,
    takes_away,
)
from quotecheck.comparison.quantity_alignment import QuantityWords, quantities_of_both
from quotecheck.comparison.stretches import WordRun, stretch_of
from quotecheck.comparison.transcription_drift import DRIFT, drifted, is_stutter, told_of
from quotecheck.comparison.word_alignment import AlignmentBlock
from quotecheck.comparison.words import Words, fold
from quotecheck.language.clause_operators import REASONS
from quotecheck.records.check import Edit, Reason, Severity, Verdict, max_severity
from quotecheck.records.text import Span

__all__ = ["WordingVerdict", "compare_wording", "strip_marks"]

_SMALL_GAP_WORDS: Final = 3
"""Words left out up to which an omission is small."""
_LARGE_GAP_WORDS: Final = 40
"""Words left out from which on an omission joins two places."""
_NEAR: Final = 240
"""Code points within which two parts in the other order are one sentence turned round."""
_APART = re.compile(r"[,.?!;:…—–-]*[\"”]\s.+\s[\"“]", re.DOTALL)
"""Raw text that ends one quotation of the source and begins another."""
_LEAST_JOINED: Final = 3
"""Words of a second speaker from which on a quotation joins two."""


@dataclass(frozen=True, slots=True)
class WordingVerdict:
    """What the words alone say: verdict, severity, every edit, the diff, and reasons in words."""

    verdict: Verdict
    severity: Severity
    edits: tuple[Edit, ...]
    diff: tuple[tuple[str, str, str], ...]
    reasons: tuple[Reason, ...]


def compare_wording(
    quote: str,
    words: Words,
    parts: Sequence[MatchContext],
    *,
    frequency: Callable[[str], int] | None = None,
    report: ArticleReport = NO_ARTICLE,
) -> WordingVerdict:
    """Judge the wording of a quotation against the places found for it.

    Args:
        quote: the quotation, without its outer marks.
        words: its words.
        parts: where its stretches lie, in order of the quotation; together they cover all words.
        frequency: how often the library holds a folded word; helps to tell misprints from words.
        report: how the article reports the quotation: what it says itself was not left out.

    Returns:
        Verdict (never misattributed, paraphrase or not_found), severity, edits, diff and reasons.
    """
    state = _State(quote, words, frequency, report, all(part.transcript for part in parts))
    for k, part in enumerate(parts):
        if k:
            state.jump(parts[k - 1], part)
        state.read(part)
    state.edits, severity = with_moves(state.edits, parts)
    state.severities.append(severity)
    if parts:
        state.ends(parts[0], parts[-1])
        if len(parts) == 1 and not state.edits and not state.cut and not state.spliced:
            state.characters(parts[0])
    return state.judgement()


class _State:
    """Collects what is found about one quotation."""

    def __init__(
        self,
        quote: str,
        words: Words,
        frequency: Callable[[str], int] | None,
        report: ArticleReport,
        transcript: bool,
    ) -> None:
        self.quote = quote
        self.words = words
        self.frequency = frequency
        self.report = report
        self.transcript = transcript
        self.edits: list[Edit] = []
        self.diff: list[tuple[str, str, str]] = []
        self.reasons: list[Reason] = []
        self.severities: list[Severity] = []
        self.interruptions: list[Span] = []
        self.altered = self.spliced = self.cut = self.typographic = False

    def read(self, part: MatchContext) -> None:
        """Take in the blocks of one part."""
        shift = part.quote_first
        place = part.alignment
        origin: Sequence[QuantityWords] = ()
        quoted: Sequence[QuantityWords] = ()
        if any(block.op != "equal" for block in place.blocks):
            origin, quoted = quantities_of_both(part.source, place.first, place.last, self.words)
        pending: list[tuple[AlignmentBlock, WordRun, WordRun, bool]] = []
        for block in part.alignment.blocks:
            before = stretch_of(part.source, part.text, part.offset, block.a0, block.a1, origin)
            first, last = block.b0 + shift, block.b1 + shift
            after = stretch_of(self.words, self.quote, 0, first, last, quoted)
            self.diff.append((block.op, before.text, after.text))
            if block.op == "equal":
                continue
            marked = any(first <= g <= last for g in self.words.gaps)
            pending.append((block, before, after, marked))
        replaced = [(b, x, y) for b, x, y, _ in pending if b.op == "replace"]
        misprints = sum(
            classify_edit(b, x, y, frequency=self.frequency).kind == "misprint"
            for b, x, y in replaced
        )
        self._omission_across_limits(part)
        for block, before, after, marked in pending:
            if block.op == "delete" and self._interrupted(part, block):
                continue
            if block.op == "delete":
                self._omission(part, block, before, shift, marked=marked)
            elif block.op == "insert" and stands_there(part, block, after):
                continue
            else:
                self._change(part, block, before, after, misprinted=misprints > 0)
        for edit in look_alikes(self.quote, self.words, part):
            self.altered = True
            self._add(edit)
            self._say("change", f"has “{edit.after}” for “{edit.before}” ({edit.kind})", edit.after)

    def _interrupted(self, part: MatchContext, block: AlignmentBlock) -> bool:
        """Whether the words left out are the source's own between two halves of a quotation."""
        start, end = part.source.ends[block.a0 - 1], part.source.starts[block.a1]
        between = part.raw(start, end)
        words = interruption(between)
        if words is None:
            if _APART.fullmatch(between.strip()):
                self.spliced = True
                self.severities.append("wording")
                self._say("splice", "joins two quotations of the source", squeeze(between))
                return True
            return False
        self.interruptions.append(Span(start, end))
        self._say("interrupted", f"the source interrupts the words: “{words}”", words)
        return True

    def _omission_across_limits(self, part: MatchContext) -> None:
        """Words of two speakers that the quotation gives as one's."""
        speakers = speakers_of(part, _LEAST_JOINED)
        if len(speakers) > 1 and not self.words.skipped:  # with labels it is shown as a dialogue
            self.spliced = True
            both = " and of ".join(speakers)
            self.severities.append("meaning")
            self._say("speakers", f"joins words of {both}", both, "meaning")

    def _omission(
        self,
        part: MatchContext,
        block: AlignmentBlock,
        before: WordRun,
        shift: int,
        *,
        marked: bool,
    ) -> None:
        """Source words that the quotation leaves out between two of its own."""
        size = block.a1 - block.a0
        shown = shorten(before.text)
        if is_enumerator(part, block):
            self._add(Edit("typography", before.text, "", "none"))
            self.typographic = True
            return
        edit = as_form_of_time(classify_edit(block, before, WordRun((), ())), part.source, block.a1)
        if self._is_typographic(edit, is_stutter(part.source.forms, block.a0, block.a1)):
            return
        if edit.severity == "meaning" and says_nothing_else(part, block, edit.kind):
            edit = replace(edit, kind="omission", severity="wording")
        if changes_degree(part, block.a0, before.forms):
            edit = replace(edit, kind="quantifier", severity="meaning")
        if not marked and (is_told_aside_at(part, block) or joins_sentences(part, block)):
            edit = replace(edit, severity="meaning")
        grave = edit.severity == "meaning" or limits_rest(before.forms)
        if marked and self._is_article_gap(block.b0 + shift):
            if is_grave(part, block, edit) and not self.report.says(before.text, edit.kind):
                self.cut = True
                self._add(Edit(edit.kind, before.text, "", "meaning"))
            self._say("article gap", f"between the marks the source has “{shown}”", before.text)
        elif size > _LARGE_GAP_WORDS:
            self.spliced = True
            is_condition = limits_there(part.source, block)
            self._add(Edit("omission", before.text, "", "meaning" if is_condition else "wording"))
            self._say("splice", f"joins words that stand {size} words apart", shown)
        elif marked:
            self.cut = True
            grave = is_grave(part, block, edit)
            resumed = self.quote[self.words.starts[block.b1 + shift]].islower()
            severity: Severity = (
                "meaning" if grave else severity_of_elision(part, block, runs_on=resumed)
            )
            self._add(Edit("omission", before.text, "", severity))
            self._say("ellipsis", f"leaves out, marked by an ellipsis: “{shown}”", before.text)
        elif size > _SMALL_GAP_WORDS:
            self.cut = True
            grave = grave and not leaves_other_sentences(part, block)
            self._add(Edit("omission", before.text, "", "meaning" if grave else "wording"))
            self._say("omission", f"leaves out without a mark: “{shown}”", before.text)
        else:
            self.altered = True
            self._add(edit)
            self._say("omission", f"drops “{shown}” ({edit.kind})", before.text)

    def _is_article_gap(self, at: int) -> bool:
        """Whether the article's own words stand before a word of the quotation."""
        if not 0 < at < len(self.words):
            return False
        between = self.quote[self.words.ends[at - 1] : self.words.starts[at]]
        return self.report != NO_ARTICLE and ARTICLE_GAP in between

    def _change(
        self,
        part: MatchContext,
        block: AlignmentBlock,
        before: WordRun,
        after: WordRun,
        *,
        misprinted: bool,
    ) -> None:
        """Words that the quotation puts in or changes."""
        shift = part.quote_first
        excepting = takes_away(part.source, block.a0, before.forms)
        bracketed = block.b1 > block.b0 and all(
            k + shift in self.words.bracketed for k in range(block.b0, block.b1)
        )
        for edit in segment_edits(
            block, before, after,
            bracketed=bracketed, frequency=self.frequency, misprinted=misprinted,
        ):  # fmt: skip
            if not edit.before and is_few(self.words, block.b0 + shift, (fold(edit.after),)):
                edit = replace(edit, kind="quantifier", severity="meaning")
            if excepting and edit.kind == "function word" and edit.before.casefold() == "but":
                edit = replace(edit, kind="quantifier", severity="meaning")
            if edit.kind == "numeral" and loses_start(part.source, block.a0, edit):
                edit = replace(edit, kind="number", severity="meaning")
            if self._is_typographic(as_form_of_time(edit, self.words, block.b1 + shift)):
                continue
            if self.transcript and (edit := drifted(edit)).kind == DRIFT:
                self.altered = True
                self._add(edit)
                self._say(DRIFT, told_of(edit), edit.after, edit.severity)
                continue
            self._add(edit)
            last = block.b1 + shift == len(self.words)
            if kind := cut_quantity(edit, first=block.b0 + shift == 0, last=last):
                self.cut = True
                self._say(kind, f"{kind} a number: “{edit.before}”", edit.before, edit.severity)
                continue
            self.altered = True
            old, new = shorten(edit.before), shorten(edit.after)
            if not old:
                self._say("insertion", f"puts in “{new}” ({edit.kind})", edit.after)
            elif not new:
                self._say("omission", f"drops “{old}” ({edit.kind})", edit.before)
            else:
                self._say("change", f"has “{new}” for “{old}” ({edit.kind})", edit.after)

    def jump(self, before: MatchContext, after: MatchContext) -> None:
        """Two parts from two places."""
        self.diff.append(("delete", "[…]", ""))
        one_voice = not before.speaker or not after.speaker or before.speaker == after.speaker
        same_text = before.document == after.document
        if self._is_article_gap(after.quote_first) and same_text and one_voice:
            self._say("article gap", "the words in marks stand at two places of one document")
            self._take(cuts_at_joint(self.quote, self.words, before, after))
            return
        severity: Severity = "wording" if one_voice else "meaning"
        if not one_voice:
            both = f"{before.speaker} and of {after.speaker}"
            self._say("speakers", f"joins words of {both}", both, severity)
        self.severities.append(severity)
        if before.document == after.document:
            gap = before.span.start - after.span.end
            if 0 <= gap <= _NEAR:
                self.altered = True
                words = squeeze(after.raw(after.span.start, after.span.end))
                at = after.quote_first
                turned = REASONS & set(self.words.forms[max(0, at - 2) : at + 2])
                self._add(Edit("order", "", words, "meaning" if turned else "wording"))
                self._say("order", f"puts “{shorten(words)}” after what it stands before", words)
                return
            self._say("splice", "joins words from two places of one document")
        else:
            self._say("splice", "joins words from two documents")
        self.spliced = True
        self._take(cuts_at_joint(self.quote, self.words, before, after))

    def ends(self, first: MatchContext, last: MatchContext) -> None:
        """What was cut off before and after, and whether that is shown or turns the sense."""
        gaps = sorted(filter(self._is_article_gap, self.words.gaps))
        self._take(find_cuts(self.quote, self.words, first, last, gaps, self.report))

    def _take(self, cuts: Iterable[Cut]) -> None:
        for cut in cuts:
            kind = cut.reason.kind.removeprefix("cut off: ")
            if cut.reason.severity == "meaning" and self.report.says(cut.reason.words, kind):
                continue
            self.cut = self.cut or cut.verdict == "truncated"
            self.altered = self.altered or cut.verdict == "altered"
            self.severities.append(cut.reason.severity)
            self.reasons.append(cut.reason)

    def characters(self, part: MatchContext) -> None:
        """Equal words: are the characters equal, up to white space and a final comma or stop?"""
        edits = character_differences(self.quote, self.words, part, self.interruptions)
        if edits is not None:
            self.typographic = True
            self._say("typography", "same words; punctuation, case or spelling differ")
            self.edits.extend(edits)

    def _is_typographic(self, edit: Edit, stutter: bool = False) -> bool:
        """Take in an edit that leaves the words the same, and say whether it is one."""
        drift = drifted(edit) if self.transcript else edit
        if stutter and self.transcript and edit.severity != "meaning":
            drift = replace(edit, kind=DRIFT, severity="none")
        if edit.kind not in TYPOGRAPHIC and (drift.kind, drift.severity) != (DRIFT, "none"):
            return False
        self._add(drift)
        self.typographic = True
        if self.transcript and drift.kind in (DRIFT, "numeral"):
            self._say(DRIFT, told_of(drift), drift.after or drift.before)
        return True

    def _add(self, edit: Edit) -> None:
        self.edits.append(edit)

    def _say(self, kind: str, text: str, words: str = "", severity: Severity = "none") -> None:
        self.reasons.append(Reason(kind, text, words, severity))

    def judgement(self) -> WordingVerdict:
        """The first rule that fits."""
        if self.altered:
            verdict: Verdict = "altered"
        elif self.spliced:
            verdict = "spliced"
        elif self.cut:
            verdict = "truncated"
        elif self.typographic:
            verdict = "typographic"
        else:
            verdict = "verbatim"
        severity = max_severity([*(edit.severity for edit in self.edits), *self.severities])
        return WordingVerdict(
            verdict,
            severity,
            tuple(self.edits),
            tuple(self.diff),
            tuple(dict.fromkeys(self.reasons)),
        )
