"""The page of an area: map, panel, sections, and evening out within it."""
