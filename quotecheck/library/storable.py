"""Text that SQLite can hold."""

from __future__ import annotations

__all__ = ["is_storable", "storable"]


def storable(text: str | None) -> str | None:
    """``text`` without what SQLite cannot hold: NUL and halves of surrogate pairs become U+FFFD."""
    if text is None or is_storable(text):
        return text
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\ufffd")


def is_storable(text: str) -> bool:
    """Whether it has neither NUL nor half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text
