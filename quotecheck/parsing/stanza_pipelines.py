"""Stanza's pipelines, loaded offline: of the weights that are shipped, or of Stanza's own models.

Nothing here ever looks at the network, and nothing heavy is imported before a pipeline is made.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck.errors import WeightsError
from quotecheck.weights.loading import Later, spared_imports
from quotecheck.weights.packed import SUFFIX, load_checkpoint

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

__all__ = ["entity_label", "shipped_pipeline", "stanza_pipeline"]

_PARTS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
_LABELS = {
    "PERSON": "Person", "PER": "Person", "ORG": "Organization", "GPE": "Location",
    "LOC": "Location", "FAC": "Facility", "DATE": "Date", "MONEY": "Money", "PRODUCT": "Product",
    "MISC": "Misc", "EVENT": "Misc", "WORK_OF_ART": "Misc", "LAW": "Misc",
}  # fmt: skip


def entity_label(name: str) -> str:
    """A type of entity, named in other weights' way, as ours call it; unknown ones stay.

    >>> entity_label("GPE"), entity_label("Person")
    ('Location', 'Person')
    """
    return _LABELS.get(name, name)


def shipped_pipeline(folder: Path, *more: str, **settings: Any) -> Any:
    """Stanza's pipeline with the weights that travel with quotecheck.

    Args:
        folder: of the weights, checked with `weights.verified`.
        more: names of further processors, which need no weights of Stanza's.
        settings: for `stanza.Pipeline`, over those made here.
    """
    _bound_caches()
    with _spared_imports():
        from stanza import Pipeline

        from quotecheck.parsing.inference.stanza_internals import (
            FoundationCache,
            Pretrain,
            PretrainedWordVocab,
        )

    vectors = str(folder / f"vectors{SUFFIX}")
    shared, checkpoint = Pretrain(vectors), load_checkpoint(Path(vectors))
    shared._vocab, shared._emb = (
        PretrainedWordVocab.load_state_dict(checkpoint["vocab"]),
        checkpoint["emb"],
    )
    cache = FoundationCache(local_files_only=True)
    cache.pretrains[vectors] = shared
    options: dict[str, Any] = {
        f"{part}_model_path": str(folder / f"{part}{SUFFIX}") for part in _PARTS
    }
    options |= {f"{part}_pretrain_path": vectors for part in ("pos", "depparse", "ner")}
    options |= {"logging_level": "ERROR", "use_gpu": False}
    return _lightly(
        Pipeline,
        "en",
        dir=str(folder),
        # Stanza wants a catalogue of its models; ours names none of them, so that it takes the
        # paths below and never thinks of a download.
        resources_filepath=str(folder / "manifest.json"),
        processors=",".join((*_PARTS, *more)),
        allow_unknown_language=True,
        download_method=None,
        foundation_cache=cache,
        **(options | settings),
    )


def _spared_imports() -> AbstractContextManager[None]:
    """Stanza without what it imports for networks unlike ours, in a process of quotecheck's own.

    Its parser imports transformers wherever it is installed, for networks that stand on one; the
    weights that are shipped do not. Its documents import networkx for graphs of dependencies that
    nobody here asks for; it is loaded when somebody does. Both take longer than an article.
    """
    return spared_imports("transformers", Later("networkx"))


def _lightly(make: Callable[..., Any], *arguments: Any, **settings: Any) -> Any:
    """What ``make`` makes of packed checkpoints, its networks without what trains them.

    Stanza's trainers build an optimiser for each network that they load, and torch imports its
    compiler for the first: a second of CPU, for what nothing here ever asks for. They read their
    files with `torch.load`, which unpickles; packed ones are given to them in its place.
    """
    import torch

    from quotecheck.parsing.inference.stanza_internals import model_utils

    single, split, load = model_utils.get_optimizer, model_utils.get_split_optimizer, torch.load

    def opened(file: Any, *more: Any, **rest: Any) -> Any:
        if str(file).endswith(SUFFIX):
            return load_checkpoint(Path(file))
        return load(file, *more, **rest)

    model_utils.get_optimizer = lambda *_, **__: None
    model_utils.get_split_optimizer = lambda *_, **__: {}
    torch.load = opened
    try:
        return make(*arguments, **settings)
    finally:
        model_utils.get_optimizer, model_utils.get_split_optimizer = single, split
        torch.load = load


def _bound_caches() -> None:
    """Keeps oneDNN, and what torch puts over it, from holding a thousand shapes of batches each.

    Machine code and scratch space of shapes that hardly come twice are half a gigabyte over a
    book. Both are read when torch first computes: a user's own setting wins, and a process that
    has computed already goes on as it was.
    """
    for name in ("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "LRU_CACHE_CAPACITY"):
        os.environ.setdefault(name, "64")


def stanza_pipeline(stanza_dir: Path | str | None, package: str) -> Any:
    """A pipeline of Stanza's own models.

    Args:
        stanza_dir: where they lie; None: Stanza's usual folder.
        package: which of its packages.

    Raises:
        WeightsError: they cannot be loaded.
    """
    from stanza import Pipeline

    from quotecheck.parsing.inference.stanza_internals import DEFAULT_MODEL_DIR

    _bound_caches()
    folder = str(stanza_dir) if stanza_dir is not None else str(DEFAULT_MODEL_DIR)
    try:
        return Pipeline(
            "en",
            dir=folder,
            package=package,
            processors=",".join(_PARTS),
            download_method=None,
            logging_level="ERROR",
            use_gpu=False,
        )
    except (
        Exception
    ) as error:  # whatever Stanza and torch raise on a folder that is not as it should be
        raise WeightsError(
            f"Stanza's models for English, package {package!r}, cannot be loaded: "
            f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
            where=folder,
            remedy='Fetch them on a machine with a network: python -c "import stanza; '
            f"stanza.download('en', model_dir='{folder}', package='{package}')\", or leave "
            "--stanza-dir and --package out to use quotecheck's own weights.",
        ) from error
