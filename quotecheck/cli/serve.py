"""`quotecheck serve`: a library in the browser."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from quotecheck.cli.libraries import LibraryArgument

__all__ = ["serve_command"]


def serve_command(
    library: LibraryArgument,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; 0.0.0.0 lets other computers in.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes one that is free.")
    ] = 8001,
    token: Annotated[
        str | None,
        typer.Option(
            "--token",
            envvar="QUOTECHECK_TOKEN",
            help="Whoever knows it may save articles in the library; without it nothing is ever "
            "written. Safer in the environment than here, where other users may see it.",
        ),
    ] = None,
    no_sql: Annotated[
        bool,
        typer.Option("--no-sql", help="Do not let visitors ask the tables in SQL."),
    ] = False,
    open_: Annotated[
        bool, typer.Option("--open", help="Open the front page in the browser.")
    ] = False,
    metadata: Annotated[
        bool,
        typer.Option(
            "--metadata",
            help="Start no server: print the metadata of the tables for a Datasette of your own.",
        ),
    ] = False,
) -> None:
    """Show a library in the browser: paste an article, check a quotation, search, look around.

    Stops with Ctrl-C. Needs the extra [web]: pip install 'quotecheck-toolkit[web]'. The tables are
    Datasette's; visitors may ask them in SQL for a second at a time unless --no-sql is given.
    Exit code 0: stopped. 2: an error.

    Examples:

      quotecheck serve library.db --open

      quotecheck serve library.db --host 0.0.0.0 --port 8080 --no-sql

      quotecheck serve library.db --metadata > tables.json; datasette library.db -m tables.json
    """
    from quotecheck.web.table_metadata import datasette_metadata

    if metadata:
        from quotecheck.library.library import open_library

        open_library(library).close()
        typer.echo(
            json.dumps(
                datasette_metadata(library.stem, name=library.name), indent=2, ensure_ascii=False
            )
        )
        return
    from quotecheck.web.server import application, is_local, listen, serve

    shown = application(library, host=host, token=token, sql=not no_sql)
    listener = listen(host, port)
    address = _address(host, listener.getsockname()[1])
    if not is_local(host):
        typer.echo(
            f"quotecheck: warning: other computers can reach this server ({host}), and whoever "
            "does can read the whole library. It has no passwords and no encryption: put it "
            "behind a server that has.",
            err=True,
        )
    typer.echo(f"The library is at {address} (Ctrl-C stops the server).")
    if open_:
        import webbrowser

        webbrowser.open(address)
    serve(shown, listener)


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"
