"""Who is credited beside a quotation: the cue and the source in the words around the marks.

Parsers are unsure where a sentence holds a quotation, so each question is put to the parse first
and to the order of the words second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from quotecheck.attribution.text_view import TextPart, Word
from quotecheck.language.reporting_verbs import introduces_speech, speech_lemma
from quotecheck.records.text import Span

__all__ = ["CueAndSource", "credit_after", "credit_before", "interruption"]

_FINITE = frozenset({"VBD", "VBZ", "VBP", "VB", "VBN", "VBG", "MD"})
_UTTERANCES = frozenset(
    "statement remark comment claim quote quotation assertion answer reply message tweet post "
    "sentence passage line word".split()
)
_LEADING = frozenset({"PUNCT", "ADV", "CCONJ", "INTJ"})
_DASHES = frozenset("—–-―")
_PARTICLES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys("put break cut chime join strike burst throw".split(), ("in", "out")),
    **dict.fromkeys("call cry sing shout pipe speak".split(), ("out", "up")),
    "go": ("on",),
}
"""Verbs of speech with the particles between them and whoever speaks."""
_LONGEST_SOURCE = 40
"""Words. By eye: a source with its apposition is shorter; more words are a clause that was read
wrongly."""
_PRESENT = frozenset({"comments", "remarks", "notes", "reports", "answers", "replies"})
"""Verbs of speech that a tagger takes for nouns."""
_LONGEST_TURN = 14
"""Words before a colon. By eye: a longer run is a sentence, not the label of a turn or "Said
Ellis:"."""


@dataclass(frozen=True, slots=True)
class CueAndSource:
    """Cue, source and how they were found. ``lemma`` is "" for a mere colon or dash."""

    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    lemma: str
    rule: str
    confidence: float


def credit_after(words: Sequence[Word]) -> CueAndSource | None:
    """The credit in the words that follow a quotation: "he said", "said Ann Lee, a doctor"."""
    words = _skip(words)
    if not words:
        return None
    if words[0].token.text.lower() in {"according", "per"}:
        return _according(words)
    if words[0].token.text[:1] in _DASHES:
        return _dash(words)
    verb = _verb(words, rightmost=False)
    if verb is None:
        return None
    place = words.index(verb)
    if place == 0 or all(w.token.upos in _LEADING | {"AUX"} for w in words[:place]):
        source = _after(verb, words)
        if source:
            return _credit(verb, source, "inverted", 0.95)
        subject = verb.tree.subject(verb.index)
        if subject is not None and not _hidden(verb, subject, words):
            phrase = verb.tree.noun_phrase(subject, [verb.index])
            if not any(_hidden(verb, i, words) for i in phrase):
                return _credit(verb, (verb.tree.span(phrase),), "shared-subject", 0.75)
        return _credit(verb, (), "cue-alone", 0.5)
    source = _before(verb, words[:place])
    if source:
        sure = introduces_speech(verb.token.lemma)
        return _credit(verb, source, "subject-cue", 0.97 if sure else 0.8)
    return None


def credit_before(words: Sequence[Word], *, strong: bool) -> CueAndSource | None:
    """The credit in the words that lead up to a quotation.

    Args:
        words: the words outside the marks, from the start of the stretch.
        strong: whether the quotation reads as a sentence of its own (capital letter after comma or
            colon), so that any verb may introduce it.
    """
    if not words:
        return None
    labels = [n for n, w in enumerate(words[:-1]) if w.token.text == ":"]
    if labels and labels[0] < _LONGEST_TURN:
        words = words[labels[0] + 1 :]  # "HOST: Ann Lee said, “…”": a turn reports another
    last = words[-1].token.text
    if words[0].token.text.lower() == "according" and strong:
        return _according(words)
    opening = words[0].token
    if strong and last in {":", ","} and opening.text[:1].isupper() and len(words) > 2:
        guess = speech_lemma(opening.text)
        if guess and opening.upos != "VERB" and len(words) <= _LONGEST_TURN:
            # "Said Ellis:" is too rare for a tagger to have learnt it.
            named = Span(words[1].token.start, words[-2].token.end)
            return CueAndSource((opening.span,), (named,), guess, "inverted", 0.85)
    if last == ":":
        words_before = _words_of(words)
        if words_before is not None:
            return words_before
    verb = _verb(
        words, rightmost=True, any_verb=strong and (last in {":", ","} or last[:1] in _DASHES)
    )
    if verb is None:
        if last == ":" and 2 < len(words) <= _LONGEST_TURN:
            noun, name = words[-2].token, words[-3].token
            if noun.text in _PRESENT and noun.upos == "NOUN" and name.text[:1].isupper():
                named = Span(words[0].token.start, name.end)  # "CEO Tone Lie comments:"
                return CueAndSource((noun.span,), (named,), noun.lemma, "lead", 0.85)
        if last == ":" and len(words) <= _LONGEST_TURN:
            return _turn(words)
        return None
    place = words.index(verb)
    if verb.token.xpos == "VBN" and verb.tree.is_passive(verb.index):
        agents = verb.tree.agents(verb.index)
        by = (verb.tree.span(verb.tree.noun_phrase(agents[0])),) if agents else ()
        return _credit(verb, by, "passive", 0.6)
    opens = all(w.token.upos in _LEADING for w in words[:place])
    source = (
        (_after(verb, words) if opens else ())
        or _by_parse(verb, words)
        or _before(verb, words[:place])
    )
    sure = introduces_speech(verb.token.lemma)
    rule = "lead" if sure else "lead-verb"
    if not source:
        return _credit(verb, (), "cue-alone", 0.4) if sure else None
    # "who had radioed:" introduces words whatever the verb; "the inquiry blamed him:" may not.
    follows_colon = last == ":" and words[-2] is verb and source[0] in _relatives(words)
    return _credit(verb, source, rule, 0.93 if sure or follows_colon else 0.7)


def _words_of(words: Sequence[Word]) -> CueAndSource | None:
    """Whose the words are that a noun announces: "rated this statement by Ann Lee in June:"."""
    for place in range(len(words) - 3, max(-1, len(words) - _LONGEST_TURN), -1):
        noun = words[place].token
        if noun.upos == "VERB" and introduces_speech(noun.lemma):
            return None
        if noun.lemma.lower() not in _UTTERANCES or noun.upos != "NOUN":
            continue
        if words[place + 1].token.text.lower() not in {"by", "from"}:
            return None
        head = words[place + 2]
        phrase = [head]
        for word in words[place + 3 : -1]:
            if word.token.upos not in {"PROPN", "NOUN", "ADJ"}:
                break
            phrase.append(word)
        if not any(w.token.upos == "PROPN" for w in phrase):
            return None
        by = Span(phrase[0].token.start, phrase[-1].token.end)
        return CueAndSource((noun.span,), (by,), noun.lemma.lower(), "words of", 0.85)
    return None


def _relatives(words: Sequence[Word]) -> list[Span]:
    return [w.token.span for w in words if w.token.text.lower() == "who"]


def _credit(verb: Word, source: tuple[Span, ...], rule: str, confidence: float) -> CueAndSource:
    particles = [
        c
        for c in verb.tree.relation(verb.index, "compound")
        if verb.tree.tokens[c].upos == "ADP" and abs(c - verb.index) == 1
    ]
    cue = verb.tree.span([verb.index, *particles])
    return CueAndSource((cue,), source, verb.token.lemma, rule, confidence)


def _skip(words: Sequence[Word]) -> list[Word]:
    here = 0
    while here < len(words) and words[here].token.upos == "PUNCT":
        if words[here].token.text[:1] in _DASHES:
            break
        here += 1
    return list(words[here:])


def _verb(words: Sequence[Word], *, rightmost: bool, any_verb: bool = True) -> Word | None:
    """The verb that introduces: one of the lexicon if there is any, nearest to the quotation.

    A verb inside a relative clause ("Clark, who led the army, said") is the last choice.
    """
    known: list[Word] = []
    relative: list[Word] = []
    spare: list[Word] = []
    for word in reversed(words) if rightmost else words:
        token = word.token
        if token.upos != "VERB":
            continue
        if token.deprel in {"acl:relcl", "acl"} and not rightmost:
            relative.append(word)
        elif introduces_speech(token.lemma):
            known.append(word)
        elif token.xpos in _FINITE:
            spare.append(word)
    late = [w for w in relative if introduces_speech(w.token.lemma) and not _is_relative(w)]
    if known or late:
        return (known or late)[0]
    return spare[0] if spare and any_verb else None


def _is_relative(word: Word) -> bool:
    """Whether the clause of a verb really opens with a relative pronoun."""
    first = word.tree.extents[word.index][0]
    return any(
        word.tree.tokens[i].text.lower() in {"who", "which", "that", "whom"}
        for i in range(first, word.index)
    )


def _by_parse(verb: Word, words: Sequence[Word]) -> tuple[Span, ...]:
    subject = verb.tree.subject(verb.index)
    if subject is None or _hidden(verb, subject, words):
        return ()
    phrase = verb.tree.noun_phrase(subject, [verb.index])
    inside = {w.index for w in words if w.tree is verb.tree}
    source_words = [i for i in phrase if i in inside]
    if subject not in source_words:
        return ()
    return (verb.tree.span(source_words),)


def _before(verb: Word, words: Sequence[Word]) -> tuple[Span, ...]:
    """The source in front of the verb: its subject, or else all that stands there."""
    parsed = _by_parse(verb, words)
    if parsed:
        return parsed
    source_words = _skip(words)
    while source_words and source_words[0].token.upos in _LEADING | {"SCONJ"}:
        source_words = source_words[1:]
    while source_words and (
        source_words[-1].token.upos in {"PUNCT", "ADV", "AUX", "PART", "CCONJ"}
        and source_words[-1].token.text != ")"
    ):
        source_words = source_words[:-1]
    if not source_words or len(source_words) > _LONGEST_SOURCE:
        return ()
    if not any(w.token.upos in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"} for w in source_words):
        return ()
    return (Span(source_words[0].token.start, source_words[-1].token.end),)


def _after(verb: Word, words: Sequence[Word]) -> tuple[Span, ...]:
    """The source right after the verb ("wrote Todd in the Washington Times")."""
    phrase = verb.tree.phrase_after(verb.index)
    if not phrase and _has_particle(verb):
        phrase = verb.tree.phrase_after(verb.index + 1)
    if not phrase:
        return ()
    inside = {w.index for w in words if w.tree is verb.tree}
    phrase_words = []
    for index in phrase:
        if index not in inside:
            break
        phrase_words.append(index)
    if not phrase_words:
        return ()
    last = phrase_words[-1]
    while last > phrase_words[0] and verb.tree.tokens[last].upos in {"PUNCT", "CCONJ", "ADP"}:
        last -= 1
    return (verb.tree.span([phrase_words[0], last]),)


def _has_particle(verb: Word) -> bool:
    """Whether a verb has its particle beside it and somebody after that: "put in Ann Lee"."""
    behind = verb.tree.tokens[verb.index + 1 : verb.index + 3]
    if len(behind) < 2 or behind[0].text.lower() not in _PARTICLES.get(verb.token.lemma, ()):
        return False
    return behind[1].upos in {"PROPN", "PRON"} or behind[1].text.lower() in {
        "the",
        "a",
        "his",
        "her",
    }


def _hidden(verb: Word, index: int, words: Sequence[Word]) -> bool:
    """Whether a token of the verb's sentence lies outside the words that were given."""
    if not words:
        return True
    low, high = words[0].token.start, words[-1].token.end
    token = verb.tree.tokens[index]
    return not low <= token.start < high


def _according(words: Sequence[Word]) -> CueAndSource | None:
    cue_end = 2 if len(words) > 1 and words[1].token.text.lower() == "to" else 1
    rest = list(words[cue_end:])
    if not rest:
        return None
    first = rest[0]
    heads = [
        w
        for w in rest[:_LONGEST_SOURCE]
        if w.token.upos in {"NOUN", "PROPN", "PRON"} and w.tree is first.tree
    ]
    if not heads:
        return None
    head = heads[0]
    for above in head.tree.ancestors(head.index):
        if above < first.index or head.tree.tokens[above].upos not in {"NOUN", "PROPN", "PRON"}:
            break
        head = Word(head.tree, above, head.tree.tokens[above], False)
    phrase = [i for i in head.tree.noun_phrase(head.index) if i >= first.index]
    inside = {w.index for w in rest if w.tree is head.tree}
    phrase = [i for i in phrase if i in inside] or [first.index]
    return CueAndSource(
        (Span(words[0].token.start, words[cue_end - 1].token.end),),
        (head.tree.span(phrase),),
        "according to" if cue_end == 2 else "per",
        "according",
        0.93,
    )


def _dash(words: Sequence[Word]) -> CueAndSource | None:
    """A name after a dash: “Enough.” — Ann Lee."""
    rest = [w for w in words[1:] if w.token.upos != "PUNCT" or w.token.text in {",", "."}]
    while rest and rest[-1].token.upos == "PUNCT":
        rest = rest[:-1]
    if not rest or len(rest) > _LONGEST_TURN or rest[0].token.upos not in {"PROPN", "NOUN"}:
        return None
    if any(w.token.upos == "VERB" for w in rest):
        return None
    dash = words[0].token
    span = Span(rest[0].token.start, rest[-1].token.end)
    return CueAndSource((dash.span,), (span,), "", "dash", 0.85)


def interruption(parts: Sequence[TextPart]) -> CueAndSource | None:
    """Who breaks off to do something within their words: “It is in the” — Ann Lee rose — “loft.”.

    Args:
        parts: a passage, the words after it, and what follows.
    """
    if len(parts) < 3 or parts[0].passage is None or parts[2].passage is None:
        return None
    words = parts[1].words
    inside = [w for w in parts[0].words if w.token.text.strip("”\"’'»")]
    opened = words[0].token.text[:1] in _DASHES or (
        bool(inside) and inside[-1].token.text[:1] in _DASHES
    )
    if not opened or words[-1].token.text[:1] not in _DASHES:
        return None
    bare_words = [w for w in words if w.token.upos != "PUNCT"]
    verb = next((w for w in bare_words if w.token.upos == "VERB"), None)
    if verb is None or verb.token.xpos not in {"VBD", "VBZ"} or verb is bare_words[0]:
        return None
    source = _before(verb, words[: words.index(verb)])
    if not source:
        return None
    return CueAndSource((verb.token.span,), source, verb.token.lemma, "interrupted", 0.9)


def _turn(words: Sequence[Word]) -> CueAndSource | None:
    """A name before a colon: "Lee: “Enough.”"."""
    source_words = list(words[:-1])
    if not source_words or source_words[0].token.upos in {"ADP", "ADV", "SCONJ", "CCONJ"}:
        return None
    if not any(w.token.upos in {"PROPN", "PRON"} for w in source_words):
        return None
    span = Span(source_words[0].token.start, source_words[-1].token.end)
    return CueAndSource((words[-1].token.span,), (span,), "", "colon", 0.8)
