"""Words that sound alike and are written differently, and sounds that mean nothing.

A machine that writes speech down chooses among such words by guessing. Left out are words whose
confusion would hide another sense that matters to a reader: numbers (two, four, won), denials (no,
know), and words that turn a statement round (raise, raze).
"""

from __future__ import annotations

from typing import Final

__all__ = ["FILLERS", "is_misspelt_alike", "sound_alike"]

FILLERS: Final = frozenset("um umm uhm uh uhh er err erm ah ahm eh hm hmm mm mmm mhm".split())
"""Sounds that speakers make while they think, as transcripts spell them."""

_GROUPS: Final = """
air heir; aisle isle; aloud allowed; altar alter; ascent assent; assistance assistants;
attendance attendants; bail bale; band banned; bare bear; baron barren; base bass; beach beech;
beat beet; berth birth; board bored; boarder border; bolder boulder; bough bow; brake break;
bread bred; bridal bridle; broach brooch; buy bye; canon cannon; capital capitol; cash cache;
ceiling sealing; cell sell; cellar seller; cent scent sent; cereal serial; chord cord; cite sight
site; coarse course; complement compliment; complementary complimentary; core corps;
correspondence correspondents; council counsel; councillor counsellor; councilor counselor;
creak creek; crews cruise; cue queue; current currant; cymbal symbol; days daze; dear deer;
dew due; die dye; discreet discrete; draft draught; dual duel; earn urn; fair fare; faint feint;
feat feet; find fined; fir fur; flair flare; flea flee; flew flu flue; floor flaw; flour flower;
fort fought; foul fowl; gait gate; gilt guilt; grate great; grease greece; grown groan; guessed
guest; hail hale; hair hare; hall haul; hangar hanger; heal heel; hear here; heard herd; higher
hire; him hymn; hoard horde; holy wholly; hour our; idle idol; its it's; jam jamb;
key quay; knight night; knew new; lead led; leak leek; lessen lesson; lie
lye; links lynx; loan lone; made maid; mail male; main mane; manner manor; marshal martial; meat
meet; medal meddle; metal mettle; miner minor; missed mist; moan mown; morning mourning; muscle
mussel; naval navel; pail pale; pain pane; pair pear; passed past; patience patients; pause paws;
peace piece; peak peek pique; peal peel; pedal peddle; peer pier; plain plane; pole poll; pore
pour; pray prey; presence presents; principal principle; profit prophet; rain reign rein; rap
wrap; read reed; real reel; residence residents; retch wretch; right rite write; ring wring; road
rode; role roll; root route; rose rows; rough ruff; rung wrung; sail sale; scene seen; sea see;
seam seem; shear sheer; shoot chute; side sighed; slay sleigh; soar sore; sole soul;
son sun; stair stare; stake steak; stationary stationery; steal steel; storey story; straight
strait; suite sweet; tail tale; tacks tax; taught taut; team teem; tear tier; tents tense; their
there they're; threw through; throne thrown; thyme time; tide tied; to too; toe tow; trussed
trust; vain vane vein; vale veil; vary very; wade weighed; wail whale; waist waste; wait weight;
waive wave; ware wear where; warn worn; way weigh; weak week; weather whether; which
witch; whine wine; who's whose; wood would; yoke yolk; your you're
"""

_MISSPELT: Final = tuple(
    frozenset(group.split())
    for group in "its it's|whose who's|your you're|their they're there|lets let's".split("|")
)
"""Little words that a hasty hand takes for one another: what was said is not in doubt."""

_GROUP_OF: Final[dict[str, int]] = {
    word: number for number, group in enumerate(_GROUPS.split(";")) for word in group.split()
}


def sound_alike(first: str, second: str) -> bool:
    """Whether two folded words sound alike and may be taken for one another.

    >>> sound_alike("peace", "piece"), sound_alike("two", "to"), sound_alike("quay", "quay")
    (True, False, False)
    """
    return first != second and _GROUP_OF.get(first, -1) == _GROUP_OF.get(second, -2)


def is_misspelt_alike(first: str, second: str) -> bool:
    """Whether of two folded little words one is the other misspelt, whatever it says by itself.

    >>> is_misspelt_alike("whose", "who's"), is_misspelt_alike("who's", "who")
    (True, False)
    """
    return first != second and any({first, second} <= group for group in _MISSPELT)
