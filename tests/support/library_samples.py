"""A document and a quotation that use every field of a library."""

from __future__ import annotations

from quotecheck.records.document import Document
from quotecheck.records.quotation import Evidence, Facts, Quotation, Relay, Speaker
from quotecheck.records.text import Span
from quotecheck.text.digest import sha256_hex

TEXT = "HARBOUR MASTER: The tide turns at six. 🌊\n\nPILOT: “Then,” I said, “we wait for it.”\n"


def make(key: str = "log", text: str = TEXT, **fields: object) -> Document:
    digest = sha256_hex(text.encode())
    return Document(key, text, digest, digest, **fields)  # type: ignore[arg-type]


def whole(document: Document) -> list[Span]:
    return [Span(0, len(document.text))]


def words(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start, start + len(part))


QUOTATION = Quotation(
    content=(words(TEXT, "Then"), words(TEXT, "we wait for it")),
    cue=(words(TEXT, "said"),),
    source=(words(TEXT, "I"),),
    kind="direct",
    rule="split",
    confidence=0.75,
    cue_lemma="say",
    speakers=(
        Speaker(
            "The Pilot",
            words(TEXT, "PILOT"),
            "pilot of the port",
            "Person",
            role_span=words(TEXT, "MASTER"),
            identifier="Q4",
        ),
        Speaker(None, None, "a second voice", "", description="a second voice"),
    ),
    role="pilot of the port",
    via=("The Harbour Post", "Wire & Sons"),
    via_spans=(words(TEXT, "HARBOUR"),),
    source_form="pronoun",
    candidates=(("The Pilot", 0.6), ("Harbour Master", 0.25)),
    facts=Facts(
        cue_class="say",
        negated=True,
        tense="past",
        modality="possible",
        negation=(words(TEXT, "turns"),),
        addressee=(words(TEXT, "HARBOUR"), words(TEXT, "MASTER")),
        time=(words(TEXT, "at six"),),
        place=(words(TEXT, "The tide"),),
    ),
    relay=(
        Relay("The Harbour Post", words(TEXT, "HARBOUR"), "outlet"),
        Relay("A lamp-lighter", words(TEXT, "MASTER"), "relayer"),
    ),
    evidence=(
        Evidence("reading", 0.1 + 0.2, "probability", "rule and tagger"),
        Evidence("link", -1 / 3, "log odds"),
        Evidence("certain", float("inf"), "log odds"),
        Evidence("name", note="I -> The Pilot"),
    ),
)
