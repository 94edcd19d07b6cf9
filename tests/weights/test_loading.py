"""The garbage collector while weights are loaded, and what a process of ours may do."""

from __future__ import annotations

import gc
import subprocess
import sys

import pytest

from quotecheck.weights import loading as weights_loading
from quotecheck.weights.loading import loading, process_is_ours


def test_the_collector_rests_while_weights_are_loaded_and_works_again() -> None:
    with loading():
        assert not gc.isenabled()
        with loading():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(ValueError, match="damaged"), loading():
        raise ValueError("damaged")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with loading():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_nothing_is_frozen_in_somebody_elses_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights_loading._Process, "ours", False)  # a command may have run before
    assert not process_is_ours()
    before = gc.get_freeze_count()
    with loading():
        pass
    assert gc.get_freeze_count() == before


def test_what_was_loaded_is_frozen_in_a_process_of_ours() -> None:
    code = (
        "import gc\n"
        "from quotecheck.weights.loading import claim_process, loading\n"
        "claim_process()\n"
        "with loading():\n"
        "    pass\n"
        "assert gc.isenabled()\n"
        "assert gc.get_freeze_count() > 1000\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
