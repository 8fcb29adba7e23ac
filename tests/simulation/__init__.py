"""A year of the whole system in one process: real code on a made-up clock, with every fault."""
