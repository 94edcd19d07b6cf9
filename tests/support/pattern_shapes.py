"""Every regular expression of the package, and texts on which it may have to walk back."""

from __future__ import annotations

import ast
import importlib
import random
import re
import re._parser as sre
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import quotecheck

__all__ = ["Pattern", "all_patterns", "attacks"]

PACKAGE = Path(quotecheck.__file__).parent
_ANYWHERE = frozenset({"search", "finditer", "findall", "sub", "subn", "split"})
_AT_START = frozenset({"match", "fullmatch"})
_CHARACTERS = " \n\taA1.,-'\"“(<[;:"
_CATEGORIES = {"SPACE": " ", "WORD": "a", "DIGIT": "1", "NOT_SPACE": "a", "NOT_WORD": " "}
_MOST_ATTACKS = 48
_SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern, where it stands, and whether it is tried at the start of a text alone."""

    name: str
    compiled: re.Pattern[Any]
    at_start: bool

    def run(self, text: str) -> None:
        """Look for it as the package does."""
        words: Any = (
            text if isinstance(self.compiled.pattern, str) else text.encode("latin-1", "replace")
        )
        if self.at_start:
            self.compiled.match(words)
            self.compiled.fullmatch(words)
        else:
            for _ in self.compiled.finditer(words):
                pass


def all_patterns() -> Iterator[Pattern]:
    """Patterns that modules and classes hold, in tables as well, and those written in a call."""
    seen: set[tuple[Any, int, bool]] = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        if "training" in parts or parts[-1] == "__main__":
            continue
        source = path.read_text(encoding="utf-8")
        name = ".".join(parts).removesuffix(".__init__")
        for found in (*_in_calls(name, source), *_held(name, source)):
            key = (found.compiled.pattern, found.compiled.flags, found.at_start)
            if key not in seen:
                seen.add(key)
                yield found


def _in_calls(module: str, source: str) -> Iterator[Pattern]:
    tree = ast.parse(source)
    outer = {id(node) for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)}
    compiled_outside = {
        id(call) for node in tree.body if id(node) in outer for call in ast.walk(node)
    }
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="re"), attr=method),
                args=[ast.Constant(value=str()) | ast.JoinedStr() as written, *others],
            ) if method in _ANYWHERE | _AT_START | {"compile"} and id(node) not in compiled_outside:
                words = _written(module, written)
                flags = [k.value for k in node.keywords if k.arg == "flags"]
                if method == "compile":
                    flags += others
                elif method not in {"sub", "subn", "split"}:
                    flags += others[1:]
                asked = re.NOFLAG
                for flag in ast.walk(flags[0]) if flags else ():
                    if isinstance(flag, ast.Attribute):
                        asked |= re.RegexFlag[flag.attr]
                yield Pattern(
                    f"{module}:{node.lineno}", re.compile(words, asked), method in _AT_START
                )


def _written(module: str, node: ast.Constant | ast.JoinedStr) -> str:
    """The pattern that a call has; what only the call knows stands as a word or a number."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
            continue
        assert isinstance(part, ast.FormattedValue)
        known = vars(importlib.import_module(module))
        try:
            parts.append(str(eval(compile(ast.Expression(part.value), module, "eval"), known)))  # noqa: S307
        except (NameError, AttributeError, TypeError):
            # As in "{{{size}}}", where a number is meant.
            parts.append("3" if parts and parts[-1].endswith("{") else "ab")
    return "".join(parts)


def _held(module: str, source: str) -> Iterator[Pattern]:
    for name, value in list(vars(importlib.import_module(module)).items()):
        used = set(re.findall(rf"\b{re.escape(name)}(?:\[[^\]]*\])?\.(\w+)\(", source))
        at_start = name.startswith("_") and bool(used) and used <= _AT_START
        for label, pattern in _within(f"{module}.{name}", value, module, 0):
            yield Pattern(label, pattern, at_start)


def _within(
    label: str, value: object, module: str, depth: int
) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        yield label, value
    elif depth > 3:
        return
    elif isinstance(value, (list, tuple, set, frozenset)):
        for number, one in enumerate(value):
            yield from _within(f"{label}[{number}]", one, module, depth + 1)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _within(f"{label}[{key!r}]", one, module, depth + 1)
    elif isinstance(value, type) and value.__module__ == module:
        for key, one in list(vars(value).items()):
            yield from _within(f"{label}.{key}", one, module, depth + 1)


# -------------------------------------------------------------------------------------- attacks


def attacks(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """What to put in front, and what to repeat behind it: from the pattern's own tree.

    Each repeat of the pattern is fed what it takes, and what often stands in texts, behind a
    sample of all that goes before it.
    """
    words = pattern.pattern
    tree = sre.parse(
        words if isinstance(words, str) else words.decode("latin-1"), pattern.flags & ~32
    )
    chance = random.Random(11)
    found: dict[tuple[str, str], None] = {}
    own = "".join(dict.fromkeys(_literals(tree)))[:14]
    for character in dict.fromkeys(_CHARACTERS + own):
        found["", character] = None
    for _ in range(_SAMPLES):
        pumps: list[tuple[str, str]] = []
        sample = _sample(tree, chance, pumps)
        for front, body in pumps:
            found[front, body] = None
            found["", front + body] = None
            found[front, " "] = None
            found[front, "a"] = None
        found["", sample] = None
        found["", sample[:-1]] = None
        found["", sample + " "] = None
    for pair in ("a ", "Aa ", "a\n", " \n", "1,"):
        found["", pair] = None
    usable = [one for one in found if one[1]]
    head, rest = usable[: _MOST_ATTACKS // 2], usable[_MOST_ATTACKS // 2 :]
    chance.shuffle(rest)
    return head + rest[: _MOST_ATTACKS - len(head)]


def _literals(tree: Any) -> Iterator[str]:
    for operation, given in tree:
        match str(operation):
            case "LITERAL" | "NOT_LITERAL":
                yield chr(given)
            case "IN":
                for kind, value in given:
                    if str(kind) == "LITERAL":
                        yield chr(value)
                    elif str(kind) == "RANGE":
                        yield chr(value[0])
            case "BRANCH":
                for branch in given[1]:
                    yield from _literals(branch)
            case "SUBPATTERN":
                yield from _literals(given[3])
            case "ATOMIC_GROUP":
                yield from _literals(given)
            case "ASSERT" | "ASSERT_NOT":
                yield from _literals(given[1])
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield from _literals(given[2])


def _sample(
    tree: Any, chance: random.Random, pumps: list[tuple[str, str]] | None, front: str = ""
) -> str:
    """A text that the pattern takes, roughly; each long repeat is noted with what goes before."""
    text = front
    for operation, given in tree:
        match str(operation):
            case "LITERAL":
                text += chr(given)
            case "NOT_LITERAL":
                text += "a" if given != ord("a") else "x"
            case "ANY":
                text += chance.choice("a A")
            case "IN":
                text += _member(given, chance)
            case "BRANCH":
                text = _sample(chance.choice(given[1]), chance, pumps, text)
            case "SUBPATTERN":
                text = _sample(given[3], chance, pumps, text)
            case "ATOMIC_GROUP":
                text = _sample(given, chance, pumps, text)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, body = int(given[0]), int(given[1]), given[2]
                once = _sample(body, chance, None)
                if pumps is not None and most > 5 and once:
                    pumps.append((text, once))
                for _ in range(min(80, max(least, chance.choice((0, 1, 1)) if most else 0))):
                    text = _sample(body, chance, pumps if most < 6 else None, text)
    return text


def _member(given: Any, chance: random.Random) -> str:
    """A character of a class."""
    negated = str(given[0][0]) == "NEGATE"
    listed = []
    for kind, value in given[negated:]:
        if str(kind) == "LITERAL":
            listed.append(chr(value))
        elif str(kind) == "RANGE":
            listed.append(
                chr(chance.randint(*value)) if not negated else f"{chr(value[0])}-{chr(value[1])}"
            )
        elif str(kind) == "CATEGORY":
            listed.append(_CATEGORIES.get(str(value).removeprefix("CATEGORY_"), "a"))
    if not negated:
        return chance.choice(listed)
    return next((c for c in "aA 1.,\n" if not _in_any(c, given[1:])), "€")


def _in_any(character: str, listed: Any) -> bool:
    for kind, value in listed:
        if str(kind) == "LITERAL" and chr(value) == character:
            return True
        if str(kind) == "RANGE" and value[0] <= ord(character) <= value[1]:
            return True
        if str(kind) == "CATEGORY":
            name = str(value).removeprefix("CATEGORY_")
            test = {"SPACE": r"\s", "WORD": r"\w", "DIGIT": r"\d"}[name.removeprefix("NOT_")]
            if bool(re.match(test, character)) != name.startswith("NOT_"):
                return True
    return False
