"""A PDF and a Word document that LibreOffice makes of one text, in two columns with a note."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.support.reading_checks import located, read_one

if TYPE_CHECKING:
    from pathlib import Path

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

LONG = (
    "The harbour board met in the old warehouse on Monday and agreed that the dredging of the"
    " eastern channel should begin before the winter storms, as the extraordinarily experienced"
    " harbourmaster had recommended to the representatives of the neighbouring municipalities."
)
SAID = (
    "“We shall not wait for the government’s permission,” said the chairwoman, Ilse Norran, “and"
    " we shall certainly not apologise for the inconvenience to the shipowners’ association.”"
)
BLOCK = "Water is no friend of walls, and walls are no friends of water."
NOTE = "The minutes of the board, page nine."
STYLE = 'style:family="paragraph" style:parent-style-name="Standard"'
SOURCE = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"
 office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Nights at the Quay</dc:title>
<meta:initial-creator>Ann Lee</meta:initial-creator><dc:creator>Ann Lee</dc:creator>
<meta:creation-date>2031-05-06T07:08:09</meta:creation-date></office:meta>
<office:styles>
<style:style style:name="Standard" style:family="paragraph">
<style:paragraph-properties fo:text-align="justify" style:justify-single-word="false"
 fo:margin-bottom="0.2cm" fo:hyphenation-ladder-count="no-limit"/>
<style:text-properties fo:font-size="11pt" fo:language="en" fo:country="GB" fo:hyphenate="true"
 fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:style>
<style:style style:name="Quotations" {STYLE}>
<style:paragraph-properties fo:margin-left="1cm" fo:margin-right="1cm"/></style:style>
</office:styles>
<office:automatic-styles>
<style:style style:name="Columns" style:family="section"><style:section-properties>
<style:columns fo:column-count="2" fo:column-gap="0.6cm"/></style:section-properties></style:style>
<style:style style:name="Next" {STYLE}><style:paragraph-properties fo:break-before="page"/>
</style:style>
</office:automatic-styles>
<office:body><office:text>
<text:section text:style-name="Columns" text:name="s">
<text:p>{LONG}</text:p><text:p>{SAID}<text:note text:id="n1" text:note-class="footnote">
<text:note-citation>1</text:note-citation><text:note-body><text:p>{NOTE}</text:p></text:note-body>
</text:note></text:p>{f"<text:p>{LONG}</text:p>" * 4}
</text:section>
<text:p text:style-name="Next">On the second page it rained.</text:p>
<text:p text:style-name="Quotations">{BLOCK}</text:p>
</office:text></office:body></office:document>
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with quay.pdf and quay.docx."""
    folder = tmp_path_factory.mktemp("office")
    source = folder / "quay.fodt"
    source.write_text(SOURCE, encoding="utf-8")
    for kind in ("pdf", "docx"):
        command = [
            str(OFFICE), f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless",
            "--convert-to", kind, "--outdir", str(folder), str(source),
        ]  # fmt: skip
        subprocess.run(command, check=True, timeout=240, capture_output=True)
    return folder


def test_the_pdf(made: Path) -> None:
    document = read_one(made / "quay.pdf")
    assert document.text.count(LONG) == 5
    assert SAID + "\n\n" in document.text
    assert f"1 {NOTE}" in document.text
    assert located(document, "The harbour board met") == ["1"]
    assert located(document, "On the second page") == ["2"]
    assert BLOCK in document.text
    assert (document.title, document.author, document.date) == (
        "Nights at the Quay", "Ann Lee", document.date,
    )  # fmt: skip


def test_the_word_document(made: Path) -> None:
    document = read_one(made / "quay.docx")
    assert document.text.count(LONG) == 5
    assert SAID + "\n\n" in document.text
    assert document.text.endswith(NOTE)
    assert [block.of(document.text) for block in document.blocks] == [BLOCK]
    assert (document.title, document.author, document.date) == (
        "Nights at the Quay", "Ann Lee", "2031-05-06",
    )  # fmt: skip
