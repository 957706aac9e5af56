"""Where texts come from: declared sources, read as bytes with an address."""
