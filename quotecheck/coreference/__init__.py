"""Which person or organisation a source stands for, within one document."""
