"""Geography: boundaries, regions, neighbours, drawing."""
