"""Check one quotation against a library: find its words, gather the evidence, have it decided."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from quotecheck.checking.coverage import Coverage, coverage_of
from quotecheck.checking.distinctiveness import is_common, is_distinctive
from quotecheck.checking.evidence import CheckEvidence, ParaphraseEvidence
from quotecheck.checking.fact_checks import fact_checks_of
from quotecheck.checking.match_finder import MatchFinder
from quotecheck.checking.matches import Match, MatchResult
from quotecheck.checking.other_words import holds_place, nearest_places
from quotecheck.checking.paraphrase_search import SemanticSearch
from quotecheck.checking.thresholds import MatchEvidence, thresholds
from quotecheck.checking.translation_words import translation_reasons
from quotecheck.checking.verdict import decide, outweighs_words, wording_rank
from quotecheck.comparison.article_words import NO_ARTICLE, ArticleReport
from quotecheck.comparison.context import MatchContext, squeeze
from quotecheck.comparison.wording import WordingVerdict, compare_wording, strip_marks
from quotecheck.comparison.words import Words, quotation_words
from quotecheck.errors import InputError
from quotecheck.library.places import document_rows_like, searched_without
from quotecheck.records.check import Check, Reason
from quotecheck.records.document import Document
from quotecheck.records.text import Span
from quotecheck.speakers.name_matching import distinct_people

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["Checker", "SemanticFinder", "check_quote", "match_evidence"]

_MAX_QUOTE_WORDS: Final = 20_000
"""What is longer is a text, not a quotation."""
_MAX_ALTERNATIVES: Final = 50  # Other places that a check lists. By eye: nobody reads more.
_EQUAL_PLACES_COMPARED: Final = 16  # matches of the same words; each costs an alignment
SemanticFinder = Callable[[str, "str | None"], "ParaphraseEvidence | None"]
"""Finds the same statement in other words: from (quotation, claimed speaker) to the nearest
sentence, or None."""
_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\s|\n\s*\n")


def check_quote(
    library: Library,
    quote: str,
    *,
    speaker: str | None = None,
    semantic: SemanticFinder | None = None,
) -> Check:
    """Check one quotation.

    Args:
        library: an open library.
        quote: the words, with or without quotation marks around them.
        speaker: who is said to have said them; None when that is not asked.
        semantic: asked where the words fail; see `Checker`.

    Returns:
        The verdict with its place, differences and reasons. ``searched`` says what a "not found"
        covers.

    Raises:
        InputError: when the quotation holds no word or is longer than 20,000 words.
    """
    return Checker(library, semantic=semantic).check(quote, speaker=speaker)


class Checker:
    """Checks quotations against one library, remembering what it has read of it.

    Args:
        library: an open library. What is added to it later may go unseen.
        semantic: asked where the words fail, with the quotation and the claimed speaker; may give
            the sentence that comes nearest in meaning.
    """

    def __init__(self, library: Library, *, semantic: SemanticFinder | None = None) -> None:
        self._library = library
        self._finder = MatchFinder(library.db.conn)
        self._semantic = semantic
        self._searched: str | None = None
        self._coverage: dict[str, Coverage] = {}

    @property
    def searched(self) -> str:
        """What was searched: "312 documents (1789 to 2016-11-08)"."""
        if self._searched is None:
            # Not `Library.statistics`: it counts the passages, one by one.
            counted = searched_without(self._library.db.conn, self._finder.excluded_documents)
            self._searched = counted.describe()
        return self._searched

    def leave_out(self, document: Document) -> None:
        """Do not look into this document: an article is not a source of its own quotations."""
        rows = document_rows_like(self._library.db.conn, document.text_sha256, document.id)
        self._finder.leave_out(frozenset(rows))
        self._searched = None
        self._coverage.clear()
        if isinstance(self._semantic, SemanticSearch):
            self._semantic.excluded_documents = self._finder.excluded_documents

    @property
    def library(self) -> Library:
        """What is checked against."""
        return self._library

    @property
    def finder(self) -> MatchFinder:
        """Where places are looked for."""
        return self._finder

    def coverage(self, speaker: str) -> Coverage:
        """What was searched of a speaker."""
        known = self._coverage.get(speaker)
        if known is None:
            known = coverage_of(
                self._library.db.conn,
                self._finder.utterances.names,
                speaker,
                left_out=self._finder.excluded_documents,
            )
            self._coverage[speaker] = known
        return known

    def check(
        self, quote: str, *, speaker: str | None = None, report: ArticleReport = NO_ARTICLE
    ) -> Check:
        """Check one quotation, which an article may report; see `check_quote`."""
        shown = strip_marks(quote)
        check = self._checked(quote, shown, speaker, report)
        return replace(check, fact_checks=fact_checks_of(self._library.db.conn, shown))

    def _checked(self, quote: str, shown: str, speaker: str | None, report: ArticleReport) -> Check:
        words = quotation_words(shown)
        if not words:
            raise InputError(
                "the quotation holds no word to look for",
                where=repr(quote[:40]),
                remedy="Give the words as they were quoted.",
            )
        if len(words) > _MAX_QUOTE_WORDS:
            raise InputError(
                f"{len(words):,} words are not a quotation (at most {_MAX_QUOTE_WORDS:,})",
                remedy="Check it paragraph by paragraph.",
            )
        speaker = (speaker or "").strip() or None
        if not self._finder.index.passages:
            return self.unanswered(quote, speaker, "the library holds no document")
        if is_common(shown):
            reason = Reason("common words", f"“{shown}” matches nothing in particular")
            evidence = CheckEvidence(is_common=True, coverage=(reason,), denied=report.denied)
            return self._decided(quote, speaker, evidence, 0.0)
        result = self._finder.find(shown, words, speaker)
        if not thresholds().is_found(match_evidence(result)):
            near = self._semantic(shown, speaker) if self._semantic is not None else None
            return self._not_found(quote, speaker, result, near, report)
        check = self._check_of_match(quote, shown, words, speaker, result, report)
        near = self._nearer_in_meaning(check, shown, speaker, result)
        if near is None:
            return check
        if outweighs_words(near, is_elsewhere=not holds_place(near, result.matches)):
            return self._not_found(quote, speaker, result, near, report)
        return replace(check, nearest=nearest_places(near))

    def _nearer_in_meaning(
        self, check: Check, shown: str, speaker: str | None, result: MatchResult
    ) -> ParaphraseEvidence | None:
        """The sentence nearest in meaning where the words were found but faintly.

        Half of the words in a row of another sense are found as well as a free rendering is.
        """
        faint = check.verdict == "altered" and result.share < thresholds().faint
        if not faint or not isinstance(self._semantic, SemanticSearch):
            return None
        places = [(place.origin.row, place.start, place.end) for place in result.matches]
        return self._semantic(shown, speaker, places)

    def unanswered(
        self, quote: str, speaker: str | None, why: str, report: ArticleReport = NO_ARTICLE
    ) -> Check:
        """A check of what cannot be looked for."""
        reason = Reason("unanswered", why)
        evidence = CheckEvidence(coverage=(reason,), denied=report.denied)
        return self._decided(quote, speaker, evidence, 0.0)

    def _decided(
        self, quote: str, speaker: str | None, evidence: CheckEvidence, score: float
    ) -> Check:
        """The check of some evidence, without its place."""
        decision = decide(evidence)
        return Check(
            quote, decision.verdict, decision.wording, decision.severity, round(score, 4), speaker,
            speaker=decision.speaker, reasons=decision.reasons, searched=self.searched,
            claim=decision.claim, speaker_basis=decision.basis,
            speaker_confidence=decision.confidence,
        )  # fmt: skip

    def _not_found(
        self,
        quote: str,
        speaker: str | None,
        result: MatchResult,
        near: ParaphraseEvidence | None,
        report: ArticleReport,
    ) -> Check:
        evidence = CheckEvidence(
            paraphrase=near,
            claimed=speaker,
            denied=report.denied,
            coverage=(
                *(translation_reasons(near) if near is not None else ()),
                *self._coverage_reasons(speaker, result),
            ),
        )
        if near is None:
            chance = thresholds().probability(match_evidence(result))
            return self._decided(quote, speaker, evidence, chance)
        return replace(
            self._decided(quote, speaker, evidence, near.chance),
            document=near.document,
            title=near.title,
            date=near.date,
            spans=(Span(near.start, near.end),),
            origin_text=near.text,
            surroundings=near.passage,
            nearest=nearest_places(near),
        )

    def _check_of_match(
        self,
        quote: str,
        shown: str,
        words: Words,
        speaker: str | None,
        result: MatchResult,
        report: ArticleReport,
    ) -> Check:
        known = self._known_elsewhere(result) if speaker is not None else None
        if known is not None:
            result = result.preferring(known)
        result, judgement, parts = self._compared(shown, words, result, report)
        places, place = result.matches, result.matches[0]
        utterances = self._finder.utterances
        row, author = place.origin.row, place.origin.author
        spoken = utterances.spoken(
            row, place.start, place.end, place.speaker, author, middle=place.middle
        )
        spoken = replace(spoken, is_derived=place.origin.derived)
        text = " … ".join(
            squeeze(p.raw(q.start, q.end)) for p, q in zip(parts, places, strict=True)
        )
        claim = None
        if speaker is not None:
            claim = utterances.claim(
                speaker,
                [p.claimed_speaker_matches for p in places],
                spoken,
                row,
                Span(place.start, place.end),
                is_distinctive=is_distinctive(
                    shown,
                    text,
                    persons=self._persons(result),
                    passages=self._finder.index.passages,
                ),
            )
        evidence = CheckEvidence(
            is_found=True,
            wording=judgement,
            spoken=spoken,
            claimed=speaker,
            claim=claim,
            denied=report.denied,
            only_in=_only_in(result),
        )
        check = self._decided(quote, speaker, evidence, 0.0)
        score = thresholds().answer_probability(
            match_evidence(result),
            rivals=result.rivals(place),
            verdict=check.verdict,
            severity=check.severity,
        )
        return replace(
            check,
            score=round(score, 4),
            document=place.origin.key,
            spans=tuple(Span(p.start, p.end) for p in places),
            date=place.origin.date,
            title=place.origin.title,
            origin_text=text,
            surroundings=_surroundings(parts[0]),
            edits=judgement.edits,
            diff=judgement.diff,
            others=tuple(
                (other.origin.key, other.start, other.end, other.speaker)
                for other in result.alternatives[:_MAX_ALTERNATIVES]
            ),
            locator=self._finder.locator(place),
        )

    def _persons(self, result: MatchResult) -> int:
        """How many different people say the words, at the places that are reported."""
        shown = (*result.matches[:1], *result.alternatives[:_MAX_ALTERNATIVES])
        names = {place.speaker for place in shown if place.speaker}
        return len(distinct_people(sorted(names)))

    def _coverage_reasons(self, speaker: str | None, result: MatchResult) -> Iterator[Reason]:
        """What was searched, how much of it is the claimed speaker's, and what comes nearest."""
        yield Reason("searched", f"not in these {self.searched}", self.searched)
        if speaker is not None:
            yield Reason("claimed speaker", self.coverage(speaker).describe(), speaker)
        if result.matches and result.share > thresholds().nearest:
            place = result.matches[0]
            nearest = self._finder.part(place)
            text = squeeze(nearest.raw(place.start, place.end))[:200]
            key = place.origin.key
            note = f"nearest: “{text}” ({key}), {result.share:.0%} of the words alike"
            yield Reason("nearest", note, key)

    def _known_elsewhere(self, result: MatchResult) -> Match | None:
        """An equal place where it is known who speaks, and all texts that leave it open agree.

        An article in the library may hold the same words in marks. What a machine read there is
        no ground to accuse; but where it read the name of the person whose turn the words are in
        another source, the turn decides.
        """
        equal = [*result.matches, *result.alternatives]
        known = next((p for p in equal if p.claimed_speaker_matches is False and p.speaker), None)
        unsure = [place for place in equal if place.claimed_speaker_matches is None]
        many = len(result.matches) > 1 or len(unsure) > _EQUAL_PLACES_COMPARED
        is_theirs = any(place.claimed_speaker_matches for place in equal)
        if known is None or not unsure or many or is_theirs:
            return None
        utterances = self._finder.utterances
        for place in unsure:
            quoted = utterances.spoken(
                place.origin.row, place.start, place.end, place.speaker, place.origin.author,
                middle=place.middle,
            ).quoted  # fmt: skip
            same = [utterances.names.same_person(name, known.speaker or "") for name in quoted]
            if not same or not all(same):
                return None
        return known

    def _compared(
        self, shown: str, words: Words, result: MatchResult, report: ArticleReport
    ) -> tuple[MatchResult, WordingVerdict, list[MatchContext]]:
        """The wording; among equal places the one that the quotation copies most closely."""
        compare = partial(compare_wording, frequency=self._finder.index.frequency, report=report)
        if len(result.matches) > 1 or not result.alternatives:
            parts = [self._finder.part(place) for place in result.matches]
            return result, compare(shown, words, parts), parts
        equal = [*result.matches, *result.alternatives]
        speaker_matches = equal[0].claimed_speaker_matches
        compared = []
        alike = [p for p in equal if p.claimed_speaker_matches == speaker_matches]
        for place in alike[:_EQUAL_PLACES_COMPARED]:
            parts = [self._finder.part(place)]
            verdict = compare(shown, words, parts)
            compared.append((place, verdict, parts))
        place, judgement, parts = min(compared, key=lambda item: wording_rank(item[1]))
        return result.preferring(place), judgement, parts


def match_evidence(result: MatchResult) -> MatchEvidence:
    """The evidence that a search found, for `quotecheck.checking.thresholds`."""
    places = result.matches
    answers = {place.claimed_speaker_matches for place in places}
    return MatchEvidence(
        result.share,
        result.matched,
        result.longest,
        result.words,
        len(places),
        len(result.alternatives),
        True if True in answers else False if answers == {False} else None,
    )


def _only_in(result: MatchResult) -> str | None:
    """A document that repeats others, where all that hold the words do; None otherwise."""
    origins = [place.origin for place in (*result.matches, *result.alternatives)]
    first = origins[0]
    return (first.title or first.key) if all(origin.derived for origin in origins) else None


def _surroundings(part: MatchContext) -> str:
    """The sentence or sentences around a place."""
    start, end = part.span.start - part.offset, part.span.end - part.offset
    before = part.text[:start]
    low = max((m.end() for m in _SENTENCE.finditer(before)), default=0)
    after = _SENTENCE.search(part.text, max(0, end - 1))
    high = after.end() if after else len(part.text)
    return squeeze(part.text[low:high])
