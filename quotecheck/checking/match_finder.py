"""Where in a library the words of a quotation stand: candidates, aligned with the quotation.

The exact phrase settles most. Otherwise each group of neighbouring candidate passages is aligned
with the quotation, and a quotation that two places explain better than one is divided between them.
"""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from quotecheck.checking.matches import Match, MatchResult, SourceDocument, preference, ranked
from quotecheck.checking.utterance_speaker import UtteranceSpeakers
from quotecheck.comparison.alignment import Alignment, Anchors, align, exact
from quotecheck.comparison.context import MatchContext
from quotecheck.comparison.renderings import renderings
from quotecheck.comparison.words import Words, join, source_words
from quotecheck.library.passage_index import CandidateIndex, quotation_terms
from quotecheck.library.places import (
    document_facts,
    earliest_passages,
    locator_at,
    text_between,
)
from quotecheck.library.utterances import turns_within
from quotecheck.records.document import PASSAGE_WORDS, Passage
from quotecheck.records.text import Span

__all__ = ["MatchFinder"]

_GROUPS: Final = 16
"""Groups of passages that are aligned with the quotation."""
_CROWD: Final = 300
"""Candidates that are looked at, word by word, before the most similar are aligned."""
_FEW: Final = 6  # passages that are all aligned, and parts that each bring their own; by eye
_EACH: Final = 5
"""Candidates that each part of a quotation of a few parts may bring."""
_KEPT_WORDS: Final = 4_000
"""Passages whose words are remembered."""
_SPLIT: Final = 8.0
"""What a second place must explain beyond the first, in weight of words."""
_TURN: Final = 3.0
"""The same where the two stand in one text, the second before the first."""
_TURNED: Final = 0.85  # share of weight that halves turned round must find; by eye
_SPLIT_WORDS: Final = 8  # Words. By eye: a shorter quotation is not divided between places.
_CUTS: Final = 12  # cuts tried between two places, the middle first; each costs an alignment
_JUMP: Final = 10
"""Words left out at once from which on a quotation may come from two places."""
_PART: Final = 0.7
"""Share of its weight that each part of a spliced quotation must find."""
_APART: Final = 40  # words, and code points times four, within one place; by eye
_MARGIN: Final = 400  # Code points of text on either side of a place that comparison may read.
_LONG: Final = 64
"""Words from which on a few parts of a quotation are looked for first."""
_WELL: Final = 0.7
"""Share of a quotation from which on it is not looked for a second time, in a large library."""
_MANY: Final = 32
"""Passages with the words in a row that are read, the earliest."""
_COMMA = re.compile(r"[.!?…;:,—][\"'”’)\]]*+\s*+(?=[\"'“‘(\[]*+[^\W\d_])|\.\s?\.\s?\.")
"""Where a quotation may have been turned round as well."""
_BREAK = re.compile(r"(?<=[.!?…;:])[\"'”’)\]]*+\s++(?=[\"'“‘(\[]*+[^\W\d_])|…|\.\s?\.\s?\.")


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring passages of one document, read as one."""

    document: int
    words: Words


class MatchFinder:
    """Finds places in one library, remembering what it has read.

    Args:
        connection: an open connection to a library.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.index = CandidateIndex(connection)
        self.excluded_documents: frozenset[int] = frozenset()
        """Rows of documents that are not looked into."""
        self._words: dict[int, Words] = {}
        self._origins: dict[int, SourceDocument] = {}
        self.utterances = UtteranceSpeakers(connection)

    def leave_out(self, documents: frozenset[int]) -> None:
        """Look into these documents (row numbers) no more, and into all others again."""
        self.excluded_documents = documents
        self.index.leave_out(documents)

    # What the library says of a place

    def origin(self, row: int) -> SourceDocument:
        """The document with this row number."""
        known = self._origins.get(row)
        if known is None:
            known = self._origins[row] = SourceDocument(row, *document_facts(self._db, row))
        return known

    def locator(self, place: Match) -> str | None:
        """Where in its source a place stands ("page 12"), None where the reader does not say."""
        return locator_at(self._db, place.origin.row, place.start)

    def part(self, place: Match) -> MatchContext:
        """A place with the raw text around it, for judging."""
        start = max(0, place.start - _MARGIN)
        text = text_between(self._db, place.origin.row, start, place.end + _MARGIN)
        return MatchContext(
            text, start, place.source, place.alignment, place.first, place.origin.key,
            place.speaker, self._turns(place), place.origin.machine_transcript,
        )  # fmt: skip

    def _turns(self, place: Match) -> tuple[tuple[Span, str], ...]:
        """The turns of known speakers in which a place lies."""
        turns = turns_within(self._db, place.origin.row, Span(place.start, place.end))
        return tuple((Span(t.start, t.end), t.speaker) for t in turns if t.speaker is not None)

    # Search

    def find(self, quote: str, words: Words, claimed: str | None = None) -> MatchResult:
        """The best places for a quotation.

        Args:
            quote: the quotation without its outer marks.
            words: its words, at least one.
            claimed: who is said to have said it; their own places are preferred.
        """
        total = sum(self.index.weight(form) for form in words.forms)
        exact = self._exact(quote, words, claimed)
        may_be_theirs = any(p.claimed_speaker_matches is not False for p in exact)
        if exact and (claimed is None or may_be_theirs):
            return MatchResult(tuple(exact[:1]), tuple(exact[1:]), total, total, len(words))
        breaks = _breaks(quote, words, _COMMA)
        result = MatchResult(total=total, words=len(words))
        for deeper in (False, True) if self.index.is_large else (False,):
            groups = self._candidates(quote, words, deeper=deeper)
            wide = self._explain(words, groups, claimed, breaks)
            matched = sum(place.alignment.matched for place in wide)
            if matched > result.matched:
                result = MatchResult(tuple(wide), (), matched, total, len(words))
            if exact or result.share > _WELL:
                break
        are_claimed = result.matches and all(p.claimed_speaker_matches for p in result.matches)
        if exact and not (are_claimed and result.matched > 0.8 * total):
            return MatchResult(tuple(exact[:1]), tuple(exact[1:]), total, total, len(words))
        return result

    def read_around(self, rows: Sequence[int], words: int) -> Iterator[tuple[int, Words]]:
        """The text around each of some passages, as (document's row, its words).

        Args:
            rows: row numbers of passages.
            words: the number of words of the quotation that is aligned with them.
        """
        for group in self._groups(rows, 1 + words // PASSAGE_WORDS):
            yield group.document, group.words

    def place_of(self, document: int, source: Words, alignment: Alignment) -> Match:
        """The place of an alignment; nobody is claimed."""
        return self._place(document, source, alignment, 0, None)

    def _exact(self, quote: str, words: Words, claimed: str | None) -> list[Match]:
        """Places that hold all the words in a row, the best one first."""
        if any(0 < gap < len(words) for gap in words.gaps):
            return []
        places: list[Match] = []
        rows = self.index.exact(quotation_terms(quote)) or self._with_other_renderings(quote)
        if claimed is None and len(rows) > _MANY:
            rows = earliest_passages(self._db, rows)[:_MANY]
        for passage in self._fetch(rows):
            source = self._passage_words(passage)
            for first in _occurrences(words.forms, source.forms):
                alignment = exact(words, source, first, self.index.weight)
                places.append(self._place(int(passage.document), source, alignment, 0, claimed))
        if not places:
            for passage in self._fetch(rows[:8]):
                source = self._passage_words(passage)
                loose = align(words, source, self.index.weight)
                if loose is not None and loose.share > 0.9:
                    places.append(self._place(int(passage.document), source, loose, 0, claimed))
        places.sort(key=preference)
        return places

    def _with_other_renderings(self, quote: str) -> list[int]:
        """Passages that hold a quotation in a row, its letters, numbers or compounds dressed."""
        for rendering in renderings(quote):
            rows = self.index.exact(quotation_terms(rendering))
            if rows:
                return rows
        return []

    def _place(
        self, document: int, source: Words, alignment: Alignment, first: int, claimed: str | None
    ) -> Match:
        origin = self.origin(document)
        place = Match(origin, source, alignment, first, None, None)
        speaker = self.utterances.speaker(document, place.middle, origin.author)
        matches_claim = self.utterances.names.matches_claim(claimed, speaker, origin.author)
        return replace(place, speaker=speaker, claimed_speaker_matches=matches_claim)

    def _fetch(self, rows: Iterable[int]) -> list[Passage]:
        passages = self.index.fetch(rows)
        if not self.excluded_documents:
            return passages
        return [p for p in passages if int(p.document) not in self.excluded_documents]

    def _passage_words(self, passage: Passage) -> Words:
        known = self._words.get(passage.id)
        if known is None:
            if len(self._words) >= _KEPT_WORDS:
                self._words.clear()
            known = self._words[passage.id] = source_words(passage.text, offset=passage.start)
        return known

    def _candidates(self, quote: str, words: Words, *, deeper: bool) -> Iterator[_Group]:
        """Groups of passages to align, the likeliest first.

        What is asked for later is not asked for at all where an earlier group has all the words.
        """
        bounds = [0, *_breaks(quote, words), len(words)]
        parts = [
            quotation_terms(quote[words.starts[a] : words.ends[b - 1]])
            for a, b in itertools.pairwise(bounds)
            if b > a
        ]
        parts = [part for part in parts if part]
        reach = 1 + len(words) // PASSAGE_WORDS
        if len(words) > _LONG and not deeper:
            some = [part for part in parts if len(part) >= _SPLIT_WORDS] or parts
            third = some[:: -(-len(some) // 3)]
            yield from self._groups(self.index.candidates_by_terms(third, 2), reach)
        rows = self.index.candidates_by_terms(parts, 2 * _CROWD, deeper=deeper)
        if len(rows) > _FEW:
            rows = self._most_similar(quotation_terms(quote), parts, rows)
        yield from self._groups(rows, reach)

    def _most_similar(
        self, terms: Sequence[str], parts: Sequence[Sequence[str]], rows: Sequence[int]
    ) -> list[int]:
        """Of many candidates the most similar for the whole, and for each part of a quotation."""
        whole = self.index.rank_by_overlap(terms, rows[:_CROWD], _GROUPS * 2)
        if len(parts) < 2 or len(parts) > _FEW:
            return whole
        rankings = [self.index.rank_by_overlap(part, rows, _EACH) for part in parts]
        by_turns = itertools.chain.from_iterable(zip(*rankings, strict=False))
        return list(dict.fromkeys([*whole[:_EACH], *by_turns, *whole]))

    def _groups(self, rows: Sequence[int], reach: int) -> Iterator[_Group]:
        """Each row with ``reach`` neighbours on both sides; none is read twice."""
        covered: set[int] = set()
        for row in rows:
            if row in covered:
                continue
            passages = {p.id: p for p in self._fetch(range(row - reach, row + reach + 1))}
            if row not in passages:
                continue
            document = passages[row].document
            low = high = row
            while low - 1 in passages and passages[low - 1].document == document:
                low -= 1
            while high + 1 in passages and passages[high + 1].document == document:
                high += 1
            covered.update(range(low + 1, high))
            covered.add(row)
            pieces = [self._passage_words(passages[n]) for n in range(low, high + 1)]
            yield _Group(int(document), join(pieces))

    def _read(
        self, words: Words, groups: Iterable[_Group], claimed: str | None
    ) -> tuple[list[Match], list[tuple[_Group, Anchors]]]:
        """Places for the whole quotation, best first, and every group with what it shares.

        Stops at the first place that leaves nothing to be wished for.
        """
        weights = [self.index.weight(form) for form in words.forms]
        total = sum(weights)
        candidates: list[tuple[_Group, Anchors]] = []
        for group in itertools.islice(groups, _GROUPS):
            anchors = Anchors(words, group.words, weights)
            if not anchors.score:
                continue
            candidates.append((group, anchors))
            if anchors.score >= total - 1.0:
                place = self._match_of(group, anchors, 0, claimed)
                if place is None or place.claimed_speaker_matches is False:
                    continue
                if _is_clean(place, words):
                    return [place], candidates
        candidates.sort(key=lambda item: -item[1].score)
        places = [self._match_of(group, anchors, 0, claimed) for group, anchors in candidates[:4]]
        return ranked(place for place in places if place is not None), candidates

    def _match_of(
        self, group: _Group, anchors: Anchors, first: int, claimed: str | None
    ) -> Match | None:
        alignment = anchors.alignment()
        if alignment is None:
            return None
        return self._place(group.document, group.words, alignment, first, claimed)

    def _explain(
        self,
        words: Words,
        groups: Iterable[_Group],
        claimed: str | None,
        breaks: Sequence[int],
        first: int = 0,
        depth: int = 2,
    ) -> list[Match]:
        """One place for the words, or several where several explain them better."""
        whole, candidates = self._read(words, groups, claimed)
        if not whole or len(words) < _SPLIT_WORDS:
            return [replace(place, first=first) for place in whole[:1]]
        best = replace(whole[0], first=first)
        left_out = best.alignment.last - best.alignment.first - len(words)
        if not depth or (_is_clean(best, words) and left_out <= max(_JUMP, len(words))):
            return [best]
        equal = [block for block in best.alignment.blocks if block.op == "equal"]
        jumps = [b.b0 for b in best.alignment.blocks if b.op == "delete" and b.a1 - b.a0 > _JUMP]
        borders = {*breaks, *(b.b0 for b in equal[:1]), *(b.b1 for b in equal[-1:])}
        cuts = {cut for cut in (*borders, *jumps) if 3 <= cut <= len(words) - 3}
        score = best.alignment.score
        pair: tuple[int, _Group, _Group] | None = None
        gain = 0.0
        for cut in sorted(cuts, key=lambda c: abs(c - len(words) // 2))[:_CUTS]:
            left = sorted((-a.before(cut), n) for n, (_, a) in enumerate(candidates))[:4]
            right = sorted((-a.after(cut), n) for n, (_, a) in enumerate(candidates))[:4]
            for left_worth, i in left:
                for right_worth, j in right:
                    a, b = candidates[i][0], candidates[j][0]
                    if a is not b and cut not in borders:
                        continue
                    worth = -left_worth - right_worth + (1.5 if a.document == b.document else 0.0)
                    if worth - score > max(gain, _TURN if a is b else _SPLIT):
                        gain, pair = worth - score, (cut, a, b)
        if pair is None:
            return [best]
        cut, a, b = pair
        around = [group for group, _ in candidates]
        left_half = self._explain(
            words.slice(0, cut), [a, *around], claimed, [k for k in breaks if k < cut],
            first, depth - 1,
        )  # fmt: skip
        right_half = self._explain(
            words.slice(cut, len(words)), [b, *around], claimed,
            [k - cut for k in breaks if k > cut], first + cut, depth - 1,
        )  # fmt: skip
        places = [*left_half, *right_half]
        if not left_half or not right_half or any(p.alignment.share < _PART for p in places):
            return [best]
        if gain < _SPLIT and not (len(places) == 2 and _is_turned(*places)):
            return [best]
        return places if all(_apart(p, q) for p, q in itertools.pairwise(places)) else [best]


def _is_clean(place: Match, words: Words) -> bool:
    """Whether a place explains all the words without a jump."""
    alignment = place.alignment
    return alignment.share > 0.97 and alignment.last - alignment.first < len(words) + _APART


def _is_turned(first: Match, second: Match) -> bool:
    """Whether two halves stand close by in the other order, nearly all their words."""
    return 0 <= first.start - second.end < _APART * 4 and all(
        place.alignment.share > _TURNED for place in (first, second)
    )


def _apart(a: Match, b: Match) -> bool:
    """Whether two places are two: other documents, the other order, or far between."""
    if a.origin.row != b.origin.row or b.end <= a.start:
        return True
    return b.start - a.end > _APART * 4


def _breaks(quote: str, words: Words, at: re.Pattern[str] = _BREAK) -> list[int]:
    """Indices of words before which a quotation may have been joined: sentences, ellipses."""
    breaks = {gap for gap in words.gaps if 0 < gap < len(words)}
    k = 0
    for match in at.finditer(quote):
        while k < len(words) and words.starts[k] < match.end():
            k += 1
        if 0 < k < len(words):
            breaks.add(k)
    return sorted(breaks)


def _occurrences(forms: Sequence[str], source: Sequence[str]) -> Iterator[int]:
    size = len(forms)
    for at in range(len(source) - size + 1):
        if source[at] == forms[0] and source[at : at + size] == forms:
            yield at
