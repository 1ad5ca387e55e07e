"""What makes the shipped scorer from data; not shipped itself."""
