"""Parameters at a byte a number, and whole checkpoints without a pickle.

A large matrix is kept as whole numbers of -127 to 127, each row with a scale of its own
(``NAME.scale``), and multiplied out when it is loaded: what computes with it sees single precision.
What else a checkpoint of Stanza's holds (configurations, vocabularies) is JSON in the file's
metadata. So nothing is unpickled: that takes seconds, and could run whatever the file says.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import torch

__all__ = [
    "SUFFIX",
    "load_checkpoint",
    "load_parameters",
    "packed",
    "save_checkpoint",
    "unpacked",
]

SUFFIX: Final = ".safetensors"
"""Of every file of parameters."""

_SCALE: Final = ".scale"
_LEAST: Final = 4096
"""Numbers that a tensor must have to be packed; smaller ones weigh nothing."""
_ROW: Final = 32
"""Numbers in a row at least; the scales of shorter rows would weigh too much."""
_STEPS: Final = 127  # Steps on either side of nought that eight bits with a sign hold.
_KIND: Final = "$"
"""The key that marks what JSON has no word for."""
_STRUCTURE: Final = "checkpoint"


def packed(parameters: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Parameters with the large matrices among them at a byte a number.

    Matrices that are packed already stay as they are.
    """
    import torch

    result: dict[str, torch.Tensor] = {}
    for name, value in parameters.items():
        if value.dim() < 2 or value.numel() < _LEAST or not value.is_floating_point():
            result[name] = value.contiguous()
            continue
        rows = _rows(value.float())
        scale = (rows.abs().amax(1) / _STEPS).half().float()
        scale[scale == 0] = 1.0
        whole = (rows / scale[:, None]).round().clamp(-_STEPS, _STEPS)
        result[name] = whole.to(torch.int8).view(value.shape)
        result[name + _SCALE] = scale.half()
    return result


def unpacked(parameters: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Parameters in single precision, whether they were packed or not."""
    import torch

    result: dict[str, torch.Tensor] = {}
    for name, value in parameters.items():
        if name.endswith(_SCALE):
            continue
        if value.dtype == torch.int8:
            scale = parameters[name + _SCALE].float()
            result[name] = _rows(value.float()).mul_(scale[:, None]).view(value.shape)
        else:
            result[name] = value.float() if value.is_floating_point() else value
    return result


def _rows(value: torch.Tensor) -> torch.Tensor:
    wide = value.shape[-1] >= _ROW
    return value.reshape(-1, value.shape[-1]) if wide else value.reshape(value.shape[0], -1)


def load_parameters(path: Path) -> dict[str, torch.Tensor]:
    """The parameters of a file of safetensors, in single precision."""
    from safetensors.torch import load_file

    return unpacked(load_file(path))


def save_checkpoint(checkpoint: Any, path: Path) -> int:
    """Write a checkpoint (dictionaries, lists, tensors, plain values), large matrices packed.

    Returns:
        The size of the file in bytes.
    """
    from safetensors.torch import save_file

    tensors: dict[str, torch.Tensor] = {}
    structure = json.dumps(_plain(checkpoint, "", tensors), ensure_ascii=False, allow_nan=False)
    save_file(packed(tensors), path, metadata={_STRUCTURE: structure})
    return path.stat().st_size


def load_checkpoint(path: Path) -> Any:
    """Load a shipped network that `save_checkpoint` packed, its tensors in single precision."""
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        structure = json.loads(file.metadata()[_STRUCTURE])
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    return _whole(structure, unpacked(tensors))


def _plain(value: Any, place: str, tensors: dict[str, torch.Tensor]) -> Any:
    import torch

    if isinstance(value, torch.Tensor):
        tensors[place] = value.detach().clone()
        return {_KIND: "tensor", "name": place}
    if isinstance(value, bytes):
        tensors[place] = torch.tensor(list(value), dtype=torch.uint8)
        return {_KIND: "bytes", "name": place}
    if isinstance(value, dict):
        table = {
            key: {_KIND: "inverse"}
            if key == "_unit2id" and _inverse(value.get("_id2unit")) == item
            else _plain(item, f"{place}/{key}", tensors)
            for key, item in value.items()
        }
        if all(isinstance(key, str) for key in table) and _KIND not in table:
            return table
        return {_KIND: "dict", "items": [[_plain(k, "", tensors), v] for k, v in table.items()]}
    if isinstance(value, (list, tuple)):
        items = [_plain(item, f"{place}/{n}", tensors) for n, item in enumerate(value)]
        return items if isinstance(value, list) else {_KIND: "tuple", "items": items}
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"{place}: a {type(value).__name__} cannot be kept in a checkpoint")


def _whole(value: Any, tensors: Mapping[str, torch.Tensor]) -> Any:
    if isinstance(value, list):
        # Vocabularies are long lists of plain words, with nothing in them to be made whole.
        if value and not isinstance(value[0], (dict, list)):
            return value
        return [_whole(item, tensors) for item in value]
    if not isinstance(value, dict):
        return value
    kind = value.get(_KIND)
    if kind == "tensor":
        return tensors[value["name"]]
    if kind == "bytes":
        return tensors[value["name"]].numpy().tobytes()
    if kind == "tuple":
        return tuple(_whole(item, tensors) for item in value["items"])
    if kind == "dict":
        return {_whole(k, tensors): _whole(item, tensors) for k, item in value["items"]}
    table = {key: _whole(item, tensors) for key, item in value.items() if key != "_unit2id"}
    if "_unit2id" in value:
        ids = value["_unit2id"]
        inverse = ids == {_KIND: "inverse"}
        table["_unit2id"] = _inverse(table["_id2unit"]) if inverse else _whole(ids, tensors)
    return table


def _inverse(units: Any) -> Any:
    """From a vocabulary's list of units to the number of each."""
    return {unit: n for n, unit in enumerate(units)} if isinstance(units, list) else None
