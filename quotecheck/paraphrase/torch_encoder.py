"""The same encoder with torch in bfloat16, for building, on processors that multiply it.

A check must not load torch; a build has the time, and with these instructions needs less than half
of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from quotecheck.paraphrase.encoder import SIZE, SentenceEncoder

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["TorchEncoder", "is_torch_faster"]

_TOGETHER: Final = 2048
"""Word pieces encoded at once. By eye: bounds the memory."""


def is_torch_faster() -> bool:
    """Whether this processor multiplies bfloat16 by itself."""
    import torch

    return bool(torch.backends.cpu.get_cpu_capability() in ("AVX512", "SVE256")) and bool(
        torch.ops.mkldnn._is_mkldnn_bf16_supported()
    )


class TorchEncoder(SentenceEncoder):
    """`SentenceEncoder` with torch's matrices; the vectors are the same except for rounding."""

    together = _TOGETHER

    def _forward(self, ids: Sequence[Sequence[int]], middle: list[Any] | None = None) -> Any:
        import torch
        from torch.nn import functional

        w = self._torch()
        longest = max(len(row) for row in ids)
        table = torch.zeros(len(ids), longest, dtype=torch.long)
        mask = torch.zeros(len(ids), 1, 1, longest, dtype=torch.bool)
        for n, row in enumerate(ids):
            table[n, : len(row)] = torch.tensor(row)
            mask[n, :, :, : len(row)] = True
        attention_mask = None if bool(mask.all()) else mask
        half = torch.bfloat16

        def norm(x: Any, name: str) -> Any:
            scale, shift = w[f"{name}.norm"], w[f"{name}.norm.bias"]
            return functional.layer_norm(x.float(), (SIZE,), scale, shift, self._epsilon)

        with torch.inference_mode():
            states = norm(w["words"][table] + w["positions"][:longest], "start")
            for layer in range(self._layers):
                if middle is not None and layer == self._layers * 2 // 3:
                    middle.append(np.asarray(states.numpy()))
                mixed = functional.linear(
                    states.to(half), w[f"{layer}.mix"], w[f"{layer}.mix.bias"]
                )
                mixed = mixed.view(len(ids), longest, 3, self._heads, SIZE // self._heads)
                query, key, value = mixed.permute(2, 0, 3, 1, 4)
                got = functional.scaled_dot_product_attention(
                    query, key, value, attn_mask=attention_mask, scale=1.0
                )
                got = got.transpose(1, 2).reshape(len(ids), longest, SIZE)
                got = functional.linear(got, w[f"{layer}.out"], w[f"{layer}.out.bias"])
                states = norm(got + states, f"{layer}.out")
                inner = functional.linear(states.to(half), w[f"{layer}.up"], w[f"{layer}.up.bias"])
                inner = functional.gelu(inner)
                got = functional.linear(inner, w[f"{layer}.down"], w[f"{layer}.down.bias"])
                states = norm(got + states, f"{layer}.down")
        return np.asarray(states.numpy())

    def _torch(self) -> dict[str, Any]:
        import torch

        tensors: dict[str, Any] | None = getattr(self, "_held", None)
        if tensors is None:
            tensors = {}
            for name, value in self._weights.items():
                tensor = torch.from_numpy(value)
                single = "norm" in name or name in ("words", "positions")
                if not single:
                    tensor = tensor.T.contiguous() if tensor.dim() == 2 else tensor
                    tensor = tensor.to(torch.bfloat16)
                tensors[name] = tensor
            self._held = tensors
        return tensors
