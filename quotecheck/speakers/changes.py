"""Who is meant by a name, and changes to the speakers of a library that can be taken back.

Each change is one transaction and is kept with who made it and when. What is stored under a name
that was merged goes to the speaker it was merged into, also in later builds. Nothing is ever
merged automatically.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.library.library import explained
from quotecheck.library.speaker_history import Change, changes, undo_change
from quotecheck.library.speaker_lookup import all_speakers, authored, stored_names
from quotecheck.library.speakers import (
    ChangeLog,
    SpeakerRow,
    alias_kind,
    forms_of,
    names_of,
    next_number,
    reassign,
    share_forms,
    speaker_by_name,
)
from quotecheck.library.storable import storable
from quotecheck.speakers.lookup import UnknownNameError, find_author, find_speaker, listed

if TYPE_CHECKING:
    from pathlib import Path

    from quotecheck.library.library import Library
    from quotecheck.reading.entity_table import Entities

__all__ = [
    "Change",
    "IdentificationReport",
    "SpeakerChange",
    "history",
    "identify",
    "identify_from",
    "merge_speakers",
    "rename_speaker",
    "split_speaker",
    "undo",
    "user_name",
]

_LONGEST = 200  # code points of a name or identifier that somebody gives


@dataclass(frozen=True, slots=True)
class SpeakerChange:
    """A change that was made: its number, to take it back by, and what moved.

    ``moved`` is how many turns and quotations belong to somebody else since.
    """

    change: int
    summary: str
    moved: int


@dataclass(frozen=True, slots=True)
class IdentificationReport:
    """What a table of identifiers did.

    ``change`` is None where nothing was new. ``assigned`` are (name, identifier) that were set,
    ``kept`` (name, identifier here, identifier of the table) where another one was there already
    and stays, ``unchanged`` how many had just theirs.
    """

    change: int | None
    assigned: tuple[tuple[str, str], ...]
    kept: tuple[tuple[str, str, str], ...]
    unchanged: int


class _Finder:
    """Finds speakers by name, inside a transaction, authors who never speak among them.

    Such an author has no row yet: one is made by the change that is about them, and is gone when
    that change is taken back.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._fresh: dict[str, SpeakerRow] = {}

    def __call__(self, name: str) -> SpeakerRow:
        try:
            return find_speaker(self._library, name)
        except UnknownNameError:
            author = find_author(self._library, name)
            if author is None:
                raise
        if author not in self._fresh:
            number = next_number(self._library.db) + len(self._fresh)
            self._fresh[author] = SpeakerRow(number, author, None)
        return self._fresh[author]

    def enter(self, log: ChangeLog) -> None:
        """Make the rows of the authors who were found, as a part of a change."""
        for row in self._fresh.values():
            log.set_speaker(row.id, {"name": row.name, "identifier": None})


def user_name() -> str:
    """Who is at the keyboard, for the record; "unknown" where the system does not say."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def merge_speakers(
    library: Library, into: str, others: Sequence[str], *, by: str | None = None
) -> SpeakerChange:
    """Make several speakers one. Their names become names of the first.

    What is stored under those names is theirs from then on, now and in later builds.

    Raises:
        InputError: a name is unknown or ambiguous, stands for the same speaker as the first, or the
            two have different identifiers.
    """
    with library.write() as db:
        speaker_of = _Finder(library)
        target = speaker_of(into)
        sources = [speaker_of(name) for name in others]
        for name, source in zip(others, sources, strict=True):
            if source.id == target.id:
                raise InputError(
                    f"“{name}” is “{target.name}” already",
                    where=str(library.path),
                    remedy="quotecheck speakers list shows whose names are whose.",
                )
        sources = list({source.id: source for source in sources}.values())
        known = {row.identifier for row in (target, *sources) if row.identifier}
        if len(known) > 1:
            raise InputError(
                f"they have different identifiers: {listed(sorted(known), last='and')}",
                where=str(library.path),
                remedy="If they are one all the same, mend the identifier first:"
                " quotecheck speakers identify NAME IDENTIFIER",
            )
        merged_names = listed((row.name for row in sources), last="and")
        summary = f"merge {merged_names} into “{target.name}”"
        log = ChangeLog(db, "merge", summary, by=_user(by))
        speaker_of.enter(log)
        moved = 0
        for source in sources:
            names, forms = names_of(db, source.id), forms_of(db, source.id)
            for name in [*names[1:], *forms]:
                log.set_alias(source.id, name, None)
            log.set_speaker(source.id, None)
            for form in forms:
                if form != target.name and alias_kind(db, target.id, form) is None:
                    log.set_alias(target.id, form, "form")
            for name in names:
                log.set_alias(target.id, name, "name")
            moved += reassign(db, [source.id], names)
        if known:
            log.set_speaker(target.id, {"identifier": known.pop()})
        return SpeakerChange(log.id, summary, moved)


def split_speaker(
    library: Library, name: str, aliases: Sequence[str], *, by: str | None = None
) -> SpeakerChange:
    """Make names of a speaker a speaker of their own, with all that came under them.

    The first of ``aliases`` is what the new speaker is called.

    Raises:
        InputError: the speaker is unknown or ambiguous, or nothing is stored under an alias.
    """
    if not aliases:
        raise InputError("there is no alias to split off", remedy="Give at least one.")
    with library.write() as db:
        speaker = find_speaker(library, name)
        names = names_of(db, speaker.id)
        for alias in aliases:
            if alias not in names[1:]:
                raise _no_alias(library, speaker, alias, names)
        chosen = list(dict.fromkeys(aliases))
        split_names = listed(chosen, last="and")
        summary = f"split {split_names} from “{speaker.name}”"
        log = ChangeLog(db, "split", summary, by=_user(by))
        number = next_number(db)
        for alias in chosen:
            log.set_alias(speaker.id, alias, None)
        log.set_speaker(number, {"name": chosen[0], "identifier": None})
        for alias in chosen[1:]:
            log.set_alias(number, alias, "name")
        moved = reassign(db, [speaker.id], chosen)
        share_forms(db, log, speaker.id, number)
        return SpeakerChange(log.id, summary, moved)


def rename_speaker(
    library: Library, name: str, new: str, *, by: str | None = None
) -> SpeakerChange:
    """Call a speaker something else. What came and comes under the old name stays theirs.

    Raises:
        InputError: the speaker is unknown or ambiguous, or the new name is empty or another's.
    """
    new = _checked_text(new, "name")
    with library.write() as db:
        speaker_of = _Finder(library)
        speaker = speaker_of(name)
        other = speaker_by_name(db, new)
        if other is not None and (other.id != speaker.id or new == speaker.name):
            same = other.id == speaker.id
            raise InputError(
                f"“{new}” is already their name" if same else f"“{new}” is “{other.name}” here",
                where=str(library.path),
                remedy="Give another name."
                if same
                else "If they are one: quotecheck speakers merge INTO OTHER",
            )
        summary = f"rename “{speaker.name}” to “{new}”"
        log = ChangeLog(db, "rename", summary, by=_user(by))
        speaker_of.enter(log)
        log.set_alias(speaker.id, new, None)
        log.set_speaker(speaker.id, {"name": new})
        log.set_alias(speaker.id, speaker.name, "name")
        return SpeakerChange(log.id, summary, 0)


def identify(
    library: Library, name: str, identifier: str | None, *, by: str | None = None
) -> SpeakerChange:
    """Give a speaker an identifier of the user's ("Q42"), or with None take it away.

    Raises:
        InputError: the speaker is unknown or ambiguous, or the identifier empty.
    """
    checked = None if identifier is None else _checked_text(identifier, "identifier")
    with library.write() as db:
        speaker_of = _Finder(library)
        speaker = speaker_of(name)
        if speaker.identifier == checked:
            label = f"the identifier {checked}" if checked else "no identifier"
            raise InputError(
                f"“{speaker.name}” has {label} already",
                where=str(library.path),
                remedy="There is nothing to do.",
            )
        was = f", not {speaker.identifier}" if speaker.identifier else ""
        summary = f"identify “{speaker.name}” as {checked or 'nobody'}{was}"
        log = ChangeLog(db, "identify", summary, by=_user(by))
        speaker_of.enter(log)
        log.set_speaker(speaker.id, {"identifier": checked})
        return SpeakerChange(log.id, summary, 0)


def identify_from(
    library: Library, path: Path | str, *, by: str | None = None
) -> IdentificationReport:
    """Give speakers the identifiers of a table of the user's (name, identifier, aliases).

    A speaker whose names the table gives different identifiers, or who has another one, keeps what
    is there. All of it is one change.

    Raises:
        InputError: the table cannot be read; the error names the line.
    """
    from quotecheck.reading.entity_table import read_entities

    table = read_entities(path)
    assigned: list[tuple[str, str]] = []
    differing: list[tuple[str, str, str]] = []
    unchanged = 0
    with library.write() as db:
        log = None
        known = {stored.name for stored in stored_names(db)}
        finder = _Finder(library)
        authors = [finder(name) for name in authored(db) if name not in known]
        for speaker in [*all_speakers(db), *authors]:
            name, identifier = speaker.name, speaker.identifier
            identifiers = _in_table(table, names_of(db, speaker.id) or [name])
            if not identifiers:
                continue
            if identifiers == {identifier}:
                unchanged += 1
            elif identifier is not None or len(identifiers) > 1:
                differing.append((name, identifier or "", " or ".join(sorted(identifiers))))
            else:
                if log is None:
                    summary = f"identifiers from {storable(str(path))}"
                    log = ChangeLog(db, "identify", summary, by=_user(by))
                table_identifier = identifiers.pop()
                log.set_speaker(speaker.id, {"name": name, "identifier": table_identifier})
                assigned.append((name, table_identifier))
    number = None if log is None else log.id
    return IdentificationReport(number, tuple(assigned), tuple(differing), unchanged)


def history(library: Library) -> list[Change]:
    """What was changed about speakers, the newest first."""
    with explained(library.path):
        return changes(library.db)


def undo(library: Library, number: int | None = None, *, by: str | None = None) -> SpeakerChange:
    """Take a change back, the last one that still holds without ``number``.

    An undoing is a change too: by its number it is taken back.

    Raises:
        InputError: there is no such change, it has been taken back, or later ones stand on it.
    """
    with library.write() as db:
        listed = changes(db)
        if number is None:
            open_ = [
                entry for entry in listed if entry.undone_by is None and entry.change != "undo"
            ]
            if not open_:
                raise InputError(
                    "there is no change to undo",
                    where=str(library.path),
                    remedy="quotecheck speakers history lists all changes.",
                )
            change = open_[0]
        else:
            chosen = [entry for entry in listed if entry.id == number]
            if not chosen:
                raise InputError(
                    f"there is no change {number}",
                    where=str(library.path),
                    remedy="quotecheck speakers history lists them.",
                )
            change = chosen[0]
        if change.undone_by is not None:
            raise InputError(
                f"change {change.id} was undone by {change.undone_by}",
                where=str(library.path),
                remedy=f"To restore it: quotecheck speakers undo {change.undone_by}",
            )
        done = undo_change(db, change, by=_user(by))
        return SpeakerChange(done.id, done.summary, done.moved)


def _no_alias(
    library: Library, speaker: SpeakerRow, alias: str, names: Sequence[str]
) -> InputError:
    others = listed(names[1:], last="and")
    what = f"nothing is stored for “{speaker.name}” under the name “{alias}”"
    if alias == speaker.name:
        what = f"“{alias}” is what the speaker is called, and no alias"
    elif alias in forms_of(library.db, speaker.id):
        what = f"“{alias}” is only how articles write “{speaker.name}”, and no name of a speaker"
    remedy = f"Their other names are {others}." if others else "They have no other names."
    return InputError(what, where=str(library.path), remedy=remedy)


def _in_table(table: Entities, names: Iterable[str]) -> set[str]:
    return {identifier for name in names if (identifier := table.identifier(name)) is not None}


def _checked_text(text: str, what: str) -> str:
    """A name or identifier that somebody typed, on one line."""
    value = " ".join((storable(text) or "").split())
    if not value or len(value) > _LONGEST:
        raise InputError(
            f"the {what} is empty" if not value else f"the {what} is too long",
            remedy=f"Give one of at most {_LONGEST} characters.",
        )
    return value


def _user(by: str | None) -> str:
    return _checked_text(by, "name of the user") if by is not None else user_name()
