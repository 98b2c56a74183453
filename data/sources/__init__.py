"""Readers of figures from elsewhere: each makes the same table, or says row by row why not."""
