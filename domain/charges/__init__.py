"""What is owed on a day: principal, late fees, compensation and interest, in one statement."""
