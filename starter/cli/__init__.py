"""The command line: noun and verb, data on stdout, everything else on stderr."""
