"""The migrations, one module each, oldest first."""
