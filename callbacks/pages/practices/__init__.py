"""Page of good practices: cards by theme and area, and a map."""
