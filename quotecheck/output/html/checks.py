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
from quotecheck.output.html.article import title_of
from quotecheck.output.html.environment import page_file, page_template
from quotecheck.output.html.word_diff import Run, origin_runs, quotation_runs
from quotecheck.output.links import place_address, safe_url
from quotecheck.output.plain_text import shorten
from quotecheck.output.readable_checks import readable_check
from quotecheck.output.tally import counted_words, numbers_in
from quotecheck.output.terminal.checks import searched_words
from quotecheck.output.unprintable import printable
from quotecheck.output.verdict_labels import SEVERITIES, VERDICT_SIGNS, VERDICTS
from quotecheck.records.check import Check, Severity, Verdict
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation
from quotecheck.text.percentages import percent

if TYPE_CHECKING:
    from quotecheck.library.document_lookup import SourceFacts
    from quotecheck.output.registry import ArticleChecks, CheckedWith

__all__ = [
    "CheckItem",
    "CheckedArticle",
    "check_item",
    "checked_article",
    "checks_page",
    "grade_of",
    "page_checks",
]

Results = Sequence[tuple[Document | None, Sequence[tuple[Check, Quotation | None]]]]

_GIST_CHARS = 220  # Code points of the line that sums a check up. By eye: two lines of a page.
_GRADES = {"verbatim": "good", "typographic": "good", "not_found": "open"}
_LONGEST = 6_000  # Code points of a quotation or passage that are shown. Bounds the page.
_OTHERS = 5  # Other places that are listed. By eye.


@dataclass(frozen=True, slots=True)
class CheckItem:
    """One check, ready to be shown.

    ``sign`` stands before the verdict's ``label``. ``gist`` is the reason or place in a line,
    ``link`` the address of the place in its source, "" for none, ``citation`` a line to copy.
    ``fact_checks`` are published ones of these words: what they say, and their address.
    ``opened`` is whether its details are open from the start: something is wrong with the meaning.
    """

    number: int
    anchor: str
    sign: str
    label: str
    explanation: str
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
    fact_checks: Sequence[tuple[str, str]]
    gist: str
    link: str
    citation: str
    opened: bool


@dataclass(frozen=True, slots=True)
class CheckedArticle:
    """An article with its checks and how many there are of each verdict.

    ``counted`` says in words how many quotations there are and how many of them were checked,
    ``unchecked`` how many were not.
    ``groups`` are the checks by verdict and severity. ``file`` is the article's, "" where its name
    is the title anyway.
    """

    title: str
    byline: Sequence[str]
    url: str | None
    file: str
    items: Sequence[CheckItem]
    counted: str
    unchecked: int
    counts: Sequence[tuple[str, int]]
    groups: Sequence[Sequence[CheckItem]]
    searched: Sequence[str]


def page_checks(
    results: Results,
    *,
    weights: Mapping[str, str] | None = None,
    sources: Mapping[str, SourceFacts] | None = None,
    checked: CheckedWith | None = None,
    attributed: Mapping[str, Sequence[Quotation]] | None = None,
) -> Iterator[str]:
    """The page, in pieces of text.

    Args:
        results: articles with their checks, in order; None for quotations given by themselves.
        weights: the sha256 of each file of weights that read the articles.
        sources: where the documents can be opened in which words were found, by key.
        checked: who checked with what.
        attributed: all quotations of each article by its id, checked or not.
    """
    articles = [
        checked_article(
            document,
            pairs,
            at=at,
            sources=sources,
            quotations=(attributed or {}).get(document.id) if document else None,
        )
        for at, (document, pairs) in enumerate(results, 1)
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
        made={"day": checked.day if checked else "", "sentence": _checked_line(checked)},
        version=__version__,
        weights=sorted((weights or {}).items()),
    )
    stream.enable_buffering(64)
    return (str(piece) for piece in stream)


def _checked_line(checked: CheckedWith | None) -> str:
    """Who checked with what library on which day, in a sentence."""
    if checked is None:
        return f"Checked with quotecheck {__version__}."
    who = f" by {printable(checked.who)}" if checked.who else ""
    library = f"the library {printable(checked.library)}, which holds {checked.holds}"
    return f"Checked{who} on {checked.day} with quotecheck {__version__} and {library}."


def checks_page(result: ArticleChecks) -> Iterator[str]:
    """The page of a result; see `page_checks`."""
    return page_checks(
        result.articles,
        weights=result.weights,
        sources=result.sources,
        checked=result.checked,
        attributed=result.attributed,
    )


def checked_article(
    document: Document | None,
    pairs: Sequence[tuple[Check, Quotation | None]],
    *,
    at: int = 1,
    quotations: Sequence[Quotation] | None = None,
    sources: Mapping[str, SourceFacts] | None = None,
    prefix: str | None = None,
) -> CheckedArticle:
    """An article's checks, ready for the macros of ``check.html.j2``.

    Args:
        document: the article; None for quotations given by themselves.
        pairs: its checks.
        at: the article's number on the page, for the anchors ("c1-3").
        quotations: all quotations of the article, checked or not: they give the numbers.
        sources: where documents can be opened, by key.
        prefix: what an anchor has before its number, if not "c1-".
    """
    if prefix is None:
        prefix = f"c{at}-"
    numbers = numbers_in(quotations, [quotation for _, quotation in pairs])
    is_markdown = document is not None and document.reader == "markdown"
    items = [
        check_item(
            f"{prefix}{n}",
            n,
            check,
            source=(sources or {}).get(check.document or ""),
            markdown=is_markdown,
        )
        for n, (check, _) in zip(numbers, pairs, strict=True)
    ]
    counts = Counter(item.label for item in items)
    title = "Quotations" if document is None else title_of(document)
    file = printable(document.path or "") if document else ""
    byline = (document.publication, document.author, document.date) if document else ()
    return CheckedArticle(
        title,
        [printable(part) for part in byline if part],
        safe_url(document.url) if document else None,
        file if file != title else "",
        items,
        counted_words(None if quotations is None else len(quotations), len(pairs)),
        max(0, len(quotations or ()) - len(pairs)),
        [(label, counts[label]) for label, _, _ in VERDICTS.values() if counts[label]],
        _groups(items),
        sorted({searched_words(check) for check, _ in pairs if check.searched}),
    )


def _groups(items: Sequence[CheckItem]) -> list[list[CheckItem]]:
    """The checks by verdict, in the order of `VERDICTS`, and by severity, the gravest first."""
    labels = [label for label, _, _ in VERDICTS.values()]
    severities = ["other meaning", "other wording", ""]
    items_at: dict[tuple[int, int], list[CheckItem]] = {}
    for item in items:
        key = (labels.index(item.label), severities.index(item.severity))
        items_at.setdefault(key, []).append(item)
    return [items_at[key] for key in sorted(items_at)]


def check_item(
    anchor: str,
    number: int,
    check: Check,
    *,
    source: SourceFacts | None = None,
    markdown: bool = False,
) -> CheckItem:
    """One check, ready to be shown, under an anchor of the page and with a number.

    ``source`` says where the document can be opened in which the words were found, and whether it
    is Markdown; ``markdown`` whether the quotation stands in Markdown: neither has its marks shown.
    """
    check = readable_check(
        check, draft=markdown, source=source is not None and source.reader == "markdown"
    )
    label, _, explanation = VERDICTS[check.verdict]
    grade = grade_of(check.verdict, check.severity)
    origin = check.origin_text or ""
    before, after = _around(check.surroundings or "", origin)
    return CheckItem(
        number=number,
        anchor=anchor,
        sign=VERDICT_SIGNS[check.verdict],
        label=label,
        explanation=explanation,
        severity="" if check.verdict == "misattributed" else SEVERITIES[check.severity],
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
            (edit.kind, printable(edit.before), printable(edit.after), SEVERITIES[edit.severity])
            for edit in check.edits[:60]
        ],
        reasons=[printable(reason) for reason in check.reasons],
        fact_checks=[
            (printable(str(match)), safe_url(match.fact_check.url) or "")
            for match in check.fact_checks
        ],
        others=[
            printable(f"{key}{f' ({speaker})' if speaker else ''}")
            for key, _, _, speaker in check.others[:_OTHERS]
        ],
        gist=_gist(check),
        link=_link(check, source),
        citation=_citation(check),
        opened=grade == "grave",
    )


def grade_of(verdict: Verdict, severity: Severity) -> str:
    """The class of a verdict's colour and border: good, bad, grave or open."""
    return "grave" if severity == "meaning" else _GRADES.get(verdict, "bad")


def _gist(check: Check) -> str:
    """What a reader has to know before opening the details: the gravest reason, or the place."""
    if check.document is None:
        return ""
    grave = [reason for reason in check.reasons if getattr(reason, "severity", "none") == "meaning"]
    reasons = grave or list(check.reasons)
    faithful = check.verdict in ("verbatim", "typographic") and check.severity == "none"
    if reasons and not faithful:
        return shorten(printable(reasons[0]), _GIST_CHARS)
    where = ", ".join(filter(None, (check.title or check.document, check.date)))
    return shorten(printable(f"{check.speaker}: {where}" if check.speaker else where), _GIST_CHARS)


def _link(check: Check, source: SourceFacts | None) -> str:
    url = safe_url(source.url) if source is not None else None
    return place_address(url, check.locator) if url else ""


def _citation(check: Check) -> str:
    """The words as the source has them, with speaker, source, date and place, on one line."""
    if not check.origin_text:
        return ""
    words = shorten(" ".join(printable(check.origin_text).split()), 400)
    parts = (check.speaker, check.title or check.document, check.date, check.locator)
    return f"“{words}” ({', '.join(printable(part) for part in parts if part)})"


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
