"""Stanza weights that travel with the package, and the check that they are what was shipped."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from quotecheck.errors import WeightsError

__all__ = ["FOLDER", "lemma_rules", "manifest", "sha256_of", "verified", "verified_table"]

FOLDER = Path(__file__).parent / "en"
"""Where the English weights lie: a file a part, `manifest.json` with the sha256 of each."""

_REMEDY = (
    "Install quotecheck again (pip install --force-reinstall quotecheck-toolkit; in a checkout: "
    "git checkout -- quotecheck/weights), or give Stanza's own models with --stanza-dir."
)


def manifest(folder: Path = FOLDER) -> dict[str, str]:
    """The file names of a set of weights, each with the sha256 it must have.

    Raises:
        WeightsError: there is no manifest, or it cannot be read as one.
    """
    path = folder / "manifest.json"
    try:
        files = json.loads(path.read_text(encoding="utf-8"))["files"]
        return {str(name): str(entry["sha256"]) for name, entry in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(
            f"the list of the weights cannot be read ({type(error).__name__})",
            where=str(path),
            remedy=_REMEDY,
        ) from error


@cache
def verified(folder: Path = FOLDER) -> dict[str, str]:
    """The manifest, after every file in it has been read and its sha256 compared.

    Done once a process and folder. Nothing may be unpickled from a file that has not passed here.

    Returns:
        sha256 by file name.

    Raises:
        WeightsError: a file is missing, cannot be read, or is not the one that was shipped.
    """
    expected = manifest(folder)
    for name, sha256 in expected.items():
        path = folder / name
        try:
            digest = sha256_of(path)
        except OSError as error:
            raise WeightsError(
                f"the weights cannot be read ({error.strerror})", where=str(path), remedy=_REMEDY
            ) from error
        _compare(path, digest, sha256)
    return expected


def verified_table(name: str, folder: Path = FOLDER) -> Any:
    """What a JSON file of the weights holds, after its sha256 has been compared.

    Raises:
        WeightsError: the file is missing, cannot be read, or is not the one that was shipped.
    """
    path = folder / name
    expected = manifest(folder).get(name, "none")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise WeightsError(
            f"the weights cannot be read ({error.strerror})", where=str(path), remedy=_REMEDY
        ) from error
    _compare(path, hashlib.sha256(data).hexdigest(), expected)
    return json.loads(data)


def _compare(path: Path, digest: str, expected: str) -> None:
    if digest != expected:
        raise WeightsError(
            f"the weights are not those that were shipped: sha256 {digest[:12]}…, "
            f"not {expected[:12]}…",
            where=str(path),
            remedy=_REMEDY,
        )


def sha256_of(path: Path) -> str:
    """The sha256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def lemma_rules(folder: Path = FOLDER) -> dict[str, str]:
    """The rules for lemmas of unknown words (see `quotecheck.parsing.lemma_rules`).

    Raises:
        WeightsError: the file is missing or not the one that was shipped.
    """
    rules = verified_table("lemma_rules.json", folder)
    return {str(key): str(change) for key, change in rules.items()}
