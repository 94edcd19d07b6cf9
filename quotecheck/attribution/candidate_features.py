"""Evidence for a reading of an attribution, as named numbers.

Four witnesses: how far rules and tagger agree on it, the tagger's probabilities for just these
spans, the ties between them, and what parse and page show of cue, source and content.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from quotecheck.attribution.candidates import Candidate, overlap_share, shared
from quotecheck.attribution.text_view import TextView, Word
from quotecheck.language.quotation_characters import CURLY_SINGLE, DOUBLE, GUILLEMETS
from quotecheck.language.reporting_verbs import content_nouns, cue_class, is_plain_verb
from quotecheck.records.quotation import Attribution
from quotecheck.records.span_tags import Marginals, TaggedDocument, TaggedSpan
from quotecheck.records.text import Span

__all__ = ["FeatureExtractor"]

_NONE = float("nan")
_REMEMBERED: Final = 4_096  # Contents of readings whose numbers are kept: some megabytes. By eye.
_RULES = ("relay", "quoted", "turn", "headline", "reported")
_UPOS = ("VERB", "NOUN", "PUNCT", "ADP", "AUX", "ADJ", "PROPN")
_STRIPPED = " \t\r\n\u00a0,.;:!?—–-()[]'" + DOUBLE + CURLY_SINGLE + GUILLEMETS


class FeatureExtractor:
    """Questions one page and its tagged spans about readings.

    Args:
        view: the text.
        tagged: what the tagger sees in it.
    """

    def __init__(self, view: TextView, tagged: TaggedDocument) -> None:
        self._view = view
        self._marginals = tagged.marginals
        self._tagger_links = [
            _TaggerLinks(reading) for reading in (tagged, tagged.wide) if reading is not None
        ]
        # Readings share their contents, cues and sources with one another.
        self._content_chances: dict[tuple[Span, ...], dict[str, float]] = {}
        self._role_chances: dict[tuple[str, tuple[Span, ...]], dict[str, float]] = {}
        self._content_roles: dict[tuple[int, tuple[Span, ...]], dict[str, float]] = {}

    def features(self, candidate: Candidate) -> dict[str, float]:
        """Numbers by name; NaN where a question has no answer."""
        attribution = candidate.attribution
        if len(self._content_chances) > _REMEMBERED:
            self._content_chances.clear()
            self._role_chances.clear()
            self._content_roles.clear()
        values: dict[str, float] = {}
        for name, reader in (
            ("rule", candidate.rule), ("tag", candidate.tagged), ("wide", candidate.wide)
        ):  # fmt: skip
            values |= _agreement(name, attribution, reader)
        values["rule sure"] = candidate.rule.confidence if candidate.rule else _NONE
        kind = candidate.rule.rule.split(":")[0] if candidate.rule else ""
        values |= {f"rule {name}": float(kind == name) for name in _RULES}
        if self._marginals is not None:
            values |= self._chances(self._marginals, attribution)
        values |= self._links(attribution)
        values |= self._shape(attribution)
        values |= self._syntax(attribution)
        return values

    def _chances(self, marginals: Marginals, attribution: Attribution) -> dict[str, float]:
        key = attribution.content
        if key not in self._content_chances:
            self._content_chances[key] = self._chances_of_content(marginals, key)
        chances = self._content_chances[key].copy()
        for role, spans in (("cue", attribution.cue), ("source", attribution.source)):
            if (role, spans) not in self._role_chances:
                self._role_chances[role, spans] = self._chances_of_role(marginals, role, spans)
            chances |= self._role_chances[role, spans]
        return chances

    def _chances_of_content(
        self, marginals: Marginals, spans: tuple[Span, ...]
    ) -> dict[str, float]:
        text = self._view.text
        content = [_stripped(text, s) for s in spans]
        return {
            "content mean": min(marginals.mean("content", s) for s in content),
            "content begins": marginals.begins("content", spans[0]),
            "content begins inside": marginals.begins("content", content[0]),
            "content ends": marginals.ends("content", spans[-1]),
            "content source": max(marginals.mean("source", s) for s in content),
            "content cue": max(marginals.mean("cue", s) for s in content),
            "content before": marginals.mean("content", _beside(text, spans[0], -1)),
            "content behind": marginals.mean("content", _beside(text, spans[-1], 1)),
            "content worst end": min(marginals.ends("content", s) for s in spans),
        }

    def _chances_of_role(
        self, marginals: Marginals, role: str, spans: tuple[Span, ...]
    ) -> dict[str, float]:
        cover = Span.cover(spans) if spans else None
        behind = _beside(self._view.text, cover, 1) if cover else None
        return {
            f"{role} mean": marginals.mean(role, cover) if cover else _NONE,
            f"{role} begins": marginals.begins(role, cover) if cover else _NONE,
            f"{role} ends": marginals.ends(role, cover) if cover else _NONE,
            f"{role} behind": marginals.mean(role, behind) if behind else _NONE,
        }

    def _links(self, attribution: Attribution) -> dict[str, float]:
        """The tagger's ties between these very spans, from the reading that has them."""
        source = content = rivals = _NONE
        for reading in self._tagger_links:
            cues = reading.cues_at(attribution.cue)
            if not cues:
                continue
            ties = [
                _tie(reading.contents[s], cues)
                for s in attribution.content
                if s in reading.contents
            ]
            if ties and math.isnan(content):
                content = min(ties)
            of_source = [
                _tie(reading.sources[s], cues) for s in attribution.source if s in reading.sources
            ]
            if of_source and math.isnan(source):
                source = max(of_source)
            if math.isnan(rivals):
                rivals = reading.rival(cues, attribution.source)
        return {"tie content": content, "tie source": source, "tie rival": rivals}

    def _shape(self, attribution: Attribution) -> dict[str, float]:
        text, view = self._view.text, self._view
        cover = Span.cover(attribution.content)
        words = [len(s.of(text).split()) for s in attribution.content]
        values = {
            "parts": float(len(attribution.content)),
            "words": float(sum(words)),
            "least words": float(min(words)),
            "direct": float(attribution.kind == "direct"),
            "mixed": float(attribution.kind == "mixed"),
            "indirect": float(attribution.kind == "indirect"),
            "sourced": float(bool(attribution.source)),
            "cued": float(bool(attribution.cue)),
        }
        cut = 0
        for span in attribution.content:
            for passage in view.passages_around(span):
                inside = shared((span,), (passage.inner,))
                cut += 0 < inside < passage.inner.end - passage.inner.start
        values["cut marks"] = float(cut)
        if attribution.cue:
            cue = Span.cover(attribution.cue)
            values["cue words"] = float(len(cue.of(text).split()))
            values["cue gap"] = float(min(_gap(cue, s) for s in attribution.content))
            values["cue after"] = float(cue.start >= cover.end)
            values["cue before"] = float(cue.end <= cover.start)
            if attribution.source:
                source = Span.cover(attribution.source)
                values["source gap"] = float(_gap(source, cue))
                values["source after cue"] = float(source.start > cue.start)
                values["source words"] = float(len(source.of(text).split()))
                between = text[min(source.end, cue.end) : max(source.start, cue.start)]
                values["line between"] = float("\n" in between)
        return values

    def _syntax(self, attribution: Attribution) -> dict[str, float]:
        values: dict[str, float] = {}
        cue = self._words(attribution.cue)
        if cue:
            head = next((w for w in cue if w.token.upos in {"VERB", "NOUN", "AUX"}), cue[0])
            lemma = head.token.lemma.lower()
            values |= {f"cue {tag}": float(head.token.upos == tag) for tag in _UPOS}
            values["cue known"] = float(bool(cue_class(lemma)))
            values["cue noun known"] = float(lemma in content_nouns())
            values["cue says"] = float(is_plain_verb(lemma))
            values["parsed"] = float(head.tree.parsed)
            deprel = head.token.deprel.split(":")[0]
            for name in ("root", "ccomp", "xcomp", "acl", "advcl", "conj", "parataxis", "amod"):
                values[f"cue as {name}"] = float(deprel == name)
            values |= _source_role(head, self._words(attribution.source))
            key = (head.token.start, attribution.content)
            if key not in self._content_roles:
                self._content_roles[key] = _content_role(head, attribution.content)
            values |= self._content_roles[key]
        first = self._words(attribution.content[:1])
        if first:
            values["content begins sentence"] = float(first[0].index == 0)
            low = first[0].token.text.lower()
            values["content that"] = float(low == "that")
            values["content to"] = float(low == "to")
            values["content wh"] = float(first[0].token.xpos.startswith("W"))
            values["content verb"] = float(any(w.token.upos in {"VERB", "AUX"} for w in first))
        last = self._words(attribution.content[-1:])
        if last:
            ends = last[-1].index >= len(last[-1].tree.tokens) - 2
            values["content ends sentence"] = float(ends)
        return values

    def _words(self, spans: Sequence[Span]) -> list[Word]:
        return [word for span in spans for word in self._view.words_in(span)]


class _TaggerLinks:
    """One reading of the tagger's, asked by spans."""

    def __init__(self, reading: TaggedDocument) -> None:
        self.sources = {s.span: s for s in reading.sources}
        self.contents = {s.span: s for s in reading.contents}
        self._cues = [cue.span for cue in reading.cues]
        self._starts = [cue.start for cue in self._cues]
        self._sources_by_cue: dict[int, list[TaggedSpan]] = defaultdict(list)
        for source in reading.sources:
            for cue, _ in source.cues:
                self._sources_by_cue[cue].append(source)

    def cues_at(self, spans: Sequence[Span]) -> list[int]:
        """The numbers of the cues that share a character with one of the spans."""
        numbers = []
        for span in spans:
            low = max(0, bisect_right(self._starts, span.start) - 1)
            high = bisect_left(self._starts, span.end)
            numbers += [n for n in range(low, high) if self._cues[n].overlaps(span)]
        return numbers

    def rival(self, cues: Sequence[int], sources: Sequence[Span]) -> float:
        """The strongest tie of another source to one of these cues."""
        others = {
            id(s): s for cue in cues for s in self._sources_by_cue[cue] if s.span not in sources
        }
        return max((_tie(s, cues) for s in others.values()), default=0.0)


def _agreement(name: str, attribution: Attribution, reader: Attribution | None) -> dict[str, float]:
    if reader is None:
        return {f"{name} content": 0.0, f"{name} source": _NONE, f"{name} cue": _NONE}
    return {
        f"{name} content": overlap_share(attribution.content, reader.content),
        f"{name} source": overlap_share(attribution.source, reader.source),
        f"{name} cue": overlap_share(attribution.cue, reader.cue),
    }


def _tie(span: TaggedSpan, cues: Sequence[int]) -> float:
    return sum(chance for cue, chance in span.cues if cue in cues)


def _gap(left: Span, right: Span) -> int:
    return max(0, max(left.start, right.start) - min(left.end, right.end))


def _stripped(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start] in _STRIPPED:
        start += 1
    while start < end and text[end - 1] in _STRIPPED:
        end -= 1
    return Span(start, end) if start < end else span


def _beside(text: str, span: Span, side: int) -> Span:
    """The word beside a span, punctuation passed over; the span's own edge at the text's ends."""
    place = span.start - 1 if side < 0 else span.end
    while 0 <= place < len(text) and not text[place].isalnum():
        if text[place] == "\n":
            break
        place += side
    place = max(0, min(len(text) - 1, place))
    return Span(place, place + 1)


def _source_role(head: Word, source: Sequence[Word]) -> dict[str, float]:
    tokens = head.tree.tokens
    values = {"source subject": 0.0, "source agent": 0.0, "source owner": 0.0}
    if not source:
        return values
    tops = [w for w in source if w.tree is head.tree]
    inside = {w.index for w in tops}
    tops = [w for w in tops if tokens[w.index].head not in inside]
    subject = head.tree.subject(head.index) if head.tree.parsed else None
    for word in tops:
        token = tokens[word.index]
        if word.index == subject or (token.head == head.index and token.deprel.startswith("nsubj")):
            values["source subject"] = 1.0
        if token.head == head.index and token.deprel.startswith("obl"):
            values["source agent"] = 1.0
        if token.head == head.index and token.deprel.startswith("nmod"):
            values["source owner"] = 1.0
    top = tops[0] if tops else source[0]
    values |= {f"source {tag}": float(top.token.upos == tag) for tag in ("PROPN", "NOUN", "PRON")}
    labels = {m.label for m in top.tree.mentions if m.span.start <= top.token.start < m.span.end}
    values["source person"] = float("Person" in labels)
    values["source first"] = float(top.token.text.lower() in {"i", "we", "you", "me", "us"})
    values["source other sentence"] = float(top.tree is not head.tree)
    values["source own subject elsewhere"] = float(
        subject is not None and not values["source subject"]
    )
    return values


def _content_role(head: Word, content: Sequence[Span]) -> dict[str, float]:
    """Which child of the cue holds the content, and how well the child's extent fits it."""
    best, relation = 0.0, ""
    for child in head.tree.children[head.index]:
        low, high = head.tree.extents[child]
        span = Span(head.tree.tokens[low].start, head.tree.tokens[high].end)
        alike = overlap_share((span,), content)
        if alike > best:
            best, relation = alike, head.tree.tokens[child].deprel.split(":")[0]
    values = {"clause fit": best}
    for name in ("ccomp", "xcomp", "obj", "parataxis", "obl", "advcl", "acl", "nmod"):
        values[f"content as {name}"] = float(relation == name)
    return values
