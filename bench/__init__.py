"""Benchmark of the page against a bare page and plotly's own maps: `make bench`."""
