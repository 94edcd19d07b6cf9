"""How likely a frame is an attribution: a logistic model over what the parse shows of it.

The parameters are a JSON table of feature names and weights (``weights/en/frames.json``), fitted by
``python -m quotecheck.training frames`` on news with gold attributions; here they are only summed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from quotecheck.attribution.reporting_frames import Frame
from quotecheck.language.reporting_verbs import content_nouns, cue_class
from quotecheck.records.text import Mention
from quotecheck.syntax.tree import Tree
from quotecheck.weights import verified_table
from quotecheck.weights.logistic import logistic

__all__ = ["features", "frame_probability", "load_frame_weights"]

_FIRST_SECOND = frozenset({"i", "we", "you", "me", "us"})
_THIRD = frozenset({"he", "she", "they", "him", "her", "them"})
_RELATIVE = frozenset({"who", "which", "that"})
_PEOPLE = frozenset(
    "official spokesman spokeswoman spokesperson aide adviser advisor analyst critic expert voter "
    "supporter opponent source president minister senator governor mayor lawmaker leader candidate "
    "campaign administration government department agency company group party committee union "
    "report study poll survey letter statement article book newspaper judge court lawyer attorney "
    "doctor professor researcher scientist author teacher student resident police officer soldier "
    "man woman people person democrat republican conservative liberal ally rival".split()
)


@cache
def load_frame_weights() -> dict[str, float]:
    """Load the weight of each feature of a frame."""
    table: dict[str, float] = verified_table("frames.json")["weights"]
    return table


def features(tree: Tree, frame: Frame, quoted: Callable[[int], bool]) -> list[str]:
    """The names of the features that hold of a frame.

    Args:
        tree: its sentence.
        frame: one reading of one cue.
        quoted: says of a token whether it stands in quotation marks.
    """
    cue = tree.tokens[frame.cue[0]]
    kind = cue_class(frame.key) or "none"
    below = tree.children[frame.cue[0]]
    names = [
        "bias",
        f"frame={frame.name}",
        f"key={frame.name}|{frame.key}",
        f"lemma={frame.key.split(' ')[0]}",
        f"class={frame.name}|{kind}",
        f"class={kind}",
        f"form={cue.xpos}",
        f"place={frame.name}|{cue.deprel.split(':')[0]}",
    ]
    if frame.name == "noun":
        known = "known" if frame.key in content_nouns() else "other"
        names.append(f"noun={known}|{'sourced' if frame.source else 'bare'}")
    names += _of_source(tree, frame)
    inside = [i for i in frame.content if tree.tokens[i].upos != "PUNCT"]
    share = sum(quoted(i) for i in inside) / len(inside) if inside else 0.0
    names.append(f"quoted={frame.name}|{'all' if share > 0.9 else 'some' if share else 'none'}")
    length = len(inside)
    names.append(f"length={frame.name}|{sum(length > n for n in (1, 2, 4, 8, 16, 32))}")
    if any(tree.tokens[i].lemma == "that" and tree.tokens[i].deprel == "mark" for i in inside):
        names.append(f"that={frame.name}")
    if any(tree.tokens[i].xpos.startswith("W") for i in sorted(inside)[:2]):
        names.append(f"wh={frame.name}")
    helpers = {tree.tokens[i].lemma for i in below if tree.tokens[i].deprel.startswith("aux")}
    names += [f"aux={h}" for h in sorted(helpers)]
    if any(tree.tokens[i].lemma in {"not", "n't", "never"} for i in below):
        names.append("negated")
    if any(tree.tokens[i].deprel == "mark" for i in below):
        names.append("subordinate")
    if inside and min(inside) < frame.cue[0]:
        names.append(f"before={frame.name}")
    return names


def _of_source(tree: Tree, frame: Frame) -> list[str]:
    if not frame.source:
        return ["source=none", f"source=none|{frame.name}"]
    first = tree.tokens[frame.source[0]]
    heads = [i for i in frame.source if tree.tokens[i].head not in frame.source]
    head = tree.tokens[heads[0] if heads else frame.source[-1]]
    low = head.text.lower()
    mentions: tuple[Mention, ...] = tree.mentions
    labels = {m.label for m in mentions if m.span.start <= head.start < m.span.end}
    form = "name" if head.upos == "PROPN" else "noun"
    if low in _FIRST_SECOND:
        form = "first"
    elif low in _THIRD:
        form = "third"
    elif low in _RELATIVE:
        form = "relative"
    elif head.upos == "PRON":
        form = "pronoun"
    names = [f"source={form}", f"source={form}|{frame.name}"]
    names += [f"label={label}" for label in sorted(labels)]
    if head.upos == "NOUN":
        names.append("people" if head.lemma.lower() in _PEOPLE else "things")
        names.append(f"head={head.lemma.lower()}")
    if first.start > tree.tokens[frame.cue[0]].start:
        names.append("source after cue")
    return names


def frame_probability(names: list[str]) -> float:
    """The probability, in 0..1, that a frame with these features is an attribution."""
    table = load_frame_weights()
    total = sum(table.get(name, 0.0) for name in names)
    return logistic(total)
