"""Measure the search across languages: a statement in one, its translation quoted in another.

Each line of the gold file is a statement in English and in other languages, with a clause of it
(``FIELD_fragment``). The statements of a language are the sources, each a document; the quotations
are the translations of whole statements and of the clauses. An answer for a quotation whose
source was taken out is an error.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotecheck.building.build import build
from quotecheck.checking.sentence_index import SentenceIndex
from quotecheck.checking.translation_search import nearest_translation
from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.misquotes import read_lines
from quotecheck.library.document_lookup import document_row
from quotecheck.library.library import open_library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from quotecheck.library.library import Library

__all__ = ["evaluate_translations"]

_KEY: Final = "statement-{language}-{number}"
_FRAGMENT: Final = "_fragment"


def evaluate_translations(
    gold: Path,
    haystack: Path | None = None,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Look up every translation of some statements, in both directions.

    Args:
        gold: JSON Lines with ``id`` and, for ``en`` and each other language, the statement and
            ``LANGUAGE_fragment``.
        haystack: a library with vectors in whose copy the statements are put; none by default.
        progress: called with (quotations looked up, of how many).

    Returns:
        The figures, and a line for each quotation.

    Raises:
        InputError: when the file cannot be read or a line lacks a field, and without the extra
            ``multilingual``.
    """
    statements = list(read_lines(gold))
    first = statements[0] if statements else {}
    languages = [name for name in first if len(name) == 2 and f"{name}{_FRAGMENT}" in first]
    if "en" not in languages or len(languages) < 2:
        raise InputError(
            "there is no statement in English and another language",
            where=str(gold),
            remedy="Give one statement a line: id, en, en_fragment, de, de_fragment …",
        )
    for number, line in enumerate(statements, 1):
        if missing := [x for x in ("id", *_fields(languages)) if not line.get(x)]:
            raise InputError(
                f"this statement lacks {' and '.join(missing)}",
                where=f"{gold}:{number}",
                remedy="Give every field a text, or leave the statement out.",
            )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        if haystack is not None:
            with open_library(haystack) as source, open_library(path, create=True) as copy:
                source.db.conn.backup(copy.db.conn)
        sources = Path(folder) / "statements.jsonl"
        sources.write_text(
            "".join(
                json.dumps({"id": _key(x, line), "text": line[x], "language": x}) + "\n"
                for line in statements
                for x in languages
            ),
            encoding="utf-8",
        )
        build([sources], path, attribute=False, semantic=True)
        with open_library(path) as library:
            index = SentenceIndex(library)
            if not index.is_multilingual:
                raise InputError(
                    "there are no vectors of the multilingual encoder",
                    remedy="Install it: pip install 'quotecheck-toolkit[multilingual]'.",
                )
            started = time.process_time()
            lines = list(_answers(library, index, statements, languages, progress))
            spent = (time.process_time() - started) * 1000 / max(1, len(lines))
    return {**_figures(lines), "cpu_ms_per_query": round(spent, 2)}, lines


def _fields(languages: list[str]) -> Iterator[str]:
    for language in languages:
        yield language
        yield language + _FRAGMENT


def _key(language: str, line: dict[str, Any]) -> str:
    return _KEY.format(language=language, number=line["id"])


def _answers(
    library: Library,
    index: SentenceIndex,
    statements: list[dict[str, Any]],
    languages: list[str],
    progress: Callable[[int, int], None] | None,
) -> Iterator[dict[str, Any]]:
    documents = {
        (x, line["id"]): document_row(library.db, _key(x, line)) or 0
        for x in languages
        for line in statements
    }
    pairs = [("en", x) for x in languages if x != "en"] + [
        (x, "en") for x in languages if x != "en"
    ]
    total = len(pairs) * len(statements) * 4
    done = 0
    for source, quoted in pairs:
        others = {row for (x, _), row in documents.items() if x != source}
        for line in statements:
            row = documents[source, line["id"]]
            for kind in ("statement", "fragment"):
                quote = line[quoted + (_FRAGMENT if kind == "fragment" else "")]
                for absent in (False, True):
                    index.excluded_documents = frozenset(others | ({row} if absent else set()))
                    nearest = nearest_translation(index, quote, None)
                    place = nearest.near.sentence if nearest is not None else None
                    near = [nearest.near, *nearest.others] if nearest is not None else []
                    order = [candidate.sentence.document for candidate in near]
                    yield {
                        "id": f"{line['id']}-{source}-{quoted}-{kind}" + "-absent" * absent,
                        "source": source, "quoted_in": quoted, "kind": kind, "absent": absent,
                        "rank": order.index(row) + 1 if row in order else None,
                        "told": nearest is not None and nearest.is_likely,
                        "chance": round(nearest.chance, 4) if nearest else None,
                        "cosine": round(nearest.cosine, 4) if nearest else None,
                        "text": place.text if place is not None else None,
                        "quote": quote,
                    }  # fmt: skip
                    done += 1
                    if progress is not None:
                        progress(done, total)


def _figures(lines: list[dict[str, Any]]) -> dict[str, Any]:
    counts: dict[str, Counter[str]] = {}
    for line in lines:
        names = [
            f"{line['kind']}s",
            f"{line['source']} quoted in {line['quoted_in']}, {line['kind']}s",
        ]
        for name in names:
            count = counts.setdefault(name, Counter())
            if line["absent"]:
                count["absent"] += 1
                count["told of absent"] += line["told"]
            else:
                count["n"] += 1
                count["first"] += line["rank"] == 1
                count["first three"] += line["rank"] is not None
                count["told"] += line["told"] and line["rank"] == 1
                count["told elsewhere"] += line["told"] and line["rank"] != 1
    return {
        name: {
            "n": count["n"],
            "rank_1": round(count["first"] / count["n"], 3),
            "rank_3": round(count["first three"] / count["n"], 3),
            "told": round(count["told"] / count["n"], 3),
            "told_elsewhere": count["told elsewhere"],
            "told_of_absent": count["told of absent"],
        }
        for name, count in counts.items()
    }
