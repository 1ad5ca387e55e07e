"""Keeping: one database file, with conversations, their scores and their ratings."""
