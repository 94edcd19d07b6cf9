"""No pickle anywhere, and no weights before their sha256 has been compared with the manifest."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import quotecheck
from quotecheck import weights
from quotecheck.errors import WeightsError

PACKAGE = Path(quotecheck.__file__).parent
FORBIDDEN = {"pickle", "cPickle", "_pickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}
"""Modules that run what they read."""
LOADERS = {"torch.load", "numpy.load", "np.load", "pandas.read_pickle", "eval", "exec", "compile"}
SAFE = {"weights_only": True, "allow_pickle": False}


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def name_of(node: ast.expr) -> str:
    """A dotted name, "" for another expression."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{name_of(node.value)}.{node.attr}"
    return ""


def test_nothing_is_unpickled() -> None:
    found = []
    for path, tree in sources():
        where = path.relative_to(PACKAGE)
        for node in ast.walk(tree):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{a.name}" for a in node.names)]
            found += [f"{where}: {name}" for name in names if name.split(".")[0] in FORBIDDEN]
            found += [f"{where}: {name}" for name in names if name in LOADERS]
            if isinstance(node, ast.Call):
                called = name_of(node.func)
                safe = any(
                    isinstance(keyword.value, ast.Constant)
                    and keyword.value.value is SAFE.get(keyword.arg or "", ...)
                    for keyword in node.keywords
                )
                if called in LOADERS and not safe:
                    found.append(f"{where}:{node.lineno}: {called}")
    assert found == []


def test_no_shipped_file_is_a_pickle_by_another_name() -> None:
    known = {".safetensors", ".json", ".md"}
    assert {path.suffix for path in weights.FOLDER.iterdir() if path.is_file()} == known
    manifest = weights.manifest()
    for path in weights.FOLDER.iterdir():
        if path.name not in {"README.md", "manifest.json"}:
            assert path.name in manifest, f"{path.name} is not in the manifest"


def test_what_is_called_safetensors_begins_as_safetensors_do() -> None:
    for name in weights.manifest():
        if name.endswith(".safetensors"):
            with (weights.FOLDER / name).open("rb") as file:
                size = int.from_bytes(file.read(8), "little")
                json.loads(file.read(size))


# ------------------------------------------------------------------------------ every loader looks


def _changed(data: bytes) -> bytes:
    """The same number of bytes with one of them another."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the weights (linked, so that it costs no disk)."""
    copy = tmp_path / "en"
    copy.mkdir()
    for path in weights.FOLDER.iterdir():
        (copy / path.name).symlink_to(path)
    return copy


def replace(folder: Path, name: str, data: bytes) -> None:
    (folder / name).unlink()
    (folder / name).write_bytes(data)


def _parser(folder: Path) -> object:
    return weights.verified(folder)  # what `load_parser` and `load_tagger` begin with


def _tagger(folder: Path) -> object:
    from quotecheck.tagging import load_tagger

    return load_tagger(folder)


def _encoder(folder: Path) -> object:
    from quotecheck.paraphrase.encoder import load_encoder

    return load_encoder(folder)


TABLES = (
    "attributions.json", "frames.json", "antecedents.json", "thresholds.json",
    "paraphrase_ranking.json", "dialogue.json", "reports.json", "answers.json",
)  # fmt: skip

LOADED: dict[str, tuple[Callable[[Path], object], tuple[str, ...]]] = {
    "parser": (
        _parser,
        tuple(
            f"{part}.safetensors"
            for part in ("tokenize", "mwt", "pos", "lemma", "depparse", "ner", "vectors")
        ),
    ),
    "tagger": (_tagger, ("spans.safetensors", "spans.json", "spans_tokenizer.json")),
    "encoder": (_encoder, ("sentences.safetensors", "sentences.json", "spans_tokenizer.json")),
    "tables": (
        lambda folder: [weights.verified_table(name, folder) for name in TABLES],
        TABLES,
    ),
    "lemmas": (weights.lemma_rules, ("lemma_rules.json",)),
}


@pytest.mark.parametrize(
    ("loader", "name"), [(loader, name) for loader, (_, names) in LOADED.items() for name in names]
)
def test_changed_weights_are_refused(loader: str, name: str, folder: Path) -> None:
    load, _ = LOADED[loader]
    replace(folder, name, _changed((weights.FOLDER / name).read_bytes()))
    with pytest.raises(WeightsError) as caught:
        load(folder)
    assert name in str(caught.value.where)
    assert caught.value.remedy
    (folder / name).unlink()
    with pytest.raises(WeightsError):
        load(folder)


def test_every_file_of_the_manifest_has_a_loader_that_looks() -> None:
    assert {name for _, names in LOADED.values() for name in names} == set(weights.manifest())


def test_the_forests_are_read_through_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """What reads the tables of the shipped folder reads nothing that was not compared."""
    from quotecheck.attribution import candidate_selection as choose
    from quotecheck.attribution import frame_model as judge
    from quotecheck.checking import thresholds
    from quotecheck.coreference import antecedent_ranker as antecedents
    from quotecheck.coreference import dialogue_model as dialogue
    from quotecheck.paraphrase import ranking

    def refused(name: str, *_: Any) -> Any:
        raise WeightsError("refused", where=name)

    for module in (choose, judge, antecedents, dialogue, thresholds, ranking):
        monkeypatch.setattr(module, "verified_table", refused)
    loaders = (
        choose.load_forests,
        judge.load_frame_weights,
        antecedents.load_ranker,
        dialogue.load_dialogue_model,
        thresholds.thresholds,
        ranking.ranking,
    )
    for load in loaders:
        load.cache_clear()
        with pytest.raises(WeightsError, match="refused"):
            load()
    monkeypatch.undo()
    for load in loaders:
        assert load()


def test_a_manifest_that_was_changed_along_is_another_set_of_weights(folder: Path) -> None:
    """Who may write the manifest may write the code too; but a file cannot be left out of it."""
    listed = json.loads((weights.FOLDER / "manifest.json").read_text(encoding="utf-8"))
    del listed["files"]["frames.json"]
    replace(folder, "manifest.json", json.dumps(listed).encode())
    with pytest.raises(WeightsError):
        weights.verified_table("frames.json", folder)
    shutil.rmtree(folder)
