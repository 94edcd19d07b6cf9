"""Where everything in a library came from, in the terms of W3C PROV, written as PROV-JSON.

Files, texts, quotations and weights are entities; runs and changes to the speakers are activities;
speakers, each version of quotecheck and those who changed something are agents. A text derives from
its file, and from the text that it replaced; a quotation derives from its text and is attributed to
its speakers. Quotations of all runs are there, not only the newest.
https://www.w3.org/submissions/prov-json/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from quotecheck.errors import InputError
from quotecheck.library.document_lookup import document_row
from quotecheck.library.library import explained
from quotecheck.library.provenance import ProvenanceRows, RunRecord
from quotecheck.library.speaker_history import Change
from quotecheck.output.serialising import dumps

if TYPE_CHECKING:
    from quotecheck.library.library import Library

__all__ = ["NAMESPACE", "prov_json"]

NAMESPACE = "urn:quotecheck:terms:"
"""What ``qc:`` stands for."""

Record = dict[str, Any]

_OF_DOCUMENTS = (
    *("key", "publication", "author", "date", "url", "genre", "licence"),
    *("characters", "version"),
)
_OF_QUOTATIONS = (
    # W3C selectors: TextPosition (start, end), TextQuote (exact, prefix, suffix).
    *("start", "end", "exact", "prefix", "suffix"),
    *("kind", "cue", "source", "turn", "locator", "rule", "confidence"),
)


def prov_json(library: Library, document: str | None = None) -> Iterator[str]:
    """The provenance of a library, or of one document, as pieces of one PROV-JSON text.

    One row is in memory at a time.

    Args:
        library: an open library.
        document: the key of a document; None for all.

    Raises:
        InputError: there is no document with this key.
        LibraryError: the library cannot be read.
    """
    with explained(library.path):
        rows = ProvenanceRows(library.db, _row_of(library, document))
        yield from _pieces(rows, library.path.stem)


def _row_of(library: Library, document: str | None) -> int | None:
    if document is None:
        return None
    row = document_row(library.db, document)
    if row is None:
        raise InputError(
            f"there is no document {document!r}",
            where=str(library.path),
            remedy="The view what_is_here lists the documents by their keys.",
        )
    return row


def _pieces(rows: ProvenanceRows, name: str) -> Iterator[str]:
    prefix = {"qc": NAMESPACE, "lib": f"urn:quotecheck:library:{quote(name, safe='')}:"}
    yield '{\n"prefix": ' + dumps(prefix)
    sections = {
        "entity": _entities,
        "activity": _activities,
        "agent": _agents,
        "wasGeneratedBy": _generated,
        "used": _used,
        "wasAssociatedWith": _associated,
        "wasAttributedTo": _attributed,
        "wasDerivedFrom": _derived,
    }
    for section, records in sections.items():
        yield f',\n"{section}": {{'
        before = "\n"
        for number, (identifier, record) in enumerate(records(rows), start=1):
            key = identifier or f"_:{section}{number}"
            yield f"{before}{dumps(key)}: {dumps(record)}"
            before = ",\n"
        yield "\n}"
    yield "\n}\n"


def _typed(kind: str, **attributes: object) -> Record:
    """An element's attributes; those without a value are left out."""
    record: Record = {"prov:type": _name(kind)}
    for name, value in attributes.items():
        if value is not None:
            record[name.replace("__", ":")] = value
    return record


def _name(name: str) -> Record:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _weights(row: RunRecord) -> Iterator[tuple[str, str, str]]:
    """Each file of weights of a run: its identifier, name and sha256."""
    for name, sha256 in row.weights.items():
        yield f"lib:weights/{quote(name, safe='')}/{sha256}", name, sha256


Records = Iterator[tuple[str | None, Record]]


def _entities(rows: ProvenanceRows) -> Records:
    for file in rows.files():
        yield (
            f"lib:file/{file.bytes_sha256}",
            _typed(
                "qc:File",
                prov__location=file.path or file.url,
                qc__sha256=file.bytes_sha256,
                qc__retrievedAt={"$": file.retrieved_at, "type": "xsd:dateTime"},
            ),
        )
    for document in rows.documents():
        yield (
            f"lib:document/{document.id}",
            _typed(
                "qc:Document",
                prov__label=document.title or document.key,
                qc__textSha256=document.text_sha256,
                qc__encoding=document.encoding,
                qc__reader=document.reader,
                qc__readerVersion=document.reader_version,
                **{f"qc__{name}": getattr(document, name) for name in _OF_DOCUMENTS},
            ),
        )
    for quotation in rows.quotations():
        yield (
            f"lib:quotation/{quotation.id}",
            _typed(
                "qc:Quotation",
                prov__value=quotation.content,
                **{f"qc__{name}": getattr(quotation, name) for name in _OF_QUOTATIONS},
            ),
        )
    entities: set[str] = set()
    for run in rows.runs():
        for identifier, name, sha256 in _weights(run):
            if identifier not in entities:
                entities.add(identifier)
                yield identifier, _typed("qc:Weights", prov__label=name, qc__sha256=sha256)


def _activities(rows: ProvenanceRows) -> Records:
    for run in rows.runs():
        yield (
            f"lib:run/{run.id}",
            _typed(
                "qc:Run",
                prov__startTime=run.started,
                prov__endTime=run.finished,
                qc__command=run.command,
                qc__settings=run.settings,
                qc__status=run.status,
            ),
        )
    for change in rows.changes():
        yield (
            f"lib:change/{change.id}",
            _typed(
                "qc:SpeakerChange",
                prov__startTime=change.at,
                prov__endTime=change.at,
                prov__label=change.summary,
                qc__change=change.change,
            ),
        )


def _user(row: Change) -> str:
    return f"lib:user/{quote(row.by, safe='')}"


def _software(row: RunRecord) -> str:
    return f"lib:quotecheck/{quote(row.version, safe='')}"


def _agents(rows: ProvenanceRows) -> Records:
    for identifier in dict.fromkeys(_software(row) for row in rows.runs()):
        version = identifier.partition("/")[2]
        yield identifier, _typed("prov:SoftwareAgent", prov__label=f"quotecheck {version}")
    for speaker in rows.speakers():
        yield (
            f"lib:speaker/{speaker.speaker_id}",
            _typed("qc:Speaker", prov__label=speaker.name, qc__identifier=speaker.identifier),
        )
    for identifier, by in {_user(row): row.by for row in rows.changes()}.items():
        yield identifier, _typed("prov:Person", prov__label=by)


def _generated(rows: ProvenanceRows) -> Records:
    for document in rows.documents():
        yield None, _generation(f"lib:document/{document.id}", document.run_id)
    for quotation in rows.quotations():
        yield None, _generation(f"lib:quotation/{quotation.id}", quotation.run_id)


def _generation(entity: str, run: int) -> Record:
    return {"prov:entity": entity, "prov:activity": f"lib:run/{run}"}


def _used(rows: ProvenanceRows) -> Records:
    for read in rows.files_read():
        yield None, _use(read.run_id, f"lib:file/{read.bytes_sha256}")
    for number, document in rows.attributed():
        yield None, _use(number, f"lib:document/{document}")
    for run in rows.runs():
        for identifier, _, _ in _weights(run):
            yield None, _use(run.id, identifier)


def _use(run: int, entity: str) -> Record:
    return {"prov:activity": f"lib:run/{run}", "prov:entity": entity}


def _associated(rows: ProvenanceRows) -> Records:
    for run in rows.runs():
        yield None, {"prov:activity": f"lib:run/{run.id}", "prov:agent": _software(run)}
    for change in rows.changes():
        yield None, {"prov:activity": f"lib:change/{change.id}", "prov:agent": _user(change)}


def _attributed(rows: ProvenanceRows) -> Records:
    for speaker in rows.quotation_speakers():
        yield (
            None,
            {
                "prov:entity": f"lib:quotation/{speaker.quotation_id}",
                "prov:agent": f"lib:speaker/{speaker.speaker_id}",
            },
        )


def _derived(rows: ProvenanceRows) -> Records:
    for document in rows.documents():
        yield (
            None,
            {
                "prov:generatedEntity": f"lib:document/{document.id}",
                "prov:usedEntity": f"lib:file/{document.bytes_sha256}",
                "prov:activity": f"lib:run/{document.run_id}",
            },
        )
    for quotation in rows.quotations():
        yield (
            None,
            {
                "prov:generatedEntity": f"lib:quotation/{quotation.id}",
                "prov:usedEntity": f"lib:document/{quotation.document_id}",
                "prov:activity": f"lib:run/{quotation.run_id}",
                "prov:type": _name("prov:Quotation"),
            },
        )
    for replacement in rows.replacements():
        yield (
            None,
            {
                "prov:generatedEntity": f"lib:document/{replacement.id}",
                "prov:usedEntity": f"lib:document/{replacement.older}",
                "prov:type": _name("prov:Revision"),
            },
        )
