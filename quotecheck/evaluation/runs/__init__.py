"""One run of the product for each `quotecheck evaluate` command."""
