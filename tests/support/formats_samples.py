"""Documents with quotations for the tests of formats: one with every field, and any at all."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from quotecheck.records.document import Document
from quotecheck.records.quotation import Evidence, Facts, Quotation, RelayLink, Speaker
from quotecheck.records.text import Span
from tests.support.gold_sample import document_of

RICH = """Harbour Chief Says Ferry Will Run

“The ferry will sail on Friday,” harbour chief Inge Roos told traders in Vell on Tuesday, “and it will sail full.”

Radio Vell quoted a spokesman for the shipping line, Arno Beck, as saying that the crew was “ready and rested”. Beck has never said that the fares would fall.

Two dockers said the pier was rotten. Mayor Lise Hahn hopes the winter is short. The “iron lady” of Vell once wrote a book called “Tides & <Tales>”.

Roos and Hahn may yet say that the pier will close. “Nobody asked us.”
"""  # noqa: E501 - one paragraph a line, as news comes


def at(text: str, words: str, after: int = 0) -> Span:
    """Where ``words`` stand in ``text``, from ``after`` on."""
    start = text.index(words, after)
    return Span(start, start + len(words))


def rich() -> tuple[Document, list[Quotation]]:
    """A document with every field set somewhere."""
    t = RICH
    roos = Speaker("Inge Roos", at(t, "Inge Roos"), "harbour chief", "Person",
                   at(t, "harbour chief"), None, "Q7747")  # fmt: skip
    beck = Speaker("Arno Beck", at(t, "Arno Beck"), "spokesman for the shipping line", "Person",
                   at(t, "spokesman for the shipping line"))  # fmt: skip
    hahn = Speaker("Lise Hahn", at(t, "Lise Hahn"), "Mayor", "Person", at(t, "Mayor"))
    dockers = Speaker(None, at(t, "Two dockers"), None, "", None, "Two dockers")
    beck_again = at(t, "Beck", t.index("rested"))
    quotations = [
        Quotation((at(t, "Ferry Will Run"),), (at(t, "Says"),), (at(t, "Harbour Chief"),),
                  "indirect", "headline", 0.71, "say", (roos,), "harbour chief",
                  source_form="nominal", facts=Facts("say", tense="present")),
        Quotation((at(t, "“The ferry will sail on Friday,”"), at(t, "“and it will sail full.”")),
                  (at(t, "told"),), (at(t, "harbour chief Inge Roos"),), "direct", "said-subject",
                  0.97, "tell", (roos,), "harbour chief", source_form="name",
                  facts=Facts("say", tense="past", addressee=(at(t, "traders"),),
                              time=(at(t, "on Tuesday"),), place=(at(t, "in Vell"),)),
                  evidence=(Evidence("tagger content", 0.98, "probability", "seen whole"),
                            Evidence("rule said-subject"))),
        Quotation((at(t, "the crew was “ready and rested”"),),
                  (at(t, "quoted"), at(t, "as saying")), (at(t, "Arno Beck"),), "mixed", "relay",
                  0.88, "quote", (beck,), "spokesman for the shipping line", ("Radio Vell",),
                  (at(t, "Radio Vell"),), "name", facts=Facts("quote", tense="past"),
                  relay=(RelayLink("Radio Vell", at(t, "Radio Vell"), "outlet"),
                         RelayLink("Arno Beck", at(t, "Arno Beck"), "relayer"),
                         RelayLink("shipping line", at(t, "shipping line"), "principal"))),
        Quotation((at(t, "the fares would fall"),), (at(t, "has never said"),), (beck_again,),
                  "indirect", "said-subject", 0.9, "say", (beck,), source_form="partial-name",
                  facts=Facts("say", True, "past", negation=(at(t, "never"),))),
        Quotation((at(t, "the pier was rotten"),), (at(t, "said", t.index("Two dockers")),),
                  (at(t, "Two dockers"),), "indirect", "said-subject", 0.8, "say", (dockers,),
                  source_form="nominal", facts=Facts("say", tense="past")),
        Quotation((at(t, "the winter is short"),), (at(t, "hopes"),),
                  (at(t, "Mayor Lise Hahn"),), "indirect", "said-subject", 0.8, "hope", (hahn,),
                  "Mayor", source_form="name", facts=Facts("hope", tense="present")),
        Quotation((at(t, "“iron lady”"),), (), (), "scare", "marks", 0.9),
        Quotation((at(t, "“Tides & <Tales>”"),), (), (), "title", "marks", 0.9),
        Quotation((at(t, "the pier will close"),), (at(t, "may yet say"),),
                  (at(t, "Roos and Hahn"),), "indirect", "said-subject", 0.41, "say", (roos, hahn),
                  source_form="partial-name", candidates=(("Inge Roos", 0.4),),
                  facts=Facts("say", modality="possible")),
        Quotation((at(t, "“Nobody asked us.”"),), (), (), "direct", "orphan", 0.3,
                  candidates=(("Inge Roos", 0.33), ("Lise Hahn", 0.31))),
    ]  # fmt: skip
    document = document_of(
        RICH, id="vell/ferry", title="Harbour Chief Says Ferry Will Run", author="Nadia Brandt",
        publication="The Vell Courier", date="2024-03-12", url="https://example.org/vell?a=1&b=2",
        headline=at(t, "Harbour Chief Says Ferry Will Run"), licence="CC-BY 4.0", genre="news",
    )  # fmt: skip
    return document, quotations


ODD = ["\r", "\x0b", "\x1b", "\x00", "\x85", "\u2028", "\u202e", "\ud800", "\ufffe"]
LETTERS = st.sampled_from(
    [*"ab <>&\"'“”‘’.,\n\n\t", *ODD, "😀", "é", "]]>", "{{", "</p>", "<!--", "&amp;"]
)
NAMES = st.sampled_from(
    ["Ann Lee", "<b onclick=x>", "\"' onclick=x", "Zoë\u202eed", "\x00\ud800", "}}{%", "]]>"]
)


@st.composite
def annotated(draw: st.DrawFn) -> tuple[Document, list[Quotation]]:
    """A document with any text at all, and quotations that overlap as they like."""
    text = "".join(draw(st.lists(LETTERS, min_size=1, max_size=60)))

    def span() -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(start, draw(st.integers(start + 1, len(text))))

    def spans(least: int = 0) -> tuple[Span, ...]:
        return tuple(sorted(span() for _ in range(draw(st.integers(least, 2)))))

    def speaker() -> Speaker:
        name = draw(st.none() | NAMES)
        return Speaker(
            name=name,
            mention=span() if draw(st.booleans()) else None,
            role=draw(st.none() | NAMES),
            label=draw(st.sampled_from(["", "Organization"])),
            role_span=span(),
            description=None if name else draw(st.none() | NAMES),
            identifier=draw(st.sampled_from([None, "Q5", "a b"])),
        )

    def quotation() -> Quotation:
        kind: Any = draw(st.sampled_from(["direct", "mixed", "indirect", "scare", "title"]))
        parts = ("outlet", "principal")[: draw(st.integers(0, 2))]
        return Quotation(
            content=spans(1),
            cue=spans(),
            source=spans(),
            kind=kind,
            rule="rule",
            confidence=draw(st.floats(0, 1)),
            cue_lemma="say",
            speakers=tuple(speaker() for _ in range(draw(st.integers(0, 2)))),
            role=draw(st.none() | NAMES),
            via=tuple(draw(st.lists(NAMES, max_size=2))),
            via_spans=spans(),
            candidates=(("Ann Lee", 0.5),),
            facts=Facts(
                cue_class=draw(st.sampled_from(["", "say", "think"])),
                negated=draw(st.booleans()),
                tense="past",
                negation=spans(),
                addressee=spans(),
                time=spans(),
                place=spans(),
            ),
            relay=tuple(RelayLink(draw(NAMES), span(), part) for part in parts),
        )

    quotations = [quotation() for _ in range(draw(st.integers(0, 3)))]
    title = draw(st.none() | NAMES)
    return document_of(text, id=draw(NAMES), title=title, url="javascript:alert(1)"), quotations
