"""Sources of figures: file formats, monthly overviews and StatLine."""
