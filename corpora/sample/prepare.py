"""Make and check the sample: article texts and gold files, from marked-up text and tables.

``python corpora/sample/prepare.py`` checks that every file has the checksum of SHA256SUMS, that
every offset gives the words noted beside it, and that every origin stands in its source.
``--write`` makes the texts, gold files and checksums anew. Only the standard library is needed.

Marked-up text: ``{12c|words}`` says that these words are content of attribution 12; the letters are
c content, q cue, s source, v via. Marked stretches may lie in one another. Facts that are no place
in the text (speaker, kind, note) stand in the table of the same name, ``*.facts.toml``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ARTICLES = ("article", "article-misquotes", "article-second-round")
FIELDS = {"c": "content", "q": "cue", "s": "source", "v": "via_span"}
PRONOUNS = {"he", "she", "they", "it", "i", "we", "you"}
MARKS = {"“": "”", "‘": "’", "«": "»", '"': '"', "``": "''"}
Spans = dict[str, dict[str, list[list[int]]]]


def unmark(marked: str) -> tuple[str, Spans]:
    """The plain text, and for each number the spans of its fields, in text order."""
    out: list[str] = []
    open_: list[tuple[str, str, int]] = []
    spans: Spans = {}
    length = 0
    for piece in re.findall(r"\{\d+[cqsv]\||\}|[^{}]+", marked):
        if piece == "}":
            number, letter, start = open_.pop()
            field = FIELDS[letter]
            spans.setdefault(number, {}).setdefault(field, []).append([start, length])
        elif piece.startswith("{"):
            open_.append((piece[1:-2], piece[-2], length))
        else:
            out.append(piece)
            length += len(piece)
    if open_:
        raise SystemExit(f"not closed: {open_}")
    for fields in spans.values():
        for places in fields.values():
            places.sort()
    return "".join(out), spans


def in_marks(words: str) -> bool:
    """Whether the words begin with an opening quotation mark (they may lack the closing one)."""
    return words.startswith(tuple(MARKS))


def source_form(words: str, speaker: Any) -> str:
    """How the source is written: name, partial-name, pronoun, nominal or none."""
    if not words:
        return "none"
    if words.casefold() in PRONOUNS:
        return "pronoun"
    names = [speaker] if isinstance(speaker, str) else speaker or []
    if names and all(name in words for name in names):
        return "name"
    if names and all(name.split()[-1] in words for name in names):
        return "partial-name"
    return "nominal"


def role_of(
    speaker: Any, fact: dict[str, Any], roles: dict[str, list[str]]
) -> tuple[Any, list[str]]:
    """The role, a list with one for each of several speakers, and the forms that are as good."""
    if speaker is None:
        forms = fact.get("roles", [None])
        return forms[0], forms[1:]
    if isinstance(speaker, str):
        forms = roles.get(speaker) or [None]
        return forms[0], forms[1:]
    each = [roles.get(name) or [None] for name in speaker]
    if not any(forms[0] for forms in each):
        return None, []
    return [forms[0] for forms in each], sorted({form for forms in each for form in forms if form})


def gold_lines(name: str) -> tuple[str, list[dict[str, Any]]]:
    """The text of the article and its gold attributions, in order of their numbers."""
    text, spans = unmark((HERE / f"{name}.marked.txt").read_text(encoding="utf-8"))
    facts = tomllib.loads((HERE / f"{name}.facts.toml").read_text(encoding="utf-8"))
    roles = facts.pop("roles")
    if sorted(facts, key=int) != sorted(spans, key=int):
        raise SystemExit(f"{name}: numbers differ: {sorted(set(facts) ^ set(spans), key=int)}")
    lines = []
    for number in sorted(spans, key=int):
        fact = facts[number]
        places = {field: spans[number].get(field, []) for field in FIELDS.values()}
        words = {field: [text[s:e] for s, e in places[field]] for field in places}
        speaker = fact.get("speaker")
        role, also = role_of(speaker, fact, roles)
        line = {
            "doc": name,
            "id": int(number),
            **{field: places[field] for field in ("content", "cue", "source")},
            "speaker": speaker,
            "role": role,
            "via": fact.get("via"),
            "kind": fact["kind"],
            "source_form": source_form(" ".join(words["source"]), speaker),
            "note": fact.get("note", ""),
            "phenomena": fact.get("phenomena", []),
        }
        if also:
            line["roles_also"] = also
        for extra in ("vias_also", "kinds_also", "never", "nested", "negated"):
            if extra in fact:
                line[extra] = fact[extra]
        line["via_span"] = places["via_span"]
        line["words"] = words
        marked = [in_marks(piece) for piece in words["content"]]
        if (line["kind"] == "direct") != all(marked) and line["kind"] not in ("scare", "title"):
            raise SystemExit(f"{name} {number}: kind {line['kind']} but content {words['content']}")
        lines.append(line)
    return text, lines


def check_lines() -> list[dict[str, Any]]:
    """The gold of the checks, with each origin looked up in its source."""
    table = tomllib.loads((HERE / "checks.toml").read_text(encoding="utf-8"))
    lines = []
    for number, case in enumerate(table["check"], start=1):
        article = (HERE / case["article"]).read_text(encoding="utf-8")
        quoted = case.get("printed", [case["quote"]])
        for piece in quoted:
            if piece not in article:
                raise SystemExit(f"checks {number}: not in {case['article']}: {piece}")
        if case["source"]:
            source = readable(HERE / "sources" / case["source"])
            for piece in case["origin"]:
                if piece not in source:
                    raise SystemExit(f"checks {number}: not in {case['source']}: {piece}")
        lines.append({"id": f"s{number:02}", **case})
    return lines


def readable(path: Path) -> str:
    """The words of a source without JSON escapes and HTML tags: enough to look up origins."""
    raw = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        return "\n".join(json.loads(line)["text"] for line in raw.splitlines())
    if path.suffix == ".html":
        return re.sub(r"\s+", " ", re.sub(r"</?(?:q|em|p|blockquote)\b[^>]*>", "", raw))
    return raw


def made() -> dict[str, str]:
    """Every file that this script makes, by name, with its content."""
    files: dict[str, str] = {}
    for name in ARTICLES:
        text, lines = gold_lines(name)
        files[f"{name}.txt"] = text
        files[f"{name}.gold.jsonl"] = jsonl(lines)
    return files


def jsonl(lines: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def checksums() -> str:
    """SHA256SUMS in the form of sha256sum, for every file of the sample but itself."""
    names = sorted(
        path.relative_to(HERE).as_posix()
        for path in HERE.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS" and path.suffix != ".pyc"
        if path.name not in ("prepare.py", "README.md")
    )
    return "".join(
        f"{hashlib.sha256((HERE / name).read_bytes()).hexdigest()}  {name}\n" for name in names
    )


def main(arguments: list[str] | None = None) -> int:
    """Check, or write with ``--write``. Returns 0 when all holds, 1 with what differs printed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="make the files anew")
    write = parser.parse_args(arguments).write
    wrong = []
    for name, content in made().items():
        path = HERE / name
        if write:
            path.write_text(content, encoding="utf-8", newline="\n")
        elif not path.exists() or path.read_bytes() != content.encode():
            wrong.append(f"{name} is not what the marked-up text gives")
    checks = jsonl(check_lines())
    for name, content in (("checks.gold.jsonl", checks),):
        if write:
            (HERE / name).write_text(content, encoding="utf-8", newline="\n")
        elif (HERE / name).read_text(encoding="utf-8") != content:
            wrong.append(f"{name} is not what checks.toml gives")
    for name in ARTICLES:
        text = (HERE / f"{name}.txt").read_bytes().decode()
        for row in (HERE / f"{name}.gold.jsonl").read_text(encoding="utf-8").splitlines():
            line = json.loads(row)
            for field, words in line["words"].items():
                if [text[s:e] for s, e in line[field]] != words:
                    wrong.append(f"{name} {line['id']}: {field} is not {words}")
    sums = HERE / "SHA256SUMS"
    if write:
        sums.write_text(checksums(), encoding="utf-8", newline="\n")
    elif sums.read_text(encoding="utf-8") != checksums():
        wrong.append("SHA256SUMS does not hold")
    for complaint in wrong:
        print(complaint, file=sys.stderr)
    if not wrong:
        print("sample: every file and offset holds")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
