"""Quotecheck as a server of the Model Context Protocol: tools for programs that write with a model.

`server` makes it, `tools` has what may be called, `answers` what is said.
"""
