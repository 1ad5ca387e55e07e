"""Reading text: pure functions and tables; nothing here knows what a score is."""
