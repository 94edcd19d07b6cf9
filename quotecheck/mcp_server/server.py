"""Makes the server: which library, which folders, and what a program is given about both.

Nothing is written, and nothing leaves this computer. Needs the extra ``mcp``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from quotecheck._version import __version__
from quotecheck.errors import InputError, needing
from quotecheck.library.library import open_library

__all__ = ["make_server", "require_mcp"]

_INSTRUCTIONS: Final = (
    "Check quotations before you print them. check_quotation says whether words stand in the "
    "user's library of sources, verbatim or changed, and who said them; check_draft does it for "
    "every quotation of a text; find_origin lists the places of words in order of time; "
    "what_did_say finds what somebody said about something; attribute says who says what in a "
    "text. An answer of not_found is about the library alone. Quote the words of the source that "
    "an answer gives, not your own recollection of them."
)


def require_mcp() -> None:
    """Raise an error with the remedy where the protocol's package is missing.

    Raises:
        MissingExtraError: it is not installed.
    """
    with needing("the server of the Model Context Protocol needs mcp, 2 or newer", "mcp"):
        import mcp.server.mcpserver  # noqa: F401


def make_server(library: Path, folders: Sequence[Path] = (), *, attributor: Any = None) -> Any:
    """An ``MCPServer`` with the tools; its ``run()`` answers over standard input and output.

    Args:
        library: path of the library.
        folders: folders whose files may be named as drafts.
        attributor: finds who said what; by default the one of the shipped weights, loaded when it
            is first needed.

    Raises:
        LibraryError: there is no library of this version at the path.
        InputError: a folder is not one.
        MissingExtraError: the package mcp is not installed.
    """
    require_mcp()
    from mcp.server.mcpserver import MCPServer
    from mcp.types import ToolAnnotations

    from quotecheck.mcp_server.tools import Tools

    open_library(library).close()
    tools = Tools(library, [_folder(folder) for folder in folders], attributor)
    server = MCPServer(
        "quotecheck",
        title="quotecheck: who said what, and is it true to its source",
        instructions=_INSTRUCTIONS,
        version=__version__,
        log_level="ERROR",
    )
    reads = ToolAnnotations(
        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )
    for tool in (
        tools.check_quotation,
        tools.check_draft,
        tools.find_origin,
        tools.what_did_say,
        tools.attribute,
    ):
        server.tool(annotations=reads)(tool)
    return server


def _folder(folder: Path) -> Path:
    try:
        resolved = folder.resolve(strict=True)
    except OSError as error:
        raise InputError(
            f"this folder cannot be read ({error.strerror})",
            where=str(folder),
            remedy="Give --folder a folder that exists.",
        ) from error
    if not resolved.is_dir():
        raise InputError(
            "this is a file", where=str(folder), remedy="Give --folder the folder it lies in."
        )
    return resolved
