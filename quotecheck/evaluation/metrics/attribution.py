"""Scores attributions against gold spans, quoted passages first.

Contents are compared by their letters and digits alone, so that it does not matter whether a tool
takes marks, commas or spaces with them. A system line is a document: ``{"doc": NAME,
"attributions": [{"content": [[start, end], ...], "cue": [...], "source": [...]}, ...]}``.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from quotecheck.errors import InputError
from quotecheck.evaluation.gold import GoldDocument, MarkedSpans, spans_in
from quotecheck.evaluation.metrics.text_matching import Letters, marked_passages, union

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from quotecheck.records.text import Span

__all__ = ["KINDS", "score_exact", "score_polnear", "verdicts"]

KINDS: Final = ("direct", "mixed", "indirect")
"""How much of a content stands in quotation marks: 95 % or more, some, none."""

_FIGURES: Final = ("attribution", "cue", "full", "head")
_LEAST_IOU: Final = 0.5
"""Overlap over union, 0..1, from which two attributions are compared: half, by convention."""
_DIRECT_SHARE: Final = 0.95
"""Share of code points in marks, 0..1, of a direct quotation; the rest is marks and stops."""

# Words that never make two sources the same.
_EMPTY_WORDS: Final = frozenset(
    re.findall(
        r"\w+",
        """a an the this that these those my your his her its our their who
        and of in on at to for""",
    )
)
_NO_HEADS: Final = _EMPTY_WORDS | frozenset(
    re.findall(r"\w+", "i me we us you he him she her it they them who one jr sr")
)
# A noun phrase's head stands before the first of these.
_AFTER_HEAD: Final = re.compile(
    r"\(|\b(?:as|at|by|for|from|in|including|of|on|speaking|that|to|which|who|whose|with)\b"
)
_PARTS: Final = re.compile(r"[,;]|\s[–—-]+\s| and ")
_POSSESSIVE: Final = re.compile(r"[’']s?(?!\w)")


def score_polnear(
    gold: Sequence[GoldDocument], lines: Iterable[Mapping[str, Any]], *, errors: int = 0
) -> dict[str, Any]:
    """Every figure of attribution; shares in 0..1 rounded to four places.

    Args:
        gold: the documents with their attributions.
        lines: the system's lines; a document without one counts as one with no attributions, and
            of several with one name the last counts.
        errors: how many wrong quoted passages to list.

    Returns:
        ``documents``; ``unknown_documents`` that the gold lacks; then, each with p, r, f1, tp, fp
        and fn:

        - ``quoted``: passages of two words or more in double marks that belong to a gold content
          (more than half of them). Right when the system's content over it, the tightest of
          several, has the right source and lies at least half in the gold one. All contents over
          any passage are claims. With the counts gold, claimed, found, right, and unowned:
          passages that only the system claims.
        - ``attribution``: contents paired one to one, best first, IoU of 0.5 or more.
        - ``content``: letters and digits, whatever the pairing.
        - ``cue``: paired, and the cues overlap or both are empty.
        - ``full``: paired, and the source is right: some of its content words are the gold's, at
          the same place, and these are a third of its own or more; or neither has a source.
        - ``head``: as full, or the sources share a head word wherever they stand.

        ``kinds`` has attribution, cue, full and head for direct, mixed and indirect contents;
        ``errors`` the passages that are wrong.

    Raises:
        InputError: a system line is of another form.
    """
    system = _by_document(lines)
    tallies = {(f, k): _Tally() for f in _FIGURES for k in ("all", *KINDS)}
    content, quoted = _Tally(), _PassageCounts()
    wrong: list[dict[str, Any]] = []
    for document in gold:
        page = _ScoredDocument(document, system.get(document.id, ()))
        _count_contents(page, content)
        _count_pairs(page, tallies)
        wrong += quoted.count(page)
    return {
        "documents": len(gold),
        "unknown_documents": sorted(system.keys() - {document.id for document in gold}),
        "quoted": quoted.figures(),
        "attribution": tallies["attribution", "all"].figures(),
        "content": content.figures(),
        **{f: tallies[f, "all"].figures() for f in _FIGURES[1:]},
        "kinds": {k: {f: tallies[f, k].figures() for f in _FIGURES} for k in KINDS},
        "errors": wrong[:errors],
    }


def score_exact(
    gold: Sequence[GoldDocument], lines: Iterable[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """How much is found to the letter.

    Two are the same when they hold the same letters and digits: punctuation and white space around
    them, and between the pieces of one, are left out. (A cue that is a mere colon is compared by
    its place.) Within a document any attribution may provide a span, each once.

    Returns:
        ``source``, ``cue`` and ``content`` (all pieces of one together; where there is none, it
        counts on neither side) and ``all`` (attributions with all three the same), each as p, r,
        f1, tp, fp and fn.

    Raises:
        InputError: a system line is of another form.
    """
    system = _by_document(lines)
    tallies = {name: _Tally() for name in ("source", "cue", "content", "all")}
    for document in gold:
        letters = Letters(document.text)
        gold_rows, answers = (
            [
                (letters.exact(x.source), letters.exact(x.cue), letters.exact(x.content))
                for x in side
            ]
            for side in (document.attributions, system.get(document.id, ()))
        )
        tallies["all"].compare(Counter(gold_rows), Counter(answers))
        for place, name in enumerate(("source", "cue", "content")):
            tallies[name].compare(
                Counter(x[place] for x in gold_rows if x[place]),
                Counter(x[place] for x in answers if x[place]),
            )
    return {name: tally.figures() for name, tally in tallies.items()}


def verdicts(
    document: GoldDocument, system: Sequence[MarkedSpans]
) -> tuple[list[bool], list[bool]]:
    """Of each attribution by itself: whether it is right, and whether its spans are exact.

    Right: half of the letters of a gold content and its own are in both (IoU), and the source is
    right as in ``full``. No pairing is made, so that several readings of one place may be right.
    """
    page = _ScoredDocument(document, system)

    def exact(x: MarkedSpans) -> tuple[object, ...]:
        return tuple(page.letters.exact(spans) for spans in (x.source, x.cue, x.content))

    gold = [(letters, exact(x), x) for letters, x in zip(page.gold_letters, page.gold, strict=True)]
    right, same = [], []
    for letters, attribution in zip(page.system_letters, system, strict=True):
        best = max(
            gold,
            key=lambda g: (g[0] & letters).bit_count() / max(1, (g[0] | letters).bit_count()),
            default=None,
        )
        alike = (
            best is not None
            and 2 * (best[0] & letters).bit_count() >= (best[0] | letters).bit_count()
        )
        right.append(bool(alike and best and page.right_source(best[2], attribution)))
        same.append(bool(alike and best and best[1] == exact(attribution)))
    return right, same


def _by_document(lines: Iterable[Mapping[str, Any]]) -> dict[str, list[MarkedSpans]]:
    by_document = {}
    for number, line in enumerate(lines, 1):
        where = f"line {number}"
        try:
            name, attributions = line["doc"], line["attributions"]
            by_document[name] = [
                MarkedSpans(
                    *(spans_in(x, role, where=where) for role in ("content", "cue", "source"))
                )
                for x in attributions
            ]
        except (KeyError, TypeError, AttributeError) as error:
            raise InputError(
                "is not a document with attributions",
                where=where,
                remedy='A line is {"doc": NAME, "attributions": [{"content": [[0, 9]], ...}]}.',
            ) from error
    return by_document


@dataclass(slots=True)
class _Tally:
    """What was found and right, found and wrong, and missed."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def compare(self, gold: Counter[Any], answers: Counter[Any]) -> None:
        """Count two bags against each other."""
        right = (gold & answers).total()
        self.tp += right
        self.fp += answers.total() - right
        self.fn += gold.total() - right

    def figures(self) -> dict[str, Any]:
        answers, gold = self.tp + self.fp, self.tp + self.fn
        p = self.tp / answers if answers else 0.0
        r = self.tp / gold if gold else 0.0
        f1 = 2 * p * r / (p + r) if p + r else 0.0
        return {
            "p": round(p, 4),
            "r": round(r, 4),
            "f1": round(f1, 4),
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


class _ScoredDocument:
    """A document with both sides' attributions and the letters of their contents."""

    def __init__(self, document: GoldDocument, system: Sequence[MarkedSpans]) -> None:
        self.id = document.id
        self.text = document.text
        self.letters = Letters(document.text)
        self.gold, self.system = document.attributions, system
        self.gold_letters = [self.letters.of(x.content) for x in self.gold]
        self.system_letters = [self.letters.of(x.content) for x in system]
        marked = [(span, self.letters.of([span])) for span in marked_passages(document.text)]
        self.passages = [(span, letters) for span, letters in marked if letters]
        self._inside = union(letters for _, letters in self.passages)

    def kind(self, content: int) -> str:
        """How much of a content is in marks: one of `KINDS`."""
        inside = (content & self._inside).bit_count()
        if not inside:
            return "indirect"
        return "direct" if inside / content.bit_count() >= _DIRECT_SHARE else "mixed"

    def pairs(self) -> dict[int, int]:
        """Gold to system contents, one to one: the best IoU first, ties in order of the lists."""
        ranked = sorted(
            (-(g & s).bit_count() / (g | s).bit_count(), i, j)
            for i, g in enumerate(self.gold_letters)
            for j, s in enumerate(self.system_letters)
            if g & s
        )
        partner: dict[int, int] = {}
        paired: set[int] = set()
        for minus_iou, i, j in ranked:
            if -minus_iou >= _LEAST_IOU and i not in partner and j not in paired:
                partner[i] = j
                paired.add(j)
        return partner

    def right_source(self, gold: MarkedSpans, system: MarkedSpans) -> bool:
        if not gold.source:
            return not system.source
        gold_words, words = self._words(gold.source), self._words(system.source)
        if not gold_words:  # "his", "who": only the place can tell
            return _overlap(gold.source, system.source) and len(words) <= 2
        common = len(gold_words & words)
        return common > 0 and 3 * common >= len(words)

    def heads(self, spans: Iterable[Span]) -> set[str]:
        """The last word of each part that commas divide, before a preposition or a clause."""
        heads = set()
        for span in spans:
            for part in _PARTS.split(span.of(self.text)):
                phrase = _AFTER_HEAD.split(part.strip(), maxsplit=1)[0] or part
                words = map(str.lower, re.findall(r"\w+", _POSSESSIVE.sub("", phrase)))
                heads.update([word for word in words if word not in _NO_HEADS][-1:])
        return heads

    def _words(self, spans: Iterable[Span]) -> set[tuple[int, str]]:
        """Content words with their places."""
        return {
            (span.start + match.start(), word)
            for span in spans
            for match in re.finditer(r"\w+", span.of(self.text))
            if (word := match.group().lower()) not in _EMPTY_WORDS
        }


def _count_contents(page: _ScoredDocument, tally: _Tally) -> None:
    gold, answers = union(page.gold_letters), union(page.system_letters)
    tally.tp += (gold & answers).bit_count()
    tally.fp += (answers & ~gold).bit_count()
    tally.fn += (gold & ~answers).bit_count()


def _count_pairs(page: _ScoredDocument, tallies: Mapping[tuple[str, str], _Tally]) -> None:
    """Count the figures that go by pairs, under all and under the kind of the content."""
    partner = page.pairs()
    right = {i: _right(page, page.gold[i], page.system[j]) for i, j in partner.items()}
    of_system = {j: i for i, j in partner.items()}
    for i, letters in enumerate(page.gold_letters):
        for kind in ("all", page.kind(letters)):
            for figure in _FIGURES:
                hit = figure in right.get(i, ())
                tallies[figure, kind].tp += hit
                tallies[figure, kind].fn += not hit
    for j, letters in enumerate(page.system_letters):
        paired = of_system.get(j)
        for kind in ("all", page.kind(letters if paired is None else page.gold_letters[paired])):
            for figure in _FIGURES:
                tallies[figure, kind].fp += paired is None or figure not in right[paired]


def _right(page: _ScoredDocument, gold: MarkedSpans, system: MarkedSpans) -> set[str]:
    """The figures that a pair of attributions satisfies."""
    tallies = {"attribution"}
    if _overlap(gold.cue, system.cue):
        tallies.add("cue")
    if page.right_source(gold, system):
        tallies |= {"full", "head"}
    elif page.heads(gold.source) & page.heads(system.source):
        tallies.add("head")
    return tallies


class _PassageCounts:
    """Counts over the passages in quotation marks."""

    def __init__(self) -> None:
        self.gold = self.claimed = self.found = self.right = self.unowned = 0

    def count(self, page: _ScoredDocument) -> Iterator[dict[str, Any]]:
        """Count a document's passages; gives those that have no right source."""
        for span, letters in page.passages:
            if len(span.of(page.text).split()) < 2:
                continue
            owners = _over(letters, page.gold_letters)
            claims = _over(letters, page.system_letters)
            self.claimed += len(claims)
            if not owners:
                self.unowned += bool(claims)
                continue
            self.gold += 1
            self.found += bool(claims)
            owner = _tightest(letters, owners, page.gold_letters)
            if claims:
                claim = _tightest(letters, claims, page.system_letters)
                claim_letters = page.system_letters[claim]
                inside = (claim_letters & page.gold_letters[owner]).bit_count()
                if 2 * inside >= claim_letters.bit_count() and page.right_source(
                    page.gold[owner], page.system[claim]
                ):
                    self.right += 1
                    continue
            yield {
                "doc": page.id,
                "quote": span.of(page.text),
                "gold": [x.of(page.text) for x in page.gold[owner].source],
                "system": [[x.of(page.text) for x in page.system[j].source] for j in claims],
            }

    def figures(self) -> dict[str, Any]:
        tally = _Tally(self.right, self.claimed - self.right, self.gold - self.right)
        counts = ("claimed", "unowned", "gold", "found", "right")
        return tally.figures() | {name: getattr(self, name) for name in counts}


def _over(passage: int, contents: Sequence[int]) -> list[int]:
    """The contents that cover more than half of a passage."""
    size = passage.bit_count()
    return [i for i, x in enumerate(contents) if 2 * (x & passage).bit_count() > size]


def _tightest(passage: int, which: Sequence[int], contents: Sequence[int]) -> int:
    """The one that covers most of a passage, of equals the shortest, of equals the first."""
    return min(
        which, key=lambda i: (-(contents[i] & passage).bit_count(), contents[i].bit_count(), i)
    )


def _overlap(a: Sequence[Span], b: Sequence[Span]) -> bool:
    """Whether two lists of spans meet, or are both empty."""
    return any(x.overlaps(y) for x in a for y in b) if a or b else True
