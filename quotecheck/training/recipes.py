"""How each of Stanza's parts is made: the data it is given and the options of its trainer.

A data folder has ud/train.conllu and ud/dev.conllu (Universal Dependencies), ner/train.tsv and
ner/dev.tsv (words with BIO tags), and vectors/*.npz (arrays ``words`` and ``vectors``). What is
fitted on top of the parser needs more of it: see `quotecheck.training.parts`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

from quotecheck.errors import InputError
from quotecheck.evaluation.metrics.parsing import raw_text
from quotecheck.parsing.lemma_rules import learn
from quotecheck.training.checkpoint_packing import pack
from quotecheck.weights.packed import SUFFIX

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ["RECIPES", "Bench"]

_PARSER = (
    "--batch_size 3000 --hidden_dim 200 --num_layers 2 --char_hidden_dim 100 --char_emb_dim 50 "
    "--deep_biaff_hidden_dim 200 --deep_biaff_output_dim 100 --tag_emb_dim 50 --no_ufeats "
    "--optim adam --lr 0.003 --beta2 0.95 --dropout 0.33 --eval_interval 200"
)
_TAGGER = (
    "--hidden_dim 200 --num_layers 2 --char_hidden_dim 100 --char_emb_dim 50 "
    "--deep_biaff_hidden_dim 200 --composite_deep_biaff_hidden_dim 50 --dropout 0.4 "
    "--batch_size 100 --lr 0.003 --eval_interval 200 --fix_eval_interval"
)
_YOUNG_TAGGER = (
    "--hidden_dim 150 --num_layers 1 --char_hidden_dim 100 --char_emb_dim 50 "
    "--deep_biaff_hidden_dim 150 --composite_deep_biaff_hidden_dim 50 "
    "--batch_size 100 --lr 0.003 --eval_interval 200 --fix_eval_interval"
)
_ENTITIES = (
    "--hidden_dim 128 --char_hidden_dim 64 --char_emb_dim 50 --no_emb_finetune --optim adam "
    "--lr 0.003 --batch_size 32 --scheme bioes --train_scheme bioes --max_steps 4000 "
    "--eval_interval 250"
)


class Bench:
    """A data folder, a folder for what is on the way, and one for what is done.

    Args:
        data: the data folder.
        out: the folder for what is done; intermediate files go to ``out/work``.
        encoder: an unpacked all-MiniLM-L6-v2, for the parts that start from it.
        teacher_encoder: an unpacked all-mpnet-base-v2, for the span tagger's teacher.
        short: train a handful of steps, to try the recipes.
    """

    def __init__(
        self,
        data: Path,
        out: Path,
        *,
        encoder: Path | None = None,
        teacher_encoder: Path | None = None,
        short: bool = False,
    ) -> None:
        self.data = data.resolve()
        self.encoder, self.teacher_encoder = encoder, teacher_encoder
        self.out = out.resolve()
        self.work = self.out / "work"
        self.work.mkdir(parents=True, exist_ok=True)
        self.short = short

    def steps(self, full: int) -> int:
        """How many steps to train: a handful when only the recipe is tried."""
        return 4 if self.short else full

    def file(self, name: str) -> Path:
        """A file of the data folder.

        Raises:
            InputError: it is not there.
        """
        path = self.data / name
        if not path.exists():
            raise InputError(
                "the recipe needs this file",
                where=str(path),
                remedy="Lay the data out as quotecheck/training/parts.py and recipes.py say.",
            )
        return path

    def module(self, name: str, *options: str, **environment: str) -> None:
        """Runs a module in the work folder and waits."""
        variables = {
            **os.environ,
            "OMP_NUM_THREADS": "1",
            # The allocator gives large blocks back to the system and asks for them again at every
            # step; each time their pages are cleared, a third of a step of the parser.
            "MALLOC_MMAP_THRESHOLD_": "4000000000",
            "MALLOC_TRIM_THRESHOLD_": "16000000000",
            "MALLOC_TOP_PAD_": "200000000",
            "DATA_ROOT": str(self.work / "data"),
            "UDBASE": str(self.work / "treebanks"),
            **environment,
        }
        command = [sys.executable, "-m", name, *options]
        subprocess.run(command, cwd=self.work, env=variables, check=True)  # noqa: S603

    def train(
        self,
        module: str,
        options: str,
        *,
        rate: float = 0,
        start: int = 0,
        end: int = 0,
        **files: str,
    ) -> None:
        """Runs a trainer; ``files`` are its further options."""
        if self.short:  # else nothing would be measured, and so nothing saved
            options = re.sub(r"(--eval_interval) \d+", r"\1 2", options)
            start = min(start, 2)
        more = [part for name, value in files.items() for part in (f"--{name}", value)]
        self.module(
            "quotecheck.training.stanza_trainer",
            module, str(rate), str(start), str(end), "0", "--cpu", "--shorthand", "en_qc",
            "--save_dir", str(self.work), *options.split(), *more,
        )  # fmt: skip

    def done(self, part: str) -> None:
        """Packs a part's checkpoint into the folder for what is done."""
        pack(self.work / f"{part}.pt", self.out / f"{part}{SUFFIX}")


def vectors(bench: Bench) -> None:
    """The word vectors, as Stanza wants them."""
    import numpy as np

    if (bench.work / "vectors.pt").exists():
        return
    (path,) = sorted(bench.file("vectors").glob("*.npz"))[:1]
    arrays = np.load(path, allow_pickle=False)
    text = bench.work / "vectors.txt"
    with text.open("w", encoding="utf-8") as file:
        file.write(f"{len(arrays['words'])} {arrays['vectors'].shape[1]}\n")
        for word, row in zip(arrays["words"], arrays["vectors"].astype("float32"), strict=True):
            file.write(f"{word} " + " ".join(f"{x:.5f}" for x in row) + "\n")
    from quotecheck.parsing.inference.stanza_internals import (
        Pretrain,
    )

    Pretrain(str(bench.work / "vectors.pt"), str(text)).load()
    bench.done("vectors")


def _treebank(bench: Bench) -> None:
    folder = bench.work / "treebanks" / "UD_English-QC"
    folder.mkdir(parents=True, exist_ok=True)
    for part, source in (("train", "train"), ("dev", "dev"), ("test", "dev")):
        gold = bench.file(f"ud/{source}.conllu").read_text(encoding="utf-8")
        (folder / f"en_qc-ud-{part}.conllu").write_text(gold, encoding="utf-8")
        (folder / f"en_qc-ud-{part}.txt").write_text(raw_text(gold), encoding="utf-8")


def tokenize(bench: Bench) -> None:
    """Tokens, sentences and contracted words, a label a character."""
    _treebank(bench)
    bench.module("stanza.utils.datasets.prepare_tokenizer_treebank", "UD_English-QC")
    data = bench.work / "data" / "tokenize"
    bench.module(
        "stanza.models.tokenizer", "--cpu", "--mode", "train", "--lang", "en",
        "--shorthand", "en_qc", "--max_seqlen", "300", "--eval_steps", "500", "--use_mwt",
        "--steps", str(bench.steps(3000)), "--save_dir", str(bench.work),
        "--save_name", "tokenize.pt",
        "--txt_file", str(data / "en_qc.train.txt"),
        "--label_file", str(data / "en_qc-ud-train.toklabels"),
        "--mwt_json_file", str(data / "en_qc-ud-dev-mwt.json"),
        "--dev_txt_file", str(data / "en_qc.dev.txt"),
        "--dev_label_file", str(data / "en_qc-ud-dev.toklabels"),
        "--dev_conll_gold", str(data / "en_qc.dev.gold.conllu"),
        "--conll_file", str(bench.work / "tokenize.dev.conllu"),
    )  # fmt: skip
    bench.done("tokenize")


def mwt(bench: Bench) -> None:
    """The words that contracted words stand for."""
    _treebank(bench)
    bench.module("stanza.utils.datasets.prepare_mwt_treebank", "UD_English-QC")
    data = bench.work / "data" / "mwt"
    bench.module(
        "stanza.models.mwt_expander", "--cpu", "--mode", "train", "--lang", "en",
        "--shorthand", "en_qc", "--num_epoch", "1" if bench.short else "3",
        "--train_file", str(data / "en_qc.train.in.conllu"),
        "--eval_file", str(data / "en_qc.dev.in.conllu"),
        "--gold_file", str(data / "en_qc.dev.gold.conllu"),
        "--output_file", str(bench.work / "mwt.dev.conllu"),
        "--save_dir", str(bench.work), "--save_name", "mwt.pt",
    )  # fmt: skip
    bench.done("mwt")


def _tagger(bench: Bench, name: str, options: str, steps: int, start: int) -> None:
    bench.train(
        "stanza.models.tagger",
        options,
        rate=0.003,
        start=start,
        end=bench.steps(steps) + 1,
        mode="train",
        lang="en",
        train_file=str(bench.file("ud/train.conllu")),
        eval_file=str(bench.file("ud/dev.conllu")),
        wordvec_pretrain_file=str(bench.work / "vectors.pt"),
        max_steps=str(bench.steps(steps)),
        max_steps_before_stop="100000",
        save_name=name,
    )


def pos(bench: Bench) -> None:
    """Parts of speech, Penn tags and features."""
    vectors(bench)
    _tagger(bench, "pos.pt", _TAGGER, 4000, 3000)
    bench.done("pos")


def depparse(bench: Bench) -> None:
    """Dependencies, over the tags of a tagger of 1,500 steps.

    Its tags on the data it was trained on are about as good as the final tagger's on new text, and
    a parser that has seen none but right tags does three points worse on such.
    """
    vectors(bench)
    _tagger(bench, "young.pt", _YOUNG_TAGGER, 1500, 1500)
    for part in ("train", "dev"):
        bench.train(
            "stanza.models.tagger",
            "",
            mode="predict",
            lang="en",
            save_name="young.pt",
            wordvec_pretrain_file=str(bench.work / "vectors.pt"),
            eval_file=str(bench.file(f"ud/{part}.conllu")),
            output_file=str(bench.work / f"{part}.tagged.conllu"),
        )
    bench.train(
        "stanza.models.parser",
        _PARSER,
        rate=0.003,
        start=1600,
        end=bench.steps(2450) + 1,
        mode="train",
        lang="en",
        train_file=str(bench.work / "train.tagged.conllu"),
        eval_file=str(bench.work / "dev.tagged.conllu"),
        wordvec_pretrain_file=str(bench.work / "vectors.pt"),
        max_steps=str(bench.steps(2450)),
        max_steps_before_stop="100000",
        save_name="depparse.pt",
    )
    bench.done("depparse")


def lemma(bench: Bench) -> None:
    """Lemmas: a dictionary of the training data, and rules for words it does not know."""
    train = bench.file("ud/train.conllu")
    bench.module(
        "stanza.models.lemmatizer", "--cpu", "--mode", "train", "--shorthand", "en_qc",
        "--dict_only", "--train_file", str(train),
        "--eval_file", str(bench.file("ud/dev.conllu")),
        "--output_file", str(bench.work / "lemma.dev.conllu"),
        "--save_dir", str(bench.work), "--save_name", "lemma.pt",
    )  # fmt: skip
    bench.done("lemma")
    rows = (line.split("\t") for line in train.read_text(encoding="utf-8").splitlines())
    rules = learn((r[1], r[3], r[4], r[2]) for r in rows if r[0].isdigit() and r[2] != "_")
    (bench.out / "lemma_rules.json").write_text(
        json.dumps(rules, ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
    )


def ner(bench: Bench) -> None:
    """Named entities of nine types."""
    vectors(bench)
    for part in ("train", "dev"):
        bench.module(
            "stanza.utils.datasets.ner.prepare_ner_file",
            str(bench.file(f"ner/{part}.tsv")),
            str(bench.work / f"ner.{part}.json"),
        )
    options = _ENTITIES.replace("--max_steps 4000", f"--max_steps {bench.steps(4000)}")
    bench.train(
        "stanza.models.ner_tagger",
        options,
        mode="train",
        train_file=str(bench.work / "ner.train.json"),
        eval_file=str(bench.work / "ner.dev.json"),
        wordvec_pretrain_file=str(bench.work / "vectors.pt"),
        save_name="ner.pt",
    )
    bench.done("ner")


RECIPES: dict[str, Callable[[Bench], None]] = {
    "vectors": vectors,
    "tokenize": tokenize,
    "mwt": mwt,
    "pos": pos,
    "lemma": lemma,
    "depparse": depparse,
    "ner": ner,
}
"""By the name of the part they make."""
