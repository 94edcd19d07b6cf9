"""Drop connections on which nothing moves: a request begun and not ended, an answer not taken.

uvicorn limits how long a connection may be idle between requests, and nothing else. A few hundred
clients that send a byte, or read none, would keep everybody else out.
"""

from __future__ import annotations

from typing import Any, Final

__all__ = ["REQUEST_SECONDS", "STALLED_SECONDS", "impatient"]

REQUEST_SECONDS: Final = 20.0
"""From the first byte of a connection or a request to its last."""
STALLED_SECONDS: Final = 30.0
"""While which a client takes nothing of an answer."""


def impatient(protocol: Any, *, request: float, stalled: float) -> Any:
    """A protocol of uvicorn's that drops slow clients.

    Args:
        protocol: the class (`uvicorn.protocols.http.auto.AutoHTTPProtocol`).
        request: seconds in which a request has to come in.
        stalled: seconds in which a client has to take some of what is waiting for it.
    """

    class Impatient(protocol):  # type: ignore[misc]
        """Looks several times in that span at what has moved."""

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._seen: tuple[str, int, int] = ("", 0, 0)
            self._since = self.loop.time()
            self._look()

        def connection_lost(self, exc: Exception | None) -> None:
            self._next.cancel()
            super().connection_lost(exc)

        def _look(self) -> None:
            cycle, waiting = self.cycle, self.transport.get_write_buffer_size()
            if cycle is None or cycle.response_complete:
                state, limit = "request", request
            elif waiting:
                state, limit = "answer", stalled
            else:
                state, limit = ("body" if cycle.more_body else ""), request
            state_now = (state, id(cycle), waiting)
            now = self.loop.time()
            if state_now != self._seen or not state:
                self._seen, self._since = state_now, now
            elif now - self._since >= limit:
                self.transport.abort()
                return
            self._next = self.loop.call_later(min(request, stalled) / 8, self._look)

    return Impatient
