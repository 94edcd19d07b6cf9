"""Documents, quotations and checks as plain dictionaries, as JSON has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quotecheck.records.check import Check, Edit, Reason
from quotecheck.records.document import Document
from quotecheck.records.fact_check import FactCheck, FoundFactCheck
from quotecheck.records.quotation import (
    Facts,
    Quotation,
    RelayLink,
    Speaker,
    numbers_of_parents,
)
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = [
    "Record",
    "check_of",
    "check_record",
    "document_record",
    "place_record",
    "place_records",
    "quotation_record",
    "quotation_records",
]

Record = dict[str, Any]


def document_record(document: Document) -> Record:
    """The facts of a document, without its text."""
    return {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "title": document.title,
        "publication": document.publication,
        "author": document.author,
        "date": document.date,
        "genre": document.genre,
        "licence": document.licence,
        "origin": document.origin,
        "language": document.language,
        "translated": document.translated,
        "derived": document.derived,
        "machine_transcript": document.machine_transcript,
        "encoding": document.encoding,
        "reader": document.reader,
        "characters": len(document.text),
        "bytes_sha256": document.bytes_sha256,
        "text_sha256": document.text_sha256,
        "headline": place_record(document.text, document.headline),
        "metadata_origin": dict(document.metadata_origin),
    }


def quotation_record(
    text: str, quotation: Quotation, number: int, parent: int | None = None
) -> Record:
    """One quotation with every field.

    Args:
        text: the document's raw text.
        quotation: what to write.
        number: counts the document's quotations from 1.
        parent: the number of the quotation that it stands in.
    """
    speaker = quotation.speaker
    parts = quotation.confidence_parts
    return {
        "n": number,
        "parent": parent,
        "kind": quotation.kind,
        "speaker": list(speaker) if isinstance(speaker, tuple) else speaker,
        "role": quotation.role,
        "via": list(quotation.via),
        "cue_lemma": quotation.cue_lemma,
        "content": place_records(text, quotation.content),
        "cue": place_records(text, quotation.cue),
        "source": place_records(text, quotation.source),
        "via_spans": place_records(text, quotation.via_spans),
        "source_form": quotation.source_form,
        "source_type": quotation.source_type,
        "speakers": [_speaker(text, each) for each in quotation.speakers],
        "facts": _facts(text, quotation.facts),
        "relay": [_relay(text, each) for each in quotation.relay],
        "candidates": [
            {"name": name, "probability": round(chance, 4)} for name, chance in quotation.candidates
        ],
        "confidence": round(quotation.confidence, 4),
        "confidence_parts": None
        if parts is None
        else {
            "span": round(parts.span, 4),
            "source": round(parts.source, 4),
            "name": None if parts.name is None else round(parts.name, 4),
        },
        "rule": quotation.rule,
        "evidence": [
            {
                "name": each.name,
                "weight": None if each.weight is None else round(each.weight, 4),
                "unit": each.unit,
                "note": each.note,
            }
            for each in quotation.evidence
        ],
    }


def quotation_records(text: str, quotations: Sequence[Quotation]) -> Iterator[Record]:
    """All quotations of a document, numbered in the order given."""
    parents = numbers_of_parents(quotations)
    for number, (quotation, parent) in enumerate(zip(quotations, parents, strict=True), start=1):
        yield quotation_record(text, quotation, number, parent)


def check_record(check: Check) -> Record:
    """One check with every field; the places are code points of the document that is named."""
    return {
        "quote": check.quote,
        "verdict": check.verdict,
        "wording": check.wording,
        "severity": check.severity,
        "score": round(check.score, 4),
        "claimed_speaker": check.claimed_speaker,
        "document": check.document,
        "title": check.title,
        "date": check.date,
        "locator": check.locator,
        "speaker": check.speaker,
        "speaker_basis": check.speaker_basis,
        "speaker_confidence": check.speaker_confidence,
        "claim": check.claim,
        "spans": [{"start": span.start, "end": span.end} for span in check.spans],
        "origin_text": check.origin_text,
        "surroundings": check.surroundings,
        "edits": [
            {
                "kind": edit.kind,
                "before": edit.before,
                "after": edit.after,
                "severity": edit.severity,
            }
            for edit in check.edits
        ],
        "diff": [
            {"operation": operation, "origin": origin, "quotation": quoted}
            for operation, origin, quoted in check.diff
        ],
        "reasons": list(check.reasons),
        "grounds": [
            {
                "kind": reason.kind,
                "text": str(reason),
                "words": reason.words,
                "severity": reason.severity,
            }
            for reason in check.reasons
            if isinstance(reason, Reason)
        ],
        "others": [
            {"document": document, "start": start, "end": end, "speaker": speaker}
            for document, start, end, speaker in check.others
        ],
        "nearest": [
            {"document": document, "start": start, "end": end, "text": words}
            for document, start, end, words in check.nearest
        ],
        "searched": check.searched,
        "fact_checks": [fact_check.to_dict() for fact_check in check.fact_checks],
    }


def check_of(record: Mapping[str, Any]) -> Check:
    """The check that a record of `check_record` was made of; what it lacks is left out.

    >>> found = Check("We paid.", "not_found", "not_found", "none", 0.0, reasons=("none here",))
    >>> check_of(check_record(found)) == found
    True
    """
    grounds = {ground["text"]: ground for ground in record.get("grounds") or ()}
    reasons = [
        Reason(ground["kind"], text, ground["words"], ground["severity"])
        if (ground := grounds.get(text)) is not None
        else text
        for text in record["reasons"]
    ]
    return Check(
        quote=record["quote"],
        verdict=record["verdict"],
        wording=record["wording"],
        severity=record["severity"],
        score=record["score"],
        claimed_speaker=record["claimed_speaker"],
        document=record["document"],
        spans=tuple(Span(ground["start"], ground["end"]) for ground in record["spans"]),
        speaker=record["speaker"],
        date=record["date"],
        title=record["title"],
        origin_text=record["origin_text"],
        surroundings=record["surroundings"],
        edits=tuple(
            Edit(ground["kind"], ground["before"], ground["after"], ground["severity"])
            for ground in record["edits"]
        ),
        diff=tuple(
            (ground["operation"], ground["origin"], ground["quotation"])
            for ground in record["diff"]
        ),
        reasons=tuple(reasons),
        others=tuple(
            (ground["document"], ground["start"], ground["end"], ground["speaker"])
            for ground in record["others"]
        ),
        searched=record["searched"],
        locator=record.get("locator"),
        claim=record.get("claim", "not asked"),
        speaker_basis=record.get("speaker_basis"),
        speaker_confidence=record.get("speaker_confidence"),
        fact_checks=tuple(_fact_check(ground) for ground in record.get("fact_checks") or ()),
    )


def _fact_check(record: Record) -> FoundFactCheck:
    names = ("claim", "said_by", "rating", "publisher", "url", "date")
    return FoundFactCheck(FactCheck(**{name: record[name] for name in names}), record["match"])


def place_record(text: str, span: Span | None) -> Record | None:
    """A place with its words; None where there is none."""
    if span is None:
        return None
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def place_records(text: str, spans: Sequence[Span]) -> list[Record | None]:
    """Places with their words."""
    return [place_record(text, span) for span in spans]


def _speaker(text: str, speaker: Speaker) -> Record:
    return {
        "name": speaker.name,
        "mention": place_record(text, speaker.mention),
        "role": speaker.role,
        "role_span": place_record(text, speaker.role_span),
        "description": speaker.description,
        "identifier": speaker.identifier,
        "label": speaker.label,
    }


def _facts(text: str, facts: Facts) -> Record:
    return {
        "cue_class": facts.cue_class,
        "negated": facts.negated,
        "tense": facts.tense,
        "modality": facts.modality,
        "negation": place_records(text, facts.negation),
        "addressee": place_records(text, facts.addressee),
        "time": place_records(text, facts.time),
        "place": place_records(text, facts.place),
        "report_probability": round(facts.report_probability, 4),
    }


def _relay(text: str, relay: RelayLink) -> Record:
    return {"part": relay.part, "name": relay.name, "span": place_record(text, relay.span)}
