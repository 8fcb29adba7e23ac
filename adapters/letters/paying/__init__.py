"""How a letter says it can be paid: transfer, reference, link and codes to scan."""
