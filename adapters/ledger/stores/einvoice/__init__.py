"""What the ledger tells whoever takes electronic invoices in."""
