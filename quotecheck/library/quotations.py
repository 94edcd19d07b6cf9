"""Quotations as rows: each with its exact places, its speakers and the run that found it.

Functions over an open connection. Those that write expect to be inside `Library.write`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quotecheck.errors import InputError
from quotecheck.library.registering import Register
from quotecheck.library.sql import newest_run_of, placeholders
from quotecheck.library.storable import storable
from quotecheck.records.quotation import (
    ConfidenceParts,
    Evidence,
    Facts,
    Quotation,
    RelayLink,
    Speaker,
)
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import sqlite_utils

__all__ = ["StoredQuotation", "add_quotations", "read_quotation", "read_quotations"]

_CONTEXT = 32
"""How many characters before and after its words a quotation keeps, to be found again by."""

_FACTS = ("negation", "addressee", "time", "place")
"""The facts of an utterance that are places in the text."""


@dataclass(frozen=True, slots=True)
class StoredQuotation:
    """A quotation in the library: the record, its document's key, its run, its W3C selector.

    ``exact`` are the words from the first of its content to the last, ``prefix`` and ``suffix`` up
    to 32 characters before and after them; ``start`` and ``end`` are their place. ``parent`` is the
    number of the stored quotation that it stands in, ``version`` that of quotecheck in its run.
    """

    id: int
    document: str
    run: int
    quotation: Quotation
    start: int
    end: int
    prefix: str
    exact: str
    suffix: str
    parent: int | None = None
    version: str = ""


def add_quotations(
    db: sqlite_utils.Database,
    document_id: int,
    quotations: Sequence[Quotation],
    run: int,
    *,
    again: bool = False,
) -> int:
    """Store what a run found in a stored document, and that it has looked.

    A document that some run has already looked through keeps what that run found, and nothing is
    added. With ``again`` the new findings stand beside the older ones, which stay: readers see the
    newest. One run looks through a document only once.

    Returns:
        How many quotations were added.

    Raises:
        InputError: when a span does not lie in the text, or a quotation has no content.
    """
    sql = "SELECT 1 FROM attributed WHERE document_id = ?"
    values: list[int] = [document_id]
    if again:
        sql, values = f"{sql} AND run_id = ?", [document_id, run]
    if db.execute(sql, values).fetchone() is not None:
        return 0
    stored = db.execute("SELECT text FROM documents WHERE id = ?", [document_id]).fetchone()
    if stored is None:
        raise ValueError(f"no document {document_id}")
    text: str = stored[0]
    for quotation in quotations:
        _require_inside(text, quotation)
    db.execute(
        "INSERT INTO attributed (document_id, run_id, quotations) VALUES (?, ?, ?)",
        [document_id, run, len(quotations)],
    )
    register = Register(text)
    numbers: dict[tuple[Span, ...], int] = {}
    for position, quotation in enumerate(quotations):
        number = _insert(db, document_id, run, position, text, quotation, register)
        numbers[quotation.content] = number
    db.conn.executemany(
        "UPDATE quotations SET parent_id = ? WHERE id = ?",
        [
            (numbers[item.parent], numbers[item.content])
            for item in quotations
            if item.parent in numbers
        ],
    )
    return len(quotations)


def read_quotations(
    db: sqlite_utils.Database, key: str | None = None, *, within: Span | None = None
) -> Iterator[StoredQuotation]:
    """The newest quotations of the document with this key, or of all current ones, in order.

    With ``within`` only those that share a code point with this place of the document.
    """
    sql = f"""
        SELECT q.*, d.key, r.version FROM quotations AS q
        JOIN documents AS d ON d.id = q.document_id JOIN runs AS r ON r.id = q.run_id
        WHERE q.run_id = {newest_run_of("d.id")} AND
    """
    sql += "d.replaced_by IS NULL" if key is None else "d.key = ?"
    values: list[Any] = [] if key is None else [key]
    if within is not None:
        sql += ' AND q.start < ? AND q."end" > ?'
        values += [within.end, within.start]
    sql += " ORDER BY q.document_id, q.position"
    for row in db.query(sql, values):
        yield _stored(db, row)


def read_quotation(db: sqlite_utils.Database, number: int) -> StoredQuotation | None:
    """The quotation with this number, of whatever run and version of its document."""
    sql = """
        SELECT q.*, d.key, r.version FROM quotations AS q
        JOIN documents AS d ON d.id = q.document_id JOIN runs AS r ON r.id = q.run_id
        WHERE q.id = ?
    """
    return next((_stored(db, row) for row in db.query(sql, [number])), None)


def _stored(db: sqlite_utils.Database, row: dict[str, Any]) -> StoredQuotation:
    return StoredQuotation(
        id=row["id"],
        document=row["key"],
        run=row["run_id"],
        quotation=_quotation(db, row),
        start=row["start"],
        end=row["end"],
        prefix=row["prefix"],
        exact=row["exact"],
        suffix=row["suffix"],
        parent=row["parent_id"],
        version=row["version"],
    )


def _require_inside(text: str, quotation: Quotation) -> None:
    if not quotation.content:
        raise InputError("a quotation has no content", remedy="Whatever made it has a bug.")
    spans = [*quotation.content, *quotation.cue, *quotation.source, *quotation.via_spans]
    spans += [span for name in _FACTS for span in getattr(quotation.facts, name)]
    spans += [link.span for link in quotation.relay]
    for speaker in quotation.speakers:
        spans += [span for span in (speaker.mention, speaker.role_span) if span is not None]
    for span in spans:
        if span.end > len(text):
            raise InputError(
                f"a quotation lies at {span.start}..{span.end}, beyond the end of the text",
                remedy="It was found in another text: attribute the document again.",
            )


def _insert(
    db: sqlite_utils.Database,
    document_id: int,
    run: int,
    position: int,
    text: str,
    quotation: Quotation,
    register: Register,
) -> int:
    """Write one quotation with all its rows; return its number. Its parent is entered later."""
    whole = Span.cover(quotation.content)
    parts = quotation.confidence_parts
    values: dict[str, Any] = {
        "document_id": document_id,
        "run_id": run,
        "position": position,
        "kind": quotation.kind,
        "content": _words(text, quotation.content),
        "cue": _words(text, quotation.cue),
        "source": _words(text, quotation.source),
        "cue_lemma": storable(quotation.cue_lemma),
        "role": storable(quotation.role),
        "via": json.dumps([storable(name) for name in quotation.via], ensure_ascii=False),
        "source_form": quotation.source_form,
        "rule": quotation.rule,
        "confidence": float(quotation.confidence),
        "confidence_span": None if parts is None else float(parts.span),
        "confidence_source": None if parts is None else float(parts.source),
        "confidence_name": None if parts is None or parts.name is None else float(parts.name),
        "report_probability": float(quotation.facts.report_probability),
        "cue_class": storable(quotation.facts.cue_class),
        "negated": int(quotation.facts.negated),
        "tense": storable(quotation.facts.tense),
        "modality": storable(quotation.facts.modality),
        "relay": storable(", ".join(f"{link.name} ({link.part})" for link in quotation.relay)),
        "evidence": _as_json(quotation.evidence),
        "start": whole.start,
        '"end"': whole.end,
        "prefix": text[max(0, whole.start - _CONTEXT) : whole.start],
        "exact": whole.of(text),
        "suffix": text[whole.end : whole.end + _CONTEXT],
    }
    names, question_marks = ", ".join(values), placeholders([*values])
    cursor = db.execute(
        f"INSERT INTO quotations ({names}) VALUES ({question_marks})",
        list(values.values()),
    )
    quotation_id = int(cursor.lastrowid or 0)
    db.execute(
        "INSERT INTO quotations_fts (rowid, content) VALUES (?, ?)",
        [quotation_id, values["content"]],
    )
    places = {
        "content": quotation.content,
        "cue": quotation.cue,
        "source": quotation.source,
        "via": quotation.via_spans,
    } | {name: getattr(quotation.facts, name) for name in _FACTS}
    db.conn.executemany(
        'INSERT INTO quotation_spans (quotation_id, part, position, start, "end", exact)'
        " VALUES (?, ?, ?, ?, ?, ?)",
        [
            (quotation_id, part, n, span.start, span.end, span.of(text))
            for part, spans in places.items()
            for n, span in enumerate(spans)
        ],
    )
    db.conn.executemany(
        'INSERT INTO quotation_relay (quotation_id, position, part, name, start, "end", exact)'
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (quotation_id, n, storable(part), storable(name), span.start, span.end, span.of(text))
            for n, (name, span, part) in enumerate(
                (link.name, link.span, link.part) for link in quotation.relay
            )
        ],
    )
    for n, speaker in enumerate(quotation.speakers):
        register.enter(db, quotation_id, n, speaker, quotation.source_form, quotation.source)
    db.conn.executemany(
        "INSERT INTO quotation_candidates (quotation_id, position, name, probability)"
        " VALUES (?, ?, ?, ?)",
        [
            (quotation_id, n, storable(name), float(probability))
            for n, (name, probability) in enumerate(quotation.candidates)
        ],
    )
    return quotation_id


def _words(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(span.of(text) for span in spans)


def _as_json(evidence: Sequence[Evidence]) -> str:
    """Evidence as JSON. Weights come back to the last bit: a float is written as its repr."""
    rows = [
        {
            "name": storable(item.name),
            "weight": item.weight if item.weight is None else _weight(float(item.weight)),
            "unit": storable(item.unit),
            "note": storable(item.note),
        }
        for item in evidence
    ]
    return json.dumps(rows, ensure_ascii=False, allow_nan=False)


def _weight(weight: float) -> float | str:
    # JSON has no word for an infinite weight (the log odds of certainty).
    return weight if math.isfinite(weight) else str(weight)


def _evidence(stored: str | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            item["name"],
            None if item["weight"] is None else float(item["weight"]),
            item["unit"],
            item["note"],
        )
        for item in json.loads(stored or "[]")
    )


def _place(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _content(db: sqlite_utils.Database, quotation_id: int | None) -> tuple[Span, ...]:
    """The content of the quotation with this number; empty for none."""
    if quotation_id is None:
        return ()
    rows = db.execute(
        "SELECT start, \"end\" FROM quotation_spans WHERE quotation_id = ? AND part = 'content'"
        " ORDER BY position",
        [quotation_id],
    )
    return tuple(Span(start, end) for start, end in rows)


def _quotation(db: sqlite_utils.Database, row: dict[str, Any]) -> Quotation:
    spans: dict[str, list[Span]] = {
        part: [] for part in ("content", "cue", "source", "via", *_FACTS)
    }
    for part, start, end in db.execute(
        'SELECT part, start, "end" FROM quotation_spans WHERE quotation_id = ?'
        " ORDER BY part, position",
        [row["id"]],
    ):
        spans[part].append(Span(start, end))
    speakers = db.execute(
        "SELECT s.name, qs.mention_start, qs.mention_end, qs.role, qs.label,"
        " qs.role_start, qs.role_end, qs.description, coalesce(s.identifier, qs.identifier)"
        " FROM quotation_speakers AS qs LEFT JOIN speakers AS s ON s.id = qs.speaker_id"
        " WHERE qs.quotation_id = ? AND NOT EXISTS"  # of two names of one person the first
        " (SELECT 1 FROM quotation_speakers AS o WHERE o.quotation_id = qs.quotation_id"
        " AND o.speaker_id = qs.speaker_id AND o.position < qs.position"
        " AND o.speaker_name != qs.speaker_name) ORDER BY qs.position",
        [row["id"]],
    )
    candidates = db.execute(
        "SELECT name, probability FROM quotation_candidates WHERE quotation_id = ?"
        " ORDER BY position",
        [row["id"]],
    )
    relay = db.execute(
        'SELECT name, start, "end", part FROM quotation_relay WHERE quotation_id = ?'
        " ORDER BY position",
        [row["id"]],
    )
    places = {name: tuple(spans[name]) for name in _FACTS}
    likely = row["report_probability"]
    facts = Facts(
        cue_class=row["cue_class"] or "",
        negated=bool(row["negated"]),
        tense=row["tense"] or "",
        modality=row["modality"] or "",
        negation=places["negation"],
        addressee=places["addressee"],
        time=places["time"],
        place=places["place"],
        report_probability=1.0 if likely is None else likely,
    )
    return Quotation(
        content=tuple(spans["content"]),
        cue=tuple(spans["cue"]),
        source=tuple(spans["source"]),
        kind=row["kind"],
        rule=row["rule"],
        confidence=row["confidence"],
        cue_lemma=row["cue_lemma"],
        speakers=tuple(
            Speaker(
                name,
                _place(start, end),
                role,
                label,
                _place(role_start, role_end),
                description,
                identifier,
            )
            for name, start, end, role, label, role_start, role_end, description, identifier in (
                speakers
            )
        ),
        role=row["role"],
        via=tuple(json.loads(row["via"])),
        via_spans=tuple(spans["via"]),
        source_form=row["source_form"],
        candidates=tuple((name, probability) for name, probability in candidates),
        facts=facts,
        relay=tuple(RelayLink(name, Span(start, end), part) for name, start, end, part in relay),
        evidence=_evidence(row["evidence"]),
        confidence_parts=None
        if row["confidence_span"] is None or row["confidence_source"] is None
        else ConfidenceParts(
            row["confidence_span"], row["confidence_source"], row["confidence_name"]
        ),
        parent=_content(db, row["parent_id"]),
    )
