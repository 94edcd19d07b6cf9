"""Make a corpus of a folder of downloaded files: pin their checksums, write their documents.

``python corpora/prepare_folder.py FOLDER corpora/NAME --write`` reads every file of FOLDER as
``quotecheck build`` would, and leaves in ``corpora/NAME``:

- ``SHA256SUMS``, of the downloaded files, in the form of ``sha256sum``;
- ``documents.jsonl``, one document a line: text, title, date, turns with their speakers, and what
  else is known of it; ``quotecheck build corpora/NAME/documents.jsonl --db library.db`` takes it;
- ``documents.sha256``, of that file, so that another machine can tell that it made the same;
- ``README.md``, from ``TEMPLATE.md``, if there is none; its counts are written anew.

Without ``--write`` nothing is changed: files that are missing, changed or not pinned are told, and
whether the documents still come out the same. The network is never used: how to fetch the files
stands in the corpus's README. What is said of all documents of a corpus stands in its
``corpus.toml``: publication, genre, licence, origin, author, speaker, url. A date in a file's name
(2024-03-11, 2024_03 or 20240311) is the document's where the file itself gives none.

A corpus whose files need a reading of their own has a ``prepare.py`` that calls `prepare` with a
function from a path to documents.
"""

from __future__ import annotations

import argparse
import glob
import hashlib
import json
import os
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TextIO

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.reading.documents import read_documents
from quotecheck.records.document import Document

HERE = Path(__file__).parent
FIELDS = ("title", "author", "date", "publication", "url", "genre", "licence", "origin", "speaker")
Read = Callable[[Path, Mapping[str, str]], Iterable[Document | InputError]]
"""Gives the documents of a file, and an error in the place of whatever is none."""

_SUM = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_DATE = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)([-_.]?)(0[1-9]|1[0-2])(?:\2([0-2]\d|3[01]))?(?!\d)")
_COUNTS = re.compile(r"(?<=<!-- counts -->\n).*?(?=<!-- end of counts -->)", re.DOTALL)


@dataclass(slots=True)
class Counts:
    """What a corpus holds. ``damage`` are the files and lines that gave no document."""

    files: int = 0
    documents: int = 0
    words: int = 0
    turns: int = 0
    speakers: set[str] = field(default_factory=set)
    dates: list[str] = field(default_factory=list)
    damage: list[str] = field(default_factory=list)

    def add(self, document: Document) -> None:
        self.documents += 1
        self.words += len(document.text.split())
        self.turns += len(document.segments)
        self.speakers.update(s.speaker for s in document.segments if s.speaker)
        if document.date:
            self.dates.append(document.date)

    def table(self) -> str:
        """As the README shows it."""
        span = f"{min(self.dates)} to {max(self.dates)}" if self.dates else "none given"
        rows = [
            ("files", f"{self.files:,}"),
            ("documents", f"{self.documents:,}"),
            ("words", f"{self.words:,}"),
            ("turns", f"{self.turns:,}"),
            ("speakers", f"{len(self.speakers):,}"),
            ("dates", f"{span}; {self.documents - len(self.dates):,} documents without"),
            ("not read", f"{len(self.damage):,}"),
        ]
        return "".join(f"| {name} | {value} |\n" for name, value in rows)


def files_of(folder: Path) -> list[Path]:
    """Every file of the folder, to the bottom, by name; links and hidden files are left out."""
    found = []
    for here, folders, names in os.walk(folder, followlinks=False):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(here) / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                if "\n" in str(path) or "\\" in name:
                    raise InputError(
                        "a list of checksums cannot hold this name",
                        where=repr(str(path)),
                        remedy="Give the file another name.",
                    )
                found.append(path)
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_sums(path: Path) -> dict[str, str]:
    """Name to sha256 of a list in the form of ``sha256sum``.

    Raises:
        InputError: the list is missing, or a line of it has another form.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise InputError(
            "there is no list of checksums",
            where=str(path),
            remedy="Pin the files that you have, once: add --write.",
        ) from error
    sums = {}
    for number, line in enumerate(lines, 1):
        match = _SUM.fullmatch(line)
        if match is None:
            raise InputError(
                "this is no line of sha256sum",
                where=f"{path}:{number}",
                remedy="Restore the list, or write it anew with --write.",
            )
        sums[match[2]] = match[1]
    return sums


def differences(folder: Path, sums: Mapping[str, str]) -> list[str]:
    """What of the folder is not as it is pinned, in words."""
    held = {path.relative_to(folder).as_posix(): path for path in files_of(folder)}
    wrong = [f"{name}: missing" for name in sorted(sums.keys() - held.keys())]
    wrong += [f"{name}: not pinned" for name in sorted(held.keys() - sums.keys())]
    wrong += [
        f"{name}: not the file that was pinned"
        for name in sorted(sums.keys() & held.keys())
        if sha256_of(held[name]) != sums[name]
    ]
    return wrong


def told(corpus: Path) -> dict[str, str]:
    """What ``corpus.toml`` says of all documents; nothing where there is none."""
    path = corpus / "corpus.toml"
    if not path.exists():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read ({error})", where=str(path)) from error
    if wrong := sorted(
        name for name, value in table.items() if name not in FIELDS or not isinstance(value, str)
    ):
        raise InputError(
            f"nothing is known of {', '.join(wrong)}",
            where=str(path),
            remedy=f"It may hold, each a string: {', '.join(FIELDS)}.",
        )
    return dict(table)


def date_in(name: str) -> str | None:
    """The date in a file's name, as precise as it is there.

    >>> date_in("debate-2024-03-11.txt"), date_in("hc_1998_07"), date_in("page-9")
    ('2024-03-11', '1998-07', None)
    """
    for year, sign, month, day in _DATE.findall(name):
        if day:
            try:
                return date(int(year), int(month), int(day)).isoformat()
            except ValueError:
                continue
        if sign:  # six digits in a row may be anything
            return f"{year}-{month}"
    return None


def documents(
    folder: Path, paths: Iterable[Path], facts: Mapping[str, str], read: Read, counts: Counts
) -> Iterator[Document]:
    """Every document of the files, with an id of its own, dated and told of as the corpus says."""
    ids: set[str] = set()
    for path in paths:
        counts.files += 1
        if _is_sidecar(path):
            continue
        try:
            for found in read(path, facts):
                if isinstance(found, InputError):
                    counts.damage.append(str(found).replace("\n  ", ". "))
                    continue
                stem = path.relative_to(folder).with_suffix("").as_posix()
                document = replace(
                    found,
                    id=_apart(found.id or stem, stem, ids),
                    title=found.title or stem,
                    date=found.date or date_in(path.name),
                )
                counts.add(document)
                yield document
        except QuotecheckError as error:
            counts.damage.append(str(error).replace("\n  ", ". "))


def _is_sidecar(path: Path) -> bool:
    """Whether it tells of a file beside it (``speech.txt.meta.json``, ``speech.meta.json``)."""
    stem = path.name.removesuffix(".meta.json")
    return stem != path.name and any(
        other.name == stem or other.stem == stem
        for other in path.parent.glob(f"{glob.escape(stem)}*")
        if other != path
    )


def _apart(name: str, stem: str, taken: set[str]) -> str:
    if name in taken:
        name = f"{stem}/{name}"
    number, apart = 1, name
    while apart in taken:
        number += 1
        apart = f"{name}-{number}"
    taken.add(apart)
    return apart


def line_of(document: Document) -> str:
    """The document as a line of ``documents.jsonl``, the same on every machine."""
    record: dict[str, Any] = {"id": document.id}
    names = ("title", "author", "date", "publication", "url", "genre", "licence", "origin")
    record |= {name: getattr(document, name) for name in names if getattr(document, name)}
    record["text"] = document.text
    if document.segments:
        record["segments"] = [[s.start, s.end, s.speaker] for s in document.segments]
    if document.blocks:
        record["blocks"] = [[s.start, s.end] for s in document.blocks]
    if document.headline:
        record["headline"] = [document.headline.start, document.headline.end]
    return json.dumps(record, ensure_ascii=False) + "\n"


def prepare(folder: Path, corpus: Path, *, write: bool, read: Read | None = None) -> list[str]:
    """Pin and write a corpus, or hold it against what was pinned and written.

    Args:
        folder: the downloaded files.
        corpus: the corpus's own folder, for its lists and documents; not within ``folder``.
        write: whether to write.
        read: gives the documents of a file; what `quotecheck build` reads when there is none.

    Returns:
        What is not as it should be; files that could not be read among it only where they are not
        in the counts of the README (known damage).

    Raises:
        InputError: the folder, the list or ``corpus.toml`` cannot be read.
    """
    if not folder.is_dir():
        raise InputError(
            "there is no such folder", where=str(folder), remedy="Fetch the files into it first."
        )
    if corpus.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            "the corpus would be read as a part of itself",
            where=str(corpus),
            remedy="Keep the downloaded files in a folder of their own.",
        )
    sums = corpus / "SHA256SUMS"
    paths = files_of(folder)
    if not paths:
        raise InputError("there is no file in it", where=str(folder))
    if write:
        corpus.mkdir(parents=True, exist_ok=True)
        with whole(sums) as file:
            file.writelines(
                f"{sha256_of(path)}  {path.relative_to(folder).as_posix()}\n" for path in paths
            )
    elif wrong := differences(folder, read_sums(sums)):
        return wrong
    counts = Counts()
    facts = told(corpus)
    lines = map(line_of, documents(folder, paths, facts, read or _read, counts))
    pinned = corpus / "documents.sha256"
    digest = hashlib.sha256()
    if write:
        with whole(corpus / "documents.jsonl") as file:
            for line in lines:
                digest.update(line.encode())
                file.write(line)
        with whole(pinned) as file:
            file.write(f"{digest.hexdigest()}  documents.jsonl\n")
        _write_counts(corpus, counts, facts)
        return counts.damage
    for line in lines:
        digest.update(line.encode())
    wrong = []
    if digest.hexdigest() != read_sums(pinned).get("documents.jsonl"):
        wrong.append("documents.jsonl: other documents come out than were pinned")
    readme = corpus / "README.md"
    if not readme.exists() or counts.table() not in readme.read_text(encoding="utf-8"):
        wrong += ["README.md: its counts are not these", *counts.damage]
    return wrong


def _read(path: Path, facts: Mapping[str, str]) -> Iterable[Document | InputError]:
    return read_documents(path, defaults=facts)


def _write_counts(corpus: Path, counts: Counts, facts: Mapping[str, str]) -> None:
    readme = corpus / "README.md"
    if readme.exists():
        text = readme.read_text(encoding="utf-8")
    else:
        text = (HERE / "TEMPLATE.md").read_text(encoding="utf-8")
        text = text.replace("# NAME", f"# {corpus.name}", 1)
        text = text.replace("corpora/NAME", f"corpora/{corpus.name}")
        for name in ("origin", "licence"):
            if name in facts:
                text = text.replace(f"({name})", facts[name])
    text = _COUNTS.sub(lambda _: f"| | |\n|---|---|\n{counts.table()}", text)
    with whole(readme) as file:
        file.write(text)


@contextmanager
def whole(path: Path) -> Iterator[TextIO]:
    """A file that takes its name when all of it is written."""
    unfinished = path.with_name(path.name + ".tmp")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            yield file
        unfinished.replace(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def main(arguments: list[str] | None = None, *, read: Read | None = None) -> int:
    """Returns 0 when all holds, 1 with what does not printed, 2 on an error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the downloaded files")
    parser.add_argument("corpus", type=Path, help="the corpus's folder, such as corpora/hansard")
    parser.add_argument("--write", action="store_true", help="pin the files, write the documents")
    given = parser.parse_args(arguments)
    try:
        wrong = prepare(given.folder, given.corpus, write=given.write, read=read)
    except QuotecheckError as error:
        print(error, file=sys.stderr)
        return 2
    for complaint in wrong:
        print(complaint, file=sys.stderr)
    if not wrong:
        print(f"{given.corpus.name}: every file and document holds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
