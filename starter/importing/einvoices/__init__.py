"""Electronic invoices turned into what an import opens, credits, leaves out or asks about."""
