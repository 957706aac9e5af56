"""Properties that hold over many texts: planted claims, harmless changes, equal output, any input."""
