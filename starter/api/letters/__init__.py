"""Routes of letters before they leave: looked at, changed for once, tried out, sent."""
