"""Shared HTTP concerns: immutable addresses, compression, scripts and styles, warm-up."""
