"""A debate and a report that name the same people differently."""

from __future__ import annotations

from typing import Any

from quotecheck.library.library import Library
from quotecheck.records.document import Document, Segment
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.speakers.directory import list_speakers
from quotecheck.speakers.lookup import find_speaker
from quotecheck.text.digest import sha256_hex

DEBATE = (
    "CHAIR: The dam is open.\nNORRAN: The village stays where it is.\n"
    "VELD: Then who will pay?\nCHAIR: The state will.\n"
)
REPORT = (
    "“We will not move twice,” said Ilse Norran. Mrs Norran, the minister, was tired.\n"
    "“Who pays?” asked Jonas Veld. “Nobody,” Norran and Veld agreed.\n"
)


def document(key: str, text: str, *segments: Segment, **fields: Any) -> Document:
    digest = sha256_hex(text.encode())
    return Document(key, text, digest, digest, path=f"/{key}", segments=segments, **fields)


def debate(key: str = "debate", names: dict[str, str] | None = None) -> Document:
    """A transcript; ``names`` are others for its labels."""
    segments, at = [], 0
    for line in DEBATE.splitlines(keepends=True):
        label, _, words = line.partition(": ")
        start = at + len(label) + 2
        name = (names or {}).get(label, label)
        segments.append(Segment(start, start + len(words) - 1, name))
        at += len(line)
    return document(key, DEBATE, *segments, date="2030-05", genre="transcript")


def report(key: str = "report", norran: str = "Ilse Norran") -> tuple[Document, list[Quotation]]:
    """An article that quotes both, the minister once by another form of her name."""

    def at(words: str, after: int = 0) -> Span:
        start = REPORT.index(words, after)
        return Span(start, start + len(words))

    minister = Speaker(norran, at("Ilse Norran"))
    again = Speaker(norran, at("Mrs Norran"))
    veld = Speaker("Jonas Veld", at("Jonas Veld"))
    found = [
        Quotation(
            (at("We will not move twice,"),), (), (), "direct", "r", 0.9, speakers=(minister,)
        ),
        Quotation((at("Who pays?"),), (), (), "direct", "r", 0.9, speakers=(veld,)),
        Quotation((at("Nobody,"),), (), (), "direct", "r", 0.9, speakers=(again, veld)),
    ]
    return document(key, REPORT, date="2030-06-02", publication="The Courier"), found


def add(library: Library, document: Document, found: list[Quotation] | None = None) -> None:
    number = library.start_run("build", version="1")
    added = library.add_document(document, passages=[Span(0, len(document.text))], run=number)
    if found is not None:
        library.add_quotations(added.id, found, run=number)


TABLES = {
    "speakers": "id, name, identifier",
    "aliases": "speaker_id, name, kind",
    "segments": "id, document_id, start, speaker_id, speaker_name",
    "quotation_speakers": "quotation_id, position, speaker_id, speaker_name, identifier",
}


def rows(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a change may touch."""
    return {
        table: library.db.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
        for table, columns in TABLES.items()
    }


def counts(library: Library) -> dict[str, tuple[int, int]]:
    return {one.name: (one.turns, one.quotations) for one in list_speakers(library)}


def assert_consistent(library: Library) -> None:
    """The library holds together, and every stored name leads to who has what came under it."""
    assert library.db.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in ("segments", "quotation_speakers"):
        for number, name in library.db.execute(
            f"SELECT speaker_id, speaker_name FROM {table} WHERE speaker_id IS NOT NULL"  # noqa: S608
        ):
            assert find_speaker(library, name).id == number
