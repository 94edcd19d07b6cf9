"""The learned model of dialogue: who speaks the lines that no name goes with.

Boosted trees weigh everybody who may speak a line; the scores become probabilities, with one for
"somebody else". As whose turn it is depends on whose the turns around it are, the probabilities of
a first pass are features of a second (stacked sequential learning, Cohen and Carvalho, IJCAI 2005),
whose answers are put in once more. `quotecheck.training.dialogue_model` fits it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from quotecheck.coreference.conversation import Conversation
from quotecheck.coreference.dialogue_features import FEATURES, NOBODY, TURN_FEATURES, Sheet, sheets
from quotecheck.errors import WeightsError
from quotecheck.weights import FOLDER, verified_table
from quotecheck.weights.boosted_trees import BoostedTrees

__all__ = [
    "DialogueModel",
    "Pass",
    "Shares",
    "known_shares",
    "lifted",
    "load_dialogue_model",
    "lowered",
    "turn_numbers",
]

Shares = dict[int, float]
"""By id of a person (or `NOBODY`) how likely they speak a line."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Trees with the factor that makes their scores log odds."""

    trees: BoostedTrees
    sharpness: float

    def shares(self, sheet: Sheet, scores: Sequence[float]) -> Shares:
        """Probabilities of a line's candidates."""
        sharp = [score * self.sharpness for score in scores]
        top = max(sharp)
        powers = [math.exp(score - top) for score in sharp]
        whole = sum(powers)
        return {k: p / whole for k, p in zip(sheet.candidates, powers, strict=True)}


@dataclass(frozen=True, slots=True)
class DialogueModel:
    """Both passes; the second is made ``rounds`` times."""

    first: Pass
    later: Pass
    rounds: int = 3

    def speakers(self, conversation: Conversation) -> dict[int, Shares]:
        """How likely each candidate speaks, by the attribution's number, for each open line."""
        open_sheets = sheets(conversation)
        shares = known_shares(conversation)
        for number in range(1 + self.rounds if open_sheets else 0):
            made = self.later if number else self.first
            shares = shares | _applied(made, conversation, open_sheets, shares)
        return {sheet.line.number: shares[sheet.line.number] for sheet in open_sheets}


def _applied(
    made: Pass, conversation: Conversation, sheets: Sequence[Sheet], shares: Mapping[int, Shares]
) -> dict[int, Shares]:
    rows = [row for sheet in sheets for row in turn_numbers(conversation, sheet, shares)]
    scores = made.trees.log_odds(rows)
    shares_of, place = {}, 0
    for sheet in sheets:
        size = len(sheet.candidates)
        shares_of[sheet.line.number] = made.shares(sheet, scores[place : place + size])
        place += size
    return shares_of


def known_shares(conversation: Conversation) -> dict[int, Shares]:
    """What the sources alone say about the speaker of each line."""
    shares_of: dict[int, Shares] = {}
    for line in conversation.lines:
        if line.known is not None:
            shares_of[line.number] = {id(line.known): 1.0}
        elif line.form == "pronoun":
            rest = max(0.0, 1.0 - sum(line.shares.values()))
            shares_of[line.number] = {**line.shares, NOBODY: rest}
        else:
            shares_of[line.number] = {}
    return shares_of


def lifted(shares: Shares, person: int, least: float) -> Shares:
    """The probabilities with that of one person raised to ``least``, and the others' lowered."""
    if shares.get(person, 0.0) >= least:
        return shares
    rest = sum(share for key, share in shares.items() if key != person) or 1.0
    lower = {key: share * (1.0 - least) / rest for key, share in shares.items() if key != person}
    return {**lower, person: least}


def lowered(shares: Shares, persons: Set[int], factor: float) -> Shares:
    """The probabilities with those of some persons lowered; what they lose is somebody else's."""
    less = {key: share * (factor if key in persons else 1.0) for key, share in shares.items()}
    return {**less, NOBODY: less.get(NOBODY, 0.0) + sum(shares.values()) - sum(less.values())}


def turn_numbers(
    conversation: Conversation, sheet: Sheet, shares: Mapping[int, Shares]
) -> list[list[float]]:
    """The rows of a sheet with the numbers of the turns around, in order of `FEATURES`."""
    line = sheet.line
    same = [o for o in conversation.of_turn(line.turn) if o is not line]
    same_turn = _joined([shares.get(o.number, {}) for o in same])
    around = {}
    for turns in (-3, -2, -1, 1, 2):
        turn = conversation.beside(line, turns=turns)
        lines = conversation.of_turn(turn) if turn is not None else ()
        around[turns] = _joined([shares.get(o.number, {}) for o in lines])
    known = {turns: max(turn_shares.values(), default=0.0) for turns, turn_shares in around.items()}
    rows = []
    for key, row in zip(sheet.candidates, sheet.rows, strict=True):
        before, second = around[-1].get(key, 0.0), around[-2].get(key, 0.0)
        numbers = {
            "same_turn": same_turn.get(key, 0.0),
            "turn_before": before,
            "second_before": second,
            "third_before": around[-3].get(key, 0.0),
            "turn_behind": around[1].get(key, 0.0),
            "second_behind": around[2].get(key, 0.0),
            "before_known": known[-1],
            "second_known": known[-2],
            "behind_known": known[1],
            "before_other": sum(around[-1].values()) - before,
            "rival_second": max((v for k, v in around[-2].items() if k != key), default=0.0),
        }
        rows.append([*row, *(numbers[name] for name in TURN_FEATURES)])
    return rows


def _joined(passes: Sequence[Shares]) -> Shares:
    """The probabilities of a turn: those of its surest line."""
    return max(passes, key=lambda shares: max(shares.values(), default=0.0), default={})


@cache
def load_dialogue_model(folder: Path = FOLDER) -> DialogueModel:
    """The model that is shipped, or another of the same form.

    Raises:
        WeightsError: the file is missing, cannot be read, or is shipped and not the one that was.
    """
    path = folder / "dialogue.json"
    try:
        if folder == FOLDER:
            table = verified_table(path.name)
        else:
            table = json.loads(path.read_text(encoding="utf-8"))
        return DialogueModel(_pass(table["first"]), _pass(table["later"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(
            f"the model of dialogue cannot be read ({error})",
            where=str(path),
            remedy="Install quotecheck again (pip install --force-reinstall quotecheck-toolkit; "
            "in a checkout: git checkout -- quotecheck/weights).",
        ) from error


def _pass(record: dict[str, Any]) -> Pass:
    trees = BoostedTrees(record)
    if trees.features != FEATURES:
        raise ValueError("its features are not those of this version")
    return Pass(trees, float(record["sharpness"]))
