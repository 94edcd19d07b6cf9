"""Words and predicates that decide whether a clause beside them is asserted by its speaker.

A clause under "if", "perhaps", "I doubt that" or "my critics say that" is not put forward as true
by the person who utters it; one under "it is clear that", "and" or "we know that" is. The classes
of predicates are those of `quotecheck.language.cue_classes`; what stands here is what these classes
do not say: which are negative, factive or hypothetical, and the openers of adverbial clauses.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Final

from quotecheck.language.cue_classes import word_entry

__all__ = [
    "AUXILIARIES",
    "BOUNDS",
    "COMPLEMENT_NOUNS",
    "CONDITION_OPENERS",
    "CONNECTIVES",
    "CONTINUATIONS",
    "DISCLAIMED",
    "DISCOURSE_VERBS",
    "EVERYBODY",
    "EXCEPTIONS",
    "FACTIVE",
    "FICTION",
    "HARMLESS_LIMITS",
    "HEDGES",
    "HEDGES_BEHIND",
    "HYPOTHETICAL",
    "IF_NEED_BE",
    "INVERTED",
    "LIMITING_OPENERS",
    "MODAL_VERBS",
    "NEGATIVE_PREDICATES",
    "NEGATORS",
    "NOMINATIVES",
    "OWN",
    "QUANTIFIED",
    "REASONS",
    "SOURCE_OPENERS",
    "STRESS",
    "TIME_OPENERS",
    "TRANSPARENT",
    "UNIVERSALS",
    "has_past",
    "is_past",
    "predicate_class",
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """Phrases given one after the other, separated by bars, the longest first."""
    return tuple(sorted((tuple(p.split()) for p in text.split("|")), key=lambda p: -len(p)))


CONNECTIVES: Final = _words(
    "and but so yet now then therefore thus hence moreover furthermore however nevertheless "
    "nonetheless indeed also well or finally still again first second secondly third thirdly "
    "lastly besides instead accordingly consequently meanwhile otherwise for because since that "
    "yes no oh ah why look listen surely truly certainly obviously clearly"
)
"""Words in front of a clause that join or stress it."""

CONDITION_OPENERS: Final = _phrases(
    "if|unless|provided|providing|as long as|so long as|assuming|suppose|supposing|lest|in case|"
    "in the event|in any event that|on condition|on the condition|on the assumption|"
    "pending|without|but for|except|excepting|absent|barring|failing that|failing this|failing a|"
    "failing an|until|till|only if|only when|"
    "only by|only after|only through|only with|only then|even if|if only|imagine|imagining|"
    "in the absence of|were it not|had it not|given a|given time|given enough|given half a|"
    "given the chance|given the choice|given the opportunity|given the money|in the unlikely event|"
    "in the likely event|short of|all being well|all going well|other things being equal|"
    "all things being equal|all else being equal|not until|subject to|on one condition|"
    "conditional on|contingent on|depending on|save for|granted that|presuming|insofar as|"
    "to the extent that|in so far as|as far as|whoso|whosoever|whomsoever"
)
"""How an adverbial begins that limits the clause after it to a case."""

EXCEPTIONS: Final = _phrases("apart from|aside from|other than|with the exception of|excluding")
"""How an adverbial begins that takes something away from "all"; of other clauses it only adds."""

TIME_OPENERS: Final = _phrases(
    "when|whenever|once|as soon as|the moment i|the moment we|the moment you|the moment they|"
    "the minute i|the minute we|the day i|the day we|the instant i|the instant we|by the time"
)
"""How a clause of time begins that may be a condition of what will be."""

INVERTED: Final = _words("were had should could did")
"""Auxiliaries that stand before their subject in a condition ("Had I known")."""


HARMLESS_LIMITS: Final = _phrases(
    "if you look|if you ask me|if you ask|if i may|if you will|if you like|if you please|"
    "if anything|if only|if not|if any|if ever|if possible|if necessary|if i remember|if we look|"
    "without a doubt|without doubt|without any doubt|without question|without exception|"
    "without delay|without further|without more|until now|until then|until recently|till now|"
    "till then|even if|even though|even when|whether or not|except perhaps|if you recall|"
    "as far as i am concerned|as far as possible|as long ago|as far back|if i am not mistaken|"
    "as soon as possible|if truth be told|as far as the eye"
)
"""Phrases that look like a limit and are not, or only a turn of speech."""

IF_NEED_BE: Final = _phrases("if necessary|if possible|if needed|if need be|if required")
"""Of these, after what will or may be, hangs whether it will."""

LIMITING_OPENERS: Final = _phrases(
    "unless|if|except|excepting|provided|providing|only if|only when|only where|only by|"
    "only after|only until|only so|only as|only in|only for|only on|only to|only with|"
    "without|lest|save|saving|assuming|barring|until|till|as long as|so long as|in case|"
    "in the event|on condition|on the condition|subject to|as far as|so far as|in so far as|"
    "insofar as|to the extent that|but only|but not|but never|but just|though not|though only|"
    "although not|yet not|not when|not if|other than|apart from|aside from|"
    "given time|given enough|given the chance|given half a|in the unlikely event|all being well|"
    "all going well|other things being equal|all else being equal|"
    "in principle|in theory|on paper|in name only|for now|for the moment|for the time being|"
    "in part|up to a point|to some extent|to a degree|at least in theory|at least on paper"
)
"""How a phrase begins that limits the clause before it."""


HEDGES: Final = _phrases(
    "perhaps|maybe|possibly|allegedly|reportedly|supposedly|apparently|presumably|seemingly|"
    "ostensibly|purportedly|conceivably|arguably|probably|hopefully|ideally|theoretically|"
    "hypothetically|nominally|in theory|in principle|on paper|at best|in all likelihood|"
    "in all probability|with luck|with any luck|with a little luck|in an ideal world|"
    "in a perfect world|as far as i know|as far as we know|to my knowledge|so far as i know|"
    "for all i know|for all we know|it seems|it appears|it would seem|it would appear|"
    "it may be|it might be|it could be|it may well be|it is possible|it is conceivable|"
    "rumour has it|rumor has it|the rumour is|the rumor is|legend has it|"
    "in the best case|in the worst case|by some accounts|by all accounts|methinks|"
    "in a sense|in some sense|on the face of it|at first sight|at first glance|"
    "not necessarily|who knows|god willing|in hindsight|chances are|the chances are|"
    "conventional wisdom has it|as the story goes|the story goes|so the story goes|"
    "to the best of my knowledge|to the best of our knowledge|to the best of my recollection|"
    "to the best of my belief|from what i hear|from what we hear|from what i gather|"
    "from what i am told|from what i have heard|from what i understand|word is|word has it|"
    "as best i can tell|as best i can judge|as best i can remember|as best we can tell"
) + tuple(
    (so, "far", "as", who, "can", *how)
    for so, who, how in product(
        ("as", "so"),
        ("i", "we", "anyone", "one"),
        (("tell",), ("see",), ("judge",), ("make", "out")),
    )
)
"""Adverbials that leave it open whether the clause is true."""

HEDGES_BEHIND: Final = (
    *HEDGES,
    *_phrases(
        "i hope|we hope|i suppose|we suppose|i guess|i suspect|we suspect|i expect|i imagine|"
        "i presume|i assume|i gather|i hear|we hear|i am told|we are told|i dare say|i daresay|"
        "i trust|let us hope|one hopes|one assumes|or so it seems|or so i hear|or so i am told|"
        "or so we are told|so it seems|it is hoped|it is thought|it is believed|it is alleged"
    ),
)
"""What leaves it open, after a clause, whether the clause is true."""

BOUNDS: Final = _phrases(
    "at least|at most|up to|as many as|as much as|as few as|as little as|more than|less than|"
    "fewer than|close to|well over|over|under|above|below|about|around|some|roughly|approximately"
)
"""What makes a bound or an estimate of the number after it."""

TRANSPARENT: Final = _phrases(
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

SOURCE_OPENERS: Final = _phrases(
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

NEGATORS: Final = _words(
    "not never no nobody none nothing neither nor nowhere cannot few little hardly scarcely barely "
    "rarely seldom without noone n't"
)
"""Words that negate the clause they stand in; forms in -n't are recognised by their ending."""

NEGATIVE_PREDICATES: Final = _words(
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

FACTIVE: Final = _words(
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

HYPOTHETICAL: Final = _words(
    "hope wish fear worry worried afraid concerned pray suspect guess suppose imagine assume "
    "presume dream expect seem appear possible possibility conceivable likely likelihood probable "
    "probability hopeful doubtful chance risk danger ensure insure unclear uncertain unsure wonder "
    "ask demand urge propose want desire suggest speculate bet reckon fancy rumour rumor hear read "
    "gather trust anticipate ambition aspiration proposal request requirement "
    "hypothesis assumption scenario theory wondering"
)
"""Predicates under which a clause is hoped, feared, wanted or supposed, not asserted."""

COMPLEMENT_NOUNS: Final = _words(
    "claim idea notion belief suggestion allegation accusation charge theory argument assertion "
    "contention view opinion impression rumour rumor report story statement thought assumption "
    "myth lie illusion possibility hope fear proposition thesis pretext excuse pretence pretense "
    "supposition conclusion feeling prediction warning promise propaganda insinuation position "
    "doctrine dogma superstition complaint objection threat hypothesis hint gossip slogan motto "
    "mantra refrain creed"
)
"""Nouns that take a clause and do not vouch for it ("the idea that")."""

DISCLAIMED: Final = _phrases(
    "far from it being true|far from being true|far from|used to think|used to believe|"
    "used to say|used to claim|used to argue|used to be told|once thought|once believed|"
    "once said|once claimed|once held|formerly believed|was wrong to think|were wrong to think|"
    "it is one thing to say|it is easy to say|it is tempting to think|it is tempting to say|"
    "it is fashionable to say|it would be easy to say|it would be nice to think|"
    "too much to say|we were told|i was told|we are told|i am told|"
    "i have been told|we have been told|we have heard|i have heard|we hear|i hear|we heard|"
    "i heard|anything but"
)
"""What says that the clause is no longer held, or was only heard."""

FICTION: Final = _words(
    "joke jest dream dreams nightmare fairy fairytale novel film movie play satire parody fable "
    "legend myth cartoon sketch prank hoax fantasy jokingly joking kidding ironically "
    "sarcastically game"
)
"""Settings in which what is said is not meant."""

STRESS: Final = _words(
    "say stress emphasize emphasise underline underscore repeat reiterate reaffirm affirm declare "
    "state announce report tell assure submit confirm add note point recall remind insist maintain "
    "contend argue believe think hold conclude agree promise pledge vow swear warn guarantee find "
    "admit confess acknowledge observe mention explain argue hasten insist feel "
    "trust_not proclaim testify write"
)
"""Predicates of the speaker's own utterance or belief: "I say that" asserts what follows."""

EVERYBODY: Final = _words(
    "everybody everyone all everywhere anybody anyone world history experience"
)

UNIVERSALS: Final = _words(
    "everything everybody everyone all anything anybody anyone nothing nobody none every any each "
    "whole no"
)
"""Of these an exception takes something away."""

OWN: Final = _words("i we i'm i've i'd i'll we're we've we'd we'll me us my our let's myself")

DISCOURSE_VERBS: Final = _words("look ask consider read listen notice remember recall examine ask")
"""Verbs of an invitation to the hearer ("if you look at the record"): no condition."""

NOMINATIVES: Final = _words(
    "i we he she they it you there this that these those who one i'm we're he's she's they're it's "
    "you're there's that's i've we've they've you've i'll we'll he'll she'll they'll it'll you'll "
    "i'd we'd he'd she'd they'd you'd"
)

MODAL_VERBS: Final = _words(
    "will shall would should can could may might must cannot won't wouldn't can't couldn't "
    "shouldn't i'll we'll he'll she'll they'll it'll you'll i'd we'd they'd he'd she'd you'd shalt "
    "wilt"
)

AUXILIARIES: Final = MODAL_VERBS | _words(
    "is are was were am be been has have had do does did isn't aren't wasn't weren't hasn't "
    "haven't hadn't don't doesn't didn't i'm we're they're you're he's she's it's there's that's "
    "i've we've they've you've hath doth art wast"
)

QUANTIFIED: Final = _words("some most many several half nearly almost few certain somewhat")
"""Words that, cut off before a noun, leave it standing for all."""


CONTINUATIONS: Final = CONNECTIVES | _words(
    "as who which whom whose where while whereas although though not nor than like such including "
    "even especially particularly notably"
)
"""What begins a phrase that goes on with the one before it and is not a new clause."""

REASONS: Final = _words(
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
_PAST_FORMS: Final = _words(
    "said told thought wrote heard knew saw felt held found meant swore came went got took gave "
    "began grew rose fell stood sat spoke broke chose drove ate flew forgot froze sang sank ran "
    "swam wore tore threw drew blew left lost won met sold built sent spent kept slept brought "
    "bought taught caught fought led paid laid lay became understood"
)
_PRESENT_AUXILIARIES: Final = _words(
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
