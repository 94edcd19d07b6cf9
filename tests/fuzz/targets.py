"""What is fuzzed: functions of bytes that raise where quotecheck does what it must not.

A target may meet any bytes at all. Refusing them with an error of quotecheck's own is right;
another exception, a place outside the text, or a call that does not come back is a find. Finds are
kept in ``tests/cases/crashes/TARGET/`` and replayed by ``tests/test_hardening_crashes.py``.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import io
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from quotecheck.errors import InputError, LibraryError, QuotecheckError
from quotecheck.records.check import Verdict
from quotecheck.records.document import Document
from quotecheck.records.text import Span

if TYPE_CHECKING:
    from quotecheck.checking.checker import Checker
    from quotecheck.library.library import Library

__all__ = ["TARGETS", "seeds"]

ROOT = Path(__file__).parent.parent.parent
SAMPLE = ROOT / "corpora" / "sample"
TARGETS: dict[str, Callable[[bytes], None]] = {}
Target = Callable[[bytes], None]


def target(run: Target) -> Target:
    """Name a target by its function."""
    TARGETS[run.__name__] = run
    return run


@functools.cache
def workplace() -> Path:
    """A folder for this process, gone when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="quotecheck-fuzz-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def text_of(data: bytes) -> str:
    """The bytes as a text, whatever they are."""
    return data.decode("utf-8", "replace")


def halves(data: bytes) -> tuple[str, str]:
    """Two texts, parted by a NUL."""
    one, _, other = data.partition(b"\0")
    return text_of(one), text_of(other)


def assert_places(text: str, places: Iterable[tuple[int, int]]) -> None:
    for start, end in places:
        assert 0 <= start <= end <= len(text), (start, end, len(text))


def assert_document(document: Document) -> None:
    text = document.text
    assert text.strip()
    assert "\0" not in text
    text.encode("utf-8")
    assert_places(text, [(s.start, s.end) for s in document.segments])
    assert all(a.end <= b.start for a, b in pairwise(document.segments)) or (
        document.reader in {"jsonl", "csv"}  # places that somebody else has set
    )
    assert_places(text, [(s.start, s.end) for s in document.blocks])
    if document.headline is not None:
        assert_places(text, [(document.headline.start, document.headline.end)])
    assert_places(text, [(s.start, s.end) for s in document.locators])


def assert_said(error: QuotecheckError) -> None:
    assert error.what
    assert error.where
    assert str(error).isprintable() or "\n" in str(error)


# ------------------------------------------------------------------------------------------ reading


@target
def read_file(data: bytes) -> None:
    """A file of any kind: the first byte chooses its ending, the rest is what it holds."""
    from quotecheck.reading.documents import SUFFIXES, read_documents

    if not data:
        return
    endings = (*SUFFIXES, ".x")
    path = workplace() / f"file{endings[data[0] % len(endings)]}"
    path.write_bytes(data[1:])
    try:
        for found in read_documents(path):
            if isinstance(found, InputError):
                assert_said(found)
            else:
                assert_document(found)
    except InputError as error:
        assert_said(error)


@target
def page(data: bytes) -> None:
    """A web page."""
    from quotecheck.reading.formats.html import declared_charset, read_page
    from quotecheck.reading.formats.html_text import visible_text

    source = text_of(data)
    declared_charset(data)
    for found in (read_page(source), visible_text(source)):
        blocks = getattr(found, "quotes", ()) or getattr(found, "blocks", ())
        spans = [b for b in blocks if isinstance(b, Span)]
        assert_places(found.text, [(s.start, s.end) for s in spans])


@target
def decoding(data: bytes) -> None:
    """Bytes of unknown encoding, with a declared one before the first NUL."""
    from quotecheck.text.paragraphs import decode

    declared, _, rest = data.partition(b"\0")
    for name in (None, declared.decode("latin-1")):
        try:
            text, encoding = decode(rest, name)
        except InputError:
            continue
        assert "\0" not in text
        assert rest.endswith(text.encode(encoding)) or encoding.startswith(
            (
                "utf-7",
                "iso2022",
                "hz",
                "shift",
                "euc",
                "gb",
                "big5",
                "cp9",
                "johab",
                "utf-16",
                "utf-32",
            )
        )


@target
def json_lines(data: bytes) -> None:
    """Lines of documents."""
    from quotecheck.reading.formats.jsonl import read_json_lines

    with contextlib.suppress(InputError):
        for found in read_json_lines(
            io.BytesIO(data), bytes_sha256="0" * 64, name="lines", path=None, defaults={}
        ):
            if isinstance(found, InputError):
                assert_said(found)
            else:
                assert_document(found)


@target
def front(data: bytes) -> None:
    """Front matter, Markdown, a transcript's turns, paragraphs: all that reads a text's layout."""
    from quotecheck.reading.formats.front_matter import front_matter
    from quotecheck.reading.formats.markdown import blockquotes, heading
    from quotecheck.reading.transcripts.turns import segments
    from quotecheck.text.paragraphs import paragraphs
    from quotecheck.text.passages import split_passages

    text = text_of(data)
    found = front_matter(text)
    if found is not None:
        assert_places(text, [(found[1].start, found[1].end)])
    turns = segments(text)
    assert all(a.end <= b.start for a, b in pairwise(turns))
    spans = [*blockquotes(text), *filter(None, [heading(text)]), *paragraphs(text)]
    assert_places(text, [(s.start, s.end) for s in (*spans, *turns)])
    passages = split_passages(text, turns)
    assert_places(text, [(s.start, s.end) for s in passages])


# ---------------------------------------------------------------------------------- marks and words


@target
def marks(data: bytes) -> None:
    """Quotation marks: passages are nested, lie in a paragraph, and begin and end with words."""
    from quotecheck.text.paragraphs import paragraphs
    from quotecheck.text.quotation_marks import quoted_passages

    text = text_of(data)
    limits = paragraphs(text)
    blocks = [Span(0, len(text) // 2)] if data[:1] == b">" else []
    stack: list[Span] = []
    for passage in quoted_passages(text, limits, blocks):
        assert passage.outer.contains(passage.inner)
        assert passage.inner.of(text).strip() == passage.inner.of(text) != ""
        assert any(limit.contains(passage.outer) for limit in limits)
        while stack and stack[-1].end <= passage.outer.start:
            stack.pop()
        assert all(outer.contains(passage.outer) for outer in stack)
        assert passage.depth == len(stack)
        stack.append(passage.outer)


@target
def normalising(data: bytes) -> None:
    """Every place of a normalised text leads back into the raw one, and onwards."""
    from quotecheck.text.normalisation import normalise

    text = text_of(data)
    made = normalise(text)
    length = len(made.text)
    for start in range(0, length, max(1, length // 20)):
        raw = made.raw_span(start, min(length, start + 3))
        assert_places(text, [(raw.start, raw.end)])


@target
def alignment(data: bytes) -> None:
    """A quotation laid over a source (parted by a NUL): every word once, in order."""
    from quotecheck.comparison.alignment import align
    from quotecheck.comparison.words import quotation_words, source_words

    quote, source = halves(data)
    words, there = quotation_words(quote), source_words(source)
    for held, text in ((words, quote), (there, source)):
        assert_places(text, zip(held.starts, held.ends, strict=True))
    found = align(words, there, lambda word: 1.0 + len(word) / 4)
    if found is None:
        return
    assert 0.0 <= found.share <= 1.0 + 1e-9
    assert 0 <= found.first <= found.last <= len(there)
    assert found.blocks[0].a0 == found.first
    assert found.blocks[-1].a1 == found.last
    for a, b in pairwise(found.blocks):
        assert (a.a1, a.b1) == (b.a0, b.b0)
    for block in found.blocks:
        assert block.a0 <= block.a1
        assert block.b0 <= block.b1
        if block.op == "equal":
            assert block.a1 - block.a0 == block.b1 - block.b0


# ------------------------------------------------------------------------------------------ library


@functools.cache
def sample_library() -> tuple[Path, bytes]:
    """The sources of the sample as a library: its path, and its bytes, read before it is opened."""
    from quotecheck.building.build import build

    path = workplace() / "sample.db"
    build([str(SAMPLE / "sources")], path, attribute=False)
    return path, path.read_bytes()


@functools.cache
def opened() -> Library:
    """The library of the sample, open until the process ends."""
    from quotecheck.library.library import open_library

    library = open_library(sample_library()[0])
    atexit.register(library.close)
    return library


@functools.cache
def sample_checker() -> Checker:
    from quotecheck.checking.checker import Checker

    return Checker(opened())


@target
def checking(data: bytes) -> None:
    """A quotation and a claimed speaker (parted by a NUL) against the sample's sources."""
    from quotecheck.checking.trace import trace_quote

    quote, speaker = halves(data)
    checker = sample_checker()
    try:
        check = checker.check(quote, speaker=speaker or None)
        trace_quote(checker, quote)
    except InputError:
        return
    assert check.verdict in get_args(Verdict)
    assert (check.document is None) == (not check.spans)
    assert 0.0 <= check.score <= 1.0
    if check.verdict == "verbatim":
        assert check.severity == "none"
        assert not check.edits


@target
def full_text_search(data: bytes) -> None:
    """Words for the search: no syntax of FTS5 comes through, and no query fails."""
    from quotecheck.library.passage_index import CandidateIndex, search_terms

    index = CandidateIndex(opened().db.conn)
    text = text_of(data)
    terms = search_terms(text)
    assert all(term and '"' not in term for term in terms)
    index.exact(terms)
    index.candidates_by_terms([terms] if terms else [])
    for term in terms[:20]:
        index.weight(term)


@target
def searching(data: bytes) -> None:
    """What people type: words, a speaker, a publication, a date (parted by NULs)."""
    from quotecheck.searching.search import over_time, search_library

    words, speaker, publication, date, *_ = [*map(text_of, data.split(b"\0")), "", "", ""]
    given: dict[str, str] = {"speaker": speaker, "publication": publication, "date_from": date}
    kept = {name: value for name, value in given.items() if value}
    for search in (search_library, over_time):
        with contextlib.suppress(InputError):
            search(opened(), words, **kept)  # type: ignore[operator]


@target
def damaged_library(data: bytes) -> None:
    """A library with bytes overwritten or cut off: looked through, opened, asked, written into.

    Triples of bytes say where (16 bits, scaled to the file) and what; an odd end cuts the file off.
    """
    from quotecheck.building.build import build
    from quotecheck.checking.checker import Checker, check_quote
    from quotecheck.checking.trace import trace_quote
    from quotecheck.library.library import open_library
    from quotecheck.library.verification import Verification

    whole = bytearray(sample_library()[1])
    for at in range(0, len(data) - 2, 3):
        place = int.from_bytes(data[at : at + 2]) * len(whole) >> 16
        whole[place] = data[at + 2]
    if len(data) % 3:
        del whole[data[-1] * len(whole) >> 8 :]
    path = workplace() / "damaged.db"
    for old in workplace().glob("damaged.db*"):
        old.unlink()
    path.write_bytes(whole)
    with contextlib.suppress(LibraryError), Verification(path) as verification:
        for finding in verification.findings():
            assert finding.what
    with contextlib.suppress(LibraryError), open_library(path) as library:
        check_quote(library, "No village will be asked to move twice", speaker="Vane")
        trace_quote(Checker(library), "They sent us a bill, and we paid it")
    with contextlib.suppress(LibraryError):
        build([str(SAMPLE / "sources" / "saal-voices.jsonl")], path, attribute=False)


# -------------------------------------------------------------------------------------------- seeds


def small_files() -> list[tuple[str, bytes]]:
    """A file of each further kind, by its ending."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("a/one.txt", "ANN: It is.\n\nJO: It is not.\n\nANN: It is.\n")
        made.writestr("two.csv", "text,speaker\nIt is so.,Ann\n")
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as made:
        made.writestr("mimetype", "application/epub+zip")
        made.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="c.opf"/></rootfiles></container>',
        )
        made.writestr(
            "c.opf",
            '<package><manifest><item id="c" href="c.xhtml"/></manifest>'
            '<spine><itemref idref="c"/></spine></package>',
        )
        made.writestr("c.xhtml", "<html><body><h1>One</h1><p>“It is,” she said.</p></body></html>")
    captions = "00:00:01.000 --> 00:00:02.000\n<v Ann>It is so.\n\n"
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It is so, she said.</p>"
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
        b"WARC-Date: 2024-03-11T00:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: "
    )
    return [
        (".csv", b'text,speaker,date\n"It is, so.",Ann,2024\n'),
        (".tsv", b"text\tspeaker\nIt is so.\tAnn\n"),
        (".vtt", f"WEBVTT\n\n{captions}".encode()),
        (".srt", f"1\n{captions}".replace(".0", ",0").encode()),
        (".zip", archive.getvalue()),
        (".epub", book.getvalue()),
        (".warc", record + str(len(page)).encode() + b"\r\n\r\n" + page + b"\r\n\r\n"),
        (".pdf", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>"),
    ]


def seeds(name: str) -> list[bytes]:
    """What the fuzzer begins with."""
    from quotecheck.reading.documents import SUFFIXES

    sources = sorted((SAMPLE / "sources").iterdir())
    if name == "read_file":
        endings = {suffix: bytes([n]) for n, suffix in enumerate(SUFFIXES)}
        made = [endings[path.suffix] + path.read_bytes() for path in sources]
        return made + [endings[suffix] + data for suffix, data in small_files()]
    if name == "page":
        return [path.read_bytes() for path in sources if path.suffix == ".html"] + [
            b"<q>one <q>two</q></q><blockquote><p>x<br>y</blockquote><pre>a\n\nb</pre>",
            b"<!DOCTYPE html><meta charset=utf-8><title>&#0;&#xD800;</title><table><tr><td>1",
        ]
    if name == "decoding":
        words = "“Café”, dit-il — Привет"
        return [f"{e}\0".encode() + words.encode(e, "replace") for e in ("utf-8", "cp1252")] + [
            b"\0" + words.encode("utf-16"),
            b"utf-16\0" + words.encode("utf-16-be"),
            b"cp1251\0" + words.encode("cp1251", "replace"),
        ]
    if name == "json_lines":
        return [b'{"text": "a b", "segments": [[0, 1, "A"]], "headline": [0, 1]}\n[]\n{"text": 1}']
    if name == "alignment":
        return [
            "We can open the gates … [this] year\0We can open the gates this year, but only if the "
            "pumps are paid (LAUGHTER) for first.".encode(),
            b"NORRAN: 3:16 it's 4,200\0JOHN 3:16 It is 4,200 colla-\nboration",
        ]
    if name == "checking":
        return [
            b"I will sign a paper that leaves the mills dry.\0Ilse Norran",
            "“No village … twice.”\0Orrick".encode(),
            b"The lock is sound. ... The gate will be finished by May\0Ruth Amadi",
        ]
    if name == "full_text_search":
        return [b'NEAR("a b"*) AND text:once ^sent -by OR NOT {x y}: (', "Ségolène".encode()]
    if name == "searching":
        return [
            b"river\0Ilse Norran\0Gazette\x002024",
            b'"paid it" OR NEAR(a b)\0ellis',
            "“never” told*\0\0\x002024-03-11".encode(),
        ]
    if name == "damaged_library":
        return [b"\x00\x10\xff", b"\x80\x00\x00\x20", b"\x40\x00\x00\x41\x00\xff\x80"]
    articles = [path.read_bytes() for path in sorted(SAMPLE.glob("*.txt"))]
    return articles + [path.read_bytes() for path in sources if path.suffix in {".txt", ".md"}]
