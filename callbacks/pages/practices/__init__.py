"""The page of good examples: a list by theme and area, and a map."""
