"""What billing systems tell of their invoices, and what they are told back."""
