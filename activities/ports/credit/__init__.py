"""Ports of what is known before credit is given: limits that people set, reports of bureaus."""
