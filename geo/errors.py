"""Errors about boundaries, register and bundle; each message names the place and the remedy."""

from __future__ import annotations


class GeoError(ValueError):
    """Something is wrong with boundaries, register or bundle."""


class BoundaryError(GeoError):
    """A boundary file cannot be fetched, read or trusted."""


class RegistryError(GeoError):
    """A register of municipalities, its regions or its mergers cannot be trusted."""


class BundleError(GeoError):
    """The bundle that the build wrote is missing, damaged or inconsistent."""
