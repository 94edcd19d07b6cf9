"""Names of papers, broadcasters and agencies, which are never those spoken to."""

from __future__ import annotations

from quotecheck.language.outlets import outlets

__all__ = ["is_outlet"]


def is_outlet(words: str) -> bool:
    """Whether a name is that of a paper, a broadcaster or an agency.

    >>> is_outlet("the Valley Herald"), is_outlet("The Post"), is_outlet("the press")
    (True, True, False)
    """
    called_so = words.split()[-1][:1].isupper() if words.split() else False  # not "the post"
    parts = words.lower().replace("’", "'").removesuffix("'s").split()
    if parts and parts[0] in {"the", "a", "an"}:
        parts = parts[1:]
    if not parts:
        return False
    names, endings = outlets()
    if parts[0].endswith("'s") and parts[0][:-2] in names:  # "ABC's “Good Morning America”"
        return True
    last = parts[-1].rpartition("-")
    ends_so = last[2] in endings and bool(last[0] or len(parts) > 1 or called_so)
    return " ".join(parts) in names or ends_so
