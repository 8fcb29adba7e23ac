"""Files that are kept with a case because they may be needed later."""
