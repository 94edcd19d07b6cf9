"""Measures attribution on texts that people annotated: who said what, and who that is."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from quotecheck._version import __version__
from quotecheck.errors import InputError
from quotecheck.evaluation.gold import MarkedSpans, read_gold, read_text, spans_in, text_files
from quotecheck.evaluation.metrics.attribution import score_exact, score_polnear, verdicts
from quotecheck.evaluation.metrics.calibration import reliability
from quotecheck.evaluation.metrics.misquotes import read_lines
from quotecheck.evaluation.metrics.speakers import score_speakers
from quotecheck.reading.documents import document_of
from quotecheck.records.quotation import outermost
from quotecheck.text.digest import sha256_hex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from quotecheck.evaluation.gold import GoldDocument
    from quotecheck.pipeline.attributor import Attributor
    from quotecheck.records.quotation import Quotation
    from quotecheck.records.text import Span

    Progress = Callable[[int, int], None]

__all__ = ["evaluate_polnear", "evaluate_speakers"]

_PARTIES = frozenset({"group", "organisation", "document"})

_ROLES = ("content", "cue", "source")


def evaluate_polnear(
    folder: Path, attributor: Attributor, *, progress: Progress | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Attribute every text of a folder and score the spans.

    Args:
        folder: holds text/NAME.txt and attributions/NAME_ANNOTATOR.ann (brat). A text without
            annotations is attributed, but not scored.
        attributor: what is measured.
        progress: called after each text with (texts done, texts in all).

    Returns:
        The figures and the system's lines, ``{doc, attributions: [{content, cue, source}]}``, in
        the form that scorers read. Words in scare quotes, titles, and quotations to which no rule
        gives a cue or a source are not attributions and are left out, and so is speech within
        speech, which such annotations do not mark. The figures are those of
        `quotecheck.evaluation.metrics.attribution.score_polnear`, and:

        - ``exact``: p, r and f1 of source, cue and content found to the letter and of ``all``,
          attributions with all three (`quotecheck.evaluation.metrics.attribution.score_exact`):
          punctuation and white space at the ends are left out, and each span of a document serves
          once.
        - ``calibration``: whether the confidences hold, by
          `quotecheck.evaluation.metrics.calibration.reliability`; right is what is right in
          ``full``.
        - ``words_per_cpu_second``: words between spaces over the CPU seconds of attribution, all
          threads together; loading the weights is not in it.
        - ``gold_sha256``: of the texts and annotations scored.
        - ``version`` and ``weights`` (sha256 by file): what was measured.

    Raises:
        InputError: a folder or the gold is missing, or a file cannot be read.
    """
    gold = read_gold(folder)
    lines, speed = _attribute(text_files(folder / "text"), attributor, _spans, progress)
    for line in lines:
        line["attributions"] = [a for a in line["attributions"] if a["cue"] or a["source"]]
    digest = sha256_hex("\n".join(f"{x.id} {x.sha256}" for x in gold).encode())
    figures = score_polnear(gold, lines)
    figures["exact"] = score_exact(gold, lines)
    figures["calibration"] = reliability(_answers(gold, lines))
    return figures | _facts(attributor, speed, digest), lines


def evaluate_speakers(
    text_dir: Path, gold: Path, attributor: Attributor, *, progress: Progress | None = None
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Attribute the texts that a gold file names and score speakers, roles and media.

    Args:
        text_dir: holds NAME.txt for every document of the gold.
        gold: JSON Lines, an attribution a line (`quotecheck.evaluation.metrics.speakers`).
        attributor: what is measured.
        progress: called after each text with (texts done, texts in all).

    Returns:
        The figures and the system's lines, ``{doc, attributions: [{content, cue, source, speaker,
        role, via, kind, source_form}]}``: speaker a name, a list of joint speakers or null, via the
        outermost outlet or relay or null. The figures are those of
        `quotecheck.evaluation.metrics.speakers.score_speakers`, with wrong_names (attributions of
        somebody with a name that were given another one), words_per_cpu_second, gold_sha256 (of the
        gold file and the texts), version and weights as in `evaluate_polnear`.

    Raises:
        InputError: a folder, the gold or a document it names is missing, or cannot be read.
    """
    gold_lines = list(read_lines(gold))
    if not gold_lines:
        raise InputError(
            "the gold holds no attribution", where=str(gold), remedy="Give one a line, as JSON."
        )
    score_speakers(gold_lines, [])  # a bad gold line shows before the work, not after it
    texts = {path.stem: path for path in text_files(text_dir)}
    names = sorted({line["doc"] for line in gold_lines})
    missing = [name for name in names if name not in texts]
    if missing:
        raise InputError(
            f"{len(missing)} of {len(names)} documents of the gold are not there: "
            + ", ".join(missing[:3])
            + ("…" if len(missing) > 3 else ""),
            where=str(text_dir),
            remedy="Give the folder that holds NAME.txt for each doc that the gold names.",
        )
    paths = [texts[name] for name in names]
    lines, speed = _attribute(paths, attributor, _speaker_fields, progress)
    digest = sha256_hex(b"\n".join(sha256_hex(x.read_bytes()).encode() for x in (gold, *paths)))
    figures = score_speakers(gold_lines, lines, errors=len(gold_lines))
    wrong_names = sum(map(_is_wrong_name, figures["errors"]))
    return (
        figures | {"errors": [], "wrong_names": wrong_names} | _facts(attributor, speed, digest),
        lines,
    )


def _is_wrong_name(error: dict[str, Any]) -> bool:
    """Whether an error of `score_speakers` is a name for somebody who has another one."""
    return bool(error["gold"] and error["system"]) and not error["lenient"]


def _attribute(
    paths: Sequence[Path],
    attributor: Attributor,
    fields: Callable[[Quotation], dict[str, Any]],
    progress: Progress | None,
) -> tuple[list[dict[str, Any]], float]:
    """The system's lines, and words a CPU second."""
    lines: list[dict[str, Any]] = []
    words, seconds = 0, 0.0
    documents = [
        replace(document_of(read_text(path)), id=path.stem, path=str(path)) for path in paths
    ]
    start = time.process_time()
    for document, quotations in attributor.each(documents):
        seconds += time.process_time() - start
        if isinstance(quotations, InputError):
            raise quotations
        words += len(document.text.split())
        attributions = [fields(x) for x in outermost(quotations) if x.is_speech]
        lines.append({"doc": document.id, "attributions": attributions})
        if progress is not None:
            progress(len(lines), len(paths))
        start = time.process_time()
    return lines, round(words / seconds, 1) if seconds else 0.0


def _facts(attributor: Attributor, speed: float, gold_sha256: str) -> dict[str, Any]:
    return {
        "words_per_cpu_second": speed,
        "gold_sha256": gold_sha256,
        "version": __version__,
        "weights": dict(attributor.weights_sha256),
    }


def _answers(
    gold: Sequence[GoldDocument], lines: Sequence[dict[str, Any]]
) -> Iterator[tuple[float, bool]]:
    """The confidence of each attribution, and whether it is right."""
    system = {line["doc"]: line["attributions"] for line in lines}
    for document in gold:
        attributions = system.get(document.id, [])
        spans = [
            MarkedSpans(*(spans_in(x, role, where=document.id) for role in _ROLES))
            for x in attributions
        ]
        right, _ = verdicts(document, spans)
        yield from zip([x["confidence"] for x in attributions], right, strict=True)


def _spans(quotation: Quotation) -> dict[str, Any]:
    """The places, with the confidence in them: whether the name is right is not asked there."""
    parts = quotation.confidence_parts
    return {
        "confidence": quotation.confidence if parts is None else parts.span * parts.source,
        "content": _places(quotation.content),
        "cue": _places(quotation.cue),
        "source": _places(quotation.source),
    }


def _speaker_fields(quotation: Quotation) -> dict[str, Any]:
    # The gold calls groups and documents by the article's words for them; so do descriptions.
    called = tuple(
        name
        for each in quotation.speakers
        if (name := each.name or (each.description if each.label in _PARTIES else None))
    )
    speaker = (called[0] if len(called) == 1 else called) if called else None
    return {
        **_spans(quotation),
        "confidence": quotation.confidence,
        "speaker": list(speaker) if isinstance(speaker, tuple) else speaker,
        "role": quotation.role,
        "via": quotation.via[0] if quotation.via else None,
        "kind": quotation.kind,
        "source_form": quotation.source_form,
    }


def _places(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
