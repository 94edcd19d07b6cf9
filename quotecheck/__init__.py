"""Who said what, and is it so: quotation attribution and checking."""

__all__ = ["__version__"]

__version__ = "0.1.0"
