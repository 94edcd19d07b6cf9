"""Text to sentences of tokens, by Stanza: tags, lemmas, named entities, and the parse where wanted.

The weights that travel with quotecheck are the default; `load_parser` takes Stanza's own models
too. Nothing here ever looks at the network, and nothing heavy is imported before `load_parser`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any

from quotecheck import weights
from quotecheck.annotations import Mention, ParsedDocument, Sentence, Span, Token
from quotecheck.errors import WeightsError

__all__ = ["MAX_PARSED", "StanzaParser", "load_parser"]

Wanted = Callable[[Sentence], bool]

MAX_PARSED = 250
"""Sentences of more words than this are never parsed: they are lists and tables, not prose, and the
parser's cost grows with the square."""

_PIECE = 3_000  # code points handed to the tokenizer as one paragraph, at most
_BLOCK = 60_000  # code points that go through the networks together
_SENTENCE_END = re.compile(r"[.!?][\"'”’»)\]]*\s+")

# Marks that treebanks hardly know, each put as its commonest equal of one code point, so that
# offsets stay. Only the networks see this; tokens are sliced from the raw text.
_PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "″": '"', "＂": '"',
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "´": "'", "ʼ": "'", "‹": "'",
        "›": "'", "–": "-", "‐": "-", "‑": "-", "‒": "-", "−": "-", "―": "—",
        "\u200b": " ", "\u200e": " ", "\u200f": " ", "\u2060": " ", "\ufeff": " ", "\x00": " ",
        "\x83": " ", "\u00ad": "-",
    }
)  # fmt: skip

_LABELS = {
    "PERSON": "Person", "PER": "Person", "ORG": "Organization", "GPE": "Location",
    "LOC": "Location", "FAC": "Facility", "DATE": "Date", "MONEY": "Money", "PRODUCT": "Product",
    "MISC": "Misc", "EVENT": "Misc", "WORK_OF_ART": "Misc", "LAW": "Misc",
}  # fmt: skip
"""The names of entity types in other weights, as ours call them; unknown ones stay as they are."""


def load_parser(
    *, stanza_dir: Path | str | None = None, package: str | None = None, threads: int | None = 1
) -> StanzaParser:
    """A parser with its weights in memory; takes some seconds.

    Args:
        stanza_dir: a folder of Stanza's own models (as `stanza.download` lays it out). None: the
            weights that travel with quotecheck, or Stanza's usual folder when ``package`` is given.
        package: which of Stanza's packages to take from there ("default" when None).
        threads: CPU threads for the networks, for the whole process. None: leave torch's setting.

    Raises:
        WeightsError: weights are missing, damaged, or not those that were shipped.
    """
    own = stanza_dir is None and package is None
    sums = weights.verified() if own else {}

    import torch

    if threads is not None:
        torch.set_num_threads(threads)
    if own:
        return StanzaParser(
            _shipped_pipeline(weights.FOLDER), dict(sums), weights.lemma_rules(weights.FOLDER)
        )
    return StanzaParser(_stanza_pipeline(stanza_dir, package or "default"))


def _shipped_pipeline(folder: Path) -> Any:
    from stanza import Pipeline
    from stanza.models.common.foundation_cache import FoundationCache
    from stanza.models.common.pretrain import Pretrain

    vectors = str(folder / "vectors.pt")
    shared = Pretrain(vectors)
    shared._emb = shared.emb.float()  # half precision on disk; the layer above it is single
    cache = FoundationCache(local_files_only=True)
    cache.pretrains[vectors] = shared
    parts = ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    paths = {f"{part}_model_path": str(folder / f"{part}.pt") for part in parts}
    return Pipeline(
        "en",
        dir=str(folder),
        # Stanza wants a catalogue of its models; ours names none of them, so that it takes the
        # paths below and never thinks of a download.
        resources_filepath=str(folder / "manifest.json"),
        processors=",".join(parts),
        allow_unknown_language=True,
        download_method=None,
        foundation_cache=cache,
        logging_level="ERROR",
        use_gpu=False,
        pos_pretrain_path=vectors,
        depparse_pretrain_path=vectors,
        ner_pretrain_path=vectors,
        **paths,
    )


def _stanza_pipeline(stanza_dir: Path | str | None, package: str) -> Any:
    from stanza import Pipeline
    from stanza.resources.common import DEFAULT_MODEL_DIR

    folder = str(stanza_dir) if stanza_dir is not None else str(DEFAULT_MODEL_DIR)
    try:
        return Pipeline(
            "en",
            dir=folder,
            package=package,
            processors="tokenize,mwt,pos,lemma,depparse,ner",
            download_method=None,
            logging_level="ERROR",
            use_gpu=False,
        )
    except (
        Exception
    ) as error:  # whatever Stanza and torch raise on a folder that is not as it should be
        raise WeightsError(
            f"Stanza's models for English, package {package!r}, cannot be loaded: "
            f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}",
            where=folder,
            remedy='Fetch them on a machine with a network: python -c "import stanza; '
            f"stanza.download('en', model_dir='{folder}', package='{package}')\", or leave "
            "--stanza-dir and --package out to use quotecheck's own weights.",
        ) from error


class StanzaParser:
    """Stanza's English pipeline, batched over paragraphs and documents."""

    def __init__(
        self,
        pipeline: Any,
        sums: dict[str, str] | None = None,
        rules: Mapping[str, str] | None = None,
    ) -> None:
        from quotecheck.networks import Networks

        self._pipeline = pipeline
        self._networks = Networks(pipeline, rules)
        self._sums = sums

    @cached_property
    def signature(self) -> dict[str, str]:
        """The sha256 of every file of weights, by file name: what a result depends on."""
        if self._sums is not None:
            return self._sums
        found = {}
        for name, value in sorted(self._pipeline.config.items()):
            for entry in value if isinstance(value, list) else [value]:
                if name.endswith("_path") and isinstance(entry, str) and Path(entry).is_file():
                    found[Path(entry).name] = weights.sha256_of(Path(entry))
        return found

    def parse(
        self,
        text: str,
        *,
        paragraphs: Sequence[Span] | None = None,
        wanted: Wanted | None = None,
    ) -> ParsedDocument:
        """One text, parsed.

        Args:
            text: raw text; it is not edited, and every offset is into it.
            paragraphs: no sentence crosses the limits of these; text outside them is left out.
                None: every line is a paragraph.
            wanted: asked for every sentence when its tokens, tags, lemmas and entities are known;
                only where it says True is the dependency parse made. None: everywhere.

        Returns:
            The text with its sentences in order. Those that were not wanted, or are longer than
            `MAX_PARSED` words, have ``parsed`` False.
        """
        return next(self.parse_many([(text, paragraphs)], wanted=wanted))

    def parse_many(
        self,
        texts: Iterable[str | tuple[str, Sequence[Span] | None]],
        *,
        wanted: Wanted | None = None,
    ) -> Iterator[ParsedDocument]:
        """Texts, parsed together in batches, in the order given.

        Faster than one by one where they are short. Holds one batch and the texts in it.

        Args:
            texts: raw texts, or pairs of text and its paragraphs.
            wanted: as in `parse`.
        """
        for text, found in self._found(texts, wanted):
            yield ParsedDocument(text, tuple(sentence for _, sentence in found))

    def conllu(self, text: str, *, paragraphs: Sequence[Span] | None = None) -> str:
        """One text parsed whole, as CoNLL-U with contracted words marked and offsets in MISC."""
        ((_, found),) = self._found([(text, paragraphs)], None)
        return "".join(_conllu(text, draft, sentence) for draft, sentence in found)

    def tag_entities(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, int, str]]]:
        """The named entities in sentences of words: first word, word after the last, type."""
        tags = self._networks.entities([[w.translate(_PLAIN) for w in s] for s in sentences])
        return [list(_runs(sentence)) for sentence in tags]

    def _found(
        self, texts: Iterable[str | tuple[str, Sequence[Span] | None]], wanted: Wanted | None
    ) -> Iterator[tuple[str, list[tuple[_Draft, Sentence]]]]:
        waiting: list[tuple[str, list[tuple[_Draft, Sentence]]]] = []
        block: list[tuple[int, Span]] = []  # index in waiting, piece of that text
        size = 0
        for item in texts:
            text, paragraphs = (item, None) if isinstance(item, str) else item
            waiting.append((text, []))
            for paragraph in _lines(text) if paragraphs is None else paragraphs:
                for piece in _pieces(text, paragraph):
                    block.append((len(waiting) - 1, piece))
                    size += piece.end - piece.start
                    if size >= _BLOCK:
                        self._parse_block(block, waiting, wanted)
                        block, size = [], 0
                        yield from waiting[:-1]
                        waiting = waiting[-1:]
        self._parse_block(block, waiting, wanted)
        yield from waiting

    def _parse_block(
        self,
        block: Sequence[tuple[int, Span]],
        waiting: Sequence[tuple[str, list[tuple[_Draft, Sentence]]]],
        wanted: Wanted | None,
    ) -> None:
        """Parses pieces of the waiting texts and puts their sentences where they belong."""
        networks = self._networks
        seen = [(index, *_plain(waiting[index][0], piece)) for index, piece in block]
        seen = [(index, plain, places) for index, plain, places in seen if plain]
        labels = networks.tokenise([plain for _, plain, _ in seen])
        owners: list[int] = []
        drafts: list[_Draft] = []
        for (index, plain, places), piece_labels in zip(seen, labels, strict=True):
            for draft in _drafts(plain, places, piece_labels):
                owners.append(index)
                drafts.append(draft)
        self._expand(drafts)
        words = [draft.words for draft in drafts]
        tags = networks.tag(words)
        lemmas = networks.lemmatise(
            [
                [
                    (w, upos, xpos)
                    for w, (upos, xpos, _) in zip(draft.words, draft_tags, strict=True)
                ]
                for draft, draft_tags in zip(drafts, tags, strict=True)
            ]
        )
        entities = networks.entities(words)
        sentences = [
            _sentence(waiting[owner][0], draft, tags[i], lemmas[i], entities[i])
            for i, (owner, draft) in enumerate(zip(owners, drafts, strict=True))
        ]
        chosen = [
            i
            for i, sentence in enumerate(sentences)
            if len(sentence.tokens) <= MAX_PARSED and (wanted is None or wanted(sentence))
        ]
        trees = networks.heads(
            [
                [(w, *t, lemma) for w, t, lemma in zip(words[i], tags[i], lemmas[i], strict=True)]
                for i in chosen
            ]
        )
        for i, tree in zip(chosen, trees, strict=True):
            sentences[i] = _with_tree(sentences[i], tree)
        for owner, draft, sentence in zip(owners, drafts, sentences, strict=True):
            waiting[owner][1].append((draft, sentence))

    def _expand(self, drafts: Sequence[_Draft]) -> None:
        contracted = [draft.words[i] for draft in drafts for i in draft.contracted]
        expansions = iter(self._networks.expand(contracted))
        for draft in drafts:
            if draft.contracted:
                draft.expand(expansions)


@dataclass(slots=True)
class _Draft:
    """A sentence on its way: plain words for the networks, their places in the raw text.

    ``contracted`` are the indices of words to expand; when that is done, ``groups`` has for each
    of them its first part, the part after its last, and its place.
    """

    words: list[str]
    spans: list[Span]
    contracted: list[int]
    groups: list[tuple[int, int, Span]]

    def expand(self, expansions: Iterator[list[str]]) -> None:
        """Replaces contracted words by their parts."""
        words: list[str] = []
        spans: list[Span] = []
        flagged = set(self.contracted)
        for i, (word, span) in enumerate(zip(self.words, self.spans, strict=True)):
            parts = next(expansions) if i in flagged else [word]
            if len(parts) > 1:
                self.groups.append((len(words), len(words) + len(parts), span))
            words += parts
            spans += _divide(word, span, parts)
        self.words, self.spans, self.contracted = words, spans, []


def _divide(word: str, span: Span, parts: Sequence[str]) -> list[Span]:
    """The places of a contracted word's parts: within it where they make it up, else all of it.

    >>> _divide("don't", Span(5, 10), ["do", "n't"])
    [Span(start=5, end=7), Span(start=7, end=10)]
    >>> _divide("won't", Span(0, 5), ["will", "not"])
    [Span(start=0, end=5), Span(start=0, end=5)]
    """
    if len(word) != span.end - span.start or "".join(parts).lower() != word.lower():
        return [span] * len(parts)
    places = list(accumulate((len(part) for part in parts), initial=span.start))
    return [Span(start, end) for start, end in pairwise(places)]


def _lines(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\r\n\u2028\u2029\x0b\x0c]+", text)]


def _pieces(text: str, paragraph: Span) -> Iterator[Span]:
    """A paragraph, cut where it is too long for the networks: at a sentence's end if it can be."""
    start = paragraph.start
    while paragraph.end - start > _PIECE:
        window = text[start : start + _PIECE]
        cuts = [m.end() for m in _SENTENCE_END.finditer(window)]
        cut = cuts[-1] if cuts and cuts[-1] > _PIECE // 4 else window.rfind(" ") + 1
        if cut <= _PIECE // 4:
            cut = _PIECE
        yield Span(start, start + cut)
        start += cut
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _plain(text: str, piece: Span) -> tuple[str, list[int]]:
    """What the networks see of a piece, and the place in the text of each of its characters.

    Spaces are single and none at the ends.
    """
    raw = text[piece.start : piece.end].translate(_PLAIN)
    units: list[str] = []
    places: list[int] = []
    for found in re.finditer(r"\S+", raw):
        if units:
            units.append(" ")
            places.append(piece.start + found.start() - 1)
        units.append(found.group())
        places.extend(range(piece.start + found.start(), piece.start + found.end()))
    return "".join(units), places


def _drafts(plain: str, places: Sequence[int], labels: Sequence[int]) -> Iterator[_Draft]:
    """The sentences of a piece, from the tokeniser's labels."""
    draft = _Draft([], [], [], [])
    begin = 0
    for end, label in enumerate(labels, 1):
        if label == 0 and end < len(plain):
            continue
        while begin < end and plain[begin] == " ":
            begin += 1
        if begin < end:
            word = plain[begin:end].rstrip(" ")
            if label in (3, 4):
                draft.contracted.append(len(draft.words))
            draft.words.append(word)
            draft.spans.append(Span(places[begin], places[begin + len(word) - 1] + 1))
        begin = end
        if draft.words and (label in (2, 4) or end == len(plain)):
            yield draft
            draft = _Draft([], [], [], [])


def _sentence(
    text: str,
    draft: _Draft,
    tags: Sequence[tuple[str, str, str]],
    lemmas: Sequence[str],
    entities: Sequence[str],
) -> Sentence:
    tokens = tuple(
        Token(
            start=span.start,
            end=span.end,
            text=text[span.start : span.end],
            lemma=lemma,
            upos=upos or "X",
            xpos=xpos or "",
            feats="" if feats in (None, "_") else feats,
            head=-1,
            deprel="",
        )
        for span, lemma, (upos, xpos, feats) in zip(draft.spans, lemmas, tags, strict=True)
    )
    span = Span(tokens[0].start, max(token.end for token in tokens))
    mentions = tuple(
        Mention(Span(draft.spans[first].start, draft.spans[after - 1].end), label)
        for first, after, label in _runs(entities)
    )
    return Sentence(span, tokens, mentions, parsed=False)


def _runs(tags: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Entities as runs of words, from BIOES tags.

    >>> list(_runs(["B-Person", "E-Person", "O", "S-ORG"]))
    [(0, 2, 'Person'), (3, 4, 'Organization')]
    """
    first: int | None = None
    for i, tag in enumerate((*tags, "O")):
        place, _, label = tag.partition("-")
        goes_on = place in ("I", "E") and first is not None and tags[first][2:] == label
        if first is not None and not goes_on:
            name = tags[first][2:]
            yield first, i, _LABELS.get(name, name)
            first = None
        if place != "O" and first is None:
            first = i


def _with_tree(sentence: Sentence, tree: Sequence[tuple[int, str]]) -> Sentence:
    tokens = tuple(
        replace(token, head=head - 1, deprel=relation)
        for token, (head, relation) in zip(sentence.tokens, tree, strict=True)
    )
    return replace(sentence, tokens=tokens, parsed=True)


def _conllu(text: str, draft: _Draft, sentence: Sentence) -> str:
    """A sentence in CoNLL-U; one that was not parsed hangs on its first word."""
    groups = {first: (after, span) for first, after, span in draft.groups}
    lines = []
    for i, token in enumerate(sentence.tokens):
        place = f"start_char={token.start}|end_char={token.end}"
        if i in groups:
            after, span = groups[i]
            lines.append(f"{i + 1}-{after}\t{span.of(text)}" + "\t_" * 8)
        divided = len(draft.words[i]) == token.end - token.start
        columns = (
            str(i + 1),
            token.text if divided else draft.words[i],
            token.lemma,
            token.upos,
            token.xpos or "_",
            token.feats or "_",
            str(token.head + 1 if sentence.parsed else min(i, 1)),
            token.deprel or ("dep" if i else "root"),
            "_",
            place,
        )
        lines.append("\t".join(columns))
    return "\n".join(lines) + "\n\n"
