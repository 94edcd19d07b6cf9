"""How far sources and contents go where one clause hangs on another, as the parse tells it.

"the secretary to the governor, Mr. Osho, …, noting that …" has a name after the description;
"Saying that costs were too high, Margit Sand froze pay" has its source in the main clause; and in
"Lorne Foods, saying that debts had grown, cut the dividend" the writer goes on after the comma.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from quotecheck.attribution.text_view import TextView, Word
from quotecheck.language.person_nouns import is_title, person_nouns
from quotecheck.language.reporting_verbs import introduces_speech
from quotecheck.records.quotation import Attribution
from quotecheck.records.text import Span
from quotecheck.syntax.tree import Tree

__all__ = ["with_whole_source", "within_its_clause"]

_LOOSE: Final = " \t\r\n,;"
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "DET", "NUM"})
_MEDIUM_BEHIND = re.compile(
    r",?\s{1,4}in an? (?:(?:joint|written|open|brief|short|long) )?"
    r"(?:letter|statement|e-?mail|memo|note|report|post|tweet|message)\Z"
)
_NAME_BEFORE = re.compile(
    r"(?:\A|[\n.!?”]\s{0,4})([A-Z][\w&’'.-]{0,30}(?: [A-Z][\w&’'.-]{0,30}){0,4}), \Z"
)
_BY_ANOTHER = re.compile(
    r"(?:\A|[.!?”\n]\s{0,3})([^\W\d_a-z][^,.;:“”\"\n]{1,50}),? (?:in|through|via) an? "
    r"[^,.;:“”\"\n]{3,60} (?:signed|issued|read|released|sent|delivered|posted|shared|made "
    r"available) (?:[^,.;:“”\"\n]{1,40} )?by \Z"
)
_PLACE = re.compile(r"[A-Z][A-Z.’' -]{2,40}:")
_LONGEST_SOURCE: Final = 160
"""Code points after a verb in which the words for its subject stand."""
_BODIES: Final = frozenset(
    "union charity company firm agency bank retailer airline network federation association "
    "supermarket manufacturer publisher broadcaster regulator watchdog club".split()
)
_LONGEST_NAME: Final = 80
"""Code points in front of a description in which the name stands that it describes."""


def with_whole_source(view: TextView, attribution: Attribution) -> Attribution:
    """The attribution with all of its source, and a source where only the main clause names it.

    Args:
        view: the text.
        attribution: one that was selected.
    """
    if not attribution.is_speech or not attribution.cue or attribution.parent:
        return attribution
    if not attribution.source:
        source = _of_main_clause(view, attribution)
        return replace(attribution, source=(source,)) if source else attribution
    if len(attribution.source) > 1:
        return attribution
    source = _without_medium(view.text, attribution.source[0])
    if outer := _passed_on(view, attribution):
        return outer
    if _is_place_label(view, source):
        cue = attribution.cue[0]
        if view.text[cue.start] == ":":  # the words behind the content tell who speaks
            following = view.words_in(
                Span(attribution.content[-1].end, attribution.content[-1].end + 20)
            )
            verb = next((w for w in following if w.token.upos != "PUNCT"), None)
            if verb is None or not introduces_speech(verb.token.lemma.lower()):
                return attribution
            cue = verb.token.span
        behind = _behind_cue(view, cue)
        return replace(attribution, source=(behind,) if behind else (), cue=(cue,))
    source = _with_name_behind(view, _with_name_before(view, _sender(view.text, source)))
    return (
        attribution if source == attribution.source[0] else replace(attribution, source=(source,))
    )


def within_its_clause(view: TextView, attribution: Attribution) -> Attribution:
    """The attribution without the main clause on which its own clause hangs.

    "saying that debts had grown | , cut the dividend", "claim that it was safe | came too late",
    "While Aker told members that it was full | , Brask had written".
    """
    attribution = _within_paragraph(view, attribution)
    if len(attribution.content) != 1 or len(attribution.cue) != 1:
        return attribution
    content = attribution.content[0]
    cue = _word(view, attribution.cue[0])
    if cue is None or content.start < attribution.cue[0].end:
        return attribution
    tree = cue.tree
    is_noun = cue.token.upos == "NOUN"
    fronted = _opens_sentence(tree, cue.index)
    if not (is_noun or fronted or cue.token.xpos == "VBG" or cue.token.deprel == "acl:relcl"):
        return attribution  # of "he says" in the middle of his words a parse makes a clause, too
    above = [tree.tokens[index].start for index in tree.ancestors(cue.index)]
    below = tree.subtree(cue.index)
    inside = [i for i in tree.beginning_in(content) if i in below]
    if not inside or tree.tokens[inside[0]].start != content.start:
        return attribution
    first = min((start for start in above if content.start < start < content.end), default=None)
    if first is None:
        return attribution
    end = max(tree.tokens[i].end for i in inside if tree.tokens[i].start < first)
    if not is_noun and view.text[end : end + 1] != "," and view.text[end - 1 : end] != ",":
        return attribution
    words = view.text[content.start : end].rstrip(_LOOSE)
    whole = Span(content.start, content.start + len(words))
    if any(p.outer.end > whole.end for p in view.passages_around(whole)):
        return attribution
    return replace(attribution, content=(whole,), kind=view.kind_of((whole,)))


def _opens_sentence(tree: Tree, verb: int) -> bool:
    """Whether a verb's clause opens its sentence with a conjunction: "While Aker told members"."""
    if tree.tokens[verb].deprel.split(":")[0] != "advcl" or tree.tokens[verb].head < verb:
        return False
    marks = tree.relation(verb, "mark")
    return bool(marks) and all(token.upos == "PUNCT" for token in tree.tokens[: marks[0]])


def _within_paragraph(view: TextView, attribution: Attribution) -> Attribution:
    """A report without words of the paragraph before: “More!” is not the mayor's, nor a byline."""
    if not attribution.cue or attribution.kind == "direct":
        return attribution
    first = view.paragraphs[view.paragraph_at(attribution.cue[0].start)].start
    reported = attribution.rule.startswith("reported:")
    inside = (
        span
        for span in attribution.content
        if span.end > first or (not reported and view.is_quoted(span.start))
    )
    content = tuple(
        Span(first, span.end)
        if span.start < first < span.end and not view.is_quoted(first - 1)
        else span
        for span in inside
    )
    if not content or content == attribution.content:
        return attribution
    return replace(attribution, content=content, kind=view.kind_of(content))


def _word(view: TextView, span: Span) -> Word | None:
    words = view.words_in(span)
    return words[0] if words and words[0].tree.parsed else None


def _passed_on(view: TextView, attribution: Attribution) -> Attribution | None:
    """Who says what another tells: "The ministry said, according to Tilsa, that it was over"."""
    cue, content = attribution.cue[0], attribution.content[0]
    if not cue.of(view.text).lower().startswith("according") or content.start < cue.end:
        return None
    if not content.of(view.text).startswith("that "):
        return None
    before = view.words_in(Span(max(0, cue.start - _LONGEST_SOURCE), cue.start))
    if len(before) < 2 or before[-1].token.text != ",":
        return None
    tree = before[-1].tree
    place = before[-2].index
    while place > 0 and tree.tokens[place].upos in {"NOUN", "PROPN", "DET", "PRON", "ADJ"}:
        place -= 1  # "told MPs, according to"
    verb = tree.tokens[place]
    subject = tree.subject(place) if introduces_speech(verb.lemma.lower()) else None
    if subject is None or subject > place or not tree.parsed:
        return None
    source = tree.span(tree.noun_phrase(subject, [place]))
    via = (*attribution.source, *attribution.via)
    return replace(attribution, source=(source,), cue=(verb.span,), cue_lemma=verb.lemma, via=via)


def _is_place_label(view: TextView, source: Span) -> bool:
    """Whether a source is the place that opens a paragraph: "BELGAUM: The bridge is safe, said"."""
    if _PLACE.fullmatch(view.text, source.start, source.end + 1) is None:
        return False
    return view.paragraphs[view.paragraph_at(source.start)].start == source.start


def _behind_cue(view: TextView, cue: Span) -> Span | None:
    """The words after a verb of reporting, up to what tells where or when; None for none."""
    words = view.words_in(Span(cue.end, cue.end + _LONGEST_SOURCE))
    end = 0
    for word in words:
        low = word.token.text.lower()
        if word.token.upos in {"VERB", "AUX", "PUNCT", "ADV", "SCONJ"} and low != ".":
            break
        if (word.token.upos == "ADP" and low not in {"of", "for"}) or word.quoted:
            break
        if low == "." and view.text[word.token.end : word.token.end + 1] in {"", "\n"}:
            break
        end = word.token.end
    if not end:
        return None
    return Span(words[0].token.start, end)


def _of_main_clause(view: TextView, attribution: Attribution) -> Span | None:
    """Who does what the main clause tells, where a participle in front of it reports."""
    cue = _word(view, attribution.cue[0])
    if cue is None or cue.token.xpos != "VBG" or cue.token.deprel.split(":")[0] != "advcl":
        return None
    tree, verb = cue.tree, cue.token.head
    opens = all(token.upos in {"PUNCT", "ADV"} for token in tree.tokens[: cue.index])
    subjects = [i for i in tree.relation(verb, "nsubj") if tree.tokens[i].upos in _NOMINAL]
    if not opens or not subjects or verb < cue.index:
        return None
    phrase = tree.noun_phrase(subjects[0], [verb])
    start, end = tree.tokens[phrase[0]].start, tree.tokens[phrase[-1]].end
    if start < attribution.content[-1].end or view.is_quoted(start):
        return None
    return Span(start, end)


def _without_medium(text: str, source: Span) -> Span:
    """The source without the medium at its end: "Mina Quarles and Per Lodge, in a letter"."""
    match = _MEDIUM_BEHIND.search(source.of(text))
    return Span(source.start, source.start + match.start()) if match and match.start() else source


def _sender(text: str, source: Span) -> Span:
    """Whose message somebody signed or read: "Alade, in a letter signed by his aide, Femi Ade"."""
    low = max(0, source.start - _LONGEST_SOURCE)
    match = _BY_ANOTHER.search(text[low : source.start])
    return Span(low + match.start(1), low + match.end(1)) if match else source


def _with_name_before(view: TextView, source: Span) -> Span:
    """The source with the name that a description follows: "Unite, the union of"."""
    words = view.words_in(source)
    if len(words) < 2 or words[0].token.text.lower() not in {"the", "a", "an"}:
        return source
    head = next((w for w in words[1:5] if w.token.upos == "NOUN"), None)
    if head is None or head.token.lemma.lower() not in _BODIES:
        return source
    low = max(0, source.start - _LONGEST_NAME)
    match = _NAME_BEFORE.search(view.text[low : source.start])
    return Span(low + match.start(1), source.end) if match else source


def _with_name_behind(view: TextView, source: Span) -> Span:
    """The source with a name set off after it: "the governor's secretary, Mr. Lanre Osho,"."""
    words = view.words_in(source)
    if len(words) < 2 or words[0].tree is not words[-1].tree:
        return source
    tree = words[0].tree
    nouns = [w for w in words if w.token.upos in {"NOUN", "PROPN"}]
    if not nouns or any(m.label == "Person" and source.overlaps(m.span) for m in tree.mentions):
        return source
    head = next((w for w in nouns if w.token.text.lower() in person_nouns()), None)
    if head is None or view.text[source.end : source.end + 2] != ", ":
        return source
    for mention in tree.mentions:
        gap = view.text[source.end : mention.span.start].strip(" ,")
        behind = view.text[mention.span.end : mention.span.end + 1]
        titled = not gap or is_title(gap.strip(".").lower())
        if mention.label == "Person" and mention.span.start > source.end:
            apart = behind == "," and titled and not _is_list(tree, mention.span)
            return Span(source.start, mention.span.end) if apart else source
    return source


def _is_list(tree: Tree, name: Span) -> bool:
    """Whether a name is one of several: "the mayor, Ann Lee, and Jo Marsh"."""
    behind = tree.inside(name).stop + 1
    return behind < len(tree.tokens) and tree.texts[behind] in {"and", "or"}
