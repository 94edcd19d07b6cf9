"""The tools that a program with a language model may call.

No file is read but the library and what lies in the folders that were given. Each call opens the
library again, so that what a build has added since is seen.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Final, TypeVar

from mcp.server.mcpserver.exceptions import ToolError
from pydantic import Field

from quotecheck.errors import InputError, QuotecheckError
from quotecheck.library.library import open_library
from quotecheck.mcp_server import answers
from quotecheck.reading.documents import document_of, only_document
from quotecheck.records.document import Document

__all__ = ["Tools"]

F = TypeVar("F", bound=Callable[..., Any])

_TEXT_CHARS: Final = 200_000
"""Code points of a text that is taken: a long magazine article has a tenth of it."""
_MOST: Final = 50
"""Places that one answer has at most; a model reads every word of it."""


def _tool(function: F) -> F:
    """Turn errors on purpose into answers that the model can read."""

    @functools.wraps(function)
    def called(*arguments: Any, **named: Any) -> Any:
        try:
            return function(*arguments, **named)
        except QuotecheckError as error:
            raise ToolError(f"{error.what}. {error.remedy or ''}".strip()) from error

    return called  # type: ignore[return-value]


class Tools:
    """The tools, with what they may read. Their docstrings are what the model is told."""

    def __init__(self, library: Path, folders: Sequence[Path], attributor: Any) -> None:
        self._path = library
        self._folders = folders
        self._attributor = attributor

    @_tool
    def check_quotation(
        self,
        quotation: Annotated[str, Field(description="The exact words, as they are to be printed.")],
        speaker: Annotated[str | None, Field(description="Who they are credited to.")] = None,
    ) -> dict[str, Any]:
        """Check whether words stand in the library: verbatim, changed, or said by someone else."""
        from quotecheck.checking.checker import check_quote
        from quotecheck.checking.paraphrase_search import semantic_search

        with open_library(self._path) as library:
            check = check_quote(
                library, quotation, speaker=speaker or None, semantic=semantic_search(library)
            )
            return answers.check_answer(check, library)

    @_tool
    def check_draft(
        self,
        text: Annotated[
            str | None, Field(description="The text with quotations in quotation marks.")
        ] = None,
        path: Annotated[
            str | None,
            Field(description="In place of text: a file in a folder given to this server."),
        ] = None,
    ) -> dict[str, Any]:
        """Check every quotation in quotation marks of a text, each with the speaker it credits."""
        from quotecheck.checking.articles import checked_quotations
        from quotecheck.checking.paraphrase_search import semantic_search

        document = self._document(text, path)
        quotations = self._attribute(document)
        with open_library(self._path) as library:
            pairs = checked_quotations(
                library, document, quotations, semantic=semantic_search(library)
            )
            return answers.draft_answer(pairs, quotations, library)

    @_tool
    def find_origin(
        self,
        quotation: Annotated[str, Field(description="The words whose source is looked for.")],
        limit: Annotated[
            int, Field(description="How many places to give, the earliest first.")
        ] = 5,
    ) -> dict[str, Any]:
        """Find every place in the library where words stand, in order of time."""
        from quotecheck.checking.checker import Checker
        from quotecheck.checking.trace import trace_quote

        with open_library(self._path) as library:
            trace = trace_quote(Checker(library), quotation, limit=_MOST)
            return answers.origin_answer(trace, library, limit=_bounded(limit))

    @_tool
    def what_did_say(
        self,
        speaker: Annotated[
            str, Field(description="A name; the other names of a speaker are known too.")
        ],
        about: Annotated[str, Field(description="Words that must stand in what was said.")],
        date_from: Annotated[
            str | None, Field(description="Only from this date on (2016, 2016-11, 2016-11-08).")
        ] = None,
        date_to: Annotated[str | None, Field(description="Only until this date.")] = None,
        limit: Annotated[int, Field(description="How many places to give.")] = 5,
    ) -> dict[str, Any]:
        """Find what somebody said about something, in the words of the library's sources."""
        from quotecheck.searching.search import search_library

        with open_library(self._path) as library:
            results = search_library(
                library,
                about,
                speaker=speaker,
                date_from=date_from,
                date_to=date_to,
                limit=_bounded(limit),
            )
            return answers.search_answer(results, library)

    @_tool
    def attribute(
        self,
        text: Annotated[str | None, Field(description="The text.")] = None,
        path: Annotated[
            str | None,
            Field(description="In place of text: a file in a folder given to this server."),
        ] = None,
    ) -> dict[str, Any]:
        """Say who says what in a text, direct and reported, and how sure that is."""
        document = self._document(text, path)
        return answers.attribution_answer(document, self._attribute(document))

    def _attribute(self, document: Document) -> Any:
        if self._attributor is None:
            from quotecheck.pipeline.attributor import load_attributor

            self._attributor = load_attributor()
        return self._attributor(document)

    def _document(self, text: str | None, path: str | None) -> Document:
        if (text is None) == (path is None):
            raise InputError(
                "a text or a path is needed, and not both",
                remedy="Give the words as text, or the name of a file as path.",
            )
        document = document_of(text) if text is not None else self._file(path or "")
        if len(document.text) > _TEXT_CHARS:
            raise InputError(
                f"{len(document.text):,} characters are too many (at most {_TEXT_CHARS:,})",
                remedy="Give it in parts, or run: quotecheck check FILE --db LIBRARY",
            )
        return document

    def _file(self, path: str) -> Document:
        """A file in one of the folders; nothing is said of what lies elsewhere."""
        for folder in self._folders:
            try:
                file = (folder / path).resolve()
                if file.is_relative_to(folder) and file.is_file():
                    return only_document(file, remedy="Check the name.")
            except (OSError, ValueError):
                continue
        raise InputError(
            "there is no such file in the folders that this server may read",
            remedy="Give the words as text, or start the server with --folder FOLDER.",
        )


def _bounded(limit: int) -> int:
    return min(max(1, limit), _MOST)
