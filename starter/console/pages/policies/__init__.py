"""Pages about policies: the ladder drawn, what another one would change, two side by side."""
