"""Passkeys by the WebAuthn standard: what browsers are asked, and whether their answer holds."""
