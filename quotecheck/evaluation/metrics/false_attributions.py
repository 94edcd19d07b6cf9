"""Counts the passages in quotation marks that are nobody's words and were given to somebody.

Titles, scare quotes, slogans, and sentences whose speaker the text does not tell: a system that
gives each to the person named nearest looks good on quotations and does harm here. Gold in
PolNeAR's form does not say what such a passage is; its form tells one class from another:

- ``title``: a capital on every weighty word, twelve words at most; one word alone without a stop;
- ``orphan``: reads as a sentence of its own;
- ``scare``: any other phrase.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.evaluation.gold import spans_in
from quotecheck.evaluation.metrics.text_matching import Letters, union
from quotecheck.records.quotation import is_speech

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotecheck.evaluation.gold import GoldDocument
    from quotecheck.records.text import Span

__all__ = ["CLASSES", "Passage", "form_class", "nameless_rows", "score_false_names", "unowned"]

CLASSES: Final = ("title", "scare", "orphan")

_MOST_WORDS: Final = 12
"""Words. By eye: a longer passage in marks is speech, neither title nor scare quotes."""
_LEAST_WORDS: Final = 5
"""Words from which a passage with a capital in front is a sentence even without a stop."""
_SMALL: Final = frozenset(
    re.findall(r"\w+", "a an and as at but by for from in is its nor of on or over the to up with")
)
_STOP: Final = re.compile(r"[.?!…,;—–-]['’\"”)\]]*\Z")


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that has no speaker: its document, its place, its class (of `CLASSES`)."""

    document: str
    span: Span
    text: str
    name: str


def form_class(words: str) -> str:
    """What a passage that nobody is quoted with looks like: one of `CLASSES`.

    Args:
        words: the passage without its marks.

    >>> form_class("Winter on the Quay"), form_class("peace canal"), form_class("It is not so.")
    ('title', 'scare', 'orphan')
    """
    spoken_words = [word for word in words.split() if any(map(str.isalnum, word))]
    weighty = [w for w in spoken_words if w.lower().strip(".,!?'’") not in _SMALL] or spoken_words
    capitals = [next(filter(str.isalnum, w)) for w in weighty]
    stopped = _STOP.search(words.strip()) is not None
    capital = bool(spoken_words) and not next(filter(str.isalnum, spoken_words[0])).islower()
    in_full = all(c.isupper() or c.isdigit() for c in capitals)
    ended = words.strip()[-1:] in {".", "?", "!"}  # a comma may be the writer's
    if (
        spoken_words
        and in_full
        and len(spoken_words) <= _MOST_WORDS
        and (len(weighty) > 1 or not ended)
    ):
        return "title"
    if capital and len(spoken_words) > 1 and (stopped or len(spoken_words) >= _LEAST_WORDS):
        return "orphan"
    return "scare"


def unowned(document: GoldDocument, passages: Iterable[Span]) -> list[Passage]:
    """The passages of a document of which no gold content holds more than half the letters.

    Args:
        document: the text with its gold attributions.
        passages: what stands in quotation marks, the marks left out, outermost alone.
    """
    letters = Letters(document.text)
    contents = [letters.of(a.content) for a in document.attributions]
    nobody_said = []
    for span in passages:
        inside = letters.of([span])
        # By all contents together: of what two speakers share, neither is nobody's.
        if inside and 2 * (inside & union(contents)).bit_count() <= inside.bit_count():
            words = span.of(document.text)
            nobody_said.append(Passage(document.id, span, words, form_class(words)))
    return nobody_said


def nameless_rows(lines: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> list[Passage]:
    """The gold lines (of `evaluation.metrics.speakers`) of kind scare or title, and the orphans.

    An orphan is a direct quotation whose ``source_form`` is "none".

    Args:
        lines: the gold.
        texts: the documents by name.

    Raises:
        InputError: a line lacks its document, kind or content, or its document is not there.
    """
    passages = []
    for number, line in enumerate(lines, 1):
        where = f"line {number}"
        try:
            name, kind, form = line["doc"], line["kind"], line["source_form"]
            text = texts[name]
        except (KeyError, TypeError) as error:
            raise InputError(
                f"lacks {error}" if isinstance(error, KeyError) else "is not an object",
                where=where,
                remedy="A line has doc, content, kind and source_form, and its text beside it.",
            ) from error
        orphan = kind == "direct" and form == "none"
        if not is_speech(kind) or orphan:
            for span in spans_in(line, "content", where=where):
                label = "orphan" if orphan else kind
                passages.append(Passage(name, span, span.of(text), label))
    return passages


def score_false_names(
    passages: Sequence[Passage],
    texts: Mapping[str, str],
    lines: Iterable[Mapping[str, Any]],
    *,
    errors: int = 0,
) -> dict[str, Any]:
    """How many passages without a speaker were given a named one.

    Args:
        passages: from `unowned` or `nameless_rows`.
        texts: the documents by name.
        lines: the system's lines, ``{doc, attributions: [{content, source, speaker, kind, rule,
            confidence, evidence}]}``; ``speaker`` is a name, a list of names or null.
        errors: how many of the passages that were given a name to list, the surest first.

    Returns:
        ``passages``, ``named`` and ``share`` (of passages that were given a name, in 0..1), over
        all and under ``classes`` by class, each with ``sourced`` too: passages that were given a
        source, with a name or without one. A passage has the speaker of the tightest content that
        holds more than half its letters; scare quotes and titles of the system have none.
        ``rules`` counts the named by rule. ``errors`` lists them: doc, class, quote, the words
        around it, speaker, source, kind, rule, confidence, evidence.

    Raises:
        InputError: a system line is of another form.
    """
    system = {line["doc"]: list(line["attributions"]) for line in lines}
    pages = {name: _ScoredDocument(text, system.get(name, [])) for name, text in texts.items()}
    counts = {name: [0, 0, 0] for name in ("all", *CLASSES)}
    rules: dict[str, int] = {}
    wrong: list[dict[str, Any]] = []
    for passage in passages:
        claim = pages[passage.document].claim(passage.span)
        named = claim is not None and bool(claim.get("speaker"))
        for name in ("all", passage.name):
            counts[name][0] += 1
            counts[name][1] += named
            counts[name][2] += claim is not None and bool(claim.get("source"))
        if claim is not None and named:
            rule = str(claim.get("rule", ""))
            rules[rule] = rules.get(rule, 0) + 1
            wrong.append(_error(passage, claim, texts[passage.document]))
    wrong.sort(key=lambda row: -float(row["confidence"] or 0.0))
    return {
        **_figures(counts["all"]),
        "classes": {name: _figures(counts[name]) for name in CLASSES},
        "rules": dict(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
        "errors": wrong[:errors],
    }


def _figures(counts: Sequence[int]) -> dict[str, Any]:
    passages, named, sourced = counts
    share = round(named / passages, 4) if passages else 0.0
    return {"passages": passages, "named": named, "share": share, "sourced": sourced}


class _ScoredDocument:
    """A document's text and what a system finds in it."""

    def __init__(self, text: str, attributions: Sequence[Mapping[str, Any]]) -> None:
        self._letters = Letters(text)
        self._attributions = list(self._contents(attributions))

    def _contents(
        self, attributions: Sequence[Mapping[str, Any]]
    ) -> Iterator[tuple[int, Mapping[str, Any]]]:
        for attribution in attributions:
            letters = self._letters.of(spans_in(attribution, "content"))
            if letters and is_speech(attribution.get("kind", "direct")):
                yield letters, attribution

    def claim(self, span: Span) -> Mapping[str, Any] | None:
        """The tightest attribution whose content holds more than half of a passage."""
        inside = self._letters.of([span])
        over = [
            (letters.bit_count(), number)
            for number, (letters, _) in enumerate(self._attributions)
            if 2 * (letters & inside).bit_count() > inside.bit_count()
        ]
        return self._attributions[min(over)[1]][1] if over else None


def _error(passage: Passage, claim: Mapping[str, Any], text: str) -> dict[str, Any]:
    start, end = max(0, passage.span.start - 60), passage.span.end + 60
    return {
        "doc": passage.document,
        "class": passage.name,
        "quote": passage.text,
        "around": " ".join(text[start:end].split()),
        "speaker": claim["speaker"],
        "source": [span.of(text) for span in spans_in(claim, "source")],
        "kind": claim.get("kind"),
        "rule": claim.get("rule"),
        "confidence": claim.get("confidence"),
        "evidence": claim.get("evidence", []),
    }
