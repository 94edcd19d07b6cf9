"""What is spared when Stanza is imported for the shipped weights, and where it is not."""

from __future__ import annotations

import subprocess
import sys

CODE = """
import sys
from quotecheck.parsing import stanza_pipelines
from quotecheck.weights.loading import claim_process
{claim}
with stanza_pipelines._spared_imports():
    from stanza.models.common import doc
loaded = "networkx" in sys.modules
assert loaded is {loaded}, loaded
import networkx
assert doc.nx.MultiDiGraph is networkx.MultiDiGraph
import importlib.util
assert sys.modules.get("transformers", 0) is not None
"""


def run(claim: str, loaded: bool) -> None:
    code = CODE.format(claim=claim, loaded=loaded)
    subprocess.run([sys.executable, "-c", code], check=True)


def test_in_a_process_of_ours_networkx_waits_until_it_is_used() -> None:
    run("claim_process()", loaded=False)


def test_in_somebody_elses_process_everything_is_imported_as_ever() -> None:
    run("", loaded=True)
