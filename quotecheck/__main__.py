"""``python -m quotecheck``: the command line."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line; Ctrl-C is heeded from the first import on."""
    try:
        from quotecheck.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("quotecheck: stopped before it began.\n")
        sys.exit(130)
    run()


if __name__ == "__main__":
    main()
