"""Teaches the span tagger other kinds of text without unlearning news.

    python -m quotecheck.training.span_finetuning --data DATA --student FOLDER --out OUT

DATA is described in `quotecheck.training.span_mixture`; FOLDER has spans.safetensors, spans.json
and spans_tokenizer.json of the tagger that is to learn on. Its lower layers stay as they are, so
that what they make of a text is worked out once; the upper ones learn from the annotators and from
the tagger's own scores (Li and Hoiem 2016, "Learning without forgetting"). What is kept at the end
may lie between the old parameters and the new (Wortsman and others 2022, "Robust fine-tuning of
zero-shot models"): ``--share``. Needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from safetensors.torch import save_file

from quotecheck.tagging.network import SpanNetwork
from quotecheck.tagging.wordpieces import tokenizer_at
from quotecheck.training.span_examples import Example, batches, padded
from quotecheck.training.span_mixture import followed, mixed_examples, mixed_texts
from quotecheck.training.span_tagger import link_loss, measure, tag_loss
from quotecheck.weights.packed import load_parameters

__all__ = ["blended", "finetune"]

_FROZEN: Final = 4
"""Layers of the encoder that stay as they are."""
_PIECES: Final = 1300
"""Word pieces a step, padding included."""
_KEPT: Final = 0.98
"""Share of the running mean of the weights that a step keeps: about fifty steps are averaged."""
_WARM: Final = 30
"""Steps of warm-up."""
_KINDS: Final = ("news", "novel", "genres")


def loaded(student: Path) -> SpanNetwork:
    """The tagger's network in single precision, with the parameters of a folder of weights."""
    from transformers import BertConfig, BertModel

    config = BertConfig(**json.loads((student / "spans.json").read_text("utf-8")))
    config.attention_probs_dropout_prob = 0.0
    net = SpanNetwork(BertModel(config, add_pooling_layer=False))
    net.load_state_dict(load_parameters(student / "spans.safetensors"))
    net.encoder.set_attn_implementation("eager")
    return net


def lower(net: SpanNetwork, aspects: Any, mask: Any) -> Any:
    """What the embeddings and the frozen layers make of windows, (windows, pieces, width)."""
    words = net.encoder.embeddings.word_embeddings(aspects[:, 0])
    inputs = words + net.space(aspects[:, 1]) + net.case(aspects[:, 2]) + net.mark(aspects[:, 3])
    states = net.encoder.embeddings(inputs_embeds=inputs)
    for layer in net.encoder.encoder.layer[:_FROZEN]:
        states = layer(states, _hiding(mask))
    return states


def upper(net: SpanNetwork, states: Any, mask: Any) -> tuple[Any, Any]:
    """The last states and the scores of the tags, from what `lower` gives."""
    for layer in net.encoder.encoder.layer[_FROZEN:]:
        states = layer(states, _hiding(mask))
    states = net.drop(states)
    return states, net.tags(states)


def _hiding(mask: Any) -> Any:
    return (1.0 - mask.float())[:, None, None, :] * torch.finfo(torch.float32).min


class _Cache:
    """Each example as it is learned from, and its lower states, worked out when first asked for."""

    def __init__(self, net: SpanNetwork, signs: tuple[int, int]) -> None:
        self._net = copy.deepcopy(net).eval().requires_grad_(False)
        self._signs = signs
        self._features: dict[int, tuple[Example, np.ndarray]] = {}

    def of(self, kinds: Sequence[str], batch: Sequence[Example]) -> tuple[list[Example], Any, Any]:
        """The examples with tags and scores, their lower states, and the mask."""
        aspects, mask, *_ = padded(batch, *self._signs)
        sizes = [e.aspects.shape[1] + 2 for e in batch]
        if id(batch[0]) not in self._features:
            with torch.no_grad():
                states = lower(self._net, aspects, mask)
                scores = upper(self._net, states, mask)[1]
            for row, (kind, example, size) in enumerate(zip(kinds, batch, sizes, strict=True)):
                soft = scores[row, 1 : size - 1].numpy()
                packed = states[row, :size].numpy().astype(np.float16)
                self._features[id(example)] = followed(kind, example, soft), packed
        vectors = [self._features[id(example)] for example in batch]
        full = torch.zeros(*mask.shape, vectors[0][1].shape[-1])
        for row, (_, packed) in enumerate(vectors):
            full[row, : len(packed)] = torch.from_numpy(packed.astype(np.float32))
        return [example for example, _ in vectors], full, mask


def _step(net: SpanNetwork, optimizer: Any, batch: Any, signs: tuple[int, int]) -> float:
    examples, lowers, mask = batch
    _, _, tags, soft = padded(examples, *signs)
    states, scores = upper(net, lowers, mask)
    width = scores.shape[-1]
    loss = tag_loss(scores.view(-1, width), tags.view(-1), soft.view(-1, width))
    linked = [link_loss(net, states[row], example) for row, example in enumerate(examples)]
    parts = [part for part in linked if part is not None]
    if parts:
        loss = loss + 0.3 * sum(parts) / len(parts)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_([p for p in net.parameters() if p.requires_grad], 1.0)
    optimizer.step()
    return float(loss.detach())


def finetune(
    data: Path,
    student: Path,
    out: Path,
    *,
    epochs: int = 2,
    rate: float = 8e-5,
    head_rate: float = 2e-4,
    seed: int = 0,
    minutes: float = math.inf,
    short: bool = False,
) -> Path:
    """Train, and write ``out/spans.safetensors`` every hundred steps.

    Args:
        data: the data folder.
        student: the folder with the tagger that learns on.
        out: the folder to write to.
        epochs: how often each window is seen.
        rate: the rate of the upper layers; it falls to 2 % in a line.
        head_rate: the rate of tags and links.
        seed: of the random choices.
        minutes: after which training is over, its rates having fallen by then.
        short: a few texts of each kind and one epoch, to try the recipe.

    Returns:
        The file written.
    """
    torch.manual_seed(seed)
    chance = random.Random(seed)
    tokenizer = tokenizer_at(student / "spans_tokenizer.json")
    first, last = tokenizer.encode("").ids
    signs = (first, last)
    net = loaded(student)
    net.requires_grad_(False)
    top = [p for layer in net.encoder.encoder.layer[_FROZEN:] for p in layer.parameters()]
    heads = [
        *net.tags.parameters(), *net.source.parameters(), *net.content.parameters(),
        *net.cue.parameters(), *net.pair.parameters(), *net.score.parameters(),
        net.no_cue, net.no_source,
    ]  # fmt: skip
    for parameter in (*top, *heads):
        parameter.requires_grad_(True)
    optimizer = torch.optim.AdamW(
        [{"params": top, "lr": rate}, {"params": heads, "lr": head_rate}], weight_decay=0.01
    )
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(_KEPT)
    )
    training, _ = mixed_texts(data, short=short)
    examples = mixed_examples(training, tokenizer, chance)
    kinds = {id(example): kind for kind, example in examples}
    sizes: Counter[str] = Counter()
    for kind, example in examples:
        sizes[kind] += example.aspects.shape[1]
    print("pieces", dict(sizes), flush=True)
    order = batches([example for _, example in examples], chance, _PIECES)
    cache = _Cache(net, signs)
    out.mkdir(parents=True, exist_ok=True)
    epochs = 1 if short else epochs
    start, losses = time.monotonic(), []
    net.train()
    total = epochs * len(order)
    for epoch in range(epochs):
        chance.shuffle(order)
        for number, batch in enumerate(order):
            step = epoch * len(order) + number
            done = max(step / total, (time.monotonic() - start) / (60 * minutes))
            if done >= 1:
                break
            factor = min(1, (step + 1) / _WARM) * max(0.02, 1 - done)
            for group, full in zip(optimizer.param_groups, (rate, head_rate), strict=True):
                group["lr"] = full * factor
            vectors = cache.of([kinds[id(example)] for example in batch], batch)
            losses.append(_step(net, optimizer, vectors, signs))
            mean.update_parameters(net)
            if not math.isfinite(losses[-1]):
                raise RuntimeError("the loss is not a number")
            if step % 25 == 24:
                seconds = time.monotonic() - start
                print(f"{step}/{total} {np.mean(losses[-25:]):.4f} {seconds:.0f} s", flush=True)
            if step % 50 == 49:
                _save(mean.module, out / "spans.safetensors")
    _save(mean.module, out / "spans.safetensors")
    return out / "spans.safetensors"


def _save(net: SpanNetwork, path: Path) -> None:
    save_file({k: v.bfloat16().contiguous() for k, v in net.state_dict().items()}, path)


def blended(student: Path, trained: Path, share: float, out: Path) -> None:
    """Write the parameters that lie ``share`` of the way from the old ones to the trained ones."""
    old, new = load_parameters(student / "spans.safetensors"), load_parameters(trained)
    mixed = {name: torch.lerp(value, new[name], share).bfloat16() for name, value in old.items()}
    save_file({k: v.contiguous() for k, v in mixed.items()}, out)


def measured(net: SpanNetwork, data: Path, student: Path, *, short: bool = False) -> Any:
    """Figures of the texts held out, by kind: exact F1 of spans by role, and right links."""
    tokenizer = tokenizer_at(student / "spans_tokenizer.json")
    first, last = tokenizer.encode("").ids
    waiting = mixed_texts(data, short=short)[1]
    return {
        kind: measure(
            net,
            [e for k, e in mixed_examples(waiting, tokenizer) if k == kind],
            (first, last),
        )
        for kind in _KINDS
    }


def main() -> None:
    """The command line; see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "student", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--head-rate", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float, default=math.inf)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--share", type=float, default=1.0, help="how far from the old parameters")
    options = vars(parser.parse_args())
    data, student, out = (options.pop(name) for name in ("data", "student", "out"))
    share = options.pop("share")
    trained = finetune(data, student, out, **options)
    if share < 1:
        blended(student, trained, share, trained)
    net = loaded(student)
    print("before", measured(net, data, student, short=options["short"]), flush=True)
    net.load_state_dict(load_parameters(trained))
    print("after", measured(net, data, student, short=options["short"]), flush=True)


if __name__ == "__main__":
    main()
