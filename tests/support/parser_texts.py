"""A text for the parser, and every label of a parse."""

from __future__ import annotations

from quotecheck.records.text import ParsedDocument


def labels(document: ParsedDocument) -> list[list[tuple[object, ...]]]:
    return [
        [
            *(
                (t.start, t.end, t.lemma, t.upos, t.xpos, t.feats, t.head, t.deprel)
                for t in s.tokens
            ),
            *((m.span.start, m.span.end, m.label) for m in s.mentions),
        ]
        for s in document.sentences
    ]


def flat(document: ParsedDocument) -> list[tuple[object, ...]]:
    return [label for sentence in labels(document) for label in sentence]


ARTICLE = (
    "“I don’t know who moved the ferry,” Harbour master Nils Brandt’s deputy said.\n"
    "   \n"
    "The Fjord Gazette quoted council spokeswoman Anna Lind as saying that it won't return.  "
    "“We cannot wait,” she added\u00a0— but she did not say why."
)
