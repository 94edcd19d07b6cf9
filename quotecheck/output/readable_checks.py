"""A check as people read it: Markdown's marks are left out of the words that are shown.

The check itself, every offset in it, and what programs are given stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from quotecheck.output.html.word_diff import word_pattern
from quotecheck.records.check import Edit, Reason
from quotecheck.text.markdown_marks import link_targets, shown_markdown, shown_pieces

if TYPE_CHECKING:
    from quotecheck.library.kept_checks import KeptCheck
    from quotecheck.records.check import Check
    from quotecheck.records.text import Span

__all__ = ["is_markdown_file", "readable_check", "readable_kept"]

_SUFFIXES: Final = frozenset({".md", ".markdown"})


def is_markdown_file(name: str | None) -> bool:
    """Whether a file of this name is read as Markdown."""
    return name is not None and PurePath(name).suffix.lower() in _SUFFIXES


def readable_check(check: Check, *, draft: bool, source: bool) -> Check:
    """A check without Markdown's marks in its words.

    Args:
        check: the check.
        draft: whether the quotation stands in Markdown.
        source: whether the document in which it was found is Markdown.
    """
    if not (draft or source):
        return check
    origin, surroundings = check.origin_text, check.surroundings
    before = [words for _, words, _ in check.diff]
    after = [words for _, _, words in check.diff]
    if draft:
        after = _without_targets(check.quote, after)
    if source:
        before = _without_targets(origin or "", before)
        origin, surroundings = _origin(origin, surroundings)
    clean = shown_markdown if source else str
    return replace(
        check,
        quote=shown_markdown(check.quote, begins=True) if draft else check.quote,
        title=clean(check.title) if check.title else check.title,
        origin_text=origin,
        surroundings=surroundings,
        diff=_diff([operation for operation, _, _ in check.diff], before, after),
        edits=tuple(_edits(check.edits, draft=draft, source=source)),
        reasons=tuple(map(_reason, check.reasons)),
    )


def readable_kept(check: KeptCheck) -> KeptCheck:
    """A kept check without Markdown's marks in its quotation and in its article's title."""
    if not is_markdown_file(check.article):
        return check
    title = check.article_title and shown_markdown(check.article_title, begins=True)
    quotation = shown_markdown(check.quotation, begins=True)
    return replace(check, quotation=quotation, article_title=title)


def _origin(origin: str | None, surroundings: str | None) -> tuple[str | None, str | None]:
    """The origin and what is around it, so that the one is still found in the other."""
    if not origin or not surroundings or (at := surroundings.find(origin)) < 0:
        return (
            origin and shown_markdown(origin),
            surroundings and shown_markdown(surroundings, begins=True),
        )
    end = at + len(origin)
    for target in link_targets(surroundings):  # a place may end within an address
        end = target.end if target.start < end < target.end else end
    pieces = surroundings[:at], surroundings[at:end], surroundings[end:]
    shown = shown_pieces(pieces, begins=True)
    return shown[1], "".join(shown)


def _without_targets(text: str, words: Sequence[str]) -> list[str]:
    """The words of each stretch of a diff without those of addresses that links lead to."""
    targets: list[Span] = link_targets(text)
    if not targets:
        return list(words)
    texts, at = [], 0
    for stretch in words:
        shown = []
        for word in stretch.split():
            match = word_pattern(word).search(text, at)
            at = match.end() if match else at
            if match and any(span.start <= match.start() < span.end for span in targets):
                continue
            shown.append(word)
        texts.append(" ".join(shown))
    return texts


def _diff(
    operations: Sequence[str], before: Sequence[str], after: Sequence[str]
) -> tuple[tuple[str, str, str], ...]:
    """The diff of words that are left, without what is now empty on both sides."""
    diff = []
    for operation, origin, quoted in zip(operations, before, after, strict=True):
        if not (origin or quoted):
            continue
        changed = operation != "equal" and origin != quoted
        diff.append((_operation(origin, quoted) if changed else operation, origin, quoted))
    return tuple(diff)


def _operation(origin: str, quoted: str) -> str:
    if origin and quoted:
        return "replace"
    return "delete" if origin else "insert"


def _edits(edits: Sequence[Edit], *, draft: bool, source: bool) -> list[Edit]:
    """The differences that are left when the marks are gone."""
    shown = []
    for edit in edits:
        before = shown_markdown(edit.before) if source else edit.before
        after = shown_markdown(edit.after) if draft else edit.after
        if before != after or edit.before == edit.after:
            shown.append(Edit(edit.kind, before, after, edit.severity))
    return shown


def _reason(reason: str) -> str:
    shown = shown_markdown(reason)
    if isinstance(reason, Reason):
        return Reason(reason.kind, shown, reason.words, reason.severity)
    return shown
