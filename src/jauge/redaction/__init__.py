"""Personal data in texts: found by shape, context and check digits, and masked."""
