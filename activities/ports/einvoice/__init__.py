"""What the ledger must tell whoever takes electronic invoices in."""
