"""Agreements with the debtor: promises to pay, instalment plans and settlements."""
