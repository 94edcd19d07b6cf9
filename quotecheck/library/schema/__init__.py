"""The tables and views of a library, and the steps that bring an older one up to date."""
