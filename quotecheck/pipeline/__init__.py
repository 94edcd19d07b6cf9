"""One document to its quotations, or many at once: the order of the stages, nothing else."""
