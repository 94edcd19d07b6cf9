"""Recipes that rebuild the weights in `quotecheck/weights` with Stanza's own trainers.

Run ``python -m quotecheck.training --help``. Not part of the wheel.
"""
