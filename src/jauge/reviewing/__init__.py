"""Reviewing: draw conversations to judge, and make use of what people judged."""
