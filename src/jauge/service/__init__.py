"""Serving: the web report on a store, and what people do on its pages."""
