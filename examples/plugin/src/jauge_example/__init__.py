"""A signal and a format for jauge, brought by a package of their own."""
