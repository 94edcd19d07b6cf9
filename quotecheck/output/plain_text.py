"""Text for people: long text shortened, plurals."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Final

from quotecheck.output.unprintable import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quotecheck.library.attribution_age import OlderAttributions

__all__ = ["lacking_vectors_words", "named", "older_words", "plural", "shorten", "size"]

_NAME_CHARS: Final = 120
"""Code points up to which a name, a title or an id is shown whole."""


def shorten(text: str, limit: int) -> str:
    """The visible text, with words left out of its middle where it is longer than ``limit``.

    The gap is "[…]", which no article uses for its own. Two thirds of what is kept stand before it,
    for a quotation is known by its beginning. Never longer than ``limit`` (at least 9 code points).

    >>> shorten("We have paid in floods. We will not pay in coin.", 36)
    'We have paid in […] in coin.'
    """
    limit = max(limit, 9)
    if len(text) > 8 * limit:  # a line of 20 MB is not split into words to show fifty of them
        text = f"{text[: 4 * limit]} {text[-4 * limit :]}"
        text = visible(text)
        text = text if len(text) > limit else f"{text} [cut]"
    else:
        text = visible(text)
    if len(text) <= limit:
        return text
    room = limit - len(" […] ")
    back = room // 3
    front = room - back
    head, tail = text[:front], text[len(text) - back :] if back else ""
    if not text[front].isspace() and " " in head.strip():
        head = head[: head.rindex(" ")]
    if back and not text[-back - 1].isspace() and " " in tail.strip():
        tail = tail[tail.index(" ") :]
    return f"{head.rstrip()} […] {tail.lstrip()}".rstrip()


def named(name: str) -> str:
    """A name, a title, a date or an id as a table shows it: visible, and never over many lines.

    >>> len(named("x" * 5000))
    120
    """
    return shorten(name, _NAME_CHARS)


def plural(number: int, word: str) -> str:
    """The word as it stands after the number."""
    return word if number == 1 else f"{word}s"


def size(number: int) -> str:
    """A number of bytes in words, by thousands.

    >>> size(812), size(12_345), size(3_456_789), size(12_000_000_000)
    ('812 bytes', '12.3 kB', '3.5 MB', '12.0 GB')
    """
    if number < 1000:
        return f"{number} {plural(number, 'byte')}"
    scaled = number / 1000
    for unit in ("kB", "MB"):
        if scaled < 999.95:
            return f"{scaled:.1f} {unit}"
        scaled /= 1000
    return f"{scaled:,.1f} GB"


def lacking_vectors_words(encoders: Sequence[str], library: str) -> str:
    """That vectors of sentences are lacking, and the command that makes them.

    "" where none are. ``encoders`` are "English" or "multilingual"; ``library`` is the path of its
    file.
    """
    if not encoders:
        return ""
    return (
        f"The sentences have no vectors by the {' and the '.join(encoders)} encoder that is"
        " installed now, so that statements in other words may be missed. Make them:"
        f" quotecheck build SOURCES --db {shlex.quote(visible(library))} --semantic"
    )


def older_words(older: Sequence[OlderAttributions], library: str) -> str:
    """That older versions made attributions of a library, and the command that renews them.

    "" where none did. ``library`` is the path of its file.
    """
    if not older:
        return ""
    number = sum(attribution.documents for attribution in older)
    versions = ", ".join(
        f"{visible(attribution.version)}: {attribution.documents:,}" for attribution in older
    )
    were = "was" if number == 1 else "were"
    return (
        f"{number:,} {plural(number, 'document')} {were} attributed by an older version"
        f" ({versions}). Renew: quotecheck recheck --db {shlex.quote(visible(library))}"
        " --attribute --store"
    )
