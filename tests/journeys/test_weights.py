from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from quotecheck import weights
from quotecheck.errors import WeightsError

PARTS = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner", "vectors")


def test_every_part_is_there_small_and_as_listed() -> None:
    sums = weights.verified()
    tables = {"lemma_rules.json", "frames.json", "antecedents.json", "attributions.json"}
    tables |= {"dialogue.json", "reports.json", "answers.json"}
    tagger = {"spans.safetensors", "spans.json", "spans_tokenizer.json"}
    encoder = {"sentences.safetensors", "sentences.json"}
    decisions = {"thresholds.json", "paraphrase_ranking.json", "reports.json"}
    parser = {f"{part}.safetensors" for part in PARTS}
    assert set(sums) == parser | tables | tagger | encoder | decisions
    sizes = [(weights.FOLDER / name).stat().st_size for name in sums]
    assert max(sizes) < 24_000_000
    assert sum(sizes) < 75_000_000  # the wheel must stay under 80


def test_the_card_speaks_of_every_file_as_it_is() -> None:
    card = (weights.FOLDER / "README.md").read_text(encoding="utf-8")
    for name, sha256 in weights.manifest().items():
        assert name in card
        assert sha256[:16] in card


def _copy(folder: Path) -> Path:
    folder.mkdir()
    for name in ("manifest.json", "mwt.safetensors"):
        shutil.copy(weights.FOLDER / name, folder / name)
    listed = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed["files"] = {"mwt.safetensors": listed["files"]["mwt.safetensors"]}
    (folder / "manifest.json").write_text(json.dumps(listed), encoding="utf-8")
    return folder


def test_a_damaged_file_is_not_loaded(tmp_path: Path) -> None:
    folder = _copy(tmp_path / "en")
    assert set(weights.verified(folder)) == {"mwt.safetensors"}
    other = _copy(tmp_path / "other")
    content = bytearray((other / "mwt.safetensors").read_bytes())
    content[1000] ^= 1
    (other / "mwt.safetensors").write_bytes(content)
    with pytest.raises(WeightsError, match="not those that were shipped") as caught:
        weights.verified(other)
    assert "mwt.safetensors" in str(caught.value)
    assert caught.value.remedy


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot be read"):
        weights.verified(tmp_path / "nowhere")
    folder = _copy(tmp_path / "en")
    (folder / "mwt.safetensors").unlink()
    with pytest.raises(WeightsError, match="cannot be read"):
        weights.verified(folder)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"files": 3}', '{"files": {"a": {}}}'])
def test_a_manifest_of_another_form(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(WeightsError):
        weights.verified(tmp_path)
