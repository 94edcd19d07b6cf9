"""Nothing takes longer than in proportion to its input: patterns, readers, rules, checks.

Times at 4, 16 and 64 thousand characters are compared, of the processor, in a child process; of
attribution and checks at half, of patterns at a quarter of that.
"""

from __future__ import annotations

import pytest

from tests.robustness.growth_cases import GROUPS
from tests.support.growth import report


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_grows_faster_than_its_input(group: str) -> None:
    wrong, cases = report("tests.robustness.growth_cases", group)
    assert cases > 20
    assert not wrong, "\n" + "\n".join(wrong)
