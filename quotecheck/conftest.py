"""Where the examples of the public face are run: beside a small library. It is not in the wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

_SPEECHES = {
    "ellis.txt": "---\nspeaker: Maud Ellis\ntitle: To the guild\ndate: 1861-05-02\n---\n"
    "We owed the guild nine crowns. We paid it. We paid it before the ice came to the harbour.\n",
    "norran.txt": "---\nspeaker: Ilse Norran\ntitle: At the weir\ndate: 2030-05\n---\n"
    "The dam takes a village. No village will be asked to move twice.\n",
}
_FACE = frozenset({"api.py", "drafts.py"})


@pytest.fixture(scope="session")
def _face_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("face")
    (folder / "speeches").mkdir()
    for name, words in _SPEECHES.items():
        (folder / "speeches" / name).write_text(words, encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _beside_a_library(request: pytest.FixtureRequest) -> Iterator[None]:
    """Run the examples of the face in a folder with ``speeches/`` and ``library.db``."""
    if request.node.path.name not in _FACE:
        yield
        return
    folder: Path = request.getfixturevalue("_face_folder")
    before = Path.cwd()
    os.chdir(folder)
    try:
        if not Path("library.db").exists():
            from quotecheck.building.build import build

            build(["speeches"], "library.db", attribute=False)
        yield
    finally:
        os.chdir(before)
