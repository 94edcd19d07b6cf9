"""Web pages of many makers, each with the text that a reader should find in it.

``python -m tests.support.pages FOLDER`` writes them, for ``quotecheck evaluate reading FOLDER``.
"""

from __future__ import annotations

from pathlib import Path

from tests.support.pages import desk_builders, layout_builders, site_builders, talk_builders
from tests.support.pages.parts import built

__all__ = ["desk_builders", "layout_builders", "site_builders", "talk_builders", "write_pages"]


def write_pages(folder: Path) -> int:
    """Write each page with its gold text beside it; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for name, page in built():
        number += 1
        data = page.html if isinstance(page.html, bytes) else page.html.encode()
        (folder / f"{name}.html").write_bytes(data)
        (folder / f"{name}.gold.txt").write_text("\n\n".join(page.gold) + "\n", encoding="utf-8")
        if page.optional:
            optional = "\n\n".join(page.optional) + "\n"
            (folder / f"{name}.optional.txt").write_text(optional, encoding="utf-8")
    return number
