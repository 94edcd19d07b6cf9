"""Puts new weights in the place of those that ship: ``python -m quotecheck.training.installation``.

Takes the files of a folder that weights consist of, as trainers leave them (a checkpoint of
Stanza's, ``pos.pt``; parameters in any precision, ``spans.safetensors``; tables) or packed already,
packs what is not, and brings the manifest and the card's sizes and sums up to date. Without a
folder it does the last alone.
"""

from __future__ import annotations

import argparse
import re
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from quotecheck import weights
from quotecheck.errors import InputError, QuotecheckError
from quotecheck.training.checkpoint_packing import pack, write_manifest
from quotecheck.weights.packed import SUFFIX, packed

__all__ = ["install", "main", "pack_parameters", "refresh"]

_CHECKPOINT = ".pt"


def pack_parameters(source: Path, target: Path) -> int:
    """Write the parameters of ``source`` with the large matrices at a byte a number.

    Returns:
        The size of ``target`` in bytes.
    """
    from safetensors import safe_open
    from safetensors.torch import load_file, save_file

    with safe_open(source, framework="pt") as file:
        metadata = file.metadata()
    save_file(packed(load_file(source)), target, metadata=metadata)
    return target.stat().st_size


def install(source: Path, target: Path = weights.FOLDER) -> list[str]:
    """Take the weights of a folder over into another, whose other files stay as they are.

    Args:
        source: has some of the files that ``target``'s manifest lists, or checkpoints for them.
        target: a folder with a manifest and a card.

    Returns:
        The names of the files written.

    Raises:
        InputError: there is nothing in the folder that weights consist of.
    """
    known = list(weights.manifest(target))
    written = []
    for name in known:
        checkpoint = (source / name).with_suffix(_CHECKPOINT)
        if name.endswith(SUFFIX) and checkpoint.is_file():
            pack(checkpoint, target / name)
        elif not (source / name).is_file():
            continue
        elif name.endswith(SUFFIX):
            pack_parameters(source / name, target / name)
        else:
            shutil.copyfile(source / name, target / name)
        written.append(name)
    if not written:
        raise InputError(
            "none of the files that weights consist of is here",
            where=str(source),
            remedy=f"Name them as the manifest does: {', '.join(known[:3])}, …",
        )
    refresh(target)
    return written


def refresh(folder: Path = weights.FOLDER) -> None:
    """Bring the manifest of a folder and the table of files in its card up to date."""
    write_manifest(folder, list(weights.manifest(folder)))
    card = folder / "README.md"
    text = card.read_text(encoding="utf-8")
    for name, sha256 in weights.manifest(folder).items():
        row = f"| {name} | {(folder / name).stat().st_size:,} | `{sha256[:16]}…` |"
        text = re.sub(rf"^\| {re.escape(name)} \|[^|\n]*\|[^|\n]*\|$", row, text, flags=re.M)
    card.write_text(text, encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Install the weights of a folder and name the files written."""
    parser = argparse.ArgumentParser(
        prog="python -m quotecheck.training.installation", description=__doc__
    )
    parser.add_argument("folder", type=Path, nargs="?", help="has new weights")
    parser.add_argument("--into", type=Path, default=weights.FOLDER, help="the weights that ship")
    options = parser.parse_args(arguments)
    try:
        if options.folder is None:
            refresh(options.into)
            return 0
        for name in install(options.folder, options.into):
            print(f"{name}: {(options.into / name).stat().st_size:,} bytes")
    except QuotecheckError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
