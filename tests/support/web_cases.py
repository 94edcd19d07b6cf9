"""A small library for the tests of the explorer, with documents that would break its pages."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from quotecheck.library.kept_checks import CheckStatus, keep_check, set_status
from quotecheck.library.library import open_library
from quotecheck.records.check import Check, Edit, Reason
from quotecheck.records.document import Document, Locator, Segment
from quotecheck.records.plain import check_record
from quotecheck.records.quotation import Evidence, Facts, Quotation, RelayLink, Speaker
from quotecheck.records.text import Span
from quotecheck.text.passages import split_passages

BAD = "<script>window.hacked = 1</script>\"'><img src=x onerror='window.hacked = 2'>{{ 7 * 7 }}"
"""What must come out as words wherever it goes in."""

LINE = (
    "The bridge over the Wend will stand for a hundred winters and carry every cart in the valley"
)
TURNED = LINE.replace("hundred", "thousand")

TOKEN = "-".join(("known", "to", "nobody"))


def document(key: str, text: str, **fields: object) -> Document:
    """A document with its hashes."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(key, text, digest, digest, **fields)  # type: ignore[arg-type]


def hearing() -> Document:
    """A transcript with turns, on two pages of paper."""
    lines = [
        ("ADA FENWICK", f"{LINE}."),
        ("JON PARR", "And who will pay for the lamps on it?"),
        ("ADA FENWICK", "The lamps are paid for, and the oil is not."),
    ]
    text, segments = "", []
    for name, words in lines:
        start = len(text) + len(name) + 2
        text += f"{name}: {words}\n\n"
        segments.append(Segment(start, start + len(words), name.title()))
    half = segments[1].start
    pages = (Locator(0, half, "page", "1"), Locator(half, len(text), "page", "2"))
    return document(
        "hearing", text, title="Hearing on the bridge", date="1887-03-02", author="The council",
        publication="Valley Record", genre="transcript", url="https://example.org/hearing",
        segments=tuple(segments), locators=pages, metadata_origin={"title": "html"},
    )  # fmt: skip


def article() -> tuple[Document, list[Quotation]]:
    """An article that quotes the hearing, changes it, reports a man, and asks about a word."""
    text = (
        f"Bridge will stand, says engineer\n\n“{LINE},” Ada Fenwick told the council on Monday.\n\n"
        f"“{TURNED},” she is said to have added.\n\n"
        "Jon Parr never said that the lamps were cheap. “Nobody asked the ferrymen.”\n\n"
        "The “iron elbow” of the Wend was in the news."
    )

    def at(words: str) -> Span:
        start = text.index(words)
        return Span(start, start + len(words))

    ada = Speaker("Ada Fenwick", at("Ada Fenwick"), "engineer", "Person", at("engineer"))
    jon = Speaker("Jon Parr", at("Jon Parr"))
    why = (Evidence("rule said-subject", 0.9, "probability", "the verb stands beside"),)
    found = [
        Quotation((at(f"“{LINE},”"),), (at("told"),), (at("Ada Fenwick"),), "direct", "said", 0.95,
                  "tell", speakers=(ada,), role="engineer", evidence=why,
                  facts=Facts("say", addressee=(at("the council"),), time=(at("on Monday"),))),
        Quotation((at(f"“{TURNED},”"),), (at("said to have added"),), (at("she"),), "direct",
                  "said", 0.6, "add", speakers=(ada,)),
        Quotation((at("that the lamps were cheap"),), (at("said that"),), (at("Jon Parr"),),
                  "indirect", "said", 0.8, "say", speakers=(jon,),
                  facts=Facts("say", negated=True, negation=(at("never"),))),
        Quotation((at("“Nobody asked the ferrymen.”"),), (), (), "direct", "orphan", 0.3,
                  candidates=(("Jon Parr", 0.4),)),
        Quotation((at("“iron elbow”"),), (), (), "scare", "marks", 0.7),
    ]  # fmt: skip
    told = document("article", text, title="Bridge will stand", date="1887-03-09",
                    publication="Daily Wend", genre="news")  # fmt: skip
    return told, found


def hostile() -> tuple[Document, list[Quotation]]:
    """The same in every field that a page shows."""
    text = (
        f"“{BAD} and the velvet comet was weighed,” said {BAD}.\n\n</main></p>{{{{ 7 * 7 }}}} more"
    )
    end = text.index("”") + 1
    who = Span(end + 6, end + 6 + len(BAD))
    speaker = Speaker(BAD, who, BAD, "Person", None, None, "javascript:alert(1)")
    found = [
        Quotation((Span(0, end),), (Span(end + 1, end + 5),), (who,), "direct", BAD, 0.4, BAD,
                  speakers=(speaker,), role=BAD, via=(BAD,), via_spans=(who,),
                  candidates=((BAD, 0.4),), facts=Facts(BAD, place=(Span(3, 40),)),
                  relay=(RelayLink(BAD, who, "outlet"),), evidence=(Evidence(BAD, 1.0, BAD, BAD),)),
    ]  # fmt: skip
    held = document(
        BAD, text, title=BAD, publication=BAD, author=BAD, date="1890", genre=BAD, licence=BAD,
        url="javascript:window.hacked=3", path=f"/{BAD}", origin=BAD, reader=BAD,
        segments=(Segment(0, end, BAD),), locators=(Locator(0, end, "page", BAD),),
        metadata_origin={"title": BAD},
    )  # fmt: skip
    return held, found


def long_text() -> Document:
    """A book that no browser should get in one piece."""
    text = "\n\n".join(f"Paragraph {n} of the long book about ropes and tides." for n in range(400))
    return document("book", text, title="The long book", date="1860")


def kept() -> list[tuple[Check, CheckStatus | None, str | None]]:
    """Kept checks: one that nobody has looked at, and one with hostile words that is disputed."""
    altered = Check(
        TURNED, "altered", "altered", "meaning", 0.98, claimed_speaker="Ada Fenwick",
        document="hearing", spans=(Span(13, 13 + len(LINE)),), speaker="Ada Fenwick",
        date="1887-03-02", title="Hearing on the bridge", origin_text=LINE,
        edits=(Edit("number", "hundred", "thousand", "meaning"),),
        reasons=(Reason("number", "has “thousand” for “hundred”", "thousand", "meaning"),),
        searched="4 documents (1860 to 1890)",
    )  # fmt: skip
    odd = Check(
        BAD, "not_found", "not_found", "none", 0.0, claimed_speaker=BAD, reasons=(BAD,),
        searched="4 documents (1860 to 1890)",
    )  # fmt: skip
    return [(altered, None, None), (odd, "disputed", BAD)]


def write_library(path: Path) -> Path:
    """The library at ``path``."""
    with open_library(path, create=True) as library:
        run = library.start_run("build", version="0", weights={"tagger": "ab" * 32})
        told, _ = article()
        for one, found in ((hearing(), None), article(), hostile(), (long_text(), None)):
            passages = list(split_passages(one.text, one.segments))
            row = library.add_document(one, passages=passages, run=run)
            if found is not None:
                library.add_quotations(row.id, found, run=run)
        library.add_alias("Ada Fenwick", "Miss Fenwick")
        with library.write() as connection:
            for number, (check, status, note) in enumerate(kept(), start=1):
                row = keep_check(
                    connection, check_record(check), article=told, number=number, version="0"
                )
                if status is not None:
                    set_status(connection, [row], status=status, note=note, who="desk")
        library.finish_run(run)
    return path


class Marks:
    """An attributor without weights: whatever stands in curly marks is said by Ada Fenwick."""

    weights_sha256 = {"marks": "cd" * 32}  # noqa: RUF012 (never changed)

    def __call__(self, document: Document) -> list[Quotation]:
        return [
            Quotation(
                (Span(*found.span()),), (), (), "direct", "marks", 0.9,
                speakers=(Speaker("Ada Fenwick"),),
            )
            for found in re.finditer("“[^”]*”", document.text)
        ]  # fmt: skip
