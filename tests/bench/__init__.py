"""Measuring: `make bench` prints the figures of one run and writes docs/benchmarks.md."""
