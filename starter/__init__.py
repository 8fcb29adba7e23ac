"""Everything that opens or talks to cases: client, commands, gateway, imports, rehearsals."""
