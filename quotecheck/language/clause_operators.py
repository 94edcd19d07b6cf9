"""Words and predicates that decide whether a clause beside them is asserted by its speaker.

A clause under "if", "perhaps", "I doubt that" or "my critics say that" is not put forward as true
by the person who utters it; one under "it is clear that", "and" or "we know that" is. The classes
of predicates are those of `quotecheck.language.cue_classes`; what stands here is what these classes
do not say: which are negative, factive or hypothetical, and the openers of adverbial clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final

from quotecheck.language.cue_classes import word_entry
from quotecheck.language.phrases import phrases_of, words_of

__all__ = [
    "ASSERTED",
    "AUXILIARIES",
    "BOUNDS",
    "COMPLEMENT_NOUNS",
    "CONNECTIVES",
    "CONTINUATIONS",
    "DISCOURSE_VERBS",
    "EVERYBODY",
    "FACTIVE",
    "HYPOTHETICAL",
    "MODAL_VERBS",
    "NEGATIVE_PREDICATES",
    "NEGATORS",
    "NOMINATIVES",
    "OWN",
    "QUANTIFIED",
    "REASONS",
    "SOURCE_OPENERS",
    "STRESS",
    "TRANSPARENT",
    "UNIVERSALS",
    "has_past",
    "is_past",
    "predicate_class",
]


CONNECTIVES: Final = words_of(
    "and but so yet now then therefore thus hence moreover furthermore however nevertheless "
    "nonetheless indeed also well or finally still again first second secondly third thirdly "
    "lastly besides instead accordingly consequently meanwhile for because since that "
    "yes no oh ah why look listen surely truly certainly obviously clearly"
)
"""Words in front of a clause that join or stress it."""


BOUNDS: Final = phrases_of(
    "at least|at most|up to|as many as|as much as|as few as|as little as|more than|less than|"
    "fewer than|close to|well over|over|under|above|below|about|around|some|roughly|approximately"
)
"""What makes a bound or an estimate of the number after it."""

TRANSPARENT: Final = phrases_of(
    "of course|in fact|for example|for instance|to be sure|in my view|in our view|in my opinion|"
    "in our opinion|in my judgment|in my judgement|i think|i believe|i know|we believe|we know|"
    "i say|i repeat|i submit|i am sure|i am convinced|i tell you|let me repeat|let me tell you|"
    "let me say|as i said|as i say|as we know|as you know|as we all know|as everyone knows|"
    "as i have said|as we have said|as we said|you know|you see|i mean|i am told you|"
    "my friends|my fellow citizens|my fellow americans|fellow citizens|ladies and gentlemen|"
    "mr president|mr speaker|mr chairman|madam president|madam speaker|madam chairman|"
    "mr secretary general|my dear|sir|madam|my lords|my lord|in addition|in short|in sum|"
    "in conclusion|above all|after all|at last|once again|once more|again|today|tonight|here|"
    "then|too|as well|in turn|on the other hand|on the contrary|in other words|believe me|"
    "make no mistake|mark my words|quite frankly|frankly|honestly|to be honest|gentlemen|"
    "dear friends|dear colleagues|your majesty|your excellency|your honor|your honour"
)
"""Addresses and asides: leaving them out is not a fault."""

SOURCE_OPENERS: Final = phrases_of(
    "according to|in the words of|in the view of|in the opinion of|in the eyes of|"
    "in the mind of|in the minds of|in the judgment of|in the judgement of|in the estimation of|"
    "in the telling of|on the account of|in his view|in her view|in their view|in his opinion|"
    "in her opinion|in their opinion|in his eyes|in her eyes|in their eyes|in his words|"
    "in her words|in their words|by his own account|by her own account|by their own account|"
    "by his account|by her account|by their account|to hear|if you believe|if we believe|"
    "if we are to believe|if one believes|in the version of|as told by|in the account of|"
    "to judge by|in your view|in your opinion|in your eyes|in your words"
)
"""Adverbials that give the clause to somebody else."""

ASSERTED: Final = phrases_of(
    "matter of record|matter of public record|matter of fact|matter of history|common knowledge|"
    "goes without saying|never tire of saying|not mind telling you|not mind saying|"
    "not hesitate to say|not afraid to say|not ashamed to say|cannot stress enough|"
    "can't stress enough|not have to tell you|not need to tell you|need hardly say|"
    "need not tell you|no apology for saying|you can see|you will see|you will find|"
    "you will notice|you can tell|no secret|an open secret|beyond doubt|beyond dispute|"
    "beyond question"
)
"""Turns by which the speaker vouches for what follows, whatever words they are made of."""

NEGATORS: Final = words_of(
    "not never no nobody none nothing neither nor nowhere cannot few little hardly scarcely barely "
    "rarely seldom without noone n't"
)
"""Words that negate the clause they stand in; forms in -n't are recognised by their ending."""

NEGATIVE_PREDICATES: Final = words_of(
    "deny doubt dispute refuse reject refute disprove disbelieve disagree contest contradict fail "
    "false untrue wrong lie lying myth fiction nonsense illusion delusion fallacy fantasy "
    "falsehood misconception mistake mistaken absurd ridiculous preposterous ludicrous foolish "
    "dishonest untruth incorrect inaccurate unlikely impossible doubtful dubious unthinkable "
    "inconceivable implausible improbable question denial denying disputing pretend pretence "
    "pretense slander libel hoax canard calumny far stop avoid unproven unfounded decline cease "
    "forbid prohibit prevent prohibited forbidden unable unwilling loath reluctant "
    "deniable undeniable unquestionable"
)
"""Predicates that say of the clause under them that it is not so, or not done."""

FACTIVE: Final = words_of(
    "know forget remember recall recollect realize realise regret recognize recognise aware "
    "unaware glad proud sorry happy pleased sad sorry fact ignore overlook note notice remind see "
    "understand appreciate mindful thank thankful grateful congratulate truth reality clear "
    "obvious evident true plain certain sure convinced confident undeniable undoubted shame pity "
    "delighted honoured honored gratified satisfied underline underscore stress emphasize "
    "emphasise reiterate reaffirm repeat affirm show prove demonstrate mean confirm "
    "point remarkable noteworthy significant tragic unfortunate fortunate surprising surprised "
    "ashamed disappointed happen amazed lesson teach history conviction proof natural right"
)
"""Predicates that take the clause under them for granted, or only lend it weight."""

HYPOTHETICAL: Final = words_of(
    "hope wish fear worry worried afraid concerned pray suspect guess suppose imagine assume "
    "presume dream expect seem appear possible possibility conceivable likely likelihood probable "
    "probability hopeful doubtful chance risk danger ensure insure unclear uncertain unsure wonder "
    "ask demand urge propose want desire suggest speculate bet reckon fancy rumour rumor hear read "
    "gather trust anticipate ambition aspiration proposal request requirement "
    "hypothesis assumption scenario theory wondering"
)
"""Predicates under which a clause is hoped, feared, wanted or supposed, not asserted."""

COMPLEMENT_NOUNS: Final = words_of(
    "claim idea notion belief suggestion allegation accusation charge theory argument assertion "
    "contention view opinion impression rumour rumor report story statement thought assumption "
    "myth lie illusion possibility hope fear proposition thesis pretext excuse pretence pretense "
    "supposition conclusion feeling prediction warning promise propaganda insinuation position "
    "doctrine dogma superstition complaint objection threat hypothesis hint gossip slogan motto "
    "mantra refrain creed"
)
"""Nouns that take a clause and do not vouch for it ("the idea that")."""


STRESS: Final = words_of(
    "say stress emphasize emphasise underline underscore repeat reiterate reaffirm affirm declare "
    "state announce report tell assure submit confirm add note point recall remind insist maintain "
    "contend argue believe think hold conclude agree promise pledge vow swear warn guarantee find "
    "admit confess acknowledge observe mention explain argue hasten insist feel "
    "trust_not proclaim testify write"
)
"""Predicates of the speaker's own utterance or belief: "I say that" asserts what follows."""

EVERYBODY: Final = words_of(
    "everybody everyone all everywhere anybody anyone world history experience"
)

UNIVERSALS: Final = words_of(
    "everything everybody everyone all anything anybody anyone nothing nobody none every any each "
    "whole no"
)
"""Of these an exception takes something away."""

OWN: Final = words_of("i we i'm i've i'd i'll we're we've we'd we'll me us my our let's myself")

DISCOURSE_VERBS: Final = words_of(
    "look ask consider read listen notice remember recall examine ask"
)
"""Verbs of an invitation to the hearer ("if you look at the record"): no condition."""

NOMINATIVES: Final = words_of(
    "i we he she they it you there this that these those who one i'm we're he's she's they're it's "
    "you're there's that's i've we've they've you've i'll we'll he'll she'll they'll it'll you'll "
    "i'd we'd he'd she'd they'd you'd"
)

MODAL_VERBS: Final = words_of(
    "will shall would should can could may might must cannot won't wouldn't can't couldn't "
    "shouldn't i'll we'll he'll she'll they'll it'll you'll i'd we'd they'd he'd she'd you'd shalt "
    "wilt"
)

AUXILIARIES: Final = MODAL_VERBS | words_of(
    "is are was were am be been has have had do does did isn't aren't wasn't weren't hasn't "
    "haven't hadn't don't doesn't didn't i'm we're they're you're he's she's it's there's that's "
    "i've we've they've you've hath doth art wast"
)

QUANTIFIED: Final = words_of("some most many several half nearly almost few certain somewhat")
"""Words that, cut off before a noun, leave it standing for all."""


CONTINUATIONS: Final = CONNECTIVES | words_of(
    "as who which whom whose where while whereas although though not nor than like such including "
    "even especially particularly notably"
)
"""What begins a phrase that goes on with the one before it and is not a new clause."""

REASONS: Final = words_of(
    "because since if unless so therefore when while before after until although though hence than "
    "whereas for"
)
"""Words between two clauses that are not the same when the clauses change places."""

_IRREGULAR: Final[dict[str, str]] = {
    "said": "say", "saying": "say", "told": "tell", "thought": "think", "wrote": "write",
    "written": "write", "heard": "hear", "knew": "know", "known": "know", "saw": "see",
    "seen": "see", "felt": "feel", "held": "hold", "found": "find", "meant": "mean",
    "swore": "swear", "sworn": "swear", "forgot": "forget", "forgotten": "forget",
    "understood": "understand", "taught": "teach", "shown": "show", "dreamt": "dream",
    "learnt": "learn", "lies": "lie", "lying": "lie", "denies": "deny", "denied": "deny",
    "made": "make", "saith": "say", "spoke": "speak", "spoken": "speak", "bade": "bid",
    "believes": "believe", "worries": "worry", "worried": "worry", "us": "us", "was": "be",
}  # fmt: skip
_PAST_FORMS: Final = words_of(
    "said told thought wrote heard knew saw felt held found meant swore came went got took gave "
    "began grew rose fell stood sat spoke broke chose drove ate flew forgot froze sang sank ran "
    "swam wore tore threw drew blew left lost won met sold built sent spent kept slept brought "
    "bought taught caught fought led paid laid lay became understood"
)
_PRESENT_AUXILIARIES: Final = words_of(
    "am is are be being has have having i'm you're we're they're he's she's it's that's there's "
    "i've you've we've they've isn't aren't hasn't haven't not been will shall may can must"
)
"""Words after which a form in -ed is a participle and no past."""


@cache
def lemma_of(form: str) -> str:
    """The lemma of a folded verb form, by irregular forms and endings; else the form itself."""
    known = _IRREGULAR.get(form)
    if known is not None:
        return known
    entry = word_entry(form, "VERB")
    return entry.words[0] if entry is not None and len(entry.words) == 1 else form


def predicate_class(form: str) -> tuple[str, str]:
    """The lemma of a folded word, and its class among the cues ("" for no cue).

    >>> predicate_class("claims"), predicate_class("told"), predicate_class("harbour")
    (('claim', 'claim'), ('tell', 'say'), ('harbour', ''))
    """
    lemma = lemma_of(form)
    entry = word_entry(lemma, "VERB")
    return lemma, entry.kind if entry is not None and entry.part == "v" else ""


def is_past(form: str) -> bool:
    """Whether a verb form is a simple past.

    >>> is_past("thought"), is_past("believed"), is_past("think")
    (True, True, False)
    """
    return form in _PAST_FORMS or (form.endswith("ed") and lemma_of(form) != form)


def has_past(forms: Sequence[str]) -> bool:
    """Whether a clause has a verb in the past, a participle after "is" or "have" not counted.

    >>> has_past("when i was elected".split()), has_past("when i am elected".split())
    (True, False)
    """
    verbal = [form for form in forms if not form.endswith("ly")]
    return any(
        form in ("was", "were", "had", "did")
        or (is_past(form) and not (k and verbal[k - 1] in _PRESENT_AUXILIARIES))
        for k, form in enumerate(verbal)
    )
