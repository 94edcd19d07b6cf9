"""``python -m quotecheck``: the command line."""

from quotecheck.cli import main

if __name__ == "__main__":
    main()
