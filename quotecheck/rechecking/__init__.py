"""Whether the sources still say what is stored of them."""
