"""The small library that quotations are checked against: three statements, a hearing, a copy."""

from __future__ import annotations

from tests.support.documents import document, turns

PUTIN = (
    "We will not deploy ground troops in Syria in 2015, but we shall continue air support for as "
    "long as 43 days, unless the Syrian government asks us to stop."
)
KHAMENEI = (
    "America's long-term scheme for the region is detrimental to all nations, particularly Iran "
    "and Russia, and it should be thwarted through vigilance and closer interaction."
)
TODD = (
    "What is really going on is a new hegemon, the new axis of Iran and Russia, and the West has "
    "no answer to it."
)
HEARING = (
    "KOSS: The talks are over. Ask the mills what they cost.\n\n"
    "AMADI: The lock is sound. The wall is tired, and so am I.\n\n"
    "KOSS: Then we mend the wall. The talks are over."
)
DOCUMENTS = [
    document("putin", PUTIN, author="Vladimir Putin", date="2015-11-23", title="Answers"),
    document("khamenei", KHAMENEI, author="Ali Khamenei", date="2015-11-23"),
    document("todd", TODD, author="Chuck Todd", date="2015-11-22"),
    document("hearing", HEARING, date="2024-03-12", segments=turns(HEARING)),
    document("copy", f"He wrote: {TODD}", author="Ada Fenwick", date="2016-01-02"),
]
