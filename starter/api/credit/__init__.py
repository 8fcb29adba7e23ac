"""Addresses about giving credit: whether an order may be delivered, holds, limits and reports."""
