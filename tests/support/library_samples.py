"""A document and a quotation that use every field of a library."""

from __future__ import annotations

from hypothesis import strategies as st

from quotecheck.library.library import Library
from quotecheck.records.document import Document
from quotecheck.records.quotation import Evidence, Facts, Quotation, RelayLink, Speaker
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
        RelayLink("The Harbour Post", words(TEXT, "HARBOUR"), "outlet"),
        RelayLink("A lamp-lighter", words(TEXT, "MASTER"), "relayer"),
    ),
    evidence=(
        Evidence("reading", 0.1 + 0.2, "probability", "rule and tagger"),
        Evidence("link", -1 / 3, "log odds"),
        Evidence("certain", float("inf"), "log odds"),
        Evidence("name", note="I -> The Pilot"),
    ),
)


def assert_consistent(library: Library) -> None:
    """Nothing in the library contradicts anything else in it."""
    db = library.db
    assert db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    db.execute("INSERT INTO passages_fts (passages_fts, rank) VALUES ('integrity-check', 1)")
    assert db.execute(WRONG_WORDS).fetchall() == []


WRONG_WORDS = """
    WITH places AS (
        SELECT document_id, start, end, text AS words FROM passages
        UNION ALL SELECT document_id, start, end, exact FROM quotations
        UNION ALL SELECT q.document_id, s.start, s.end, s.exact
            FROM quotation_spans AS s JOIN quotations AS q ON q.id = s.quotation_id
    )
    SELECT p.words FROM places AS p JOIN documents AS d ON d.id = p.document_id
    WHERE p.words != substr(d.text, p.start + 1, p.end - p.start)
"""


texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
