"""The frozen records that stages hand to one another: their offsets, and their form as JSON."""
