"""Builds a library: reads sources, cuts them for the search, attributes them, stores them.

A chain of generators with one writer at its end. What is stored is stored a few documents at a
time, each wholly or not at all, so a build may be killed at any moment and started again: what is
there is passed over, before the costly work. Several builds may fill one library at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck._version import __version__
from quotecheck.building.sources import BuildItem, Sources
from quotecheck.building.writer import Progress, Writer
from quotecheck.errors import LibraryError, QuotecheckError
from quotecheck.library.document_lookup import count_current
from quotecheck.library.library import open_library
from quotecheck.pipeline.workers import AttributionResult, AttributorFactory, attribute_in_order
from quotecheck.reading.inputs import absolute
from quotecheck.reading.reader_versions import reader_version
from quotecheck.speakers.table_import import SpeakerTableImport, import_speaker_table

if TYPE_CHECKING:
    from quotecheck.building.embeddings import EmbedReport
    from quotecheck.building.near_copies import Copies
    from quotecheck.library.library import Library
    from quotecheck.records.document import Document
    from quotecheck.records.quotation import Quotation

__all__ = ["BuildReport", "Progress", "StageProgress", "build", "complete", "store_attributed"]

StageProgress = Callable[[str, int, int, str], None]
"""Called with the stage ("building", "comparing", "embedding"), how far it is, of how much, and the
name of what was last done."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Numbers are documents, except for ``quotations`` and ``failed``.

    ``skipped`` were there already. ``failed`` counts files, and documents within files, that could
    not be read, stored or attributed; ``failures`` says why, for the first thousand of them (all
    are in the library's table of that name). ``words`` are those of the texts that came in (added
    or replaced), as white space divides them. ``fact_checks`` are published ones that are new.
    ``bytes_read`` is the size of all sources, ``seconds`` wall-clock time. ``documents`` is how
    many documents the library has at the end, ``library_bytes`` its size. ``speaker_import`` counts
    what came in with the table of speakers, ``copies`` near copies, ``embedded`` vectors, each
    where it was asked for.
    """

    library: Path
    run: int
    added: int = 0
    replaced: int = 0
    updated: int = 0
    skipped: int = 0
    attributed: int = 0
    quotations: int = 0
    failed: int = 0
    failures: tuple[QuotecheckError, ...] = ()
    bytes_read: int = 0
    words: int = 0
    fact_checks: int = 0
    documents: int = 0
    library_bytes: int = 0
    seconds: float = 0.0
    speaker_import: SpeakerTableImport | None = None
    copies: Copies | None = None
    embedded: EmbedReport | None = None


def build(
    paths: Sequence[str | Path],
    library_path: str | Path,
    *,
    attribute: bool = True,
    turns: bool = True,
    attributor_factory: AttributorFactory | None = None,
    jobs: int = 1,
    defaults: Mapping[str, str] | None = None,
    speaker: str | None = None,
    weights: Mapping[str, str] | None = None,
    speakers_table: str | Path | None = None,
    link_copies: bool = False,
    semantic: bool = False,
    progress: StageProgress | None = None,
    timeout: float = 30.0,
) -> BuildReport:
    """Bring sources into a library, which is opened once for all stages.

    Args:
        paths: files, folders, or ``-`` for standard input.
        library_path: the library; made when missing, brought up to date when older.
        attribute: whether to find out who is quoted in them.
        turns: whether to do so in documents with speaker turns too; these say already who speaks.
        attributor_factory: makes the function that does so, once a process; needed to attribute.
            Its ``weights_sha256``, if it has one, takes the place of ``weights``.
        jobs: how many processes attribute. With more than one, a script that calls this must guard
            its own beginning with ``if __name__ == "__main__":``, as the processes load it again.
        defaults: metadata that win over what the sources say (title, author, date, …).
        speaker: who speaks in sources without speaker turns.
        weights: the sha256 of each file of weights, kept with the run.
        speakers_table: a table of speakers, imported first
            (`quotecheck.speakers.table_import.import_speaker_table`).
        link_copies: link documents that are near copies of earlier ones, at the end.
        semantic: make vectors of the sentences, at the end.
        progress: called with how far the build is.
        timeout: seconds to wait for another program that is writing into the library.

    Returns:
        What was done. Files that could not be read are in it; they do not stop the rest.

    Raises:
        LibraryError: when the library cannot be opened or written to.
        InputError: when the table of speakers cannot be read.
        QuotecheckError: when no attributor can be made.
        KeyboardInterrupt: passed on; all that was stored until then stays.
    """
    if attribute and attributor_factory is None:
        raise ValueError("to attribute, build needs an attributor_factory")
    if jobs < 1:
        raise ValueError(f"jobs must be 1 or more, not {jobs}")
    started = time.monotonic()
    defaults = dict(defaults or {})
    settings: dict[str, object] = {
        "paths": [str(path) for path in paths],
        "attribute": attribute,
        "turns": turns,
        "defaults": defaults,
        "speaker": speaker,
        "jobs": jobs,
    }
    with open_library(library_path, create=True, timeout=timeout) as library:
        speaker_import = (
            import_speaker_table(library, speakers_table) if speakers_table is not None else None
        )
        run = library.start_run("build", version=__version__, settings=settings, weights=weights)
        with library.ending(run):
            speaker_defaults = defaults | ({"speaker": speaker} if speaker else {})
            sources = Sources(
                paths, library, attribute=attribute, turns=turns, defaults=speaker_defaults
            )
            report_progress = partial(progress, "building") if progress is not None else None
            writer = Writer(library, run, attribute, sources.total, report_progress)
            if report_progress is not None:
                report_progress(0, sources.total, "")
            items = writer.each(sources.read())
            chain: Iterable[tuple[BuildItem, AttributionResult]] = ((item, None) for item in items)
            if attributor_factory is not None and attribute:
                chain = attribute_in_order(
                    items,
                    BuildItem.to_attribute,
                    attributor_factory,
                    jobs,
                    loaded=lambda weights_sha256: library.set_weights(
                        run, weights_sha256 or weights or {}
                    ),
                )
            for item, outcome in chain:
                writer.take(item, outcome)
            writer.flush()
        counted: dict[str, Any] = dict(writer.counts)
        report = BuildReport(
            library=Path(library_path),
            run=run,
            failures=tuple(writer.failures),
            bytes_read=sources.total,
            words=writer.words,
            fact_checks=writer.fact_checks,
            seconds=time.monotonic() - started,
            speaker_import=speaker_import,
            **counted,
        )
        return complete(
            report, library, link_copies=link_copies, semantic=semantic, progress=progress
        )


def complete(
    report: BuildReport,
    library: Library,
    *,
    link_copies: bool,
    semantic: bool,
    progress: StageProgress | None = None,
) -> BuildReport:
    """Link near copies and make vectors once documents are in a library, as far as is wanted.

    Args:
        report: of how they came in.
        library: open for writing.
        link_copies: whether to link documents that are near copies of earlier ones.
        semantic: whether to make vectors of the sentences.
        progress: called with how far it is.

    Returns:
        The report with what was done.

    Raises:
        LibraryError: when the library cannot be written to.
        WeightsError: when the encoder of sentences is not the one that was shipped.
    """

    def stage_progress(stage: str) -> Callable[[int, int], None] | None:
        if progress is None:
            return None
        return lambda done, total: progress(stage, done, total, "")

    if link_copies:
        from quotecheck.building import near_copies

        copies = near_copies.link_copies(library, progress=stage_progress("comparing"))
        report = replace(report, copies=copies)
    if semantic:
        from quotecheck.building.embeddings import embed_passages

        report = replace(
            report, embedded=embed_passages(library, progress=stage_progress("embedding"))
        )
    with library.snapshot():
        return replace(report, documents=count_current(library.db), library_bytes=library.size)


def store_attributed(
    results: Iterable[tuple[Document, Sequence[Quotation]]],
    library_path: str | Path,
    *,
    weights: Mapping[str, str] | None = None,
    settings: Mapping[str, object] | None = None,
    timeout: float = 30.0,
) -> Iterator[tuple[Document, Sequence[Quotation]]]:
    """Store articles with their quotations on their way, and pass them on.

    The articles do not become sources: what they quote is not found in themselves when it is
    checked. (`build` makes a source of a file.) An article that was stored before with the same
    quotations adds nothing; other quotations stand beside the older ones, which are kept.

    Args:
        results: documents with what was found in them.
        library_path: the library; made when missing, brought up to date when older.
        weights: the sha256 of each file of weights that found them.
        settings: the options they were found with, kept with the run.
        timeout: seconds to wait for another program that is writing into the library.

    Yields:
        Each result, once it is stored.

    Raises:
        LibraryError: when the library cannot be opened or written to.
        InputError: when a document's id belongs to another text.
    """
    with open_library(library_path, create=True, timeout=timeout) as library:
        run = library.start_run(
            "attribute", version=__version__, settings=settings, weights=weights
        )
        try:
            for document, quotations in results:
                stored = document
                if document.path is not None:
                    stored = replace(document, path=absolute(document.path))
                with library.write():
                    added = library.add_document(
                        stored,
                        passages=None,
                        run=run,
                        reader_version=reader_version(stored.reader),
                    )
                    counts: dict[str, int] = {
                        "skipped" if added.status == "present" else added.status: 1
                    }
                    quotations_stored = [
                        known.quotation for known in library.quotations(document.id)
                    ]
                    if not added.attributed or quotations_stored != list(quotations):
                        number = library.add_quotations(added.id, quotations, run=run, again=True)
                        counts.update({"attributed": 1, "quotations": number})
                    library.count_in_run(run, counts)
                yield document, quotations
            library.finish_run(run)
        except BaseException as error:
            with suppress(LibraryError):
                library.finish_run(run, "failed" if isinstance(error, Exception) else "interrupted")
            raise
