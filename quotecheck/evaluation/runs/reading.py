"""Measures what the readers make of files whose text is known: web pages, PDF, books."""

from __future__ import annotations

from pathlib import Path
from statistics import fmean
from typing import Any

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.evaluation.metrics.reading import ReadingScore, score_reading
from quotecheck.reading.documents import read_documents
from quotecheck.records.document import Document

__all__ = ["evaluate_reading"]

_GOLD = ".gold.txt"
_OPTIONAL = ".optional.txt"


def evaluate_reading(folder: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Read each file that has a gold text beside it and compare the two, in runs of four words.

    Beside ``NAME.html`` stand ``NAME.gold.txt``, the text as people read it, blocks separated by
    blank lines, and at will ``NAME.optional.txt``, blocks that may be read or not.

    Returns:
        ``files``; ``recall`` and ``precision``, means over files, 0 to 1; ``whole``: how many are
        read without a word too few or too many; and a line for each file.

    Raises:
        InputError: there is no such file, or a gold text is not UTF-8.
    """
    lines: list[dict[str, Any]] = []
    scores: list[ReadingScore] = []
    for gold in sorted(folder.glob(f"*{_GOLD}")):
        name = gold.name.removesuffix(_GOLD)
        beside = [
            path
            for path in sorted(folder.glob(f"{name}.*"))
            if path.stem == name and not path.name.endswith(".meta.json")
        ]
        if not beside:
            continue
        optional = folder / f"{name}{_OPTIONAL}"
        score = score_reading(
            _text(beside[0]), _words(gold), _words(optional) if optional.is_file() else ""
        )
        scores.append(score)
        lines.append(
            {
                "file": beside[0].name,
                "recall": round(score.recall, 4),
                "precision": round(score.precision, 4),
            }
        )
    if not scores:
        raise InputError(
            "no file has a gold text beside it",
            where=str(folder),
            remedy="Write NAME.gold.txt for NAME.html: its text, a blank line between paragraphs.",
        )
    figures = {
        "files": len(scores),
        "recall": round(fmean(score.recall for score in scores), 4),
        "precision": round(fmean(score.precision for score in scores), 4),
        "whole": sum(score.both == score.gold == score.found for score in scores),
    }
    return figures, lines


def _text(path: Path) -> str:
    """The text of all documents in a file; "" where nothing can be read."""
    try:
        documents = list(read_documents(path))
    except QuotecheckError:
        return ""
    return "\n\n".join(document.text for document in documents if isinstance(document, Document))


def _words(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            f"the gold text cannot be read ({error})",
            where=str(path),
            remedy="Write it in UTF-8.",
        ) from error
