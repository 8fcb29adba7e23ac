"""Pictures of figures, drawn by hand: an SVG for a page, blocks for a terminal."""
