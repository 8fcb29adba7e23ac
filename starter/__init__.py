"""Everything that opens or talks to cases: the client and the command line."""
