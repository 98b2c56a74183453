"""What the browser's scripts are given: ground, figures and areas, as JSON."""
