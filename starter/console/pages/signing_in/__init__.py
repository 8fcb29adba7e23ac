"""Coming in by an account at the company's own OpenID provider."""
