"""From the words that name a source to the speaker: the fullest name the article gives.

Stages before it: `attribute`. Unsure means None: an orphan quotation gets candidates, no speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

from quotecheck.coreference.antecedent_ranker import Ranker, load_ranker
from quotecheck.coreference.corrected_mentions import with_corrected_mentions
from quotecheck.coreference.dialogue_model import DialogueModel, load_dialogue_model
from quotecheck.coreference.resolver import Resolver
from quotecheck.records.quotation import Attribution, Quotation
from quotecheck.records.text import ParsedDocument, Span

__all__ = ["resolve"]


def resolve(
    parsed: ParsedDocument,
    attributions: Sequence[Attribution],
    paragraphs: Sequence[Span],
    quoted: Sequence[Span] = (),
    author: str | None = None,
    *,
    ranker: Ranker | None = None,
    dialogue: DialogueModel | None = None,
) -> tuple[Quotation, ...]:
    """Quotations with their speakers.

    Args:
        parsed: the text.
        attributions: what `attribute` found in it, in text order.
        paragraphs: its paragraphs.
        quoted: passages in quotation marks; names in them weigh less as antecedents.
        author: who wrote the text, if known: the speaker behind "I" outside quotations.
        ranker: chooses among antecedents; None: the one that is shipped.
        dialogue: chooses among the speakers of a conversation; None: the one that is shipped.
    """
    resolver = Resolver(
        with_corrected_mentions(parsed),
        attributions,
        paragraphs,
        quoted,
        author,
        ranker=ranker or load_ranker(),
        dialogue=dialogue or load_dialogue_model(),
    )
    return resolver.run()
