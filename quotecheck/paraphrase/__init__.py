"""Sentences as vectors: statements that mean much the same lie close together.

`encoder` turns sentences into vectors with nothing but numpy, so that a check need not load torch;
`sentences` cuts passages into the sentences that are compared; `codes` searches many of
them by the signs of their numbers; `guard` says why two statements that lie close may yet differ;
`ranking` weighs all of it.
"""
