"""Cases and customers in memory, run forward: for preview, rehearsal and property tests."""
