"""Attributors and sources for the tests of building; a module, so that other processes find it."""

from __future__ import annotations

import json
import os
import re
import signal
import time
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from quotecheck.errors import WeightsError
from quotecheck.records.document import Document
from quotecheck.records.quotation import Quotation, Speaker
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex

WORDS = [
    *("harbour", "tide", "pilot", "rope", "anchor", "lamp", "signal", "fog", "ledger", "crane"),
    *("barrel", "sail", "keel", "gull", "winter", "morning", "letter", "council", "bridge"),
    *("market", "engine", "whistle", "ticket", "garden"),
]


def write_sources(folder: Path, files: int = 6, per_file: int = 8) -> list[Path]:
    """Files of invented minutes: JSON Lines with speaker turns, and plain articles."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for n in range(files):
        path = folder / f"minutes-{n}.jsonl"
        lines = []
        for k in range(per_file):
            text, segments = "", []
            for turn in range(4):
                words = [WORDS[(n * 7 + k * 5 + turn * 3 + w * w) % len(WORDS)] for w in range(30)]
                start = len(text) + len("SPEAKER 0: ")
                text += f"SPEAKER {turn % 3}: The {' '.join(words)}. “It is so,” 🎉 said Ada.\n"
                segments.append([start, len(text) - 1, f"Speaker {turn % 3}"])
            lines.append(
                {"id": f"m{n}-{k}", "text": text, "segments": segments, "date": f"18{60 + n}"}
            )
        body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        path.write_text(body, encoding="utf-8")
        paths.append(path)
        article = folder / f"article-{n}.txt"
        article.write_text(
            f"The council met on day {n}.\n\n“The bridge is safe,” said Ada Fenwick.\n"
            f"“Number {n} is not,” said the engineer.\n",
            encoding="utf-8",
        )
        paths.append(article)
    return paths


def invented(text: str, path: str) -> Document:
    """A document as a reader gives it."""
    digest = sha256_hex(text.encode())
    return Document(f"{Path(path).stem}-{digest[:8]}", text, digest, digest, path=path)


def attribute(document: Document) -> list[Quotation]:
    """Everything in curly marks, said by Ada."""
    return [
        Quotation(
            (Span(*found.span(1)),), (), (), "direct", "marks", 0.5, speakers=(Speaker("Ada"),)
        )
        for found in re.finditer("“([^”]*)”", document.text)
    ]


class Marks:
    """The same, with weights to its name."""

    weights_sha256 = {"marks": "ab" * 32}  # noqa: RUF012 (never changed)

    def __call__(self, document: Document) -> list[Quotation]:
        return attribute(document)


def make_attributor() -> object:
    """The factory."""
    return Marks()


def logging(log: str, wait: float = 0.0) -> object:
    """A factory of attributors that note each document in ``log``."""
    return partial(_make_logging, log, wait)


def _make_logging(log: str, wait: float) -> object:
    with Path(log).open("a", encoding="utf-8") as file:
        file.write(f"loaded {os.getpid()}\n")
    return partial(_attribute_logging, log, wait)


def _attribute_logging(log: str, wait: float, document: Document) -> list[Quotation]:
    with Path(log).open("a", encoding="utf-8") as file:
        file.write(f"{document.id}\n")
    time.sleep(wait)
    return attribute(document)


class Together(Marks):
    """The same for several documents at a time; it dies of some, and of whoever is with them."""

    def each(
        self, documents: Iterable[Document]
    ) -> Iterator[tuple[Document, tuple[Quotation, ...]]]:
        for document in documents:
            yield document, tuple(self(document))

    def __call__(self, document: Document) -> list[Quotation]:
        return _attribute_fragile(document)


def make_together() -> object:
    """A factory of attributors that take several documents at a time."""
    return Together()


def make_fragile() -> object:
    """A factory of attributors that fail on, or die of, some documents."""
    return _attribute_fragile


def _attribute_fragile(document: Document) -> list[Quotation]:
    if document.id == "m1-1":
        raise ZeroDivisionError("a mistake in a rule")
    if document.id == "m2-2":
        return [Quotation((Span(0, 10**6),), (), (), "direct", "r", 0.5)]
    if document.id == "m3-3":
        return [Quotation((Span(0, 1),), (), (), "shouted", "r", 0.5)]  # type: ignore[arg-type]
    if document.id == "m4-4" and os.environ.get("QUOTECHECK_TEST_DIES"):
        os.kill(os.getpid(), signal.SIGKILL)
    return attribute(document)


def make_none() -> object:
    """A factory that cannot make anything."""
    raise WeightsError("ner.pt is missing", remedy="Install it.")


def make_from_nothing() -> object:
    """A factory that misses a file that nobody told it to look for."""
    return Path("no-such-weights.pt").read_bytes()


def make_corpse() -> object:
    """A factory whose process dies of it."""
    os.kill(os.getpid(), signal.SIGKILL)
    return None


def signing(log: str, wait: float = 0.0) -> object:
    """A factory of the same attributors, who note in ``log`` which process is at a document."""
    return partial(_make_signing, log, wait)


def _make_signing(log: str, wait: float) -> object:
    return _Signing(log, wait)


class _Signing(Marks):
    def __init__(self, log: str, wait: float) -> None:
        self.log = log
        self.wait = wait

    def __call__(self, document: Document) -> list[Quotation]:
        with Path(self.log).open("a", encoding="utf-8") as file:
            file.write(f"{document.id} by {os.getpid()}\n")
        time.sleep(self.wait)
        return attribute(document)
