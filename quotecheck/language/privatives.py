"""Words and first parts of compounds without which what stands beside them says something else."""

from __future__ import annotations

from typing import Final

__all__ = ["GRANTING", "PREFIXES", "PRIVATIVES"]

PRIVATIVES: Final = frozenset(
    "former erstwhile onetime vice deputy assistant acting interim fake false mock bogus "
    "counterfeit imitation possible potential prospective aspiring putative proposed planned "
    "attempted probable likely reported unconfirmed unofficial provisional partial future ex non "
    "anti".split()
)
"""Words before a noun: a possible wreck may be none, a former mayor is not the mayor."""

PREFIXES: Final = frozenset(
    "non anti ex vice pseudo quasi pro counter semi sub co pre post half near under self".split()
)
"""First parts of a compound: non-violent, ex-mayor. Without others it says less (ice-cold)."""

GRANTING: Final = frozenset(("permitting", "allowing", "willing"))
"""What ends a condition without a conjunction: "weather permitting", "God willing"."""
