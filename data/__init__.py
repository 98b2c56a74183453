"""The figures: what they mean, where they come from, where they are kept."""
