"""`quotecheck mcp`: tools for programs that write with a language model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from quotecheck.cli.libraries import ReadDb

__all__ = ["mcp_command"]


def mcp_command(
    db: ReadDb,
    folder: Annotated[
        list[Path] | None,
        typer.Option(
            "--folder", help="A folder whose files may be named as drafts; give it again for more."
        ),
    ] = None,
) -> None:
    """Answer a program with a language model (Model Context Protocol, standard input and output).

    The tools check_quotation, check_draft, find_origin, what_did_say and attribute read the library
    and the folders given, on this computer alone, and write nothing. Needs the extra [mcp]:
    pip install 'quotecheck-toolkit[mcp]'. Exit code 0: the program ended. 2: an error.

    Examples:

      quotecheck mcp --db library.db

      quotecheck mcp --db library.db --folder drafts
    """
    from quotecheck.mcp_server.server import make_server

    make_server(db, folder or []).run()
