"""Names of papers, broadcasters, agencies and networks, as the lexicon lists them."""

from __future__ import annotations

from functools import cache
from importlib import resources

__all__ = ["outlets"]


@cache
def outlets() -> tuple[frozenset[str], frozenset[str]]:
    """Whole names, and last words that make a name an outlet's ("gazette"), in lower case."""
    raw = resources.files("quotecheck.language").joinpath("outlets.txt").read_text("utf-8")
    lines = [line for line in raw.splitlines() if line and not line.startswith("#")]
    names = frozenset(line for line in lines if not line.startswith("*"))
    return names, frozenset(line[1:] for line in lines if line.startswith("*"))
