"""JSON for the browser's scripts: geography, figures and areas."""
