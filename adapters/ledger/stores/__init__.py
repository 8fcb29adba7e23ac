"""The ledger as services see it: one small class for each port in `activities.ports.stores`."""
