"""Is it so? One quotation against a library."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from quotecheck.checking.coverage import Coverage, coverage_of
from quotecheck.checking.match_finder import PlaceFinder
from quotecheck.checking.matches import Found, Place
from quotecheck.checking.paraphrase_search import SemanticSearch
from quotecheck.checking.thresholds import Evidence, thresholds
from quotecheck.checking.utterance_speaker import Quoted
from quotecheck.comparison.context import Part, squeeze
from quotecheck.comparison.wording import Judgement, judge, strip_marks
from quotecheck.comparison.words import Words, fold, quotation_words
from quotecheck.errors import InputError
from quotecheck.language.person_names import same_person, surname_of
from quotecheck.library.listings import relays_others
from quotecheck.records.check import Check, Reason, Verdict
from quotecheck.records.document import Document
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = [
    "Checker",
    "SemanticFinder",
    "check_quote",
    "evidence_of",
    "is_at_fault",
]

_LONGEST: Final = 20_000
"""Words in a quotation at most; what is longer is a text, not a quotation."""
_OTHERS: Final = 50
SemanticFinder = Callable[[str, "str | None", Check], "Check | None"]
"""Finds the same statement in other words: (quotation, claimed speaker, the check so far) to a
check of its own, or None."""
_WORD = re.compile(r"[^\W\d_]+")
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


def is_at_fault(check: Check, gate: Literal["meaning", "wording", "any"]) -> bool:
    """Whether a check should stop a gate (`check --fail-on`).

    "meaning" stops at another meaning and another's words; "wording" at other wording too; "any" at
    whatever is not there word for word, the quotations that were not found among them.
    """
    if gate == "any":
        return check.verdict not in ("verbatim", "typographic")
    return check.severity == "meaning" or (gate == "wording" and check.severity == "wording")


class Checker:
    """Checks quotations against one library, remembering what it has read of it.

    Args:
        library: an open library. What is added to it later may go unseen.
        semantic: asked where the words fail; may give another check, with its own label, of the
            same statement in other words. Gets the quotation, the claimed speaker and the check so
            far ("not_found").
    """

    def __init__(self, library: Library, *, semantic: SemanticFinder | None = None) -> None:
        self._library = library
        self._finder = PlaceFinder(library.db.conn)
        self._semantic = semantic
        self._searched: str | None = None
        self._coverage: dict[str, Coverage] = {}

    @property
    def searched(self) -> str:
        """What was searched: "312 documents (1789 to 2016-11-08)"."""
        if self._searched is None:
            self._searched = self._library.statistics().describe()
        return self._searched

    def leave_out(self, document: Document) -> None:
        """Do not look into this document: an article is no source of its own quotations."""
        rows = self._library.db.execute(
            "SELECT id FROM documents WHERE text_sha256 = ? OR key = ?",
            (document.text_sha256, document.id),
        )
        self._finder.without = frozenset(row[0] for row in rows)
        if isinstance(self._semantic, SemanticSearch):
            self._semantic.without = self._finder.without

    @property
    def library(self) -> Library:
        """What is checked against."""
        return self._library

    @property
    def finder(self) -> PlaceFinder:
        """Where places are looked for."""
        return self._finder

    def coverage(self, speaker: str) -> Coverage:
        """What was searched of a speaker."""
        known = self._coverage.get(speaker)
        if known is None:
            known = coverage_of(self._library.db.conn, self._finder.utterances.names, speaker)
            self._coverage[speaker] = known
        return known

    def check(self, quote: str, *, speaker: str | None = None) -> Check:
        """Check one quotation; see `check_quote`."""
        shown = strip_marks(quote)
        words = quotation_words(shown)
        if not words:
            raise InputError(
                "the quotation holds no word to look for",
                where=repr(quote[:40]),
                remedy="Give the words that are said to have been said.",
            )
        if len(words) > _LONGEST:
            raise InputError(
                f"{len(words):,} words are no quotation (at most {_LONGEST:,})",
                remedy="Check it paragraph by paragraph.",
            )
        speaker = (speaker or "").strip() or None
        if not self._finder.index.passages:
            return self.unanswered(quote, speaker, "the library holds no document")
        found = self._finder.find(shown, words, speaker)
        check = self._answer(quote, shown, words, speaker, found)
        if check.verdict == "not_found" and self._semantic is not None:
            return self._semantic(shown, speaker, check) or check
        return check

    def unanswered(self, quote: str, speaker: str | None, why: str) -> Check:
        """A check of what cannot be looked for."""
        return Check(
            quote, "not_found", "not_found", "none", 0.0, speaker,
            reasons=(Reason("unanswered", why),), searched=self.searched,
        )  # fmt: skip

    def _answer(
        self, quote: str, shown: str, words: Words, speaker: str | None, found: Found
    ) -> Check:
        given = evidence_of(found)
        score = round(thresholds().probability(given), 4)
        if not thresholds().is_found(given):
            return Check(
                quote, "not_found", "not_found", "none", score, speaker,
                reasons=tuple(self._negative(speaker, found)), searched=self.searched,
            )  # fmt: skip
        place, judgement, parts = self._judged(shown, words, found)
        places = found.places if len(found.places) > 1 else [place]
        return self._check(quote, speaker, places, parts, judgement, found, score)

    def _negative(self, speaker: str | None, found: Found) -> Iterator[Reason]:
        """What was searched, how much of it is the claimed speaker's, and what comes nearest."""
        yield Reason("searched", f"not in these {self.searched}", self.searched)
        if speaker is not None:
            told = self.coverage(speaker).describe()
            yield Reason("claimed speaker", told, speaker)
        if found.places and found.share > thresholds().nearest:
            place = found.places[0]
            nearest = self._finder.part(place)
            text = squeeze(nearest.raw(place.start, place.end))[:200]
            key = place.origin.key
            yield Reason(
                "nearest", f"nearest: “{text}” ({key}), {found.share:.0%} of the words alike", key
            )

    def _judged(
        self, shown: str, words: Words, found: Found
    ) -> tuple[Place, Judgement, list[Part]]:
        """The judgement; among equal places the one that the quotation copies most closely."""
        frequency = self._finder.index.frequency
        if len(found.places) == 1 and found.others:
            rivals = [found.places[0], *found.others]
            best = rivals[0].said
            rivals = [place for place in rivals if place.said == best][:8]
            judged = []
            for place in rivals:
                part = self._finder.part(place)
                judged.append((place, judge(shown, words, [part], frequency=frequency), [part]))
            judged.sort(key=lambda item: _VERDICTS.index(item[1].verdict))
            chosen = judged[0]
            found.others = [p for p in [*found.places, *found.others] if p is not chosen[0]]
            found.places = [chosen[0]]
            return chosen
        parts = [self._finder.part(place) for place in found.places]
        return found.places[0], judge(shown, words, parts, frequency=frequency), parts

    def _check(
        self,
        quote: str,
        speaker: str | None,
        places: Sequence[Place],
        parts: Sequence[Part],
        judgement: Judgement,
        found: Found,
        score: float,
    ) -> Check:
        place, part = places[0], parts[0]
        check = Check(
            quote=quote,
            verdict=judgement.verdict,
            wording=judgement.verdict,
            severity=judgement.severity,
            score=score,
            claimed_speaker=speaker,
            document=place.origin.key,
            spans=tuple(Span(p.start, p.end) for p in places),
            speaker=place.speaker,
            date=place.origin.date,
            title=place.origin.title,
            origin_text=" … ".join(
                squeeze(p.raw(q.start, q.end)) for p, q in zip(parts, places, strict=True)
            ),
            surroundings=_surroundings(part),
            edits=judgement.edits,
            diff=judgement.diff,
            reasons=judgement.reasons,
            others=tuple(
                (other.origin.key, other.start, other.end, other.speaker)
                for other in found.others[:_OTHERS]
            ),
            searched=self.searched,
            locator=self._finder.locator(place),
        )
        return self._mouth(check, speaker, places)

    def _mouth(self, check: Check, speaker: str | None, places: Sequence[Place]) -> Check:
        """The check with what the place says of who spoke there, against who is claimed."""
        place = places[0]
        utterances = self._finder.utterances
        known = utterances.names
        quoted = utterances.quoted(place.origin.row, place.start, place.end)
        by = quoted.by if quoted is not None else ()
        turn = place.speaker
        if (
            quoted is not None
            and turn == place.origin.author
            and relays_others(self._library.db.conn, place.origin.row)
        ):
            turn = None  # a reporter's marks hold what somebody else says
        who = turn or (by[0] if by else None)
        check = replace(check, speaker=who)
        relayer = turn or place.origin.author
        told: list[Reason] = []
        if by and relayer and not all(same_person(name, relayer) for name in by):
            told.append(Reason("quoted", f"{relayer} quotes {' and '.join(by)} here", by[0]))
        elif quoted is not None and not by and relayer:
            told.append(
                Reason("quoted", f"stands in quotation marks, in {relayer}’s words or text")
            )
        if speaker is None:
            return replace(check, reasons=(*check.reasons, *told))
        claims = [known.same_person(speaker, name) for name in by]
        if True in claims:  # the one whom the speaker quotes
            return replace(check, speaker=by[0], reasons=(*check.reasons, *told))
        relayed = turn is None and by and all(claim is False for claim in claims)
        if not relayed and not all(p.said is False for p in places):
            if all(p.said is None for p in places):
                told.extend(self._undecided(speaker, who))
            return replace(check, reasons=(*check.reasons, *told))
        if not relayed and quoted is not None and (None in claims or self._led(quoted, speaker)):
            told.append(Reason("undecided", f"the place may be quoting {speaker}", speaker))
            return replace(check, reasons=(*check.reasons, *told))
        whose = by[0] if relayed else who or place.origin.author or "somebody else"
        first = Reason("speaker", f"the words are {whose}’s, not {speaker}’s", whose, "meaning")
        if relayed and known.same_person(speaker, relayer or ""):
            first = Reason(
                "speaker",
                f"the words are {whose}’s, which {speaker} only passes on",
                whose,
                "meaning",
            )
        return replace(
            check,
            verdict="misattributed",
            severity="meaning",
            speaker=whose if relayed else who,
            reasons=(first, *check.reasons, *told),
        )

    def _undecided(self, speaker: str, who: str | None) -> Iterator[Reason]:
        """Why it stays open whether the claimed speaker spoke."""
        bearers = self._finder.utterances.names.people_named(speaker)
        if len(bearers) > 1:
            both = " or ".join(bearers[:4])
            yield Reason("undecided", f"“{speaker}” may be {both}", speaker)
        elif who is None:
            yield Reason("undecided", "the document does not say who speaks there", speaker)

    def _led(self, quoted: Quoted, speaker: str) -> bool:
        """Whether the words before the marks name the claimed speaker."""
        surname = surname_of(speaker)
        return bool(surname) and surname in {fold(word) for word in _WORD.findall(quoted.before)}


_VERDICTS: Final[tuple[Verdict, ...]] = (
    "verbatim", "typographic", "truncated", "spliced", "altered", "paraphrase", "misattributed",
    "not_found",
)  # fmt: skip


def evidence_of(found: Found) -> Evidence:
    """What a search has to show, for `quotecheck.checking.thresholds`."""
    places = found.places
    said = [place.said for place in places]
    return Evidence(
        found.share,
        found.matched,
        found.longest,
        found.words,
        len(places),
        len(found.others),
        True if True in said else False if said and all(s is False for s in said) else None,
    )


def _surroundings(part: Part) -> str:
    """The sentence or sentences around a place."""
    start, end = part.span.start - part.offset, part.span.end - part.offset
    before = part.text[:start]
    low = max((m.end() for m in _SENTENCE.finditer(before)), default=0)
    after = _SENTENCE.search(part.text, max(0, end - 1))
    high = after.end() if after else len(part.text)
    return squeeze(part.text[low:high])
