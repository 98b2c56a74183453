"""What a page shows: the state in its address, and the world that it is read against."""
