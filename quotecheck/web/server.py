"""Starts the explorer: Datasette with a library, our pages, and uvicorn before both."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from quotecheck.errors import InputError, needing
from quotecheck.library.file import checkpoint
from quotecheck.web.explorer import Explorer, Limits
from quotecheck.web.guard import LOOPBACK
from quotecheck.web.patience import REQUEST_SECONDS, STALLED_SECONDS, impatient
from quotecheck.web.table_metadata import datasette_metadata

__all__ = ["application", "close", "configuration", "is_local", "listen", "serve"]

DATABASE: Final = "library"
"""What Datasette calls the library, so that its addresses stay when the file is renamed."""

_SHORTEST: Final = 8  # Characters of a token: a shorter one can be guessed.


def _require_datasette() -> None:
    with needing("the explorer needs Datasette", "web"):
        import datasette  # noqa: F401


def application(
    library: Path | str,
    *,
    host: str = "127.0.0.1",
    token: str | None = None,
    sql: bool = True,
    limits: Limits | None = None,
    load: Callable[[], Any] | None = None,
) -> Any:
    """A Datasette that shows a library; ``.app()`` is the ASGI application.

    Args:
        library: path of the library.
        host: the name or number that it will be asked under.
        token: whoever knows it may keep articles; None: nobody may, and nothing is ever written.
        sql: whether visitors may ask the tables in SQL (for a second each, for reading).
        limits: how much is taken at once.
        load: makes the attributor, when an article is first pasted.

    Raises:
        LibraryError: there is no library of this version at the path.
        MissingExtraError: Datasette is not installed.
        InputError: the token is too short.
        QuotecheckError: Datasette has a SQLite of its own.
    """
    _require_datasette()
    path = Path(library)
    if token is not None and len(token) < _SHORTEST:
        raise InputError(
            f"the token has {len(token)} characters, which can be guessed",
            remedy=f"Give one of {_SHORTEST} or more, made by:"
            ' python -c "import secrets; print(secrets.token_urlsafe())"',
        )
    hosts = frozenset({*LOOPBACK, host.lower()}) if is_local(host) else None
    explorer = Explorer(path, token=token, load=load, limits=limits, hosts=hosts)

    from datasette.app import Datasette
    from datasette.plugins import pm

    from quotecheck.web import plugin
    from quotecheck.web.shown_database import ShownDatabase

    if not pm.is_registered(plugin):
        pm.register(plugin, "quotecheck")

    class Alone(Datasette):  # type: ignore[misc]
        """A Datasette with nothing but our library."""

        quotecheck = explorer
        quotecheck_alone = True

        def add_database(self, db: Any, name: str | None = None, route: str | None = None) -> Any:
            if db.path is not None:
                name = route = DATABASE
                db = ShownDatabase(self, path=db.path, is_mutable=db.is_mutable)
                if not db.is_mutable:
                    db.cached_hash = ""  # or Datasette reads the whole file, beside SQLite
            return super().add_database(db, name=name, route=route)

    settings = {
        "default_allow_sql": sql,
        "allow_download": False,
        "default_page_size": 50,
        "truncate_cells_html": 400,
    }
    still = _is_still(path)
    return Alone(
        files=[] if still else [str(path)],
        immutables=[str(path)] if still else [],
        settings=settings,
        template_dir=str(Path(__file__).with_name("datasette_templates")),
        metadata=datasette_metadata(DATABASE, name=path.name),
    )


def _is_still(path: Path) -> bool:
    """Whether nobody can be writing: a read-only place, without a log that was left behind."""
    log = Path(f"{path}-wal")
    writable = os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)
    return not writable and not (log.exists() and log.stat().st_size)


def is_local(host: str) -> bool:
    """Whether only this computer reaches a server at this host.

    >>> is_local("127.0.0.1"), is_local("localhost"), is_local("0.0.0.0")
    (True, True, False)
    """
    if host.lower() in LOOPBACK:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; port 0 takes one that is free.

    Raises:
        InputError: the port is taken, or the host is not an address of this computer.
    """
    where = f"{host}:{port}"
    try:
        family, address = _place(host, port)
        listener = socket.socket(family, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(128)
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        raise InputError(
            f"the server cannot listen there ({getattr(error, 'strerror', None) or error})",
            where=where,
            remedy="Use another port (--port 0 finds one), or a host of this computer.",
        ) from error
    return listener


def _place(host: str, port: int) -> tuple[socket.AddressFamily, tuple[Any, ...]]:
    """Where to bind; only a name that is neither a number nor this computer's is looked up."""
    try:
        address = ipaddress.ip_address("127.0.0.1" if host.lower() == "localhost" else host)
    except ValueError:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return addresses[0][0], addresses[0][4]
    return (socket.AF_INET if address.version == 4 else socket.AF_INET6), (str(address), port)


def configuration(
    shown: Any,
    *,
    request_seconds: float = REQUEST_SECONDS,
    stalled_seconds: float = STALLED_SECONDS,
) -> Any:
    """The configuration of uvicorn, which answers.

    Args:
        shown: what `application` made.
        request_seconds: in which a request has to come in.
        stalled_seconds: in which a client has to take some of its answer.
    """
    import uvicorn
    from uvicorn.protocols.http.auto import AutoHTTPProtocol

    return uvicorn.Config(
        shown.app(),
        http=impatient(AutoHTTPProtocol, request=request_seconds, stalled=stalled_seconds),
        log_level="warning",
        lifespan="on",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=10,
        limit_concurrency=200,
        timeout_graceful_shutdown=3,
    )


def serve(shown: Any, listener: socket.socket) -> None:
    """Answer browsers until the program is interrupted."""
    import uvicorn

    try:
        with _interrupted_by_termination():
            uvicorn.Server(configuration(shown)).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        listener.close()
        close(shown)


@contextlib.contextmanager
def _interrupted_by_termination() -> Iterator[None]:
    """Let SIGTERM, which stops a service, be what Ctrl-C is: the library is closed after it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def close(shown: Any) -> None:
    """Close the library wherever it is open, and leave no log beside it where nobody needs one."""
    explorer: Explorer = shown.quotecheck
    explorer.close()
    shown.executor.shutdown(cancel_futures=True)
    for database in shown.databases.values():
        database.close()
    checkpoint(explorer.path)
