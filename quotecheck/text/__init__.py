"""A raw text without grammar: bytes to characters, paragraphs, quotation marks, passages."""
