"""Persons who signed in at the installation's own OpenID provider."""
