"""Ports of the console: who may come in, the worklist, what people look for."""
