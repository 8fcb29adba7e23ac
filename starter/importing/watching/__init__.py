"""A folder that is watched: each file in it is taken in once, and moved where it belongs."""
