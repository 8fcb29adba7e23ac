"""Histories of cases as they ran, kept: what runs for months must replay under every new shell."""
