"""What the grammar of a sentence says of whom a pronoun means, on sentences parsed by hand."""

from __future__ import annotations

from quotecheck.coreference.binding import BINDING_FEATURES, Binding
from quotecheck.coreference.discourse import Discourse
from quotecheck.coreference.person_clusters import PersonClusters
from quotecheck.coreference.role_index import RoleIndex
from quotecheck.records.text import Mention, ParsedDocument, Sentence, Span, Token
from quotecheck.text.paragraphs import paragraphs

_TAGS = {"PROPN": "NNP", "PRON": "PRP", "VERB": "VBD", "PUNCT": ".", "PART": "TO", "ADV": "RB"}


def document(*words: tuple[str, str, int, str]) -> ParsedDocument:
    """A sentence of (word, part of speech, head, relation); its proper nouns are persons."""
    tokens, text = [], ""
    for word, upos, head, relation in words:
        start = len(text) + bool(text and word != ".")
        text += word if word == "." or not text else f" {word}"
        tokens.append(
            Token(start, len(text), word, word.lower(), upos, _TAGS[upos], "", head, relation)
        )
    people = tuple(Mention(t.span, "Person") for t in tokens if t.upos == "PROPN")
    sentence = Sentence(Span(0, len(text)), tuple(tokens), people, True)
    return ParsedDocument(text, (sentence,))


def numbers(parsed: ParsedDocument, pronoun: str, name: str) -> dict[str, float]:
    clusters = PersonClusters(parsed, ())
    limits = paragraphs(parsed.text)
    discourse = Discourse(parsed, clusters, RoleIndex(parsed, clusters), limits)
    token = next(t for t in parsed.sentences[0].tokens if t.text.lower() == pronoun)
    query = discourse.question(token.span)
    references = [
        r for r in discourse.before(len(parsed.text)) if parsed.text[r.start : r.end] == name
    ]
    later = [r for r in references if r.start > token.start]
    found = Binding(discourse, query).numbers(references, later, 2)
    assert tuple(found) == BINDING_FEATURES
    return found


CHOSE = document(
    ("Marta", "PROPN", 1, "nsubj"),
    ("chose", "VERB", -1, "root"),
    ("to", "PART", 3, "mark"),
    ("replace", "VERB", 1, "xcomp"),
    ("her", "PRON", 3, "obj"),
    (".", "PUNCT", 1, "punct"),
)


def test_an_object_is_not_the_understood_subject_of_its_clause() -> None:
    found = numbers(CHOSE, "her", "Marta")
    assert found["understood_subject"]
    assert found["bound_to_subject"]
    assert not found["reflexive"]
    assert found["tree_distance"] == 3


def test_who_is_named_within_the_clause_of_a_subject_is_not_that_subject() -> None:
    parsed = document(
        ("She", "PRON", 1, "nsubj"),
        ("tried", "VERB", -1, "root"),
        ("to", "PART", 3, "mark"),
        ("stop", "VERB", 1, "xcomp"),
        ("Marta", "PROPN", 3, "obj"),
        (".", "PUNCT", 1, "punct"),
    )
    found = numbers(parsed, "she", "Marta")
    assert found["named_within"]
    assert found["named_after"]


def test_a_reflexive_means_its_subject() -> None:
    parsed = document(
        ("Marta", "PROPN", 1, "nsubj"),
        ("saw", "VERB", -1, "root"),
        ("herself", "PRON", 1, "obj"),
        (".", "PUNCT", 1, "punct"),
    )
    found = numbers(parsed, "herself", "Marta")
    assert found["reflexive"]
    assert found["understood_subject"]
    assert not found["bound_to_subject"]
