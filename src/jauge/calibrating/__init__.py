"""Fit a scorer to a customer's own ratings, and prove it on those it never saw."""
