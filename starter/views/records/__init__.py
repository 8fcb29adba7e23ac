"""What is kept, shown as lines and sheets: files, payments, answers, and what settles a case."""
