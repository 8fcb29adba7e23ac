"""Experiments: two policies side by side on a creditor's new cases."""
