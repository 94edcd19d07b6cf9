"""Trains the span tagger: an encoder fine-tuned on news with gold attributions.

    python -m quotecheck.training.span_tagger --data DATA --encoder FOLDER --out OUT

DATA has polnear/train with text/ and attributions/; FOLDER is an unpacked encoder of sentences with
config.json, tokenizer.json and model.safetensors (all-MiniLM-L6-v2 for what ships,
all-mpnet-base-v2 for the teacher). Every tenth document is held out: the later stages are fitted
and calibrated on it. With ``--taught-by FILE`` the net learns from a teacher's scores too
(`quotecheck.training.span_distillation`). Needs the ``train`` extra.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch.nn import functional

from quotecheck.evaluation.gold import read_gold
from quotecheck.tagging.network import ROLES, TAGS, Layout, SpanNetwork
from quotecheck.tagging.wordpieces import tokenizer_at
from quotecheck.training.span_distillation import taught
from quotecheck.training.span_examples import (
    UNKNOWN,
    Example,
    batches,
    examples_of,
    half_precision,
    held_out,
    masked,
    padded,
    windows_of,
)
from quotecheck.weights.packed import load_parameters

__all__ = ["fit", "pack_tokenizer"]

_KEPT = 0.996
"""How much of the running mean of the parameters, which is what is kept, a step leaves as it is."""
_TRUSTED = 0.5
"""The teacher's share in the loss of a piece that has a gold tag too."""
_SOFTENED = 2.0
"""The temperature at which scores are held against the teacher's."""
_CONFIGURATION = frozenset(
    "attention_probs_dropout_prob hidden_act hidden_dropout_prob hidden_size initializer_range "
    "intermediate_size layer_norm_eps max_position_embeddings model_type num_attention_heads "
    "num_hidden_layers pad_token_id position_embedding_type type_vocab_size use_cache "
    "vocab_size".split()
)
"""What is kept of an encoder's configuration."""


def link_loss(net: SpanNetwork, states: Any, example: Example) -> Any | None:
    """Cross-entropy of each span's cue, and of each cue's source, over one window."""
    cues = [s for s in example.spans if s[0] == 1]
    if not cues:
        return None
    places = [(a, b) for _, a, b, _ in cues]
    number = {event: row for row, (_, _, _, event) in enumerate(cues)}
    total, count = 0.0, 0
    for role, kind in ((0, 0), (1, 2)):
        spans_of_kind = [s for s in example.spans if s[0] == kind]
        if not spans_of_kind:
            continue
        spans = [(a, b) for _, a, b, _ in spans_of_kind]
        scores = _link_scores(net, states, example, role, spans, places)
        target = torch.tensor([number.get(event, len(cues)) for *_, event in spans_of_kind])
        none = net.no_cue[role].expand(len(spans_of_kind), 1)
        total = total + functional.cross_entropy(
            torch.cat([scores, none], 1), target, reduction="sum"
        )
        count += len(spans_of_kind)
        if role == 0:
            owner = {event: row for row, (*_, event) in enumerate(spans_of_kind)}
            target = torch.tensor([owner.get(event, len(spans_of_kind)) for *_, event in cues])
            none = net.no_source.expand(len(cues), 1)
            total = total + functional.cross_entropy(
                torch.cat([scores.T, none], 1), target, reduction="sum"
            )
            count += len(cues)
    return total / count if count else None


def _link_scores(
    net: SpanNetwork,
    states: Any,
    example: Example,
    role: int,
    spans: list[tuple[int, int]],
    cues: list[tuple[int, int]],
) -> Any:
    """Score, for the loss, all spans of one role against all cues of a window, (spans, cues).

    ``states`` has the encoder's own sign in front, so that piece n is row n + 1.
    """
    left = np.repeat(np.array(spans), len(cues), 0)
    right = np.tile(np.array(cues), (len(spans), 1))
    layout = Layout(example.aspects[1], example.aspects[3])
    firsts = np.sort([a for a, _ in spans]), np.sort([a for a, _ in cues])
    aspects = torch.from_numpy(layout.aspects(left, right, *firsts))
    ends = [torch.cat([states[side[:, 0] + 1], states[side[:, 1]]], -1) for side in (left, right)]
    return net.links(role, ends[0], ends[1], aspects).view(len(spans), len(cues))


def measure(net: SpanNetwork, examples: list[Example], signs: tuple[int, int]) -> dict[str, float]:
    """Exact F1 of the tags' spans by role, and the share of spans tied to the right cue."""
    net.eval()
    counts: Counter[Any] = Counter()
    with torch.no_grad():
        for batch in batches(examples, random.Random(0)):
            aspects, mask, *_ = padded(batch, *signs)
            with half_precision():
                states, scores = net(aspects, mask)
            for row, example in enumerate(batch):
                size = example.aspects.shape[1]
                best = scores[row, 1 : size + 1].float().argmax(-1).numpy()
                answers, gold = set(_spans(best)), {s[:3] for s in example.spans}
                for role, name in enumerate(ROLES):
                    for key, group in (
                        ("found", answers),
                        ("gold", gold),
                        ("both", answers & gold),
                    ):
                        counts[name, key] += sum(s[0] == role for s in group)
                _count_links(net, states[row].float(), example, counts)
    figures = {
        name: 2 * counts[name, "both"] / max(1, counts[name, "found"] + counts[name, "gold"])
        for name in ROLES
    }
    figures["links"] = counts["right"] / max(1, counts["links"])
    net.train()
    return {name: round(value, 4) for name, value in figures.items()}


def _count_links(net: SpanNetwork, states: Any, example: Example, counts: Counter[Any]) -> None:
    cues = [s for s in example.spans if s[0] == 1]
    if not cues:
        return
    places = [(a, b) for _, a, b, _ in cues]
    for role, kind in ((0, 0), (1, 2)):
        spans_of_kind = [s for s in example.spans if s[0] == kind]
        if not spans_of_kind:
            continue
        spans = [(a, b) for _, a, b, _ in spans_of_kind]
        best = _link_scores(net, states, example, role, spans, places).argmax(1).tolist()
        counts["right"] += sum(cues[b][3] == s[3] for b, s in zip(best, spans_of_kind, strict=True))
        counts["links"] += len(spans_of_kind)


def _spans(tags: np.ndarray) -> Iterator[tuple[int, int, int]]:
    begin, role = 0, -1
    for number, tag in enumerate([*tags.tolist(), 0]):
        if role >= 0 and tag != 2 + 2 * role:
            yield role, begin, number
            role = -1
        if tag and (tag % 2 or role < 0):
            begin, role = number, (tag - 1) // 2


def fit(
    data: Path,
    encoder: Path,
    out: Path,
    *,
    epochs: int = 7,
    rate: float = 1.5e-4,
    head_rate: float = 1e-3,
    seed: int = 0,
    start: Path | None = None,
    hiding: float = 0.0,
    taught_by: Path | None = None,
    short: bool = False,
) -> Path:
    """Train, and after each epoch write ``out/spans.safetensors`` and the figures held out.

    Args:
        data: has polnear/train.
        encoder: an unpacked encoder.
        out: the folder to write to.
        epochs: how often each document is seen.
        rate: the encoder's learning rate; it falls to 2 % in a line, after 100 steps of warm-up.
        head_rate: the rate of tags and links.
        seed: of the random choices.
        start: parameters of an earlier leg to go on from.
        hiding: the share of word pieces hidden from the net, so that it leans on their neighbours.
        taught_by: a teacher's scores; the texts that it tagged are then learned from as well.
        short: twenty documents and an epoch, to try the recipe.

    Returns:
        The file written.
    """
    from transformers import AutoModel

    torch.manual_seed(seed)
    chance = random.Random(seed)
    tokenizer = tokenizer_at(encoder / "tokenizer.json")
    training, waiting = held_out(read_gold(data / "polnear" / "train"))
    if short:
        training, waiting, epochs = training[:20], waiting[:4], 1
    first, last = tokenizer.encode("").ids
    signs = (first, last)
    net = SpanNetwork(AutoModel.from_pretrained(encoder, add_pooling_layer=False))
    if start is not None:
        net.load_state_dict(load_parameters(start))
    mean = torch.optim.swa_utils.AveragedModel(
        net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(_KEPT)
    )
    hidden = tokenizer.token_to_id("[MASK]") or tokenizer.token_to_id("<mask>") or 0
    known = {id(p) for p in net.encoder.parameters()}
    heads = [p for p in net.parameters() if id(p) not in known]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(net.encoder.parameters()), "lr": rate},
            {"params": heads, "lr": head_rate},
        ],
        weight_decay=0.01,
    )
    unseen = [e for document in waiting for e in examples_of(document, tokenizer)]
    start_seconds, step = time.monotonic(), 0
    out.mkdir(parents=True, exist_ok=True)
    lessons = list(taught(data, taught_by, tokenizer, short=short)) if taught_by is not None else []
    for epoch in range(epochs):
        if lessons:
            examples = [e for whole in lessons for e in windows_of(whole, chance)]
        else:
            examples = [e for text in training for e in examples_of(text, tokenizer, chance)]
        order = batches(examples, chance)
        losses: list[float] = []
        for number, batch in enumerate(order):
            done = (epoch + number / len(order)) / epochs
            factor = min(1, (step + 1) / 100) * max(0.02, 1 - done)
            for group, full in zip(optimizer.param_groups, (rate, head_rate), strict=True):
                group["lr"] = full * factor
            batch = [masked(example, hiding, hidden, chance) for example in batch]
            losses.append(_step(net, optimizer, batch, signs))
            mean.update_parameters(net)
            step += 1
            if step % 25 == 0:
                seconds = time.monotonic() - start_seconds
                print(
                    f"{epoch} {number}/{len(order)} {np.mean(losses[-25:]):.4f} {seconds:.0f} s",
                    flush=True,
                )
            if not math.isfinite(losses[-1]):
                raise RuntimeError("the loss is not a number")
        for name, network in (("spans", mean.module), ("last", net)):
            weights = {
                key: value.bfloat16().contiguous() for key, value in network.state_dict().items()
            }
            save_file(weights, out / f"{name}.safetensors")
            print(epoch, name, measure(network, unseen, signs), flush=True)
    return out / "spans.safetensors"


def pack_tokenizer(encoder: Path, target: Path) -> None:
    """Write ``spans.json`` and ``spans_tokenizer.json``, which the tagger reads beside its weights.

    Args:
        encoder: the unpacked encoder that the tagger was trained from.
        target: the folder to write to.
    """
    config = json.loads((encoder / "config.json").read_text("utf-8"))
    settings = {name: config[name] for name in sorted(_CONFIGURATION & config.keys())}
    (target / "spans.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    shutil.copyfile(encoder / "tokenizer.json", target / "spans_tokenizer.json")


def tag_loss(scores: Any, tags: Any, soft: Any) -> Any:
    """The mean over pieces of the cross-entropy with gold, with the teacher, or with both.

    Args:
        scores: (pieces, tags).
        tags: (pieces,), `UNKNOWN` where there is no gold.
        soft: the teacher's scores, (pieces, tags), not a number where there are none.
    """
    known = tags != UNKNOWN
    is_scored = ~soft[:, 0].isnan()
    hard = functional.cross_entropy(scores, tags, ignore_index=UNKNOWN, reduction="none")
    weight = torch.where(is_scored, 1 - _TRUSTED, 1.0) * known
    total = (weight * hard).sum()
    if bool(is_scored.any()):
        net_scores = (scores[is_scored] / _SOFTENED).log_softmax(-1)
        teacher_shares = (soft[is_scored] / _SOFTENED).softmax(-1)
        apart = functional.kl_div(net_scores, teacher_shares, reduction="none").sum(-1)
        share = torch.where(known[is_scored], _TRUSTED, 1.0)
        total = total + _SOFTENED**2 * (share * apart).sum()
    return total / (known | is_scored).sum()


def _step(net: SpanNetwork, optimizer: Any, batch: list[Example], signs: Any) -> float:
    aspects, mask, tags, soft = padded(batch, *signs)
    with half_precision():
        states, scores = net(aspects, mask)
    loss = tag_loss(scores.float().view(-1, len(TAGS)), tags.view(-1), soft.view(-1, len(TAGS)))
    linked = [link_loss(net, states[row].float(), example) for row, example in enumerate(batch)]
    parts = [part for part in linked if part is not None]
    if parts:
        loss = loss + 0.3 * sum(parts) / len(parts)
    optimizer.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return float(loss.detach())


def main() -> None:
    """The command line; see the module's first lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "encoder", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=7)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--hiding", type=float, default=0.0)
    parser.add_argument("--taught-by", type=Path)
    parser.add_argument("--short", action="store_true")
    options = vars(parser.parse_args())
    fit(options.pop("data"), options.pop("encoder"), options.pop("out"), **options)


if __name__ == "__main__":
    main()
