"""E-mail: the words of a message, what it quotes, and who sent it."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from quotecheck.errors import InputError
from quotecheck.reading.formats.eml import read_message
from tests.support.reading_checks import read_one

BODY = "The weir is shut.\n\nYou wrote:\n\n> The weir must open\n> on Monday.\n\nIt will not.\n"


def _message(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    message.set_content(body)
    return message


def test_headers_are_metadata_and_no_text(tmp_path: Path) -> None:
    message = _message(
        From="Dora Quill <dora@harl.example>",
        To="Martin Tarr <tarr@harl.example>",
        Subject="The weir, again",
        Date="Tue, 05 Mar 2024 09:10:00 +0100",
    )
    message.add_alternative("<p>The weir is shut.</p>", subtype="html")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="x", filename="map.bin")
    path = tmp_path / "note.eml"
    path.write_bytes(bytes(message))
    document = read_one(path)
    assert document.text == BODY.strip("\n")
    assert (document.title, document.author, document.date) == (
        "The weir, again", "Dora Quill", "2024-03-05",
    )  # fmt: skip
    assert [span.of(document.text) for span in document.blocks] == [
        "> The weir must open\n> on Monday."
    ]
    assert document.reader == "eml"


def test_a_page_is_read_where_there_is_no_plain_text() -> None:
    message = EmailMessage()
    message.set_content("<p>Shut.</p><blockquote>Open it.</blockquote>", subtype="html")
    reading = read_message(bytes(message))
    assert reading.text == "Shut.\n\nOpen it."
    assert [span.of(reading.text) for span in reading.blocks] == ["Open it."]


def test_a_sender_without_a_name_is_no_author() -> None:
    message = _message(From="dora@harl.example", Date="never")
    assert read_message(bytes(message)).metadata == {}


@pytest.mark.parametrize(
    "data", [b"Subject: x\n\n", b"\xff\xfe\x00", b"From: a\nContent-Type: x/y\n\nq"]
)
def test_a_message_without_text_is_told(data: bytes) -> None:
    with pytest.raises(InputError):
        read_message(data)
