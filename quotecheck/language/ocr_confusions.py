"""How letters are misread by machines, and words that only look like a misreading."""

from __future__ import annotations

from typing import Final

__all__ = ["MISREADINGS", "REAL_WORDS"]

MISREADINGS: Final[tuple[tuple[str, str], ...]] = tuple(
    pair
    for a, b in (
        ("e", "c"), ("a", "u"), ("a", "o"), ("h", "b"), ("o", "0"), ("l", "1"), ("i", "1"),
        ("l", "i"), ("s", "5"), ("b", "8"), ("b", "6"), ("g", "9"), ("g", "q"), ("z", "2"),
        ("m", "rn"), ("n", "ri"), ("w", "vv"), ("d", "cl"), ("h", "li"), ("u", "ii"), ("n", "u"),
        ("f", "s"), ("t", "f"), ("t", "l"), ("t", "i"), ("ti", "fi"), ("y", "v"), ("h", "n"),
        ("k", "lc"), ("in", "m"), ("ni", "m"), ("c", "o"), ("e", "o"), ("ll", "u"), ("fi", "n"),
        ("r", "n"), ("li", "n"), ("i", "j"), ("t", "r"), ("b", "lb"), ("p", "jp"), ("o", "c"),
    )
    for pair in ((a, b), (b, a))
)  # fmt: skip
"""Pairs (letters in the source, letters in the copy)."""

REAL_WORDS: Final = frozenset(
    """
    bear hear bat hat bad had ball hall band hand bay hay bead head beat heat belt bill hill bit hit
    bold hold boot hoot born horn bound hound bow how bull hull bunt hunt but hut buy bail hail bard
    hard bare hare bark hark barn bass bash hash base hose best beard heard bell hell bind hind bug
    hug bum hum blow be he by hy bole hole bone hone bowl howl bump hump burn turn earn torn corn
    cat eat car ear case ease cast east care are arc ace age clay day clear dear close dose clog dog
    clam dam clock dock clip dip cloud loud bag bud cap cup cut fan fun gum ham hog hot cot cost
    lack luck ran run sang sung song stack stuck stock tab tub track truck back buck batter butter
    match much mach land long lung rat rot rut sack sock suck pat pot put nat not nut mast most must
    past post last lost lust host hast gad god than then tan ten ton an on as us far for fur fear
    tear fell tell fill till fight tight light fame tame fry try fire tire fin tin fall tall fool
    tool fake take same find kind fail sail feat seat fit sit foul soul found sound four sour food
    good fat sat sun fee see feed seed feel steel file tile fix six mix sold told tight sight sand
    send bend lend tend end and any many man men mean moon soon noon neon new now know knew won wan
    war wear year your yours ours hours our oar or ore more core cove love live life like lake late
    date data rate hate gate fate mate male mail main rain gain pain pair hair fair lair liar
    modern modem stem stern dam darn yam yarn warm warn worn form from farm firm fern term tern
    him hem her hen his has hub hob rob job jot lot let set get got cut cute cure cube tube tune
    dune June June's nine mine mice nice rice rise wise wide side tide tile tide tied died lied lie
    die tie pie vie view vow row sow saw sew dew few how bow low law raw jaw paw pay say may way ray
    bus bun bin ban van vain vein rein reign feign deign sign sigh high nigh thigh this thin thing
    think thank tank talk walk wall well will wilt with wish fish dish dash cash cast cost coat boat
    goat goal coal cool fool foal loaf leaf lead read road load loan lean lens less lass loss toss
    moss mess miss kiss hiss list fist mist must dust rust just jest rest nest west vest test text
    next neat meat meal deal seal real rear near dear deer beer been seen keen teen tees toes does
    dose lose rose nose note vote rote role rule rude rode node mode made fade jade wade wage rage
    sage page cage came come some home hone tone tune tuna luna lunar sunny funny bunny money honey
    honour hour tour tear team seam beam bean lean lead led red rod nod cod cold cord card cart
    chart charm harm hard bird third word work fork cork form dorm county country martial marital
    causal casual trial trail united untied angel angle sacred scared diary dairy quite quiet
    """.split()
)
"""Ordinary words a misreading away from other ordinary words: never taken for misprints."""
