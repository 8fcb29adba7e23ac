"""What a bank reports: statements, their entries, and which invoices the money is meant for."""
