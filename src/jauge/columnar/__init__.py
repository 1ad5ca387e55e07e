"""The columnar copy of a store, and the numbers, filters and order made from it."""
