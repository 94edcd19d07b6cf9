"""Classify the passages in quotation marks that no earlier rule has taken.

Some are phrases of a statement ("a disaster", Trump called it), some are titles of works, some are
scare quotes. The last two are not quotations: they get a kind of their own and never a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from quotecheck.attribution.direct_speech import is_sentence
from quotecheck.attribution.text_view import TextView, Word
from quotecheck.language.quotation_characters import DOUBLE
from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.quotation import Attribution, Kind
from quotecheck.records.span_set import SpanSet
from quotecheck.records.text import QuotedPassage, Span
from quotecheck.syntax.tree import Tree

__all__ = ["is_nickname", "is_title", "names_work", "nonspeech_quotes"]

_WORKS = frozenset(
    "album article ballad book campaign chapter column comedy documentary drama episode essay "
    "exhibition film hymn magazine memoir movie musical novel opera painting play podcast poem "
    "programme program report sculpture series show single sitcom song story study symphony "
    "thriller track trilogy paper slogan hashtag headline title entitle title call name clip "
    "trailer sequel video commentary column editorial tune hit lyric concerto anthem aria ode "
    "carol jingle".split()
)
_NAMING = frozenset({"call", "name", "entitle", "title"})
_CRIES = re.compile(
    r"\b(?P<cue>cry|cries|shouts?|chants?|screams?|yells?|whispers?|murmurs?|mutters?|roars?|jeers?|"
    r"calls) of:?\s+\Z",
    re.IGNORECASE,
)
"""Nouns for words of people who are not named: "to cries of “Never!”"."""
_SPEAKER_HERSELF = re.compile(r"I(?:['’][a-z]+)?\b")
"""What has a capital without being a word of a title: “Did I?”."""
_NEAR_CRY = 24  # Code points before the mark. By eye: room for "cries of" and an adjective or two.
_CAME = re.compile(
    r"\s+(?:came|rose|went up|rang out|goes up|comes) (?:a|an|the|another|one)(?: [a-z]+)? "
    r"(?:cry|shout|voice|call|yell|scream|chant|reply|answer|whisper|roar|chorus)\b",
    re.IGNORECASE,
)
"""What a voice does after its words: “Encore, Ada!” came a cry."""
_PIECE = re.compile(
    r"(?:['’]s?|\b(?:his|her|their|my|our|the|a|an)(?: [a-z-]+){0,2})\s"
    r"(?:commentary|column|essay|op-ed|article|editorial|poem|song|story|novel|book|film|play|letter),\s\Z",
    re.IGNORECASE,
)
"""A piece of writing that the passage after it names: "her column, “Mind your step,” is"."""
_LONGEST_NAME = 30
"""Characters of a nickname, and of the given name before it."""
_SPOKEN_ENDS = frozenset(".?!…—–-")
_SMALL = frozenset("a an and as at but by for from in is its of on or over the to up with".split())


def nonspeech_quotes(
    view: TextView, passages: Iterable[QuotedPassage], attributions: Sequence[Attribution]
) -> list[Attribution]:
    """A verdict on each passage that is not yet part of an attribution.

    Args:
        view: the text.
        passages: those that the rules on direct quotations left.
        attributions: all attributions so far; passages they cover are passed over.
    """
    covered = SpanSet(span for a in attributions for span in (*a.content, *a.source))
    unspoken: list[Attribution] = []
    for passage in passages:
        if covered.touches(passage.inner):
            continue
        covered.add(passage.outer)
        unspoken.append(_judge(view, passage))
    return unspoken


def _judge(view: TextView, passage: QuotedPassage) -> Attribution:
    words = view.words_in(passage.outer)
    count = len(passage.inner.of(view.text).split())
    if is_nickname(view, passage):
        return _bare(passage, "scare", 0.6)
    if _is_spoken_line(view, passage) or _is_cried(view, passage):
        return _bare(passage, "direct", 0.3)
    if is_title(view, passage, words) or _names_a_piece(view, passage):
        return _bare(passage, "title", 0.8)
    cried = _CRIES.search(view.text, max(0, passage.outer.start - _NEAR_CRY), passage.outer.start)
    if cried is not None:
        return replace(
            _bare(passage, "direct", 0.6),
            cue=(Span(cried.start("cue"), cried.end("cue")),),
            rule="fragment",
            cue_lemma=cried["cue"].lower().removesuffix("s"),
        )
    governed = _governor(view, words)
    if governed is not None:
        tree, verb, source = governed
        speech = introduces_speech(tree.tokens[verb].lemma)
        if source and (speech or count >= 5):
            return Attribution(
                content=(passage.outer,),
                cue=(tree.tokens[verb].span,),
                source=(tree.span(source),),
                kind="direct",
                rule="fragment",
                confidence=0.6 if speech else 0.45,
                cue_lemma=tree.tokens[verb].lemma,
            )
    if is_sentence(view, passage) and count >= 4:
        return _bare(passage, "direct", 0.3)
    return _bare(passage, "scare", 0.6)


def _is_spoken_line(view: TextView, passage: QuotedPassage) -> bool:
    """Whether words in marks are a sentence, and begin where one may: “Mind the step.” He left.

    Two weighty words with capitals that end in a stop may still be a title (“Who’s There?”).
    """
    inner = passage.inner.of(view.text).strip().rstrip(DOUBLE + "’'")
    letters = [c for c in inner if c.isalpha()]
    before = view.text[max(0, passage.outer.start - 9) : passage.outer.start].rstrip(" \t")[-1:]
    start, end = passage.outer.start, passage.outer.end
    alone = (
        view.text[max(0, start - 1) : start] in {"", "\n"}
        and view.text[end : end + 1] in {"", "\n", "\r"}
        and len(inner.split()) > 2
    )
    opens = not before or before in "\n\r.?!…:" + DOUBLE
    ends = alone or inner[-1:] in _SPOKEN_ENDS
    if not opens or not ends or not letters or not letters[0].isupper():
        return False
    rest = [w for w in inner.split()[1:] if w.lower().strip(".,!?'’") not in _SMALL]
    rest = [w for w in rest if not _SPEAKER_HERSELF.match(w)]
    return not rest or not all(w[:1].isupper() for w in rest)


def _is_cried(view: TextView, passage: QuotedPassage) -> bool:
    """Whether what follows the marks is a cry, or words broken off: “Encore!” came a shout."""
    if _CAME.match(view.text, passage.outer.end, passage.outer.end + 2 * _NEAR_CRY):
        return True
    before = view.text[max(0, passage.outer.start - 9) : passage.outer.start].rstrip(" \t")[-1:]
    inner = passage.inner.of(view.text).rstrip()
    broken = inner.endswith(("--", "—")) and len(inner.split()) > 1
    return broken and (not before or before in "\n\r.?!…" + DOUBLE)


def _bare(passage: QuotedPassage, kind: Kind, confidence: float) -> Attribution:
    rules = {"title": "title", "scare": "scare", "direct": "quoted:orphan"}
    return Attribution(
        content=(passage.outer,),
        cue=(),
        source=(),
        kind=kind,
        rule=rules[kind],
        confidence=confidence,
    )


def names_work(view: TextView, span: Span) -> bool:
    """Whether a content, or a part of one, is nothing but a title or a nickname in marks."""
    inside = view.passages_around(span)
    if len(inside) != 1 or not inside[0].outer.contains(span):
        return False
    if is_nickname(view, inside[0]):
        return True
    return is_title(view, inside[0], view.words_in(inside[0].outer))


def is_nickname(view: TextView, passage: QuotedPassage) -> bool:
    """Whether the marks hold what somebody is called, between the words of the name."""
    inner = passage.inner.of(view.text)
    before = view.text[max(0, passage.outer.start - _LONGEST_NAME) : passage.outer.start]
    after = view.text[passage.outer.end : passage.outer.end + 2]
    if len(inner) > _LONGEST_NAME or not inner[:1].isupper() or not inner[-1:].isalpha():
        return False
    word = before.rstrip(" ").split(" ")[-1]
    return (
        before.endswith(" ")
        and word[:1].isupper()
        and word.isalpha()
        and after[:1] == " "
        and after[1:].isupper()
    )


def is_title(view: TextView, passage: QuotedPassage, words: Sequence[Word]) -> bool:
    """Capitals on all weighty words, and a word for a work beside it or nothing else to be."""
    inner = [w for w in passage.inner.of(view.text).split() if any(c.isalnum() for c in w)]
    weighty = [w for w in inner if w.lower().strip(".,!?'’") not in _SMALL]
    if not inner or len(inner) > 12:
        return False
    capital = sum(not next(c for c in w if c.isalnum()).islower() for w in weighty)
    if capital < len(weighty) or not weighty:
        return False
    start = passage.outer.start
    before = [w.token.lemma.lower() for w in view.words_in(Span(max(0, start - 60), start))][-6:]
    after = [
        w.token.lemma.lower()
        for w in view.words_in(Span(passage.outer.end, min(len(view.text), passage.outer.end + 30)))
    ][:3]
    # After a name, "called" is what somebody did: “Traitor!” someone called.
    near_work = any(lemma in _WORKS for lemma in before) or any(
        lemma in _WORKS - _NAMING for lemma in after
    )
    return near_work or (len(weighty) >= 2 and not any(w.token.upos == "AUX" for w in words))


def _is_apart(tree: Tree, index: int) -> bool:
    """Whether a preposition other than "as" hangs a phrase on a noun."""
    return tree.tokens[index].deprel == "nmod" and any(
        tree.tokens[c].text.lower() != "as" for c in tree.relation(index, "case")
    )


def _names_a_piece(view: TextView, passage: QuotedPassage) -> bool:
    """Whether words in marks stand beside a piece of writing that is its clause's subject."""
    if not view.text[passage.outer.end - 2 : passage.outer.end].startswith(","):
        return False
    if not _PIECE.search(view.text, max(0, passage.outer.start - 60), passage.outer.start):
        return False
    behind = view.words_in(Span(passage.outer.end, min(len(view.text), passage.outer.end + 20)))
    return bool(behind) and behind[0].token.upos in {"AUX", "VERB"}


def _governor(view: TextView, words: Sequence[Word]) -> tuple[Tree, int, list[int]] | None:
    """The nearest verb outside the marks above the passage, with its subject."""
    tops = [w for w in words if w.token.upos != "PUNCT" and w.tree.tokens[w.index].head >= 0]
    for word in tops:
        tree, below = word.tree, word.index
        for above in tree.ancestors(word.index):
            token = tree.tokens[above]
            if view.is_quoted(token.start):
                below = above
                continue
            if _is_apart(tree, below):
                break  # "began to cries of “Never!”", "sang in a clip of “The 411”"
            below = above
            if token.upos != "VERB":
                continue
            agents = tree.agents(above)
            passive = tree.is_passive(above)
            subject = agents[0] if agents else None if passive else tree.subject(above)
            if subject is None or view.is_quoted(tree.tokens[subject].start):
                return tree, above, []
            return tree, above, tree.noun_phrase(subject, [above])
        break
    return None
