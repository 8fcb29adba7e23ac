"""Addresses that show what is kept: sums, files, payments, answers, bank entries, holds, team."""
