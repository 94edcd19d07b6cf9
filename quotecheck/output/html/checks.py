"""Checked articles as one HTML page: each quotation beside its source, with what differs marked.

Whole in itself like the page of an article: no script, nothing fetched, a policy that forbids both,
every word of a document escaped. Nothing rests on colour alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck._version import __version__
from quotecheck.comparison.wording import strip_marks
from quotecheck.output.html.environment import page_file, page_template
from quotecheck.output.html.word_diff import Run, origin_runs, quotation_runs
from quotecheck.output.links import address
from quotecheck.output.terminal.checks import VERDICTS, searched_words
from quotecheck.output.unprintable import printable
from quotecheck.records.check import Check
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from quotecheck.output.registry import ArticleChecks

__all__ = [
    "CheckItem",
    "CheckedArticle",
    "check_item",
    "checked_article",
    "checks_page",
    "page_checks",
]

Results = Sequence[tuple[Document | None, Sequence[tuple[Check, Quotation | None]]]]

_SEVERITIES = {"none": "", "wording": "other wording", "meaning": "other meaning"}
_GRADES = {"verbatim": "good", "typographic": "good", "not_found": "open"}
_LONGEST = 6_000
_OTHERS = 5


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One check, ready to be shown."""

    number: int
    anchor: str
    label: str
    told: str
    severity: str
    grade: str
    claimed: str
    quote: Sequence[Run]
    before: str
    origin: Sequence[Run]
    after: str
    found: bool
    speaker: str
    other_speaker: bool
    title: str
    date: str
    document: str
    places: str
    sure: str
    edits: Sequence[tuple[str, str, str, str]]
    reasons: Sequence[str]
    others: Sequence[str]


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article with its checks and how many there are of each verdict."""

    title: str
    byline: Sequence[str]
    url: str | None
    items: Sequence[CheckItem]
    counts: Sequence[tuple[str, int]]
    grave: Sequence[CheckItem]
    searched: Sequence[str]


def page_checks(results: Results, *, weights: Mapping[str, str] | None = None) -> Iterator[str]:
    """The page, in pieces of text.

    Args:
        results: articles with their checks, in order; None for quotations given by themselves.
        weights: the sha256 of each file of weights that read the articles.
    """
    articles = [
        checked_article(document, pairs, at=at) for at, (document, pairs) in enumerate(results, 1)
    ]
    css = page_file("page.css") + page_file("checks.css")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    title = articles[0].title if len(articles) == 1 else f"{len(articles)} articles"
    stream = page_template("checks.html.j2").stream(
        css=css,
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'",
        title=title,
        articles=articles,
        version=__version__,
        weights=sorted((weights or {}).items()),
    )
    stream.enable_buffering(64)
    return (str(piece) for piece in stream)


def checks_page(result: ArticleChecks) -> Iterator[str]:
    """The page of a result; see `page_checks`."""
    return page_checks(result.articles, weights=result.weights)


def checked_article(
    document: Document | None,
    pairs: Sequence[tuple[Check, Quotation | None]],
    *,
    at: int = 1,
    numbers: Sequence[int] | None = None,
) -> CheckedArticle:
    """An article's checks, ready for the macros of ``check.html.j2``.

    Args:
        document: the article; None for quotations given by themselves.
        pairs: its checks.
        at: the article's number on the page, for the anchors ("c1-3").
        numbers: the number of each quotation; by default from 1 on.
    """
    if numbers is None:
        numbers = range(1, len(pairs) + 1)
    items = [
        check_item(f"c{at}-{n}", n, check) for n, (check, _) in zip(numbers, pairs, strict=True)
    ]
    counts = Counter(item.label for item in items)
    name = "Quotation" if document is None else document.title or document.path or document.id
    told = (document.publication, document.author, document.date) if document else ()
    return CheckedArticle(
        printable(name),
        [printable(one) for one in told if one],
        address(document.url) if document else None,
        items,
        [(label, counts[label]) for label, _, _ in VERDICTS.values() if counts[label]],
        [item for item in items if item.grade in ("grave", "bad")],
        sorted({searched_words(check) for check, _ in pairs if check.searched}),
    )


def check_item(anchor: str, number: int, check: Check) -> CheckItem:
    """One check, ready to be shown, under an anchor of the page and with a number."""
    label, _, told = VERDICTS[check.verdict]
    grade = _GRADES.get(check.verdict, "bad")
    if check.severity == "meaning":
        grade = "grave"
    origin = check.origin_text or ""
    before, after = _around(check.surroundings or "", origin)
    return CheckItem(
        number=number,
        anchor=anchor,
        label=label,
        told=told,
        severity="" if check.verdict == "misattributed" else _SEVERITIES[check.severity],
        grade=grade,
        claimed=printable(check.claimed_speaker or ""),
        quote=_runs(quotation_runs(_cut(strip_marks(check.quote)), check.diff)),
        before=printable(before),
        origin=_runs(origin_runs(_cut(origin), check.diff)),
        after=printable(after),
        found=check.document is not None,
        speaker=printable(check.speaker or ""),
        other_speaker=check.verdict == "misattributed",
        title=printable(check.title or check.document or ""),
        date=printable(", ".join(filter(None, (check.date, check.locator)))),
        document=printable(check.document or ""),
        places=", ".join(f"{span.start}-{span.end}" for span in check.spans),
        sure=percent(check.score),
        edits=[
            (one.kind, printable(one.before), printable(one.after), _SEVERITIES[one.severity])
            for one in check.edits[:60]
        ],
        reasons=[printable(reason) for reason in (*check.reasons, *map(str, check.fact_checks))],
        others=[
            printable(f"{key}{f' ({speaker})' if speaker else ''}")
            for key, _, _, speaker in check.others[:_OTHERS]
        ],
    )


def _runs(runs: Sequence[Run]) -> list[Run]:
    return [(kind, printable(text)) for kind, text in runs]


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rpartition(' ')[0]} …"


def _around(surroundings: str, origin: str) -> tuple[str, str]:
    """The words of the source before and after the origin's."""
    at = surroundings.find(origin) if origin else -1
    if at < 0:
        return "", ""
    before, after = surroundings[:at], surroundings[at + len(origin) :]
    if len(before) > _LONGEST // 10:
        before = f"… {before[-_LONGEST // 10 :].partition(' ')[2]}"
    if len(after) > _LONGEST // 10:
        after = f"{after[: _LONGEST // 10].rpartition(' ')[0]} …"
    return before, after
