"""Readers of files that are more than text: pages, chapters, captions, archives.

Each turns bytes into a `record.Reading`: the text as people read it, where in the source each
stretch of it stands, and what the source says of itself. `quotecheck.reading.documents` chooses
among them and makes documents of what they give. The packages that they need are imported only when
a file asks for them.
"""

from __future__ import annotations

__all__: list[str] = []
