"""The frozen records that stages hand to one another; no behaviour beyond their own offsets."""
