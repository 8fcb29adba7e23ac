"""Experiments with policies: begun, looked at, ended."""
