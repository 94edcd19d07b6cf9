"""Messages of e-mail: the text without its headers, and what the headers say of it."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

from quotecheck.errors import InputError
from quotecheck.reading.extraction import Reading
from quotecheck.reading.formats.html_text import visible_text
from quotecheck.reading.formats.markdown import blockquotes

__all__ = ["read_message"]


def read_message(data: bytes) -> Reading:
    """The text of a message, with what it quotes of others after ``>`` as set-off quotations.

    Subject, sender and day are metadata. Of a message in several forms the plain one is read, else
    the page; files that hang on it are left out.

    Raises:
        InputError: it is not a message, or has no text.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        body = message.get_body(("plain", "html")) if isinstance(message, EmailMessage) else None
        words = str(body.get_content()) if body is not None else ""
    except Exception as error:  # the package raises whatever a damaged header or charset does
        raise InputError(
            f"it is not a message, or is damaged ({error})", remedy="Save the message again."
        ) from error
    if not message.keys():
        raise InputError(
            "it has no headers, so it is not a message", remedy="Save the message again."
        )
    text = words.replace("\r\n", "\n").replace("\0", "").strip("\n")
    if body is not None and body.get_content_subtype() == "html":
        page = visible_text(words)
        text, blocks = page.text, tuple(page.quotes)
    else:
        blocks = blockquotes(text)
    if not text.strip():
        raise InputError("there is no text in it", remedy="Save the message with its text.")
    return Reading(
        text,
        "eml",
        encoding=(body.get_content_charset() if body is not None else None) or "utf-8",
        blocks=blocks,
        metadata=_metadata(message),
        origin="eml",
    )


def _metadata(message: EmailMessage) -> dict[str, str]:
    fields: dict[str, str] = {}
    if subject := _header(message, "Subject"):
        fields["title"] = subject
    name, _ = parseaddr(_header(message, "From"))
    if name:
        fields["author"] = name
    try:
        fields["date"] = parsedate_to_datetime(_header(message, "Date")).date().isoformat()
    except (ValueError, TypeError):
        fields.pop("date", None)
    return fields


def _header(message: EmailMessage, name: str) -> str:
    """A header's words on one line; "" where it is missing or cannot be read."""
    try:
        return " ".join(str(message.get(name) or "").split())
    except Exception:  # a damaged header must not cost the text
        return ""
