"""Charts of figures: an SVG for a page, blocks for a terminal."""
