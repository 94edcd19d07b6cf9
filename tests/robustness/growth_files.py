"""Files of every kind in shapes that their readers may go through again and again."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tests.support.growth import Case

__all__ = ["file_cases"]

Maker = Callable[[int], bytes]
_PAGE_LINES = 50
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType='
    '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml"'
    ' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type='
    f'"{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def _zipped(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, words in members.items():
            made.writestr(name, words)
    return file.getvalue()


def _times(piece: str, size: int) -> str:
    return piece * (size // len(piece))


# ------------------------------------------------------------------------------- Word and books


def word(piece: str, *, front: str = "", behind: str = "") -> Maker:
    """A Word document whose body is one piece again and again."""

    def make(size: int) -> bytes:
        body = front + _times(piece, size) + behind
        document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
        return _zipped(
            {
                "[Content_Types].xml": _TYPES,
                "_rels/.rels": _RELATIONS,
                "word/document.xml": document,
            }
        )

    return make


_RUN = "<w:r><w:t>a </w:t></w:r>"
_BOLD = "<w:r><w:rPr><w:b/></w:rPr><w:t>Was it so?</w:t></w:r>"
_CELL = f"<w:tc><w:p>{_RUN}</w:p></w:tc>"
DOCX: dict[str, Maker] = {
    "paragraphs": word(f"<w:p>{_RUN}</w:p>"),
    "runs of one paragraph": word(_RUN, front="<w:p>", behind="</w:p>"),
    "bold questions": word(f"<w:p>{_BOLD}</w:p><w:p>{_RUN}</w:p>"),
    "rows": word(f"<w:tbl><w:tr>{_CELL}{_CELL}</w:tr></w:tbl>"),
    "breaks": word("<w:r><w:br/></w:r>", front=f"<w:p>{_RUN}", behind="</w:p>"),
}


def book(chapter: Callable[[int], str], chapters: Callable[[int], int] = lambda _: 1) -> Maker:
    """A book of some chapters."""

    def make(size: int) -> bytes:
        number = chapters(size)
        items = "".join(
            f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>'
            for n in range(number)
        )
        spine = "".join(f'<itemref idref="c{n}"/>' for n in range(number))
        package = (
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata'
            ' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>A</dc:title></metadata>'
            f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
        )
        container = (
            '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="a.opf" media-type="application/oebps-package+xml"/>'
            "</rootfiles></container>"
        )
        pages = {
            f"c{n}.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><p>A ferry left.</p>'
            f"{chapter(size // number)}</body></html>"
            for n in range(number)
        }
        return _zipped({"META-INF/container.xml": container, "a.opf": package, **pages})

    return make


EPUB: dict[str, Maker] = {
    "chapters": book(lambda _: "<p>a</p>", lambda size: size // 150),
    "pages of the print": book(lambda n: _times('a <span class="pagebreak">1</span>', n)),
    "readings": book(lambda n: _times("<ruby>a<rt>b</rt></ruby>", n)),
    "notes": book(lambda n: _times('a<sup><a href="#n">1</a></sup>', n)),
    "depth": book(lambda n: _times("<div>", n) + _times("</div>", n)),
}


# -------------------------------------------------------------------------------------- PDF


def paper(line: Callable[[Canvas, int, float], None]) -> Maker:
    """Pages of fifty lines each, drawn by a function of (canvas, number of the line, height)."""

    def make(size: int) -> bytes:
        file = io.BytesIO()
        page = Canvas(file, pagesize=A4)
        for number in range(size // 40):
            if number and number % _PAGE_LINES == 0:
                page.showPage()
            line(page, number, 780.0 - 14 * (number % _PAGE_LINES))
        page.save()
        return file.getvalue()

    return make


def _letters(page: Canvas, _: int, y: float) -> None:
    for n in range(20):
        page.drawString(60 + 12 * n, y, "a")


def _columns(page: Canvas, number: int, y: float) -> None:
    page.drawString(60, y, f"the ferry left at six {number}")
    page.drawString(320, y, "and nobody had waved")


PDF: dict[str, Maker] = {
    "lines": paper(lambda page, n, y: page.drawString(60, y, f"The ferry left at six {n}.")),
    "letters apart": paper(_letters),
    "columns": paper(_columns),
    "numbered lines": paper(lambda page, n, y: page.drawString(60, y, f"{n % 50 + 1}  Q. So?")),
    "labels": paper(lambda page, n, y: page.drawString(60, y, f"ANN LEE: It is so {n}.")),
    "divided words": paper(lambda page, n, y: page.drawString(60, y, f"fer{n}ry and har-")),
}


# --------------------------------------------------------------------------- archives, mail, rows


def _records(size: int) -> bytes:
    body = "<p>A ferry.</p>"
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:032}>\r\n"
        "WARC-Target-URI: http://a.b/{n}\r\nWARC-Date: 2024-03-05T08:00:00Z\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return "".join(head.format(n=n) + answer + "\r\n\r\n" for n in range(size // 320)).encode()


def _one_record(size: int) -> bytes:
    fields = "".join(f"X-{n}: a\r\n" for n in range(size // 10))
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n<p>A ferry.</p>"
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI:"
        f" http://a.b/\r\nWARC-Date: 2024-03-05T08:00:00Z\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return f"{head}{answer}\r\n\r\n".encode()


WARC: dict[str, Maker] = {"records": _records, "fields of one record": _one_record}
ZIP: dict[str, Maker] = {
    "texts": lambda size: _zipped({f"{n}.txt": "A ferry." for n in range(size // 100)}),
    "folders in folders": lambda size: _zipped({"a/" * (size // 8) + "b.txt": "A ferry."}),
    "files beside files": lambda size: _zipped(
        {
            name: words
            for n in range(size // 200)
            for name, words in ((f"{n}.txt", "A ferry."), (f"{n}.txt.meta.json", '{"author": "A"}'))
        }
    ),
}


def _parts(size: int) -> bytes:
    message = EmailMessage()
    message["Subject"] = "A ferry"
    message.set_content("A ferry left.")
    for _ in range(size // 150):
        message.add_attachment("a", filename="a.txt")
    return message.as_bytes()


def _nested(size: int) -> bytes:
    depth = size // 60
    opened = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(depth)
    )
    return f"Subject: a\nMIME-Version: 1.0\n{opened}Content-Type: text/plain\n\nA ferry.\n".encode()


def mail(body: Callable[[int], str], fields: Callable[[int], str] = lambda _: "") -> Maker:
    """A message with some fields in its head and a body."""
    return lambda size: (
        f"From: Ann Lee <ann@a.b>\nSubject: A ferry\n{fields(size)}\n{body(size)}\n".encode()
    )


EML: dict[str, Maker] = {
    "attachments": _parts,
    "parts in parts": _nested,
    "lines that are quoted": mail(lambda n: _times("> a\n", n)),
    "quoted again and again": mail(lambda n: ">" * n + " a"),
    "answers within answers": mail(lambda n: "".join(f"{'>' * k} a\n" for k in range(int(n**0.5)))),
    "fields": mail(lambda _: "A ferry.", lambda n: _times("X-A: b\n", n)),
    "a field that goes on": mail(lambda _: "A ferry.", lambda n: "To: a" + _times(",\n b@c.d", n)),
    "words in a code": mail(lambda _: "A.", lambda n: "To: " + _times("=?utf-8?q?a?= ", n)),
}
CSV: dict[str, Maker] = {
    "columns": lambda size: (
        f"text,{','.join(f'c{n}' for n in range(size // 8))}\nA ferry.{_times(',b', size // 4)}\n"
    ).encode(),
    "one long cell": lambda size: f'text\n"{_times("A ferry. ", size)}"\n'.encode(),
    "lines in a cell": lambda size: f'text\n"{_times("a" + chr(10), size)}"\n'.encode(),
    "signs that may part": lambda size: f"text;a\n{_times('A|b;c,d' + chr(9), size)}\n".encode(),
    "rows of other lengths": lambda size: (
        "text\n" + "".join(f"A{',b' * (n % 9)}\n" for n in range(size // 10))
    ).encode(),
}
KINDS: dict[str, tuple[dict[str, Maker], int]] = {
    ".docx": (DOCX, 2),
    ".epub": (EPUB, 2),
    ".pdf": (PDF, 4),
    ".warc": (WARC, 2),
    ".zip": (ZIP, 1),
    ".eml": (EML, 1),
    ".csv": (CSV, 1),
}
"""Of each kind its shapes, and by how much their files are smaller than others."""


def file_cases(read: Callable[[Path], None]) -> Iterator[Case]:
    """A reader on every shape of every kind.

    Args:
        read: what is done with a file.
    """
    folder = Path(tempfile.mkdtemp(prefix="quotecheck-growth-"))
    for suffix, (shapes, smaller) in KINDS.items():
        for shape, make in shapes.items():

            def written(
                size: int, suffix: str = suffix, make: Maker = make, smaller: int = smaller
            ) -> Path:
                path = folder / f"a{suffix}"
                path.write_bytes(make(size // smaller))
                return path

            yield Case(f"{suffix}: {shape}", written, read)
