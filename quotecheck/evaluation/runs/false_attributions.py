"""Measures how often titles, scare quotes and orphans are given to somebody by name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotecheck._version import __version__
from quotecheck.errors import InputError
from quotecheck.evaluation.gold import read_gold, read_text, text_files
from quotecheck.evaluation.metrics.false_attributions import (
    nameless_rows,
    score_false_names,
    unowned,
)
from quotecheck.evaluation.metrics.misquotes import read_lines
from quotecheck.reading.documents import document_of
from quotecheck.text.digest import sha256_hex
from quotecheck.text.paragraphs import paragraphs
from quotecheck.text.quotation_marks import quoted_passages

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from quotecheck.evaluation.metrics.false_attributions import Passage
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation
    from quotecheck.records.text import Span

__all__ = ["evaluate_false_names"]


def evaluate_false_names(
    folder: Path,
    attributor: Attributor,
    *,
    errors: int = 0,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Attribute the texts of a gold folder and count names given to what is nobody's words.

    Args:
        folder: in PolNeAR's form (text/NAME.txt, attributions/NAME_ANNOTATOR.ann): the passages
            in quotation marks, outermost, that no gold content covers by more than half. Or with
            NAME.txt and NAME.gold.jsonl side by side (`quotecheck.evaluation.metrics.speakers`):
            its lines of kind scare and title, and direct quotations whose source_form is not one.
        attributor: what is measured.
        errors: how many passages with a name to list, the surest first.
        progress: called after each text with (texts done, texts in all).

    Returns:
        The figures of `quotecheck.evaluation.metrics.false_attributions.score_false_names`, with
        ``documents``, ``gold_sha256``, ``version`` and ``weights`` (sha256 by file), and the
        system's lines.

    Raises:
        InputError: a folder or the gold is missing, or a file cannot be read.
    """
    passages, texts, digest = _passages(folder)
    lines: list[dict[str, Any]] = []
    for name, text in texts.items():
        quotations = attributor(replace(document_of(text), id=name))
        lines.append({"doc": name, "attributions": [_fields(x) for x in quotations]})
        if progress is not None:
            progress(len(lines), len(texts))
    figures = score_false_names(passages, texts, lines, errors=errors)
    listed = figures.pop("errors")
    facts = {
        "gold_sha256": digest,
        "version": __version__,
        "weights": dict(attributor.weights_sha256),
        "errors": listed,
    }
    return {"documents": len(texts)} | figures | facts, lines


def _passages(folder: Path) -> tuple[list[Passage], dict[str, str], str]:
    """The passages without a speaker, the texts by name, the sha256 of all that was read."""
    if (folder / "text").is_dir():
        gold = read_gold(folder)
        digest = sha256_hex("\n".join(f"{x.id} {x.sha256}" for x in gold).encode())
        passages = [p for document in gold for p in unowned(document, _marked(document.text))]
        return passages, {document.id: document.text for document in gold}, digest
    texts, nameless, digests = {}, [], []
    for path in text_files(folder):
        gold_path = path.with_name(f"{path.stem}.gold.jsonl")
        if gold_path.is_file():
            texts[path.stem] = read_text(path)
            nameless += nameless_rows(read_lines(gold_path), texts)
            digests += [sha256_hex(x.read_bytes()) for x in (path, gold_path)]
    if not texts:
        raise InputError(
            "the folder holds no gold",
            where=str(folder),
            remedy="Lay gold out as text/NAME.txt and attributions/NAME_ANNOTATOR.ann, "
            "or as NAME.txt and NAME.gold.jsonl.",
        )
    return nameless, texts, sha256_hex("\n".join(digests).encode())


def _marked(text: str) -> list[Span]:
    """Outermost passages in quotation marks of any make, the marks left out."""
    passages = quoted_passages(text, paragraphs(text))
    return [p.inner for p in passages if p.depth == 0 and not p.block]


def _fields(quotation: Quotation) -> dict[str, Any]:
    speaker = quotation.speaker
    return {
        "content": [[span.start, span.end] for span in quotation.content],
        "cue": [[span.start, span.end] for span in quotation.cue],
        "source": [[span.start, span.end] for span in quotation.source],
        "speaker": list(speaker) if isinstance(speaker, tuple) else speaker,
        "kind": quotation.kind,
        "rule": quotation.rule,
        "confidence": quotation.confidence,
        "evidence": [
            f"{x.name} {x.weight:.3f} ({x.note})" if x.weight is not None else f"{x.name} {x.note}"
            for x in quotation.evidence
        ],
    }
