"""The noun `invoice`: imported, opened, listed, shown, corrected and credited."""
