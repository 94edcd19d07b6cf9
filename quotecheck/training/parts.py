"""Every part of the weights: which files it consists of and how they are made.

Beside what `quotecheck.training.recipes` needs, the data folder has polnear/train (news with gold
attributions), ud/gum-entities.train.conllu and .dev.conllu (coreference), beyond/litbank (novels:
coref.train.jsonl, train.jsonl, text/), beyond/gap (train.tsv), and misquotes/ with
dev.jsonl (labelled quotations) and corpus/ (the documents that they are checked against).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.training.installation import pack_parameters
from quotecheck.training.recipes import RECIPES
from quotecheck.weights.packed import SUFFIX

if TYPE_CHECKING:
    from quotecheck.training.recipes import Bench

__all__ = ["PARTS", "Part"]


@dataclass(frozen=True, slots=True)
class Part:
    """The files of a part, by their names in ``weights/en``, and what makes them."""

    files: tuple[str, ...]
    make: Callable[[Bench], None]


def _encoder(bench: Bench) -> Path:
    if bench.encoder is None:
        raise InputError(
            "the span tagger and the sentence encoder are made from an encoder",
            where="--encoder",
            remedy="Give the folder of an unpacked all-MiniLM-L6-v2.",
        )
    return bench.encoder


def _frames(bench: Bench) -> None:
    from quotecheck.training.frame_model import fit_frames

    fit_frames(bench.data, bench.out, short=bench.short)


def _antecedents(bench: Bench) -> None:
    from quotecheck.training.antecedent_ranker import fit_antecedents

    fit_antecedents(bench.data, bench.out, short=bench.short)


def _dialogue(bench: Bench) -> None:
    from quotecheck.training.dialogue_model import fit_dialogue

    fit_dialogue(bench.data, bench.out, short=bench.short)


def _spans(bench: Bench) -> None:
    from quotecheck.training.span_tagger import fit, pack_tokenizer

    encoder = _encoder(bench)
    trained = fit(bench.data, encoder, bench.work / "spans", short=bench.short)
    pack_parameters(trained, bench.out / "spans.safetensors")
    pack_tokenizer(encoder, bench.out)


def _span_distillation(bench: Bench) -> None:
    """Teach the tagger that `_spans` left in the folder by a larger one, which is trained first."""
    from quotecheck.training.span_distillation import teach
    from quotecheck.training.span_tagger import fit

    encoder, start = _encoder(bench), bench.out / "spans.safetensors"
    if bench.teacher_encoder is None:
        raise InputError(
            "the span tagger's teacher is made from a larger encoder",
            where="--teacher-encoder",
            remedy="Give the folder of an unpacked all-mpnet-base-v2.",
        )
    if not start.exists():
        raise InputError(
            "there is no span tagger to teach",
            where=str(start),
            remedy="Make the part spans first, with the same --out.",
        )
    folder, scores = bench.work / "teacher", bench.work / "teacher_scores.safetensors"
    teacher = folder / "spans.safetensors"
    if not teacher.exists():
        fit(bench.data, bench.teacher_encoder, folder, rate=6e-5, epochs=3, short=bench.short)
    if not scores.exists():
        teach(bench.data, bench.teacher_encoder, teacher, scores, short=bench.short)
    trained = fit(
        bench.data, encoder, bench.work / "taught", rate=1.2e-4, head_rate=7e-4, epochs=3,
        start=start, taught_by=scores, short=bench.short,
    )  # fmt: skip
    pack_parameters(trained, start)


def _attributions(bench: Bench) -> None:
    from quotecheck.training.candidate_ranker import fit_attributions

    fit_attributions(bench.data, bench.out, short=bench.short)


def _reports(bench: Bench) -> None:
    from quotecheck.training.report_likelihood import fit_reports

    fit_reports(bench.data, bench.out, short=bench.short)


def _answers(bench: Bench) -> None:
    from quotecheck.training.answer_confidence import fit_answers

    fit_answers(bench.data, bench.out, short=bench.short)


def _sentence_encoder(bench: Bench) -> None:
    from quotecheck.training.sentence_encoder import pack_encoder

    pack_encoder(_encoder(bench), bench.out)


def _library(bench: Bench, *options: str, name: str = "misquotes") -> Path:
    """Build the library that the benchmark's quotations are checked against, or complete it."""
    path = bench.work / f"{name}.db"
    corpus = str(bench.file(f"{name}/corpus"))
    bench.module("quotecheck", "build", corpus, "--db", str(path), "--no-attribute", *options)
    return path


def _match_probability(bench: Bench) -> None:
    from quotecheck.training.match_probability import fit_thresholds

    record = fit_thresholds(
        bench.file("misquotes/dev.jsonl"),
        _library(bench),
        further=[(bench.file("trust/dev.jsonl"), _library(bench, name="trust"))],
        short=bench.short,
    )
    _write(bench.out / "thresholds.json", record)


def _paraphrase_ranking(bench: Bench) -> None:
    from quotecheck.training.paraphrase_ranking import fit_ranking

    gold = bench.file("otherwords/train/cases.jsonl")
    library = bench.work / "otherwords.db"
    corpora = [str(bench.file(f"{name}/corpus")) for name in ("misquotes", "otherwords")]
    bench.module(
        "quotecheck", "build", *corpora, "--db", str(library), "--no-attribute", "--semantic"
    )
    here = Path(__file__).parent
    files = [here / "paraphrases.jsonl", here / "paraphrases_kept.jsonl"]
    _write(bench.out / "paraphrase_ranking.json", fit_ranking(gold, library, measured=files))


def _write(path: Path, record: object) -> None:
    path.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


_FILES_OF_STANZA = {"lemma": (f"lemma{SUFFIX}", "lemma_rules.json")}
_TAGGER = ("spans.safetensors", "spans.json", "spans_tokenizer.json")

PARTS: dict[str, Part] = {
    name: Part(_FILES_OF_STANZA.get(name, (f"{name}{SUFFIX}",)), make)
    for name, make in RECIPES.items()
} | {
    "frames": Part(("frames.json",), _frames),
    "antecedents": Part(("antecedents.json",), _antecedents),
    "spans": Part(_TAGGER, _spans),
    "span-distillation": Part(_TAGGER[:1], _span_distillation),
    "attributions": Part(("attributions.json",), _attributions),
    "reports": Part(("reports.json",), _reports),
    "dialogue": Part(("dialogue.json",), _dialogue),
    "answers": Part(("answers.json",), _answers),
    "sentence-encoder": Part(("sentences.safetensors", "sentences.json"), _sentence_encoder),
    "match-probability": Part(("thresholds.json",), _match_probability),
    "paraphrase-ranking": Part(("paraphrase_ranking.json",), _paraphrase_ranking),
}
"""By name, in the order in which ``all`` makes them: each rests on those before it, and those after
`ner` on the parser and the tagger that are installed."""
