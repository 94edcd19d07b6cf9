"""Put the code of a changed source into a module that is imported already.

Whoever imported a function of the module holds the same function, with other code.
"""

from __future__ import annotations

import ast
import contextlib
import sys
import types
from collections.abc import Iterable, Iterator
from typing import Any

__all__ = ["apply_tree"]


def _function(value: object) -> types.FunctionType | None:
    """The function behind a decorated one, a property or a method of a class."""
    for name in ("fget", "func", "__func__"):
        value = getattr(value, name, None) or value
    while hasattr(value, "__wrapped__"):
        value = value.__wrapped__
    return value if isinstance(value, types.FunctionType) else None


def _inner_codes(
    old: types.CodeType, new: types.CodeType
) -> Iterator[tuple[types.CodeType, types.CodeType]]:
    """The functions that a function makes, before and after, where their number is the same."""
    pairs = [[c for c in code.co_consts if isinstance(c, types.CodeType)] for code in (old, new)]
    if len(pairs[0]) == len(pairs[1]):
        for before, after in zip(*pairs, strict=True):
            yield before, after
            yield from _inner_codes(before, after)


def _swap_code(
    was: types.FunctionType, new: types.CodeType, made: list[types.FunctionType]
) -> None:
    """Replace the code of a function, and of the functions in ``made`` that it has made."""
    inner = {id(before): after for before, after in _inner_codes(was.__code__, new)}
    for function in made if inner else ():
        after = inner.get(id(function.__code__))
        if after is not None and after.co_freevars == function.__code__.co_freevars:
            function.__code__ = after
    if len(was.__code__.co_freevars) == len(new.co_freevars):
        was.__code__ = new


def _take_over(
    old: dict[str, Any],
    new: dict[str, Any],
    names: Iterable[str],
    made: list[types.FunctionType],
) -> None:
    """Give functions and classes of one namespace the code of the other's."""
    for name in names:
        before, after = old.get(name), new.get(name)
        if isinstance(after, type):
            if isinstance(before, type) and after.__module__ == old.get("__name__"):
                _take_over(dict(vars(before)), dict(vars(after)), list(vars(after)), made)
            continue
        was, becomes = _function(before), _function(after)
        if was is not None and becomes is not None and was is not becomes:
            _swap_code(was, becomes.__code__, made)
            was.__defaults__ = becomes.__defaults__
            was.__kwdefaults__ = becomes.__kwdefaults__


def _replace_values(module: types.ModuleType, new: dict[str, Any]) -> None:
    """Put the changed values of a module wherever they were imported to."""
    for name, after in new.items():
        before = vars(module).get(name)
        if name.startswith("__") or isinstance(after, type | types.ModuleType):
            continue
        if _function(after) is not None or before is after:
            continue
        with contextlib.suppress(Exception):
            if before == after:
                continue
        if isinstance(before, dict | set) and isinstance(after, dict | set):
            before.clear()
            before.update(after)
            continue
        for other in list(sys.modules.values()):
            if (
                other.__name__.partition(".")[0] in {"quotecheck", "tests"}
                and vars(other).get(name) is before
            ):
                setattr(other, name, after)


def apply_tree(
    module: types.ModuleType,
    tree: ast.Module,
    definition: str | None,
    made: list[types.FunctionType],
) -> None:
    """Change a module that is imported already, in this process.

    Args:
        module: the module.
        tree: its source, with one change.
        definition: the function or class that was changed; None for what runs on import.
        made: functions of the module that exist now, those that its functions made among them.
    """
    code = compile(ast.fix_missing_locations(tree), str(module.__file__), "exec")
    new = {key: value for key, value in vars(module).items() if key.startswith("__")}
    exec(code, new)  # noqa: S102 - the module itself, changed in one place
    if definition is None:
        _replace_values(module, new)
        names = list(new)
    else:
        names = [definition]
    _take_over(vars(module), new, names, made)
