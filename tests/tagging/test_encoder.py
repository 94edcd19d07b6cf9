"""The tagger's own encoder against the transformers library's, in both precisions."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from quotecheck.tagging import encoder as own
from quotecheck.tagging.encoder import Encoder

CONFIG = {
    "hidden_size": 64,
    "num_hidden_layers": 2,
    "num_attention_heads": 2,
    "intermediate_size": 256,
    "layer_norm_eps": 1e-12,
    "vocab_size": 50,
    "max_position_embeddings": 512,
}


@pytest.fixture(scope="module")
def model() -> Any:
    transformers = pytest.importorskip("transformers")
    torch.manual_seed(7)
    model = transformers.BertModel(transformers.BertConfig(**CONFIG), add_pooling_layer=False)
    for parameter in model.parameters():
        parameter.data.mul_(3).add_(0.01)
    return model.eval()


@pytest.fixture(scope="module")
def inputs() -> torch.Tensor:
    return torch.randn(131, 64, generator=torch.Generator().manual_seed(3))


def weights_of(model: Any) -> dict[str, torch.Tensor]:
    return {name: value.detach().clone() for name, value in model.state_dict().items()}


def states_of(encoder: Encoder, inputs: torch.Tensor) -> torch.Tensor:
    with torch.inference_mode():
        return encoder(inputs)


def test_states_are_those_of_transformers(model: Any, inputs: torch.Tensor) -> None:
    with torch.inference_mode():
        expected = model(inputs_embeds=inputs[None]).last_hidden_state[0]
    found = states_of(Encoder(weights_of(model), CONFIG), inputs)
    assert torch.allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize("packed", [True, False])
def test_half_precision_differs_by_rounding_alone(
    model: Any, inputs: torch.Tensor, packed: bool
) -> None:
    if packed and not own._can_pack():
        pytest.skip("this torch packs no weights")
    weights = weights_of(model)
    expected = states_of(Encoder(weights, CONFIG), inputs)
    half = Encoder(weights, CONFIG, torch.bfloat16, packed=packed)
    found = states_of(half, inputs)
    assert found.dtype == torch.float32
    assert (found - expected).abs().mean() < 0.02
    assert (found - expected).abs().max() < 0.3


def test_scores_beyond_the_exponents_are_read_again_with_a_softmax(
    model: Any, inputs: torch.Tensor
) -> None:
    weights = weights_of(model)
    for name in weights:
        if ".query." in name or ".key." in name:
            weights[name] *= 60
    half = Encoder(weights, CONFIG, torch.bfloat16, packed=False)
    with torch.inference_mode():
        first = half._norm(inputs + half._places[: len(inputs)])
        assert not half._layers[0](first, sure=False).isfinite().all()
    assert states_of(half, inputs).isfinite().all()


def test_without_torchs_private_operators_weights_stay_unpacked(
    model: Any, inputs: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> Any:
        raise AttributeError("no such operator")

    weights = weights_of(model)
    expected = states_of(Encoder(weights, CONFIG, torch.bfloat16, packed=False), inputs)
    monkeypatch.setattr(own, "_private", gone)
    found = states_of(Encoder(weights, CONFIG, torch.bfloat16), inputs)
    assert torch.equal(found, expected)


def test_one_piece_and_the_longest_window(model: Any) -> None:
    encoder = Encoder(weights_of(model), CONFIG)
    for count in (1, 2, 512):
        inputs = torch.zeros(count, 64)
        with torch.inference_mode():
            expected = model(inputs_embeds=inputs[None]).last_hidden_state[0]
        assert torch.allclose(states_of(encoder, inputs), expected, atol=1e-4)
