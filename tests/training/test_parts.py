"""The recipes cover what is shipped: every file of the weights is made by a named part."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from quotecheck import weights
from quotecheck.training.__main__ import main
from quotecheck.training.checkpoint_packing import write_manifest
from quotecheck.training.parts import PARTS


def test_every_file_of_the_weights_is_named_by_a_recipe() -> None:
    named = {name for part in PARTS.values() for name in part.files}
    shipped = {path.name for path in weights.FOLDER.iterdir() if path.is_file()}
    assert named == shipped - {"README.md", "manifest.json"}
    assert named == set(weights.manifest())


def test_a_manifest_lists_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_bytes(b"{}")
    write_manifest(tmp_path, ["a.pt", "b.json"])
    held = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert held["files"] == {
        "b.json": {"sha256": weights.sha256_of(tmp_path / "b.json"), "bytes": 2}
    }


@pytest.mark.parametrize(
    ("part", "missing"),
    [
        ("spans", "all-MiniLM-L6-v2"),
        ("sentence-encoder", "all-MiniLM-L6-v2"),
        ("span-distillation", "all-MiniLM-L6-v2"),
        ("match-probability", "misquotes/dev.jsonl"),
        ("paraphrase-ranking", "otherwords/train/cases.jsonl"),
        ("tokenize", "ud/train.conllu"),
    ],
)
def test_a_part_says_what_it_lacks(
    part: str, missing: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([part, "--data", str(tmp_path / "data"), "--out", str(tmp_path / "out")])
    assert code == 2
    assert missing in capsys.readouterr().err


def test_a_teacher_needs_its_encoder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folders = ["--data", str(tmp_path), "--out", str(tmp_path / "out"), "--encoder", str(tmp_path)]
    assert main(["span-distillation", *folders]) == 2
    assert "all-mpnet-base-v2" in capsys.readouterr().err
