"""Text to sentences of tokens, by Stanza: tags, lemmas, named entities, and the parse where wanted.

The weights that travel with quotecheck are the default; `load_parser` takes Stanza's own models
too. Nothing here ever looks at the network, and nothing heavy is imported before `load_parser`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotecheck import weights
from quotecheck.parsing.stanza_pipelines import entity_label, shipped_pipeline, stanza_pipeline
from quotecheck.parsing.token_offsets import (
    PLAIN,
    TokenisedSentence,
    cut_drafts,
    lines,
    normalised_for_tokenizer,
    split_long_text,
    to_conllu,
)
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token

if TYPE_CHECKING:
    from quotecheck.parsing.inference.runner import StanzaRunner

__all__ = ["MAX_PARSED", "SentenceFilter", "StanzaParser", "Text", "load_parser", "touching"]

SentenceFilter = Callable[[Sentence], bool]
"""Asked of a sentence: whether a part of the work, as the argument's name says, is to be done."""

Text = str | tuple[str, Sequence[Span] | None] | tuple[str, Sequence[Span] | None, SentenceFilter]
"""A text; or a text and its paragraphs; or these and what is wanted of this text alone."""

MAX_PARSED = 250
"""Sentences of more words than this are never parsed: they are lists and tables, not prose, and the
parser's cost grows with the square."""

_Tags = tuple[str, str, str]
_Work = tuple[str, list[Sentence], list[TokenisedSentence], SentenceFilter | None]
"""A text, its sentences so far, their drafts where they are asked for, and what is wanted of it."""

_BLOCK = 60_000  # code points that go through the networks together
_FORMS = 50_000  # spellings of which all tokens share one string, at most


def touching(spans: Iterable[Span]) -> SentenceFilter:
    """What wants the sentences of one text that share a code point with one of the spans.

    >>> wanted = touching([Span(40, 45), Span(3, 9)])
    >>> [wanted(Sentence(Span(*place), ())) for place in ((0, 3), (0, 20), (20, 44), (45, 60))]
    [False, True, True, False]
    """
    span_set = SpanSet(spans)
    return lambda sentence: span_set.touches(sentence.span)


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
    is_shipped = stanza_dir is None and package is None
    sums = weights.verified() if is_shipped else {}

    import torch

    if threads is not None:
        torch.set_num_threads(threads)
    if is_shipped:
        return StanzaParser(
            shipped_pipeline(weights.FOLDER), dict(sums), weights.lemma_rules(weights.FOLDER)
        )
    return StanzaParser(stanza_pipeline(stanza_dir, package or "default"))


class StanzaParser:
    """Stanza's English pipeline, batched over paragraphs and documents.

    Args:
        pipeline: Stanza's, loaded.
        sums: the sha256 of each file of weights; worked out when None.
        rules: for lemmas that the pipeline's dictionary does not have.
        networks: what runs the pipeline's networks; quotecheck's quick inference when None.
    """

    def __init__(
        self,
        pipeline: Any,
        sums: dict[str, str] | None = None,
        rules: Mapping[str, str] | None = None,
        *,
        networks: StanzaRunner | None = None,
    ) -> None:
        if networks is None:
            from quotecheck.parsing.inference.runner import StanzaRunner

            networks = StanzaRunner(pipeline, rules)
        self._pipeline = pipeline
        self._networks = networks
        self._sums = sums
        self._forms: dict[str, str] = {}

    @cached_property
    def weights_sha256(self) -> dict[str, str]:
        """The sha256 of every file of weights, by file name: what a result depends on."""
        if self._sums is not None:
            return self._sums
        sums = {}
        for name, value in sorted(self._pipeline.config.items()):
            for entry in value if isinstance(value, list) else [value]:
                if name.endswith("_path") and isinstance(entry, str) and Path(entry).is_file():
                    sums[Path(entry).name] = weights.sha256_of(Path(entry))
        return sums

    @property
    def fast_networks(self) -> dict[str, bool]:
        """By network: whether quotecheck's quick inference runs it, or else Stanza's own."""
        return self._networks.fast_networks

    def parse(
        self,
        text: str,
        *,
        paragraphs: Sequence[Span] | None = None,
        parse_filter: SentenceFilter | None = None,
        tag_filter: SentenceFilter | None = None,
    ) -> ParsedDocument:
        """One text, parsed.

        Args:
            text: raw text; it is not edited, and every offset is into it.
            paragraphs: no sentence crosses the limits of these; text outside them is left out.
                None: every line is a paragraph.
            parse_filter: asked for every sentence when its tokens, tags, lemmas and entities are
                known; only where it says True is the dependency parse made. None: everywhere.
                Where spans of the text are known that matter, `touching` makes it of them.
            tag_filter: asked for every sentence when nothing but its tokens is known (their lemmas
                are the words, their parts of speech "X"); only where it says True are parts of
                speech and lemmas found, and only of those sentences ``parse_filter`` is asked.
                None: everywhere. Entities are found everywhere.

        Returns:
            The text with its sentences in order. Those that were not wanted, or are longer than
            `MAX_PARSED` words, have ``parsed`` False.
        """
        return next(
            self.parse_many([(text, paragraphs)], parse_filter=parse_filter, tag_filter=tag_filter)
        )

    def parse_many(
        self,
        texts: Iterable[Text],
        *,
        parse_filter: SentenceFilter | None = None,
        tag_filter: SentenceFilter | None = None,
    ) -> Iterator[ParsedDocument]:
        """Texts, parsed together in batches, in the order given.

        Faster than one by one where they are short. Holds one batch and the texts in it.

        Args:
            texts: raw texts, with their paragraphs and what is wanted of each, where given.
            parse_filter: as in `parse`, for all texts that have none of their own.
            tag_filter: as in `parse`.
        """
        for text, sentences, *_ in self._parsed(texts, parse_filter, tag_filter):
            yield ParsedDocument(text, tuple(sentences))

    def conllu(self, text: str, *, paragraphs: Sequence[Span] | None = None) -> str:
        """One text parsed whole, as CoNLL-U with contracted words marked and offsets in MISC."""
        ((_, sentences, drafts, _),) = self._parsed([(text, paragraphs)], None, None, drafts=True)
        return "".join(
            to_conllu(text, draft, sentence)
            for draft, sentence in zip(drafts, sentences, strict=True)
        )

    def tag_entities(self, sentences: Sequence[Sequence[str]]) -> list[list[tuple[int, int, str]]]:
        """The named entities in sentences of words: first word, word after the last, type."""
        tags = self._networks.entities([[w.translate(PLAIN) for w in s] for s in sentences])
        return [list(_runs(sentence)) for sentence in tags]

    def _parsed(
        self,
        texts: Iterable[Text],
        parse_filter: SentenceFilter | None,
        tag_filter: SentenceFilter | None,
        *,
        drafts: bool = False,
    ) -> Iterator[_Work]:
        waiting: list[_Work] = []
        block: list[tuple[int, Span]] = []  # index in waiting, piece of that text
        size = 0
        for item in texts:
            text, paragraphs, *filters = (item, None) if isinstance(item, str) else item
            waiting.append((text, [], [], filters[0] if filters else parse_filter))
            for paragraph in lines(text) if paragraphs is None else paragraphs:
                for piece in split_long_text(text, paragraph):
                    block.append((len(waiting) - 1, piece))
                    size += piece.end - piece.start
                    if size >= _BLOCK:
                        self._parse_block(block, waiting, tag_filter, drafts=drafts)
                        block, size = [], 0
                        yield from waiting[:-1]
                        waiting = waiting[-1:]
        self._parse_block(block, waiting, tag_filter, drafts=drafts)
        yield from waiting

    def _parse_block(
        self,
        block: Sequence[tuple[int, Span]],
        waiting: Sequence[_Work],
        tag_filter: SentenceFilter | None,
        *,
        drafts: bool,
    ) -> None:
        """Parses pieces of the waiting texts and puts their sentences where they belong."""
        owners, tokenised = self._drafts(block, waiting)
        texts = [waiting[owner][0] for owner in owners]
        words = [draft.words for draft in tokenised]
        entities = self._networks.entities(words)
        sentences = list(map(self._sentence, texts, tokenised, entities))
        some: Sequence[int] = range(len(tokenised))
        if tag_filter is not None:
            some = [i for i in some if tag_filter(sentences[i])]
        tags = self._networks.tag([words[i] for i in some])
        triples = [
            [
                (word, upos, xpos)
                for word, (upos, xpos, _) in zip(words[i], sentence_tags, strict=True)
            ]
            for i, sentence_tags in zip(some, tags, strict=True)
        ]
        lemmas = self._networks.lemmatise(triples)
        chosen = []
        forms = []
        for i, sentence_tags, roots in zip(some, tags, lemmas, strict=True):
            sentence = sentences[i] = _with_tags(sentences[i], sentence_tags, roots)
            parse_filter = waiting[owners[i]][3]
            if len(words[i]) <= MAX_PARSED and (parse_filter is None or parse_filter(sentence)):
                chosen.append(i)
                forms.append(
                    [(w, *t, r) for w, t, r in zip(words[i], sentence_tags, roots, strict=True)]
                )
        for i, tree in zip(chosen, self._networks.heads(forms), strict=True):
            sentences[i] = _with_tree(sentences[i], tree)
        for owner, draft, sentence in zip(owners, tokenised, sentences, strict=True):
            waiting[owner][1].append(sentence)
            if drafts:
                waiting[owner][2].append(draft)

    def _drafts(
        self, block: Sequence[tuple[int, Span]], waiting: Sequence[_Work]
    ) -> tuple[list[int], list[TokenisedSentence]]:
        """The sentences of a block cut into words, and which of the waiting texts has each."""
        pieces = [
            (index, *normalised_for_tokenizer(waiting[index][0], piece)) for index, piece in block
        ]
        pieces = [(index, plain, places) for index, plain, places in pieces if plain]
        labels = self._networks.tokenise([plain for _, plain, _ in pieces])
        owners: list[int] = []
        drafts: list[TokenisedSentence] = []
        for (index, plain, places), piece_labels in zip(pieces, labels, strict=True):
            for draft in cut_drafts(plain, places, piece_labels, waiting[index][0]):
                owners.append(index)
                drafts.append(draft)
        self._expand(drafts)
        return owners, drafts

    def _sentence(self, text: str, draft: TokenisedSentence, entities: Sequence[str]) -> Sentence:
        """A sentence without a tree, tags and lemmas."""
        if len(self._forms) > _FORMS:
            self._forms.clear()
        same = self._forms.setdefault
        tokens = []
        for span in draft.spans:
            # A word that stands in a book ten thousand times is one string.
            word = text[span.start : span.end]
            word = same(word, word)
            tokens.append(Token(span.start, span.end, word, word, "X", "", "", -1, ""))
        whole = Span(tokens[0].start, max([span.end for span in draft.spans]))
        mentions = tuple(
            Mention(Span(draft.spans[first].start, draft.spans[after - 1].end), label)
            for first, after, label in _runs(entities)
        )
        return Sentence(whole, tuple(tokens), mentions, parsed=False)

    def _expand(self, drafts: Sequence[TokenisedSentence]) -> None:
        contracted = [draft.words[i] for draft in drafts for i in draft.contracted]
        expansions = iter(self._networks.expand(contracted))
        for draft in drafts:
            if draft.contracted:
                draft.expand(expansions)


def _with_tags(sentence: Sentence, tags: Sequence[_Tags], lemmas: Sequence[str]) -> Sentence:
    """The sentence with parts of speech, features and lemmas."""
    tokens = tuple(
        Token(
            token.start, token.end, token.text, lemma, upos or "X", xpos or "",
            "" if feats in (None, "_") else feats, -1, "",
        )
        for token, (upos, xpos, feats), lemma in zip(sentence.tokens, tags, lemmas, strict=True)
    )  # fmt: skip
    return Sentence(sentence.span, tokens, sentence.mentions, parsed=False)


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
            yield first, i, entity_label(name)
            first = None
        if place != "O" and first is None:
            first = i


def _with_tree(sentence: Sentence, tree: Sequence[tuple[int, str]]) -> Sentence:
    tokens = tuple(
        Token(t.start, t.end, t.text, t.lemma, t.upos, t.xpos, t.feats, head - 1, relation)
        for t, (head, relation) in zip(sentence.tokens, tree, strict=True)
    )
    return Sentence(sentence.span, tokens, sentence.mentions, parsed=True)
