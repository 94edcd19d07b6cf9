"""Web addresses that are safe to link to."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

__all__ = ["identifier_address", "place_address", "safe_url"]


def safe_url(url: str | None) -> str | None:
    """A web address that may be linked to; None for anything else, ``javascript:`` above all.

    >>> safe_url("https://example.org/a b"), safe_url("javascript:alert(1)")
    ('https://example.org/a%20b', None)
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc:
        return None
    if not re.fullmatch(r"[\w.:@\[\]-]+", parts.netloc):
        return None
    return quote(url.strip().encode("utf-8", "replace"), safe="!#$%&'()*+,/:;=?@[]~")


def identifier_address(identifier: str) -> str:
    """An IRI for an identifier of the user's table: Wikidata's for "Q7747", else an address or URN.

    >>> identifier_address("Q7747")
    'http://www.wikidata.org/entity/Q7747'
    """
    if re.fullmatch(r"Q[1-9][0-9]*", identifier):
        return f"http://www.wikidata.org/entity/{identifier}"
    named = quote(identifier.encode("utf-8", "replace"), safe="")
    return safe_url(identifier) or f"urn:quotecheck:entity:{named}"


def place_address(url: str, locator: str | None) -> str:
    """A web address with the page or the second after it, as browsers and players take them.

    >>> place_address("https://example.org/a.pdf", "page 12")
    'https://example.org/a.pdf#page=12'
    >>> place_address("https://example.org/a", "00:01:02")
    'https://example.org/a#t=62'
    """
    if locator is None or "#" in url:
        return url
    if page := re.fullmatch(r"page ([0-9]{1,6})", locator):
        return f"{url}#page={page[1]}"
    if time := re.match(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2})(?:\.[0-9]+)?", locator):
        hours, minutes, seconds = (int(part or 0) for part in time.groups())
        return f"{url}#t={hours * 3600 + minutes * 60 + seconds}"
    return url
