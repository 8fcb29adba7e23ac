"""Addresses about policies and experiments: shown, checked, looked at before, chosen, tried."""
