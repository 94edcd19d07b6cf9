"""Makes the vectors that a search for other words needs: `quotecheck build --semantic`.

Some hundred passages at a time, each batch wholly or not at all: it may be stopped at any moment
and goes on where it was. What was made by another encoder is replaced.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotecheck._version import __version__
from quotecheck.errors import LibraryError
from quotecheck.library.library import Library, opened
from quotecheck.library.vectors import Place, add_block, count_lacking, drop_others, lacking
from quotecheck.paraphrase.encoder import load_encoder
from quotecheck.paraphrase.sentences import units
from quotecheck.paraphrase.vector_codes import pack, signs_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotecheck.paraphrase.encoder import SentenceEncoder

__all__ = ["EmbedReport", "embed_passages"]

_MANY: Final = 500
"""Passages for which it pays to load torch."""


@dataclass(frozen=True, slots=True)
class EmbedReport:
    """What was made: ``passages`` read, ``vectors`` of their sentences, seconds."""

    library: Path
    passages: int
    vectors: int
    seconds: float


def embed_passages(
    library: Library | str | Path,
    *,
    encoder: SentenceEncoder | None = None,
    progress: Callable[[int, int], None] | None = None,
    timeout: float = 30.0,
) -> EmbedReport:
    """Give every passage of a library its vectors; those that have them are passed over.

    Args:
        library: one that is open for writing, or the path of one that exists.
        encoder: makes them; the one that ships, in the form that is quickest here, unless given.
        progress: called with (passages done, passages that lacked them).
        timeout: seconds to wait for another program that is writing into the library.

    Raises:
        LibraryError: when the library cannot be opened or written to.
        WeightsError: when the encoder is not the one that was shipped.
        KeyboardInterrupt: passed on; all that was stored until then stays.
    """
    if not isinstance(library, Library) and not Path(library).exists():
        raise LibraryError(
            "there is no such library",
            where=str(library),
            remedy="Build it first: quotecheck build SOURCES --db LIBRARY --semantic.",
        )
    started = time.monotonic()
    name = (encoder or load_encoder()).signature
    done = made = 0
    with opened(library, create=True, timeout=timeout) as held:
        drop_others(held, name)
        total = count_lacking(held.db.conn, name)
        if total:
            encoder = encoder or (quickest_encoder() if total > _MANY else load_encoder())
            run = held.start_run(
                "embed", version=__version__, weights={"sentences.safetensors": name}
            )
            with held.ending(run):
                for rows in lacking(held.db.conn, name):
                    made += _embed(held, encoder, rows)
                    done += len(rows)
                    if progress is not None:
                        progress(done, total)
        path = held.path
    return EmbedReport(path, done, made, time.monotonic() - started)


def quickest_encoder() -> SentenceEncoder:
    """The encoder that ships, with torch where its half precision is quicker."""
    from quotecheck.paraphrase.torch_encoder import QuickEncoder, is_quick_here
    from quotecheck.weights import FOLDER

    plain = load_encoder()
    return QuickEncoder(FOLDER, signature=plain.signature) if is_quick_here() else plain


def _embed(library: Library, encoder: SentenceEncoder, rows: list[tuple[int, int, str]]) -> int:
    read = [(row, unit) for row, start, text in rows for unit in units(text, start)]
    vectors = encoder.encode([unit.text for _, unit in read])
    places = [Place(row, unit.start, unit.end) for row, unit in read]
    signs = signs_of(vectors).astype("<u8").tobytes()
    kept = add_block(library, encoder.signature, rows, places, signs, pack(vectors).tobytes())
    return len(places) if kept else 0
