"""English compounds and look-alikes: which words are the same in one and in two, and which not."""

from __future__ import annotations

from typing import Final

__all__ = [
    "ACCIDENTAL_SPLITS",
    "CONFUSED_SPLITS",
    "HARMED",
    "HARMING",
    "LITTLE_WORDS",
    "NEARLY_SAME_SPLITS",
    "OTHER_WITH_HYPHEN",
    "SAME_SPLITS",
]


def _phrases(text: str) -> frozenset[str]:
    return frozenset(" ".join(phrase.split()) for phrase in text.split(","))


LITTLE_WORDS: Final = frozenset(
    "a an the i me my we us you he him his she her it they them their our is am are was were has "
    "had have not no nor now all any and or if but that this these those who what how when do does "
    "did may must can might would could should will as at be been by for from in into of off on "
    "onto so to too than then there here some every each go with".split()
)
"""Words that say something of their own where a space is before or after them: now here."""

SAME_SPLITS: Final = _phrases(
    """
    can not, any more, an other, with out, with in, up on, to day, to night, to morrow, for ever,
    for evermore, never the less, none the less, not withstanding, in so far, in as much,
    in so much, what ever, who ever, whom ever, which ever, when ever, where ever, how ever,
    what soever, who soever, where soever, what so ever, who so ever, more over, there fore,
    where fore, there by, there in, there of, there on, there to, there upon, there after,
    there with, here by, here in, here of, here to, here after, here upon, here with, where by,
    where in, where of, where on, where as, where upon, any body, some body, every body, any thing,
    some thing, every thing, no thing, any one, some one, every one, some where, any where,
    every where, else where, no where, some how, any how, some what, my self, your self, him self,
    her self, it self, our selves, your selves, them selves, thy self, one self, a while, a lot,
    mean time, mean while, good bye, over all, on going, on line, on board, on shore, on site,
    off line, off shore, in side, out side, in door, in doors, out doors, by pass, by product,
    by products, by line, up coming, up front, up stairs, off spring, off hand, on set, in put,
    in puts, be came, be come, be comes, be cause, be fore, be tween, be hind, be yond, be side,
    be sides, un til, al though, on looker, on lookers, in land, in board, in bound, off set,
    up date, up dates, up dated, up grade, up right, up held, up hold, up keep, up lift, up set,
    up rising, up ward, no one, well being, some day, some times, good will, al mighty, al ready,
    al ways, al most, to gether, to ward, to wards, with hold, with draw, with stand, with drawn,
    there abouts, here abouts, where abouts, every man, may be
    """
) - {"may be"}
"""Splits that are written in one as well, without another sense."""

NEARLY_SAME_SPLITS: Final = _phrases(
    "every day, any way, any ways, some time, in to, on to, may be, any time, any place, "
    "some place, over time, in deed, a piece, under way, a far, a new, a fresh, a loud, al right"
)
"""Splits that say nearly, not quite, what the one word says."""

CONFUSED_SPLITS: Final = {
    "all together": "altogether", "all ready": "already", "all ways": "always",
    "all most": "almost", "all though": "although",
}  # fmt: skip
"""Two words that are no more the one word, though it was made of them."""

OTHER_WITH_HYPHEN: Final = frozenset(
    "resign recover recreate recreation reform resent relay relaid repress recollect recount "
    "redress release resort reserve represent resound retreat reprove remark unionise unionize "
    "unionised unionized coop coax".split()
)
"""Words that a hyphen after their prefix turns into others: re-sign, re-cover, un-ionise."""

HARMED: Final = frozenset(
    "man woman men women child children baby boy girl people human husband wife king priest cop "
    "policeman".split()
)
HARMING: Final = frozenset("eating hating killing beating biting hunting stabbing".split())
"""With a hyphen the first is done to, without one it does: man-eating, man eating."""

ACCIDENTAL_SPLITS: Final = _phrases(
    """
    extra ordinary,
    ash ore, asses sing, backs eat, ban king, band aged, band ages, bar gain, bar gained, bar
    gaining, bar gains, bar king, bar net, bar rack, bar rage, bar ring, bar row, bat ten, beat
    rice, bed ding, best owed, bet ray, bet rays, bill ion, bombs hell, books tore, boots trap, bot
    tom, broke rage, bull ion, bum per, cab ins, camp uses, canvas sing, cap able, cap rice, cap
    sized, capita list, capita lists, car goes, car nation, car pet, car pets, car rot, car tel, car
    ton, car tons, cart ridge, cash mere, cast rated, casual ties, cent rally, clean sing, cons
    table, cons tables, cons train, cons trained, cop per, corners tone, cove rage, cove ring, cove
    rings, coward ice, crow ding, den ounce, disc lose, disc losing, disc over, don key, dos age,
    dot age, drugs tore, ear nest, elect rode, end anger, epic enter, eve rest, expo sing, expo
    sure, fan fare, far row, fat hers, fat test, feat hers, flag rant, flat ten, forget table,
    friend lies, fur long, gates head, gene rally, gene rate, gene rated, gene rates, gods end,
    grandpa rent, hairs pray, hall owed, ham let, ham mock, ham per, hat red, heads tone, hear ten,
    heart hen, hearts ache, heat hen, hip pie, idea list, just ice, keys tone, lad dies, lands cape,
    late rally, leaf lets, leg end, leg ends, lever aged, lime rick, lips tick, liver pool, loyal
    ties, man age, man aged, man date, mans laughter, marc hers, mass acre, mass acres, medal lion,
    medal lions, men ace, mess age, mess aged, mess ages, mess aging, mid get, mill ion, mist rust,
    mode rate, mode rated, mode rates, mode rating, mole station, mole sting, nap kin, neck lace,
    nets cape, nuts hell, overt one, overt ones, pack aged, pack aging, page ant, pains taking, pal
    ace, pal lid, pan das, pan try, panic king, par don, par king, par rot, par son, par ties, para
    site, para sites, pass age, pass ages, pass ports, past oral, pat rolled, pat ron, peas ant, pen
    chant, pen ding, per son, per sons, pill age, pill ion, pin king, plate lets, plea sing, plea
    sure, port end, port rays, pot ash, prefer ring, proper ties, prose cute, pump kin, pup pet, pup
    pets, pup pies, quad rant, ram page, ram parts, rat ion, rear range, rear ranged, rebel lion,
    rebel lions, red act, red dish, refer ring, regret table, rest arts, rest rain, rest rained,
    rest raining, rid dance, rot ten, royal ties, safe ties, scar city, scar ring, sea ring, sea
    son, sea sons, see king, see thing, set tee, seven ties, sham rock, sin gin, sin king, since
    rely, six ties, slip per, son net, son nets, span king, special ties, stan ding, stands till,
    star ring, stat uses, stop page, subs pace, sun dry, tar get, tea ring, tea sing, temp late,
    temp oral, ten ant, ten ding, ten don, thin king, thin nest, thou sand, thru sting, traffic
    king, trek king, trip lets, uncertain ties, versa tile, wage ring, wall owing, wan ton, war den,
    war lock, war rant, war ring, wed ding, win ding, win dow, win king, works pace
    """
)
"""Two words that by chance are the letters of another one."""
