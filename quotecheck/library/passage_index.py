"""Finds passages that may hold a quotation: wide, cheap, and never by reading everything.

The whole quotation as one phrase comes first. Where that finds nothing, its rarest phrases and its
rare words vote for the passages they occur in, as many as there is time for
(`quotecheck.library.phrase_queries` says which). Every query is made of quoted strings, so nothing
in a quotation can be taken for search syntax.
"""

from __future__ import annotations

import itertools
import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Final

from quotecheck.language.folding import without_accents
from quotecheck.language.word_classes import FUNCTION_WORDS
from quotecheck.library.phrase_queries import Gram, extended, grams, pairs, phrase, single
from quotecheck.library.sql import placeholders
from quotecheck.records.document import Passage

__all__ = ["CandidateIndex", "quotation_terms", "search_terms"]

_LETTERS_IN_BRACKETS = re.compile(
    r"\[([^\W\d_]{1,3})\](?=\w)|(?<=[^\W\d_])\[([^\W\d_]{1,3})\](?!\w)"
)
_TERM = re.compile(r"[^\W_]+")
_PHRASE_TERMS: Final = 64
"""The longest phrase asked as one; longer ones are asked by parts."""
_EXACT_ROWS: Final = 400  # Passages with the very words. Bounds the time for common words.
_VOTE_ROWS: Final = 1_000
"""Passages that a phrase votes for at most; one that more have is asked for with another word."""
_BUDGETS: Final = {1: 12, 2: 10, 3: 8, 4: 7}
_LEAST_BUDGET: Final = 5
"""Phrases that are asked for each part of a quotation, by how many parts there are."""
_AGREED: Final = 7  # Phrases that agree on a passage: then no more are asked for. By eye.
_SURE: Final = 4  # Phrases asked for before that is looked at. By eye.
_TRIED: Final = 2  # Rare phrases tried before the whole. By eye: each costs a question.
_LOOKED_FOR: Final = 5  # Words, the longest, that are looked for before all are compared.
_REMEMBERED: Final = 400  # Answers of the index that are remembered. Bounds the memory.
_WORK: Final = 1_500_000
"""Entries of lists that are read for a part of a quotation (`Gram.work`; a million take 10 ms),
divided by the phrases that have already found something, and one."""
_DEEPER: Final = 4_000_000
"""The same, where that has found no place."""
_HOPELESS: Final = 12.0
"""The log of how many passages have a phrase that is not worth asking for."""
_PARTS: Final = 12  # Parts of a quotation that are asked for. Bounds the time for long ones.
_SHARE: Final = 0.4  # Share of the leader's votes, 0..1, that a passage needs. By eye.
_PART_SHARE: Final = 0.6  # The same within one part of a quotation. By eye.
LEAST_WEIGHT: Final = 1.0
"""Weight of a function word: alone it tells nothing, in a run of its kind a little."""
_COUNTED: Final = 1_024
"""Passages up to which those with a word are counted one by one."""
_NTH: Final = (
    "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? AND rowid > ?"
    f" LIMIT 1 OFFSET {_COUNTED - 1}"
)
_COUNT: Final = "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ? AND rowid > ?"
_TOGETHER: Final = 400  # Rows of one statement: below the limit of parameters of old SQLite (999).
_FEW_ROWS: Final = 4  # Passages up to which none is left out, so they need no order.
_LIKE: Final = 0.5
"""Of what the most similar passage shares with a quotation, what others must share to be read."""
_LARGE: Final = 50_000  # Passages. By eye: from there on a second look costs more than it finds.
_FLOOR: Final = 20_000
"""Passages that a library counts as having at least: in a small one, every word would be rare."""


def search_terms(text: str) -> list[str]:
    """The words of ``text`` as SQLite's tokenizer divides and folds them.

    >>> search_terms('Don’t say "NEAR(x*)" to Ségolène')
    ['don', 't', 'say', 'near', 'x', 'to', 'segolene']
    """
    return _TERM.findall(without_accents(text, ligatures=True).lower())


def quotation_terms(quote: str) -> list[str]:
    """The words of a quotation in which letters in brackets are the beginning or end of a word.

    >>> quotation_terms("[W]e're on"), quotation_terms("he want[ed] [it]")
    (['we', 're', 'on'], ['he', 'wanted', 'it'])
    """
    return search_terms(_LETTERS_IN_BRACKETS.sub(r"\1\2", quote))


def _leading(tally: Counter[int], share: float, limit: int) -> list[int]:
    """Rows with at least ``share`` of the highest tally, best first."""
    least = share * max(tally.values(), default=0.0)
    rows = sorted(
        (row for row, votes in tally.items() if votes >= least), key=lambda r: (-tally[r], r)
    )
    return rows[:limit]


def _is_decided(voters: Counter[int], agreed: int) -> bool:
    """Whether one passage has all the phrases so far, and no other comes near."""
    leaders = voters.most_common(2)
    if not leaders or leaders[0][1] < agreed:
        return False
    return agreed >= _AGREED or len(leaders) == 1 or leaders[1][1] <= agreed - 3


class CandidateIndex:
    """Looks passages up in one library, remembering how common each word is.

    Args:
        connection: an open connection to a library (tables ``passages``, ``passages_fts`` and
            ``passages_vocab``).
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        row = connection.execute("SELECT max(id) FROM passages").fetchone()
        self.passages: int = row[0] or 0
        """How many passages there are, about (the highest row number)."""
        self.is_large = self.passages > _LARGE
        """Whether not everything worth asking for is asked at once."""
        self._total = math.log(max(self.passages, _FLOOR) + 1)
        self._frequency: dict[str, int] = {}
        self._weight: dict[str, float] = {}
        self._recent: dict[str, list[int]] = {}
        self._left_out: frozenset[int] = frozenset()
        self._ranked: tuple[tuple[str, ...], list[Gram]] = ((), [])

    def leave_out(self, documents: Collection[int]) -> None:
        """Find no passage of these documents (row numbers) from now on, and all of the others.

        Left out before the votes are counted: the best of them would else decide the search.
        """
        some = list(documents)
        rows = self._db.execute(
            f"SELECT id FROM passages WHERE document_id IN ({placeholders(some)})", some
        )
        self._left_out = frozenset(row for (row,) in rows)
        self._recent.clear()

    def frequency(self, term: str) -> int:
        """In how many passages ``term`` (as `search_terms` gives it) occurs.

        Exact up to a thousand; of more, an estimate from two parts of the library.
        """
        known = self._frequency.get(term)
        if known is None:
            known = self._frequency[term] = self._count(term)
        return known

    def _count(self, term: str) -> int:
        query = phrase([term])
        if (last := self._db.execute(_NTH, (query, 0)).fetchone()) is None:
            return self._count_from(query, 0)
        # So many in the first part of the library, so many in a part from its middle on.
        half = self.passages // 2
        end = self._db.execute(_NTH, (query, half)).fetchone()
        count = _COUNTED if end else self._count_from(query, half)
        width = last[0] + (end[0] if end else self.passages) - half
        return int((_COUNTED + count) * self.passages / width)

    def _count_from(self, query: str, after: int) -> int:
        """How many passages after a row number have a word, few as they are."""
        return int(self._db.execute(_COUNT, (query, after)).fetchone()[0])

    def weight(self, form: str) -> float:
        """How much a word tells about a place: the log of how rare it is, from 1 to about 10.

        Args:
            form: a folded word (`quotecheck.comparison.words.fold`); of "don't" the rarer half
            counts.
        """
        known = self._weight.get(form)
        if known is None:
            if form in FUNCTION_WORDS:
                known = LEAST_WEIGHT
            else:
                pieces = search_terms(form)
                rarest = min((self.frequency(piece) for piece in pieces), default=self.passages)
                known = max(LEAST_WEIGHT, self._total - math.log(rarest + 1))
            self._weight[form] = known
        return known

    def exact(self, terms: Sequence[str], limit: int = _EXACT_ROWS) -> list[int]:
        """Passages that hold all of ``terms`` in a row, in order of the library."""
        if not terms or len(terms) > _PHRASE_TERMS or not all(map(self.frequency, terms)):
            return []
        whole = phrase(terms)
        # Where a few of the words are hardly ever neighbours, those few places are looked at, and
        # the long lists of the common words are not read.
        for gram in self._grams(terms)[:_TRIED] if len(terms) > 3 else ():
            rows = self._rows(gram.query)
            if len(rows) < _VOTE_ROWS:
                return self._with_all(terms, rows)
        return self._rows_matching(whole, limit)

    def _with_all(self, terms: Sequence[str], rows: Sequence[int]) -> list[int]:
        """Those of some passages that hold the words in a row."""
        longest = sorted(set(terms), key=len)[-_LOOKED_FOR:]
        phrase = f" {' '.join(terms)} "
        matches = []
        for row, text in self._texts(rows):
            folded = without_accents(text, ligatures=True).lower()
            if not all(term in folded for term in longest):  # most lack a word: quick to see
                continue
            if phrase in f" {' '.join(_TERM.findall(folded))} ":
                matches.append(row)
        return matches

    def _rows(self, query: str) -> list[int]:
        """The first passages that a query finds; what was asked lately is not asked again."""
        known = self._recent.get(query)
        if known is None:
            if len(self._recent) >= _REMEMBERED:
                self._recent.clear()
            known = self._recent[query] = self._rows_matching(query, _VOTE_ROWS)
        return known

    def _rows_matching(self, query: str, limit: int) -> list[int]:
        rows = self._db.execute(
            "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?",
            (query, limit + len(self._left_out)),
        )
        return [row for (row,) in rows if row not in self._left_out][:limit]

    def candidates_by_terms(
        self, parts: Sequence[Sequence[str]], limit: int = 80, *, deeper: bool = False
    ) -> list[int]:
        """Passages that share the rarest phrases and words of the parts, best first.

        Args:
            parts: the terms of each stretch that stands by itself (between ellipses, a sentence of
                several). Each part has a say of its own, so that the second half of a spliced
                quotation is found too.
            limit: how many passages at most.
            deeper: whether to take more time, because a first look has found nothing.

        Returns:
            Row numbers; those with less than half of the best one's votes are left out, unless a
            part of the quotation points to them.
        """
        if len(parts) > _PARTS:  # the parts that tell most, spread over the whole
            step = len(parts) / _PARTS
            parts = [
                max(
                    parts[int(k * step) : int((k + 1) * step)] or parts[-1:],
                    key=self._informative_terms,
                )
                for k in range(_PARTS)
            ]
        phrases = _BUDGETS.get(len(parts), _LEAST_BUDGET)
        tallies = [self._tally(part, phrases, deeper) for part in parts]
        total: Counter[int] = Counter()
        for tally in tallies:
            total.update(tally)
        ranked = _leading(total, _SHARE, limit // 2)
        if len(tallies) > 1:
            for tally in tallies:
                best = max(tally.values(), default=0.0)
                if any(tally.get(row, 0.0) >= 0.9 * best for row in ranked[:8]):
                    continue
                ranked.extend(_leading(tally, _PART_SHARE, 6))
        return list(dict.fromkeys(ranked))[:limit]

    def _informative_terms(self, part: Sequence[str]) -> float:
        return sum(self.weight(term) for term in part)

    def _tally(self, terms: Sequence[str], phrases: int, deeper: bool) -> Counter[int]:
        """Votes for passages by one part, each phrase voting with its rarity."""
        votes: Counter[int] = Counter()
        voters: Counter[int] = Counter()
        crowded: list[Gram] = []
        agreed = 0
        for gram, rows in self._select_phrases(terms, phrases, deeper):
            if len(rows) >= _VOTE_ROWS:  # too common to tell, and only the first are known
                crowded.append(gram)
                continue
            # "2 1", "1 2" and "2 1 2" of "2 1/2" are one find, and many a place has it.
            decides = any(not terms[k].isdecimal() for k in gram.places)
            agreed += bool(rows) and decides
            worth = self._total - math.log(len(rows) + 1)
            for row in rows:
                votes[row] += worth  # type: ignore[assignment]
            if decides:
                voters.update(rows)
            if agreed >= _SURE and rows and _is_decided(voters, agreed):
                break  # one passage has all of the rarest: commoner ones would not unseat it
        else:
            # In a large library the rarest phrases are common; few passages have two of them.
            for query in pairs(crowded, terms):
                rows = self._rows(query)
                if len(rows) < _VOTE_ROWS:
                    worth = self._total - math.log(len(rows) + 1)
                    for row in rows:
                        votes[row] += worth  # type: ignore[assignment]
        # A quotation that crosses a border gives half of its votes to each neighbour.
        joined: Counter[int] = Counter(votes)
        for row in votes:
            joined[row] += 0.5 * max(votes.get(row - 1, 0), votes.get(row + 1, 0))  # type: ignore[assignment]
        return joined

    def _grams(self, terms: Sequence[str]) -> list[Gram]:
        """The phrases of a stretch; the whole of a quotation is often its only part."""
        term_key = tuple(terms)
        if self._ranked[0] != term_key:
            self._ranked = term_key, grams(terms, self.frequency, self._total)
        return self._ranked[1]

    def _select_phrases(
        self, terms: Sequence[str], phrases: int, deeper: bool
    ) -> Iterator[tuple[Gram, list[int]]]:
        """The phrases and words to ask for, the best first, with the rows they find.

        What finds nothing (a word was changed there) takes nobody's place.
        """
        hits: dict[int, int] = defaultdict(int)
        misses: dict[int, int] = defaultdict(int)
        known: set[str] = set()
        waiting = self._grams(terms)[::-1]
        count = query_count = 0
        spent = 0.0
        work, common = (_DEEPER, math.inf) if deeper else (_WORK, _HOPELESS)
        while waiting and count < phrases and query_count < 2 * phrases:
            gram = waiting.pop()
            if gram.query in known or all(hits[k] >= 2 for k in gram.places):
                continue
            if any(misses[k] >= 2 and not hits[k] for k in gram.places):
                continue  # a word that was not there
            if gram.common > common or spent + gram.work > work / (count + 1):
                continue
            known.add(gram.query)
            spent += gram.work
            rows = self._rows(gram.query)
            query_count += 1
            yield gram, rows
            if len(rows) >= _VOTE_ROWS:
                waiting += extended(gram, terms, self.frequency, self._total)
                continue
            count += bool(rows)
            for k in gram.places:
                (hits if rows else misses)[k] += 1
        ceiling = max(80, self.passages // 20_000)
        rare = sorted({t for t in terms if 0 < self.frequency(t) <= ceiling}, key=self.frequency)
        for term in rare[: max(2, phrases // 2)]:
            gram = single(terms, terms.index(term), self.frequency, self._total)
            yield gram, self._rows(gram.query)

    def rank_by_overlap(self, terms: Sequence[str], rows: Sequence[int], limit: int) -> list[int]:
        """Of many rows those whose passages share the most words with a quotation.

        Args:
            terms: the quotation's.
            rows: row numbers, best first; the order decides among equals.
            limit: how many to keep; fewer where others share not half of what the best one does.

        Returns:
            Row numbers, the most similar first. Words are looked for as strings of letters, in
            their order two by two: quick, and near enough for an order.
        """
        if len(rows) <= _FEW_ROWS:
            return list(rows)
        weights = {term if len(term) > 4 else f" {term}": self.weight(term) for term in terms}
        for a, b in itertools.pairwise(terms):
            weights[f"{a} {b}"] = 0.5 * (self.weight(a) + self.weight(b))
        shared = weights.items()
        scores: dict[int, float] = {}
        for row, text in self._texts(rows):
            text = text.lower()
            scores[row] = sum([weight for word, weight in shared if word in text])
        ranked = sorted(rows, key=lambda row: -scores.get(row, 0.0))[:limit]
        least = _LIKE * scores.get(ranked[0], 0.0)
        return [row for row in ranked if scores.get(row, 0.0) >= least]

    def fetch(self, rows: Iterable[int]) -> list[Passage]:
        """The passages with these row numbers, in the order asked for; missing ones left out.

        ``Passage.document`` is the document's row number as text: what `neighbours` needs.
        """
        numbers = list(rows)
        columns = "id, document_id, start, end, text"
        passages = {
            row[0]: Passage(row[0], str(row[1]), row[2], row[3], row[4])
            for row in self._read(columns, numbers)
        }
        return [passages[row] for row in numbers if row in passages]

    def _texts(self, rows: Sequence[int]) -> list[tuple[int, str]]:
        """Row numbers and texts of passages, in the order asked for; missing ones left out."""
        texts: dict[int, str] = dict(self._read("id, text", rows))
        return [(row, texts[row]) for row in rows if row in texts]

    def _read(self, columns: str, rows: Sequence[int]) -> Iterator[Any]:
        for at in range(0, len(rows), _TOGETHER):
            some = list(rows[at : at + _TOGETHER])
            some += some[:1] * (-len(some) % 8)  # few lengths: statements are prepared once
            yield from self._db.execute(
                f"SELECT {columns} FROM passages WHERE id IN ({placeholders(some)})", some
            )
