"""Figures of the targets: sources, storage, analysis and export."""
