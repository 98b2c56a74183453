"""The page of publications: the list, a file on its way to the map, and what one may do with either."""
