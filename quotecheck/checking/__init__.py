"""A quotation against a library: matches, who spoke, verdict, paraphrase, trace."""
