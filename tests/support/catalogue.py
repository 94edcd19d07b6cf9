"""The page of what quotecheck understands, made from the files of cases.

``python -m tests.support.catalogue`` (from the project's root) writes docs/what-it-understands.md.
A few cases stand for each kind, the first of its file, so that the page is read and not searched,
and a further case of a known kind does not change it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.support.cases import cases
from tests.support.paths import CASES, ROOT

PAGE = ROOT / "docs" / "what-it-understands.md"
REMEDY = "write the page again: python -m tests.support.catalogue"
MAX_SHOWN = 3
"""Cases shown of one kind."""
MAX_CHARS = 220
"""Of a longer text, the beginning is shown."""

Case = dict[str, Any]


@dataclass(frozen=True)
class Chapter:
    """Files of cases on one subject: their kinds, and a line for each case."""

    title: str
    about: str
    files: tuple[str, ...]
    kind: Callable[[Case], str]
    line: Callable[[Case], str]
    labelled: bool = True
    """Whether a line begins with the label; not where the label repeats the case."""


def words(text: str) -> str:
    """A text on one line, as Markdown shows it literally."""
    text = " / ".join(filter(None, map(str.strip, text.split("\n"))))
    text = text if len(text) <= MAX_CHARS else text[:MAX_CHARS].rsplit(" ", 1)[0] + " …"
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"`{text}`"


def listed(value: Any) -> str:
    """A value of ``expect`` in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(listed, value)) or "nothing"
    return str(value) if value not in (None, "") else "none"


def _heading(kind: str) -> str:
    """A kind as a heading: names of rules and of stored values literally, words with a capital."""
    return f"`{kind}`" if re.search(r"[:_]", kind) else kind[:1].upper() + kind[1:]


def _label(chapter: Chapter, case: Case) -> str:
    label = case["label"]
    return f"{label[:1].upper()}{label[1:]}: " if chapter.labelled else ""


def _comment(case: Case) -> str:
    return case["comment"].partition(": ")[0] or "others"


def _turns(case: Case) -> str:
    told = "; ".join(f"{turn[0] or 'nobody named'}: {turn[-1]}" for turn in case["expect"])
    return f"{words(case['text'])} — {words(told) if told else 'no turns'}"


def _rule(case: Case) -> str:
    if not case["expect"]:
        return "no quotation"
    return case["expect"][0]["rule"] or "whichever rule"


def _form(case: Case) -> str:
    if case["expect"][0]["speaker"] is None:
        return "nobody who is sure"
    return case["expect"][0].get("form") or "whatever the form"


def _attribution(case: Case) -> str:
    found = [
        f"{one['source'] or 'nobody named'} → {' … '.join(one['content'])}"
        for one in case["expect"]
    ]
    return f"{words(case['text'])} — {'; '.join(map(words, found)) or 'no quotation'}"


def _speakers(case: Case) -> str:
    found = [
        f"{one['content']} → {listed(one['speaker']) if one['speaker'] else 'unsure'}"
        + (f", {listed(one['role'])}" if one.get("role") else "")
        for one in case["expect"]
    ]
    return f"{words(case['text'])} — {'; '.join(map(words, found))}"


def _sources(case: Case) -> str:
    told = "; ".join(
        f"{one['content']} → {listed(one['speaker']) if one['speaker'] else 'no name'}"
        for one in case["expect"]
    )
    return f"{words(case['text'])} — {words(told)}"


def _acts(case: Case) -> str:
    found = [
        f"{' … '.join(one['content'])} → {one['speaker'] or 'unsure'}" for one in case["expect"]
    ]
    return f"{words(case['text'])} — {'; '.join(map(words, found)) or 'no quotation'}"


def _dialogue(case: Case) -> str:
    found = [
        f"{one['content']} → {one['speaker'] or 'nobody named'}"
        + (", or nobody" if one.get("or_null") else "")
        for one in case["expect"]
    ]
    return f"{words(case['text'])} — {'; '.join(map(words, found))}"


def _nested(case: Case) -> str:
    found = [
        f"{' … '.join(one['content'])} → {one['speaker'] or 'nobody named'}"
        + (", within it" if one.get("within") else "")
        for one in case["expect"]
    ]
    return f"{words(case['text'])} — {'; '.join(map(words, found))}"


def _facts(case: Case) -> str:
    found = "; ".join(f"{name}: {listed(value)}" for name, value in case["expect"].items())
    return f"{words(case['text'])} — {found}"


def _fact_kind(case: Case) -> str:
    names = [name for name in case["expect"] if name not in ("class", "statement", "left")]
    return names[0] if names else "class of the cue"


def _parts(case: Case) -> str:
    found = "; ".join(f"{name}: {listed(value)}" for name, value in case["expect"].items())
    return f"{words(case['name'])} — {found or 'no name'}"


def _family(case: Case) -> str:
    same, other = (", ".join(map(words, t)) for t in (case["texts"], case["expect"]["different"]))
    return f"{same}; but not {other}"


def _pair(case: Case) -> str:
    return f"{words(case['a'])} and {words(case['b'])} — {case['expect']}"


def _wording(case: Case) -> str:
    told = f"{' or '.join(case['expect']['verdict'])} ({' or '.join(case['expect']['severity'])})"
    return f"{words(case['source'])} quoted as {words(case['quotation'])} — {told}"


def _check(case: Case) -> str:
    claimed = f", credited to {case['speaker']}" if case.get("speaker") else ""
    reasons = case["expect"].get("reasons", [])
    told = ", ".join([f"severity {case['expect']['severity']}", *reasons])
    return f"{words(case['quote'])}{claimed} — {told}"


_VERDICT_KINDS = {"claim": "the speaker is not decided", "not_found": "not found"}

CHAPTERS = (
    Chapter(
        "Quotation marks", "The words in marks; nested ones behind `>`, unclosed ones before `…`.",
        ("quotation_marks", "quotation_marks-negative"), _comment,
        lambda case: f"{words(case['text'])} — {'; '.join(map(words, case['expect'])) or 'none'}",
    ),
    Chapter(
        "Transcripts", "Turns: who speaks, and the words.",
        ("transcripts", "transcripts-negative"), _comment, _turns,
    ),
    Chapter(
        "Dates", "Dates of documents, as pages and files write them.",
        ("dates", "dates-negative"), _comment,
        lambda case: f"{words(case['words'])} — {case['expect']}", labelled=False,
    ),
    Chapter(
        "Attribution", "Source → content, by the rule that finds them.",
        ("attribution", "attribution-negative"), _rule, _attribution,
    ),
    Chapter(
        "Speakers", "Who stands behind a source, by its form.",
        ("speakers", "speakers-negative"), _form, _speakers,
    ),
    Chapter(
        "Organisations, groups and roles",
        "Who speaks without being a person with a name, and in what role people speak.",
        ("organisations",), _comment, _sources,
    ),
    Chapter(
        "Articles", "Who says what in articles of twenty kinds.",
        ("articles",), lambda _: "a whole article each", _sources,
    ),
    Chapter(
        "Acts of speech", "Whose words these are, and how far they go, in dialogue and layout.",
        ("speech_acts", "speech_acts-negative"), _comment, _acts,
    ),
    Chapter(
        "Dialogue",
        "Who speaks which line of a conversation. Where no clause tells, a name is given only if "
        "it is likely enough; another name is false.",
        ("dialogue",), _comment, _dialogue,
    ),
    Chapter(
        "Speech within speech",
        "A report within a report is a quotation of its own, with its own speaker, to any depth. "
        "What only looks like one stays one quotation.",
        ("nested_speech", "nested_speech-negative"), _comment, _nested,
    ),
    Chapter(
        "Facts", "Whether, when, where, to whom and through whom something was said.",
        ("facts", "facts-negative"), _fact_kind, _facts,
    ),
    Chapter(
        "Personal names", "Whether two names may be one person. Without more, unsure is an answer.",
        ("person_names", "person_names-negative"), _comment, _pair, labelled=False,
    ),
    Chapter(
        "Parts of a name", "The likeliest reading of a name, case folded.",
        ("name_parts",), lambda case: next(iter(case["expect"]), "no name"), _parts,
    ),
    Chapter(
        "Outlets", "Whether a name is that of an outlet, by its form.",
        ("outlets",), lambda case: {"outlet": "outlets", "not": "no outlets"}[case["expect"]],
        lambda case: words(case["name"])
        + (f" — {case['comment']}" if case["comment"] else ""),
        labelled=False,
    ),
    Chapter(
        "Registers", "Whether words name somebody for the register, or describe within a document.",
        ("register_names", "register_names-negative"), lambda case: f"{case['expect']}s",
        lambda case: f"{words(case['name'])} — {case['expect']}", labelled=False,
    ),
    Chapter(
        "Quantities", "Numbers, sums, dates and measures: the same written otherwise, and others.",
        ("quantities", "quantity_families"),
        lambda case: "all the ways to say a quantity" if "texts" in case else _comment(case),
        lambda case: _family(case) if "texts" in case else _pair(case), labelled=False,
    ),
    Chapter(
        "Edges of the verdicts", "By verdict; [verdicts.md](verdicts.md) shows all, with sources.",
        ("verdicts",), lambda case: _VERDICT_KINDS.get(case["section"], case["section"]), _check,
    ),
    Chapter(
        "Compounds", "One word, two words or a hyphen: the severity of quoting one as the other.",
        ("compounds",), lambda case: f"severity {case['expect']}", _pair, labelled=False,
    ),
    Chapter(
        "Wording", "What a quotation leaves out or turns round: changes of sense, and none.",
        ("wording", "wording-negative"), _comment, _wording,
    ),
    Chapter(
        "Fragments in an article",
        "What an article says in its own words between and around the words that it quotes.",
        ("quoted_fragments", "quoted_fragments-negative"), _comment,
        lambda case: f"{words(case['source'])} in {words(case['text'])} — {case['expect']}",
    ),
    Chapter(
        "Paraphrases", "The same statement in other words, and another that looks like it.",
        ("paraphrase", "paraphrase-negative"), _comment,
        lambda case: f"{words(case['source'])} and {words(case['quotation'])} — {case['expect']}",
    ),
    Chapter(
        "Checks", "Quotations against a small library, and what is not held against one.",
        ("checks", "checks-negative"),
        lambda case: case["origin"]
        if case["origin"].startswith("looks like")
        else case["expect"]["verdict"],
        _check,
    ),
)  # fmt: skip


def page() -> Iterator[str]:
    """The lines of the page."""
    yield "# What quotecheck understands"
    yield ""
    yield "Some of the cases that every change is tested against, by subject and kind. All of them"
    yield "are in [tests/cases](../tests/cases/README.md); this page is made from them by"
    yield "`python -m tests.support.catalogue`."
    for chapter in CHAPTERS:
        yield from ("", f"## {chapter.title}", "", chapter.about)
        kinds: dict[str, list[Case]] = {}
        for case in cases(*chapter.files):
            kinds.setdefault(chapter.kind(case), []).append(case)
        for kind, held in kinds.items():
            yield from ("", f"### {_heading(kind)}")
            for case in held[:MAX_SHOWN]:
                yield f"- {_label(chapter, case)}{chapter.line(case)}"
        failing = [
            case
            for name in chapter.files
            if (CASES / f"{name}-known-failures.jsonl").exists()
            for case in cases(f"{name}-known-failures")
        ]
        if failing:
            yield from ("", "### Still wrong")
            yield from (
                f"- {_label(chapter, case)}{chapter.line(case)}. Not yet: {case['comment']}."
                for case in failing
            )


def main() -> None:
    """Write the page."""
    PAGE.write_text("\n".join(page()) + "\n", encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
