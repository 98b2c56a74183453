"""Inhabitants and regions from CBS StatLine."""

__all__ = ["tables"]
