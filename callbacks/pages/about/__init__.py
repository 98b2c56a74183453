"""Pages about the site itself: accessibility, privacy, and whom to write to."""
