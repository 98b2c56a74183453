"""The revisions, in order; never change one that has been released."""
