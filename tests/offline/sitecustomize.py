"""Cuts the network: imported by every Python process that the tests start, and by conftest.

An audit hook sees the calls of every library, those written in C too. Sockets of the machine
itself (AF_UNIX), which multiprocessing uses, stay.
"""

from __future__ import annotations

import sys
from typing import Any

ATTEMPTS: list[str] = []

_NAMED = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_SENT = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_AF_UNIX = 1


class NetworkTouchedError(RuntimeError):
    """A test, or what it tests, reached for the network."""


def _hook(event: str, args: tuple[Any, ...]) -> None:
    if event in _NAMED or (event in _SENT and int(args[0].family) != _AF_UNIX):
        ATTEMPTS.append(f"{event} {args[-1] if event in _SENT else args[0]!r}")
        raise NetworkTouchedError(f"quotecheck never touches the network: {ATTEMPTS[-1]}")


if not getattr(sys, "quotecheck_offline", False):
    sys.quotecheck_offline = True  # type: ignore[attr-defined]
    sys.addaudithook(_hook)
