"""What quotecheck takes from inside Stanza: the one module that imports its private modules.

Stanza promises nothing of these names from one version to the next, which is why the project is
bound to one minor version of it (pyproject.toml). Whoever moves to another looks here. Importing
this imports torch.
"""

from __future__ import annotations

from stanza.models.common import utils as model_utils
from stanza.models.common.char_model import CharacterModel
from stanza.models.common.doc import FEATS, LEMMA, TEXT, UPOS, XPOS, Document
from stanza.models.common.foundation_cache import FoundationCache
from stanza.models.common.pretrain import Pretrain, PretrainedWordVocab
from stanza.models.common.utils import simplify_punct, unsort
from stanza.models.common.vocab import (
    PAD,
    PAD_ID,
    ROOT_ID,
    UNK_ID,
    VOCAB_PREFIX_SIZE,
    CompositeVocab,
)
from stanza.models.depparse.data import DataLoader as ParserLoader
from stanza.models.depparse.head_constraints import DEPREL_TO_GROUP
from stanza.models.depparse.model import GraphParser
from stanza.models.ner.data import DataLoader as EntityLoader
from stanza.models.ner.model import NERTagger
from stanza.models.ner.trainer import fix_singleton_tags
from stanza.models.ner.utils import merge_tags
from stanza.models.pos.data import Dataset as TaggerData
from stanza.models.pos.model import Tagger
from stanza.models.pos.tag_columns import TAG_LINK_EMB
from stanza.models.tokenization.data import (
    PER_CHAR_FEAT_FUNCS,
    POSITION_FEAT_FUNCS,
    TokenizationDataset,
)
from stanza.models.tokenization.model import Tokenizer
from stanza.models.tokenization.utils import predict as predict_tokens
from stanza.models.tokenization.utils import update_pred_regex
from stanza.resources.common import DEFAULT_MODEL_DIR

__all__ = [
    "DEFAULT_MODEL_DIR",
    "DEPREL_TO_GROUP",
    "FEATS",
    "LEMMA",
    "PAD",
    "PAD_ID",
    "PER_CHAR_FEAT_FUNCS",
    "POSITION_FEAT_FUNCS",
    "ROOT_ID",
    "TAG_LINK_EMB",
    "TEXT",
    "UNK_ID",
    "UPOS",
    "VOCAB_PREFIX_SIZE",
    "XPOS",
    "CharacterModel",
    "CompositeVocab",
    "Document",
    "EntityLoader",
    "FoundationCache",
    "GraphParser",
    "NERTagger",
    "ParserLoader",
    "Pretrain",
    "PretrainedWordVocab",
    "Tagger",
    "TaggerData",
    "TokenizationDataset",
    "Tokenizer",
    "fix_singleton_tags",
    "merge_tags",
    "model_utils",
    "predict_tokens",
    "simplify_punct",
    "unsort",
    "update_pred_regex",
]
