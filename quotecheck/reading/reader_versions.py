"""Which version of a reading package a document was read with."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from quotecheck._version import __version__

__all__ = ["reader_version"]


_READ_WITH = {
    "html": ("trafilatura", "lxml"), "warc": ("warcio", "trafilatura", "lxml"),
    "pdf": ("pypdfium2",), "docx": ("mammoth",), "epub": ("lxml",),
    "webvtt": ("webvtt-py",), "srt": ("webvtt-py",),
}  # fmt: skip
"""The packages on whose releases it depends which text a reader finds in a file."""


@cache
def reader_version(reader: str) -> str:
    """The releases that a text depends on, kept with it: "quotecheck 1.0, lxml 5.3"."""
    versions = [f"quotecheck {__version__}"]
    for name in _READ_WITH.get(reader, ()):
        with suppress(PackageNotFoundError):
            versions.append(f"{name} {version(name)}")
    return ", ".join(versions)
