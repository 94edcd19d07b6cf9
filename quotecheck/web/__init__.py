"""The explorer: a library in the browser, on Datasette (``pip install 'quotecheck-toolkit[web]'``).

`quotecheck.web.server` starts it, `plugin` is what Datasette loads, `guard` stands before every
request, `explorer` runs the work in threads, `pages` and its neighbours say what each page shows,
`queries` asks the library, `describing` tells Datasette what the tables hold.
"""

from __future__ import annotations

__all__: list[str] = []
