"""A byte a number, and checkpoints without a pickle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from quotecheck import weights
from quotecheck.errors import InputError
from quotecheck.training.installation import install, main
from quotecheck.weights.packed import (
    load_checkpoint,
    load_parameters,
    packed,
    save_checkpoint,
    unpacked,
)


def drawn(*shape: int) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)))


@pytest.mark.parametrize("shape", [(200, 300), (81, 81, 60), (201, 201, 1), (70, 70, 3)])
def test_no_number_moves_by_more_than_half_a_step_of_its_row(shape: tuple[int, ...]) -> None:
    value = drawn(*shape)
    held = packed({"m": value})
    assert held["m"].dtype == torch.int8
    found = unpacked(held)["m"]
    assert found.shape == value.shape
    assert found.dtype == torch.float32
    rows = value.reshape(len(held["m.scale"]), -1)
    steps = rows.abs().amax(1, keepdim=True) / 127
    assert ((found.reshape(rows.shape) - rows).abs() <= 0.53 * steps).all()


def test_a_row_of_zeros_and_rows_of_great_and_small_numbers() -> None:
    value = drawn(64, 128)
    value[0] = 0
    value[1] *= 1000
    value[2] /= 1000
    found = unpacked(packed({"m": value}))["m"]
    assert (found[0] == 0).all()
    apart, most = (found[1:3] - value[1:3]).abs().amax(1), value[1:3].abs().amax(1)
    assert (apart <= most * 0.005).all()


def test_what_is_small_or_whole_stays_as_it_is() -> None:
    given = {"bias": drawn(5000), "small": drawn(8, 8), "whole": torch.arange(6000).view(60, 100)}
    held = packed(given)
    assert set(held) == set(given)
    assert all(torch.equal(held[name], given[name]) for name in given)


def test_packing_what_is_packed_changes_nothing() -> None:
    once = packed({"m": drawn(100, 100), "b": drawn(10)})
    twice = packed(once)
    assert set(once) == set(twice)
    assert all(torch.equal(once[name], twice[name]) for name in once)


CHECKPOINT: dict[str, Any] = {
    "model": {"a.weight": drawn(3, 4), "empty": torch.zeros(0)},
    "vocab": {
        "char": {"_id2unit": ["<PAD>", "a", "“"], "_unit2id": {"<PAD>": 0, "a": 1, "“": 2}},
        "other": {"_id2unit": ["x", "y"], "_unit2id": {"x": 5, "y": 0}},
        "tag": {"_id2unit": {0: ["O"]}, "_unit2id": {0: {"O": 0}}},
    },
    "config": {"lr": 0.5, "names": (1, "two", None), "on": True, "$": "a key like the mark"},
    "dicts": b"\x1f\x8b\x00",
    "none": None,
    "list": [[1, 2], {"a": [3]}],
}


def test_a_checkpoint_comes_back_whole(tmp_path: Path) -> None:
    path = tmp_path / "c.safetensors"
    assert save_checkpoint(CHECKPOINT, path) == path.stat().st_size
    found = load_checkpoint(path)
    for name, value in CHECKPOINT["model"].items():
        assert torch.equal(found["model"][name], value)
    assert {k: v for k, v in found.items() if k != "model"} == {
        k: v for k, v in CHECKPOINT.items() if k != "model"
    }
    assert isinstance(found["config"]["names"], tuple)


def test_what_json_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="/a: a set"):
        save_checkpoint({"a": {1}}, tmp_path / "c.safetensors")


def test_new_weights_are_packed_listed_and_told(tmp_path: Path) -> None:
    new, into = tmp_path / "new", tmp_path / "en"
    new.mkdir()
    into.mkdir()
    save_file({"m": drawn(100, 100).bfloat16()}, new / "spans.safetensors")
    torch.save({"model": {"m": drawn(90, 90)}, "vocab": {}, "config": {}}, new / "pos.pt")
    (new / "frames.json").write_text("[2]")
    (new / "notes.txt").write_text("not a part of it")
    for name in ("spans.safetensors", "pos.safetensors", "frames.json", "kept.json"):
        (into / name).write_text("[1]")
    listed = {
        name: {"sha256": "0", "bytes": 3}
        for name in ("spans.safetensors", "pos.safetensors", "frames.json", "kept.json")
    }
    (into / "manifest.json").write_text(json.dumps({"files": listed}))
    (into / "README.md").write_text("| frames.json | 3 | `0` |\n| kept.json | 3 | `0` |\n")
    assert install(new, into) == ["spans.safetensors", "pos.safetensors", "frames.json"]
    assert set(weights.verified.__wrapped__(into)) == set(listed)
    assert load_file(into / "spans.safetensors")["m"].dtype == torch.int8
    assert load_parameters(into / "spans.safetensors")["m"].shape == (100, 100)
    assert load_checkpoint(into / "pos.safetensors")["model"]["m"].shape == (90, 90)
    card = (into / "README.md").read_text()
    assert f"| frames.json | 3 | `{weights.manifest(into)['frames.json'][:16]}…` |" in card
    assert (into / "kept.json").read_text() == "[1]"
    assert not (into / "notes.txt").exists()
    (into / "kept.json").write_text("[1, 2]")
    assert main(["--into", str(into)]) == 0
    assert weights.manifest(into)["kept.json"] == weights.sha256_of(into / "kept.json")
    assert "| kept.json | 6 |" in (into / "README.md").read_text()


def test_a_folder_without_weights_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(InputError, match="none of the files"):
        install(tmp_path)
    assert main([str(tmp_path)]) == 2
    assert "manifest" in capsys.readouterr().err
