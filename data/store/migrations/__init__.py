"""Migrations of the store, one module per revision, applied by `python -m data migrate`."""
