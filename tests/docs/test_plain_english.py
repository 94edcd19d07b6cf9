"""Plain English: no idiom of the old dialect in messages, docstrings, comments or pages."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.cases import cases
from tests.support.paths import ROOT

PACKAGE = ROOT / "quotecheck"

BANNED = {
    r"\bis it so\b": "check a quotation",
    r"\bthe way of (?:a|the|each|every|this) quotation": "provenance of a quotation, or timeline",
    r"\bclaimed of\b": "credited to",
    r"\bspoke for it\b": "evidence",
    r"\bwhose mouth\b|\bin (?:the|a) wrong mouth\b": "who uttered it; misattributed",
    r"\bwhom a name\b": "the person that a name refers to",
    r"\banew\b": "again, rebuilt",
    r"\bparted (?:by|at|from)\b": "separated by",
    r"\blike(?:st|nesses)\b": "most similar",
    r"\bamiss\b": "incorrectly",
    r"\bbut for\b": "except for",
    r"\bget leave\b": "grant permission",
    r"\bmistake of quotecheck\b": "a bug in quotecheck",
    r"(?<!there )\b(?:is|are) no (?!such\b|longer\b|more\b|less\b|other\b|doubt\b)[\w{]":
        "is not a …",
    r"(?<!there )\b(?-i:is none)\b": "is not one",
    r"\bwhat (?:speaks|spoke) for (?:it|that|this|two)\b|\b(?:has|have) to show\b": "evidence",
    r"\b(?:did|does) not suffice\b": "there is not enough",
    r"\bmistake in its finder\b": "a bug",
    r"\b(?:tells?|told) of (?:who|whom|it|their|one another)\b": "says about",
    r"\b(?:progress|track|looked): told\b": "called with",
    r"\b(?:is|are) told by (?:its|their|the)\b": "recognised by",
    r"\bkeeps? (?:its|their) promise\b": "is calibrated",
    r"\bbehind (?:the|a|an|its|their) (?:end|words?|names?|quotations?|passages?|cues?|verbs?"
    r"|nouns?|commas?|colons?|numbers?|places?|closing|denial)\b": "after the",
    r"\bquotes of the shell\b|\bquotation marks of the shell\b": "shell quotes",
    r"\bnothing that (?:is|was) told\b": "nothing that is reported",
    r"\btold as\b": "reported as, called",
    r"\b(?:laid|lays?) over\b": "aligned with",
    r"\btakes? its name only when\b": "appears only when it is complete",
}  # fmt: skip
"""Idioms, and what to write instead. The list grows: a turn of phrase that a reader stumbles on."""

WORDS_AS_DATA = {
    "comparison/framing.py", "evaluation/synthetic/cut_changes.py",
    "language/clause_operators.py", "language/limiting_phrases.py", "language/word_classes.py",
}  # fmt: skip
"""Modules with lists of English words ("but for"): only their docstrings and comments are read."""

OUTPUT_VALUES = {
    "author that is no person",  # a kind of synthetic change, by which figures are kept
    "the same name but for case or accents",  # reasons that a program may read
    "the names agree but for title",
    "Verbatim but for typography",  # a rating of a ClaimReview
    "what spoke for it or against it",  # a comment of the stored schema
}
"""Values that are stored or printed for programs, and so stay."""

PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
CASES_PAGES = {"verdicts.md", "what-it-understands.md"}
_LAST_IN_THE_OLD_DIALECT = "0.5.0"
"""What older releases say of themselves stays as it was printed."""
CASES = sorted((ROOT / "tests" / "cases").glob("*.jsonl"))
TEMPLATES = sorted(PACKAGE.rglob("*.j2"))


def written(source: str, *, strings: bool = True) -> Iterator[tuple[int, str]]:
    """The docstrings, comments and, if asked for, other strings of a module, with their lines."""
    docstrings = {
        node.value.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    kinds = {tokenize.COMMENT, tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", -1)}
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        prose = token.type == tokenize.COMMENT or token.start[0] in docstrings
        if token.type in kinds and (prose or strings):
            yield token.start[0], token.string


def idioms(text: str) -> Iterator[str]:
    """Each idiom in a text, with what to write instead."""
    text = re.sub(r"\s+", " ", text)
    for pattern, instead in BANNED.items():
        for match in re.finditer(pattern, text, flags=re.I):
            around = text[max(0, match.start() - 30) : match.end() + 30]
            if not any(value in around or value in text for value in OUTPUT_VALUES):
                yield f"“{around}”: {instead}"


def packages() -> list[str]:
    return sorted({path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")})


@pytest.mark.parametrize("package", packages())
def test_no_idiom_in_docstrings_comments_and_messages(package: str) -> None:
    place = PACKAGE / package
    found = [
        f"{path.relative_to(ROOT)}:{line}: {idiom}"
        for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))
        for line, text in written(
            path.read_text(encoding="utf-8"),
            strings=path.relative_to(PACKAGE).as_posix() not in WORDS_AS_DATA,
        )
        for idiom in idioms(text)
    ]
    assert found == []


# ------------------------------------------------------------------------------------- variables

VARIABLES = {
    "told", "held", "one", "said", "heard", "found", "own", "kept", "wanted", "seen", "taken",
    "mine",
}  # fmt: skip
"""Words that say nothing of what a variable is: its noun is the name ("matches", "passages")."""


def unclear_variables(source: str) -> Iterator[str]:
    """Variables and parameters within functions that are named by a participle."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for node in ast.walk(function):
            is_set = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
            name = node.id if is_set else node.arg if isinstance(node, ast.arg) else ""
            if name in VARIABLES:
                yield f"line {node.lineno}: {name}"


@pytest.mark.parametrize("package", packages())
def test_variables_are_nouns(package: str) -> None:
    place = PACKAGE / package
    found = {
        path.relative_to(ROOT).as_posix(): list(unclear_variables(path.read_text(encoding="utf-8")))
        for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))
    }
    assert {name: variables for name, variables in found.items() if variables} == {}


def test_an_unclear_variable_is_seen() -> None:
    assert len(list(unclear_variables("def f(held):\n    told = held\n    told.held = 1"))) == 2


@pytest.mark.parametrize("path", [*PAGES, *TEMPLATES], ids=lambda path: path.name)
def test_no_idiom_in_a_page(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    if path.name in CASES_PAGES:  # their texts are data
        text = re.sub(r"``.*?``|`[^`\n]*`|“[^”\n]*”", "…", text)
        text = re.sub(r"^(\|[^|\n]*\|).*$", r"\1", text, flags=re.MULTILINE)
    assert list(idioms(text)) == []


def test_no_idiom_in_the_changelog() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    recent = text.partition(f"## [{_LAST_IN_THE_OLD_DIALECT}]")[0]
    assert "## [Unreleased]" in recent
    assert "## [0.6.0]" in recent
    assert list(idioms(re.sub(r"“[^”]*”", "…", recent))) == []  # words that it is about


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.name)
def test_no_idiom_in_what_a_case_says_of_itself(path: Path) -> None:
    found = []
    for case in cases(path.stem):
        about = " / ".join(case[field] for field in ("label", "comment", "origin"))
        found += idioms(re.sub(r"“[^”]*”", "…", about))  # words that it is about
    assert found == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Is it so?", 1),
        ("a paragraph that is no prose", 1),
        ("there is no such file", 0),
        ("None where there is none", 0),
        ("what is\nnone of them", 1),
        ("it is no longer there", 0),
        ("cells parted by tabs, but for the last", 2),
        ("The index is rebuilt.", 0),
        ("a name behind the comma; what speaks for it", 2),
        ("the work behind the pages, the speaker behind a source", 0),
        ("copies are told by their text", 1),
        ("kinds are told apart, and who is told is kept", 0),
    ],
)
def test_an_idiom_is_seen(text: str, number: int) -> None:
    assert len(list(idioms(text))) == number


def test_docstrings_comments_and_strings_are_read() -> None:
    source = '"""One."""\nx = "two"  # three\n\ndef f():\n    """Four."""\n    return f"five {x}"\n'
    assert len(list(written(source))) == 5
    assert len(list(written(source, strings=False))) == 3
