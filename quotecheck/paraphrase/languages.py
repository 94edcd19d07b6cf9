"""Which language a text is in, where the extra ``multilingual`` is installed.

The languages told apart are those of the multilingual encoder: for the search nothing else counts.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import Any, Final

__all__ = ["ENGLISH", "LANGUAGES", "is_english", "language_name", "language_of"]

ENGLISH: Final = "en"
_SURE: Final = 0.9
"""The probability of a language other than English from which it is believed. On 366 German, French
and Spanish statements and clauses (``corpora/translations``) one was less sure and none wrong; of
8,272 English quotations none was taken for another language."""
_READ_CHARS: Final = 2_000
"""Code points that are read. By eye: bounds the time."""
_NAMES: Final = {
    "ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French",
    "it": "Italian", "ja": "Japanese", "ko": "Korean", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "th": "Thai", "tr": "Turkish", "zh": "Chinese",
}  # fmt: skip
LANGUAGES: Final = tuple(_NAMES)
"""What the multilingual encoder was trained on, by ISO 639 (Chinese in both scripts)."""


def language_of(text: str) -> str | None:
    """The language of a text by ISO 639 ("de"), None when it is not sure or nobody can tell.

    Args:
        text: a sentence or more; its first 2,000 characters are read.
    """
    identifier = _identifier()
    if identifier is None or not any(c.isalpha() for c in text):
        return None
    language, probability = identifier.classify(text[:_READ_CHARS])
    if language == ENGLISH or probability >= _SURE:
        return str(language)
    return None


def is_english(language: str | None) -> bool:
    """Whether a language tag ("en", "en-GB") is of English; what nobody knows counts as English."""
    return language is None or language.lower().replace("_", "-").split("-")[0] in ("en", "eng")


def language_name(tag: str) -> str:
    """The English name of a language, or the tag itself.

    >>> language_name("de-AT"), language_name("fa")
    ('German', 'fa')
    """
    return _NAMES.get(tag.lower().replace("_", "-").split("-")[0], tag)


@cache
def _identifier() -> Any:
    if importlib.util.find_spec("py3langid") is None:
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(LANGUAGES))
    return identifier
