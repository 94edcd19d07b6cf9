"""How a phrase or a clause begins that limits the clause beside it to a case, or looks so."""

from __future__ import annotations

from typing import Final

from quotecheck.language.phrases import phrases_of, words_of

__all__ = [
    "CONDITION_OPENERS",
    "COUNTERFACTUAL",
    "EXCEPTIONS",
    "HARMLESS_LIMITS",
    "IF_NEED_BE",
    "INVERTED",
    "LIMITING_OPENERS",
    "MEANS",
    "TIMES_OF_A_CONDITION",
    "TIME_OPENERS",
]

CONDITION_OPENERS: Final = phrases_of(
    "if|unless|provided|providing|as long as|so long as|assuming|suppose|supposing|lest|in case|"
    "in the event|in any event that|on condition|on the condition|on the assumption|"
    "on the understanding that|on the premise that|on the basis that|on the off chance|"
    "with the proviso|by the standards of|pending|without|but for|except|excepting|absent|"
    "barring|failing that|failing this|failing a|"
    "failing an|until|till|only if|only when|given a majority|granted a|"
    "only by|only after|only through|only with|only then|even if|if only|imagine|imagining|"
    "in the absence of|were it not|had it not|given a|given time|given enough|given half a|"
    "given the chance|given the choice|given the opportunity|given the money|in the unlikely event|"
    "in the likely event|short of|all being well|all going well|other things being equal|"
    "all things being equal|all else being equal|not until|subject to|on one condition|"
    "conditional on|contingent on|depending on|save for|granted that|presuming|insofar as|"
    "in that case|in which case|in such a case|in that event|if so|otherwise|on those terms|"
    "only on condition|only provided|to the extent that|in so far as|as far as|whoso|whosoever|"
    "whomsoever"
)
"""How an adverbial begins that limits the clause after it to a case."""

EXCEPTIONS: Final = phrases_of("apart from|aside from|other than|with the exception of|excluding")
"""How an adverbial begins that takes something away from "all"; of other clauses it only adds."""

TIME_OPENERS: Final = phrases_of(
    "when|whenever|once|as soon as|by the time|the moment|the minute|the second|the instant|"
    "the day|every time|each time|any time"
)
"""How a clause of time begins that may be a condition of what will be."""

TIMES_OF_A_CONDITION: Final = phrases_of(
    "whenever|as soon as|the moment|the minute|the second|the instant|the day|every time|"
    "each time|any time"
)
"""Of these the ones that make a condition of the present too: "the moment we win, we leave"."""

COUNTERFACTUAL: Final = phrases_of(
    "in my place|in your place|in his place|in her place|in their place|in our place|in my shoes|"
    "in your shoes|in his shoes|in her shoes|in their shoes|in my position|in your position|"
    "in another|in a different|in a just|in a sane|in a normal|in happier|in better|under a|"
    "under any other|under another|with a|with more|with better|with enough|with another|"
    "at half|at twice|for twice|with less|with fewer|with any other|on another|"
    "on a better|at another|at any other|"
    "at a lower|at a higher|at that price|for a lower|for less|for more|for half"
)
"""How a phrase begins on which what "would have" been, or would be, depends."""

MEANS: Final = phrases_of(
    "with a majority|with a mandate|with more|with enough|with a bigger|with a larger|"
    "with a few more|with another|with half the|with twice the|given a majority"
)
"""How a phrase begins that names what must be had first for something to be done."""

INVERTED: Final = words_of("were had should could did")
"""Auxiliaries that stand before their subject in a condition ("Had I known")."""

HARMLESS_LIMITS: Final = phrases_of(
    "if you look|if you ask me|if you ask us|if you ask why|if you ask how|if you ask what|"
    "if i may|if you will|if you like|if you please|"
    "if anything|if only|if not|if any|if ever|if possible|if necessary|if i remember|if we look|"
    "without a doubt|without doubt|without any doubt|without question|without exception|"
    "without delay|without further|without more|until now|until then|until recently|till now|"
    "till then|even if|even though|even when|whether or not|except perhaps|if you recall|"
    "as far as i am concerned|as far as possible|as long ago|as far back|if i am not mistaken|"
    "as soon as possible|if truth be told|as far as the eye|if you can call|if that is the word|"
    "in case you have not|in case you haven't|in case you missed|in case you are wondering|"
    "in case you wonder|in case you did not|in case you didn't|in case anybody|in case anyone|"
    "if you want to know|if you must know|if memory serves|if my memory|if i recall|"
    "if i am honest|if i'm honest|if we are honest|if we're honest|if i am to be honest|"
    "if that is what|if i may say so|if you know what i mean|if i say so"
)
"""Phrases that look like a limit and are not, or only a turn of speech."""

IF_NEED_BE: Final = phrases_of("if necessary|if possible|if needed|if need be|if required")
"""Of these, after what will or may be, hangs whether it will."""

LIMITING_OPENERS: Final = phrases_of(
    "unless|if|except|excepting|provided|providing|only if|only when|only where|only by|"
    "only after|only until|only so|only as|only in|only for|only on|only to|only with|"
    "without|lest|save|saving|assuming|barring|until|till|as long as|so long as|in case|"
    "in the event|on condition|on the condition|subject to|as far as|so far as|in so far as|"
    "insofar as|to the extent that|but only|but not|but never|but just|though not|though only|"
    "although not|yet not|not when|not if|other than|apart from|aside from|"
    "given time|given enough|given the chance|given half a|in the unlikely event|all being well|"
    "all going well|other things being equal|all else being equal|"
    "in principle|in theory|on paper|in name only|for now|for the moment|for the time being|"
    "by the standards of|on the understanding|on the premise|on the basis that|"
    "on the off chance|with the proviso|"
    "at the right price|at a price|for a fee|for a price|with conditions|with reservations|"
    "with strings|on certain conditions|under certain conditions|in spirit|in all but name|"
    "in the eyes of|in the opinion of|in the view of|in the mind of|in the minds of|in rats|"
    "in mice|in animals|in the laboratory|in the lab|in vitro|to anybody who|to anyone who|"
    "to whoever|for anybody who|for anyone who|for whoever|"
    "at least in|at least on|at least when|at least for|at least until|on a good day|on good days|"
    "in a good year|half the time|some of the time|most of the time|part of the time|"
    "much of the time|now and then|now and again|once in a while|on occasion|from time to time|"
    "with one exception|with two exceptions|with few exceptions|with a few exceptions|"
    "with some exceptions|with the exception|not counting|not including|leaving aside|"
    "though i doubt|but i doubt|although i doubt|though i wonder|but i am not sure|"
    "though i am not sure|but i could be wrong|but i may be wrong|"
    "in part|up to a point|to some extent|to a degree|at least in theory|at least on paper"
)
"""How a phrase begins that limits the clause before it."""
