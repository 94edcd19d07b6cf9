"""Whether a value fits one of our JSON Schemas."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def complaints(
    value: Any, rule: dict[str, Any], root: dict[str, Any], at: str = "$"
) -> Iterator[str]:
    """Why ``value`` does not fit a schema; only the keywords that ours use, and no other."""
    known = {
        "$defs", "$id", "$ref", "$schema", "additionalProperties", "anyOf", "const", "description",
        "enum", "items", "maximum", "minItems", "minimum", "pattern", "properties", "required",
        "title", "type",
    }  # fmt: skip
    assert set(rule) <= known, f"{at}: keywords the test does not know: {set(rule) - known}"
    if "$ref" in rule:
        yield from complaints(value, root["$defs"][rule["$ref"].rpartition("/")[2]], root, at)
        return
    if "anyOf" in rule and all(any(complaints(value, each, root)) for each in rule["anyOf"]):
        yield f"{at}: fits none of anyOf"
    if "const" in rule and value != rule["const"]:
        yield f"{at}: not {rule['const']}"
    if "enum" in rule and value not in rule["enum"]:
        yield f"{at}: not one of {rule['enum']}"
    kinds = {
        "object": dict, "array": list, "string": str, "integer": int, "number": (int, float),
        "null": type(None), "boolean": bool,
    }  # fmt: skip
    wanted = rule.get("type", [])
    wanted = [wanted] if isinstance(wanted, str) else wanted
    if wanted and not any(isinstance(value, kinds[one]) for one in wanted):
        yield f"{at}: {type(value).__name__} is not {wanted}"
    if isinstance(value, int | float) and not rule.get("minimum", value) <= value:
        yield f"{at}: too small"
    if isinstance(value, int | float) and not value <= rule.get("maximum", value):
        yield f"{at}: too large"
    if isinstance(value, str) and not re.search(rule.get("pattern", ""), value):
        yield f"{at}: does not match {rule['pattern']}"
    if isinstance(value, list):
        if len(value) < rule.get("minItems", 0):
            yield f"{at}: too few"
        for number, item in enumerate(value):
            yield from complaints(item, rule.get("items", {}), root, f"{at}[{number}]")
    if isinstance(value, dict):
        properties = rule.get("properties", {})
        for name in rule.get("required", []):
            if name not in value:
                yield f"{at}: lacks {name}"
        for name, item in value.items():
            if properties and name not in properties:
                yield f"{at}: {name} is not in the schema"
            other = rule.get("additionalProperties", {})
            yield from complaints(item, properties.get(name, other), root, f"{at}.{name}")


def fits(value: Any, rules: dict[str, Any], part: str | None = None) -> None:
    assert list(complaints(value, rules["$defs"][part] if part else rules, rules)) == []
