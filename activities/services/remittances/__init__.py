"""Remittance advices: read from answers, and recorded as the claim that they are."""
