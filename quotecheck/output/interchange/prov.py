"""Where everything in a library came from, in the terms of W3C PROV, written as PROV-JSON.

Files, texts, quotations and weights are entities; runs and changes to the speakers are activities;
speakers, each version of quotecheck and those who changed something are agents. A text derives from
its file, and from the text that it replaced; a quotation derives from its text and is attributed to
its speakers. Quotations of all runs are there, not only the newest.
https://www.w3.org/submissions/prov-json/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from quotecheck.errors import InputError
from quotecheck.library.library import explained
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

# Each statement takes the row of one document, or NULL for all.
_DOCUMENTS = "SELECT * FROM documents WHERE :one IS NULL OR id = :one ORDER BY id"
_FILES = """
    SELECT bytes_sha256, min(path) AS path, min(url) AS url, min(retrieved_at) AS retrieved_at
    FROM documents WHERE :one IS NULL OR id = :one GROUP BY bytes_sha256
"""
_READ = "SELECT DISTINCT run_id, bytes_sha256 FROM documents WHERE :one IS NULL OR id = :one"
_QUOTATIONS = """
    SELECT q.*, (
        SELECT CASE WHEN q.start < "end" THEN number END FROM (
            SELECT max(start), "end", count(*) AS number FROM segments
            WHERE document_id = q.document_id AND start <= q.start
        )) AS turn, (
        SELECT group_concat(CASE kind WHEN 'page' THEN 'page ' || label ELSE label END, ', ')
        FROM (SELECT kind, label FROM locators WHERE document_id = q.document_id
            AND start <= q.start AND q.start < "end" ORDER BY kind)) AS locator
    FROM quotations AS q WHERE :one IS NULL OR document_id = :one ORDER BY id
"""
_RUNS = """
    SELECT * FROM runs WHERE :one IS NULL
        OR id IN (SELECT run_id FROM attributed WHERE document_id = :one
            UNION SELECT run_id FROM documents WHERE id = :one
            UNION SELECT updated_run_id FROM documents WHERE id = :one)
    ORDER BY id
"""
_SPEAKERS = """
    SELECT qs.speaker_id, qs.quotation_id, s.name,
        max(coalesce(s.identifier, qs.identifier)) AS identifier
    FROM quotation_speakers AS qs
    JOIN quotations AS q ON q.id = qs.quotation_id JOIN speakers AS s ON s.id = qs.speaker_id
    WHERE :one IS NULL OR q.document_id = :one GROUP BY {} ORDER BY qs.speaker_id, qs.quotation_id
"""
_CHANGES = "SELECT * FROM speaker_changes WHERE :one IS NULL ORDER BY id"
_LOOKED = "SELECT * FROM attributed WHERE :one IS NULL OR document_id = :one"
_REPLACED = """
    SELECT n.id, d.id AS older FROM documents AS d JOIN documents AS n ON n.id = d.replaced_by
    WHERE :one IS NULL ORDER BY n.id
"""


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
        yield from _pieces(_Rows(library, _row_of(library, document)))


def _row_of(library: Library, document: str | None) -> int | None:
    if document is None:
        return None
    found = library.db.execute("SELECT id FROM documents WHERE key = ?", [document]).fetchone()
    if found is None:
        raise InputError(
            f"there is no document {document!r}",
            where=str(library.path),
            remedy="The view what_is_here lists the documents by their keys.",
        )
    return int(found[0])


class _Rows:
    """Rows of a library, of one document or of all."""

    def __init__(self, library: Library, one: int | None) -> None:
        self.library = library
        self.one = one

    def __call__(self, sql: str) -> Iterator[Record]:
        cursor = self.library.db.execute(sql, {"one": self.one})
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _pieces(rows: _Rows) -> Iterator[str]:
    name = quote(rows.library.path.stem, safe="")
    prefix = {"qc": NAMESPACE, "lib": f"urn:quotecheck:library:{name}:"}
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
    held: Record = {"prov:type": _name(kind)}
    for name, value in attributes.items():
        if value is not None:
            held[name.replace("__", ":")] = value
    return held


def _name(name: str) -> Record:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}


def _weights(row: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Each file of weights of a run: its identifier, name and sha256."""
    for name, sha256 in json.loads(row["weights"]).items():
        yield f"lib:weights/{quote(name, safe='')}/{sha256}", name, sha256


Records = Iterator[tuple[str | None, Record]]


def _entities(rows: _Rows) -> Records:
    for row in rows(_FILES):
        yield (
            f"lib:file/{row['bytes_sha256']}",
            _typed(
                "qc:File",
                prov__location=row["path"] or row["url"],
                qc__sha256=row["bytes_sha256"],
                qc__retrievedAt={"$": row["retrieved_at"], "type": "xsd:dateTime"},
            ),
        )
    for row in rows(_DOCUMENTS):
        yield (
            f"lib:document/{row['id']}",
            _typed(
                "qc:Document",
                prov__label=row["title"] or row["key"],
                qc__textSha256=row["text_sha256"],
                qc__encoding=row["encoding"],
                qc__reader=row["reader"],
                qc__readerVersion=row["reader_version"],
                **{f"qc__{name}": row[name] for name in _OF_DOCUMENTS},
            ),
        )
    for row in rows(_QUOTATIONS):
        yield (
            f"lib:quotation/{row['id']}",
            _typed(
                "qc:Quotation",
                prov__value=row["content"],
                **{f"qc__{name}": row[name] for name in _OF_QUOTATIONS},
            ),
        )
    held: set[str] = set()
    for row in rows(_RUNS):
        for identifier, name, sha256 in _weights(row):
            if identifier not in held:
                held.add(identifier)
                yield identifier, _typed("qc:Weights", prov__label=name, qc__sha256=sha256)


def _activities(rows: _Rows) -> Records:
    for row in rows(_RUNS):
        yield (
            f"lib:run/{row['id']}",
            _typed(
                "qc:Run",
                prov__startTime=row["started"],
                prov__endTime=row["finished"],
                qc__command=row["command"],
                qc__settings=row["settings"],
                qc__status=row["status"],
            ),
        )
    for row in rows(_CHANGES):
        yield (
            f"lib:change/{row['id']}",
            _typed(
                "qc:SpeakerChange",
                prov__startTime=row["at"],
                prov__endTime=row["at"],
                prov__label=row["summary"],
                qc__change=row["change"],
            ),
        )


def _user(row: Record) -> str:
    return f"lib:user/{quote(row['by'], safe='')}"


def _software(row: Record) -> str:
    return f"lib:quotecheck/{quote(row['version'], safe='')}"


def _agents(rows: _Rows) -> Records:
    for identifier in dict.fromkeys(_software(row) for row in rows(_RUNS)):
        version = identifier.partition("/")[2]
        yield identifier, _typed("prov:SoftwareAgent", prov__label=f"quotecheck {version}")
    for row in rows(_SPEAKERS.format("qs.speaker_id")):
        yield (
            f"lib:speaker/{row['speaker_id']}",
            _typed("qc:Speaker", prov__label=row["name"], qc__identifier=row["identifier"]),
        )
    for identifier, by in {_user(row): row["by"] for row in rows(_CHANGES)}.items():
        yield identifier, _typed("prov:Person", prov__label=by)


def _generated(rows: _Rows) -> Records:
    for kind, sql in (("document", _DOCUMENTS), ("quotation", _QUOTATIONS)):
        for row in rows(sql):
            yield (
                None,
                {
                    "prov:entity": f"lib:{kind}/{row['id']}",
                    "prov:activity": f"lib:run/{row['run_id']}",
                },
            )


def _used(rows: _Rows) -> Records:
    for row in rows(_READ):
        yield None, _use(row["run_id"], f"lib:file/{row['bytes_sha256']}")
    for row in rows(_LOOKED):
        yield None, _use(row["run_id"], f"lib:document/{row['document_id']}")
    for row in rows(_RUNS):
        for identifier, _, _ in _weights(row):
            yield None, _use(row["id"], identifier)


def _use(run: int, entity: str) -> Record:
    return {"prov:activity": f"lib:run/{run}", "prov:entity": entity}


def _associated(rows: _Rows) -> Records:
    for row in rows(_RUNS):
        yield None, {"prov:activity": f"lib:run/{row['id']}", "prov:agent": _software(row)}
    for row in rows(_CHANGES):
        yield None, {"prov:activity": f"lib:change/{row['id']}", "prov:agent": _user(row)}


def _attributed(rows: _Rows) -> Records:
    for row in rows(_SPEAKERS.format("qs.speaker_id, qs.quotation_id")):
        yield (
            None,
            {
                "prov:entity": f"lib:quotation/{row['quotation_id']}",
                "prov:agent": f"lib:speaker/{row['speaker_id']}",
            },
        )


def _derived(rows: _Rows) -> Records:
    for row in rows(_DOCUMENTS):
        yield (
            None,
            {
                "prov:generatedEntity": f"lib:document/{row['id']}",
                "prov:usedEntity": f"lib:file/{row['bytes_sha256']}",
                "prov:activity": f"lib:run/{row['run_id']}",
            },
        )
    for row in rows(_QUOTATIONS):
        yield (
            None,
            {
                "prov:generatedEntity": f"lib:quotation/{row['id']}",
                "prov:usedEntity": f"lib:document/{row['document_id']}",
                "prov:activity": f"lib:run/{row['run_id']}",
                "prov:type": _name("prov:Quotation"),
            },
        )
    for row in rows(_REPLACED):
        yield (
            None,
            {
                "prov:generatedEntity": f"lib:document/{row['id']}",
                "prov:usedEntity": f"lib:document/{row['older']}",
                "prov:type": _name("prov:Revision"),
            },
        )
