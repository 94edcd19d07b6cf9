"""The version of the package, apart from everything else so that every module may import it."""

__all__ = ["__version__"]

__version__ = "0.7.0"
