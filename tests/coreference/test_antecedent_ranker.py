"""The ranker of antecedents: its trees, its probabilities, and what it is fitted to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from quotecheck import weights
from quotecheck.coreference.antecedent_features import FEATURES, candidates
from quotecheck.coreference.antecedent_ranker import Ranker, load_ranker
from quotecheck.coreference.discourse import Discourse, Query
from quotecheck.coreference.person_clusters import PersonClusters
from quotecheck.coreference.role_index import RoleIndex
from quotecheck.errors import InputError, WeightsError
from quotecheck.text.paragraphs import paragraphs
from quotecheck.weights.boosted_trees import BoostedTrees
from tests.support.store_parses import parsed

FORMS = ("pronoun", "nominal", "orphan")


def record() -> dict[str, Any]:
    held: dict[str, Any] = json.loads(
        (weights.FOLDER / "antecedents.json").read_text(encoding="utf-8")
    )
    return held


@pytest.mark.parametrize("form", FORMS)
def test_scores_are_those_that_were_fitted(form: str) -> None:
    """The rows and scores beside the trees were written when they were fitted."""
    held = record()["forms"][form]
    trees = BoostedTrees(held)
    assert len(held["samples"]) >= 10
    assert trees.features == FEATURES
    assert trees.log_odds([row for row, _ in held["samples"]]) == pytest.approx(
        [score for _, score in held["samples"]], abs=2e-3
    )


def test_any_boosted_trees_are_exported_whole() -> None:
    ensemble = pytest.importorskip("sklearn.ensemble", reason="needs scikit-learn")
    from quotecheck.training.antecedent_ranker import exported

    rows = [[(7 * i) % 11 / 3, (5 * i) % 13 / 2, float(i % 2)] for i in range(200)]
    right = [row[0] + row[2] > row[1] / 2 for row in rows]
    model = ensemble.GradientBoostingClassifier(n_estimators=20, init="zero", random_state=0)
    model.fit(rows, right)
    trees = BoostedTrees(exported(model, ["a", "b", "c"]))
    assert trees.log_odds(rows) == pytest.approx(list(model.decision_function(rows)), abs=1e-3)


def test_probabilities_leave_room_for_nobody() -> None:
    ranker = load_ranker()
    for form in FORMS:
        shares = ranker.shares(form, [0.5, -1.0, 3.0])
        assert all(0.0 < share < 1.0 for share in shares)
        assert sum(shares) < 1.0
        assert shares[2] > shares[0] > shares[1]
    assert ranker.shares("pronoun", []) == []


def scene_of(label: str) -> Discourse:
    parse = parsed("speakers", label)
    clusters = PersonClusters(parse, [])
    return Discourse(parse, clusters, RoleIndex(parse, clusters), paragraphs(parse.text))


def test_the_other_gender_is_no_candidate() -> None:
    discourse = scene_of("“he” is the one with a man's given name")
    place = len(discourse.text)
    numbers = (place, discourse.sentence(place), 0, "pronoun")
    assert [p.name for p, _ in candidates(discourse, Query(*numbers, gender="m"))] == ["Henry Colm"]
    assert [p.name for p, _ in candidates(discourse, Query(*numbers, gender="f"))] == [
        "Mary Solheim"
    ]
    assert len(candidates(discourse, Query(*numbers))) == 2
    assert candidates(discourse, Query(0, 0, 0, "nominal")) == []


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    held = record()
    held["forms"]["nominal"]["features"].pop()
    (tmp_path / "antecedents.json").write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(WeightsError, match="features"):
        load_ranker(tmp_path)
    with pytest.raises(WeightsError):
        load_ranker(tmp_path / "none")


def test_a_mention_is_ranked_alike_every_time() -> None:
    ranker = load_ranker()
    discourse = scene_of("a surname goes to the relative who was just introduced")
    place = len(discourse.text)
    query = Query(place, discourse.sentence(place), discourse.paragraph(place), "pronoun", "m")
    first = ranker.rank(discourse, query)
    assert first
    assert ranker.rank(discourse, query) == first


GUM = """# newdoc id = one
# global.Entity = GRP-etype-infstat-salience-centering-minspan-link-identity
# newpar
# text = Marta Oyelaran can't swim.
1	Marta	Marta	PROPN	NNP	_	5	nsubj	_	Entity=(1-person-new-nnn-cf1-1-coref
2	Oyelaran	Oyelaran	PROPN	NNP	_	1	flat	_	Entity=1)
3-4	can't	_	_	_	_	_	_	_	_
3	ca	can	AUX	MD	_	5	aux	_	_
4	n't	not	PART	RB	_	5	advmod	_	_
5	swim	swim	VERB	VB	_	0	root	_	SpaceAfter=No
6	.	.	PUNCT	.	_	5	punct	_	_

# newpar
# text = Her sister can.
1	Her	her	PRON	PRP$	_	2	nmod:poss	_	Entity=(2-person-new-nnn-cf1-2-coref(1-person-giv-nnn-cf2-1-ana)
2	sister	sister	NOUN	NN	_	3	nsubj	_	Entity=2)
3	can	can	AUX	MD	_	0	root	_	SpaceAfter=No
4	.	.	PUNCT	.	_	3	punct	_	_

"""  # noqa: E501 - a line of the format is one line


def test_gum_is_read_with_its_mentions(tmp_path: Path) -> None:
    from quotecheck.training.gum_examples import read_gum

    path = tmp_path / "gum.conllu"
    path.write_text(GUM, encoding="utf-8")
    (document,) = read_gum(path)
    assert document.text == "Marta Oyelaran can't swim.\n\nHer sister can."
    found = [(span.of(document.text), number, kind) for span, number, kind in document.mentions]
    assert found == [
        ("Marta Oyelaran", 1, "person"),
        ("Her", 1, "person"),
        ("Her sister", 2, "person"),
    ]
    path.write_text(GUM.replace("Entity=", "Other="), encoding="utf-8")
    with pytest.raises(InputError, match="no entities"):
        read_gum(path)
    with pytest.raises(InputError, match="cannot be read"):
        read_gum(tmp_path / "none.conllu")


def test_every_decision_names_a_place() -> None:
    from quotecheck.training.news_examples import decided

    rows = [row for held in decided().values() for row in held.items()]
    assert len(rows) > 600
    assert all(offset >= 0 and name for offset, name in rows)
    assert sum(name == "-" for _, name in rows) >= 15


@pytest.mark.shared("polnear")
@pytest.mark.weights
def test_the_recipe_runs_on_a_few_documents(shared: Path, tmp_path: Path) -> None:
    pytest.importorskip("sklearn", reason="needs scikit-learn")
    from quotecheck.training.antecedent_ranker import fit_antecedents

    target = fit_antecedents(shared, tmp_path, short=True)
    ranker = load_ranker(target.parent)
    assert isinstance(ranker, Ranker)
    assert ranker.shares("pronoun", [0.0])
