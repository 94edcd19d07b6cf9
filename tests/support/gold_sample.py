"""The gold of corpora/sample, as the records that the stages make."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from tests.support import paths

SAMPLE = paths.SAMPLE


def gold(name: str = "article") -> list[dict[str, Any]]:
    """The gold lines of an article of the sample."""
    rows = (SAMPLE / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row) for row in rows]


def document(name: str = "article") -> Document:
    """An article of the sample as a document."""
    data = (SAMPLE / f"{name}.txt").read_bytes()
    return document_of(data.decode(), id=name, path=f"corpora/sample/{name}.txt")


def document_of(text: str, **facts: Any) -> Document:
    """A document with this text."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    held = {"id": "text", "bytes_sha256": digest, "text_sha256": digest, "encoding": "utf-8"}
    return Document(**(held | {"text": text} | facts))


def quotations(name: str = "article") -> list[Quotation]:
    """The gold attributions of an article as quotations."""
    text = document(name).text
    return [_quotation(text, line) for line in gold(name)]


def _quotation(text: str, line: dict[str, Any]) -> Quotation:
    names = line["speaker"]
    names = names if isinstance(names, list) else [names] if names else []

    def spans(field: str) -> tuple[Span, ...]:
        return tuple(Span(start, end) for start, end in line[field])

    roles = line["role"] if isinstance(line["role"], list) else [line["role"]] * len(names)

    def speaker(name: str, role: str | None) -> Speaker:
        start = text.index(name)
        return Speaker(name, Span(start, start + len(name)), role, "Person")

    return Quotation(
        content=spans("content"),
        cue=spans("cue"),
        source=spans("source"),
        kind=line["kind"],
        rule="gold",
        confidence=0.9 if names else 0.4,
        cue_lemma=(line["words"]["cue"] or [""])[0].casefold(),
        speakers=tuple(map(speaker, names, roles)),
        role=line["role"] if isinstance(line["role"], str) else None,
        via=(line["via"],) if line["via"] else (),
        via_spans=spans("via_span"),
        source_form=line["source_form"],
        candidates=(("Dalen Orrick", 0.31), ("Ilse Norran", 0.24)) if line["id"] == 7 else (),
    )


def lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(row) for row in (SAMPLE / name).read_text(encoding="utf-8").splitlines()]
