"""Makes the vectors that a search for other words needs: `quotecheck build --semantic`.

Some hundred passages at a time, each batch wholly or not at all: it may be stopped at any moment
and goes on where it was. What was made by another encoder is replaced.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from quotecheck._version import __version__
from quotecheck.errors import LibraryError
from quotecheck.library.languages import set_languages, texts_without_language
from quotecheck.library.library import Library, opened
from quotecheck.library.vectors import (
    UnitPlace,
    add_block,
    count_lacking,
    drop_others,
    encoders_held,
    lacking,
)
from quotecheck.paraphrase.encoder import load_encoder
from quotecheck.paraphrase.languages import language_of
from quotecheck.paraphrase.multilingual_encoder import load_multilingual_encoder
from quotecheck.paraphrase.sentences import sentences_with_clauses
from quotecheck.paraphrase.vector_codes import pack, signs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from quotecheck.paraphrase.encoder import SentenceEncoder
    from quotecheck.paraphrase.sentences import Unit

__all__ = ["EmbedReport", "embed_passages", "what_lacks"]

_READ_CHARS: Final = 2_000
"""Of a document, what is read to tell its language."""
_MANY: Final = 500
"""Passages for which it pays to load torch."""


class Encoder(Protocol):
    """Turns sentences and clauses into vectors, which are bound to its ``sha256``."""

    sha256: str

    @property
    def size(self) -> int: ...

    def encode_units(self, units: Sequence[Unit]) -> NDArray[np.float32]: ...


@dataclass(frozen=True, slots=True)
class EmbedReport:
    """What was made: ``passages`` read, ``vectors`` of their sentences and clauses, seconds.

    ``multilingual`` are the vectors by the second encoder, where it is installed.
    """

    library: Path
    passages: int
    vectors: int
    seconds: float
    multilingual: int = 0


def embed_passages(
    library: Library | str | Path,
    *,
    encoders: Sequence[Encoder] | None = None,
    progress: Callable[[int, int], None] | None = None,
    timeout: float = 30.0,
) -> EmbedReport:
    """Give every passage of a library its vectors; those that have them are passed over.

    Args:
        library: one that is open for writing, or the path of one that exists.
        encoders: make them, the first one those of English; unless given, the one that ships, in
            the form that is quickest here, and the multilingual one where it is installed.
        progress: called with (passages done, passages that lacked them), counted for each encoder.
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
    chosen = list(encoders) if encoders is not None else installed_encoders()
    with opened(library, create=True, timeout=timeout) as opened_library:
        drop_others(opened_library, {encoder.sha256: encoder.size for encoder in chosen})
        lacked = [count_lacking(opened_library.db.conn, encoder.sha256) for encoder in chosen]
        if encoders is None and lacked[0] > _MANY:
            chosen[0] = quickest_encoder()
        counts = [0] * len(chosen)
        if any(lacked):
            names = ("sentences.safetensors", "multilingual sentences")
            weights = dict(zip(names, (each.sha256 for each in chosen), strict=False))
            run = opened_library.start_run("embed", version=__version__, weights=weights)
            done = 0
            with opened_library.ending(run):
                for n, encoder in enumerate(chosen):
                    for rows in lacking(opened_library.db.conn, encoder.sha256):
                        counts[n] += _embed(opened_library, encoder, rows)
                        done += len(rows)
                        if progress is not None:
                            progress(done, sum(lacked))
        if len(chosen) > 1:
            _recognise_languages(opened_library)
        path = opened_library.path
    seconds = time.monotonic() - started
    return EmbedReport(path, max(lacked), counts[0], seconds, multilingual=sum(counts[1:]))


def _recognise_languages(library: Library) -> None:
    """Note the language of every source of which nobody has said it, as far as it is sure."""
    for rows in texts_without_language(library.db.conn, _READ_CHARS):
        languages = {row: language for row, text in rows if (language := language_of(text))}
        if languages:
            set_languages(library, languages)


def installed_encoders() -> list[Encoder]:
    """The encoder that ships, and the multilingual one where it is installed."""
    second = load_multilingual_encoder()
    return [load_encoder(), *([second] if second is not None else [])]


def what_lacks(library: Library) -> list[str]:
    """The encoders that are installed and made no vectors of a library that has others.

    Returns:
        "English" and "multilingual", as far as they are lacking; nothing for a library that was
        built without vectors.
    """
    known_encoders = encoders_held(library.db.conn)
    if not known_encoders:
        return []
    names = ("English", "multilingual")
    installed = zip(names, installed_encoders(), strict=False)
    return [name for name, encoder in installed if encoder.sha256 not in known_encoders]


def quickest_encoder() -> SentenceEncoder:
    """The encoder that ships, with torch where its half precision is quicker."""
    from quotecheck.paraphrase.torch_encoder import TorchEncoder, is_torch_faster
    from quotecheck.weights import FOLDER

    plain = load_encoder()
    return TorchEncoder(FOLDER, sha256=plain.sha256) if is_torch_faster() else plain


def _embed(library: Library, encoder: Encoder, rows: list[tuple[int, int, str]]) -> int:
    read = [
        (row, unit) for row, start, text in rows for unit in sentences_with_clauses(text, start)
    ]
    vectors = encoder.encode_units([unit for _, unit in read])
    places = [UnitPlace(row, unit.start, unit.end) for row, unit in read]
    signs = signs_of(vectors).astype("<u8").tobytes()
    added = add_block(
        library, encoder.sha256, rows, places, encoder.size, signs, pack(vectors).tobytes()
    )
    return len(places) if added else 0
