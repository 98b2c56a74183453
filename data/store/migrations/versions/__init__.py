"""The revisions, in order; a revision that was ever applied is not changed any more."""
