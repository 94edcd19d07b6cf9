"""Words to turns, passages and quotations, and their counts over time."""
