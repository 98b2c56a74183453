"""The ground: boundaries, regions, neighbours, drawing."""
