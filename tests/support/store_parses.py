"""Parses kept as data, so that the rules are tested without weights.

``python -m tests.support.store_parses`` (from the project's root) writes them all again with the
weights that are shipped: after a change of the weights, of a case, or of the sample's article.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from functools import cache
from typing import Any

from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token
from tests.support.cases import cases
from tests.support.paths import SAMPLE, TESTS

DATA = TESTS / "data"
PARSED = tuple(
    f"{subject}{kind}"
    for subject in ("attribution", "facts", "speakers")
    for kind in ("", "-negative", "-known-failures")
)
"""The files of cases whose texts are parsed."""
REMEDY = "write the stored parses again: python -m tests.support.store_parses"


def parsed(name: str, label: str) -> ParsedDocument:
    """The stored parse of one text: of tests/data/NAME.json the one with this label."""
    return loaded(_file(name)[label])


@cache
def _file(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return held


def dumped(parse: ParsedDocument) -> dict[str, Any]:
    """A parse as JSON has it; the words are not repeated, as their places give them."""
    for sentence in parse.sentences:
        for token in sentence.tokens:
            assert token.text == parse.text[token.start : token.end]
    return {
        "text": parse.text,
        "sentences": [
            {
                "span": [s.span.start, s.span.end],
                "parsed": s.parsed,
                "tokens": [
                    [t.start, t.end, t.lemma, t.upos, t.xpos, t.feats, t.head, t.deprel]
                    for t in s.tokens
                ],
                "mentions": [[m.span.start, m.span.end, m.label] for m in s.mentions],
            }
            for s in parse.sentences
        ],
    }


def loaded(held: dict[str, Any]) -> ParsedDocument:
    """The parse that `dumped` wrote."""
    text = held["text"]
    return ParsedDocument(
        text,
        tuple(
            Sentence(
                Span(*s["span"]),
                tuple(Token(t[0], t[1], text[t[0] : t[1]], *t[2:]) for t in s["tokens"]),
                tuple(Mention(Span(a, b), label) for a, b, label in s["mentions"]),
                s["parsed"],
            )
            for s in held["sentences"]
        ),
    )


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    """What is stored: the name of each file, and its texts by label."""
    names = ("article", "article-misquotes")
    yield "sample", {n: (SAMPLE / f"{n}.txt").read_bytes().decode() for n in names}
    for name in PARSED:
        yield name, {case["label"]: case["text"] for case in cases(name)}


def main() -> None:
    """Write every stored parse again."""
    from quotecheck.parsing.parser import load_parser
    from quotecheck.text.paragraphs import paragraphs

    parser = load_parser()
    DATA.mkdir(exist_ok=True)
    for name, held in texts():
        found = parser.parse_many([(text, paragraphs(text)) for text in held.values()])
        rows = [
            f"{json.dumps(label)}: "
            + json.dumps(dumped(parse), ensure_ascii=False, separators=(",", ":"))
            for label, parse in zip(held, found, strict=True)
        ]
        path = DATA / f"{name}.json"
        path.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
        sys.stdout.write(f"{path}: {len(rows)} texts\n")


if __name__ == "__main__":
    main()
