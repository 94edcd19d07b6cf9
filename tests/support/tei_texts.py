"""TEI read back: the text of its body, and the code points of each element."""

from __future__ import annotations

from typing import Any

NS = "{http://www.w3.org/XML/1998/namespace}"
TEI = "{http://www.tei-c.org/ns/1.0}"


def walk(element: Any, at: int, spans: dict[str, list[int]], pieces: list[str]) -> int:
    """The text in order, and for each xml:id the code points under it."""
    start = at
    if element.tag == f"{TEI}g":
        pieces.append(chr(int(element.get("ref").removeprefix("#U-"), 16)))
        at += 1
    pieces.append(element.text or "")
    at += len(element.text or "")
    for child in element:
        at = walk(child, at, spans, pieces)
        pieces.append(child.tail or "")
        at += len(child.tail or "")
    if me := element.get(f"{NS}id"):
        spans[me] = [start, at]
    return at


def body(root: Any) -> tuple[str, dict[str, list[int]]]:
    spans: dict[str, list[int]] = {}
    pieces: list[str] = []
    walk(root.find(f".//{TEI}body"), 0, spans, pieces)
    return "".join(pieces), spans


def chain(root: Any, spans: dict[str, list[int]], first: str) -> set[int]:
    """The code points of a span, its fragments gathered by following ``next``."""
    held: set[int] = set()
    by_id = {one.get(f"{NS}id"): one for one in root.iter() if one.get(f"{NS}id")}
    before, me = None, first
    while me and me in by_id:
        one = by_id[me]
        assert one.get("prev") == (f"#{before}" if before else None)
        held.update(range(*spans[me]))
        before, me = me, (one.get("next") or "").removeprefix("#")
    return held
