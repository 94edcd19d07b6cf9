"""Cases that test whether a check can be trusted, made from any library by a seed.

Each is a real quotation of the library in which exactly one thing was done, as in mutation testing,
so that the right answer is known by construction: its meaning changed, its form alone changed, or
it is credited to this speaker or that one. Sentences that nobody said are added. What is changed by
rule is sometimes bad English; a checker has to stop it all the same.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.evaluation.synthetic.cut_changes import CUT_CHANGES
from quotecheck.evaluation.synthetic.invented_sentences import invented
from quotecheck.evaluation.synthetic.numeric_changes import NUMERIC_CHANGES
from quotecheck.evaluation.synthetic.real_quotations import Pool, RealQuotation, gather
from quotecheck.evaluation.synthetic.speaker_claims import SPEAKER_CLAIMS
from quotecheck.evaluation.synthetic.typographic_forms import TYPOGRAPHIC_FORMS
from quotecheck.evaluation.synthetic.word_changes import WORD_CHANGES
from quotecheck.evaluation.synthetic.wording_forms import WORDING_FORMS

if TYPE_CHECKING:
    from quotecheck.evaluation.synthetic.changes import Changed, Kind
    from quotecheck.library.library import Library

__all__ = ["KINDS", "trust_cases"]

KINDS: Final[tuple[Kind, ...]] = (
    *NUMERIC_CHANGES, *WORD_CHANGES, *CUT_CHANGES, *TYPOGRAPHIC_FORMS, *WORDING_FORMS,
    *SPEAKER_CLAIMS,
)  # fmt: skip
"""Every kind of case but the invented sentences."""

_MAX_TRIED: Final = 12_000
"""Quotations that are looked at for a kind that few have something for."""
_INVENTED: Final = 3
"""Invented sentences, as a multiple of the cases of another kind."""


def trust_cases(library: Library, seed: int, *, per_kind: int = 6) -> list[dict[str, Any]]:
    """Make cases of every kind that the library has quotations for.

    Args:
        library: whose documents are quoted.
        seed: the same seed and library give the same cases.
        per_kind: how many of each kind, at most.

    Returns:
        Cases: id, quote, claimed_speaker (None where nobody is claimed), group (changed, faithful,
        mouth, invented), sub (of mouth: right, open, other), kind, verdict, accept (the verdicts
        that are right), severity (those that are right), doc, start, end, speaker, source (the
        words as they stand there), note.

    Raises:
        InputError: when the library has no sentences to quote.
    """
    pool = gather(library, seed)
    if not pool.quotations:
        raise InputError(
            "the library has no sentences of running prose to quote",
            where=str(library.path),
            remedy="Use one with speeches, transcripts or articles in full sentences.",
        )
    cases = [*_cases(pool, seed, per_kind), *_invented(pool, seed, per_kind)]
    for number, case in enumerate(cases):
        case["id"] = f"trust-{seed}-{number:04d}"
    return cases


def _cases(pool: Pool, seed: int, per_kind: int) -> Iterator[dict[str, Any]]:
    unique: dict[RealQuotation, bool] = {}
    for kind in KINDS:
        rng = random.Random(f"{seed} {kind.group} {kind.name}")  # noqa: S311 - no secret
        yield from _of_kind(kind, pool, rng, per_kind, unique)


def _of_kind(
    kind: Kind,
    pool: Pool,
    rng: random.Random,
    per_kind: int,
    unique: dict[RealQuotation, bool],
) -> Iterator[dict[str, Any]]:
    start = rng.randrange(len(pool.quotations))
    order = [*pool.quotations[start:], *pool.quotations[:start]][:_MAX_TRIED]
    documents: Counter[str] = Counter()
    quotes: set[str] = set()
    for quotation in order:
        if len(quotes) >= per_kind:
            return
        if documents[quotation.document] >= max(2, per_kind // 2):
            continue
        changed = kind.change(quotation, rng, pool)
        if changed is None or changed.quote in quotes:
            continue
        is_stock = changed.source is not None and changed.claimed is not None
        if not is_stock and not _is_sound(kind, quotation, changed, pool, unique):
            continue
        documents[quotation.document] += 1
        quotes.add(changed.quote)
        yield _case(kind, None if is_stock else quotation, changed, rng)


def _is_sound(
    kind: Kind,
    quotation: RealQuotation,
    changed: Changed,
    pool: Pool,
    unique: dict[RealQuotation, bool],
) -> bool:
    """Whether the words stand in one place of the library, and the changed ones in none."""
    if quotation not in unique:
        unique[quotation] = not pool.stands_elsewhere(quotation.text, quotation)
    if not unique[quotation]:
        return False
    return kind.group != "changed" or not pool.stands_elsewhere(changed.quote, quotation)


def _case(
    kind: Kind, quotation: RealQuotation | None, changed: Changed, rng: random.Random
) -> dict[str, Any]:
    claimed = changed.claimed
    if claimed is None and quotation is not None and kind.group != "mouth":
        claimed = quotation.speaker if rng.random() < 0.5 else None
    return {
        "id": "",
        "quote": changed.quote,
        "claimed_speaker": claimed,
        "group": kind.group,
        **({"sub": kind.sub} if kind.sub else {}),
        "kind": kind.name,
        "verdict": kind.accept[0],
        "accept": list(kind.accept),
        "severity": list(kind.severity),
        "doc": quotation.document if quotation else None,
        "start": quotation.start if quotation else None,
        "end": (changed.end or quotation.end) if quotation else None,
        "speaker": quotation.speaker if quotation else None,
        "source": changed.source or (quotation.text if quotation else None),
        "note": changed.note,
    }


def _invented(pool: Pool, seed: int, per_kind: int) -> Iterator[dict[str, Any]]:
    rng = random.Random(f"{seed} invented")  # noqa: S311 - no secret
    speakers: Sequence[str] = pool.speakers
    for _ in range(_INVENTED * per_kind):
        yield {
            "id": "",
            "quote": invented(rng),
            "claimed_speaker": rng.choice(speakers) if speakers and rng.random() < 0.5 else None,
            "group": "invented",
            "kind": "invented",
            "verdict": "not_found",
            "accept": ["not_found"],
            "severity": ["none"],
            "doc": None,
            "start": None,
            "end": None,
            "speaker": None,
            "source": None,
            "note": "",
        }
