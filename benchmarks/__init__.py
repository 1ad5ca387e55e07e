"""Speed, memory and accuracy, measured; not shipped."""
