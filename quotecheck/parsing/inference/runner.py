"""Stanza's networks without its document objects: lists of words in, lists of labels out.

Stanza's pipeline spends about as long on filling its `Document` as on the networks, asks the
lemmatiser and the expander again for words they have just seen, and hands contracted words whole to
the entity tagger, which was trained on their parts. So the processors that `Pipeline` has loaded
are driven here directly. Imports torch and stanza: only `parse.load_parser` may import it.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import torch

from quotecheck.parsing.inference.dependency_parser import TreeNet
from quotecheck.parsing.inference.entity_tagger import EntityNet
from quotecheck.parsing.inference.pos_tagger import TagNet, Tags
from quotecheck.parsing.inference.recurrent import best_precision
from quotecheck.parsing.inference.stanza_internals import (
    FEATS,
    LEMMA,
    TEXT,
    UPOS,
    XPOS,
    Document,
    EntityLoader,
    ParserLoader,
    TaggerData,
    TokenizationDataset,
    merge_tags,
    predict_tokens,
    unsort,
)
from quotecheck.parsing.inference.tokenizer import TokenNet
from quotecheck.parsing.lemma_rules import guess

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["StanzaRunner"]

_WORDS_TOGETHER = 3_000  # words a batch; longer ones gain nothing on a CPU
_REMEMBERED = 200_000  # lemmas and expansions kept, at most


class _Columns:
    """Sentences as Stanza's data loaders ask a document for them."""

    def __init__(self, sentences: Sequence[Sequence[dict[str, str]]]) -> None:
        self.sentences = sentences

    def get(self, fields: Sequence[str], **_: bool) -> list[Any]:
        """A list a sentence of lists of the fields of its words."""
        return [[[word.get(f) for f in fields] for word in sentence] for sentence in self.sentences]


class StanzaRunner:
    """One loaded pipeline, part by part. Every method keeps the order of what it is given.

    Args:
        pipeline: Stanza's.
        rules: for lemmas that its dictionary does not have.
        fast: run networks of a known kind in quotecheck's inference-only classes, and warn of any
            of another kind; False leaves all of them to Stanza (the tests compare the two).
        precision: of those classes' products; None takes what this processor is best at.
    """

    def __init__(
        self,
        pipeline: Any,
        rules: Mapping[str, str] | None = None,
        *,
        fast: bool = True,
        precision: torch.dtype | None = None,
    ) -> None:
        self._parts: dict[str, Any] = pipeline.processors
        kind = precision or best_precision()
        tokenize, pos, tree = (self._parts[n] for n in ("tokenize", "pos", "depparse"))
        ner = self._parts["ner"].trainers
        self._tokens: TokenNet | None = None
        self._tags: TagNet | None = None
        self._entities: EntityNet | None = None
        self._trees: TreeNet | None = None
        if fast and TokenNet.knows(tokenize.trainer):
            self._tokens = TokenNet(tokenize.trainer, tokenize.vocab, kind)
        if fast and TagNet.knows(pos.trainer):
            self._tags = TagNet(pos.trainer, pos.pretrain, kind)
        if fast and len(ner) == 1 and EntityNet.knows(ner[0]):
            # Never bfloat16, in which some names come out otherwise ("Ann Lee sang").
            self._entities = EntityNet(ner[0], precision or torch.float32)
        if fast and TreeNet.knows(tree.trainer):
            self._trees = TreeNet(tree.trainer, tree.pretrain, kind)
        unknown = [name for name, is_fast in self.fast_networks.items() if not is_fast]
        if fast and unknown:
            warnings.warn(
                f"quotecheck's quick inference does not know this kind of network: "
                f"{', '.join(unknown)}. Stanza's own runs instead, which is slower.",
                RuntimeWarning,
                stacklevel=2,
            )
        self._rules = rules or {}
        self._lemmas: dict[tuple[str, str, str], str] = {}
        self._expansions: dict[str, list[str]] = {}

    @property
    def fast_networks(self) -> dict[str, bool]:
        """By network: whether quotecheck's quick inference runs it, or else Stanza's own."""
        return {
            "tokenizer": self._tokens is not None,
            "tagger": self._tags is not None,
            "entity tagger": self._entities is not None,
            "dependency parser": self._trees is not None,
        }

    def tokenise(self, pieces: Sequence[str]) -> list[Sequence[int]]:
        """A label a character: 0 inside a token, 1 its end, 2 a sentence's end too.

        3 and 4 are 1 and 2 for a token that is to be expanded. White space in a piece must be
        single spaces.
        """
        if not pieces:
            return []
        if self._tokens is not None:
            with torch.inference_mode():
                return self._tokens(pieces)
        part = self._parts["tokenize"]
        data = TokenizationDataset(
            part.config,
            input_text="",
            vocab=part.vocab,
            evaluation=True,
            dictionary=part.trainer.dictionary,
        )
        data.data = [[(unit, 0) for unit in piece] for piece in pieces]
        with torch.no_grad():
            labels, _ = predict_tokens(
                part.trainer, data, part.trainer.args["batch_size"], 1000, True, 0
            )
        return list(labels)

    def expand(self, tokens: Sequence[str]) -> list[list[str]]:
        """The words that contracted tokens stand for: "don't" gives "do", "n't"."""
        new = list(dict.fromkeys(t for t in tokens if t not in self._expansions))
        if new and "mwt" in self._parts:
            if len(self._expansions) > _REMEMBERED:
                self._expansions.clear()
                new = list(dict.fromkeys(tokens))
            document = Document([[{"id": (1,), "text": t, "misc": "MWT=Yes"}] for t in new])
            for token, sentence in zip(
                new, self._parts["mwt"].process(document).sentences, strict=True
            ):
                self._expansions[token] = [word.text for word in sentence.words]
        return [self._expansions.get(token, [token]) for token in tokens]

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[Tags]]:
        """Part of speech, Penn tag and features of every word."""
        if not sentences:
            return []
        if self._tags is not None:
            with torch.inference_mode():
                return self._tags(sentences)
        part = self._parts["pos"]
        data = TaggerData(
            _Columns([[{TEXT: word} for word in sentence] for sentence in sentences]),
            part.config,
            part.pretrain,
            vocab=part.vocab,
            evaluation=True,
            sort_during_eval=True,
        )
        predictions: list[Any] = []
        order: list[int] = []
        with torch.no_grad():
            for batch in data.to_length_limited_loader(
                batch_size=len(sentences), maximum_tokens=_WORDS_TOGETHER
            ):
                order.extend(batch[-1])
                predictions += part.trainer.predict(batch)
        return [[(t[0], t[1], t[2]) for t in sentence] for sentence in unsort(predictions, order)]

    def lemmatise(self, sentences: Sequence[Sequence[tuple[str, str, str]]]) -> list[list[str]]:
        """The lemmas of words, given as (word, part of speech, Penn tag).

        Stanza's lemmatiser, except for words that its dictionary does not know and the rules do.
        """
        trainer = self._parts["lemma"].trainer
        if trainer is not None and trainer.has_contextual_lemmatizers():
            return self._lemmatise_documents([[word[:2] for word in s] for s in sentences])
        words = {word for sentence in sentences for word in sentence}
        if len(self._lemmas) > _REMEMBERED:
            self._lemmas.clear()
        new = sorted(words - self._lemmas.keys())
        if new and self._rules and self._dictionary_decides():
            pairs = [word[:2] for word in new]
            known, listed = trainer.skip_seq2seq(pairs), trainer.predict_dict(pairs)
            for word, in_dictionary, lemma in zip(new, known, listed, strict=True):
                self._lemmas[word] = (lemma or "_") if in_dictionary else guess(*word, self._rules)
        elif new:
            (lemmas,) = self._lemmatise_documents([[word[:2] for word in new]])
            self._lemmas.update(zip(new, lemmas, strict=True))
        return [[self._lemmas[word] for word in sentence] for sentence in sentences]

    def _dictionary_decides(self) -> bool:
        """Whether Stanza's lemmatiser takes a word that its dictionary has from there."""
        config = self._parts["lemma"].config
        return bool(config.get("dict_only") or config.get("ensemble_dict"))

    def _lemmatise_documents(
        self, sentences: Sequence[Sequence[tuple[str, str]]]
    ) -> list[list[str]]:
        document = Document(
            [
                [{"id": (i,), TEXT: w, UPOS: upos} for i, (w, upos) in enumerate(sentence, 1)]
                for sentence in sentences
            ]
        )
        self._parts["lemma"].process(document)
        return [[word.lemma for word in sentence.words] for sentence in document.sentences]

    def entities(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """One tag a word in the BIOES scheme ("B-Person", "O")."""
        if not sentences:
            return []
        if self._entities is not None:
            with torch.inference_mode():
                return self._entities(sentences)
        part = self._parts["ner"]
        order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
        columns = _Columns([[{TEXT: word} for word in sentences[i]] for i in order])
        votes = []
        for trainer, config in zip(part.trainers, part.configs, strict=True):
            loader = EntityLoader(
                columns,
                256,
                config,
                vocab=trainer.vocab,
                evaluation=True,
                preprocess_tags=False,
                bert_tokenizer=trainer.model.bert_tokenizer,
                max_batch_words=_WORDS_TOGETHER,
            )
            with torch.no_grad():
                votes.append([tags for batch in loader for tags in trainer.predict(batch)])
        merged = [list(merge_tags(*tags)) for tags in zip(*votes, strict=True)]
        entities: list[list[str]] = unsort(merged, order)
        return entities

    def heads(
        self, sentences: Sequence[Sequence[tuple[str, str, str, str, str]]]
    ) -> list[list[tuple[int, str]]]:
        """Head (1 for the first word, 0 for the root) and relation of every word.

        Args:
            sentences: words as (text, part of speech, Penn tag, features, lemma).
        """
        if not sentences:
            return []
        if self._trees is not None:
            forms = [[(w, lemma, u, x) for w, u, x, _, lemma in s] for s in sentences]
            with torch.inference_mode():
                return self._trees(forms)
        part = self._parts["depparse"]
        names = (TEXT, UPOS, XPOS, FEATS, LEMMA)
        loader = ParserLoader(
            _Columns(
                [
                    [
                        {**dict(zip(names, word, strict=True)), "head": "0", "deprel": "root"}
                        for word in sentence
                    ]
                    for sentence in sentences
                ]
            ),
            _WORDS_TOGETHER,
            part.config,
            part.pretrain,
            vocab=part.vocab,
            evaluation=True,
            sort_during_eval=True,
            min_length_to_batch_separately=150,
        )
        predictions: list[Any] = []
        for batch in loader:
            with torch.no_grad():
                predictions += part.trainer.predict(batch, resolve_head_constraints=True)
        if loader.data_orig_idx is not None:
            predictions = unsort(predictions, loader.data_orig_idx)
        return [[(int(head), relation) for head, relation in sentence] for sentence in predictions]
