"""Models that read answers, behind addresses that speak the API of OpenAI."""
