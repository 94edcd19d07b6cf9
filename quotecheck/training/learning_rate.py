"""A learning rate that falls in a straight line to nothing, so that noise goes out of the weights.

Stanza keeps one rate until the score stands still, and the noise of a high rate is still in
the weights that are saved. Under a rate that falls over the last steps both the tagger and the
parser went on rising on the development data.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["falling", "rate_at", "start_from"]


def rate_at(step: int, *, rate: float, start: int, end: int, warmup: int = 0) -> float:
    """The rate for a step: ``rate`` up to ``start``, then a line to 0 at ``end``.

    ``warmup`` steps at the very beginning climb to it.

    >>> [rate_at(step, rate=1.0, start=10, end=20) for step in (1, 10, 15, 20)]
    [1.0, 1.0, 0.5, 0.0]
    """
    falling_part = max(0.0, min(1.0, (end - step) / (end - start)))
    climbing_part = min(1.0, step / warmup) if warmup else 1.0
    return rate * falling_part * climbing_part


def falling(trainer_class: Any, *, rate: float, start: int, end: int, warmup: int = 0) -> None:
    """Makes every optimiser of a Stanza trainer follow `rate_at`, for this process.

    Steps are counted from the trainer's ``global_step`` where it has one, else from 0.
    """
    update = trainer_class.update
    steps_taken = 0

    def scheduled(self: Any, batch: Any, eval: bool = False) -> Any:  # noqa: A002 (Stanza's name)
        nonlocal steps_taken
        if not eval:
            steps_taken += 1
            step = max(steps_taken, getattr(self, "global_step", 0))
            now = rate_at(step, rate=rate, start=start, end=end, warmup=warmup)
            optimizers = getattr(self, "optimizers", None) or self.optimizer
            for optimizer in optimizers.values() if isinstance(optimizers, dict) else [optimizers]:
                for group in optimizer.param_groups:
                    group["lr"] = now
        return update(self, batch, eval=eval)

    trainer_class.update = scheduled


def start_from(trainer_class: Any, checkpoint: Path) -> None:
    """Makes new networks of a Stanza trainer begin with the weights in ``checkpoint``.

    For the taggers, which know no such option; their vocabularies come out the same for the same
    training data. The optimiser begins again, so give `falling` a warm-up.
    """
    import torch

    build = trainer_class.__init__

    def built(self: Any, *args: Any, **options: Any) -> None:
        build(self, *args, **options)
        weights = torch.load(checkpoint, map_location="cpu", weights_only=True)["model"]
        self.model.load_state_dict(weights, strict=False)  # the shared word vectors are not in it

    trainer_class.__init__ = built
