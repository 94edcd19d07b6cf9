"""The digest of a text."""

from __future__ import annotations

from quotecheck.text.digest import sha256_hex


def test_sha256_is_of_the_bytes() -> None:
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
