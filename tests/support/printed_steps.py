"""Commands that a page prints with their output, and whether an output is what is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A command as printed, the lines printed below it, and the exit code it must have."""

    line: int
    command: str
    output: tuple[str, ...]
    code: int


def steps(page: str) -> list[Step]:
    """The commands of every console block. ``$ echo $?`` tells the code of the one before."""
    found: list[Step] = []
    fenced = False
    for number, line in enumerate(page.splitlines(), 1):
        if line.startswith("```"):
            fenced = line == "```console"
        elif fenced and line.startswith("$ "):
            found.append(Step(number, line[2:], (), 0))
        elif fenced and line:
            last = found[-1]
            found[-1] = Step(last.line, last.command, (*last.output, line), last.code)
    held: list[Step] = []
    for step in found:
        if step.command == "echo $?":
            before = held.pop()
            held.append(Step(before.line, before.command, before.output, int(step.output[0])))
        else:
            held.append(step)
    return held


def pattern(line: str) -> re.Pattern[str]:
    """A printed line as what to look for: white space is any, ``…`` at an end or alone is all."""
    words = " ".join(line.split())
    return re.compile(
        r".*?".join(map(re.escape, re.split(r"(?<!\w) ?… ?(?![\w\]])|…(?=%)", words)))
    )


def assert_printed(step: Step, output: str, page: str = "tour.md") -> None:
    """Every printed line is in the output, in the order of the page."""
    lines = [" ".join(line.split()) for line in output.splitlines()]
    at = 0
    for wanted in step.output:
        if wanted.strip() == "…":
            continue
        looked = pattern(wanted)
        here = next((n for n in range(at, len(lines)) if looked.match(lines[n])), None)
        assert here is not None, f"{page}:{step.line}: no line {wanted!r} in\n{output}"
        at = here + 1
