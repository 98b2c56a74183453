"""Page of an area: map, panel, sections and pooling."""
