"""Finds passages that may hold a quotation: wide, cheap, and never by reading everything.

The whole quotation as one phrase comes first. Where that finds nothing, its rarest two- and
three-word phrases and its rare words vote for the passages they occur in. Every query is made of
quoted strings, so nothing in a quotation can be taken for search syntax.
"""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final
from unicodedata import combining, normalize

from quotecheck.annotations import Passage
from quotecheck.lexicon.wording import FUNCTION_WORDS

__all__ = ["CandidateIndex", "search_terms"]

_TERM = re.compile(r"[^\W_]+")
_PHRASE_TERMS: Final = 64
"""The longest phrase asked as one; longer ones are asked by parts."""
_EXACT_ROWS: Final = 400
_VOTE_ROWS: Final = 160
_BUDGETS: Final = {1: 12, 2: 10, 3: 8, 4: 7}
_LEAST_BUDGET: Final = 5
"""Phrases that are asked for each part of a quotation, by how many parts there are."""
_AGREED: Final = 7
_SURE: Final = 4
_TRIED: Final = 3
_PAIRED: Final = 6
_COMBINED: Final = 10
_APART: Final = 8
"""Words between two phrases from which on more do not matter."""
_REMEMBERED: Final = 400
_SLOW: Final = 2.0
_PARTS: Final = 12
_SHARE: Final = 0.4
_PART_SHARE: Final = 0.6
LEAST_WEIGHT: Final = 1.0
"""Weight of a function word: alone it tells nothing, in a run of its kind a little."""
_FLOOR: Final = 20_000
"""Passages that a library counts as having at least: in a small one, every word would be rare."""


def search_terms(text: str) -> list[str]:
    """The words of ``text`` as SQLite's tokenizer divides and folds them.

    >>> search_terms('Don’t say "NEAR(x*)" to Ségolène')
    ['don', 't', 'say', 'near', 'x', 'to', 'segolene']
    """
    if not text.isascii():
        text = "".join(c for c in normalize("NFD", text) if not combining(c))
    return _TERM.findall(text.lower())


def _phrase(terms: Iterable[str]) -> str:
    """A phrase query: terms are letters and digits, the quotes keep AND, OR, NEAR harmless."""
    return '"' + " ".join(terms) + '"'


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


def _pairs(queries: Sequence[tuple[str, int]]) -> Iterator[str]:
    """Queries for two of some phrases at once, those far from one another first.

    Phrases side by side are mostly found together, in all the places that have a stretch of the
    quotation; two from its two ends are found together in hardly any place but its own.

    Args:
        queries: phrases with the place of each in the quotation, the rarest first.
    """
    ways = [
        (-min(_APART, abs(a - b)), later + sooner, one, other)
        for later, (other, b) in enumerate(queries[:_COMBINED])
        for sooner, (one, a) in enumerate(queries[:later])
        if not set(one.strip('"').split()) & set(other.strip('"').split())
    ]
    for _, _, one, other in sorted(ways)[:_PAIRED]:
        yield f"{one} AND {other}"


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
        self._total = math.log(max(self.passages, _FLOOR) + 1)
        self._frequency: dict[str, int] = {}
        self._weight: dict[str, float] = {}
        self._recent: dict[str, list[int]] = {}

    def frequency(self, term: str) -> int:
        """In how many passages ``term`` (as `search_terms` gives it) occurs.

        For function words an estimate: counting the most common words of all reads the most.
        """
        known = self._frequency.get(term)
        if known is None:
            if term in FUNCTION_WORDS:
                known = max(1, self.passages // 4)
            else:
                row = self._db.execute(
                    "SELECT doc FROM passages_vocab WHERE term = ?", (term,)
                ).fetchone()
                known = row[0] if row else 0
            self._frequency[term] = known
        return known

    def weight(self, form: str) -> float:
        """How much a word tells about a place: the log of how rare it is, from 1 to about 10.

        Args:
            form: a folded word (`quotecheck.words.fold`); of "don't" the rarer half counts.
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
        whole = _phrase(terms)
        # Where a few of the words are hardly ever neighbours, those few places are looked at, and
        # the long lists of the common words are not read.
        for _, size, at in self._ways(terms)[:_TRIED] if len(terms) > 3 else ():
            rows = self._rows(_phrase(terms[at : at + size]))
            if len(rows) < _VOTE_ROWS:
                wanted = f" {' '.join(terms)} "
                return [
                    passage.id
                    for passage in self.fetch(rows)
                    if wanted in f" {' '.join(search_terms(passage.text))} "
                ]
        return [
            row[0]
            for row in self._db.execute(
                "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?", (whole, limit)
            )
        ]

    def _rows(self, query: str) -> list[int]:
        """The first passages that a query finds; what was asked lately is not asked again."""
        known = self._recent.get(query)
        if known is None:
            if len(self._recent) >= _REMEMBERED:
                self._recent.clear()
            known = self._recent[query] = [
                row[0]
                for row in self._db.execute(
                    "SELECT rowid FROM passages_fts WHERE passages_fts MATCH ? LIMIT ?",
                    (query, _VOTE_ROWS),
                )
            ]
        return known

    def vote(self, parts: Sequence[Sequence[str]], limit: int = 80) -> list[int]:
        """Passages that share the rarest phrases and words of the parts, best first.

        Args:
            parts: the terms of each stretch that stands by itself (between ellipses, a sentence of
                several). Each part has a say of its own, so that the second half of a spliced
                quotation is found too.
            limit: how many passages at most.

        Returns:
            Row numbers; those with less than half of the best one's votes are left out, unless a
            part of the quotation points to them.
        """
        if len(parts) > _PARTS:  # the parts that tell most, spread over the whole
            step = len(parts) / _PARTS
            parts = [
                max(parts[int(k * step) : int((k + 1) * step)] or parts[-1:], key=self._telling)
                for k in range(_PARTS)
            ]
        tallies = [self._tally(part, _BUDGETS.get(len(parts), _LEAST_BUDGET)) for part in parts]
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

    def _telling(self, part: Sequence[str]) -> float:
        return sum(self.weight(term) for term in part)

    def _tally(self, terms: Sequence[str], phrases: int) -> Counter[int]:
        """Votes for passages by one part, each phrase voting with its rarity."""
        votes: Counter[int] = Counter()
        voters: Counter[int] = Counter()
        crowded: list[tuple[str, int]] = []
        agreed = 0
        decided = False
        for query, at, rows in self._asked(terms, phrases):
            agreed += bool(rows)
            if len(rows) >= _VOTE_ROWS:  # too common to tell, and only the first are known
                rows = rows[: _VOTE_ROWS // 2]
                crowded.append((query, at))
            worth = self._total - math.log(len(rows) + 1)
            for row in rows:
                votes[row] += worth  # type: ignore[assignment]
            voters.update(rows)
            if agreed >= _SURE and rows and _is_decided(voters, agreed):
                (_, most), *rest = voters.most_common(2)
                decided = not rest or rest[0][1] < most
                break  # one passage has all of the rarest: commoner ones would not unseat it
        if len(crowded) > 1 and not decided:
            # In a large library the rarest phrases are common; few passages have two of them.
            for query in _pairs(crowded):
                rows = self._rows(query)
                if len(rows) < _VOTE_ROWS:
                    # They hold more of the crowded phrases than their first rows tell.
                    worth = 2 * self._total - math.log(len(rows) + 1)
                    worth *= max(1.0, len(crowded) / 4)
                    for row in rows:
                        votes[row] += worth  # type: ignore[assignment]
        # A quotation that crosses a border gives half of its votes to each neighbour.
        joined: Counter[int] = Counter(votes)
        for row in votes:
            joined[row] += 0.5 * max(votes.get(row - 1, 0), votes.get(row + 1, 0))  # type: ignore[assignment]
        return joined

    def _ways(self, terms: Sequence[str]) -> list[tuple[float, int, int]]:
        """Two- and three-word phrases as (how common, size, place), the rarest first.

        A phrase with a function word counts as commoner than it is: its long list is slow to read.
        """
        ways: list[tuple[float, int, int]] = []
        counts = [self.frequency(term) for term in terms]
        logs = [
            math.log(count + 1) + (_SLOW if term in FUNCTION_WORDS else 0.0)
            for term, count in zip(terms, counts, strict=True)
        ]
        for size in (2, 3):
            for i in range(len(terms) - size + 1):
                if all(counts[i : i + size]) and not (
                    size == 2 and terms[i] in FUNCTION_WORDS and terms[i + 1] in FUNCTION_WORDS
                ):
                    # Neighbours depend on one another: two words in a row are likelier than
                    # chance, and a third one adds little.
                    common = sum(logs[i : i + size]) - 0.8 * self._total * (size - 1)
                    ways.append((common, size, i))
        ways.sort()
        return ways

    def _asked(self, terms: Sequence[str], phrases: int) -> Iterator[tuple[str, int, list[int]]]:
        """The phrases and words to ask for, rarest first, with their place and the rows they find.

        What finds nothing (a word was changed there) takes nobody's place.
        """
        taken: dict[int, int] = defaultdict(int)
        count = asked = 0
        for _, size, i in self._ways(terms):
            if count >= phrases or asked >= 2 * phrases:
                break
            if all(taken[k] >= 2 for k in range(i, i + size)):
                continue
            query = _phrase(terms[i : i + size])
            rows = self._rows(query)
            asked += 1
            if rows:
                count += 1
                for k in range(i, i + size):
                    taken[k] += 1
            yield query, i, rows
        ceiling = max(_VOTE_ROWS // 2, self.passages // 20_000)
        rare = sorted({t for t in terms if 0 < self.frequency(t) <= ceiling}, key=self.frequency)
        for term in rare[: max(2, phrases // 2)]:
            query = _phrase([term])
            yield query, terms.index(term), self._rows(query)

    def likest(self, terms: Sequence[str], rows: Sequence[int], limit: int) -> list[int]:
        """Of many rows those whose passages share the most words with a quotation.

        Args:
            terms: the quotation's.
            rows: row numbers, best first; the order decides among equals.
            limit: how many to keep.
        """
        if len(rows) <= limit:
            return list(rows)
        weights = {term: self.weight(term) for term in set(terms)}
        scores = {
            passage.id: sum(weights.get(term, 0.0) for term in set(search_terms(passage.text)))
            for passage in self.fetch(rows)
        }
        return sorted(rows, key=lambda row: -scores.get(row, 0.0))[:limit]

    def fetch(self, rows: Iterable[int]) -> list[Passage]:
        """The passages with these row numbers, in the order asked for; missing ones left out.

        ``Passage.document`` is the document's row number as text: what `neighbours` needs.
        """
        wanted = list(rows)
        found: dict[int, Passage] = {}
        for at in range(0, len(wanted), 400):
            some = wanted[at : at + 400]
            marks = ",".join("?" * len(some))
            for row in self._db.execute(
                f"SELECT id, document_id, start, end, text FROM passages WHERE id IN ({marks})",  # noqa: S608
                some,
            ):
                found[row[0]] = Passage(row[0], str(row[1]), row[2], row[3], row[4])
        return [found[row] for row in wanted if row in found]
