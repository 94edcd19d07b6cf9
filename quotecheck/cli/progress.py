"""How far a command is, on standard error: a line that moves, and in a pipe one now and then."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import monotonic as _now
from typing import TYPE_CHECKING, Any, Final

from quotecheck.cli.console import SETTINGS

if TYPE_CHECKING:
    from rich.console import Console

__all__ = ["progress_bar", "stage_bars"]

Update = Callable[[str, int, int, str], None]

_BYTES: Final = frozenset({"building", "loading", "attributing files"})
"""Stages whose progress is shown in bytes."""
_SECONDS_BETWEEN_LINES: Final = 10.0
"""Of a pipe or a log; a command that takes less writes none."""
_SHARE_FOR_ESTIMATE: Final = 0.03
"""What must be done before the time left is shown: with the first document come the weights."""
_WIDE: Final = 90
"""Columns from which there is room for a bar and the time that has passed."""
_NAME_CHARS: Final = 40  # Columns of a file's name, its end. By eye: the bar needs the rest of 80.


@contextmanager
def progress_bar(label: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show how far one stage is; see `stage_bars`."""
    with stage_bars(label) as update:
        yield partial(update, label)


@contextmanager
def stage_bars(first: str) -> Iterator[Update]:
    """Show on standard error how far a command is, one stage after another.

    On a terminal: a line that moves, with the share done, how much of how much, the time left and
    the name of what is being done. In a pipe: such a line every ten seconds. With ``--quiet``:
    nothing.

    Args:
        first: the label of the first stage, shown before it has reported.

    Yields:
        A function of (label of the stage, how far, of how much, name of the file or document). A
        name may have a number ``documents``, which is shown as well.
    """
    from rich.console import Console

    err = Console(stderr=True, highlight=False)
    if SETTINGS.quiet:
        yield lambda *_: None
    elif err.is_terminal:
        with _moving(err, first) as update:
            yield update
    else:
        yield _Lines()


class _Lines:
    """A line every so often, for a pipe."""

    def __init__(self) -> None:
        self._began = self._printed_at = _now()
        self._label = ""

    def __call__(self, label: str, done: int, total: int, name: str) -> None:
        now = _now()
        if label != self._label:
            self._label, self._began = label, now
        if now - self._printed_at < _SECONDS_BETWEEN_LINES:
            return
        self._printed_at = now
        passed = now - self._began
        parts = [_amount(label, done, total, name)]
        if total:
            parts[0] += f" ({done / total:.0%})"
            if done >= _SHARE_FOR_ESTIMATE * total:
                parts.append(f"{_clock(passed * max(0, total - done) / done)} left")
        else:
            parts.append(f"{_clock(passed)} so far")
        if name:
            parts.append(_shown(name))
        sys.stderr.write(f"{label}: {', '.join(filter(None, parts))}\n")
        sys.stderr.flush()


@contextmanager
def _moving(err: Console, first: str) -> Iterator[Update]:
    from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task
    from rich.table import Column
    from rich.text import Text

    class Line(ProgressColumn):
        """All in one cell, which is cut at the end of the terminal's line."""

        max_refresh = 0.2

        def render(self, task: Task) -> Text:
            left = task.time_remaining if task.percentage >= 100 * _SHARE_FOR_ESTIMATE else None
            parts = [
                f"{task.percentage:.0f}%" if task.total else "",
                task.fields["amount"],
                f"{_clock(left)} left"
                if left is not None
                else f"{_clock(task.elapsed or 0)} so far",
                task.fields["name"],
            ]
            line = "  ".join(part for part in parts if part)
            return Text(line, no_wrap=True, overflow="ellipsis")

    label = Column(no_wrap=True)
    cell = Column(no_wrap=True, overflow="ellipsis", ratio=1)
    columns: list[Any] = [SpinnerColumn(), "{task.description}"]
    if err.width >= _WIDE:
        columns.append(BarColumn(bar_width=20, table_column=label))
    columns.append(Line(table_column=cell))
    with Progress(*columns, console=err, transient=True, expand=True) as progress:
        stage = first
        task = progress.add_task(stage, total=None, amount="", name="")

        def update(label: str, done: int, total: int, name: str) -> None:
            nonlocal stage, task
            if label != stage:
                progress.remove_task(task)
                stage, task = label, progress.add_task(label, total=None, amount="", name="")
            progress.update(
                task,
                completed=done,
                total=total or None,
                amount=_amount(label, done, total, name),
                name=_shown(name),
            )

        yield update


def _amount(label: str, done: int, total: int, name: str) -> str:
    """How much is done of how much: "3,214 documents, 12.3 of 45.6 MB"."""
    from quotecheck.output.plain_text import plural, size

    documents = getattr(name, "documents", None)
    counted = f"{documents:,} {plural(documents, 'document')}" if documents is not None else ""
    if label not in _BYTES:
        return counted or (f"{done:,} of {total:,}" if total else f"{done:,}" if done else "")
    of_all = size(total)
    so_far = size(min(done, total))
    if so_far.split()[-1] == of_all.split()[-1]:
        so_far = so_far.split()[0]
    return ", ".join(filter(None, (counted, f"{so_far} of {of_all}" if total else "")))


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in name)[-_NAME_CHARS:]


def _clock(seconds: float) -> str:
    """Seconds as "0:41" or "1:02:03"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
