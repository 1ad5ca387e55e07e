"""Showing: numbers and words for the terminal, the page and other programs."""
