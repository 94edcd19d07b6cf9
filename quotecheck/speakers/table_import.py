"""Bringing a user's table of speakers into a library: whose turns and quotations are whose."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.library.speakers import (
    ChangeLog,
    SpeakerRow,
    alias_kind,
    forms_of,
    names_of,
    reassign,
    speaker_by_name,
    speaker_id,
    speaker_row,
)
from quotecheck.library.storable import storable
from quotecheck.reading.speaker_table import TableSpeaker, read_speaker_table
from quotecheck.reading.transcripts.turn_names import spelled
from quotecheck.speakers.changes import user_name

if TYPE_CHECKING:
    import sqlite_utils

    from quotecheck.library.library import Library

__all__ = ["SpeakerTableImport", "import_speaker_table"]


@dataclass(frozen=True, slots=True)
class SpeakerTableImport:
    """What a table did: speakers in it, names that are theirs since, turns and quotations moved."""

    speakers: int
    names: int
    moved: int


def import_speaker_table(
    library: Library, path: Path | str, *, by: str | None = None
) -> SpeakerTableImport:
    """Let the aliases of a table stand for its speakers, for what is stored and what will be.

    A speaker of the library who is called as an alias says becomes one with the table's. An alias
    in capitals stands for its usual spelling too, in which transcripts are stored. Each line that
    changes something is a change that `quotecheck.speakers.changes.undo` takes back; all of the
    table is taken in, or, after an error, nothing.

    Args:
        library: open for writing.
        path: see `readers.speaker_table.read_speaker_table`.
        by: who does it; the user of the system when None.

    Raises:
        InputError: the table cannot be read, or says otherwise than the library does; the error
            names the line.
    """
    table = read_speaker_table(path)
    who = by or user_name()
    names = moved = 0
    with library.write() as db:
        for speaker in table:
            added, gone = _adopt(db, speaker, str(path), who)
            names += added
            moved += gone
    return SpeakerTableImport(len(table), names, moved)


def _adopt(db: sqlite_utils.Database, speaker: TableSpeaker, path: str, by: str) -> tuple[int, int]:
    """Take in one speaker: how many names are new, and how much belongs to them since."""
    where = f"{path}:{speaker.line}"
    known_speaker = speaker_by_name(db, speaker.name)
    if known_speaker is not None and known_speaker.name != speaker.name:
        raise InputError(
            f"“{speaker.name}” is another name of “{known_speaker.name}” in the library",
            where=where,
            remedy=f"Write {known_speaker.name} in the table, or rename it: quotecheck speakers"
            " rename OLD NEW",
        )
    number = speaker_id(db, speaker.name)
    target = speaker_row(db, number)
    known = target.identifier if target is not None else None
    identifier = speaker.identifier
    if identifier and known and identifier != known:
        raise _two_identifiers(speaker.name, identifier, known, where)
    others: dict[int, SpeakerRow] = {}
    fresh: list[str] = []
    for alias, line in speaker.aliases:
        for form in dict.fromkeys((alias, spelled(alias))):
            other = speaker_by_name(db, form)
            if other is None:
                fresh.append(form)
            elif other.id != number and other.name == form:
                others[other.id] = other
            elif other.id != number and form == alias:
                raise InputError(
                    f"“{alias}” is another name of “{other.name}” in the library",
                    where=f"{path}:{line}",
                    remedy="Leave it out, or take it from them: quotecheck speakers split NAME"
                    " --alias ALIAS",
                )
    for other in others.values():
        known = known or other.identifier
        if other.identifier and other.identifier != (identifier or known):
            raise _two_identifiers(other.name, identifier or known or "", other.identifier, where)
    identifier = identifier or known
    has = target.identifier if target is not None else None
    if not fresh and not others and identifier == has:
        return 0, 0
    note = f"names of “{speaker.name}” from {storable(Path(path).name)}, line {speaker.line}"
    log = ChangeLog(db, "merge", note, by=by)
    moved = 0
    for other in others.values():
        moved += _merge(db, log, other.id, number, speaker.name)
    for form in fresh:
        log.set_alias(number, form, "name")
    moved += reassign(db, [], fresh)  # turns of "Speaker 2" were nobody's so far
    if identifier != has:
        log.set_speaker(number, {"identifier": identifier})
    return len(fresh) + len(others), moved


def _merge(db: sqlite_utils.Database, log: ChangeLog, source: int, target: int, name: str) -> int:
    """Make one speaker another: names, forms, and what is stored under them."""
    names, forms = names_of(db, source), forms_of(db, source)
    for other in [*names[1:], *forms]:
        log.set_alias(source, other, None)
    log.set_speaker(source, None)
    for form in forms:
        if form != name and alias_kind(db, target, form) is None:
            log.set_alias(target, form, "form")
    for other in names:
        log.set_alias(target, other, "name")
    return reassign(db, [source], names)


def _two_identifiers(name: str, first: str, second: str, where: str) -> InputError:
    return InputError(
        f"“{name}” is {first} here, and {second} in the library",
        where=where,
        remedy="Mend the one that is wrong; in the library: quotecheck speakers identify NAME ID",
    )
