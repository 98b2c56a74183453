"""What happens: thin callbacks and routes around pure functions."""
