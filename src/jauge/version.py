"""The version of jauge."""

__version__ = "0.1.0"
