"""Commands about agencies: quotes, placements, news, money."""
