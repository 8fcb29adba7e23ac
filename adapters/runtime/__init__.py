"""This machine and process: clock, files, logs and metrics."""
