"""Routes about agencies: for whoever places cases, and for the agencies themselves."""
