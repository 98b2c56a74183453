"""Every page as a value: its address, what it shows, and the routes of its own."""
