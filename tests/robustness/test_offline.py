"""The network is cut in the tests, in what they start, and nothing in quotecheck asks for it."""

from __future__ import annotations

import re
import socket
import subprocess
import sys

import pytest

from tests.conftest import offline
from tests.support import paths

PACKAGE = paths.ROOT / "quotecheck"


def test_the_cut_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "ATTEMPTS", [])
    with pytest.raises(offline.NetworkTouchedError):
        socket.create_connection(("192.0.2.1", 80), timeout=0.1)
    with pytest.raises(offline.NetworkTouchedError):
        socket.getaddrinfo("quotecheck.invalid", 80)
    assert len(offline.ATTEMPTS) == 2


def test_the_cut_holds_in_children() -> None:
    line = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=0.1)"
    ran = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "NetworkTouchedError" in ran.stderr


def test_nothing_in_the_package_opens_a_connection() -> None:
    """No module of ours imports what speaks to a network, but the one that shows pages here."""
    pattern = re.compile(
        r"^\s*(?:import|from)\s+(?:socket|ssl|http|urllib\.request|requests|httpx|aiohttp|ftplib)\b"
    )
    for path in PACKAGE.rglob("*.py"):
        if path == PACKAGE / "web" / "server.py":
            assert ".connect(" not in path.read_text(encoding="utf-8")  # it listens, no more
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            assert not pattern.match(line), f"{path}: {line}"
