"""What leaves it open whether a clause is true, or says that it is not meant."""

from __future__ import annotations

from itertools import product
from typing import Final

from quotecheck.language.phrases import phrases_of, words_of

__all__ = ["DISCLAIMED", "FICTION", "HEARD", "HEDGES", "HEDGES_BEHIND"]

HEDGES: Final = phrases_of(
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
    "as best i can tell|as best i can judge|as best i can remember|as best we can tell|"
    "oh sure|yeah sure|yeah right|oh yeah"
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
    *phrases_of(
        "more or less|in a manner of speaking|so to speak|as it were|in a way|of sorts|"
        "after a fashion|give or take|to a point|up to a point|sort of|kind of|"
        "i hope|we hope|i suppose|we suppose|i guess|i suspect|we suspect|i expect|i imagine|"
        "i presume|i assume|i gather|i hear|we hear|i am told|we are told|i dare say|i daresay|"
        "i trust|let us hope|one hopes|one assumes|or so it seems|or so i hear|or so i am told|"
        "or so we are told|so it seems|it is hoped|it is thought|it is believed|it is alleged"
    ),
)
"""What leaves it open, after a clause, whether the clause is true."""

FICTION: Final = words_of(
    "joke jest imagination universe dream dreams nightmare fairy fairytale novel film movie play "
    "satire parody fable "
    "legend myth cartoon sketch prank hoax fantasy jokingly joking kidding ironically "
    "sarcastically game"
)
"""Settings in which what is said is not meant."""

DISCLAIMED: Final = phrases_of(
    "far from it being true|far from being true|far from|used to think|used to believe|"
    "used to say|used to claim|used to argue|used to be told|once thought|once believed|"
    "once said|once claimed|once held|formerly believed|was wrong to think|were wrong to think|"
    "it is one thing to say|it is easy to say|it is tempting to think|it is tempting to say|"
    "it is fashionable to say|it would be easy to say|it would be nice to think|"
    "too much to say|we were told|i was told|we are told|i am told|"
    "asked to believe|expected to believe|supposed to believe|led to believe|us to believe|"
    "have us believe|have you believe|told to believe|made to believe|accused of saying|"
    "accused of claiming|accused of thinking|quoted as saying|reported as saying|"
    "supposed to have said|alleged to have said|said to have said|blamed for saying|"
    "credited with saying|paid to say|told to say|forced to say|supposed to say|expected to say|"
    "ordered to say|meant to show|meant to prove|supposed to show|supposed to prove|"
    "designed to show|please god|god grant|pray god|would to god|bet you|remains to be seen|"
    "yet to be proved|yet to be proven|yet to be shown|yet to be seen|would have it|"
    "has it|would be lying if|i'd be lying if|would be a liar if|would be a fool if|"
    "before anybody says|"
    "before anyone says|before you say|before anybody tells|before anyone tells|"
    "challenge you to|dare you to|defy you to|challenge anyone to|challenge anybody to|"
    "defy anyone to|defy anybody to|dare anyone to|dare anybody to|challenge them to|"
    "i have been told|we have been told|we have heard|i have heard|we hear|i hear|we heard|"
    "i heard|anything but"
)
"""What says that the clause is no longer held, or was only heard."""

HEARD: Final = phrases_of(
    "i am told|i'm told|we are told|we're told|i was told|i hear|we hear|i gather|we gather|"
    "i am informed|we are informed|it is said|it is alleged|it is claimed|it is thought|"
    "it is believed|it is rumoured|it is rumored|so i am told|so i hear|i understand|"
    "we understand|i have heard|we have heard|or so i am told|or so i hear"
)
"""Asides by which the speaker has it from others: "the bridge is, I am told, safe"."""
