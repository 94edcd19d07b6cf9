"""Figures from gold and system lines."""
